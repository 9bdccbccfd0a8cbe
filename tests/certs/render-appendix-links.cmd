cita render untold.yaml --write-appendix appendix.txt
exit 2
