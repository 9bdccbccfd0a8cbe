cita check incident.yaml --as-of 2024-07-10T00:00:00Z --color never --width 100
exit 1
