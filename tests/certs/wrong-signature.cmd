list.csv --show 0 --crl signed.crl --issuer other.pem
exit 1
