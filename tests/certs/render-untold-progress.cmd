cita render untold.yaml --report revocation-progress
exit 0
