names-alone.csv
exit 1
