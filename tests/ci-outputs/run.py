#!/usr/bin/env python3
"""Holds the outputs of `cita check` and `cita lint` for CI to strict readers of their forms (strict.py), and to what cita found.

    run.py CITA ROOT                  examples, hostile and unreadable files, baselines, suppressions
    run.py CITA ROOT --schema FILE    SARIF also against the published schema, by an independent validator
"""
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import unittest

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import strict  # noqa: E402

CITA = ROOT = SCHEMA = None
ENVIRONMENT = {"PATH": os.environ.get("PATH", ""), "LC_ALL": "C.UTF-8"}
AS_OF = "2026-06-01T00:00:00Z"
FORMATS = list(strict.READERS)
DUTY = "tls-br.preliminary-report-within-24-hours"

LATE = """cita: 1
incident: {title: "Example CA: Too late", bug: 1, ca: {name: Example CA}, certificates: tls}
events:
  - {at: 2026-05-04T08:10:00Z, kind: problem-report-received, case: 1}
  - {at: 2026-05-06T20:31:00Z, kind: preliminary-report, case: 1, to: [reporter, subscriber]}
"""
MET = LATE.replace("Too late", "In time").replace("bug: 1", "bug: 2").replace("05-06T20:31", "05-04T20:31")
# Everything that means something to a terminal, to XML, to Markdown, to HTML, to GitHub, or to a reader of SARIF.
EVIL = (r"\e[31m\a\u202e\u2066 %0A::error::x\n::set-output name=x::y ##[error]z ]]> --> <script>alert(1)</script> & &lt; | `x` **b** "
        r"[click](https://evil.example) ![i](https://evil.example/i) www.evil.example @everyone #1 {0} $x$ \uFFFE\uFFFF\x9b31m ~~s~~ \\ \\|")
HOSTILE = f"""cita: 1
incident: {{title: "Evil {EVIL}", ca: {{name: "E {EVIL}"}}, certificates: tls}}
accounts:
  "ca {EVIL}": {{kind: ca, zone: UTC}}
events:
  - {{at: 2026-05-04T08:10:00Z, kind: problem-report-received, case: "c {EVIL}", id: "i {EVIL}"}}
  - {{at: 2026-05-06T20:31:00Z, kind: preliminary-report, case: "c {EVIL}", to: reporter}}
suppress:
  - {{duty: "d {EVIL}", reason: "r {EVIL}"}}
  - {{duty: tls-br.revoke-within-24-hours, case: "{EVIL}", reason: "r {EVIL}"}}
"""
UNREADABLE = ["cita: 1\nincident: {titel: \"\\u202e" + EVIL + "\"}\n", "", "[", "\x00", "cita: 1\n" + "a: {" * 40]
NO_ACCOUNT = "\n".join(line for line in HOSTILE.split("\n") if "zone: UTC" not in line and line != "accounts:") + "\n"


def read(path):
    with open(path, encoding="utf-8", newline="") as file:
        return file.read()


def examples():
    folder = os.path.join(ROOT, "examples")
    paths = sorted(os.path.join("examples", name, "incident.yaml") for name in os.listdir(folder))
    return [path for path in paths if os.path.exists(os.path.join(ROOT, path))]


def counts(document):
    """How many results of each sort the JSON speaks of; drafts are none."""
    summary = dict(document["summary"])
    diagnostics = [each for incident in document["incidents"] for each in incident["diagnostics"]]
    contradictions = sum(len(incident.get("contradictions", [])) for incident in document["incidents"])
    embargoed = sum(incident.get("embargoed", False) for incident in document["incidents"])
    summary["informs"] = contradictions + embargoed + sum(each["severity"] != "error" for each in diagnostics)
    summary["problems"] = sum(each["severity"] == "error" for each in diagnostics)
    summary["failed"] = summary["must_breached"] + summary["expected_breached"] + summary["should_missed"]
    return summary


