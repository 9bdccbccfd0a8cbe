cita check shared.yaml
exit 1
