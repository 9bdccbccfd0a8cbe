cita check links.yaml
exit 1
