cita verify incident.yaml --against bug.json --roster roster.yaml --as-of 2026-06-01T00:00:00Z
exit 1
