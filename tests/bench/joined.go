// What `cita certs LIST --crl CRL --issuer CERT` answers, as a Go program would: how many rows the CRL lists, after its signature
// was verified, and how many of them with the date of the list.
//
//	go run tests/bench/joined.go LIST CRL CERT
package main

import (
	"bufio"
	"crypto/x509"
	"encoding/csv"
	"encoding/pem"
	"fmt"
	"io"
	"log"
	"math/big"
	"os"
	"time"
)

func must[T any](value T, err error) T {
	if err != nil {
		log.Fatal(err)
	}
	return value
}

func main() {
	block, _ := pem.Decode(must(os.ReadFile(os.Args[3])))
	issuer := must(x509.ParseCertificate(block.Bytes))
	crl := must(x509.ParseRevocationList(must(os.ReadFile(os.Args[2]))))
	if err := crl.CheckSignatureFrom(issuer); err != nil {
		log.Fatal(err)
	}
	revoked := make(map[string]time.Time, len(crl.RevokedCertificates))
	for _, entry := range crl.RevokedCertificates {
		revoked[string(entry.SerialNumber.Bytes())] = entry.RevocationTime
	}
	rows := csv.NewReader(bufio.NewReaderSize(must(os.Open(os.Args[1])), 1<<18))
	rows.ReuseRecord = true
	must(rows.Read())
	listed, dated := 0, 0
	serial := new(big.Int)
	for {
		row, err := rows.Read()
		if err == io.EOF {
			break
		}
		must(row, err)
		serial.SetString(row[6], 16)
		date, found := revoked[string(serial.Bytes())]
		if !found {
			continue
		}
		listed++
		if date.Equal(must(time.Parse(time.RFC3339, row[9]))) {
			dated++
		}
	}
	fmt.Println(listed, dated)
}
