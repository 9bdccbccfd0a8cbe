cita render held.yaml --output in-time.csv
exit 2
