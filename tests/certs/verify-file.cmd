cita verify held.yaml --against bug.json
exit 1
