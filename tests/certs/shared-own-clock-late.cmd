cita check shared-own-clock-late.yaml
exit 1
