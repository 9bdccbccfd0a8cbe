#!/usr/bin/env python3
"""Holds the incidents that were judged by hand against records of their bugs: cita verify FILE --against BUG, and cita verify BUG alone.

    recorded.py CITA ROOT                 compares with recorded.yaml and docs/accuracy.md's figures
    recorded.py CITA ROOT --regenerate    writes what cita says into recorded.yaml

Each record has Bugzilla's shape and the facts of the incident file: when the bug was filed and by whom, what else Bugzilla tells, what the
CA tells as the timeline of its report. The words are ours. What was posted between these nobody of us read, so comments are missing there.
"""
import datetime
import json
import os
import subprocess
import sys
import tempfile

import yaml

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [HERE, os.path.join(os.path.dirname(HERE), "records")]
import bugs  # noqa: E402
import run  # noqa: E402

RECORDED = os.path.join(HERE, "recorded.yaml")
SCORE = os.path.join(os.path.dirname(HERE), "data", "recorded.md")
# What a CA writes of an event, where the file has no words of its own.
WORDS = {"problem-report-received": "We received the Certificate Problem Report.", "made-aware": "We became aware of the incident.",
         "preliminary-report": "We sent our preliminary report to the reporter.", "revocation": "All affected certificates were revoked.",
         "revocation-partial": "Some of the affected certificates were revoked.", "holding-reply": "We replied that we would look into it.",
         "investigation": "We investigated the report.", "evidence-obtained": "We obtained the evidence.",
         "determined": "We determined that the certificates were misissued.", "subscriber-notified": "The subscribers were notified.",
         "revocation-published": "The CRL with the revocations was published.", "incident-disclosed": "We filed this bug.",
         "non-compliance-start": "The non-compliance began.", "non-compliance-end": "The non-compliance ended."}
POSTED = {"delayed-revocation-report": "A separate report on the delay of the revocation has been filed.",
          "full-incident-report": "The complete report of this incident was posted.",
          "delay-announced": "The certificates will not be revoked in time.",
          "revocation-partial": "Some of the certificates are revoked, and others are still to be revoked."}


def load(path):
    """As the file writes it: stamps stay texts."""
    with open(path, encoding="utf-8") as file:
        return yaml.load(file, yaml.BaseLoader)


def events_of(incident):
    for section in ("cases", "cohorts"):
        for each in (incident.get(section) or {}).values():
            yield from (each or {}).get("events") or []
    yield from incident.get("events") or []


def told(event, account):
    stamps = event.get("told")
    if isinstance(stamps, dict):
        return stamps.get(account) if isinstance(stamps.get(account), str) else None
    return event.get("at") if isinstance(event.get("at"), str) and account == "ca" else None


def stamp(text):
    return datetime.datetime.strptime(text, "%Y-%m-%dT%H:%M:%SZ").strftime("%Y-%m-%d %H:%M:%S")


def is_exact(text):
    try:
        stamp(text)
        return True
    except (TypeError, ValueError):
        return False


def of_another_bug(event, number):
    words = event.get("text") or ""
    return "ug " in words and f"ug {number}" not in words


def report(incident, filed):
    """The CA's report, in the form of its day."""
    account = (incident.get("accounts") or {}).get("ca") or {}
    zone = account.get("zone")
    rows = "".join(f"- {told(each, 'ca')} {each.get('text') or WORDS.get(each['kind'], each['kind'].replace('-', ' ') + '.')}\n"
                   for each in events_of(incident) if told(each, "ca"))
    timeline = (f"All times are {zone if zone == 'UTC' or not zone or '/' in zone else 'UTC' + zone}.\n\n" if zone else "") + (rows or "Not known yet.\n")
    title = incident["incident"]["title"].split(": ", 1)[-1]
    if filed < "2023-02":
        return (f"### 1. How your CA first became aware of the problem\n\n{title}.\n\n"
                f"### 2. A timeline of the actions your CA took in response\n\n{timeline}\n"
                "### 3. Whether your CA has stopped, or has not yet stopped, certificate issuance or the process giving rise to the problem or incident\n\nIssuance was stopped.\n\n"
                "### 4. In a case involving certificates, a summary of the problematic certificates\n\nSee the attachment.\n")
    if filed < "2025-03":
        return f"## Incident Report\n\n### Summary\n\n{title}.\n\n### Impact\n\nSee the attachment.\n\n### Timeline\n\n{timeline}\n### Root Cause Analysis\n\nUnder investigation.\n"
    return f"# Preliminary Incident Report\n\n## Summary\n\n* **Incident description:** {title}.\n\n## Impact\n\nSee the attachment.\n\n## Timeline\n\n{timeline}"


