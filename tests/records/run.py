"""cita verify on bugs that hold one fault each: exact claims, ledgers and standings.

  run.py CITA ROOT [--regenerate]"""

import csv
import io
import json
import pathlib
import subprocess
import sys
import tempfile

import jsonschema

import bugs

cita, root = sys.argv[1], pathlib.Path(sys.argv[2])
regenerate = "--regenerate" in sys.argv
expected = root / "tests" / "records" / "expected"
AS_OF = "2026-06-01T00:00:00Z"
problems = []
# Answers of a server, each with the files that belong together.
SERVER = {
    "server-bug": ["bug.anonymous", "comment", "history", "attachment.nodata"],
    "server-edited": ["comment.edited"],
    "server-private-gap": ["comment.private-gap.anonymous"],
    "server-insider": ["comment.private-gap.insider"],
    "server-filtered": ["bug.email-filtered.anonymous", "comment.email-filtered.anonymous", "history.email-filtered.anonymous"],
    "server-search": ["search.ids-comments"],
    "server-needinfo": ["bug.needinfo-several", "history.needinfo-several"],
    "server-single": ["comment-one", "attachment-one"],
    "server-duplicates": ["comment.dup-source", "comment.dup-target", "history.reopen-dup"],
    "server-all": ["bug.all", "bug.authenticated"],
}
SERVER_ERRORS = ["error.nobug", "error.access-denied", "search.empty"]


def schema(name):
    with open(root / "schemas" / f"{name}.schema.json", encoding="utf-8") as file:
        return jsonschema.Draft7Validator(json.load(file))


CHECK, TRIAGE, LEDGER = schema("check"), schema("triage"), schema("ledger")


def valid(name, text, validator):
    document = json.loads(text)
    problems.extend(f"{name}: {'/'.join(map(str, each.path))}: {each.message[:200]}" for each in validator.iter_errors(document))
    return document


def run(arguments, **more):
    done = subprocess.run([cita, *map(str, arguments)], capture_output=True, text=True, check=False, **more)
    return done


def amount(margin):
    if margin is None:
        return ""
    return f", {margin['least']} … {margin['most']} s"


def subject_of(judged):
    return "".join(f" {key} {value}" for key, value in judged["subject"].items() if key in ("question", "event", "commitment") and value)


def lines(incident):
    """What is held against anybody, and what the record shows, a line each."""
    v = incident["verification"]
    out = []
    for claim in v["claims"]:
        whom = f" against {claim['against']}" if len(v["against"]) > 1 else ""
        out.append(f"claim {claim['kind']} of {claim['account']}{whom}: {claim['outcome']}"
                   f"{amount(claim['delta']) if claim['outcome'] == 'contradicts' else ''}{', decides' if claim['decides'] else ''}")
    out.append(f"beyond {v['beyond']}")
    for question in v["questions"]:
        judged = question["judgement"]
        how = f"{judged['applicability']} {judged['standing']}{amount(judged['margin'])}" if judged else "no rule"
        out.append(f"question {question['id']} by {question['by']}: {how}")
        out += [f"  reply {each['kind']} in comment {each['comment']}{', unsure: ' + each['unsure'] if each['unsure'] else ''}"
                for each in question["replies"]]
    for promise in v["promises"]:
        judged = promise["judgement"]
        how = f"{judged['applicability']} {judged['standing']}{amount(judged['margin'])}" if judged else "no rule"
        out.append(f"promise {promise['id']}: {how}")
        out += [f"  kept in comment {each['comment']}{', unsure: ' + each['unsure'] if each['unsure'] else ''}"
                for each in promise["kept"]]
    for item in v["action_items"]:
        if not item["history"]:
            continue
        judged = item["judgement"]
        out.append(f"action item {item['id']}, {item['status']}: " +
                   (f"{judged['duty']} {judged['applicability']} {judged['standing']}{amount(judged['margin'])}" if judged else "no rule"))
        out += [f"  {each['kind']} in comment {each['comment']}, {each['at']['earliest']} … {each['at']['latest']}"
                f"{', unsure: ' + each['unsure'] if each['unsure'] else ''}" for each in item["history"]]
    for judged in incident["judgements"]:
        if judged["applicability"] in ("applies", "undetermined") and judged["duty"].startswith("ccadb-irg."):
            out.append(f"{judged['duty']}{subject_of(judged)}: {judged['applicability']} {judged['standing']}"
                       f"{amount(judged['margin'])}")
    for diagnostic in incident["diagnostics"]:
        out.append(f"{diagnostic['severity']} {diagnostic['code']}: {diagnostic['message']}")
    return "\n".join(out) + "\n"


