list.csv --show 0 --crl signed.crl --issuer other.pem issuer.pem
exit 1
