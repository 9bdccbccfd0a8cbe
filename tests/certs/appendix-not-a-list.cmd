issuer.pem --write-appendix out.csv
exit 2
