precertificates.csv --show 0 --write-appendix out.txt
exit 2
