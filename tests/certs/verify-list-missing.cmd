cita verify bug.json --list nowhere.csv
exit 2
