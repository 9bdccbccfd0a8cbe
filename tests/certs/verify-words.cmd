cita verify words.json --list attached.csv
exit 0
