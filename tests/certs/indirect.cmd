claimed.csv --crl indirect.crl --issuer claimed-issuer.pem indirect-issuer.pem
exit 0
