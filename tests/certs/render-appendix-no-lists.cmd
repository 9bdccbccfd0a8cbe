cita render two-clocks.yaml --write-appendix appendix.csv
exit 2
