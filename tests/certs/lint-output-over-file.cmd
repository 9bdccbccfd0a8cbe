cita lint hostile.csv missing.yaml --output missing.yaml
exit 2
