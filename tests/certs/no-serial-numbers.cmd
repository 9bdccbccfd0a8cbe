links.txt --crl signed.crl --issuer issuer.pem
exit 1
