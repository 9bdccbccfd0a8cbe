cita render untold.yaml
exit 0
