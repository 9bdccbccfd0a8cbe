cita check incident.yaml --as-of 2026-05-07T00:00:00Z --format github
exit 1
