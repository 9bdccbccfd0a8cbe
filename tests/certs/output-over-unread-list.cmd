list.csv --incident held.yaml --write-appendix late.csv
exit 2
