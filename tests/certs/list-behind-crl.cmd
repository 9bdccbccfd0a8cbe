--issuer issuer.pem --crl signed.crl list.csv --show 0
exit 1
