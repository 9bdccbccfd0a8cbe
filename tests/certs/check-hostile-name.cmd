cita check hostile-name.yaml
exit 1
