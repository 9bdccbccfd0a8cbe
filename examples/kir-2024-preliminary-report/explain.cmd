cita explain incident.yaml ccadb-irg.initial-disclosure-within-72-hours --as-of 2024-10-05T00:00:00Z --color never --width 100
exit 0
