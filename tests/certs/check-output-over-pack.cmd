cita check held.yaml --pack own-pack.yaml --output json=own-pack.yaml
exit 2
