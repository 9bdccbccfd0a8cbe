second.csv --crl cut.crl --format json --show 0
exit 2
