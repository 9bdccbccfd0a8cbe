claimed.csv --incident claimed.yaml --crl claimed-held.crl --issuer claimed-issuer.pem
exit 1
