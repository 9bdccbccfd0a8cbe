list.csv --crl critical.crl --format json --show 0
exit 1
