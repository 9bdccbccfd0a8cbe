in-time.csv --ocsp unknown.der --format json
exit 1
