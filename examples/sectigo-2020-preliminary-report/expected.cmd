cita check incident.yaml --as-of 2020-08-11T00:00:00Z --fail-on expected --plain --color never --width 100
exit 1
