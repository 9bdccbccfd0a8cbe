#!/usr/bin/env python3
"""Runs `cita certs`, or the subcommand behind `cita`, as each NAME.cmd says and compares what it prints, and its exit code, with
NAME.out.

A third line, `writes FILE`, adds what the command wrote there; without it a command leaves no file behind.

    run.py CITA FOLDER                 fails on files that it does not know, and on a folder without commands
    run.py CITA FOLDER --regenerate    writes what is printed
"""
import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile

# A list whose name would like to be more than a name: hostile-name.yaml names it.
HOSTILE = "e\u202evil\x1b[31m<img>|`x`](y).csv"
ALWAYS = ["--as-of", "2026-04-20T00:00:00Z", "--color", "never", "--width", "100"]


def inputs_in(folder):
    """What the commands name, and what is named there."""
    names, found = set(os.listdir(folder)), set()
    unread = [name for name in names if name.endswith(".cmd")]
    while unread:
        with open(os.path.join(folder, unread.pop()), encoding="utf-8") as file:
            words = set(re.split(r"[\s:,=(){}\"']+", file.read()))
        new = {name for name in words & names if not name.endswith((".cmd", ".out"))} - found
        found |= new
        unread += [name for name in new if name.endswith(".yaml")]
    return found


def printed(cita, folder, inputs, command, written):
    environment = {"PATH": os.environ.get("PATH", ""), "LC_ALL": "C.UTF-8"}
    with tempfile.TemporaryDirectory() as copy:
        for name in inputs:
            shutil.copy(os.path.join(folder, name), copy)
        shutil.copy(os.path.join(folder, "late.csv"), os.path.join(copy, HOSTILE))
        shutil.copy(os.path.join(folder, "../../examples/cps-commitments/example-cps.yaml"), os.path.join(copy, "own-pack.yaml"))
        before = set(os.listdir(copy))
        words = shlex.split(command)
        words = words[1:] if words[0] == "cita" else ["certs", *words]
        done = subprocess.run([cita, *words, *ALWAYS], cwd=copy, env=environment, stdin=subprocess.DEVNULL,
                              capture_output=True, timeout=60)
        text = (done.stdout + done.stderr).decode("utf-8")
        left = set(os.listdir(copy)) - before
        for name in sorted(left):
            with open(os.path.join(copy, name), encoding="utf-8", newline="") as file:
                text += f"--- {name}\n{file.read()}"
    return done.returncode, text, left == set(written)


def main(cita, folder, regenerate):
    cita = os.path.abspath(cita)
    names, inputs = set(os.listdir(folder)), inputs_in(folder)
    cases = sorted(name[:-4] for name in names if name.endswith(".cmd"))
    unknown = names - inputs - {"run.py"} - {case + end for case in cases for end in (".cmd", ".out")}
    problems = [f"{name}: no file that belongs here" for name in sorted(unknown)] + ([] if cases else ["there are no commands"])
    for case in cases:
        with open(os.path.join(folder, case + ".cmd"), encoding="utf-8") as file:
            command, code, *writes = file.read().splitlines()
        status, text, as_said = printed(cita, folder, inputs, command, [line[len("writes "):] for line in writes])
        if not as_said:
            problems.append(f"{case}: it writes other files than it says")
        expected = os.path.join(folder, case + ".out")
        if f"exit {status}" != code:
            problems.append(f"{case}: exit {status} where it should be {code}")
        if regenerate:
            with open(expected, "w", encoding="utf-8") as file:
                file.write(text)
            continue
        with open(expected, encoding="utf-8") as file:
            if file.read() != text:
                problems.append(f"{case}: prints something else:\n{text}")
    print("\n".join(problems) or f"{len(cases)} commands print what they should")
    return 1 if problems else 0


if __name__ == "__main__":
    arguments = [each for each in sys.argv[1:] if each != "--regenerate"]
    sys.exit(main(*arguments, regenerate="--regenerate" in sys.argv))
