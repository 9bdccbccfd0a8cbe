cita check held.yaml --output held.yaml
exit 2
