list.csv --incident held.yaml --pack own-pack.yaml --output own-pack.yaml
exit 2
