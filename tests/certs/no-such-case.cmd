--incident incident.yaml --case 4712 list.csv
exit 2
