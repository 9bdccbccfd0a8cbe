--incident incident.yaml second.csv list.csv --show 0 --verdicts out.csv --format svg
exit 1
writes out.csv
