--incident incident.yaml second.csv list.csv --format json --jobs 2
exit 1
