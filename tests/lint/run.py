#!/usr/bin/env python3
"""Runs `cita lint` over drafts of reports and compares what it finds.

    run.py CITA FOLDER CHECKS    runs every FOLDER/CHECK/NAME.md and compares its findings with NAME.expect

CHECKS is lint_checks.def; each check in it has a folder of its name, and nothing is found in the drafts of clean/. A line of
NAME.expect is `LINE:COLUMN KIND LEVEL report.ID: message`, 0:0 for a finding without a place, in the order of the output. Its
first line may be `# options: …`; without it the options are those of DEFAULT, and in clean/ those of CLEAN. Where a finding
has a fix, --fix on a copy makes it disappear, and --diff shows it, changes nothing and exits with 1. It fails on files that
it does not know, on an empty folder, and on a check without a folder or without a finding in it.
"""
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile

DEFAULT = "--as-of 2026-05-20T00:00:00Z"
CLEAN = {
    "2.0.md": "--as-of 2024-06-01T00:00:00Z",
    "topics.md": "--as-of 2023-03-01T00:00:00Z",
    "3.2-delay.md": "--as-of 2026-05-20T00:00:00Z --revocation-delay",
}
ENVIRONMENT = {"PATH": os.environ.get("PATH", ""), "LC_ALL": "C.UTF-8"}
LINE = re.compile(r"\d+:\d+ (fail|review) (must|expected|should|advisory) report\.[a-z-]+: .+")


def read_bytes(path):
    with open(path, "rb") as file:
        return file.read()


def lint(cita, folder, name, options, *more):
    return subprocess.run([cita, "lint"] + options + list(more) + [name], cwd=folder, env=ENVIRONMENT,
                          stdin=subprocess.DEVNULL, capture_output=True, text=True, encoding="utf-8", timeout=60)


def shown(result):
    places = result.get("locations", [])
    region = places[0]["physicalLocation"].get("region", {}) if places else {}
    message = result["message"]["text"].split("\n")[0]
    place = f"{region.get('startLine', 0)}:{region.get('startColumn', 0)}"
    return f"{place} {result['kind']} {result['properties']['level']} {result['ruleId']}: {message}"


def findings(cita, folder, name, options):
    """The findings as (line of .expect, whether it has a fix), and what is wrong with the run itself."""
    done = lint(cita, folder, name, options, "--format", "sarif")
    if done.returncode not in (0, 1):
        return [], [f"it ended with {done.returncode}: {done.stderr.strip()}"]
    results = [each for each in json.loads(done.stdout)["runs"][0]["results"]
               if each["ruleId"].startswith("report.") and each["kind"] in ("fail", "review")]
    failed = any(each["kind"] == "fail" and each["properties"]["level"] == "must" for each in results)
    wrong = [] if done.returncode == int(failed) else [f"it ended with {done.returncode}, not with {int(failed)}"]
    return [(shown(each), bool(each.get("fixes"))) for each in results], wrong


def differences(expected, found):
    yield from (f"expected, and not found: {each}" for each in expected if each not in found)
    yield from (f"found, and not expected: {each}" for each in found if each not in expected)
    if sorted(expected) == sorted(found) and expected != found:
        yield f"the order is another: {found}"
    elif set(expected) == set(found) and len(expected) != len(found):
        yield f"found {len(found)} times, expected {len(expected)} times: {sorted(set(found))}"


def check_fixes(cita, folder, name, options, found):
    """--diff writes nothing, --fix writes what the findings with a fix ask for."""
    fixable = [text for text, has_fix in found if has_fix]
    with tempfile.TemporaryDirectory() as copy:
        shutil.copy(os.path.join(folder, name), copy)
        path = os.path.join(copy, name)
        before = read_bytes(path)
        diff = lint(cita, copy, name, options, "--diff")
        if diff.returncode != int(bool(fixable)):
            yield f"--diff ended with {diff.returncode}, not with {int(bool(fixable))}"
        if bool(diff.stdout) != bool(fixable):
            yield "--diff shows " + ("nothing" if fixable else "something and nothing has a fix")
        if read_bytes(path) != before:
            yield "--diff changed the file"
        lint(cita, copy, name, options, "--fix")
        if (read_bytes(path) != before) != bool(fixable):
            yield "--fix changed " + ("nothing" if fixable else "the file and nothing has a fix")
        after, wrong = findings(cita, copy, name, options)
        yield from wrong
        rest = [text.split(" ", 1)[1] for text, has_fix in found if not has_fix]  # a fix may move what stands behind it
        left = [text.split(" ", 1)[1] for text, _ in after]
        yield from (f"after --fix: {each}" for each in differences(rest, left))


def read_expected(path):
    with open(path, encoding="utf-8") as file:
        lines = file.read().splitlines()
    options = DEFAULT
    if lines and lines[0].startswith("# options: "):
        options = lines.pop(0)[len("# options: "):]
        if "--as-of" not in options:
            options = f"{DEFAULT} {options}"
    wrong = [f"no expected finding: {each!r}" for each in lines if not LINE.fullmatch(each)]
    return shlex.split(options), lines, wrong + ([] if lines else ["the .expect names no finding"])


def check_draft(cita, folder, name):
    check = os.path.basename(folder)
    if check == "clean":
        options, expected, problems = shlex.split(CLEAN.get(name, DEFAULT)), [], []
    else:
        options, expected, problems = read_expected(os.path.join(folder, name[:-3] + ".expect"))
        problems += [f"of another check: {each}" for each in expected if f" report.{check}: " not in each]
    found, wrong = findings(cita, folder, name, options)
    problems += wrong
    problems += differences(expected, [text for text, _ in found])
    problems += check_fixes(cita, folder, name, options, found)
    return problems


def check_folder(cita, folder):
    """Yields (draft, problems); the draft is empty for what is wrong with the folder."""
    names = sorted(os.listdir(folder))
    drafts = [name for name in names if name.endswith(".md")]
    known = set(drafts)
    if os.path.basename(folder) != "clean":
        known |= {name[:-3] + ".expect" for name in drafts}
    if not drafts:
        yield "", ["there is no draft"]
    unknown = [f"{name}: no file that belongs here" for name in names if name not in known]
    if unknown:
        yield "", unknown
    for name in drafts:
        if name[:-3] + ".expect" in known and name[:-3] + ".expect" not in names:
            yield name, ["there is no .expect file"]
        else:
            yield name, check_draft(cita, folder, name)


def check_ids(path):
    with open(path, encoding="utf-8") as file:
        return re.findall(r'^LINT_CHECK\(\w+, "([a-z-]+)"', file.read(), re.MULTILINE)


def main(cita, root, checks):
    cita = os.path.abspath(cita)
    ids = check_ids(checks)
    problems = [] if ids else [f"{checks}: no check stands there"]
    names = sorted(name for name in os.listdir(root) if name != os.path.basename(__file__) and name != "__pycache__")
    problems += [f"{each}: no folder with drafts" for each in ids + ["clean"] if each not in names]
    count = 0
    for name in names:
        if name != "clean" and name not in ids or not os.path.isdir(os.path.join(root, name)):
            problems.append(f"{name}: nothing that belongs here")
            continue
        for draft, wrong in check_folder(cita, os.path.join(root, name)):
            count += 1 if draft else 0
            problems += [f"{name}/{draft}: {each}" for each in wrong]
    for problem in problems:
        print(problem)
    print(f"{count} drafts, {len(problems)} problems")
    return 1 if problems else 0


if __name__ == "__main__":
    if len(sys.argv) != 4:
        sys.exit(__doc__)
    sys.exit(main(*sys.argv[1:]))
