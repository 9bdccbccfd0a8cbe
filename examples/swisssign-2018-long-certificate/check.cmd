cita check incident.yaml --as-of 2018-04-01T00:00:00Z --color never --width 100
exit 0
