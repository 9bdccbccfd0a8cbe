--incident ids.yaml list.csv
exit 1
