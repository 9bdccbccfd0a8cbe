second.csv --piece-of list.csv --piece 0+1/2 --partial second.csv
exit 2
