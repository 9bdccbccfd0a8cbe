list.csv --crl critical.crl --ocsp fraction.der --ocsp two-issuers.der --issuer evidence-issuer.pem
exit 1
