cita check incident.yaml --as-of 2020-08-11T00:00:00Z --format json-v1 | jq .summary
exit 1
