--incident two-clocks.yaml --case second list.csv --show 1
exit 1
