// The command line as a user types it: exit codes, files, errors, and what must never reach a terminal.
#include "shell.hpp"

#include <cstdlib>

using namespace shell;

namespace {

const std::string met_file = R"(cita: 1
incident: {title: "Example CA: On time", ca: {name: Example CA}, certificates: tls}
events:
  - {at: 2026-05-04T08:10:00Z, kind: problem-report-received, case: 1, alleges: key-compromise}
  - {at: 2026-05-04T20:31:00Z, kind: preliminary-report, case: 1, to: [reporter, subscriber]}
  - {at: 2026-05-04T08:10:00Z, kind: evidence-obtained, case: 1}
  - {at: 2026-05-05T07:02:00Z, kind: revocation, case: 1}
  - {at: 2026-05-05T07:02:00Z, kind: revocation-published, case: 1}
  - {at: 2026-05-05T07:02:00Z, kind: crl-published, case: 1}
)";

const std::string late_file = R"(cita: 1
incident: {title: "Example CA: Too late", ca: {name: Example CA}, certificates: tls}
events:
  - {at: 2026-05-04T08:10:00Z, kind: problem-report-received, case: 1}
  - {at: 2026-05-06T20:31:00Z, kind: preliminary-report, case: 1, to: [reporter, subscriber]}
)";

const std::string as_of = " --as-of 2026-05-07T00:00:00Z";

}  // namespace

TEST_CASE("exit codes") {
  const Shell shell;
  shell.write("met.yaml", met_file);
  shell.write("late.yaml", late_file);
  shell.write("bad.yaml", "cita: 1\nincident: {titel: x}\n");
  shell.write("nothing.yaml", "cita: 1\nincident: {title: \"Example CA: Nothing yet\", ca: {name: Example CA}}\n");
  fs::create_directory(shell.folder() / "empty");
  CHECK(shell.run("check met.yaml" + as_of).code == 0);
  CHECK(shell.run("check late.yaml" + as_of).code == 1);
  CHECK(shell.run("check late.yaml --fail-on never" + as_of).code == 0);
  CHECK(shell.run("check bad.yaml" + as_of).code == 2);
  CHECK(shell.run("check missing.yaml" + as_of).code == 2);
  CHECK(shell.run("check nothing.yaml" + as_of).code == 3);
  CHECK(shell.run("check empty" + as_of).code == 3);
  CHECK(shell.run("check").code == 2);
  CHECK(shell.run("chek met.yaml").code == 2);
  CHECK(shell.run("--help").code == 0);
  CHECK(shell.run("help").out == shell.run("--help").out);
  CHECK(shell.run("help certs").out == shell.run("certs --help").out);
  CHECK(shell.run("help certs merge").out == shell.run("certs merge --help").out);
  CHECK(shell.run("help certs").code == 0);
  CHECK(shell.run("help chek").code == 2);
  CHECK(shell.run("chek --help").code == 2);
  // One file that cannot be read does not keep the others from being judged, and wins over findings.
  const Ran both = shell.run("check bad.yaml late.yaml" + as_of);
  CHECK(both.code == 2);
  CHECK(has(both.out, "MUST breached"));
}

TEST_CASE("a missed SHOULD fails only who asks for it") {
  const Shell shell;
  shell.write("slow.yaml", R"(cita: 1
incident: {title: "Example CA: Within five days", ca: {name: Example CA}, certificates: tls, disclosure: self-reported, affected: {count: 1}, grounds: misissuance}
events:
  - {at: 2026-05-04T08:00:00Z, kind: made-aware}
  - {at: 2026-05-04T09:00:00Z, kind: incident-disclosed, by: ca}
  - {at: 2026-05-06T08:00:00Z, kind: revocation}
  - {at: 2026-05-06T08:00:00Z, kind: crl-published}
)");
  const Ran plain = shell.run("check slow.yaml" + as_of);
  CHECK(plain.code == 0);
  CHECK(has(plain.out, "SHOULD missed"));
  CHECK_FALSE(has(plain.out, "MUST breached"));
  CHECK(shell.run("check slow.yaml --fail-on expected" + as_of).code == 0);
  CHECK(shell.run("check slow.yaml --fail-on should" + as_of).code == 1);
}

