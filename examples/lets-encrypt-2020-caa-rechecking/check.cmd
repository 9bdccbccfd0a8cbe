cita check incident.yaml --as-of 2020-03-06T00:00:00Z --color never --width 100
exit 1
