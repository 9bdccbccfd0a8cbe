unusual.csv --show 1 --write-appendix out.csv
exit 1
writes out.csv
