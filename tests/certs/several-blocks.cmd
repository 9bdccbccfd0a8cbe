list.csv --crl critical.crl certificate-and-crl.pem --issuer evidence-issuer.pem marked.pem version-1.der --show 0
exit 1
