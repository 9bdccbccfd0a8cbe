list.csv --partial out.rec --format json
exit 2
