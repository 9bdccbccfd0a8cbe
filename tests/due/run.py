#!/usr/bin/env python3
"""What is due, what is logged, what is started: cita due, cita log and cita init.

    run.py CITA ROOT
"""
import ctypes
import json
import os
import pty
import re
import shutil
import subprocess
import sys
import tempfile

import jsonschema

ENVIRONMENT = {"PATH": os.environ.get("PATH", ""), "LC_ALL": "C.UTF-8"}
HEAD = 'cita: 1\nincident: {title: "Example CA: X", ca: {name: Example CA}, certificates: tls}\n'
EVENT = "{at: 2026-09-01T08:10:00Z, kind: problem-report-received, case: 4711, alleges: key-compromise}"
NOTE = 'a: "b" # c\n- ü \u2028'
LOGGED = "{at: 2026-09-01T20:31:07Z, kind: preliminary-report, case: 4711, text: \"a: \\\"b\\\" # c\\n- ü \\u2028\"}"
# A file, and what it is with the event in it; None: it is refused.
APPENDED = [
    (f"events:\n  - {EVENT}  # remark\n  # more\n", f"events:\n  - {EVENT}  # remark\n  - {LOGGED}\n  # more\n"),
    (f"events:\n- {EVENT}", f"events:\n- {EVENT}\n- {LOGGED}\n"),
    (f"events:\r\n  - {EVENT}\r\n", f"events:\r\n  - {EVENT}\r\n  - {LOGGED}\r\n"),
    (f"events: [{EVENT}]\n", f"events: [{EVENT}, {LOGGED}]\n"),
    (f"events: [\n  {EVENT},  # r\n]\n", f"events: [\n  {EVENT},  # r\n  {LOGGED},\n]\n"),
    ("events: []\n", f"events: [{LOGGED}]\n"),
    ("events:\n# none\n", f"events:\n  - {LOGGED}\n# none\n"),
    ("", f"events:\n  - {LOGGED}\n"),
    ("events: ~\n", None),
]
problems = []


def expect(what, good):
    if not good:
        problems.append(what)


def run(cita, *words, text=None):
    return subprocess.run([cita, *words], env=ENVIRONMENT, input=text or "", capture_output=True, encoding="utf-8", timeout=60)


def read_calendar(raw):
    """The events of a calendar; every line is held to RFC 5545."""
    expect("a line does not end in CR LF", raw.endswith(b"\r\n") and b"\n" not in raw.replace(b"\r\n", b"") and b"\r" not in raw.replace(b"\r\n", b""))
    lines = []
    for line in raw[:-2].split(b"\r\n"):
        expect(f"longer than 75 octets: {line!r}", len(line) <= 75)
        text = line.decode("utf-8")
        if text.startswith(" "):
            lines[-1] += text[1:]
        else:
            lines.append(text)
    stack, events = [], []
    for line in lines:
        name, colon, value = line.partition(":")
        expect(f"no content line: {line}", colon and re.fullmatch(r"[A-Z-]+", name))
        expect(f"not escaped: {line}", name not in ("SUMMARY", "DESCRIPTION") or re.fullmatch(r"(?:[^\\;,\x00-\x1f]|\\[\\;,n])*", value))
        if name == "BEGIN":
            expect(f"something follows an alarm: {line}", "VALARM" not in stack)
            stack.append(value)
            if value == "VEVENT":
                events.append({})
        elif name == "END":
            expect(f"ends what did not begin: {line}", stack and stack.pop() == value)
        elif stack[-1:] == ["VEVENT"]:
            expect(f"twice in an event, or after its alarm: {line}", name not in events[-1] and "alarm" not in events[-1])
            events[-1][name] = value
        elif stack[-1:] == ["VALARM"]:
            events[-1].setdefault("alarm", {})[name] = value
    expect("not all ends", not stack)
    expect("UIDs are not unique", len({each["UID"] for each in events}) == len(events))
    return events


