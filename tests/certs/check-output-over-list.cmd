cita check held.yaml --output ./late.csv
exit 2
