cita check missing.yaml
exit 1
