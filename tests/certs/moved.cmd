moved.csv --show 1
exit 1
