second.csv --piece-of list.csv --piece 1+1/2 --beginning moved.csv --partial moved.csv
exit 2
