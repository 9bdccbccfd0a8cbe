unseen.csv --show 0 --write-appendix out.csv
exit 1
writes out.csv
