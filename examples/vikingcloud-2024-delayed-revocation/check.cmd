cita check incident.yaml --as-of 2024-03-15T18:00:00Z --color never --width 100
exit 1
