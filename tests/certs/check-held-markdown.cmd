cita check held.yaml --format markdown
exit 1
