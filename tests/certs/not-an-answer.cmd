list.csv --ocsp list.csv
exit 2
