list.csv --show 0
exit 1
