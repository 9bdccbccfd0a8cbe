#!/usr/bin/env python3
"""Holds `cita check --format json` to schemas/check.schema.json, with an independent validator.

    run.py CITA ROOT     validates what is printed for every example, for all of them together, and for files that cannot be read
"""
import json
import os
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


def main(cita, root):
    cita = os.path.abspath(cita)
    with open(os.path.join(root, "schemas/check.schema.json"), encoding="utf-8") as file:
        schema = json.load(file)
    jsonschema.Draft7Validator.check_schema(schema)
    validator = jsonschema.Draft7Validator(schema)
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
    print("\n".join(problems) or f"{len(examples)} examples and {len(UNREADABLE)} unreadable files are as the schema says")
    return 1 if problems else 0


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    sys.exit(main(sys.argv[1], sys.argv[2]))
