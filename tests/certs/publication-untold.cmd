answered.csv --incident publication.yaml
exit 0
