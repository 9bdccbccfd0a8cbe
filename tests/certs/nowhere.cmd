nowhere.csv
exit 2
