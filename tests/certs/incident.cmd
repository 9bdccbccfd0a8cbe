--incident incident.yaml list.csv second.csv
exit 1