class Case(unittest.TestCase):
    def setUp(self):
        self.scratch = tempfile.TemporaryDirectory()
        self.folder = self.scratch.name

    def tearDown(self):
        self.scratch.cleanup()

    def write(self, name, text):
        path = os.path.join(self.folder, name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "w", encoding="utf-8", newline="") as file:
            file.write(text)
        return name

    def read(self, name):
        return read(os.path.join(self.folder, name))

    def check(self, *arguments, code=None, as_of=AS_OF, folder=None, environment=None, command="check"):
        at = ["--as-of", as_of] if as_of else []
        done = subprocess.run([CITA, command, *arguments, *at], cwd=folder or self.folder, env={**ENVIRONMENT, **(environment or {})},
                              stdin=subprocess.DEVNULL, capture_output=True, timeout=120)
        if code is not None:
            self.assertEqual(done.returncode, code, done.stderr.decode())
        return done.stdout.decode("utf-8"), done.stderr.decode("utf-8")

    def strictly(self, name, *arguments, code=None, **more):
        has_baseline = "--baseline" in arguments
        text, _ = self.check(*arguments, "--format", name, code=code, **more)
        if name == "sarif" and SCHEMA:
            import jsonschema
            for error in jsonschema.validators.validator_for(SCHEMA)(SCHEMA).iter_errors(json.loads(text)):
                self.fail(f"{'/'.join(map(str, error.path))}: {error.message[:200]}")
        return strict.sarif(text, has_baseline) if name == "sarif" else strict.READERS[name](text)

    def json(self, *arguments, **more):
        return json.loads(self.check(*arguments, "--format", "json", **more)[0])


class WhatIsFound(Case):
    """Each form says what the JSON says."""

    def held(self, files, folder):
        found = counts(self.json(*files, folder=folder))
        at = {"folder": folder}
        self.sarif(self.strictly("sarif", *files, "--all", **at)["results"], found)
        shown = self.strictly("sarif", *files, **at)["results"]
        self.assertFalse([each for each in shown if each["kind"] in ("pass", "notApplicable")])
        self.junit(self.strictly("junit", *files, **at), found)
        self.gitlab(self.strictly("gitlab", *files, **at), found)
        self.github(self.strictly("github", *files, **at), found)
        rows = self.strictly("markdown", *files, **at)
        self.assertEqual(sum(row[0] == "**must**" for row in rows), found["must_breached"] + found["problems"])
        self.assertEqual(sum(row[0] == "undetermined" for row in rows), found["undetermined"])
        entries = self.strictly("baseline", *files, **at)
        self.assertEqual(sum(each["kind"] == "fail" for each in entries), found["failed"])

    def sarif(self, results, found):
        kinds = [each["kind"] for each in results if not each["suppressions"]]
        self.assertEqual(kinds.count("pass"), found["met"])
        self.assertEqual(kinds.count("open"), found["running"])
        self.assertEqual(kinds.count("review"), found["undetermined"])
        self.assertEqual(kinds.count("fail"), found["failed"] + found["advisory"] + found["informs"] + found["problems"])
        self.assertEqual(sum(bool(each["suppressions"]) for each in results), found["suppressed"])
        self.assertEqual(sum(each["level"] == "error" for each in results if not each["suppressions"]), found["must_breached"] + found["problems"])

    def junit(self, suites, found):
        outcomes = [outcome for _, _, all in suites for outcome in all]
        self.assertEqual(outcomes.count("failure"), found["failed"])
        self.assertEqual(outcomes.count("error"), found["undetermined"] + found["problems"])
        self.assertEqual(outcomes.count("skipped"), found["suppressed"] + found["known"] + found["not_judged"] + found["draft"])
        self.assertEqual(outcomes.count("passed"), found["met"] + found["running"] + found["advisory"] + found["informs"])

    def gitlab(self, issues, found):
        severities = [each["severity"] for each in issues]
        self.assertEqual(severities.count("critical"), found["must_breached"] + found["problems"])
        self.assertEqual(severities.count("major"), found["expected_breached"])
        self.assertEqual(severities.count("minor"), found["should_missed"])

    def github(self, told, found):
        commands = [each[0] for each in told]
        self.assertEqual(commands.count("error"), min(10, found["must_breached"] + found["problems"]))
        self.assertEqual(commands.count("warning"), min(10, found["expected_breached"] + found["should_missed"]))

    def test_every_example(self):
        self.assertGreater(len(examples()), 10)
        for path in examples():
            with self.subTest(path):
                self.held([path], ROOT)

    def test_all_examples_in_one_run(self):
        self.held(examples(), ROOT)

    def test_hostile_files(self):
        for name in [self.write("evil.yaml", HOSTILE), self.write("told.yaml", NO_ACCOUNT), self.write("we,ird: %0A'[x](y)|<b>@.yaml", LATE)]:
            with self.subTest(name):
                self.held([name], self.folder)
        text, _ = self.check("told.yaml", "--format", "junit", code=1)
        self.assertIn("&lt;script&gt;", text)

    def test_files_that_cannot_be_read(self):
        for number, text in enumerate(UNREADABLE):
            name = self.write(f"{number}.yaml", text)
            for form in FORMATS:
                with self.subTest(f"{form} of {number}"):
                    self.strictly(form, name, code=2)
            self.held([name], self.folder)
            run = self.strictly("sarif", name, self.write("late.yaml", LATE), "missing.yaml", code=2)
            self.assertFalse(run["invocations"][0]["executionSuccessful"])
            self.assertEqual({each["locations"][0]["physicalLocation"]["artifactLocation"]["index"] for each in run["results"]}, {0, 1, 2})

    def test_a_place_is_where_an_editor_finds_it(self):
        # Code points are counted, not bytes and not UTF-16 units.
        name = self.write("late.yaml", LATE.replace("{at: 2026-05-06T20:31:00Z,", "{text: \"\U0001F600\u00e4\", at: 2026-05-06T20:31:00Z,"))
        lines = self.read(name).split("\n")
        results = [each for each in self.strictly("sarif", name)["results"] if each["ruleId"] == DUTY]
        self.assertEqual(len(results), 2)
        for result in results:
            places = [result["locations"][0]["physicalLocation"]["region"]] + [each["physicalLocation"]["region"] for each in result["relatedLocations"]]
            texts = [lines[each["startLine"] - 1][each["startColumn"] - 1:each["endColumn"] - 1] for each in places]
            self.assertEqual(texts, ["2026-05-06T20:31:00Z", "2026-05-06T20:31:00Z", "2026-05-04T08:10:00Z"])
        error = next(each for each in self.strictly("github", name) if each[0] == "error")
        self.assertEqual((error[1]["line"], error[1]["col"]), ("5", str(lines[4].index("2026") + 1)))


