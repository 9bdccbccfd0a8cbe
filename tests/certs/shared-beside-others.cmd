cita check shared-beside-others.yaml
exit 1
