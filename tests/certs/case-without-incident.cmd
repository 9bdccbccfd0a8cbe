--case 4711 list.csv
exit 2
