#!/usr/bin/env python3
"""Runs `cita certs` on files that claim or hold far more than they should, and without the memory that it needs: a diagnostic, an
exit code and bounded memory. And on more threads where they have to agree with fewer.

    tests/hostile/run.py CITA
"""
import base64
import gzip
import os
import pathlib
import resource
import subprocess
import sys
import tempfile

HEADER = (b"Precertificate SHA-256 hash,Certificate SHA-256 hash,Subject,Issuer,Not before,Not after,Serial #,dNSNames,"
          b"Is revoked?,Revocation date,Revocation reason\n")
ROW = b"," + b"a" * 64 + b",CN=a,CN=ca,2026-01-01,2026-06-01,01,a,Yes,2026-03-22T10:00:00Z,superseded\n"
# What these runs may take, sanitizers and all; each file holds far more.
MOST_MEMORY = 400 << 20
GIBIBYTE = 1 << 30


def repeated(piece: bytes, size: int) -> bytes:
    """Packed: so many bytes of a piece again and again. Members that follow each other are one file."""
    block = gzip.compress(piece * ((1 << 24) // len(piece)), 9)
    return block * (size >> 24)


def der(tag: int, content: bytes, claimed: int | None = None) -> bytes:
    return bytes([tag, 0x84]) + (len(content) if claimed is None else claimed).to_bytes(4, "big") + content


def pem(begin: bytes, rest: bytes) -> bytes:
    """Packed: PEM of a CRL that begins so, and goes on without an end."""
    return gzip.compress(b"-----BEGIN X509 CRL-----\n" + base64.b64encode(begin)[:-4]) + repeated(rest, 4 * GIBIBYTE)


FILES = {
    "zeros.gz": repeated(b"\0", 4 * GIBIBYTE),
    "zeros-behind-names.gz": gzip.compress(HEADER + ROW) + repeated(b"\0", GIBIBYTE),
    "quotes-behind-names.gz": gzip.compress(HEADER + ROW) + repeated(b'"', GIBIBYTE // 2),
    "lines-behind-names.gz": gzip.compress(HEADER + ROW) + repeated(b"\n", GIBIBYTE // 2) + gzip.compress(ROW),
    "commas-behind-names.gz": gzip.compress(HEADER + ROW) + repeated(b",", GIBIBYTE // 2) + gzip.compress(b"\n" + ROW),
    "broken.gz": gzip.compress(HEADER + ROW * 9)[:-8] + bytes(8),
    "crl-of-zeros.gz": repeated(b"\0", 4 * GIBIBYTE),
    "crl-that-goes-on.gz": gzip.compress(der(0x30, b"", 16)) + repeated(b"\0", 4 * GIBIBYTE),
    "crl-of-4-GiB.gz": gzip.compress(der(0x30, b"", 0xFFFFFF00)) + repeated(b"\0", 4 * GIBIBYTE),
    "pem-that-goes-on.gz": pem(der(0x30, b"", 16), b"A" * 64 + b"\n"),
    "pem-of-4-GiB.gz": pem(der(0x30, b"", 0xFFFFFF00), b"A" * 64 + b"\n"),
    "pem-of-lines.gz": pem(b"", b"\n"),
    "pem-of-others.gz": pem(b"", b"-----BEGIN CMS-----\nAAAA\n-----END CMS-----\n"),
    "pem-of-certificates.gz": pem(b"", b"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"),
    "pem-in-one-line.gz": pem(der(0x30, b"", 16), b"A"),
    "text-behind.gz": gzip.compress(HEADER + ROW) + ROW,
    "crl-and-text.gz": gzip.compress(der(0x30, b"")) + b"hello",
    "crl-of-2-GiB": der(0x30, b"\x30\x03\x02\x01\x01", 1 << 31),
    "one-hash.gz": repeated(b"a" * 64 + b"\n", GIBIBYTE // 2),
    "list.csv": HEADER + ROW,
    "long.csv": HEADER + ROW * 30_000,
    # Rows that are mostly cut in the middle where a list is divided: what looks as a row inside of them may not count.
    "broken-lines.csv": HEADER + b"".join(b',%064x,CN=a,CN=ca,2026-01-01,2026-06-01,%06x,"%s",Yes,2026-03-22T10:00:00Z,superseded\n' %
                                          (number // 2, number + 1, b"a\n" + (b"," * 10 + b"\n") * 10) for number in range(15_000)),
}
# Arguments, the exit code, and what is said.
CASES = [
    (["zeros.gz"], 2, "unknown-form (1)"),
    (["zeros-behind-names.gz"], 1, "long-row (1)"),
    (["quotes-behind-names.gz"], 1, "long-row (1)"),
    (["lines-behind-names.gz"], 1, "2 rows\n"),
    (["commas-behind-names.gz"], 1, "long-row (1)"),
    (["broken.gz"], 2, "unreadable (1)"),
    (["list.csv", "--crl", "crl-of-zeros.gz"], 2, "crl-of-zeros.gz: "),
    (["list.csv", "--crl", "crl-that-goes-on.gz"], 2, "crl-that-goes-on.gz: "),
    (["list.csv", "--crl", "crl-of-4-GiB.gz"], 2, "crl-of-4-GiB.gz: it claims to be larger than 1073741824 bytes"),
    (["list.csv", "--crl", "pem-that-goes-on.gz"], 2, "pem-that-goes-on.gz: the file is neither DER nor PEM of a CRL"),
    (["list.csv", "--crl", "pem-of-4-GiB.gz"], 2, "pem-of-4-GiB.gz: it claims to be larger than 1073741824 bytes"),
    (["list.csv", "--crl", "pem-of-lines.gz"], 2, "pem-of-lines.gz: it is larger than"),
    (["list.csv", "--crl", "pem-of-others.gz"], 2, "pem-of-others.gz: its PEM has no such block, or is broken"),
    (["list.csv", "--crl", "pem-of-certificates.gz"], 2, "pem-of-certificates.gz has a certificate; write --issuer before it"),
    (["list.csv", "--crl", "pem-in-one-line.gz"], 2, "pem-in-one-line.gz: the file is neither DER nor PEM of a CRL"),
    (["text-behind.gz"], 1, "packed-end (1)"),
    (["one-hash.gz"], 1, "rows name a certificate that an earlier row names (1 certificate)"),
    (["list.csv", "--crl", "crl-and-text.gz"], 2, "something that is not packed stands behind what is packed"),
    (["list.csv", "--crl", "crl-of-2-GiB"], 2, "crl-of-2-GiB: it claims to be larger than 1073741824 bytes"),
    (["list.csv", "--crl", "list.csv", "--issuer", "zeros.gz"], 2, "zeros.gz: "),
]


def run(command: list[str], folder: pathlib.Path, addresses: int = resource.RLIM_INFINITY) -> tuple[int, int, str]:
    with open(folder / "said", "w+b") as said:
        child = subprocess.Popen(command, cwd=folder, stdout=said, stderr=said,
                                 preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, (addresses, addresses)))
        _, status, usage = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
        said.seek(0)
        return child.returncode, usage.ru_maxrss << 10, said.read().decode(errors="replace")


def is_sanitized(cita: str) -> bool:
    """The address sanitizer takes terabytes of addresses, and keeps what was freed for a while."""
    return b"__asan_init" in pathlib.Path(cita).read_bytes()


def without_memory(cita: str, folder: pathlib.Path) -> list[str]:
    """Wherever memory ends, on any thread, it is said."""
    if is_sanitized(cita):
        return []
    wrong = []
    for mebibytes in range(160, 480, 16):
        code, _, said = run([cita, "certs", "long.csv", "--jobs", "8", "--as-of", "2026-05-01T00:00:00Z"], folder, mebibytes << 20)
        if code != 1 and (code != 2 or said not in ("error: there is not enough memory\n", "error: the system starts no more threads\n")):
            wrong.append(f"with {mebibytes} MiB of addresses it ends with {code} and says: {said[:300]}")
    return wrong


def on_more_threads(cita: str, folder: pathlib.Path) -> list[str]:
    """What is written and said does not depend on the threads."""
    wrong = []
    for appendix in ("rows.csv", "rows.txt"):
        answers = set()
        for threads in ("1", "2", "4"):
            code, _, said = run([cita, "certs", "broken-lines.csv", "--jobs", threads, "--as-of", "2026-05-01T00:00:00Z", "--plain",
                                 "--write-appendix", appendix], folder)
            answers.add((code, said, (folder / appendix).read_bytes() if (folder / appendix).exists() else b""))
            (folder / appendix).unlink(missing_ok=True)
        if len(answers) != 1:
            wrong.append(f"{appendix} depends on the threads:\n" + "\n".join(said for _, said, _ in answers))
    return wrong


def main() -> int:
    cita = str(pathlib.Path(sys.argv[1]).resolve())
    good = True
    most_memory = MOST_MEMORY * (3 if is_sanitized(cita) else 1)
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        for file, content in FILES.items():
            (folder / file).write_bytes(content)
        for arguments, expected, words in CASES:
            code, memory, said = run([cita, "certs", *arguments, "--as-of", "2026-05-01T00:00:00Z"], folder)
            wrong = [f"it ends with {code}, not {expected}"] if code != expected else []
            wrong += [f"it takes {memory >> 20} MiB"] if memory > most_memory else []
            wrong += [f"it does not say '{words}'"] if words not in said else []
            if wrong:
                good = False
                print(f"cita certs {' '.join(arguments)}: {'; '.join(wrong)}\n{said[:600]}")
        for each in without_memory(cita, folder) + on_more_threads(cita, folder):
            good = False
            print(each)
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
