incident.yaml
exit 2