def test_due(cita, root):
    with open(os.path.join(root, "schemas/due.schema.json"), encoding="utf-8") as file:
        validator = jsonschema.Draft7Validator(json.load(file))
    path = os.path.join(root, "tests/due/incident.yaml")
    done = run(cita, "due", path, "missing.yaml", "--as-of", "2026-09-03T00:00:00Z", "--format", "json", "--zone", "Europe/Berlin")
    document = json.loads(done.stdout)
    expect("an unreadable file is not 2", done.returncode == 2)
    expect("the readable one is not shown", len(document["due"]) == 10)
    problems.extend(error.message[:200] for error in validator.iter_errors(document))
    earliest = [each["deadline"]["earliest"] for each in document["due"] if each["deadline"]]
    expect("not sorted", earliest == sorted(earliest))
    expect("the governing one is not first", document["due"][0]["governing"])
    calendar = [run(cita, "due", path, "--as-of", at, "--format", "ics").stdout for at in ("2026-09-03T00:00:00Z", "2026-09-04T00:00:00Z")]
    raw = subprocess.run([cita, "due", path, "--as-of", "2026-09-03T00:00:00Z", "--format", "ics", "--zone", "Europe/Berlin"], env=ENVIRONMENT,
                         capture_output=True, timeout=60).stdout
    events = read_calendar(raw)
    expect("not nine events", len(events) == 9)
    expect("a later run has other UIDs", set(re.findall("UID:.*", calendar[1])) <= set(re.findall("UID:.*", calendar[0])))
    expect("an overdue event reminds", all(("alarm" in each) != each["SUMMARY"].startswith("OVERDUE") for each in events))
    expect("wrong SEQUENCE", {each["SEQUENCE"] for each in events} == {"210556800"})
    watched = run(cita, "due", path, "--watch")
    expect("--watch without a terminal", watched.returncode == 2 and "terminal" in watched.stderr)
    expect("--within nonsense", run(cita, "due", path, "--within", "2x").returncode == 2)
    expect("no such zone", run(cita, "due", path, "--zone", "Nowhere").returncode == 2)


def test_boundary(cita, folder):
    path = os.path.join(folder, "boundary.yaml")
    with open(path, "w", encoding="utf-8") as file:
        file.write(HEAD + "events:\n  - {at: 2026-09-01T08:10:00Z, kind: problem-report-received, case: 1}\n"
                   "  - {at: 2026-09-01T09:00:00Z, kind: preliminary-report, case: 1, to: subscriber}\n")
    for as_of, code, words in [("2026-09-02T07:10:00Z", 1, "due in 1 h"), ("2026-09-02T07:09:59Z", 0, "due in 1 h 1 s"),
                               ("2026-09-02T08:10:00Z", 1, "due in 0 s"), ("2026-09-02T08:10:01Z", 1, "1 s late, still open")]:
        done = run(cita, "due", path, "--within", "1h", "--as-of", as_of)
        expect(f"as of {as_of}: {done.returncode}\n{done.stdout}", done.returncode == code and f"— {words}\n" in done.stdout)


def test_perhaps_done(cita, folder):
    """What may be all of a cohort leaves its duty open until the deadline."""
    path = os.path.join(folder, "perhaps.yaml")
    with open(path, "w", encoding="utf-8") as file:
        file.write(HEAD.replace("certificates: tls", "certificates: tls, grounds: misissuance, affected: {count: 6}")
                   + "accounts: {ca: {kind: ca, zone: UTC}}\ncohorts:\n"
                   + "".join(f"  {name}:\n    certificates: {{count: {count}}}\n    events: [{{kind: made-aware, at: 2026-09-01T08:00:00Z}}]\n"
                             for name, count in (("a", 2), ("b", 4)))
                   + "events:\n  - {kind: revocation-partial, at: 2026-09-03T08:00:00Z, counts: {done: 3, of: 6}}\n")
    for as_of, states in [("2026-09-06T08:00:00Z", {"a": "undetermined", "b": "running"}), ("2026-09-06T08:00:01Z", {"b": "overdue"})]:
        due = json.loads(run(cita, "due", path, "--as-of", as_of, "--format", "json").stdout)["due"]
        found = {each["subject"].split(",")[0].split()[-1]: each["state"] for each in due if each["duty"] == "tls-br.revoke-within-5-days"}
        expect(f"as of {as_of}: {found}", found == states)


def test_watch(cita, root):
    pid, terminal = pty.fork()
    if pid == 0:
        os.execve(cita, [cita, "due", os.path.join(root, "tests/due/incident.yaml"), "--watch", "--every", "1"], ENVIRONMENT)
    shown, ended = b"", False
    while True:
        try:
            part = os.read(terminal, 65536)
        except OSError:
            break
        if not part:
            break
        shown += part
        if not ended and shown.count(b"Ctrl-C ends") == 2:
            os.write(terminal, b"\x03")
            ended = True
    os.waitpid(pid, 0)
    expect("the screen is not cleared twice", shown.count(b"\x1b[H\x1b[2J") == 2)
    expect("the terminal is not restored", shown.startswith(b"\x1b[?1049h\x1b[?25l") and shown.endswith(b"\x1b[?25h\x1b[?1049l"))


