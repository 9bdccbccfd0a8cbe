cita check incident.yaml --as-of 2019-10-15T00:00:00Z --color never --width 100
exit 0
