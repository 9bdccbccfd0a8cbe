cita render untold.yaml --report preliminary --write-appendix appendix.csv
exit 0
writes appendix.csv
