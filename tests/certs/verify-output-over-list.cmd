cita verify bug.json --list attached.csv --output attached.csv
exit 2
