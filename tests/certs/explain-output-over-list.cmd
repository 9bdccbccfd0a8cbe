cita explain held.yaml --output late.csv
exit 2
