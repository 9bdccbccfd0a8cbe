cita due held.yaml --output in-time.csv
exit 2
