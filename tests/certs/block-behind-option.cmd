list.csv --crl certificate-and-crl.pem --issuer other.pem --show 0
exit 1