def test_log(cita, folder):
    path = os.path.join(folder, "log.yaml")
    words = ["log", path, "preliminary-report", "--case", "4711", "--note", NOTE, "--as-of", "2026-09-01T20:31:07Z"]
    for before, after in APPENDED:
        before = HEAD + before
        with open(path, "w", encoding="utf-8", newline="") as file:
            file.write(before)
        os.chmod(path, 0o640)
        expect("--dry-run failed", run(cita, *words, "--dry-run").returncode == (2 if after is None else 0))
        done = run(cita, *words)
        with open(path, encoding="utf-8", newline="") as file:
            now = file.read()
        expect(f"not appended as it should be: {before!r}\n{now!r}\n{done.stderr}", now == (before if after is None else HEAD + after))
        expect(f"wrong exit code for {before!r}", done.returncode == (2 if after is None else 0))
        expect("the mode is another", os.stat(path).st_mode & 0o777 == 0o640)
    expect("control characters", run(cita, "log", path, "update", "--note", "a\x1bb").returncode == 2)
    expect("did you mean", "did you mean 'update'" in run(cita, "log", path, "updat").stderr)


BLOCK = "  - at: 2026-09-01T08:10:00Z\n    kind: problem-report-received\n    text: {}\n      one\n      - two\n"
UPDATE = "{at: 2026-09-01T20:31:07Z, kind: update}"
AS_BLOCK = "  - at: 2026-09-01T20:31:07Z\n    kind: update\n"
# A whole file, and what it is with an update in it.
EDGES = {
    "a byte order mark": ("\ufeff" + HEAD + f"events:\n  - {EVENT}\n", "\ufeff" + HEAD + f"events:\n  - {EVENT}\n  - {UPDATE}\n"),
    "a byte order mark and CR LF": ("\ufeff" + (HEAD + f"events:\n  - {EVENT}\n").replace("\n", "\r\n"),
                                    "\ufeff" + (HEAD + f"events:\n  - {EVENT}\n  - {UPDATE}\n").replace("\n", "\r\n")),
    "CR LF without an end": ((HEAD + f"events:\n  - {EVENT}").replace("\n", "\r\n"),
                             (HEAD + f"events:\n  - {EVENT}\n  - {UPDATE}\n").replace("\n", "\r\n")),
    "a block at the end": (HEAD + "events:\n" + BLOCK.format("|"), HEAD + "events:\n" + BLOCK.format("|") + f"{AS_BLOCK}"),
    "a block that ends without a line end": (HEAD + "events:\n" + BLOCK.format("|-")[:-1], HEAD + "events:\n" + BLOCK.format("|-") + f"{AS_BLOCK}"),
    "a folded block": (HEAD + "events:\n" + BLOCK.format(">"), HEAD + "events:\n" + BLOCK.format(">") + f"{AS_BLOCK}"),
    "a block that keeps its end": (HEAD + "events:\n" + BLOCK.format("|+") + "\n\n", HEAD + "events:\n" + BLOCK.format("|+") + f"\n\n{AS_BLOCK}"),
    "a block with CR LF": ((HEAD + "events:\n" + BLOCK.format("|")).replace("\n", "\r\n"),
                           (HEAD + "events:\n" + BLOCK.format("|") + f"{AS_BLOCK}").replace("\n", "\r\n")),
    "a section after the events": (HEAD + "events:\n" + BLOCK.format("|") + "cases: {}\n",
                                   HEAD + "events:\n" + BLOCK.format("|") + f"{AS_BLOCK}cases: {{}}\n"),
    "an end of the document": (HEAD + f"events:\n  - {EVENT}\n...\n", HEAD + f"events:\n  - {EVENT}\n  - {UPDATE}\n...\n"),
}


def written(path, text):
    with open(path, "w", encoding="utf-8", newline="") as file:
        file.write(text)


def content(path):
    with open(path, encoding="utf-8", newline="") as file:
        return file.read()


