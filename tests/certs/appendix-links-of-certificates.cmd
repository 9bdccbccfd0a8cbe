precertificates.csv --show 0 --write-appendix out.txt --template 2.0
exit 1
writes out.txt
