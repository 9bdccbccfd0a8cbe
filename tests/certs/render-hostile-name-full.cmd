cita render hostile-name.yaml --report full
exit 0