def test_log_edges(cita, folder):
    path = os.path.join(folder, "edges.yaml")
    words = ["log", path, "update", "--as-of", "2026-09-01T20:31:07Z"]
    for what, (before, after) in EDGES.items():
        written(path, before)
        done = run(cita, *words)
        expect(f"{what}: {done.returncode} {done.stderr}\n{content(path)!r}\n{after!r}", done.returncode == 0 and content(path) == after)
    # A case with its own list has the event there, in its own style.
    of_case = HEAD + 'cases:\n  "4711":\n    events:\n      - {at: 2026-09-01T08:10:00Z, kind: problem-report-received}\n  "4712": {}\nevents:\n  - {at: 2026-09-01, kind: update}\n'
    written(path, of_case)
    done = run(cita, "log", path, "preliminary-report", "--case", "4711", "--to", "reporter", "--as-of", "2026-09-01T20:31:07Z")
    line = "      - {at: 2026-09-01T20:31:07Z, kind: preliminary-report, to: reporter}\n"
    expect(f"a case's own list: {done.stderr}\n{content(path)}", content(path) == of_case.replace('  "4712"', line + '  "4712"'))
    done = run(cita, "log", path, "preliminary-report", "--case", "4713", "--as-of", "2026-09-01T20:31:07Z")
    expect("a case that is not there", done.returncode == 2 and "4713" in done.stderr)
    # A link stays a link.
    link = os.path.join(folder, "link.yaml")
    os.symlink("edges.yaml", link)
    written(path, HEAD)
    done = run(cita, "log", link, "update", "--as-of", "2026-09-01T20:31:07Z")
    expect(f"a link: {done.stderr}", os.path.islink(link) and content(path) == HEAD + f"events:\n  - {UPDATE}\n")
    os.symlink("nowhere.yaml", os.path.join(folder, "dangling.yaml"))
    expect("a link to nothing", run(cita, "log", os.path.join(folder, "dangling.yaml"), "update").returncode == 2 and
           not os.path.exists(os.path.join(folder, "nowhere.yaml")))
    expect("something is left behind", sorted(os.listdir(folder)) == ["dangling.yaml", "edges.yaml", "link.yaml"])


