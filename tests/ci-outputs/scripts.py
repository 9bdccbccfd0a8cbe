#!/usr/bin/env python3
"""Runs what examples/ci and .pre-commit-hooks.yaml hand to a CI system, as that would, against the program that was built.

    scripts.py CITA ROOT
"""
import os
import re
import subprocess
import sys
import tempfile
import unittest

import yaml

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import strict  # noqa: E402

CITA = ROOT = None
AS_OF = "2026-05-07T00:00:00Z"
FILES = {"sarif": "cita.sarif", "junit": "cita.junit.xml", "gitlab": "cita.gitlab.json"}


def read(*path):
    with open(os.path.join(*path), encoding="utf-8") as file:
        return file.read()


def loaded(name):
    return yaml.safe_load(read(ROOT, name))


class Case(unittest.TestCase):
    def setUp(self):
        self.scratch = tempfile.TemporaryDirectory()
        self.folder = self.scratch.name
        incident = read(ROOT, "examples/ci/incident.yaml")
        self.write("incidents/late incident.yaml", incident)
        self.write("incidents/met.yaml", re.sub(r"suppress:.*", "", incident, flags=re.DOTALL).replace("05-06T20:31", "05-04T20:31")
                   .replace("05-05T10:00", "05-04T10:00"))
        os.makedirs(os.path.join(self.folder, "bin"))
        os.symlink(CITA, os.path.join(self.folder, "bin", "cita"))
        self.environment = {"PATH": os.path.join(self.folder, "bin") + ":/usr/bin:/bin", "LC_ALL": "C.UTF-8"}

    def tearDown(self):
        self.scratch.cleanup()

    def write(self, name, text):
        path = os.path.join(self.folder, name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "w", encoding="utf-8") as file:
            file.write(text)
        return path

    def run_it(self, command, environment, code):
        done = subprocess.run(command, cwd=self.folder, env={**self.environment, **environment}, stdin=subprocess.DEVNULL, capture_output=True,
                              text=True, encoding="utf-8", timeout=120)
        self.assertEqual(done.returncode, code, done.stdout + done.stderr)
        return done.stdout

    def files_are_there(self, out):
        for form, name in FILES.items():
            strict.READERS[form](read(self.folder, out, name))
        self.assertIn('"format": "json-v1"', read(self.folder, out, "cita.json"))


class TheScript(Case):
    def script(self, *files, code, **environment):
        return self.run_it([os.path.join(ROOT, "examples/ci/cita-check"), *files], {"CITA_AS_OF": AS_OF, **environment}, code)

    def test_it_ends_as_cita_does(self):
        self.assertIn("MUST breached", self.script("incidents/late incident.yaml", code=1))
        self.files_are_there("cita-out")
        self.script("incidents/met.yaml", code=0)
        self.script("incidents/met.yaml", code=1, CITA_FAIL_ON="undetermined")
        self.script("incidents/late incident.yaml", code=0, CITA_FAIL_ON="never", CITA_OUT="a folder/of mine")
        self.files_are_there("a folder/of mine")
        self.script("missing.yaml", code=2)
        self.script("incidents", code=1)
        self.script(code=2)
        os.makedirs(os.path.join(self.folder, "empty"))
        self.script("empty", code=3)
        self.script("incidents/met.yaml", code=2, CITA_FAIL_ON="sometimes")

    def test_a_file_is_no_option(self):
        self.write("--help", "")
        self.assertNotIn("Usage", self.script("--", "--help", code=2))

    def test_a_baseline_and_a_profile(self):
        self.script("incidents/late incident.yaml", code=0, CITA_BASELINE=os.path.join(ROOT, "examples/ci/baseline.out"))
        self.assertIn("for a reviewer", self.script("incidents/late incident.yaml", code=1, CITA_PROFILE="reviewer"))


