links.txt --write-appendix out.txt --template own
exit 2
