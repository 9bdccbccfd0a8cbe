cita check unread.yaml
exit 1
