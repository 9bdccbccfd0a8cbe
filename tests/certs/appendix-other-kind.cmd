list.csv --write-appendix out.xlsx
exit 2
