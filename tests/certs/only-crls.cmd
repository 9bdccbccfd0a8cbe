--crl signed.crl signed.crl
exit 2