class HowItIsRun(Case):
    def test_the_help_lists_every_form_there_is(self):
        done = subprocess.run([CITA, "check", "--help"], env=ENVIRONMENT, capture_output=True, text=True, encoding="utf-8", timeout=60)
        rows = re.findall(r'^RENDERER\(\w+, "([^"]+)"\)', read(os.path.join(ROOT, "lib/cita/output/renderers.def")), re.MULTILINE)
        self.assertLessEqual(set(FORMATS), set(rows))
        self.assertIn(", ".join(rows), " ".join(done.stdout.split()))

    def test_several_forms_in_one_run_are_what_each_is_alone(self):
        self.write("a/late.yaml", LATE), self.write("a/met.yaml", MET), self.write("a/evil.yaml", HOSTILE)
        outputs = [word for form in FORMATS for word in ("--output", f"{form}={form}.out")]
        text, _ = self.check("a", "--format", "text", *outputs, code=1)
        self.assertIn("MUST breached", text)
        for form in FORMATS:
            self.assertEqual(self.read(form + ".out"), self.check("a", "--format", form)[0], form)

    def test_any_number_of_jobs_writes_the_same_bytes(self):
        texts = [LATE, MET, HOSTILE, NO_ACCOUNT, "[", "cita: 1\nincident: {title: \"Example CA: Nothing\", ca: {name: Example CA}}\n"]
        for number in range(48):
            self.write(f"all/{number:02}.yaml", texts[number * 7 % len(texts)].replace("bug: 1", f"bug: {number + 1}"))
        for form in FORMATS:
            with self.subTest(form):
                one = self.check("all", "--format", form, "--jobs", "1", code=2)[0]
                for jobs in ("2", "7"):
                    self.assertEqual(self.check("all", "--format", form, "--jobs", jobs, code=2)[0], one)
                strict.READERS[form](one)

    def test_the_exit_code_does_not_depend_on_the_form(self):
        self.write("late.yaml", LATE), self.write("met.yaml", MET)
        self.write("nothing.yaml", "cita: 1\nincident: {title: \"Example CA: Nothing\", ca: {name: Example CA}}\n")
        for form in FORMATS:
            self.strictly(form, "late.yaml", code=1)
            self.strictly(form, "late.yaml", "--fail-on", "never", code=0)
            self.strictly(form, "met.yaml", code=0)
            self.strictly(form, "met.yaml", "--fail-on", "undetermined", code=1)
            self.strictly(form, "nothing.yaml", code=3)
        self.assertEqual(self.strictly("sarif", "nothing.yaml")["invocations"][0]["exitCode"], 3)

    def test_github_is_told_ten_errors_and_how_many_more(self):
        for number in range(9):
            self.write(f"all/{number}.yaml", LATE.replace("bug: 1", f"bug: {number + 1}"))
        told = self.strictly("github", "all", code=1)
        self.assertEqual(sum(each[0] == "error" for each in told), 10)
        self.assertIn("18 MUST breached", told[-1][2])
        self.assertRegex(told[-1][2], r"; \d+ of them are not shown here$")

    def test_github_gets_a_summary_where_it_names_a_file(self):
        self.write("late.yaml", LATE)
        summary = self.write("summary.md", "from an earlier step\n\n")
        environment = {"GITHUB_STEP_SUMMARY": os.path.join(self.folder, summary)}
        self.check("late.yaml", "--format", "github", code=1, environment=environment)
        before, after = self.read(summary).split("\n\n", 1)
        self.assertEqual(before, "from an earlier step")
        self.assertEqual(after, self.check("late.yaml", "--format", "markdown")[0])
        self.check("late.yaml", "--format", "json", code=1, environment=environment)
        self.assertEqual(self.read(summary), before + "\n\n" + after)
        self.check("late.yaml", "--format", "github", code=2, environment={"GITHUB_STEP_SUMMARY": os.path.join(self.folder, "no/where")})

    def test_ci_is_told_when_the_clock_was_taken(self):
        self.write("met.yaml", MET)
        for environment, arguments, told in (({"CI": "true"}, ["--format", "sarif"], True), ({}, ["--format", "sarif"], False),
                                             ({"CI": "true"}, [], False), ({"CI": "true", "SOURCE_DATE_EPOCH": "1778112000"}, ["--format", "sarif"], False)):
            text, complaints = self.check("met.yaml", *arguments, as_of=None, environment=environment)
            self.assertEqual("the time of the clock" in complaints, told)
            self.assertIn("SOURCE_DATE_EPOCH" if "SOURCE_DATE_EPOCH" in environment else "the clock", text)

    def test_fingerprints_stay_when_lines_move(self):
        late = self.write("late.yaml", LATE)
        moved = self.write("moved.yaml", LATE.replace("events:\n", "\n# A remark.\n\nevents:\n").replace("20:31:00Z", "20:32:00Z"))

        def fingerprints(name):
            return [each["partialFingerprints"] for each in self.strictly("sarif", name, "--all")["results"]]
        self.assertEqual(fingerprints(late), fingerprints(moved))
        self.assertEqual(len({json.dumps(each) for each in fingerprints(late)}), len(fingerprints(late)))
        self.assertEqual([each["fingerprint"] for each in self.json(late)["incidents"][0]["judgements"]],
                         [each["citaFinding/v1"] for each in fingerprints(late)][:len(self.json(late)["incidents"][0]["judgements"])])


