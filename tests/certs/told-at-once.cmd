--incident told-at-once.yaml
exit 1
