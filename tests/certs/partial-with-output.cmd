list.csv --partial out.rec --output out.json
exit 2
