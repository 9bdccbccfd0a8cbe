unusual.csv --show 0 --format json --write-appendix out.txt --template 2.0
exit 1
writes out.txt
