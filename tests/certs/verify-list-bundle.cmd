cita verify bug.json --list attached.csv --bundle out
exit 2
