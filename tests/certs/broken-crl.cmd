in-time.csv --crl broken.crl
exit 2
