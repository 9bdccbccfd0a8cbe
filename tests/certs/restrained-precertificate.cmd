answered.csv --incident restrained-precertificate.yaml --crl answered.crl --issuer evidence-issuer.pem
exit 1
