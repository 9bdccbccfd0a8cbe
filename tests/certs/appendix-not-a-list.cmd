incident.yaml --write-appendix out.csv
exit 2
