"""Strict readers of what `cita check` writes for CI. Each returns what it read, and raises Wrong where the text is not exactly
what the form's specification asks for: a key that is missing, unknown or of another type is an error.

SARIF 2.1.0 (OASIS), JUnit XML as Jenkins and GitLab read it, GitHub's workflow commands, GitLab's Code Quality report, and a
table of GitHub's Markdown.
"""
import json
import re
import xml.etree.ElementTree as tree

KINDS = ("pass", "fail", "open", "review", "notApplicable")
SARIF_LEVELS = ("none", "note", "warning", "error")
LEVELS = ("must", "expected", "should", "advisory")
FINGERPRINT = re.compile(r"^[0-9a-f]{16}$")
# What turns the direction of text, controls but the line feed, and C1 controls: nothing that reaches a reader holds them.
UNSAFE = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069\ufffe\uffff]")
URI = re.compile(r"^(?:[A-Za-z][A-Za-z0-9+.-]*:)?(?:[A-Za-z0-9._~!$&'()*+,;=:@/?#-]|%[0-9A-F]{2})+$")


class Wrong(Exception):
    pass


def need(condition, where, what):
    if not condition:
        raise Wrong(f"{where}: {what}")


def safe(text, where, lines=False):
    need(isinstance(text, str), where, "is no text")
    need(text != "", where, "is empty")
    need(not UNSAFE.search(text), where, f"holds what may not be shown: {text!r}")
    need(lines or "\n" not in text, where, "has several lines")
    return text


def keys(value, where, required, optional=()):
    need(isinstance(value, dict), where, "is no object")
    for key in required:
        need(key in value, where, f"lacks {key}")
    for key in value:
        need(key in required or key in optional, where, f"has an unknown key {key}")
    return value


def whole(value, where, least=0):
    need(isinstance(value, int) and not isinstance(value, bool) and value >= least, where, f"is no number of at least {least}")
    return value


def parse(text):
    """JSON in which nothing stands twice."""

    def once(pairs):
        need(len({key for key, _ in pairs}) == len(pairs), "JSON", "a key stands twice")
        return dict(pairs)

    text.encode("ascii")
    return json.loads(text, object_pairs_hook=once)


# ---- SARIF


def message(value, where):
    keys(value, where, ["text"])
    safe(value["text"], where, lines=True)
    need("](" not in value["text"], where, "a link of the file")


def region(value, where):
    keys(value, where, ["startLine", "startColumn", "endLine", "endColumn"])
    for key in value:
        whole(value[key], f"{where}/{key}", 1)
    need((value["startLine"], value["startColumn"]) <= (value["endLine"], value["endColumn"]), where, "ends before it begins")


def location(value, where, artifacts):
    keys(value, where, ["artifactLocation"], ["region"])
    file = keys(value["artifactLocation"], where, ["uri"], ["index"])
    if "index" in file:
        need(whole(file["index"], where) < len(artifacts), where, "there is no such artifact")
        need(artifacts[file["index"]]["location"]["uri"] == file["uri"], where, "the artifact is another one")
    else:
        # A file beside the one that was judged is no artifact of its own.
        need(file["uri"] not in [each["location"]["uri"] for each in artifacts], where, "the artifact has no index")
    if "region" in value:
        region(value["region"], where + "/region")


def rule(value, where):
    keys(value, where, ["id", "shortDescription", "fullDescription", "help", "defaultConfiguration", "properties"], ["helpUri"])
    need(re.match(r"^[a-z0-9.-]+$", value["id"]), where, "a strange id")
    for key in ("shortDescription", "fullDescription", "help"):
        message(value[key], f"{where}/{key}")
    keys(value["defaultConfiguration"], where, ["level"])
    need(value["defaultConfiguration"]["level"] in SARIF_LEVELS, where, "a strange level")
    if "helpUri" in value:
        need(URI.match(value["helpUri"]) and value["helpUri"].startswith("https://"), where, "helpUri is no address")
    properties = keys(value["properties"], where, ["tags", "level"], ["page"])
    need(properties["level"] in LEVELS, where, "a strange level")
    need(isinstance(properties["tags"], list) and all(safe(tag, where) for tag in properties["tags"]), where, "strange tags")


