cita explain held.yaml tls-br.revoke-within-5-days
exit 0
