#!/usr/bin/env python3
"""Runs the commands of the examples and compares what they print.

    run.py CITA EXAMPLES                 runs every examples/NAME/CASE.cmd in its folder and compares with CASE.out
    run.py CITA EXAMPLES --regenerate    writes every CASE.out anew, and the exit code that a .cmd expects

CASE.cmd holds two lines: the command as one types it, `cita …` or `cita … | jq .KEY`, and `exit N`. It fails on a folder
without a command, on an example that examples/README.md does not name, and on files that it does not know. An example with a
CMakeLists.txt is a project of its own, which tests/house/consume builds and runs, and `distributed` has tests of its own.
"""
import difflib
import json
import os
import shlex
import subprocess
import sys

KNOWN = {"incident.yaml", "later.yaml", "report.md", "later.md", "bug.json", "roster.yaml"}
# Lists of certificates, and what CRLs and OCSP say of them.
KNOWN |= {"first.csv", "second.csv", "crl-9-may.pem", "crl-12-may.pem", "hotel.ocsp", "issuer.pem"}
# What runs in a CI system; tests/ci-outputs/scripts.py runs it.
OF_CI = {"action.yml", "gitlab.yml", "cita-build", "cita-check"}
ENVIRONMENT = {"PATH": os.environ.get("PATH", ""), "LC_ALL": "C.UTF-8"}


def run(cita, folder, command):
    words, _, key = command.partition(" | jq .")
    words = shlex.split(words)
    done = subprocess.run([cita] + words[1:], cwd=folder, env=ENVIRONMENT, stdin=subprocess.DEVNULL, capture_output=True,
                          text=True, encoding="utf-8", timeout=60)
    out = json.dumps(json.loads(done.stdout)[key], indent=2, ensure_ascii=False) + "\n" if key else done.stdout
    return done.returncode, out, done.stderr


def read(path):
    with open(path, encoding="utf-8") as file:
        return file.read()


def write(path, text):
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)


def check_case(cita, folder, case, regenerate):
    lines = read(os.path.join(folder, case + ".cmd")).splitlines()
    if not lines or not lines[0].startswith("cita "):
        return ["the first line is no command that starts with 'cita '"]
    code, out, err = run(cita, folder, lines[0])
    problems = [f"it complained: {err.strip()}"] if err else []
    if regenerate:
        write(os.path.join(folder, case + ".cmd"), f"{lines[0]}\nexit {code}\n")
        write(os.path.join(folder, case + ".out"), out)
        return problems
    if lines[1:] != [f"exit {code}"]:
        problems.append(f"it ended with {code}, the file says {lines[1:]}")
    expected = os.path.join(folder, case + ".out")
    if not os.path.exists(expected):
        return problems + ["there is no .out file"]
    if os.path.abspath(folder) in out:
        problems.append("it printed where the examples lie on this machine")
    wanted = read(expected)
    if out != wanted:
        problems += difflib.unified_diff(wanted.splitlines(), out.splitlines(), "expected", "printed", lineterm="")
    return problems


def check_example(cita, folder, regenerate):
    names = sorted(os.listdir(folder))
    cases = [name[:-4] for name in names if name.endswith(".cmd")]
    known = KNOWN | (OF_CI if "action.yml" in names else set()) | {case + end for case in cases for end in (".cmd", ".out")}
    # A pack of the example's own, with its cases beside it.
    known |= {each for name in names if os.path.isdir(os.path.join(folder, name)) for each in (name, name + ".yaml")}
    for name in names:
        if name not in known:
            yield f"{name}: no file that belongs here"
    if not {"incident.yaml", "report.md"} & set(names):
        yield "there is no incident.yaml"
    if not cases:
        yield "there is no command"
    for case in cases:
        for problem in check_case(cita, folder, case, regenerate):
            yield f"{case}: {problem}"


def main(cita, examples, regenerate=False):
    cita = os.path.abspath(cita)
    readme = read(os.path.join(examples, "README.md"))
    folders = sorted(name for name in os.listdir(examples) if name != "README.md")
    problems = [] if folders else ["there are no examples"]
    for name in folders:
        folder = os.path.join(examples, name)
        if not os.path.isdir(folder):
            problems.append(f"{name}: no file that belongs here")
            continue
        if f"({name}/" not in readme:
            problems.append(f"{name}: README.md does not name it")
        if name == "distributed" or os.path.exists(os.path.join(folder, "CMakeLists.txt")):
            continue
        problems += [f"{name}: {problem}" for problem in check_example(cita, folder, regenerate)]
    for problem in problems:
        print(problem)
    print(f"{len(folders)} examples, {len(problems)} problems")
    return 1 if problems else 0


if __name__ == "__main__":
    arguments = [each for each in sys.argv[1:] if each != "--regenerate"]
    if len(arguments) != 2:
        sys.exit(__doc__)
    sys.exit(main(*arguments, regenerate="--regenerate" in sys.argv))
