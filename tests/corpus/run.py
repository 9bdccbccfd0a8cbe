#!/usr/bin/env python3
"""Holds cita to the incidents that were judged by hand: what judged.yaml says, cita says.

    run.py CITA ROOT                 judges every incident and compares; fails too where docs/accuracy.md is not what it
                                     would write
    run.py CITA ROOT --regenerate    writes what cita says into judged.yaml, and docs/accuracy.md anew
    run.py CITA ROOT --show NAME     lists all that cita says of one incident

A plain `agree` means the same verdict and, where both know one, the same margin to the second. Whatever cita finds breached
has to stand in judged.yaml, as a judgement or under `too`, or under `wrong` until that is mended.
"""
import json
import os
import re
import subprocess
import sys

import yaml

HERE = os.path.dirname(os.path.abspath(__file__))
JUDGED = os.path.join(HERE, "judged.yaml")
# Written by their tests.
SCORES = [os.path.join(HERE, "..", "data", name) for name in ("recorded.md", "drafts/score.md", "comments/score.md")]
ALIKE = {"met": "met", "late": "breached", "undetermined": "undetermined", "announced": "running, announced to be missed"}
OUTCOMES = ("agree", "differ", "wrong", "out of scope")
STANDINGS = ("met", "breached", "running", "undetermined", "not_in_force", "not_applicable")
UNITS = {"d": 86400, "h": 3600, "m": 60, "s": 1}


def judge(cita, path, as_of):
    done = subprocess.run([cita, "check", path, "--as-of", as_of, "--format", "json-v1"], capture_output=True, text=True,
                          encoding="utf-8", timeout=60)
    try:
        incident = json.loads(done.stdout)["incidents"][0]
    except (ValueError, IndexError):
        raise SystemExit(f"{path}: {done.stderr}{done.stdout}")
    if not incident["readable"]:
        raise SystemExit(f"{path}: " + "; ".join(each["message"] for each in incident["diagnostics"]))
    return incident["judgements"]


def subject(judgement):
    """What it is about, without the ground: one ground each is all that these files have."""
    keys = ("case", "cohort", "question", "action_item", "commitment", "event", "addressee")
    return {key: str(judgement["subject"][key]) for key in keys if judgement["subject"][key]}


def is_about(judgement, row):
    if judgement["duty"] != row["rule"]:
        return False
    found, wanted = subject(judgement), {key: str(value) for key, value in row.get("at", {}).items()}
    if "ground" in wanted and (judgement["subject"]["ground"] or {}).get("reason") != wanted.pop("ground"):
        return False
    return found == wanted


def view_of(judgement, conditions):
    """The view that holds all conditions, and the default reading of what they leave open."""
    for view in judgement["views"]:
        beliefs = {each["id"] for each in view["beliefs"]} | {f'{each["kind"]}={each["id"]}' for each in view["beliefs"]}
        if all(each in beliefs for each in conditions):
            return view["verdict"]
    return None


def in_words(applicability, standing, margin, verdict):
    if applicability == "undetermined":
        return "undetermined" + (f", {margin}" if margin else "")
    if applicability != "applies":
        return applicability.replace("_", " ")
    if verdict and verdict["announced"] and standing == "running":
        standing = "running, announced to be missed"
    return standing + (f", {margin}" if margin and standing not in ("running", "running, announced to be missed") else "")


def says(judgements, row):
    """What cita says of a row, and the verdict behind it."""
    found = [each for each in judgements if is_about(each, row)]
    if not found:
        return "not judged", None
    if len(found) > 1:
        return f"{len(found)} judgements are about this", None
    judgement = found[0]
    if "if" not in row:
        verdict = judgement["views"][0]["verdict"] if judgement["views"] else None
        said = in_words(judgement["applicability"], judgement["standing"], judgement["margin_text"], verdict)
        return said, judgement["margin"]
    verdict = view_of(judgement, row["if"].split())
    if verdict is None:
        held = "; ".join(" ".join(f'{b["kind"]}:{b["id"]}' for b in view["beliefs"]) for view in judgement["views"])
        return f"no such view among {held}", None
    return in_words(verdict["applicability"], verdict["standing"], verdict["margin_text"], verdict), verdict["margin"]


