cita render held.yaml --report revocation-progress
exit 0
