cita verify bug.json --output json=./bug.json
exit 2
