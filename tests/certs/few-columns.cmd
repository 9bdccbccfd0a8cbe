few-columns.csv --show 1
exit 1
