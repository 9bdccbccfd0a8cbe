cita check later.yaml --as-of 2026-05-13T00:00:00Z --color never --width 100
exit 1
