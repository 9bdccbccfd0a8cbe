#!/usr/bin/env python3
"""Holds `cita check --format json` to schemas/check.schema.json, and `cita certs --format json` to schemas/certs.schema.json, with an
independent validator.

    run.py CITA ROOT     validates what is printed for every example, for all of them together, and for files that cannot be read;
                         and for the commands of tests/certs that can be run with JSON, and all that an example has
"""
import json
import os
import shlex
import subprocess
import sys
import tempfile

import jsonschema

ENVIRONMENT = {"PATH": os.environ.get("PATH", ""), "LC_ALL": "C.UTF-8"}
AS_OF = ["--as-of", "2026-07-01T00:00:00Z"]
UNREADABLE = ["cita: 1\nincident: {titel: \"\u202e\"}\n", "", "[", "\x00", "cita: 1\n" + "a: {" * 40]


def answer(cita, files):
    done = subprocess.run([cita, "check", *files, "--format", "json", *AS_OF], env=ENVIRONMENT, stdin=subprocess.DEVNULL, capture_output=True,
                          timeout=120)
    done.stdout.decode("ascii")  # nothing else may reach a terminal
    return done.returncode, json.loads(done.stdout)


EXAMPLE = ("--incident incident.yaml --crl crl-9-may.pem --crl crl-12-may.pem --ocsp hotel.ocsp", " --issuer issuer.pem", " --issuer ../../tests/certs/other.pem",
           " --case second-search second.csv")


def validator_of(root, name):
    with open(os.path.join(root, f"schemas/{name}.schema.json"), encoding="utf-8") as file:
        schema = json.load(file)
    jsonschema.Draft7Validator.check_schema(schema)
    return jsonschema.Draft7Validator(schema)


def check_lists(cita, root):
    """What `cita certs`, `check` and `verify` write of lists; problems, and how many commands were run."""
    validators = {"certs": validator_of(root, "certs"), "check": validator_of(root, "check")}
    validators["verify"] = validators["check"]
    folder = os.path.join(root, "tests/certs")
    commands = [(os.path.join(root, "examples/certificate-list"), EXAMPLE[0] + more) for more in ("", *EXAMPLE[1:])]
    for name in sorted(os.listdir(folder)):
        if name.endswith(".cmd"):
            with open(os.path.join(folder, name), encoding="utf-8") as file:
                command, code, *writes = file.read().splitlines()
            if code != "exit 2" and not writes and "--format" not in command:
                commands.append((folder, command))
    problems = []
    for where, command in commands:
        words = shlex.split(command)
        words = words[1:] if words[0] == "cita" else ["certs", *words]
        if words[0] not in validators:
            continue
        validator = validators[words[0]]
        done = subprocess.run([cita, *words, "--format", "json", "--as-of", "2026-05-13T00:00:00Z"], cwd=where,
                              env=ENVIRONMENT, stdin=subprocess.DEVNULL, capture_output=True, timeout=120)
        done.stdout.decode("ascii")  # nothing else may reach a terminal
        if not done.stdout:
            problems.append(f"{command}: it prints nothing: {done.stderr.decode()}")
            continue
        for error in validator.iter_errors(json.loads(done.stdout)):
            problems.append(f"{command}: {'/'.join(map(str, error.path))}: {error.message[:200]}")
    return problems, len(commands)


def main(cita, root):
    cita = os.path.abspath(cita)
    validator = validator_of(root, "check")
    problems = []

    def check(name, files, code=None):
        got, document = answer(cita, files)
        if code is not None and got != code:
            problems.append(f"{name}: ended with {got} instead of {code}")
        for error in validator.iter_errors(document):
            problems.append(f"{name}: {'/'.join(map(str, error.path))}: {error.message[:200]}")
        return document

    examples = sorted(os.path.join(root, "examples", name, "incident.yaml") for name in os.listdir(os.path.join(root, "examples"))
                      if os.path.isdir(os.path.join(root, "examples", name)))
    if not examples:
        problems.append("there are no examples")
    for path in examples:
        check(path, [path])
    if check("all examples", examples)["files"] != len(examples):
        problems.append("not all files are there")
    with tempfile.TemporaryDirectory() as folder:
        for number, text in enumerate(UNREADABLE):
            path = os.path.join(folder, f"{number}.yaml")
            with open(path, "w", encoding="utf-8") as file:
                file.write(text)
            document = check(f"unreadable {number}", [path], 2)
            if document["incidents"][0]["readable"] or not document["incidents"][0]["diagnostics"]:
                problems.append(f"unreadable {number}: it says not why")
    more, lists = check_lists(cita, root)
    problems += more
    print("\n".join(problems) or f"{lists} answers on lists, {len(examples)} examples and {len(UNREADABLE)} unreadable files are as the schema says")
    return 1 if problems else 0


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    sys.exit(main(sys.argv[1], sys.argv[2]))