TEST_CASE("all problems of a file come in one run, each with its place and what to write") {
  const Shell shell;
  shell.write("bad.yaml", "cita: 1\nincident: {titel: x, certificates: tsl}\nevents:\n  - {at: 2024-02-30, kind: revokation}\n");
  const Ran ran = shell.run("check bad.yaml --color never");
  CHECK(has(ran.out, "bad.yaml:2:12"));
  CHECK(has(ran.out, "did you mean 'title'?"));
  CHECK(has(ran.out, "did you mean 'tls'?"));
  CHECK(has(ran.out, "bad.yaml:4:10"));
  CHECK(has(ran.out, "did you mean 'revocation'?"));
}

TEST_CASE("a mistyped command, rule or format is told what is near") {
  const Shell shell;
  shell.write("met.yaml", met_file);
  CHECK(has(shell.run("chekc met.yaml").out, "did you mean 'check'?"));
  CHECK(has(shell.run("explain tls-br.revoke-within-24-hour").out, "did you mean 'tls-br.revoke-within-24-hours'?"));
  CHECK(has(shell.run("check met.yaml --format jsno" + as_of).out, "did you mean 'json'?"));
  CHECK(has(shell.run("check met.yaml --as-of yesterday").out, "2026-05-04T08:10:00Z"));
}

TEST_CASE("where the as-of comes from is recorded") {
  const Shell shell;
  shell.write("met.yaml", met_file);
  CHECK(has(shell.run("check met.yaml" + as_of).out, "as of 2026-05-07 00:00:00 UTC (--as-of)"));
  CHECK(
      has(shell.run("check met.yaml", "SOURCE_DATE_EPOCH=1778112000").out, "as of 2026-05-07 00:00:00 UTC (SOURCE_DATE_EPOCH)"));
  CHECK(shell.run("check met.yaml", "SOURCE_DATE_EPOCH=soon").code == 2);
  CHECK(has(shell.run("check met.yaml").out, "judged at the time of the clock"));
}

TEST_CASE("forms go to files that appear whole or not at all") {
  const Shell shell;
  shell.write("late.yaml", late_file);
  const Ran ran = shell.run("check late.yaml --format text --format json --output json=out.json" + as_of);
  CHECK(ran.code == 1);
  CHECK(has(ran.out, "MUST breached"));
  CHECK(has(shell.read("out.json"), "\"format\": \"json-v1\""));
  CHECK(shell.run("check late.yaml --output missing/out.txt" + as_of).code == 2);
  CHECK(shell.run("check late.yaml --format text --format json" + as_of).code == 2);
  for (const auto& each : fs::directory_iterator(shell.folder()))
    CHECK_MESSAGE(!has(each.path().string(), ".part-"), each.path().string());
}

TEST_CASE("a folder, standard input, and any number of jobs give the same answers in the same order") {
  const Shell shell;
  fs::create_directory(shell.folder() / "all");
  for (int i = 0; i < 40; ++i)
    shell.write("all/" + std::to_string(100 + i) + ".yaml", i % 3 == 0 ? late_file : i % 7 == 0 ? "cita: 2\n" : met_file);
  const std::string one = shell.run("check all --jobs 1 --format json" + as_of).out;
  CHECK(has(one, "\"files\": 40"));
  CHECK(shell.run("check all --jobs 2 --format json" + as_of).out == one);
  CHECK(shell.run("check all --jobs 7 --format json" + as_of).out == one);
  CHECK(shell.run("check - < all/101.yaml" + as_of).code == 0);
}

