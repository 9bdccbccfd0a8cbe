#!/usr/bin/env python3
"""Reads lists on "many machines" and compares what is put together with what a single run says, byte for byte.

    tests/distributed/run.py CITA EXAMPLE        EXAMPLE: examples/distributed

The lists are made up, with faults, duplicates within and between them, and dates in several forms. Split at random and merged at
random, lists cut into pieces too; through pipes, as Spark and Hadoop Streaming do; by the tasks of the job array, one after
another, and by Slurm itself where it is installed and may be started. Records of other options or versions, changed ones and
hostile ones are refused, and so are pieces of which some are missing.
"""
import gzip
import hashlib
import os
import pathlib
import random
import shutil
import socket
import subprocess
import sys
import tempfile

NAMES = ("Precertificate SHA-256 hash,Certificate SHA-256 hash,Subject,Issuer,Not before,Not after,Serial #,dNSNames,Is revoked?,"
         "Revocation date,Revocation reason")
OPTIONS = ["--clock", "2026-03-31T08:00:00Z", "--within", "5d", "--as-of", "2026-05-01T00:00:00Z"]
LISTS = 9


def hash_of(number: int) -> str:
    return hashlib.sha256(str(number).encode()).hexdigest()


def row(chance: random.Random) -> str:
    number = chance.randrange(600)
    date = chance.choice([f"2026-04-{chance.randrange(1, 28):02}", f"2026-04-{chance.randrange(1, 28):02}T08:00:0{chance.randrange(3)}Z",
                          "N/A", "2026-04-31", ""])
    word = chance.choice(["Yes"] * 12 + ["Planned", "Delayed", "No", "N/A", "yes", ""])
    until = chance.choice(["2026-09-01T00:00:00Z"] * 6 + ["2026-04-04T00:00:00Z"])
    subject = chance.choice(["CN=a"] * 20 + ['"CN=a\nO=b"', "=1+1", '"a""b"'])
    other = hash_of(number + 10_000) if chance.random() < 0.3 else ""
    line = (f"{other},{hash_of(number)},{subject},CN=ca,2026-0{chance.randrange(1, 4)}-01,{until},{number + 1:04x},a,{word},{date},"
            f"{chance.choice(['superseded', 'keyCompromise', '', '7'])}")
    return line[: len(line) // 2] if chance.random() < 0.02 else line


def write_large_list(path: pathlib.Path, chance: random.Random) -> None:
    """One whose rows are a line each, so that it can be cut between any two."""
    rows = [each for each in (row(chance) for _ in range(900)) if each.count('"') % 2 == 0 and "\n" not in each]
    path.write_text("\n".join([NAMES, *rows]) + "\n", encoding="utf-8")


def write_lists(folder: pathlib.Path, chance: random.Random) -> list[str]:
    folder.mkdir()
    names = [f"lists/{i}{each}.csv" for i, each in zip(range(LISTS), ["", "-b", " c", "ä", "%41", "", "", "", ""])]
    for number, name in enumerate(names):
        rows = [row(chance) for _ in range(chance.randrange(1, 120))]
        text = "\n".join([NAMES, *rows]) + "\n"
        if number in (0, 5):
            # Line breaks in front of the hash: a duplicate stands in the line where its row begins, read from a file or a record.
            text = "\n".join(["note," + NAMES, *('"a\nb",' + each for each in rows)]) + "\n"
        if number == 6:
            text = "".join(f"https://crt.sh/?sha256={hash_of(chance.randrange(600))}\n" for _ in range(40))
        (folder.parent / name).write_text("" if number == 7 else text, encoding="utf-8")
    return sorted(names, key=os.fsencode)


# Daemons live where a user's path may not lead.
PATH = os.environ["PATH"] + ":/usr/sbin:/sbin"


class Slurm:
    """A Slurm of one node, without accounts and without authentication."""

    def __init__(self, folder: pathlib.Path) -> None:
        self.folder = folder
        self.environment = {"SLURM_CONF": str(folder / "slurm.conf")}
        self.daemons: list[subprocess.Popen] = []

    def __enter__(self) -> "Slurm":
        for name in ("state", "spool"):
            (self.folder / name).mkdir(parents=True)
        host = socket.gethostname().split(".")[0]
        with socket.create_server(("127.0.0.1", 0)) as one, socket.create_server(("127.0.0.1", 0)) as other:
            ports = [each.getsockname()[1] for each in (one, other)]
        (self.folder / "slurm.conf").write_text(f"""
ClusterName=cita
SlurmctldHost={host}(127.0.0.1)
SlurmUser=root
AuthType=auth/none
CredType=cred/none
SlurmctldPort={ports[0]}
SlurmdPort={ports[1]}
StateSaveLocation={self.folder}/state
SlurmdSpoolDir={self.folder}/spool
SlurmctldPidFile={self.folder}/slurmctld.pid
SlurmdPidFile={self.folder}/slurmd.pid
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
MpiDefault=none
SelectType=select/cons_tres
SelectTypeParameters=CR_CPU
NodeName={host} NodeAddr=127.0.0.1 CPUs={os.cpu_count()} State=UNKNOWN
PartitionName=all Nodes=ALL Default=YES State=UP
""")
        for daemon in ("slurmctld", "slurmd"):
            log = (self.folder / f"{daemon}.log").open("wb")
            command = [shutil.which(daemon, path=PATH), "-D", "-f", str(self.folder / "slurm.conf")]
            self.daemons.append(subprocess.Popen(command, stdout=log, stderr=log, stdin=subprocess.DEVNULL,
                                                 env={"PATH": PATH, **self.environment}))
        return self

    def __exit__(self, *_: object) -> None:
        for daemon in self.daemons:
            daemon.terminate()
        for daemon in self.daemons:
            daemon.wait()


class Tested:
    def __init__(self, cita: str, example: pathlib.Path, folder: pathlib.Path) -> None:
        self.cita, self.example, self.folder = cita, example, folder
        self.fixtures = example.parent.parent / "tests" / "certs"
        self.chance = random.Random(6)
        self.problems: list[str] = []
        self.lists = write_lists(folder / "lists", self.chance)
        self.expected = {form: self.certs([*self.lists, *OPTIONS, "--format", form]) for form in ("text", "json")}
        self.need(self.expected["text"][0] == 1 and b"faults of form" in self.expected["text"][1], "the lists have faults")
        self.need(b"name a certificate that an earlier row names" in self.expected["text"][1], "the lists have duplicates")

    def need(self, holds: bool, what: str) -> None:
        if not holds:
            self.problems.append(what)

    def run(self, command: list, given: bytes = b"", **environment: str) -> tuple[int, bytes, str]:
        done = subprocess.run([str(each) for each in command], input=given, capture_output=True, cwd=self.folder,
                              env={"PATH": os.environ["PATH"], "LC_ALL": "C", "CITA": self.cita, **environment})
        return done.returncode, done.stdout, done.stderr.decode()

    def certs(self, arguments: list, given: bytes = b"") -> tuple[int, bytes, str]:
        return self.run([self.cita, "certs", *arguments], given)

    def records_of(self, lists: list[str]) -> bytes:
        code, records, said = self.certs([*lists, *OPTIONS, "--partial", "-"])
        self.need(code == 0 and not said, f"records of {lists} are written: {code} {said}")
        return records

    def need_equal(self, records: list, given: bytes, what: str) -> None:
        for form, expected in self.expected.items():
            found = self.certs(["merge", *records, *OPTIONS, "--format", form], given)
            self.need(found == expected, f"{what}: another answer ({form}): {found[0]} {found[2]}")

    def unread(self) -> None:
        """What is no list, or cannot be read to its end, leaves no record that could pass for one of a whole list."""
        packed = gzip.compress((self.folder / self.lists[0]).read_bytes())
        for content, why in ((packed[:-9], "the file cannot be read or unpacked to its end"),
                             (packed[:10] + b"hello", "the file cannot be read or unpacked to its end"),
                             (b"hello\n", "the file is no list of certificates")):
            (self.folder / "unread").write_bytes(content)
            code, out, said = self.certs(["unread", self.lists[1], *OPTIONS, "--partial", "unread.rec"])
            self.need(code == 2 and not out and said == f"error: unread: {why}\n", f"no record of it: {code} {said}")
            self.need(not (self.folder / "unread.rec").exists(), f"{why}, and there is a record")
            self.need(self.certs(["unread", *OPTIONS])[0] == 2, f"{why}, and the run does not end with 2")

    def splits(self) -> None:
        """Any split, put together in any order and in any grouping."""
        for number in range(6):
            lists = self.lists[:]
            self.chance.shuffle(lists)
            parts = [self.records_of(lists[i :: number + 1]) for i in range(number + 1)]
            while len(parts) > 1 and self.chance.random() < 0.8:
                self.chance.shuffle(parts)
                for i, part in enumerate(parts[:2]):
                    (self.folder / f"part-{i}").write_bytes(part)
                code, merged, said = self.certs(["merge", "part-0", "part-1", *OPTIONS, "--partial", "-"])
                self.need(code == 0, f"records are merged: {said}")
                parts[:2] = [merged]
            if len(parts) == 1:
                self.need(parts[0] == self.records_of(self.lists), "merged records are those of one run")
            lines = b"".join(parts).splitlines(keepends=True)
            self.chance.shuffle(lines)
            self.need_equal(["-"], b"".join(lines), f"{number + 1} parts")

    def pipes(self) -> None:
        """What Spark and Hadoop Streaming do to lines."""
        for of_hadoop in (False, True):
            names = [(f"{i * 10}\t" if of_hadoop else "") + each for i, each in enumerate(self.lists)]
            self.chance.shuffle(names)
            records = b""
            for i in range(3):
                end = "\n" if i else ""
                code, lines, said = self.run([self.example / "shard", *OPTIONS], ("\n".join(names[i::3]) + end).encode())
                self.need(code == 0, f"shard: {said}")
                records += lines
            if of_hadoop:
                records = b"".join(each + b"\t\n" for each in sorted(records.splitlines()))
            for form, expected in self.expected.items():
                found = self.run([self.example / "merge", *OPTIONS, "--format", form], records)
                self.need(found == expected, f"pipes (Hadoop: {of_hadoop}): another answer")

    def tasks(self, script: str, arguments: list, first: int, count: int) -> None:
        """The tasks of a job array, one after another."""
        for task in range(first, first + count):
            code, _, said = self.run([self.example / script, *arguments, *OPTIONS], SLURM_ARRAY_TASK_ID=str(task),
                                     SLURM_ARRAY_TASK_COUNT=str(count), SLURM_ARRAY_TASK_MIN=str(first),
                                     SLURM_ARRAY_TASK_MAX=str(first + count - 1))
            self.need(code == 0, f"{script}: {said}")

    def array(self) -> None:
        """The job array, with numbers from 0 and from 1 on, and over lists of all forms."""
        mixed = self.folder / "mixed"
        mixed.mkdir()
        shutil.copy(self.folder / self.lists[0], mixed / "a.csv")
        (mixed / "b.csv.gz").write_bytes(gzip.compress((self.folder / self.lists[1]).read_bytes()))
        (mixed / "c.txt").write_text(f"https://crt.sh/?sha256={hash_of(1)}\n", encoding="utf-8")
        of_mixed = self.certs(["mixed/a.csv", "mixed/b.csv.gz", "mixed/c.txt", *OPTIONS])[1]
        for lists, first, expected in (("lists", 0, self.expected["text"][1]), ("lists", 1, self.expected["text"][1]), ("mixed", 1, of_mixed)):
            records, answer = f"records-{lists}-{first}", f"answer-{lists}-{first}"
            (self.folder / records).mkdir()
            self.tasks("array.slurm", [lists, records], first, 4)
            code, _, said = self.run([self.example / "merge.slurm", records, answer, *OPTIONS])
            self.need(code == 0, f"merge.slurm: {said}")
            self.need((self.folder / answer).read_bytes() == expected, f"the job array over {lists} from {first} on: another answer")
        for script, lists in (("array.slurm", "lists"), ("pieces.slurm", "lists/0.csv")):
            code, _, said = self.run([self.example / script, lists, "mixed", *OPTIONS], SLURM_ARRAY_TASK_ID="4", SLURM_ARRAY_TASK_COUNT="3",
                                     SLURM_ARRAY_TASK_MIN="0", SLURM_ARRAY_TASK_MAX="4")
            self.need(code == 2 and "gaps" in said, f"{script} with gaps between its tasks: {code} {said}")

    def slurm(self) -> None:
        """The same by Slurm, on one node that lives as long as this test: where it is installed, and root runs this."""
        needed = ["sbatch", "slurmctld", "slurmd"]
        if os.geteuid() != 0 or not all(shutil.which(each, path=PATH) for each in needed):
            print("without Slurm: it is not installed, or this is not run by root")
            return
        with Slurm(self.folder / "slurm") as slurm:
            (self.folder / "records-of-slurm").mkdir()
            code, job, said = self.run(["sbatch", "--parsable", "--array=0-2", self.example / "array.slurm", "lists",
                                        "records-of-slurm", *OPTIONS], **slurm.environment)
            self.need(code == 0, f"sbatch takes the job array: {said}")
            code, _, said = self.run(["sbatch", "--wait", f"--dependency=afterok:{job.decode().strip()}", self.example / "merge.slurm",
                                      "records-of-slurm", "answer-of-slurm", *OPTIONS], **slurm.environment)
            self.need(code == 0, f"merge.slurm: {said}")
        answer = self.folder / "answer-of-slurm"
        self.need(answer.exists() and answer.read_bytes() == self.expected["text"][1], "Slurm: another answer")

    def piece_of(self, name: str, piece: str, rows: bytes, *options: str) -> tuple[int, bytes, str]:
        return self.certs(["-", "--piece-of", name, "--piece", piece, "--beginning", name, *OPTIONS, "--partial", "-", *options], rows)

    def cut(self, name: str, wanted: int) -> list[bytes]:
        """Pieces of a list, cut between lines at random. Where a piece would end inside a row, cita says so."""
        lines = (self.folder / name).read_bytes().splitlines(keepends=True)
        places = sorted(self.chance.sample(range(1, len(lines)), min(wanted - 1, len(lines) - 1)))
        pieces = []
        begin = 0
        for place in places:
            piece = b""
            for end in range(max(place, begin + 1), len(lines)):
                piece = b"".join(lines[begin:end])
                code, out, said = self.piece_of(name, f"{1 if begin else 0}+1/9", piece)
                if code == 0:
                    pieces.append(piece)
                    begin = end
                    break
                self.need(code == 2 and not out and "the piece ends inside this row" in said, f"a piece is refused: {code} {said}")
        return [*pieces, b"".join(lines[begin:])]

    def pieces(self) -> None:
        """One list read by many, who know of no line number."""
        for number in range(8):
            records = []
            for name in self.lists:
                pieces = self.cut(name, number + 1) if (self.folder / name).stat().st_size else [b""]
                self.need(len(pieces) > 1 or number == 0 or len(pieces[0]) < 9_000, f"{name} is cut")
                begin, size = 0, sum(map(len, pieces))
                for i, piece in enumerate(pieces):
                    place = f"{begin}+{len(piece)}/{size}" if number % 2 else f"{i}+1/{len(pieces)}"
                    begin += len(piece)
                    code, record, said = self.piece_of(name, place, piece)
                    self.need(code == 0, f"piece {place} of {name}: {code} {said}")
                    records.append(record)
            self.chance.shuffle(records)
            self.need_equal(["-"], b"".join(records), f"lists in {number + 1} pieces")

    def wrong_pieces(self) -> None:
        name = self.lists[0]
        rows = b"".join(self.cut(name, 1))
        first, rest = (b"".join(each) for each in (rows.splitlines(keepends=True)[:1], rows.splitlines(keepends=True)[1:]))
        records = [self.piece_of(name, f"{i}+1/3", each)[1] for i, each in enumerate((first, b"", rest))]

        def refused(records: list[bytes], why: str) -> None:
            code, out, said = self.certs(["merge", "-", *OPTIONS], b"".join(records))
            self.need(code == 2 and not out and why in said, f"'{why}' is said of pieces: {code} {said[:300]}")

        self.need(self.certs(["merge", "-", *OPTIONS], b"".join(records))[1] == self.certs([name, *OPTIONS])[1], "an empty piece")
        for i in range(3):
            refused(records[:i] + records[i + 1 :], f"of the list {name} the piece from {i} on is missing")
        refused([*records, records[1]], f"of the list {name} the piece from 1 on is there already")
        refused([records[0], self.piece_of(name, "1+2/3", rest)[1], records[2]], f"the piece from 2 on begins inside the one before it")
        refused([records[0], self.piece_of(name, "1+1/2", rest)[1]], "do not agree on its size")
        for piece in ("", "1", "1+1", "2+2/3", "1+0/3", "-1+1/3", "1+1/3x", "18446744073709551615+2/1"):
            code, out, said = self.piece_of(name, piece, rest)
            self.need(code == 2 and not out and "is no piece" in said, f"piece '{piece}': {code} {said}")
        code, _, said = self.piece_of(name, "0+1/3", b"")
        self.need(code == 2 and "the first piece is empty" in said, f"an empty first piece: {code} {said}")
        joined = NAMES.encode() + b',"a\nb"\n'
        for begin in (NAMES.encode(), NAMES.encode()[:200], joined[: joined.index(b"\n") + 1], joined[: joined.index(b"\n")], joined[:-1]):
            code, out, said = self.piece_of(name, "0+1/3", begin)
            self.need(code == 2 and not out and said.count("\n") == 1 and "ends inside its row of names" in said, f"a piece of names: {code} {said}")
        (self.folder / "cut-names.csv").write_bytes(joined[: joined.index(b"\n") + 1])
        code, out, said = self.certs(["-", "--piece-of", name, "--piece", "1+1/2", "--beginning", "cut-names.csv", *OPTIONS, "--partial", "-"], rest)
        self.need(code == 2 and not out and "ends inside its row of names" in said, f"a beginning that is cut: {code} {said}")
        code, _, said = self.piece_of(name, "0+1/3", joined)
        self.need(code == 0, f"a piece of all names: {code} {said}")
        code, _, said = self.certs(["-", "--piece-of", name, "--piece", "1+1/2", *OPTIONS, "--partial", "-"], rest)
        self.need(code == 2 and "needs --beginning" in said, f"no beginning: {code} {said}")
        code, _, said = self.certs([name, "--piece-of", name, "--piece", "0+1/1", *OPTIONS])
        self.need(code == 2 and "--partial" in said, f"a piece without --partial: {code} {said}")
        code, _, said = self.certs(["-", "--piece-of", name, "--piece", "1+1/2", "--beginning", "nowhere.csv", *OPTIONS, "--partial", "-"], rest)
        self.need(code == 2 and "nowhere.csv" in said, f"a beginning that is not there: {code} {said}")

    def pieces_in_engines(self) -> None:
        """One list through pipes, as Spark and Hadoop Streaming cut it, and by the tasks of a job array."""
        write_large_list(self.folder / "large.csv", self.chance)
        content = (self.folder / "large.csv").read_bytes()
        lines = content.splitlines(keepends=True)
        (self.folder / "names.csv").write_bytes(lines[0])
        expected = {form: self.certs(["large.csv", *OPTIONS, "--format", form]) for form in ("text", "json")}
        script = [self.example / "piece", "large.csv", "names.csv", *OPTIONS]

        def compare(records: list[bytes], what: str) -> None:
            self.chance.shuffle(records)
            for form, answer in expected.items():
                found = self.run([self.example / "merge", *OPTIONS, "--format", form], b"".join(records))
                self.need(found == answer, f"{what}: another answer ({form}): {found[0]} {found[2]}")

        records = []
        for i in range(7):
            mine = lines[len(lines) * i // 7 : len(lines) * (i + 1) // 7]
            code, record, said = self.run(script, f"{i}+1/7\n".encode() + b"".join(mine))
            self.need(code == 0, f"piece: {said}")
            records.append(record)
        compare(records, "pieces as in Spark")

        # Hadoop gives a line to the piece in whose bytes it begins, the first byte of the next piece among them.
        (self.folder / "bin").mkdir()
        (self.folder / "bin" / "hadoop").write_text('#!/bin/sh\n[ "$1 $2 $3" = "fs -stat %b" ] && stat -c %s "${4#hdfs://all/}"\n')
        (self.folder / "bin" / "hadoop").chmod(0o755)
        records, offsets = [], [0]
        for line in lines:
            offsets.append(offsets[-1] + len(line))
        size = 40_000
        for begin in range(0, len(content), size):
            end = min(begin + size, len(content))
            mine = b"".join(line for line, at in zip(lines, offsets) if (begin < at or begin == 0) and at <= end)
            code, record, said = self.run(script, mine, PATH=f"{self.folder}/bin:{os.environ['PATH']}",
                                          mapreduce_map_input_file="hdfs://all/large.csv", mapreduce_map_input_start=str(begin),
                                          mapreduce_map_input_length=str(end - begin))
            self.need(code == 0, f"piece: {said}")
            records.append(record.replace(b"\n", b"\t\n"))
        self.need(len(records) > 2, "Hadoop cuts the list")
        compare(records, "pieces as in Hadoop Streaming")

        for first in (0, 1):
            (self.folder / f"pieces-{first}").mkdir()
            self.tasks("pieces.slurm", ["large.csv", f"pieces-{first}"], first, 5)
            code, _, said = self.run([self.example / "merge.slurm", f"pieces-{first}", f"answer-of-pieces-{first}", *OPTIONS])
            self.need(code == 0, f"merge.slurm: {said}")
            answer = (self.folder / f"answer-of-pieces-{first}").read_bytes()
            self.need(answer == expected["text"][1], f"pieces.slurm from {first} on: another answer")

    def incidents(self) -> None:
        """With the duties of an incident, its figures, and a CRL. The lists are those of tests/certs."""
        for each in self.fixtures.iterdir():
            if each.suffix in (".csv", ".yaml", ".crl", ".pem", ".txt"):
                shutil.copy(each, self.folder)
        against = ["--crl", "signed.crl", "--issuer", "issuer.pem", "--as-of", "2026-05-01T00:00:00Z"]
        for options in (["--incident", "incident.yaml", *against], ["--incident", "incident.yaml", "--case", "second", *against],
                        [*OPTIONS[:4], *against], against):
            for form in ("text", "json", "svg"):
                lists = ["hostile.csv", "links.txt", "list.csv", "second.csv"]
                expected = self.certs([*lists, *options, "--format", form])
                records = b"".join(self.certs([each, *options, "--partial", "-"])[1] for each in reversed(lists))
                found = self.certs(["merge", "-", *options, "--format", form], records)
                self.need(found == expected, f"{options} {form}: another answer {found[0]} {found[2]}")
        first = self.certs(["list.csv", "--incident", "incident.yaml", *against, "--partial", "-"])[1]
        code, _, said = self.certs(["merge", "-", "--incident", "incident.yaml", *against], first)
        self.need(code == 2 and "names the list second.csv, and no record is of it" in said, f"a list that is missing is named: {said}")
        code, _, said = self.certs(["merge", "-", "--incident", "incident.yaml", *against[2:]], records)
        self.need(code == 2, f"a CRL that is missing is noticed: {said}")
        several, turned = (["--crl", *each, *OPTIONS] for each in (["signed.crl", "answered.crl"], ["answered.crl", "signed.crl"]))
        record = self.certs(["list.csv", *several, "--partial", "-"])[1]
        for options in (several, turned):
            found, expected = self.certs(["merge", "-", *options], record), self.certs(["list.csv", *several])
            self.need(found == expected, f"CRLs in any order {options}: {found[0]} {found[2]}")
        code, _, said = self.certs(["merge", "-", "--crl", "signed.crl", "signed.crl", *OPTIONS], record)
        self.need(code == 2 and "which is not given here" in said, f"a CRL that is missing beside one that comes twice is named: {said}")

    def refusals(self) -> None:
        good = self.records_of(self.lists)
        line = good.splitlines()[0]

        def refused(records: bytes, why: str, options: list[str] = OPTIONS) -> None:
            code, out, said = self.certs(["merge", "-", *options], records)
            self.need(code == 2 and not out and why in said, f"'{why}' is said: {code} {said[:300]}")

        def signed(text: bytes) -> bytes:
            return text + b" " + hashlib.sha256(text).hexdigest().encode() + b"\n"

        body = line[: line.rindex(b" ")]
        self.need(signed(body) == line + b"\n", "a record ends with the hash of the rest")
        refused(good, "another clock", ["--clock", "2026-03-31T08:00:01Z", *OPTIONS[2:]])
        refused(good, "another limit", [*OPTIONS[:3], "24h", *OPTIONS[4:]])
        refused(good, "another as-of", [*OPTIONS[:5], "2026-05-01T00:00:01Z"])
        refused(good, "another number of places", [*OPTIONS, "--show", "6"])
        refused(good, "it was made without the zone 'UTC'", [*OPTIONS, "--zone", "UTC"])
        refused(good, "it was made with the clock '2026-03-31T08:00:00Z', which is not given here", OPTIONS[4:])
        crl = ["--crl", "signed.crl"]
        refused(good, "it was made without the CRL '", [*OPTIONS, *crl])
        with_crl = self.certs([self.lists[0], *OPTIONS, *crl, "--partial", "-"])[1]
        refused(with_crl, "it was made with the CRL '", OPTIONS)
        refused(with_crl, "it was made without the issuer '", [*OPTIONS, *crl, "--issuer", "issuer.pem"])
        refused(good + line + b"\n", "is there already")
        refused(good + self.records_of(["./" + self.lists[0]]), "is given twice")
        refused(good[:-9], "cut short")
        refused(good.replace(b" 1 ", b" 2 ", 1), "changed")
        refused(b"hello\n", "no partial answer")
        refused(b"", "no record")
        refused(b"cita-partial/1 =a\n", "another version")
        refused(b"cita-partial/7\n", "cut short")
        refused(b"cita-partial/7 \n", "cut short")
        refused(signed(b"cita-partial/1 =9.9.9"), "another version")
        refused(signed(b"cita-partial/1"), "another version")
        words = body.split(b" ")
        for _ in range(400):
            wrong = words[:]
            at = self.chance.randrange(2, len(words))
            wrong[at] = self.chance.choice([b"", b"-1", b"18446744073709551615", b"18446744073709551616", b"9223372036854775807", b"=",
                                            b"=%", b"=%1", b"x", b"0", b"1", b"99999", b"f" * 64, b"\0", b"\xff"])
            if self.chance.random() < 0.3:
                del wrong[at:]
            code, _, said = self.certs(["merge", "-", *OPTIONS], signed(b" ".join(wrong)))
            self.need(code in (0, 1, 2, 3) and (code != 2 or "-:1: " in said or " the piece from " in said), f"word {at} as {wrong[at:at + 1]}: {code} {said[:300]}")
        code, _, said = self.certs(["lists/nowhere.csv", *OPTIONS, "--partial", "out"])
        self.need(code == 2 and not (self.folder / "out").exists(), f"nothing is written without a list: {code} {said}")


def main() -> int:
    with tempfile.TemporaryDirectory() as name:
        tested = Tested(str(pathlib.Path(sys.argv[1]).resolve()), pathlib.Path(sys.argv[2]).resolve(), pathlib.Path(name))
        for what in (tested.unread, tested.splits, tested.pipes, tested.array, tested.slurm, tested.pieces, tested.wrong_pieces,
                     tested.pieces_in_engines, tested.incidents, tested.refusals):
            what()
        for problem in tested.problems:
            print(problem)
        return 1 if tested.problems else 0


if __name__ == "__main__":
    sys.exit(main())
