list.csv --clock 2026-04-01T08:00:00Z --within 5d --issuer issuer.pem --verdicts issuer.pem
exit 2
