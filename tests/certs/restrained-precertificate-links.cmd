restrained-links.csv --incident restrained-precertificate.yaml
exit 1
