list.csv --incident held.yaml --output held.yaml
exit 2