def record_of(incident, entry):
    head = incident["incident"]
    bug = bugs.Bug(int(head["bug"]))
    bug.summary, bug.whiteboard = head["title"], head.get("whiteboard") or "[ca-compliance]"
    filed = entry["filed"]
    by = next((each.get("by", "ca") for each in events_of(incident)
               if each["kind"] == "incident-disclosed" and told(each, "bugzilla") == filed), "ca")
    bug.creator = {"ca": bugs.CA, "root-program": bugs.MOZILLA}.get(by, bugs.COMMUNITY)
    promises = "".join(f"\nWe will post an update by {each['due']}: {each.get('text', '')}\n" for each in incident.get("commitments") or []
                       if isinstance(each.get("due"), str) and by == "ca")
    bug.comment(stamp(filed), bug.creator, report(incident, filed) + promises if by == "ca" else f"This bug is about {head['title']}.")
    later = sorted({(told(each, "bugzilla"), POSTED[each["kind"]]) for each in events_of(incident)
                    if each["kind"] in POSTED and is_exact(told(each, "bugzilla")) and told(each, "bugzilla") > filed and
                    not of_another_bug(each, head["bug"])})
    for when, words in later:
        bug.hide().comment(stamp(when), bugs.CA, words)
    for when, date in entry.get("next-updates") or []:
        bug.whiteboard_set(stamp(when), bugs.MOZILLA, f"{bug.whiteboard} Next update {date}")
    return bug.hide()  # what was posted later was not read


def judgements_of(cita, arguments):
    done = subprocess.run([cita, "verify", *arguments, "--format", "json"], capture_output=True, text=True, encoding="utf-8", check=False)
    if done.returncode not in (0, 1):
        raise ValueError(f"{arguments}: exit {done.returncode}: {done.stderr}")
    found = json.loads(done.stdout)["incidents"][0]
    return found["judgements"], found["verification"]["claims"]


def alone(judgements, duty):
    """What is said of a duty, for whatever subject the report alone shows."""
    said = set()
    for each in judgements:
        if each["duty"] == duty:
            verdict = each["views"][0]["verdict"] if each["views"] else None
            said.add(run.in_words(each["applicability"], each["standing"], each["margin_text"], verdict))
    return "; ".join(sorted(said)) or "not judged"


def breached(judgements, rows):
    """What else is found breached."""
    duties = {row["rule"] for row in rows if "rule" in row}
    return sorted({" ".join([each["duty"], *run.subject(each).values()]) for each in judgements
                   if each["standing"] == "breached" and each["applicability"] == "applies" and each["duty"] not in duties})


def held(cita, name, judged, entry):
    path = os.path.join(HERE, judged["incident"])
    incident = load(path)
    with tempfile.TemporaryDirectory() as folder:
        bug, roster = os.path.join(folder, "bug.json"), os.path.join(folder, "roster.yaml")
        with open(bug, "w", encoding="utf-8") as file:
            json.dump(record_of(incident, entry).answer(), file)
        with open(roster, "w", encoding="utf-8") as file:
            file.write(bugs.ROSTER)
        common = ["--roster", roster, "--as-of", judged["as-of"]]
        against, claims = judgements_of(cita, [path, "--against", bug, *common])
        bare, _ = judgements_of(cita, [bug, *common])
    rows = []
    for row in judged["judged"]:
        if "rule" in row:
            rows.append({"duty": row["duty"], "by-hand": row["by-hand"], "file": row["cita"], "against": run.says(against, row)[0],
                         "alone": alone(bare, row["rule"])})
    claims = sorted(f"{each['kind']}: {each['outcome']}{', decides' if each['decides'] else ''}" for each in claims)
    too = [each for each in breached(against, judged["judged"]) if each not in (judged.get("too") or [])]
    return {"claims": claims, "rows": rows, "too": too, "too-alone": breached(bare, judged["judged"])}


def standing(text):
    return text.split(",")[0].split(" (")[0]


def differs(row):
    """Whether a reason is asked for: the record moved a verdict, or the bug alone says the opposite of what was judged by hand."""
    by_hand = run.ALIKE.get(standing(row["by-hand"]), "")
    opposite = {"met": "breached", "breached": "met"}.get(by_hand)
    return row["against"] != row["file"] or any(standing(each) == opposite for each in row["alone"].split("; "))


def quoted(text):
    return json.dumps(text, ensure_ascii=False)


