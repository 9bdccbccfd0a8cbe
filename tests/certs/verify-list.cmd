cita verify bug.json --list attached.csv
exit 0
