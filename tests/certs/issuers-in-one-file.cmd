list.csv --crl signed.crl --issuer both.pem
exit 1