def suppression(value, where):
    keys(value, where, ["kind", "status", "justification"])
    need(value["kind"] == "inSource" and value["status"] == "accepted", where, "a strange suppression")
    safe(value["justification"], where)


def fix(value, where, artifacts):
    keys(value, where, ["description", "artifactChanges"])
    message(value["description"], where)
    for change in value["artifactChanges"]:
        keys(change, where, ["artifactLocation", "replacements"])
        location({"artifactLocation": change["artifactLocation"]}, where, artifacts)
        for replacement in change["replacements"]:
            keys(replacement, where, ["deletedRegion", "insertedContent"])
            region(replacement["deletedRegion"], where)
            keys(replacement["insertedContent"], where, ["text"])


def sarif_result(value, where, rules, artifacts, has_baseline):
    required = ["ruleId", "ruleIndex", "kind", "level", "message", "locations", "relatedLocations", "partialFingerprints", "suppressions",
                "properties"]
    keys(value, where, required + (["baselineState"] if has_baseline else []), ["fixes"])
    need(value["kind"] in KINDS and value["level"] in SARIF_LEVELS, where, "a strange kind or level")
    need((value["kind"] == "fail") == (value["level"] != "none"), where, "only what fails has a level")
    need(whole(value["ruleIndex"], where) < len(rules), where, "there is no such rule")
    rule_id = rules[value["ruleIndex"]]["id"]
    need(value["ruleId"] == rule_id or value["ruleId"].startswith(rule_id + "/"), where, "the rule is another one")
    message(value["message"], where)
    need(len(value["locations"]) == 1, where, "has not one location")
    keys(value["locations"][0], where, ["physicalLocation"])
    location(value["locations"][0]["physicalLocation"], where, artifacts)
    for number, related in enumerate(value["relatedLocations"], 1):
        keys(related, where, ["id", "physicalLocation", "message"])
        need(related["id"] == number, where, "related locations are not numbered")
        need("region" in related["physicalLocation"], where, "a related location without a place")
        location(related["physicalLocation"], where, artifacts)
        message(related["message"], where)
    keys(value["partialFingerprints"], where, ["citaFinding/v1"])
    need(FINGERPRINT.match(value["partialFingerprints"]["citaFinding/v1"]), where, "a strange fingerprint")
    for each in value["suppressions"]:
        suppression(each, where + "/suppressions")
    if has_baseline:
        need(value["baselineState"] in ("new", "unchanged"), where, "a strange state")
    for each in value.get("fixes", []):
        fix(each, where + "/fixes", artifacts)
    keys(value["properties"], where, ["level", "subject", "citation"])
    need(value["properties"]["level"] in LEVELS, where, "a strange level")


def sarif(text, has_baseline=False):
    """The one run."""
    log = keys(parse(text), "log", ["$schema", "version", "runs"])
    need(log["version"] == "2.1.0" and log["$schema"].endswith("/sarif-schema-2.1.0.json"), "log", "another version")
    need(len(log["runs"]) == 1, "log", "not one run")
    run = keys(log["runs"][0], "run", ["tool", "columnKind", "newlineSequences", "artifacts", "results", "invocations", "properties"])
    driver = keys(keys(run["tool"], "tool", ["driver"])["driver"], "driver", ["name", "fullName", "version", "semanticVersion", "rules"])
    need(re.match(r"^\d+\.\d+\.\d+$", driver["semanticVersion"]), "driver", "no semantic version")
    rules = driver["rules"]
    for each in rules:
        rule(each, f"rule {each.get('id')}")
    need(len({each["id"] for each in rules}) == len(rules), "rules", "an id stands twice")
    need(run["columnKind"] == "unicodeCodePoints", "run", "columns are not counted as they are")
    for number, artifact in enumerate(run["artifacts"]):
        keys(artifact, f"artifact {number}", ["location", "roles"])
        need(URI.match(keys(artifact["location"], "artifact", ["uri"])["uri"]), f"artifact {number}", "no URI")
        need(artifact["roles"] == ["analysisTarget"], f"artifact {number}", "strange roles")
    for number, each in enumerate(run["results"]):
        sarif_result(each, f"result {number}", rules, run["artifacts"], has_baseline)
    need(len(run["invocations"]) == 1, "run", "not one invocation")
    invocation = keys(run["invocations"][0], "invocation", ["executionSuccessful", "exitCode", "exitCodeDescription"])
    need(invocation["executionSuccessful"] == (invocation["exitCode"] != 2), "invocation", "its success is not its exit code's")
    keys(run["properties"], "run", ["as_of", "as_of_origin", "profile", "summary"])
    return run


