times.csv --write-appendix out.csv
exit 1
writes out.csv
