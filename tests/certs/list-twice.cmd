list.csv ./list.csv
exit 2
