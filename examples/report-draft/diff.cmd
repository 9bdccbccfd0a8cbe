cita diff report.md later.md --as-of 2026-05-20T00:00:00Z
exit 1
