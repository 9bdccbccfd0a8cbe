cita check expired-in-time.yaml
exit 1
