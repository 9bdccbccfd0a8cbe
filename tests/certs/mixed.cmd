--incident two-clocks.yaml list.csv --show 1 --zone UTC
exit 1
