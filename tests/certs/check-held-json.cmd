cita check held.yaml --format json
exit 1
