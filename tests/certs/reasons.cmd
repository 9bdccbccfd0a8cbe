--incident reasons.yaml
exit 1