class Baselines(Case):
    def setUp(self):
        super().setUp()
        self.write("late.yaml", LATE)
        self.check("late.yaml", "--write-baseline", "base.json", code=1)

    def test_what_it_holds_does_not_fail(self):
        self.assertEqual(self.read("base.json"), self.check("late.yaml", "--format", "baseline")[0])
        text, complaints = self.check("late.yaml", "--baseline", "base.json", code=0)
        self.assertIn("known: the baseline holds it", text)
        self.assertEqual(complaints, "")
        self.check("late.yaml", "--baseline", "base.json", "--fail-on", "undetermined", code=0)
        document = self.json("late.yaml", "--baseline", "base.json")
        self.assertGreaterEqual(document["summary"]["known"], 2)
        self.assertEqual(document["summary"]["must_breached"], 0)

    def test_it_is_shown_in_every_form(self):
        results = self.strictly("sarif", "late.yaml", "--baseline", "base.json")["results"]
        self.assertEqual({each["baselineState"] for each in results if each["ruleId"] == DUTY}, {"unchanged"})
        for form in ("junit", "github", "gitlab", "markdown"):
            text, _ = self.check("late.yaml", "--baseline", "base.json", "--format", form, code=0)
            strict.READERS[form](text)
            self.assertIn("known from the baseline", text, form)
        self.assertNotIn("failure", [outcome for _, _, all in self.strictly("junit", "late.yaml", "--baseline", "base.json") for outcome in all])
        self.assertNotIn("error", [each[0] for each in self.strictly("github", "late.yaml", "--baseline", "base.json")])

    def test_what_is_new_fails(self):
        self.write("late.yaml", LATE + "  - {at: 2026-05-04T08:10:00Z, kind: problem-report-received, case: 2}\n"
                                       "  - {at: 2026-05-07T08:10:00Z, kind: preliminary-report, case: 2, to: [reporter, subscriber]}\n")
        results = self.strictly("sarif", "late.yaml", "--baseline", "base.json", code=1)["results"]
        self.assertEqual({each["baselineState"] for each in results if "case 2" in each["properties"]["subject"]}, {"new"})
        self.assertEqual({each["baselineState"] for each in results if each["ruleId"] == DUTY and "case 1" in each["properties"]["subject"]},
                         {"unchanged"})

    def test_what_became_worse_is_new(self):
        entries = json.loads(self.read("base.json"))
        for change in ({"kind": "review"}, {"level": "should"}, {"rule": "tls-br.other"}):
            worse = [{**each, **change} if each["rule"] == DUTY else each for each in entries["entries"]]
            self.write("worse.json", json.dumps({**entries, "entries": worse}))
            self.check("late.yaml", "--baseline", "worse.json", code=1)

    def test_what_matches_nothing_is_told(self):
        self.write("late.yaml", MET.replace("bug: 2", "bug: 1"))
        _, complaints = self.check("late.yaml", "--baseline", "base.json", code=0)
        self.assertEqual(complaints.count(f"nothing matches {DUTY}"), 2)
        self.assertIn("--write-baseline", complaints)
        entries = json.loads(self.read("base.json"))
        entries["entries"] = [{**entries["entries"][0], "fingerprint": f"{n:016x}", "message": "\x1b[31m"} for n in range(30)]
        self.write("many.json", json.dumps(entries))
        _, complaints = self.check("late.yaml", "--baseline", "many.json")
        self.assertIn("and 10 more entries", complaints)
        self.assertNotIn("\x1b", complaints)

    def test_a_wrong_one_is_no_baseline(self):
        entry = {"rule": "a", "fingerprint": "b", "kind": "fail", "level": "must", "message": ""}
        for text in ("", "[]", "{", "{\"format\": \"cita-baseline-2\", \"entries\": []}", "{\"format\": \"cita-baseline-1\"}",
                     *(json.dumps({"format": "cita-baseline-1", "entries": [{**entry, key: "x" if key in ("kind", "level") else ""}]})
                       for key in ("rule", "fingerprint", "kind", "level")),
                     json.dumps({"format": "cita-baseline-1", "entries": [3]}), "[" * 100000):
            self.write("wrong.json", text)
            _, complaints = self.check("late.yaml", "--baseline", "wrong.json", code=2)
            self.assertIn("wrong.json: ", complaints)
        self.check("late.yaml", "--baseline", "missing.json", code=2)

    def test_a_suppressed_finding_is_not_in_it(self):
        self.write("late.yaml", LATE + f"suppress: [{{duty: {DUTY}, reason: agreed, until: 2026-12-31}}]\n")
        self.assertNotIn(DUTY, [each["rule"] for each in self.strictly("baseline", "late.yaml")])


