--incident delayed.yaml delayed.csv
exit 1
