claimed.csv --ocsp claimed-good.der --issuer claimed-issuer.pem namesake.pem
exit 1
