answered.csv --incident publication.yaml --crl answered.crl --issuer evidence-issuer.pem
exit 1