TEST_CASE("what comes from a file cannot speak to the terminal") {
  const Shell shell;
  shell.write(
      "evil.yaml",
      "cita: 1\nincident: {title: \"Evil \\u001b[31mCA\\u0007 \\u202egnp\", ca: {name: \"E\\u009b1m\"}, certificates: tls}\n"
      "events:\n  - {at: 2026-05-04T08:10:00Z, kind: problem-report-received, case: \"\\u001b]0;x\\u0007\"}\n"
      "  - {at: 2026-05-04T08:10:00Z, kind: \"re\\u001bvo\"}\n");
  shell.write("told.yaml",
              "cita: 1\nincident: {title: \"Evil \\u001b[31mCA\\u0007 \\u202egnp\", ca: {name: Evil}, certificates: tls}\n"
              "events:\n  - {at: 2026-05-04T08:10:00Z, kind: problem-report-received, case: \"\\u001b]0;x\\u0007\"}\n");
  for (const std::string command :
       {"check evil.yaml", "check told.yaml", "check told.yaml --all", "check told.yaml --format json", "explain told.yaml",
        "render told.yaml", "when $'\\x1b[31m26 Feb\\u202e'"}) {
    const Ran ran = shell.run(command + (command.rfind("when", 0) == 0 ? "" : as_of));
    CAPTURE(command);
    CHECK_FALSE(ran.out.empty());
    CHECK_FALSE(has(ran.out, "\x1b"));
    CHECK_FALSE(has(ran.out, "\x07"));
    CHECK_FALSE(has(ran.out, "\xE2\x80\xAE"));
    CHECK_FALSE(has(ran.out, "\xC2\x9B"));
  }
}

TEST_CASE("colour is asked for or left out") {
  const Shell shell;
  shell.write("late.yaml", late_file);
  CHECK(has(shell.run("check late.yaml --color always" + as_of).out, "\x1b["));
  CHECK_FALSE(has(shell.run("check late.yaml --color never" + as_of).out, "\x1b["));
  CHECK_FALSE(has(shell.run("check late.yaml" + as_of).out, "\x1b["));
}

TEST_CASE("internal notes show in no output") {
  const Shell shell;
  shell.write("incident.yaml",
              "cita: 1\ninternal: SECRET-top\nincident: {title: \"Example CA: Notes\", ca: {name: Example CA, internal: "
              "SECRET-ca}, certificates: tls, internal: {who: SECRET-incident}}\n"
              "accounts:\n  ca: {kind: ca, zone: UTC, internal: SECRET-account}\n"
              "cases:\n  one:\n    internal: [SECRET-case]\n    events:\n"
              "      - {at: 2026-05-04T08:10:00Z, kind: problem-report-received, internal: SECRET-event}\n"
              "      - {at: 2026-05-06T08:10:00Z, kind: preliminary-report, to: reporter, text: told, internal: SECRET-report}\n"
              "report: {summary: said, internal: SECRET-prose}\n");
  for (const std::string command :
       {"check incident.yaml --all", "check incident.yaml --format json", "explain incident.yaml", "render incident.yaml",
        "render incident.yaml --report preliminary", "render incident.yaml --report closure",
        "render incident.yaml --report update", "render incident.yaml --report revocation-progress",
        "render incident.yaml --report audit --template 2.0", "render incident.yaml --template 2.0",
        "render incident.yaml --template seven-topics"}) {
    const Ran ran = shell.run(command + as_of);
    CAPTURE(command);
    CHECK(ran.code <= 1);
    // The lines of the file that a terminal report quotes are the reader's own; nothing else may hold a note.
    std::istringstream lines(ran.out);
    for (std::string line; std::getline(lines, line);)
      if (!has(line, " | ")) CHECK_FALSE(has(line, "SECRET"));
  }
}

TEST_CASE("reports that some editions have, and reports of our own form") {
  const Shell shell;
  shell.write("incident.yaml", late_file);
  const Ran update = shell.run("render incident.yaml --report update" + as_of);
  CHECK(update.code == 0);
  CHECK(has(update.out, "## Update"));
  CHECK(has(update.out, "This is cita's own form"));
  CHECK(has(shell.run("render incident.yaml --report revocation-progress" + as_of).out, "## Revocation Progress"));
  const Ran audit = shell.run("render incident.yaml --report audit --template 2.0" + as_of);
  CHECK(audit.code == 0);
  CHECK(has(audit.out, "## Audit Incident Report"));
  CHECK(has(audit.out, "Bug summary: Example CA: Findings in"));
  const Ran none = shell.run("render incident.yaml --report audit" + as_of);
  CHECK(none.code == 2);
  CHECK(has(none.out, "these have one: 2.0, 1.0"));
  CHECK(shell.run("render incident.yaml --report interim" + as_of).code == 2);
}