def test_log_meanwhile(cita, folder):
    """A pipe that says something else when it is read again stands for a file that somebody changed."""
    path = os.path.join(folder, "meanwhile.yaml")
    os.mkfifo(path)
    libc = ctypes.CDLL(None, use_errno=True)
    closed_by_a_reader = 0x10
    watch = libc.inotify_init()
    libc.inotify_add_watch(watch, path.encode(), closed_by_a_reader)
    cita_runs = subprocess.Popen([cita, "log", path, "update"], env=ENVIRONMENT, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    with open(path, "w", encoding="utf-8") as file:
        file.write(HEAD)
    os.read(watch, 4096)
    with open(path, "w", encoding="utf-8") as file:
        file.write(HEAD + "# meanwhile\n")
    _, said = cita_runs.communicate(timeout=60)
    os.close(watch)
    expect(f"changed meanwhile: {said}", cita_runs.returncode == 2 and b"changed it meanwhile" in said and
           os.listdir(folder) == ["meanwhile.yaml"])


def test_log_forbidden(cita, folder):
    """Run by somebody who may not write there; root may write everywhere."""
    tool, inside = os.path.join(folder, "cita"), os.path.join(folder, "inside")
    shutil.copy(cita, tool)
    os.chmod(folder, 0o755)
    os.mkdir(inside)
    path = os.path.join(inside, "incident.yaml")
    written(path, HEAD)
    other = {"user": 65534, "group": 65534, "extra_groups": []} if os.geteuid() == 0 else {}
    for what, of_file, of_folder in [("a folder that may only be read", 0o666, 0o555), ("a file that may only be read", 0o444, 0o777)]:
        os.chmod(path, of_file)
        os.chmod(inside, of_folder)
        done = subprocess.run([tool, "log", path, "update"], env=ENVIRONMENT, capture_output=True, encoding="utf-8", timeout=60, **other)
        expect(f"{what}: {done.returncode} {done.stderr}", done.returncode == 2 and done.stderr.count("\n") == 1 and path in done.stderr and not done.stdout)
        expect(f"{what}: something changed", content(path) == HEAD and os.listdir(inside) == ["incident.yaml"])
    # What cannot be read among others: the others are shown, and it is named.
    os.chmod(path, 0)
    written(os.path.join(inside, "good.yaml"), HEAD + f"events:\n  - {EVENT}\n")
    written(os.path.join(inside, "broken.yaml"), "cita: [\n")
    done = subprocess.run([tool, "due", inside, "--as-of", "2026-09-01T20:00:00Z"], env=ENVIRONMENT, capture_output=True, encoding="utf-8", timeout=60, **other)
    expect(f"one unreadable of several: {done}", done.returncode == 2 and "preliminary" in done.stdout.lower() and
           "incident.yaml" in done.stderr and "broken.yaml" in done.stderr)
    done = subprocess.run([tool, "due", inside, "--as-of", "2026-09-01T20:00:00Z", "--format", "ics"], env=ENVIRONMENT, capture_output=True, timeout=60, **other)
    expect(f"the calendar beside an unreadable one: {done.stderr}", done.returncode == 2 and read_calendar(done.stdout))


def quoted(text):
    """As YAML, which knows no pairs of surrogates."""
    return re.sub("[\u2028-\u202e\u2066-\u2069]", lambda found: f"\\u{ord(found[0]):04x}", json.dumps(text, ensure_ascii=False))


def test_hostile_calendar(cita, folder):
    path = os.path.join(folder, "hostile.yaml")
    wide = "ü€😀" * 60
    for title in ("Example CA: a, b; c\\ d: \\n, \\, end", "Example CA: " + wide, "Example CA: \u202eevil\u2066 x\u2028y\u2029z",
                  "Example CA: x" + "," * 300, *("Example CA: " + "x" * pad + wide for pad in range(1, 12))):
        written(path, "cita: 1\nincident:\n  title: " + quoted(title) + "\n  ca: {name: Example CA}\n  certificates: tls\n"
                "questions:\n  - {id: q, by: community, asked: 2026-09-01T10:00Z, text: " +
                quoted("END:VEVENT\r\nBEGIN:VEVENT\nX-EVIL:1, 2; " + wide) + "}\n" + f"events:\n  - {EVENT}\n")
        done = subprocess.run([cita, "due", path, "--as-of", "2026-09-01T20:00:00Z", "--format", "ics"], env=ENVIRONMENT, capture_output=True, timeout=60)
        try:
            events = read_calendar(done.stdout)
        except UnicodeDecodeError as error:
            problems.append(f"folded within a character: {error}")
            continue
        expect(f"no events: {title[:40]!r} {done.stderr}", events and all(not key.startswith("X-") for each in events for key in each))
        for each in events:
            raw = "".join(each.values() if "alarm" not in each else [value for value in each.values() if isinstance(value, str)])
            expect(f"a character that turns the line around, or ends it: {title[:40]!r}", not re.search("[\u202a-\u202e\u2066-\u2069\u2028\u2029]", raw))


def test_init(cita, folder):
    for kind in ("problem-report", "key-compromise", "misissuance", "delayed-revocation", "audit-finding", "security-incident"):
        path = os.path.join(folder, kind + ".yaml")
        words = ["init", path, "--kind", kind, "--ca", "Exämple: CA", "--title", 'He said "no" # \\']
        expect(f"{kind}: not written", run(cita, *words).returncode == 0)
        expect(f"{kind}: overwritten", run(cita, *words).returncode == 2)
        with open(path, encoding="utf-8") as file:
            text = file.read()
        whole = text.replace("  # - {", "  - {").replace("TIME", "2026-09-01T08:10Z")
        for each in (text, whole):
            done = run(cita, "check", "-", "--as-of", "2026-09-02T00:00:00Z", text=each)
            expect(f"{kind}: {done.stdout}{done.stderr}", done.returncode in (0, 1, 3) and "In the file" not in done.stdout)
    asked = run(cita, "init", "-", "--ask", text="misissuence\nmisissuance\nFoo\nBar\ntls\n")
    expect("the dialogue", asked.returncode == 0 and 'title: "Foo: Bar"' in asked.stdout and "did you mean 'misissuance'" in asked.stderr)
    expect("a dialogue that ends", run(cita, "init", "-", "--ask", text="misissuance\n").returncode == 2)
    expect("missing options", "--kind, --ca, --title" in run(cita, "init", "-").stderr)


def main(cita, root):
    cita = os.path.abspath(cita)
    test_due(cita, root)
    test_watch(cita, os.path.abspath(root))
    with tempfile.TemporaryDirectory() as folder:
        test_boundary(cita, folder)
        test_perhaps_done(cita, folder)
        test_log(cita, folder)
        test_hostile_calendar(cita, folder)
        test_init(cita, folder)
    for test in (test_log_edges, test_log_meanwhile, test_log_forbidden):
        with tempfile.TemporaryDirectory() as folder:
            test(cita, folder)
    print("\n".join(problems) or "what is due, logged and started is as it should be")
    return 1 if problems else 0


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    sys.exit(main(sys.argv[1], sys.argv[2]))
