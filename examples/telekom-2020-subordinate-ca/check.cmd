cita check incident.yaml --as-of 2020-07-31T00:00:00Z --color never --width 100
exit 1
