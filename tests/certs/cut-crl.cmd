second.csv --crl cut.crl
exit 2
