list.csv --template 9
exit 2
