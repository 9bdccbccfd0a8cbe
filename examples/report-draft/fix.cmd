cita lint report.md --as-of 2026-05-20T00:00:00Z --diff
exit 0