class Suppressions(Case):
    REASON = "the root program agreed in bug 1"

    def suppressed(self, more=", until: 2026-12-31", duty=DUTY):
        return self.write("late.yaml", LATE + f"suppress: [{{duty: {duty}, reason: {self.REASON}{more}}}]\n")

    def test_every_form_shows_the_reason(self):
        name = self.suppressed()
        for form in ("text", "json", "sarif", "junit", "github", "gitlab", "markdown"):
            self.assertIn(self.REASON, self.check(name, "--format", form, code=0)[0], form)
        for result in self.strictly("sarif", name)["results"]:
            self.assertEqual([each["justification"] for each in result["suppressions"]], [self.REASON] if result["ruleId"] == DUTY else [])
        self.assertNotIn("error", [each[0] for each in self.strictly("github", name)])
        self.assertNotIn("failure", [outcome for _, _, all in self.strictly("junit", name) for outcome in all])
        self.assertNotIn("critical", [each["severity"] for each in self.strictly("gitlab", name)])

    def told(self, code, name, exit_code):
        for form in ("sarif", "junit", "github", "gitlab", "markdown"):
            self.assertIn(f"incident-file/{code}", self.check(name, "--format", form, code=exit_code)[0], form)

    def test_an_expired_one_is_told_and_counts_no_more(self):
        self.told("suppression-expired", self.suppressed(", until: 2026-05-31"), 1)
        # It is judged at as-of, not at the clock.
        self.check("late.yaml", as_of="2026-05-31T12:00:00Z", code=0)

    def test_one_without_an_end_does_not_count_for_a_must(self):
        self.told("suppression-without-end", self.suppressed(""), 1)
        document = self.json("late.yaml")
        self.assertEqual([each["code"] for each in document["incidents"][0]["diagnostics"]], ["suppression-without-end"])

    def test_an_unused_one_is_told(self):
        self.told("suppression-unused", self.suppressed(duty="tls-br.revoke-within-24-hours"), 1)
        self.told("suppression-unused", self.suppressed(", until: 2026-12-31, case: 2"), 1)
        # What is met counts for the CA, and needs no suppression.
        self.told("suppression-unused", self.write("met.yaml", self.read("late.yaml").replace("05-06T20:31", "05-04T20:31").replace(", case: 2}]", "}]")), 0)

    def test_one_for_a_rule_that_is_not_there_is_told(self):
        self.told("unknown-duty", self.suppressed(duty="tls-br.preliminary-report"), 1)

    def test_a_reviewer_has_none(self):
        name = self.suppressed()
        self.assertFalse([each for each in self.strictly("sarif", name, "--profile", "reviewer", code=1)["results"] if each["suppressions"]])
        for form in ("junit", "github", "gitlab", "markdown"):
            self.assertNotIn(self.REASON, self.check(name, "--format", form, "--profile", "reviewer", code=1)[0], form)


