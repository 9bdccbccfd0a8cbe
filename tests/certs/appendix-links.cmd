links.txt --show 0 --write-appendix out.txt --template 2.0
exit 0
writes out.txt
