drawn.csv --clock 2026-03-31T08:00:00Z --within 5d
exit 1
