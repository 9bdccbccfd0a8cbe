cita verify bug.json --list attached.csv --format json
exit 0
