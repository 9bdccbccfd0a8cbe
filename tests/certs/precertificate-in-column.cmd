precertificate-in-column.csv --incident precertificate-in-column.yaml
exit 1