def seconds(text):
    """+3d21h24m00s is late by so much; None where a bound is open."""
    sign = -1 if text.startswith("-") else 1
    return sign * sum(int(number) * UNITS[unit] for number, unit in re.findall(r"(\d+)([dhms])", text))


def same_margin(by_hand, margin):
    """By hand the bounds are half-open and lateness counts up; cita's are closed and time to spare counts up."""
    _, _, text = by_hand.partition(", ")
    if not text or margin is None:
        return not text
    if text.startswith(">="):
        return margin["most"] is not None and abs(-margin["most"] - seconds(text[2:])) <= 1
    low, high = (seconds(each) for each in text.split(".."))
    return (margin["least"] is not None and margin["most"] is not None and 0 <= high + margin["least"] <= 1
            and 0 <= -margin["most"] - low <= 1)


def check_agreement(row, said, margin):
    verdict = row["by-hand"].split(", ")[0]
    agreed = said in ("not in force", "not applicable", "not judged") if verdict == "not-applicable" else (
        re.match(re.escape(ALIKE[verdict]) + r"($|, (?!announced))", said) is not None)
    if row["outcome"] == "wrong" and agreed:
        yield f"it is said to be wrong, and agrees: {said}"
    if row["outcome"] != "agree":
        return
    if not agreed:
        yield f"said to agree with {row['by-hand']}, but: {said}"
    elif "why" not in row and verdict in ALIKE and not same_margin(row["by-hand"], margin):
        yield f"the margin is not that of {row['by-hand']}: {said}"


def check_row(row, judgements):
    if row["outcome"] not in OUTCOMES:
        yield f"no outcome: {row['outcome']}"
    if row["outcome"] != "agree" and not row.get("why"):
        yield "what does not agree needs a reason"
    if "rule" not in row:
        return
    said, margin = says(judgements, row)
    if row.get("cita") != said:
        yield f"expected: {row.get('cita')}; cita says: {said}"
    yield from check_agreement(row, said, margin)


def check_others(entry, judgements):
    too = list(entry.get("too") or []) + list(entry.get("wrong") or [])
    for judgement in judgements:
        if judgement["standing"] != "breached" or judgement["applicability"] != "applies":
            continue
        if any("rule" in row and is_about(judgement, row) for row in entry["judged"]):
            continue
        name = " ".join([judgement["duty"], *subject(judgement).values()])
        if name in too:
            too.remove(name)
        else:
            yield f"breached, and nobody looked at it: {name}: {judgement['margin_text']}"
    for name in too:
        yield f"not breached: {name}"


def regenerate(judged, texts):
    lines, said = [], iter(texts)
    for line in judged.splitlines(keepends=True):
        lines.append(f'      cita: "{next(said)}"\n' if line.startswith("      cita: ") else line)
    return "".join(lines)


def in_table(text):
    return str(text).replace("|", "\\|")


def counted(all_judgements):
    """How often each rule stands how over all incidents: a change of any rule moves a number."""
    counts = {}
    for judgement in all_judgements:
        standing = judgement["standing"] if judgement["applicability"] == "applies" else judgement["applicability"]
        of_rule = counts.setdefault(judgement["duty"], dict.fromkeys(STANDINGS, 0))
        of_rule[standing] += 1
    return counts