def check(name, found):
    path = expected / f"{name}.txt"
    if regenerate:
        path.write_text(found)
    elif not path.exists() or path.read_text() != found:
        problems.append(f"{name}: found\n{found}\nexpected\n{path.read_text() if path.exists() else 'nothing'}")


def verified(folder, files, *more):
    done = run(["verify", *files, "--roster", folder / "roster.yaml", "--as-of", AS_OF, "--format", "json", *more])
    if done.returncode not in (0, 1):
        problems.append(f"{files}: exit {done.returncode}\n{done.stderr}")
        return None
    return valid(str(files), done.stdout, CHECK)["incidents"][0]


with tempfile.TemporaryDirectory() as name:
    folder = pathlib.Path(name)
    (folder / "roster.yaml").write_text(bugs.ROSTER)
    for fault in bugs.BUGS:
        bug = bugs.made(fault)
        file = folder / f"{fault}.json"
        file.write_text(json.dumps(bug.answer()))
        one = verified(folder, [file])
        if one is None:
            continue
        check(fault, lines(one))
        # Apart, in any order, the answers say the same.
        apart = folder / fault
        apart.mkdir()
        for part, answer in bug.answers().items():
            (apart / part).write_text(json.dumps(answer))
        several = verified(folder, sorted(apart.iterdir(), reverse=True))
        if several is not None and lines(several) != lines(one):
            problems.append(f"{fault}: separate answers say something else")
    # Without the history nobody knows which Next update dates there were.
    answers = bugs.made("answer-missing").answers()
    for part in ("bug", "comment"):
        (folder / f"{part}.json").write_text(json.dumps(answers[f"{part}.json"]))
    found = verified(folder, [folder / "bug.json", folder / "comment.json"])
    if found is not None:
        check("without-history", lines(found))
    # An incident file against a bug: its own question is the bug's, and what is said of another day is not another post's.
    (folder / "incident.yaml").write_text(
        "cita: 1\nincident: {title: 'Example CA: x', bug: 1, ca: {name: Example CA}, certificates: tls}\n"
        "accounts: {ca: {zone: UTC}}\n"
        "questions: [{id: why, by: root-program, text: Why?, asked: 2026-05-13T09:00Z, answered: 2026-05-19T13:30Z},"
        " {id: other, by: community, text: Other?, asked: 2026-05-14T08:00Z}]\n"
        "events:\n  - {kind: made-aware, at: 2026-05-04T08:10Z}\n  - {kind: preliminary-incident-report, at: 2026-05-05T16:00Z}\n"
        "  - {kind: full-incident-report, at: 2026-05-12T15:02Z}\n  - {kind: bug-closed, at: 2026-05-27}\n")
    done = run(["verify", folder / "incident.yaml", "--against", folder / "clean.json", "--roster", folder / "roster.yaml", "--as-of", AS_OF,
                "--format", "json"])
    check("file", lines(valid("file", done.stdout, CHECK)["incidents"][0]))
    # Two exports of one bug: a comment that differs was edited in between.
    first, second = bugs.made("clean"), bugs.made("clean")
    second.comments[2]["text"] = second.comments[2]["raw_text"] = "Why, since when and where was the CRL not served?"
    (folder / "first.json").write_text(json.dumps(first.answer()))
    (folder / "second.json").write_text(json.dumps(second.answer()))
    both = verified(folder, [folder / "first.json", folder / "second.json"])
    if both is not None:
        check("two-exports", lines(both))
    # With the headers of curl -i, the record says when it was saved.
    missing = bugs.made("answer-missing")
    missing.comments = missing.comments[:3]
    text = json.dumps(missing.answer())
    (folder / "bare.json").write_text(text)
    (folder / "headers.json").write_text("HTTP/2 200\r\ndate: Sun, 31 May 2026 12:00:00 GMT\r\ncontent-type: application/json\r\n\r\n" + text)
    for each in ("bare", "headers"):
        found = verified(folder, [folder / f"{each}.json"])
        if found is not None:
            check(f"saved-{each}", lines(found))
    found = verified(folder, [folder / "bare.json"], "--saved", "2026-05-31T12:00:00Z")
    if found is not None:
        check("saved-option", lines(found))
    # What is no record: one message each, exit code 2, and nothing on standard output.
    wrong = {"html": "<!DOCTYPE html><title>429</title>", "empty": "", "cut-off": text[:200],
             "error": '{"error":true,"code":101,"message":"Bug 99 does not exist.","documentation":"x"}',
             "huge-number": '{"bugs":[{"id":1e400}]}', "no-bugs": '{"bugs":[]}', "list": "[1, 2]", "wrong-types":
             '{"bugs":[{"id":1,"summary":7,"creation_time":"yesterday","comments":[{"id":1,"count":0,"creation_time":1},5],'
             '"history":{"a":1},"flags":"x"}]}', "deep": "[" * 100000}
    for each, content in wrong.items():
        (folder / "wrong.json").write_text(content)
        done = run(["verify", folder / "wrong.json", "--as-of", AS_OF])
        if done.returncode != 2 or done.stdout or "Traceback" in done.stderr:
            problems.append(f"wrong record {each}: exit {done.returncode}\n{done.stdout}{done.stderr}")
        check(f"wrong-{each}", done.stderr.replace(str(folder) + "/", ""))

    # Answers of a server.
    data = root / "tests" / "data" / "bugzilla"
    files_of = lambda names: [data / f"{each}.json" for each in names]
    unread = {each.name for each in data.iterdir()} - {"README.md"} - {each.name for names in [*SERVER.values(), SERVER_ERRORS] for each in files_of(names)}
    if unread:
        problems.append(f"unread answers: {sorted(unread)}")
    for each, names in SERVER.items():
        done = run(["verify", *files_of(names), "--as-of", "2026-12-01T00:00:00Z", "--format", "json"])
        if done.returncode not in (0, 1):
            problems.append(f"{each}: exit {done.returncode}\n{done.stderr}")
            continue
        check(each, "".join(f"{incident['file']}\n{lines(incident)}" for incident in valid(each, done.stdout, CHECK)["incidents"]))
    for each in SERVER_ERRORS:
        done = run(["verify", data / f"{each}.json"])
        if done.returncode != 2 or done.stderr.count("error[") != 1:
            problems.append(f"{each}: exit {done.returncode}\n{done.stderr}")
    # Many bugs at once: the most urgent first, in every form; the ledger says what two bugs promise in the same words.
    many = folder / "many"
    many.mkdir()
    wanted = ["answer-missing", "clean", "promise-without-a-post", "answer-perhaps", "next-update-by-a-root-program"]
    for number, fault in enumerate(wanted + ["promise-kept-perhaps", "promise-without-a-post"]):
        bug = bugs.made(fault)
        bug.number = 100 + number
        bug.summary = "=HYPERLINK(\"x\"), \u202eExample CA: " + fault
        (many / f"{number}.json").write_text(json.dumps(bug.answer()))
    roster = ["--roster", folder / "roster.yaml", "--as-of", AS_OF]
    table = valid("triage", run(["triage", many, *roster, "--format", "json"]).stdout, TRIAGE)
    check("triage", "".join(f"{row['bug']} {row['state']}: {row['what']} {row['deadline']} {row['waiting_for']}\n" for row in table["bugs"]))
    rows = list(csv.reader(io.StringIO(run(["triage", many, *roster, "--format", "csv"]).stdout)))
    if len(rows) != len(table["bugs"]) + 1 or any(cell[:1] in tuple("=+-@") or "\u202e" in cell for row in rows for cell in row):
        problems.append(f"triage as csv: {rows}")
    for each in ("text", "markdown"):
        check(f"triage-{each}", run(["triage", many, *roster, "--format", each]).stdout)
    if run(["triage", many, *roster, "--jobs", "1"]).stdout != run(["triage", many, *roster, "--jobs", "3"]).stdout:
        problems.append("triage depends on the number of threads")
    ledger = valid("ledger", run(["ledger", many, *roster, "--format", "json"]).stdout, LEDGER)
    check("ledger", run(["ledger", many, *roster, "--all"]).stdout)
    if [each["bugs"] for each in ledger["repeats"]] != [[102, 106]]:
        problems.append(f"repeats: {ledger['repeats']}")
    # As a table, everything is told, and nothing is a formula, a link or a new line.
    rows = list(csv.DictReader(io.StringIO(run(["ledger", many, *roster, "--format", "csv"]).stdout)))
    if len(rows) != len(ledger["entries"]) or any(cell[:1] in tuple("=+-@") or "\u202e" in cell for row in rows for cell in row.values()):
        problems.append(f"ledger as csv: {rows}")
    if {(row["bug"], row["also in"]) for row in rows if row["also in"]} != {("102", "106"), ("106", "102")}:
        problems.append(f"ledger as csv, repeats: {rows}")
    check("ledger-markdown", run(["ledger", many, *roster, "--format", "markdown"]).stdout)
    # One action item in several bugs, whatever its status.
    items = folder / "items"
    items.mkdir()
    for number, fault in enumerate(["action-items-followed", "action-item-told-on-the-last-second", "action-item-due-date-passed"]):
        bug = bugs.made(fault)
        bug.number = 200 + number
        (items / f"{number}.json").write_text(json.dumps(bug.answer()))
    check("ledger-items", run(["ledger", items, *roster, "--all"]).stdout)
    valid("ledger-items", run(["ledger", items, *roster, "--format", "json"]).stdout, LEDGER)
    # An incident file where a record is meant is told from broken JSON.
    done = run(["verify", folder / "incident.yaml", "--as-of", AS_OF])
    check("wrong-incident", done.stderr.replace(str(folder) + "/", ""))
    # What others tell: a reporter's file, another's report, and the record, all at once.
    (folder / "reporter.yaml").write_text(
        "cita: 1\nincident: {title: x, bug: 1, ca: {name: Example CA}, certificates: tls}\n"
        "accounts: {reporter: {kind: reporter, zone: UTC}}\n"
        "events: [{kind: preliminary-incident-report, at: 2026-05-08T16:00:00Z}, {kind: update, at: 2026-05-20T10:00:00Z}]\n")
    (folder / "posted.md").write_text(bugs.REPORT.format(disclosed="2026-05-04 16:00"))
    against = [word for each in ("clean.json", "reporter.yaml", "posted.md") for word in ("--against", folder / each)]
    done = run(["verify", folder / "incident.yaml", *against, *roster, "--format", "json"])
    check("file-and-others", lines(valid("file-and-others", done.stdout, CHECK)["incidents"][0]))
    done = run(["verify", folder / "incident.yaml", *against[2:], *roster, "--width", "100"])
    check("others-text", done.stdout.split("\nQuestions\n")[0].replace(str(folder) + "/", ""))
    (folder / "another.yaml").write_text((folder / "reporter.yaml").read_text().replace("bug: 1,", "bug: 2,"))
    (folder / "letter.md").write_text("Dear all,\n\nit was on Monday.\n")
    for each, text in {"another.yaml": "and what it is held against about bug 2", "letter.md": "follows no template",
                       "nothing.md": "nothing.md", "wrong.yaml": "error"}.items():
        done = run(["verify", folder / "incident.yaml", "--against", folder / each, *roster])
        if done.returncode != 2 or done.stdout or text not in done.stderr:
            problems.append(f"against {each}: exit {done.returncode}\n{done.stdout}{done.stderr}")
    # A reviewer asks about what is certain, and of a clean bug nothing.
    for fault in ("answer-missing", "filing-told-a-day-early", "promise-without-a-post"):
        check(f"reviewer-{fault}", run(["render", folder / f"{fault}.json", "--report", "reviewer", *roster]).stdout)
    done = run(["render", folder / "clean.json", "--report", "reviewer", *roster])
    if done.returncode != 3 or done.stdout:
        problems.append(f"a clean bug: exit {done.returncode}\n{done.stdout}")
    # A roster with mistakes: all of them, with their places.
    (folder / "wrong.yaml").write_text("roster: 1\npeople:\n  a@b.example: {role: root-progam}\n  c@d.example: {nmae: x}\n"
                                       "comments:\n  x: {\"1\": {kind: queston, to: [a]}}\n")
    done = run(["verify", folder / "clean.json", "--roster", folder / "wrong.yaml"])
    check("wrong-roster", done.stderr.replace(str(folder) + "/", ""))
    if done.returncode != 2:
        problems.append(f"a wrong roster: exit {done.returncode}")
    # A roster that says what a comment is has the last word.
    (folder / "noted.yaml").write_text(bugs.ROSTER + "  \"1\": {\"3\": {kind: answer, to: [2]}}\n")
    done = run(["verify", folder / "answer-perhaps.json", "--roster", folder / "noted.yaml", "--as-of", AS_OF, "--format", "json"])
    check("noted", lines(valid("noted", done.stdout, CHECK)["incidents"][0]))

others = ["without-history", "file", "two-exports", "saved-bare", "saved-headers", "saved-option", *SERVER, "triage", "triage-text", "triage-markdown", "ledger", "ledger-markdown", "ledger-items", "wrong-incident", "file-and-others", "others-text",
          "reviewer-answer-missing", "reviewer-filing-told-a-day-early", "reviewer-promise-without-a-post", "wrong-roster", "noted"]
known = {f"{each}.txt" for each in list(bugs.BUGS) + others + [f"wrong-{each}" for each in wrong]}
stray = {each.name for each in expected.iterdir()} - known
if stray:
    problems.append(f"unknown files: {sorted(stray)}")
print("\n".join(problems) or f"{len(known)} records")
sys.exit(1 if problems else 0)
