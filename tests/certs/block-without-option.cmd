list.csv --crl critical.crl certificate-and-crl.pem
exit 2
