cita check shared-own-clock-edge.yaml
exit 1
