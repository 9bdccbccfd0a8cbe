cita check claimed.yaml
exit 1
