list.csv --crl certificate-and-crl.pem
exit 2
