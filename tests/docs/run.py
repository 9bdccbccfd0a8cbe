#!/usr/bin/env python3
"""Runs what README and docs show.

    run.py CITA ROOT                 runs every `$ cita …` of a console block and compares what follows it with what is printed
    run.py CITA ROOT --regenerate    writes what is printed, and the parts that are made from the code

It also holds the pages that are made from the packs: docs/rules/ has a page for each rule and no other, docs/policy-coverage.md
says for each obligation of the documents which rule judges it, or why none does (tests/data/coverage/*.tsv), and docs/lint.md is
made of the checks of reports and the templates that ask for them.

Commands may end in `| head -n N`. YAML blocks that begin with `cita: 1` (or the modeline above it) have to be incident files that
can be read. Links to files of the project have to lead somewhere. It fails when it finds nothing to run.
"""
import glob
import json
import os
import re
import shlex
import subprocess
import sys
import tempfile

import yaml

BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\]\((?!https?:|#)([^)#]+)[^)]*\)")
KIND = re.compile(r'^EVENT_KIND\(\w+, "([^"]+)", (\w+), "([^"]+)"\)', re.MULTILINE)
INDEX_DATE = "2026-11-24"
DRAFT = "draft/servercert-pr-622"
# How many obligations, exceptions, open questions and interpretations there are in the documents.
COVERED = {"cabf.tsv": ("CA/Browser Forum documents", 147), "root-programs.tsv": ("Root programs and the CCADB", 104)}
COVERAGE_HEAD = """# Which obligation is judged by which rule

Every obligation with a time in the documents of the CA/Browser Forum, the CCADB and the root programs, every question that their
texts leave open, and the rule or reading that stands for it here; or the reason why it is no rule about a timeline.
"""
LINT = re.compile(r'^LINT_CHECK\(\w+, "([^"]+)", "([^"]+)",\s*"((?:[^"\\]|\\.)*)"\)', re.MULTILINE)
LINT_HEAD = """# What cita lint looks at

`cita lint REPORT.md…` checks a draft by the template that it follows; `--template` names another. Each check stands in the templates
(`lib/templates`) with its level and where the document asks for it; what a template does not ask for is not looked at. A finding that
is read from words alone is for somebody to look at and fails no run, unless `--fail-on undetermined` asks for it. `--fix` writes what
is certain, `--diff` shows it. The duties that the timeline lets judge have pages of their own in [rules](rules).
"""
KINDS_MARK = "<!-- event-kinds -->"
LIST_PROBLEM = re.compile(r'^LIST_PROBLEM\(\w+, "([^"]+)", "((?:[^"\\]|\\.)*)", "((?:[^"\\]|\\.)*)"\)', re.MULTILINE)
PROBLEMS_MARK = "<!-- list-problems -->"
ENVIRONMENT = {"PATH": os.environ.get("PATH", ""), "LC_ALL": "C.UTF-8"}


def read(path):
    with open(path, encoding="utf-8") as file:
        return file.read()


def cita_prints(cita, root, command):
    command, _, head = command.partition(" | head -n ")
    words = shlex.split(command)
    done = subprocess.run([cita] + words[1:], cwd=root, env=ENVIRONMENT, stdin=subprocess.DEVNULL, capture_output=True, text=True,
                          encoding="utf-8", timeout=60)
    if done.returncode == 2:
        raise ValueError(f"{command}: {done.stderr.strip()}")
    lines = done.stdout.splitlines(keepends=True)
    return "".join(line.rstrip(" \n") + "\n" for line in (lines[: int(head)] if head else lines))


def console(cita, root, text):
    """The block as it should be: each command followed by what it prints."""
    out = []
    for line in text.splitlines():
        if line.startswith("$ cita"):
            out.append(line + "\n" + cita_prints(cita, root, line[2:]))
        elif line.startswith("$ "):
            raise ValueError(f"only cita is run here: {line}")
    return "".join(out)


def readable_incident(cita, text):
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "incident.yaml")
        with open(path, "w", encoding="utf-8") as file:
            file.write(text)
        done = subprocess.run([cita, "check", path, "--as-of", "2026-06-01T00:00:00Z"], env=ENVIRONMENT, capture_output=True, text=True,
                              encoding="utf-8", timeout=60)
    return None if done.returncode in (0, 1) else done.stdout + done.stderr


def event_kinds(root):
    rows = KIND.findall(read(os.path.join(root, "lib/cita/model/event_kinds.def")))
    table = "".join(f"| `{name}` | {actor.replace('_', ' ')} | {what} |\n" for name, actor, what in rows)
    return f"{KINDS_MARK}\n\n| kind | by | what happened |\n|---|---|---|\n{table}\n{KINDS_MARK}"


def list_problems(root):
    """The table of what may be wrong with a list's form."""
    rows = LIST_PROBLEM.findall(read(os.path.join(root, "lib", "cita", "evidence", "list_problems.def")))
    table = "".join(f"| `{code}` | {what} | {instead} |\n" for code, what, instead in rows).replace('\\"', '"')
    return f"{PROBLEMS_MARK}\n\n| code | what is wrong | what to write |\n|---|---|---|\n{table}\n{PROBLEMS_MARK}"


def renewed(cita, root, path, counts):
    text = read(path)
    problems = []

    def block(match):
        language, body = match.groups()
        if language == "console":
            counts["console"] += 1
            body = console(cita, root, body)
        if language == "yaml" and re.match(r"(#.*\n)*cita: 1\n", body):
            counts["yaml"] += 1
            problem = readable_incident(cita, body)
            if problem:
                problems.append(f"{path}: an incident file that cannot be read:\n{problem}")
        return f"```{language}\n{body}```"

    text = BLOCK.sub(block, text)
    if KINDS_MARK in text:
        text = re.sub(f"{KINDS_MARK}(.*{KINDS_MARK})?", lambda _: event_kinds(root), text, flags=re.DOTALL)
    if PROBLEMS_MARK in text:
        text = re.sub(f"{PROBLEMS_MARK}(.*{PROBLEMS_MARK})?", lambda _: list_problems(root), text, flags=re.DOTALL)
    for target in LINK.findall(BLOCK.sub("", text)):
        if not os.path.exists(os.path.join(os.path.dirname(path), target)):
            problems.append(f"{path}: the link {target} leads nowhere")
    return text, problems


def rule_pages(cita, root):
    """docs/rules: an index, and a page for each rule."""
    listed = cita_prints(cita, root, f"cita rules --all --pack {DRAFT} --format markdown --as-of {INDEX_DATE}")
    pages = {"README.md": f"# Rules\n\nAll rules that cita knows, as they stand on {INDEX_DATE}; `cita rules --as-of DATE` lists them for "
                          f"another day, `cita rules diff A B` what changed.\n\n{listed}"}
    for rule in json.loads(cita_prints(cita, root, f"cita rules --all --pack {DRAFT} --format json --as-of {INDEX_DATE}")):
        pages[rule["rule"] + ".md"] = cita_prints(cita, root, f"cita explain {rule['rule']} --pack {DRAFT} --format markdown")
    return {os.path.join("docs", "rules", name): text for name, text in pages.items()}


def known_rules_and_readings(root):
    known = set()
    for path in glob.glob(os.path.join(root, "lib/packs/*.yaml")):
        pack = yaml.safe_load(read(path))
        known |= {f"{pack['pack']}.{duty['id']}" for duty in pack["duties"]}
        known |= {f"{pack['pack']}:{reading['id']}" for reading in pack.get("readings", [])}
    return known


def coverage(root, problems):
    """docs/policy-coverage.md."""
    known, seen, text = known_rules_and_readings(root), set(), COVERAGE_HEAD
    for name, (heading, count) in COVERED.items():
        path = os.path.join(root, "tests/data/coverage", name)
        rows = [line.split("\t") for line in read(path).splitlines() if line and not line.startswith("#")]
        if len(rows) != count:
            problems.append(f"{path}: {len(rows)} entries, and there are {count} in the documents")
        text += f"\n## {heading}\n\n| obligation | what | judged by | remark |\n|---|---|---|---|\n"
        for row in rows:
            if len(row) != 4 or row[0] in seen:
                problems.append(f"{path}: not four fields, or twice: {row[0]}")
                continue
            seen.add(row[0])
            rules = [] if row[2] == "-" else [each.strip() for each in row[2].split(",")]
            problems += [f"{path}: {row[0]}: there is no {each}" for each in rules if each not in known]
            if not rules and len(row[3]) < 10:
                problems.append(f"{path}: {row[0]}: say why no rule judges it")
            links = ", ".join(f"[{each}](rules/{each}.md)" if ":" not in each else f"reading `{each}`" for each in rules) or "–"
            text += f"| {row[0]} | {row[1]} | {links} | {row[3] or '–'} |\n"
    return {os.path.join("docs", "policy-coverage.md"): text}


def check_generated(root, pages, regenerate, problems):
    folder = os.path.join(root, "docs", "rules")
    for name in os.listdir(folder) if os.path.isdir(folder) else []:
        path = os.path.join("docs", "rules", name)
        if path in pages:
            continue
        if regenerate:
            os.remove(os.path.join(root, path))
        else:
            problems.append(f"{path}: there is no such rule")
    for name, text in pages.items():
        path = os.path.join(root, name)
        if os.path.exists(path) and read(path) == text:
            continue
        if regenerate:
            os.makedirs(os.path.dirname(path), exist_ok=True)
            with open(path, "w", encoding="utf-8") as file:
                file.write(text)
        else:
            problems.append(f"{name}: is not what the packs say; run tests/docs/run.py with --regenerate and look at the difference")


def linked(root, folder):
    """A folder that looks like the project; what a command writes there is not written into the project."""
    for name in os.listdir(root):
        os.symlink(os.path.join(root, name), os.path.join(folder, name))
    return folder


def lint_page(root, problems):
    """docs/lint.md."""
    checks = LINT.findall(read(os.path.join(root, "lib", "cita", "lint", "lint_checks.def")))
    asked = {}
    for path in sorted(glob.glob(os.path.join(root, "lib", "templates", "*.yaml"))):
        form = yaml.safe_load(read(path))
        for each in form.get("checks", []):
            asked.setdefault(each["check"], []).append((form["title"], each["level"], each["section"]))
    known = {name for name, _, _ in checks}
    problems += [f"lib/templates: there is no check '{name}'" for name in asked if name not in known]
    problems += [f"lint_checks.def: no template asks for '{name}'" for name in known if name not in asked]
    text = LINT_HEAD
    for name, title, meaning in checks:
        text += f"\n## {name}\n\n`report.{name}`: **{title}.** {meaning}\n\n"
        text += "".join(f"- {document}: {section} ({level.replace('lc_', 'lower-case ').replace('_', ' ')})\n" for document, level, section in asked.get(name, []))
    return {os.path.join("docs", "lint.md"): text}


def main(cita, root, regenerate=False):
    with tempfile.TemporaryDirectory() as scratch:
        return held(cita, root, linked(os.path.abspath(root), scratch), regenerate)


def held(cita, root, scratch, regenerate):
    cita, root = os.path.abspath(cita), os.path.abspath(root)
    docs = os.path.join(root, "docs")
    paths = [os.path.join(root, "README.md")] + sorted(os.path.join(docs, name) for name in os.listdir(docs) if name.endswith(".md"))
    counts = {"console": 0, "yaml": 0}
    problems = []
    pages = {**rule_pages(cita, root), **coverage(root, problems), **lint_page(root, problems)}
    check_generated(root, pages, regenerate, problems)
    for path in paths:
        try:
            text, found = renewed(cita, scratch, path, counts)
        except ValueError as problem:
            problems.append(f"{path}: {problem}")
            continue
        problems += found
        if text != read(path):
            if regenerate:
                with open(path, "w", encoding="utf-8") as file:
                    file.write(text)
            else:
                problems.append(f"{path}: shows something else than is printed; run tests/docs/run.py with --regenerate and look at the difference")
    if not counts["console"] or not counts["yaml"]:
        problems.append("there was nothing to run")
    print("\n".join(problems) or f"{counts['console']} blocks of commands and {counts['yaml']} incident files are right")
    return 1 if problems else 0


if __name__ == "__main__":
    if len(sys.argv) not in (3, 4) or sys.argv[3:] not in ([], ["--regenerate"]):
        sys.exit(__doc__)
    sys.exit(main(sys.argv[1], sys.argv[2], bool(sys.argv[3:])))
