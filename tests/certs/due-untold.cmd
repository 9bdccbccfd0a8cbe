cita due untold.yaml
exit 1
