--incident own-unlisted.yaml
exit 0