# ---- JUnit

SUITE = ["name", "tests", "failures", "errors", "skipped", "time", "timestamp", "file"]
OUTCOMES = {"failure": ["message", "type"], "error": ["message", "type"], "skipped": ["message"]}


def attributes(element, names):
    need(sorted(element.attrib) == sorted(names), element.tag, f"has the attributes {sorted(element.attrib)}")
    for name in names:
        if element.attrib[name]:
            safe(element.attrib[name], f"{element.tag}/{name}")


def junit_case(case):
    attributes(case, ["name", "classname", "time", "file"])
    outcomes = [child for child in case if child.tag != "system-out"]
    need(len(outcomes) <= 1 and len(case) - len(outcomes) <= 1, "testcase", "has more than one outcome")
    for child in outcomes:
        need(child.tag in OUTCOMES, "testcase", f"has a {child.tag}")
        attributes(child, OUTCOMES[child.tag])
        need(len(child) == 0, child.tag, "has children")
    for child in case:
        if child.text:
            safe(child.text, child.tag, lines=True)
    return outcomes[0].tag if outcomes else "passed"


def junit(text):
    """A list of suites, each with its name, its element and the outcomes of its cases."""
    need("<!" not in text, "JUnit", "has a declaration or a CDATA section")
    root = tree.fromstring(text.encode("utf-8"))
    need(root.tag == "testsuites", "JUnit", "begins with another element")
    attributes(root, ["name"])
    suites = []
    for suite in root:
        need(suite.tag == "testsuite", "testsuites", f"holds a {suite.tag}")
        attributes(suite, SUITE)
        need(re.match(r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$", suite.attrib["timestamp"]), "testsuite", "a strange time")
        need(suite[0].tag == "properties" and all(child.tag == "testcase" for child in suite[1:]), "testsuite", "strange children")
        for each in suite[0]:
            need(each.tag == "property", "properties", f"hold a {each.tag}")
            attributes(each, ["name", "value"])
        outcomes = [junit_case(case) for case in suite[1:]]
        for attribute, tag in (("failures", "failure"), ("errors", "error"), ("skipped", "skipped")):
            need(int(suite.attrib[attribute]) == outcomes.count(tag), "testsuite", f"{attribute} is not how many there are")
        need(int(suite.attrib["tests"]) == len(outcomes), "testsuite", "tests is not how many there are")
        suites.append((suite.attrib["name"], suite, outcomes))
    return suites


# ---- GitHub

COMMAND = re.compile(r"^::(error|warning|notice) ([^:]*)::(.*)$")
PLACES = [["file", "title"], ["file", "line", "endLine", "col", "endColumn", "title"], ["file", "line", "endLine", "title"], ["title"]]


def unescaped(text, more=()):
    need(not re.search(r"%(?!25|0D|0A|3A|2C)", text), "GitHub", f"a stray %: {text!r}")
    for code, char in (*more, ("%0A", "\n"), ("%0D", "\r"), ("%25", "%")):
        text = text.replace(code, char)
    return text


def github(text):
    """A list of (command, properties, message); the last is the summary."""
    told = []
    need(text.endswith("\n"), "GitHub", "the last line does not end")
    for line in text[:-1].split("\n"):
        match = COMMAND.match(line)
        need(match, "GitHub", f"no command: {line!r}")
        pairs = [pair.split("=", 1) for pair in match[2].split(",")]
        need([pair[0] for pair in pairs] in PLACES, "GitHub", f"strange properties: {match[2]}")
        values = {name: unescaped(value, (("%3A", ":"), ("%2C", ","))) for name, value in pairs}
        for name in ("line", "endLine", "col", "endColumn"):
            need(name not in values or int(values[name]) >= 1, "GitHub", f"{name} is not at least 1")
        for value in values.values():
            safe(value, "GitHub")
        told.append((match[1], values, safe(unescaped(match[3]), "GitHub", lines=True)))
    for command in ("error", "warning", "notice"):
        need(sum(each[0] == command for each in told) <= 10, "GitHub", f"more than ten {command}s")
    need(told and told[-1][1] == {"title": "cita"}, "GitHub", "there is no summary")
    return told


# ---- GitLab

SEVERITIES = ("info", "minor", "major", "critical", "blocker")


def gitlab(text):
    issues = parse(text)
    need(isinstance(issues, list), "GitLab", "is no list")
    for issue in issues:
        keys(issue, "issue", ["description", "check_name", "fingerprint", "severity", "location"])
        safe(issue["description"], "description")
        safe(issue["check_name"], "check_name")
        need(FINGERPRINT.match(issue["fingerprint"]), "issue", "a strange fingerprint")
        need(issue["severity"] in SEVERITIES, "issue", "a strange severity")
        keys(issue["location"], "location", ["path", "lines"])
        need(not safe(issue["location"]["path"], "path").startswith("./"), "path", "is not as GitLab names it")
        whole(keys(issue["location"]["lines"], "lines", ["begin"])["begin"], "begin", 1)
    return issues


# ---- Markdown

HEAD = ["| | found | rule | where |", "|---|---|---|---|"]
# What cita writes of HTML itself: entities, line breaks, and the two characters that stand in an element of their own.
OURS = re.compile(r"&(?:lt|gt|amp|#58|#46);|<br>|<span>[@#]</span>")
# Outside the two words that cita writes in bold itself, whatever means something is written so that it means itself.
BARE = re.compile(r"(?<!\\)(?:\\\\)*[`*_\[\]~#!$]|://|@")


def markdown(text):
    """The rows of the table, four cells each."""
    lines = text.split("\n")
    need(lines[0] == "## cita" and lines[1] == "" and lines[2].startswith("As of "), "Markdown", "begins with something else")
    rows = []
    if lines[4:6] == HEAD:
        for line in lines[6:]:
            if not line.startswith("|"):
                break
            safe(line, "Markdown")
            cells = [cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]]
            need(len(cells) == 4, "Markdown", f"not four cells: {line}")
            need(not re.search("[<>&]", OURS.sub("", line)), "Markdown", f"HTML: {line}")
            need(cells[0].strip("*") in ("must", "expected", "should", "advisory", "undetermined", "running", "set aside"), "Markdown", cells[0])
            for cell in cells[1:]:
                need(not BARE.search(OURS.sub(" ", cell)), "Markdown", f"markup: {cell}")
            rows.append(cells)
    return rows


# ---- the baseline


def baseline(text):
    value = keys(parse(text), "baseline", ["format", "cita", "entries"])
    need(value["format"] == "cita-baseline-1", "baseline", "another format")
    for entry in value["entries"]:
        keys(entry, "entry", ["rule", "fingerprint", "kind", "level", "message"])
        need(FINGERPRINT.match(entry["fingerprint"]), "entry", "a strange fingerprint")
        need(entry["kind"] in ("fail", "review") and entry["level"] in LEVELS, "entry", "a strange kind or level")
        safe(entry["message"], "entry")
    return value["entries"]


READERS = {"sarif": sarif, "junit": junit, "github": github, "gitlab": gitlab, "markdown": markdown, "baseline": baseline}
