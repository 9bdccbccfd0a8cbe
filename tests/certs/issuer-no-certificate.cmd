list.csv --crl signed.crl --issuer list.csv
exit 2
