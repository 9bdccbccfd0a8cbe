#!/usr/bin/env python3
"""Runs `cita certs`, or the subcommand behind `cita`, as each NAME.cmd says and compares what it prints, and its exit code, with
NAME.out.

A third line, `writes FILE`, adds what the command wrote there; without it a command leaves no file behind.

    run.py CITA FOLDER                 fails on files that it does not know, and on a folder without commands
    run.py CITA FOLDER --regenerate    writes what is printed
"""
import os
import shlex
import shutil
import subprocess
import sys
import tempfile

KNOWN = set("""
answered.crl answered.csv answered.der answered.yaml attached.csv both.pem bug.json certificate-and-crl.pem
claimed-good.der claimed-held.crl claimed-issuer.pem claimed.csv claimed.yaml
critical.crl cut.crl drawn.csv elsewhere.yaml evidence-issuer.pem expired-in-time.csv expired-in-time.yaml
few-columns.csv followed.der forms.csv fraction.der gap.csv held.yaml hidden.csv hostile-name.yaml hostile.csv
ids.yaml in-time.csv incident.yaml incomplete.csv incomplete.yaml indirect-issuer.pem indirect.crl issuer.pem kept.csv late.csv
links.txt links.yaml
list.csv marked.pem missing.yaml mistyped-serial.csv mistyped-serial.yaml moved.csv names-alone.csv namesake.pem no-start.yaml
other.pem precertificates.csv reasons.csv reasons.yaml run.py same-name.csv second.csv shared.yaml signed.crl
times.csv to-tell.csv to-tell.yaml told-later.csv told-later.yaml two-clocks.yaml two-issuers.der unknown.der
unread.yaml unseen.csv untold.yaml unusual.csv version-1.der
""".split())
# A list whose name would like to be more than a name: hostile-name.yaml names it.
HOSTILE = "e\u202evil\x1b[31m<img>|`x`](y).csv"
ALWAYS = ["--as-of", "2026-04-20T00:00:00Z", "--color", "never", "--width", "100"]


def printed(cita, folder, command, written):
    environment = {"PATH": os.environ.get("PATH", ""), "LC_ALL": "C.UTF-8"}
    with tempfile.TemporaryDirectory() as copy:
        for name in KNOWN - {"run.py"}:
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
    names = set(os.listdir(folder))
    cases = sorted(name[:-4] for name in names if name.endswith(".cmd"))
    unknown = names - KNOWN - {case + end for case in cases for end in (".cmd", ".out")}
    problems = [f"{name}: no file that belongs here" for name in sorted(unknown)] + ([] if cases else ["there are no commands"])
    for case in cases:
        with open(os.path.join(folder, case + ".cmd"), encoding="utf-8") as file:
            command, code, *writes = file.read().splitlines()
        status, text, as_said = printed(cita, folder, command, [line[len("writes "):] for line in writes])
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
