--incident incident.yaml --clock 2026-04-01T00:00:00Z --within 5d list.csv
exit 2
