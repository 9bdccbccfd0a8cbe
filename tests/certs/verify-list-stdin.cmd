cita verify bug.json --list -
exit 2
