list.csv --clock 2026-03-31T08:00:00Z
exit 2
