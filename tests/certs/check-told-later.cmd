cita check told-later.yaml
exit 1
