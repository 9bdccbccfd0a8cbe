cita check held.yaml
exit 1
