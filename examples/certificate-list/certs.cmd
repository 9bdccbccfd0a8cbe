cita certs --incident incident.yaml --crl crl-9-may.pem --crl crl-12-may.pem --ocsp hotel.ocsp --issuer issuer.pem --as-of 2026-05-13T00:00:00Z --show 1 --color never
exit 1
