publication-edge.csv --incident publication.yaml --case 4711
exit 1
