list.csv --output list.csv
exit 2
