list.csv --template 3
exit 2