def written(entries):
    text = HEAD
    for name, entry in entries.items():
        text += f'\n"{name}":\n  filed: {entry["filed"]}\n'
        if entry.get("next-updates"):
            text += "  next-updates: [" + ", ".join(f"[{when}, {date}]" for when, date in entry["next-updates"]) + "]\n"
        for key in ("claims", "too", "too-alone"):
            if entry.get(key):
                text += f"  {key}: [{', '.join(map(quoted, entry[key]))}]\n"
        if entry.get("why"):
            text += f"  why: {quoted(entry['why'])}\n"
        text += "  rows:\n"
        for row in entry["rows"]:
            text += f"    - duty: {quoted(row['duty'])}\n"
            text += "".join(f"      {key}: {quoted(row[key])}\n" for key in ("by-hand", "file", "against", "alone", "why") if row.get(key))
    return text


HEAD = """# What cita says of the incidents of judged.yaml when they are held against a record of their bug, and of that record alone.
#
#   filed, next-updates   what the record shows beside what Bugzilla tells in the incident file
#   claims                what the record says of what the file tells
#   file, against, alone  what cita says of the file, of the file against the record, of the record alone
#   too, too-alone        what else is found breached then, and not by the file
#   why                   why the record moves a verdict, why the bug alone says the opposite of what was judged by hand, why the
#                         record does not show what the file tells; in the order of the reasons: a limit of the facts, a reading
#
# `recorded.py … --regenerate` writes all of it but `filed`, `next-updates` and `why`.
"""


def figures(entries):
    rows = [row for entry in entries.values() for row in entry["rows"]]
    claims = [each.split(": ")[1] for entry in entries.values() for each in entry["claims"]]
    agreeing = sum(each.startswith("agrees") for each in claims)
    same = sum(standing(row["against"]) == standing(row["file"]) for row in rows)
    only = {each: sum(standing(row["alone"]) == each for row in rows) for each in ("met", "breached", "running", "undetermined")}
    none = sum(row["alone"] in ("not judged", "not in force") for row in rows)
    too = sum(len(entry["too"]) + len(entry["too-alone"]) for entry in entries.values())
    text = f"""
## Held against records of their bugs

{len(entries)} of the incidents have a bug whose filing time is known. From their facts a record is made in Bugzilla's shape: who filed it when, what
else Bugzilla shows, and a report whose timeline holds what the CA tells. `cita verify` judges the file against it, and it alone
(`tests/corpus/recorded.yaml`).

- {len(rows)} judgements of `cita verify FILE --against BUG`: {same} stand as for the file alone, {len(rows) - same} do not
- the same {len(rows)} of `cita verify BUG`: {only["met"]} met, {only["breached"]} breached, {only["running"]} running, {only["undetermined"]} undetermined, {none} not judged or not in force:
  what a report tells in words decides nothing until somebody reads it into a file
- {len(claims)} claims that Bugzilla could show: {agreeing} agree, {sum(each.startswith("contradicts") for each in claims)} contradict the record, {sum(each.startswith("unsupported") for each in claims)} are not in it
- {too} duties are found breached then that were not judged by hand

Where the record moves a verdict or does not show what the file tells:

| incident | why |
|---|---|
"""
    for name, entry in entries.items():
        for why in [entry.get("why"), *(row.get("why") for row in entry["rows"])]:
            if why:
                text += f"| {name} | {why} |\n"
    return text


def main(cita, root, mode=None):
    judged = load(run.JUDGED)
    entries = load(RECORDED)
    problems, found = [], {}
    for name, entry in entries.items():
        one = held(cita, name, judged[name], entry)
        whys = {row["duty"]: row.get("why") for row in entry.get("rows") or []}
        for row in one["rows"]:
            row["why"] = whys.get(row["duty"])
            if differs(row) and not row["why"]:
                problems.append(f"{name}: {row['duty']}: by hand {row['by-hand']}; file {row['file']}; against {row['against']}; alone {row['alone']}: why?")
        contradicted = [each for each in one["claims"] if "contradicts" in each or "unsupported" in each]
        if (one["too"] or one["too-alone"] or contradicted) and not entry.get("why"):
            problems.append(f"{name}: also breached: {one['too']} {one['too-alone']}; claims: {contradicted}: why?")
        found[name] = {**entry, **one}
    text, page = written(found), figures(found)
    if mode == "--regenerate":
        run.write(RECORDED, text)
        run.write(SCORE, page)
    elif run.read(SCORE) != page:
        problems.append("tests/data/recorded.md is not what this would write: --regenerate")
    elif run.read(RECORDED) != text:
        problems.append("recorded.yaml is not what this would write: --regenerate")
        import difflib
        problems += list(difflib.unified_diff(run.read(RECORDED).splitlines(), text.splitlines(), lineterm="", n=1))[:40]
    for problem in problems:
        print(problem)
    print(f"{len(found)} records, {len(problems)} problems")
    return 1 if problems else 0


if __name__ == "__main__":
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    sys.exit(main(*sys.argv[1:]))
