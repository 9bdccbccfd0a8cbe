cita check hostile-name.yaml --format markdown
exit 1
