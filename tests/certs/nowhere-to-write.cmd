list.csv --partial nowhere/x
exit 2
