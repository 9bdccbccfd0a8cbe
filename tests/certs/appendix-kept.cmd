kept.csv --show 9 --write-appendix out.csv
exit 1
writes out.csv
