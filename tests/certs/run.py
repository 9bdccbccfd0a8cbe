#!/usr/bin/env python3
"""Runs `cita certs` as each NAME.cmd says and compares what it prints, and its exit code, with NAME.out.

    run.py CITA FOLDER                 fails on files that it does not know, and on a folder without commands
    run.py CITA FOLDER --regenerate    writes what is printed
"""
import os
import shlex
import subprocess
import sys

KNOWN = {"run.py", "list.csv"}
ALWAYS = ["--as-of", "2026-04-20T00:00:00Z", "--color", "never", "--width", "100"]


def printed(cita, folder, command):
    environment = {"PATH": os.environ.get("PATH", ""), "LC_ALL": "C.UTF-8"}
    done = subprocess.run([cita, "certs", *shlex.split(command), *ALWAYS], cwd=folder, env=environment, stdin=subprocess.DEVNULL,
                          capture_output=True, timeout=60)
    return done.returncode, (done.stdout + done.stderr).decode("utf-8")


def main(cita, folder, regenerate):
    cita = os.path.abspath(cita)
    names = set(os.listdir(folder))
    cases = sorted(name[:-4] for name in names if name.endswith(".cmd"))
    unknown = names - KNOWN - {case + end for case in cases for end in (".cmd", ".out")}
    problems = [f"{name}: no file that belongs here" for name in sorted(unknown)] + ([] if cases else ["there are no commands"])
    for case in cases:
        with open(os.path.join(folder, case + ".cmd"), encoding="utf-8") as file:
            command, code = file.read().splitlines()
        status, text = printed(cita, folder, command)
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