class Lint(Case):
    """Of a report with one finding, a MUST: a weekday that is not that of its date, in line 39."""
    FORMS = ("text", "json", "sarif", "junit", "github", "gitlab", "markdown")
    MESSAGE = "'Tuesday, 2026-05-06 13:00': 6 May 2026 was a Wednesday, not a Tuesday"
    REASON = "the wording is of the auditor"

    def setUp(self):
        super().setUp()
        self.report = read(os.path.join(ROOT, "tests/lint/clean/3.2.md")).replace("| 2026-05-06 13:00", "| Tuesday, 2026-05-06 13:00")
        self.write("report.md", self.report)

    def lint(self, form, *arguments, as_of="2026-05-20T12:00:00Z", **more):
        return self.check(*(arguments or ["report.md"]), "--format", form, as_of=as_of, command="lint", **more)[0]

    def results(self, *arguments, has_baseline=False, **more):
        return strict.sarif(self.lint("sarif", *arguments, **more), has_baseline)["results"]

    def told(self, code, **more):
        """What lint finds, without what the timeline lets judge: (file, line, rule, message, whether it is suppressed) in the order of the output."""
        def shown(each):
            place = each["locations"][0]["physicalLocation"]
            return (place["artifactLocation"]["uri"], place.get("region", {}).get("startLine", 0), each["ruleId"],
                    each["message"]["text"].split("\n")[0], bool(each["suppressions"]))
        return [shown(each) for each in self.results("report.md", code=code, **more) if each["ruleId"].startswith(("report.", "incident-file/"))]

    def suppressed(self, text):
        self.write("report.cita.yaml", text)

    def one(self, **keys):
        """A suppression of the finding, with these keys changed; without those that are None."""
        keys = {"check": "report.weekday", "reason": self.REASON, "until": "2026-12-31", **keys}
        self.suppressed("suppress:\n  - {" + ", ".join(f"{key}: {value}" for key, value in keys.items() if value is not None) + "}\n")

    def finding(self, suppressed):
        return ("report.md", 39, "report.weekday", self.MESSAGE, suppressed)

    def about(self, code, message, severity="warning", line=2):
        return ("report.cita.yaml", line, f"incident-file/{code}", f"{severity}: {message}", False)


