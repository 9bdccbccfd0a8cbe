--incident ordered-twice.yaml ordered-twice.csv
exit 1
