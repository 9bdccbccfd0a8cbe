--incident claimed.yaml delayed.csv
exit 1
