answered.csv --incident answered.yaml --crl answered.crl --ocsp answered.der --issuer evidence-issuer.pem
exit 1
