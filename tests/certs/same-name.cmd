same-name.csv --crl signed.crl --issuer issuer.pem
exit 0
