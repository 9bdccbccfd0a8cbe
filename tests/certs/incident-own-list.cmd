--incident incident.yaml --show 2 --jobs 1
exit 1