TEST_CASE("an embargoed incident is not rendered unless it is asked for") {
  const Shell shell;
  shell.write("incident.yaml",
              "cita: 1\nincident: {title: \"Example CA: Quiet\", ca: {name: Example CA}, certificates: tls, embargoed: true}\n"
              "events:\n  - {at: 2026-05-04T08:10:00Z, kind: made-aware}\n");
  CHECK(shell.run("render incident.yaml" + as_of).code == 2);
  CHECK(shell.run("render incident.yaml --embargoed" + as_of).code == 0);
  for (const char* format : {"text", "json", "sarif", "junit", "github", "gitlab", "markdown"}) {
    const Ran found = shell.run("check incident.yaml --format " + std::string(format) + as_of);
    CHECK_MESSAGE(has(found.out, "embargoed"), format);
  }
}

TEST_CASE("stamps from standard input, as text and as JSON") {
  const Shell shell;
  shell.write("stamps.txt", "2026-05-04T08:10Z\n5 May 2026 10:00 UTC\n");
  const Ran text = shell.run("when < stamps.txt");
  CHECK(text.code == 0);
  CHECK(has(text.out, "2026-05-04T08:10:00Z … 2026-05-04T08:10:59Z"));
  CHECK(has(text.out, "2026-05-05T10:00:00Z … 2026-05-05T10:00:59Z"));
  CHECK(has(shell.run("when '2024-02-30' --format json").out, "\"readable\": false"));
  CHECK(shell.run("when 2024-02-30").code == 2);
  CHECK(shell.run("when < /dev/null").code == 3);
  CHECK(shell.run("when 10:45 --date 2026-05-04 --zone Mars/Olympus").code == 2);
}

TEST_CASE("a pack of one's own is judged beside the others, and a wrong one is diagnosed") {
  const Shell shell;
  shell.write("late.yaml", late_file);
  shell.write("own.yaml", R"(pack: example-cps
title: Example CA CPS
short-title: Example CPS
checked: {until: 2026-06-01}
duties:
  - id: preliminary-report-within-12-hours
    title: Preliminary report within 12 hours
    text: Our CPS promises one within 12 hours.
    pattern: respond
    per: problem-report
    addressees: [reporter]
    trigger: {events: [problem-report-received]}
    discharge: {events: [preliminary-report]}
    example: Received at 08:00:00, due by 20:00:00.
    editions: [{from: 2020-01-01, section: "4.9.5", level: commitment, limit: PT12H}]
)");
  const Ran ran = shell.run("check late.yaml --pack own.yaml" + as_of);
  CHECK(ran.code == 1);
  CHECK(has(ran.out, "example-cps.preliminary-report-within-12-hours"));
  shell.write("wrong.yaml", "pack: wrong\ntitel: x\n");
  const Ran wrong = shell.run("check late.yaml --pack wrong.yaml" + as_of);
  CHECK(wrong.code == 2);
  CHECK(has(wrong.out, "wrong.yaml:2:1"));
}

TEST_CASE("a pack is started, checked and tested, and nothing is written over") {
  const Shell shell;
  const Ran made = shell.run("pack new example-cps");
  CHECK(made.code == 0);
  CHECK(shell.run("pack check example-cps.yaml").code == 0);
  CHECK(shell.run("pack test example-cps.yaml").out == "example-cps: 5 cases of 1 rule, 0 wrong, 0 missing\n");
  CHECK(shell.run("pack new example-cps").code == 2);
  CHECK(shell.run("pack new 'Example CPS'").code == 2);

  const std::string at_the_limit = "example-cps/preliminary-report-within-12-hours/at-the-limit.yaml";
  SUBCASE("a case that finds something else") {
    std::string text = shell.read(at_the_limit);
    text.replace(text.find("20:00:00Z}"), 10, "19:00:00Z}");
    shell.write(at_the_limit, text);
    const Ran ran = shell.run("pack test example-cps.yaml");
    CHECK(ran.code == 1);
    CHECK(has(ran.out, "expected\n  case 1, to the reporter: commitment met, 0 s to spare (at the boundary)\nfound\n"));
    CHECK(has(ran.out, "no case shows: at the limit"));
  }
  SUBCASE("a case that cannot be read") {
    shell.write(at_the_limit, "# At the last second.\n# as-of: then\ncita: 1\n");
    const Ran ran = shell.run("pack test example-cps.yaml");
    CHECK(ran.code == 2);
    CHECK(has(ran.out, "at-the-limit.yaml:2:1"));
  }
  SUBCASE("a folder that belongs to no rule") {
    fs::create_directory(shell.folder() / "example-cps" / "report-within-13-hours");
    CHECK(shell.run("pack test example-cps.yaml").code == 2);
  }
  SUBCASE("no cases") {
    fs::remove_all(shell.folder() / "example-cps");
    CHECK(shell.run("pack test example-cps.yaml").code == 3);
  }
  SUBCASE("no pack") {
    CHECK(shell.run("pack test nowhere.yaml").code == 2);
    shell.write("wrong.yaml", "pack: wrong\ntitel: x\n");
    const Ran ran = shell.run("pack check wrong.yaml example-cps.yaml");
    CHECK(ran.code == 2);
    CHECK(has(ran.out, "wrong.yaml:2:1"));
    CHECK(has(ran.out, "pack example-cps, 1 rule"));
  }
}

