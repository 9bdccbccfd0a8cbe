list.csv --clock yesterday --within 5d
exit 2
