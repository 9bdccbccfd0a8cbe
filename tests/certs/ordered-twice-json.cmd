--incident ordered-twice.yaml ordered-twice.csv --format json
exit 1
