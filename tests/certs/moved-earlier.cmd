moved.csv --show 1 --template 3.1
exit 0
