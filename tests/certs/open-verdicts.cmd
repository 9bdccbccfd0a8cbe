hidden.csv --clock 2026-03-31T08:00:00Z --within 5d --show 0 --format svg --verdicts out.csv
exit 1
writes out.csv
