in-time.csv --ocsp unknown-status.der
exit 0
