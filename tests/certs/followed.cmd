list.csv --issuer followed.der
exit 2
