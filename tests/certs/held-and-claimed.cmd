claimed.csv --incident on-hold.yaml --crl claimed-held.crl --issuer claimed-issuer.pem
exit 1
