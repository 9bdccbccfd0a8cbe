few-columns.csv --show 1 --template 2.0
exit 1