def accuracy(entries, all_judgements):
    rows = [row for entry in entries.values() for row in entry["judged"]]
    counts = {outcome: sum(row["outcome"] == outcome for row in rows) for outcome in OUTCOMES}
    wrong = counts["wrong"] + sum(len(entry.get("wrong") or []) for entry in entries.values())
    against = f'; a judgement by hand stands against {counts["wrong"]} of them' if wrong else ""
    text = f"""# Held against incidents judged by hand

{len(entries)} incidents of 2017 to 2026 were read in public bugs and lists and judged by hand, before there was a cita and from no more
than the beginning of most records. The same facts stand as incident files in `tests/corpus` and `examples`, and this page says where
cita agrees. It is written and checked by `tests/corpus/run.py`; nothing here is typed by hand.

- {len(rows)} judgements
- {counts["agree"]} agree; where both know a margin and nothing else is said, to the second
- {counts["differ"]} differ, each for a reason that a document or the way in which times are read gives
- {counts["out of scope"]} are about duties that no pack holds yet
- {wrong or "no"} verdicts are known to be wrong and wait to be mended{against}

By hand, `late` means breached, and `announced` that the CA said beforehand that it would miss the deadline. A judgement by hand is
no truth either: two readings of one duty are two rows.
"""
    text += "\n## Rule by rule\n\nHow often each rule was judged in these incidents, and how it stood.\n\n| rule | "
    text += " | ".join(each.replace("_", " ") for each in STANDINGS) + " |\n|---" + "|---" * len(STANDINGS) + "|\n"
    for rule, counts in sorted(counted(all_judgements).items()):
        text += f"| {rule} | " + " | ".join(str(counts[each] or "–") for each in STANDINGS) + " |\n"
    for name, entry in entries.items():
        link = os.path.normpath(os.path.join("../tests/corpus", entry["incident"]))
        text += f"\n## [{name}]({link})\n\n| duty | by hand | cita | outcome |\n|---|---|---|---|\n"
        for row in entry["judged"]:
            said = row.get("cita", "–") + (f", if {row['if']}" if "if" in row else "")
            outcome = row["outcome"] + (f": {row['why'].strip()}" if row.get("why") else "")
            text += f"| {in_table(row['duty'])} | {in_table(row['by-hand'])} | {in_table(said)} | {in_table(outcome)} |\n"
        for each in entry.get("wrong") or []:
            text += f"\nWrong: `{each}` is found breached, and is not.\n"
    return text + "".join(map(read, SCORES))


def read(path):
    with open(path, encoding="utf-8") as file:
        return file.read()


def write(path, text):
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)


def main(cita, root, mode=None, shown=None):
    judged = read(JUDGED)
    entries = yaml.safe_load(judged)
    page = os.path.join(root, "docs", "accuracy.md")
    problems, texts, all_judgements = [], [], []
    named = {entry["incident"] for entry in entries.values()}
    for name in sorted(os.listdir(HERE)):
        if name not in named and name not in ("judged.yaml", "run.py", "recorded.yaml", "recorded.py", "__pycache__"):
            problems.append(f"{name}: nothing in judged.yaml is about this file")
    for name, entry in entries.items():
        if shown not in (None, name):
            continue
        judgements = judge(cita, os.path.join(HERE, entry["incident"]), entry["as-of"])
        all_judgements += judgements
        if mode == "--show":
            for each in judgements:
                print(in_words(each["applicability"], each["standing"], each["margin_text"], None), "|", each["duty"],
                      " ".join(subject(each).values()), "|", each["depends_on"])
            continue
        for row in entry["judged"]:
            if "rule" in row:
                texts.append(says(judgements, row)[0])
                if mode == "--regenerate":
                    row["cita"] = texts[-1]
            problems += [f"{name}: {row['duty']}: {problem}" for problem in check_row(row, judgements)]
        problems += [f"{name}: {problem}" for problem in check_others(entry, judgements)]
    if mode == "--show":
        return 0
    if mode == "--regenerate":
        write(JUDGED, regenerate(judged, texts))
        write(page, accuracy(entries, all_judgements))
    elif not os.path.exists(page) or read(page) != accuracy(entries, all_judgements):
        problems.append("docs/accuracy.md is not what this would write: --regenerate")
    for problem in problems:
        print(problem)
    rows = sum(len(entry["judged"]) for entry in entries.values())
    print(f"{len(entries)} incidents, {rows} judgements, {len(problems)} problems")
    return 1 if problems else 0


if __name__ == "__main__":
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    sys.exit(main(*sys.argv[1:]))
