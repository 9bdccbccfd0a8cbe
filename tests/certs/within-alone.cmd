list.csv --within 5d
exit 2
