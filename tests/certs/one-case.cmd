--incident incident.yaml --case second second.csv
exit 1
