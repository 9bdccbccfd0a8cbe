five-days.cmd
exit 2
