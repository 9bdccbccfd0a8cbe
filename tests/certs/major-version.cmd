list.csv --template 2 --show 1
exit 1
