cita check publication-told.yaml
exit 0
