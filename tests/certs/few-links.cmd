links.txt list.csv --show 1
exit 1
