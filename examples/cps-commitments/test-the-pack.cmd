cita pack test example-cps.yaml
exit 0
