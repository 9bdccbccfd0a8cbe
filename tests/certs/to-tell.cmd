--incident to-tell.yaml to-tell.csv
exit 1
