cita explain incident.yaml tls-br.revoke-within-5-days --as-of 2024-04-12T00:00:00Z --color never --width 100
exit 0
