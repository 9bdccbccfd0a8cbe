mistyped-serial.csv --incident mistyped-serial.yaml
exit 1
