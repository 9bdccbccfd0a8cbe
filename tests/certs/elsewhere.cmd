--incident elsewhere.yaml
exit 2
