cita certs second.csv --incident incident.yaml --case second-search --as-of 2026-05-15T12:00:01Z --color never
exit 1
