cita render hostile-name.yaml --report revocation-progress
exit 0
