cita check held.yaml --format github --fail-on undetermined
exit 1