class TheAction(Case):
    def test_every_input_is_described_and_used(self):
        action = loaded("examples/ci/action.yml")
        text = read(ROOT, "examples/ci/action.yml").split("runs:")[1]
        for name, value in action["inputs"].items():
            self.assertTrue(value["description"])
            self.assertIn(f"inputs.{name}", text)
            self.assertTrue("default" in value or value["required"])
        for step in action["runs"]["steps"]:
            self.assertNotIn("${{", step["run"], "an expression in a script is a hole for whoever names a branch or a file")

    def step(self, inputs, code):
        action = loaded("examples/ci/action.yml")
        given = {name: inputs.get(name, value.get("default")) for name, value in action["inputs"].items()}
        step = next(each for each in action["runs"]["steps"] if each.get("id") == "check")

        def value(match):
            return given[match[1]]
        environment = {name: re.sub(r"\$\{\{ inputs\.([a-z-]+)(?: \|\| [^}]*)? \}\}", value, text) for name, text in step["env"].items()}
        self.assertFalse([text for text in environment.values() if "${{" in text])
        environment |= {"GITHUB_ACTIONS": "true", "GITHUB_ACTION_PATH": os.path.join(ROOT, "examples/ci"),
                        "GITHUB_OUTPUT": self.write("output", ""), "GITHUB_STEP_SUMMARY": self.write("summary", "")}
        return self.run_it(["bash", "--noprofile", "--norc", "-eo", "pipefail", self.write("step", step["run"])], environment, code)

    def test_it_annotates_summarises_and_leaves_its_files(self):
        told = strict.github(self.step({"files": "incidents/late incident.yaml\n\nincidents/met.yaml\n", "cita": CITA, "as-of": AS_OF, "out": "o"}, 1))
        self.assertEqual([each[0] for each in told].count("error"), 2)
        self.files_are_there("o")
        strict.markdown(read(self.folder, "summary"))
        outputs = dict(line.split("=", 1) for line in read(self.folder, "output").splitlines())
        self.assertEqual(outputs, {"sarif": "o/cita.sarif", "junit": "o/cita.junit.xml", "json": "o/cita.json"})
        named = loaded("examples/ci/action.yml")["outputs"]
        self.assertEqual({name: value["value"] for name, value in named.items()}, {name: "${{ steps.check.outputs.%s }}" % name for name in outputs})

    def test_it_ends_well_where_all_is_well(self):
        self.step({"files": "incidents/met.yaml", "cita": CITA, "as-of": AS_OF}, 0)
        self.step({"files": "incidents/late incident.yaml", "cita": CITA, "as-of": AS_OF, "fail-on": "never"}, 0)
        self.step({"files": "incidents/$(touch x).yaml", "cita": CITA, "as-of": AS_OF}, 2)
        self.assertFalse(os.path.exists(os.path.join(self.folder, "x")))


class TheTemplateForGitlab(Case):
    def test_its_job_leaves_the_reports_that_it_names(self):
        job = loaded("examples/ci/gitlab.yml")["cita"]
        variables = {**job["variables"], "CITA": CITA, "CITA_HOME": ROOT, "CITA_AS_OF": AS_OF}
        script = "\n".join(["set -e", *job["before_script"], *job["script"]])
        self.run_it(["sh", "-c", script], variables, 1)
        reports = job["artifacts"]["reports"]
        strict.junit(read(self.folder, reports["junit"]))
        strict.gitlab(read(self.folder, reports["codequality"]))
        for path in job["artifacts"]["paths"]:
            self.assertTrue(os.path.exists(os.path.join(self.folder, path)), path)
        self.run_it(["sh", "-c", script], {**variables, "CITA_FILES": "incidents/met.yaml"}, 0)
        self.run_it(["sh", "-c", script], {**variables, "CITA_FILES": "bin"}, job["allow_failure"]["exit_codes"])


class TheHooks(Case):
    REQUIRED = {"id", "name", "description", "entry", "args", "language", "files", "require_serial"}

    def hooks(self):
        return {hook["id"]: hook for hook in loaded(".pre-commit-hooks.yaml")}

    def test_each_says_what_it_is_and_which_files_it_takes(self):
        hooks = self.hooks()
        self.assertEqual(list(hooks), ["cita-check", "cita-lint"])
        for hook in hooks.values():
            self.assertEqual(set(hook), self.REQUIRED)
            self.assertEqual(hook["language"], "system")
        taken = {"cita-check": (["incident.yaml", "a/incident-1.yml", "incidents/2026/x.yaml"], ["x.yaml", "incident.md", "reports/x.yaml"]),
                 "cita-lint": (["report.md", "a/incident-report.md", "reports/x.md", "report-2.md"], ["README.md", "report.yaml", "areport.md"])}
        for name, (these, others) in taken.items():
            for path in these:
                self.assertTrue(re.search(hooks[name]["files"], path), path)
            for path in others:
                self.assertFalse(re.search(hooks[name]["files"], path), path)

    def test_a_commit_fails_for_a_breach(self):
        hook = self.hooks()["cita-check"]
        command = [*hook["entry"].split(), *hook["args"]]
        at = {"SOURCE_DATE_EPOCH": "1778112000"}
        self.run_it([*command, "incidents/met.yaml"], at, 0)
        self.run_it([*command, "incidents/met.yaml", "incidents/late incident.yaml"], at, 1)
        self.run_it([*command, "incidents/met.yaml", self.write("bad.yaml", "[")], at, 2)


class TheShellScripts(unittest.TestCase):
    def test_they_explain_themselves_and_are_shell(self):
        for name in ("examples/ci/cita-check", "examples/ci/cita-build", "tests/ci-outputs/against-schema"):
            path = os.path.join(ROOT, name)
            self.assertTrue(os.access(path, os.X_OK), name)
            subprocess.run(["bash", "-n", path], check=True, timeout=60)
        for name in ("cita-check", "cita-build"):
            done = subprocess.run([os.path.join(ROOT, "examples/ci", name), "--help"], capture_output=True, text=True, timeout=60)
            self.assertEqual(done.returncode, 2)
            self.assertIn(f"examples/ci/{name}", done.stdout)


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    CITA, ROOT = os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2])
    unittest.main(argv=[sys.argv[0]])
