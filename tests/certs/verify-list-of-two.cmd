cita verify held.yaml untold.yaml --against bug.json --list attached.csv
exit 2
