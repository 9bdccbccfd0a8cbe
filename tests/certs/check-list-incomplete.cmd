cita check incomplete.yaml
exit 1