TEST_CASE("the rules of a date, and what changed between two") {
  const Shell shell;
  const Ran old = shell.run("rules --as-of 2018-10-13"), later = shell.run("rules --as-of 2018-10-14");
  CHECK(old.code == 0);
  CHECK(has(old.out, "TLS BR 1.6.0, in force since 2018-06-22"));
  CHECK_FALSE(has(old.out, "preliminary-report-within-24-hours"));
  CHECK(has(later.out, "tls-br.preliminary-report-within-24-hours"));
  CHECK(has(shell.run("rules --as-of 2018-10-13 --all").out, "preliminary-report-within-24-hours"));
  CHECK(has(shell.run("rules --as-of 2030-01-01").out, "only"));

  const Ran difference = shell.run("rules diff 2018-10-13 2018-10-14");
  CHECK(difference.code == 0);
  CHECK(has(difference.out, "TLS BR 1.6.0 → 1.6.1"));
  CHECK(has(difference.out, "+ tls-br.preliminary-report-within-24-hours\n"));
  CHECK(has(difference.out, "since 2018-10-14"));
  CHECK(has(difference.out, "- tls-br.investigation-within-24-hours\n"));
  CHECK(shell.run("rules diff 2018-10-14 2018-10-14").out == "nothing changed\n");
  // One more program binds its CAs to a document that bound others before.
  const Ran bound = shell.run("rules diff 2026-07-31 2026-08-01");
  CHECK(has(bound.out, "CCADB IRG 3.2\n+ Apple\n    binds its CAs to it since 2026-08-01\n"));
  CHECK_FALSE(has(bound.out, "+ ccadb-irg."));

  // The guidelines bind the CAs of Apple's program since August 2026.
  CHECK_FALSE(has(shell.run("rules --as-of 2026-07-31 --program apple").out, "ccadb-irg."));
  CHECK(has(shell.run("rules --as-of 2026-08-01 --program Apple").out, "ccadb-irg."));
  CHECK(shell.run("rules --program Appel").code == 2);
  CHECK(has(shell.run("rules --program Appel").out, "Apple"));
  CHECK(shell.run("rules --as-of yesterday").code == 2);
  CHECK(shell.run("rules --as-of 1999-01-01").code == 3);

  CHECK(has(shell.run("rules --as-of 2026-05-01 --format json").out, "\"rule\": \"tls-br.revoke-within-24-hours\""));
  CHECK(has(shell.run("rules --as-of 2026-05-01 --format markdown").out,
            "| [tls-br.revoke-within-24-hours](tls-br.revoke-within-24-hours.md) |"));
  shell.write("late.yaml", late_file);
  const Ran digests = shell.run("rules --digest");
  const std::string first = digests.out.substr(0, 64);
  CHECK(has(shell.run("check late.yaml --all --width 120" + as_of).out, first));
  CHECK(has(shell.run("check late.yaml --format json" + as_of).out, first));
  CHECK(has(digests.out, "  tls-br\n"));
  CHECK(digests.out.find("  ") == 64);
  CHECK(has(shell.run("explain --format markdown tls-br.revoke-within-24-hours").out, "## Editions"));
}
