--incident no-start.yaml list.csv --show 0
exit 1