class LintSuppressions(Lint):
    def test_without_one_it_counts(self):
        self.assertEqual(self.told(1), [self.finding(False)])

    def test_a_suppressed_finding_is_shown_with_its_reason_and_does_not_fail(self):
        for keys in ({}, {"text": "was a Wednesday"}, {"text": '"Tuesday, 2026"'}):
            self.one(**keys)
            self.assertEqual(self.told(0), [self.finding(True)])
        for form in self.FORMS:
            self.assertIn(self.REASON, self.lint(form, code=0), form)

    def every_form_tells(self, code, message, exit_code):
        for form in self.FORMS:
            text = self.lint(form, code=exit_code)
            self.assertIn(code, text, form)
            if form in strict.READERS:
                strict.READERS[form](text)
            # GitHub's annotation is beside the line of the file that is wrong, and so is everybody else's.
            self.assertIn("report.cita.yaml", text, form)
            self.assertIn(message, text, form)

    def test_an_expired_one_counts_no_more(self):
        message = "this suppression has expired"
        self.one(until="2026-05-19")
        self.assertEqual(self.told(1), [self.finding(False), self.about("suppression-expired", message)])
        self.every_form_tells("suppression-expired", message, 1)

    def test_the_day_of_its_end_is_the_last_on_which_it_counts(self):
        self.one(until="2026-05-20")
        self.assertEqual(self.told(0, as_of="2026-05-20T23:59:59Z"), [self.finding(True)])
        self.assertEqual(len(self.told(1, as_of="2026-05-21T00:00:00Z")), 2)
        self.one(until="2026-05-20T12:00:00Z")
        self.assertEqual(self.told(0, as_of="2026-05-20T12:00:00Z"), [self.finding(True)])
        self.assertEqual(len(self.told(1, as_of="2026-05-20T12:00:01Z")), 2)

    def test_a_must_needs_an_end(self):
        message = "a suppressed MUST needs a date until which it is suppressed"
        self.one(until=None)
        self.assertEqual(self.told(1), [self.finding(False), self.about("suppression-without-end", message)])
        self.every_form_tells("suppression-without-end", message, 1)

    def test_an_unused_one_is_told(self):
        message = "this suppression suppresses nothing"
        for keys in ({"text": "no such words"}, {"check": "report.counts"}, {"check": "tls-br.revoke-within-24-hours"}):
            self.one(**keys)
            self.assertEqual(self.told(1), [self.finding(False), self.about("suppression-unused", message)])
        self.every_form_tells("suppression-unused", message, 1)
        # It is told where nothing is found, too, and fails nothing.
        self.write("report.md", self.report.replace("Tuesday, ", ""))
        self.assertEqual(self.told(0), [self.about("suppression-unused", message)])
        self.every_form_tells("suppression-unused", message, 0)

    def test_a_check_that_is_not_there_is_told(self):
        message = "there is no check 'report.weekdays'"
        self.one(check="report.weekdays")
        self.assertEqual(self.told(1), [self.finding(False), self.about("unknown-check", message)])
        for form in self.FORMS:
            self.assertIn("unknown-check", self.lint(form, code=1), form)

    def test_one_without_a_reason_makes_the_report_unreadable(self):
        self.one(reason=None)
        told = self.told(2)
        self.assertEqual([each[:3] for each in told], [("report.cita.yaml", 2, "incident-file/missing-key")])
        for form in self.FORMS:
            self.assertIn("report.cita.yaml", self.lint(form, code=2), form)

    def test_each_is_told_on_its_own(self):
        self.suppressed("suppress:\n  - {check: report.weekday, reason: a, until: 2026-05-01}\n"
                        "  - {check: report.weekday, reason: b, until: 2026-12-31}\n  - {check: report.counts, reason: c}\n"
                        "  - {check: report.counts, reason: d}\n")
        unused = "this suppression suppresses nothing"
        self.assertEqual(self.told(0), [self.finding(True), self.about("suppression-expired", "this suppression has expired"),
                                        self.about("suppression-unused", unused, line=4), self.about("suppression-unused", unused, line=5)])
        prints = [each["partialFingerprints"]["citaFinding/v1"] for each in self.results(code=0)]
        self.assertEqual(len(set(prints)), len(prints))

    def test_reviewers_and_auditors_have_none(self):
        for text in (None, "suppress:\n  - {check: report.weekdays, reason: " + self.REASON + "}\n", "["):
            self.one() if text is None else self.suppressed(text)
            for profile in ("reviewer", "auditor"):
                for form in self.FORMS:
                    told = self.lint(form, "report.md", "--profile", profile, code=1)
                    self.assertNotIn(self.REASON, told, form)
                    self.assertNotIn("report.cita.yaml", told, form)
                results = self.results("report.md", "--profile", profile, code=1)
                self.assertFalse([each for each in results if each["suppressions"]])
                self.assertEqual([each["kind"] for each in results if each["ruleId"] == "report.weekday"], ["fail"])

    def test_hostile_files(self):
        evil = EVIL
        texts = UNREADABLE + ["suppress: 3", "suppress: {}", "suppress:\n", "suppress: [[]]", "suppress: [3]", "a: 1\nsuppress: []\n",
                              "suppress: [{check: [], reason: {}, until: []}]", "suppress: [{check: a, reason: b, until: 2026-02-30}]",
                              "a: &a [x]\nsuppress: [*a]\n", "suppress: &s [*s]\n", f'suppress: [{{check: "{evil}", reason: b, "{evil}": c}}]',
                              f'suppress: [{{check: a, reason: b, until: "{evil}"}}]', "suppress: [" * 2000]
        for number, text in enumerate(texts):
            self.suppressed(text)
            for form in self.FORMS:
                with self.subTest(f"{form} of {number}"):
                    told = self.lint(form, code=2)
                    self.assertNotRegex(told, "[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
                    if form in strict.READERS:
                        strict.READERS[form](told)
        self.suppressed(f'suppress:\n  - {{check: "{evil}", reason: b}}\n  - {{check: report.weekday, until: 2026-12-31, reason: "{evil}"}}\n')
        for form in self.FORMS:
            told = self.lint(form, code=0)
            self.assertNotRegex(told, "[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
            if form in strict.READERS:
                strict.READERS[form](told)


class LintBaselines(Lint):
    def test_it_holds_in_another_checkout(self):
        for checkout in ("one", "two/deeper"):
            self.write(f"{checkout}/drafts/report.md", self.report)
        for at in ("drafts", "drafts/report.md", "./drafts/../drafts/report.md"):
            one, two = (os.path.join(self.folder, each) for each in ("one", "two/deeper"))
            self.lint("text", "drafts", "--write-baseline", os.path.join(self.folder, "base.json"), folder=one, code=1)
            self.lint("text", at, "--baseline", os.path.join(self.folder, "base.json"), folder=two, code=0)
        self.lint("text", os.path.join(two, "drafts"), "--baseline", os.path.join(self.folder, "base.json"), folder=two, code=0)

    def test_that_of_one_report_hides_nothing_of_another(self):
        self.write("a/report.md", self.report)
        self.write("b/report.md", self.report.replace("Tuesday, ", ""))
        self.lint("text", "a", "b", "--write-baseline", "base.json", code=1)
        self.lint("text", "a", "b", "--baseline", "base.json", code=0)
        self.write("b/report.md", self.report)
        results = self.results("a", "b", "--baseline", "base.json", has_baseline=True, code=1)
        self.assertEqual([(each["locations"][0]["physicalLocation"]["artifactLocation"]["uri"], each["baselineState"])
                          for each in results if each["ruleId"] == "report.weekday"],
                         [("a/report.md", "unchanged"), ("b/report.md", "new")])
        self.lint("text", "b", "--baseline", "base.json", code=1)
        self.lint("text", "b/report.md", "--baseline", "base.json", code=1)

    def test_what_the_timeline_lets_judge_is_of_its_report_too(self):
        late = self.report.replace("2026-05-04 16:05", "2026-05-06 16:05")
        self.write("a/report.md", late), self.write("b/report.md", late)
        prints = [each["partialFingerprints"]["citaFinding/v1"] for each in self.results("a", "b", "--title", "Example CA: Too late")]
        self.assertEqual(len(prints), len(set(prints)))
        self.assertTrue([each for each in self.results("a") if each["ruleId"].startswith("ccadb-irg.") and each["kind"] == "review"])


class LintDifferences(Lint):
    def test_what_is_suppressed_is_left_as_it_is(self):
        text = self.report.replace("Third Party Reported", "third party reported")
        self.write("report.md", text)
        self.suppressed("suppress:\n  - {check: report.vocabulary, reason: we write it so, until: 2026-12-31}\n")
        for option in ("--diff", "--fix"):
            told = self.check("report.md", option, command="lint", as_of="2026-05-20T12:00:00Z", code=0)[0]
            self.assertEqual(told, "")
        self.assertEqual(self.read("report.md"), text)

    def test_that_of_lines_with_carriage_returns_is_applied_by_patch(self):
        for end in ("\r\n", "\n"):
            text = self.report.replace("Third Party Reported", "third party reported").replace("\n", end)
            line = text[:text.index("third party")].count("\n") + 1
            self.write("report.md", text)
            difference = self.check("report.md", "--diff", command="lint", as_of="2026-05-20T12:00:00Z", code=1)[0]
            self.check("report.md", "--fix", command="lint", as_of="2026-05-20T12:00:00Z", code=0)
            fixed = self.read("report.md")
            self.assertNotEqual(fixed, text)
            self.assertEqual(fixed.count("\r"), text.count("\r"))
            old, new = ([each for each in whole.split("\n") if each not in other.split("\n")] for whole, other in ((text, fixed), (fixed, text)))
            self.assertEqual((len(old), len(new)), (1, 1))
            self.assertEqual(difference, f"--- report.md\n+++ report.md\n@@ -{line},1 +{line},1 @@\n-{old[0]}\n+{new[0]}\n")
            if shutil.which("patch"):
                self.write("report.md", text)
                subprocess.run(["patch", "--binary", "-s", "report.md"], cwd=self.folder, input=difference.encode(), check=True, timeout=60)
                self.assertEqual(self.read("report.md"), fixed)


if __name__ == "__main__":
    if len(sys.argv) not in (3, 5) or sys.argv[3:4] not in ([], ["--schema"]):
        sys.exit(__doc__)
    CITA, ROOT = os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2])
    SCHEMA = json.loads(read(sys.argv[4])) if len(sys.argv) == 5 else None
    unittest.main(argv=[sys.argv[0]])
