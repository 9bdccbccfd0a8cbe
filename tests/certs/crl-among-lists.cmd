list.csv signed.crl issuer.pem
exit 2
