cita check incident.yaml --as-of 2025-10-20T00:00:00Z --color never --width 100
exit 1
