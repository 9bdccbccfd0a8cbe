list.csv --verdicts out.csv
exit 2
