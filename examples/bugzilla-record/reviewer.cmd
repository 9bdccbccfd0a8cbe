cita render bug.json --report reviewer --roster roster.yaml --as-of 2026-06-01T00:00:00Z
exit 0
