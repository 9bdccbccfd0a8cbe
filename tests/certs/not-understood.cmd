in-time.csv --ocsp unknown.der
exit 1
