times.csv --zone America/New_York --write-appendix out.csv
exit 1
writes out.csv
