list.csv --clock 2026-03-31T08:00:00Z --within 5d --zone UTC --show 1 --jobs 1
exit 1
