cita import report.md --as-of 2026-05-20T00:00:00Z --title "Example CA: TLS certificates without a policy identifier"
exit 0
