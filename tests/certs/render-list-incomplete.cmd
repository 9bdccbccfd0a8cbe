cita render incomplete.yaml --report full
exit 0
