// Duties after the report: updates, dates, questions, action items, closure; and which edition and which root program asks.
#include "reconcile/support.hpp"

using namespace cita;
using namespace cita::testing;

namespace {

const std::string cadence = "ccadb-irg.periodic-update-within-7-days";
const std::string by_next_update = "ccadb-irg.next-update-by-its-date";
const std::string item_update = "ccadb-irg.action-item-update-within-3-days";
const std::string promise = "commitments.keep-by-the-promised-date";

std::string line(const std::string& rest, const std::string& as_of, const std::string& duty,
                 const std::string& subject = "incident") {
  return judged(tls(rest), as_of).line(duty, subject);
}

}  // namespace

TEST_CASE("months after an event are months") {
  CHECK(line("commitments: [{id: c, text: x, due: {after: base, most: P3M}, kept: 2026-04-15T00:00:00Z}]\n"
             "events: [{id: base, kind: update, at: 2026-01-31T12:00:00Z}]\n",
             "2026-06-01T00:00:00Z", promise, "commitment c") == "commitment met, 15 d 23 h 59 min 59 s to spare");
}

TEST_CASE("what is due some time after an event is as coarse as the event") {
  const auto kept = [](const std::string& at) {
    return line("commitments: [{id: c, text: x, due: {after: base, most: P7D}, kept: " + at +
                    "}]\n"
                    "events: [{id: base, kind: update, at: 2026-05-01T12:00Z}]\n",
                "2026-06-01T00:00:00Z", promise, "commitment c");
  };
  CHECK(kept("2026-05-08T11:59:30Z") == "commitment undetermined, 30 s … 1 min 29 s to spare (rounding)");
  CHECK(kept("2026-05-08T11:50:00Z") == "commitment met, 10 min … 10 min 59 s to spare");
}

TEST_CASE("a date that contradicts its weekday is judged both ways") {
  const auto kept = [](const std::string& at) {
    return judged(tls("commitments: [{id: c, text: x, due: no later than Friday 7 March 2020, kept: " + at + "}]\n"),
                  "2020-06-01T00:00:00Z")
        .judgement(promise, "commitment c")
        .standing;
  };
  CHECK(kept("2020-03-06T12:00:00Z") == Standing::met);
  CHECK(kept("2020-03-07T12:00:00Z") == Standing::undetermined);
  CHECK(kept("2020-03-08T12:00:00Z") == Standing::breached);
}

TEST_CASE("what somebody else promised or asked of others is no duty of the CA") {
  CHECK(line("commitments: [{id: c, by: reporter, text: x, due: 2026-05-01}]\n", "2026-06-01T00:00:00Z", promise,
             "commitment c") == "- not_applicable");
  CHECK(line("questions: [{id: q, by: ca, asked: 2026-05-01T00:00:00Z}]\n", "2026-06-01T00:00:00Z",
             "ccadb-irg.answer-within-7-days", "question q") == "- not_applicable");
}

TEST_CASE("an action item that the file calls complete is not missed for want of a date") {
  CHECK(line("action-items: [{id: a, text: x, due: 2026-05-01, status: Complete}]\n", "2026-06-01T00:00:00Z",
             "commitments.action-item-by-its-due-date", "action item a") == "commitment undetermined, at most 30 d 1 s late");
  CHECK(line("action-items: [{id: a, text: x, due: 2026-05-01}]\n", "2026-06-01T00:00:00Z",
             "commitments.action-item-by-its-due-date",
             "action item a") == "commitment breached, at least 30 d 1 s late (still open)");
}

TEST_CASE("what has not happened yet starts nothing") {
  CHECK(judged(tls("action-items: [{id: a, text: x, changes: [{at: 2026-07-01T00:00:00Z, status: Complete}]}]\n"
                   "events: [{kind: update, at: 2026-05-20T00:00:00Z}]\n"),
               "2026-06-01T00:00:00Z")
            .lines(item_update)
            .empty());
}

TEST_CASE("before CCADB 3.1 an action item's update has no number and is never late") {
  const std::string rest = "action-items: [{id: a, text: x, changes: [{at: 2025-07-01T00:00:00Z, status: Complete}]}]\n";
  CHECK(line(rest, "2026-06-01T00:00:00Z", item_update, "action-item-completed-1") == "must running");
}

TEST_CASE("every post about the incident counts, of whatever cohort it speaks") {
  CHECK(
      line("cohorts: {a: {events: [{kind: update, at: 2026-05-11T00:00:00Z}]}}\n"
           "events:\n  - {kind: full-incident-report, at: 2026-05-05T00:00:00Z}\n  - {kind: update, at: 2026-05-17T00:00:00Z}\n",
           "2026-05-18T00:00:00Z", cadence) == "must running, 6 d to spare (still open)");
}

TEST_CASE("what others post is no update by the CA") {
  CHECK(line("events:\n  - {kind: full-incident-report, at: 2026-05-01T00:00:00Z}\n  - {kind: update, by: community, at: "
             "2026-05-05T00:00:00Z}\n",
             "2026-05-10T00:00:00Z", cadence) == "must breached, at least 2 d late (still open)");
}

TEST_CASE("a gap is a gap where somebody would tell of the posts in it") {
  const auto gap = [](const std::string& complete) {
    return judged(tls("events:\n  - {kind: full-incident-report, at: 2026-05-05T00:00:00Z}\n  - {kind: update, at: "
                      "2026-05-17T00:00:00Z}\n"
                      "  - {kind: bug-closed, at: 2026-05-18T00:00:00Z}\n",
                      "accounts: {ca: {kind: ca, zone: UTC, complete: " + complete + "}}\n"),
                  "2026-06-01T00:00:00Z")
        .line(cadence);
  };
  CHECK(gap("true") == "must breached, 5 d late");
  CHECK(gap("false") == "must undetermined");
  CHECK(gap("{until: 2026-05-06}") == "must undetermined");
}

TEST_CASE("a breached interval keeps the level of its own edition") {
  CHECK(line("events:\n  - {kind: full-incident-report, at: 2025-02-01T00:00:00Z}\n  - {kind: update, at: 2025-02-20T00:00:00Z}\n"
             "  - {kind: update, at: 2025-02-26T00:00:00Z}\n  - {kind: update, at: 2025-03-04T00:00:00Z}\n  - {kind: bug-closed, "
             "at: 2025-03-10T00:00:00Z}\n",
             "2025-06-01T00:00:00Z", cadence) == "lc_should breached, 12 d late");
}

TEST_CASE("the Next update date that was set last suspends the updates") {
  const std::string report = "events:\n  - {kind: full-incident-report, at: 2026-05-01T00:00:00Z}\n";
  const std::string june = "  - {kind: next-update-set, at: 2026-05-02T00:00:00Z, date: 2026-06-15}\n";
  const std::string may = "  - {kind: next-update-set, at: 2026-05-10T00:00:00Z, date: 2026-05-20}\n";
  CHECK(line(report + june, "2026-06-01T00:00:00Z", cadence) == "must running, 21 d 23 h 59 min 59 s to spare (still open)");
  // Until 20 May ends, and 7 days more.
  CHECK(line(report + june + may, "2026-06-01T00:00:00Z", cadence) == "must breached, at least 4 d 1 s late (still open)");
  CHECK(line(report + may + june, "2026-06-01T00:00:00Z", cadence) == "must breached, at least 4 d 1 s late (still open)");
  // One that is set after the update was due comes too late.
  CHECK(line(report + may, "2026-05-30T00:00:00Z", cadence) == "must breached, at least 22 d late (still open)");
}

TEST_CASE("a date that was set again before it came is superseded; by how much nobody may know") {
  const auto standing = [](const std::string& first, const std::string& second) {
    return judged(tls("events:\n  - {id: a, kind: next-update-set, at: " + first +
                      ", date: 2026-06-01}\n"
                      "  - {id: b, kind: next-update-set, at: " +
                      second + ", date: 2026-06-20}\n"),
                  "2026-06-30T00:00:00Z")
        .line(by_next_update, "a");
  };
  CHECK(standing("2026-05-09T00:00:00Z", "2026-05-10T00:00:00Z") == "must not_applicable");
  CHECK(standing("2026-05-10", "2026-05-10").starts_with("must may-not-apply"));
  CHECK(standing("2026-05-09T00:00:00Z", "2026-06-02T00:00:00Z") == "must breached, at least 28 d 1 s late (still open)");
}

TEST_CASE("after a closure report nothing is due until somebody asks") {
  const std::string closed =
      "events:\n  - {kind: full-incident-report, at: 2026-05-28T00:00:00Z}\n  - {kind: closure-requested, at: "
      "2026-06-01T00:00:00Z}\n";
  const std::string item = "action-items: [{id: a, text: x, changes: [{at: 2026-06-03T00:00:00Z, status: Complete}]}]\n";
  const std::string question = "questions: [{id: q, asked: 2026-06-02T00:00:00Z}]\n";
  CHECK(line(closed, "2026-06-20T00:00:00Z", cadence) == "must met, 3 d to spare");
  CHECK(line(question + closed, "2026-06-20T00:00:00Z", cadence) == "must breached, at least 11 d late (still open)");
  CHECK(line(item + closed, "2026-06-20T00:00:00Z", item_update, "action-item-completed-1") == "must not_applicable");
  CHECK(line(question + item + closed, "2026-06-20T00:00:00Z", item_update, "action-item-completed-1") ==
        "must breached, at least 14 d late (still open)");
  CHECK(line(closed + "  - {id: n, kind: next-update-set, at: 2026-06-02T00:00:00Z, date: 2026-06-10}\n", "2026-06-20T00:00:00Z",
             by_next_update, "n") == "must not_applicable");
  // 3.0 gave no relief in its text, and nobody wanted it kept: what was late before is breached, what came after is open.
  CHECK(line("events:\n  - {kind: full-incident-report, at: 2025-05-01T00:00:00Z}\n  - {kind: closure-requested, at: "
             "2025-05-02T00:00:00Z}\n",
             "2025-05-20T00:00:00Z", cadence) == "must may-not-apply, at least 11 d late (still open)");
  CHECK(line("events:\n  - {kind: full-incident-report, at: 2025-05-01T00:00:00Z}\n  - {kind: closure-requested, at: "
             "2025-05-09T00:00:00Z}\n",
             "2025-05-20T00:00:00Z", cadence) == "must breached, at least 4 d late (still open)");
}

TEST_CASE("of several questions after the closure report the first one restarts the clock, wherever it stands in the file") {
  CHECK(line("questions:\n  - {id: q2, asked: 2026-06-08T00:00:00Z}\n  - {id: q1, asked: 2026-06-02T00:00:00Z}\n"
             "events:\n  - {kind: full-incident-report, at: 2026-05-28T00:00:00Z}\n  - {kind: closure-requested, at: "
             "2026-06-01T00:00:00Z}\n",
             "2026-06-11T00:00:00Z", cadence) == "must breached, at least 2 d late (still open)");
}

TEST_CASE("a bug that was opened again wants updates again") {
  const std::string closed =
      "events:\n  - {kind: full-incident-report, at: 2026-05-01T00:00:00Z}\n  - {kind: bug-closed, at: 2026-05-05T00:00:00Z}\n";
  CHECK(line(closed, "2026-06-20T00:00:00Z", cadence).starts_with("must met"));
  CHECK(line(closed + "  - {kind: bug-reopened, at: 2026-06-01T00:00:00Z}\n", "2026-06-20T00:00:00Z", cadence) ==
        "must breached, at least 12 d late (still open)");
}

TEST_CASE("a question that came after the request for closure did not stand in its way") {
  const auto closure = [](const std::string& asked, const std::string& answered) {
    return line("questions: [{id: q" + asked + ", answered: " + answered +
                    "}]\nevents: [{kind: closure-requested, at: 2026-07-01T10:00:00Z}]\n",
                "2026-08-01T00:00:00Z", "ccadb-irg.closure-after-questions", "question q");
  };
  CHECK(closure(", asked: 2026-07-03T00:00:00Z", "2026-07-05T00:00:00Z") == "must not_applicable");
  CHECK(closure(", asked: 2026-06-28T00:00:00Z", "2026-07-01T10:00:00Z") == "must met, 0 s to spare (at the boundary)");
  CHECK(closure(", asked: 2026-06-28T00:00:00Z", "2026-07-01T10:00:01Z") == "must breached, 1 s late");
  CHECK(closure("", "2026-07-01T10:00:01Z").starts_with("must may-not-apply"));
  CHECK(closure(", asked: 2026-06-28T00:00:00Z", "2026-07-01T09:59Z") == "must undetermined, 1 s … 1 min to spare (rounding)");
}

TEST_CASE("a delayed revocation goes on until all sets are revoked") {
  const auto progress = [](const std::string& b) {
    return judged(
               "cita: 1\nincident: {title: Test, certificates: tls, whiteboard: \"[leaf-revocation-delay]\"}\n"
               "cohorts:\n  a: {events: [{kind: revocation, at: 2026-05-02T00:00:00Z}]}\n  b: {events: [{kind: "
               "revocation-planned, at: 2026-05-01T00:00:00Z, for: 2026-06-01}" +
                   b +
                   "]}\n"
                   "events: [{kind: delay-announced, at: 2026-05-01T00:00:00Z}]\n",
               "2026-05-20T00:00:00Z")
        .line("ccadb-irg.revocation-progress-within-7-days");
  };
  CHECK(progress("") == "must breached, at least 12 d late (still open)");
  CHECK(progress(", {kind: revocation, at: 2026-05-04T00:00:00Z}").starts_with("must met"));
}

TEST_CASE("a missed revocation of any case wants a report of its own") {
  const auto report = [](const std::string& revoked, const std::string& more = "") {
    return line(
        "cases:\n  \"1\":\n    alleges: key-compromise\n    events:\n      - {kind: evidence-obtained, at: "
        "2026-05-04T08:00:00Z}\n"
        "      - {kind: revocation, at: " +
            revoked + "}\nevents:\n  - {kind: update, at: 2026-05-04T08:00:00Z}\n" + more,
        "2026-05-20T00:00:00Z", "ccadb-irg.missed-revocation-disclosure-within-72-hours");
  };
  CHECK(report("2026-05-06T08:00:00Z") == "must breached, at least 11 d 16 h late (still open)");
  CHECK(report("2026-05-06T08:00:00Z", "  - {kind: delayed-revocation-report, at: 2026-05-07T08:00:00Z}\n") ==
        "must met, 1 d to spare");
  CHECK(report("2026-05-04T09:00:00Z") == "nothing");
  CHECK(report("{earliest: 2026-05-04T09:00:00Z, latest: 2026-05-06T08:00:00Z}").starts_with("must may-not-apply"));
}

TEST_CASE("what follows from the missed deadline is open when the deadline is, and not in force when nothing was") {
  const std::string seed = content_of("examples/sectigo-2020-preliminary-report/incident.yaml");
  CHECK(judged(seed, "2020-08-11T00:00:00Z").line("ccadb-irg.separate-report-for-missed-revocation") == "- not_in_force");
}

TEST_CASE("every event counts for the earliest candidate of awareness") {
  const auto file = judged(tls("cases: {\"1\": {events: [{kind: problem-report-received, at: 2026-05-01T00:00:00Z}]}}\n"
                               "events:\n  - {kind: made-aware, at: 2026-05-04T00:00:00Z}\n  - {kind: incident-disclosed, at: "
                               "2026-05-06T00:00:00Z}\n"),
                           "2026-06-01T00:00:00Z");
  CHECK(file.line("ccadb-irg.initial-disclosure-within-72-hours") == "must met, 1 d to spare");
  CHECK(file.judgement("ccadb-irg.initial-disclosure-within-72-hours").depends_text ==
        "breached only if the earliest event that could have made the CA aware counts");
}

TEST_CASE("a report holds what its author tells, not what others tell") {
  const std::string duty = "ccadb-irg.report-timeline-elements";
  const auto elements = [&](const std::string& complete) {
    return judged(tls("events:\n  - {kind: full-incident-report, told: {ca: 2026-05-20T00:00:00Z}}\n  - {kind: "
                      "non-compliance-began, told: {ca: 2026-05-01T00:00:00Z}}\n"
                      "  - {kind: non-compliance-ended, told: {ca: 2026-05-02T00:00:00Z}}\n  - {kind: made-aware, told: "
                      "{reporter: 2026-05-01T00:00:00Z}}\n",
                      "accounts: {ca: {kind: ca, zone: UTC, complete: " + complete +
                          "}, reporter: {kind: reporter, zone: UTC, complete: [made-aware]}}\n"),
                  "2026-06-01T00:00:00Z")
        .line(duty);
  };
  CHECK(elements("true") == "must breached lacks made-aware");
  CHECK(elements("false") == "must undetermined lacks made-aware");
}

TEST_CASE("the root programs that are named bind, however they are spelt") {
  const auto disclosure = [](const std::string& programs, const std::string& aware) {
    return judged("cita: 1\nincident: {title: Test, certificates: tls, root-programs: " + programs +
                      "}\nevents: [{kind: made-aware, at: " + aware + "}]\n",
                  "2026-09-01T00:00:00Z")
        .line("ccadb-irg.initial-disclosure-within-72-hours");
  };
  CHECK(disclosure("[Apple]", "2026-05-04T00:00:00Z") == "must not_in_force");
  CHECK(disclosure("[Apple]", "2026-08-29T00:00:00Z") == "must running, 0 s to spare (still open)");
  CHECK(disclosure("[mozilla, Apple]", "2026-08-29T00:00:00Z") == "must running, 0 s to spare (still open)");
  CHECK(
      disclosure("[Apple]", "{earliest: 2026-07-31T12:00:00Z, latest: 2026-08-01T12:00:00Z}").starts_with("must may-not-apply"));
}

TEST_CASE("a root program that no policy knows is reported") {
  const auto file =
      judged("cita: 1\nincident: {title: Test, certificates: tls, root-programs: [Mozila]}\n", "2026-09-01T00:00:00Z");
  REQUIRE(file.diagnostics.all().size() == 1);
  CHECK(file.diagnostics.all()[0].code == "unknown-root-program");
}

TEST_CASE("bounds at the day on which a rule changed leave open which rule it is") {
  const std::string rest =
      "events:\n  - {kind: problem-report-received, at: {earliest: 2018-10-13T23:00:00Z, latest: 2018-10-14T01:00:00Z}}\n"
      "  - {kind: preliminary-report, to: [reporter, subscriber], at: 2018-10-14T02:00:00Z}\n";
  CHECK(line(rest, "2019-01-01T00:00:00Z", "tls-br.preliminary-report-within-24-hours", "case 1, to the reporter")
            .starts_with("must may-not-apply"));
  CHECK(line(rest, "2019-01-01T00:00:00Z", "tls-br.investigation-within-24-hours", "case 1").starts_with("must may-not-apply"));
}

TEST_CASE("a reason that changed its list during the bounds belongs to either") {
  const std::string rest =
      "cases:\n  \"1\":\n    alleges: weak-key-computable\n    events:\n"
      "      - {kind: made-aware, at: {earliest: 2020-10-18T23:00:00Z, latest: 2020-10-19T01:00:00Z}}\n"
      "      - {kind: revocation, at: 2020-10-20T12:00:00Z}\n";
  const std::string subject = "case 1, weak-key-computable (asserted by the reporter)";
  CHECK(line(rest, "2021-01-01T00:00:00Z", "tls-br.revoke-within-24-hours", subject).starts_with("must may-not-apply"));
  CHECK(line(rest, "2021-01-01T00:00:00Z", "tls-br.revoke-within-5-days", subject).starts_with("must may-not-apply"));
}

TEST_CASE("a weakly known fact about a document informs and never condemns") {
  const auto file = judged(tls("questions: [{id: q, asked: 2021-05-03T10:00:00Z}]\n"), "2021-06-01T00:00:00Z");
  const Judgement& judgement = file.judgement("mozilla-wiki.answer-within-one-week", "question q");
  CHECK(finding(judgement) == "expectation breached, at least 21 d 14 h late (still open) (advisory)");
  CHECK_FALSE(judgement.is_finding());
}

TEST_CASE("what lies after the day of a pack's last check says so") {
  const auto file = judged(tls("events: [{kind: made-aware, at: 2026-05-04T00:00:00Z}]\n"), "2026-09-01T00:00:00Z");
  const auto& notes = file.judgement("ccadb-irg.initial-disclosure-within-72-hours").shown().notes;
  CHECK(std::find(notes.begin(), notes.end(), "the facts of CCADB IRG were checked up to 2026-07-17 (version 3.2)") !=
        notes.end());
}

TEST_CASE("an edition that counts from something untold may be the one in force") {
  // 2.0 counts from awareness, the others from the disclosure.
  CHECK(line("events:\n  - {kind: incident-disclosed, at: 2024-05-01T00:00:00Z}\n  - {kind: full-incident-report, at: "
             "2024-05-20T00:00:00Z}\n",
             "2024-06-01T00:00:00Z", "ccadb-irg.full-report-within-14-days") == "lc_must undetermined");
}

TEST_CASE("bounds over a change that makes no difference to these certificates leave nothing open") {
  const std::string rest =
      "cases:\n  \"1\":\n    alleges: misissuance\n    events:\n      - {kind: made-aware, at: {earliest: 2024-03-14T12:00:00Z, "
      "latest: 2024-03-15T12:00:00Z}}\n"
      "      - {kind: revocation, at: 2024-03-16T12:00:00Z}\n";
  CHECK(line(rest, "2024-06-01T00:00:00Z", "tls-br.revoke-within-5-days", "case 1, misissuance (asserted by the reporter)") ==
        "must met, 3 d … 4 d to spare");
}

TEST_CASE("how an event was rounded cancels where both ends are counted from it") {
  CHECK(line("cases:\n  \"1\":\n    alleges: misissuance\n    events:\n      - {id: aware, kind: made-aware, at: 2024-05-01}\n"
             "      - {kind: revocation, at: {after: aware, least: P5D, most: P6D}}\n",
             "2024-06-01T00:00:00Z", "tls-br.revoke-within-5-days",
             "case 1, misissuance (asserted by the reporter)") == "must undetermined, 0 s to spare … 1 d late");
  CHECK(line("cases:\n  \"1\":\n    alleges: misissuance\n    events:\n      - {id: aware, kind: made-aware, at: 2024-05-01}\n"
             "      - {kind: revocation, at: {after: aware, least: P6D, most: P7D}}\n",
             "2024-06-01T00:00:00Z", "tls-br.revoke-within-5-days",
             "case 1, misissuance (asserted by the reporter)") == "must breached, 1 d … 2 d late");
}

TEST_CASE("an event that may not be what its kind says decides nothing") {
  const std::string answers = "ccadb-irg.answer-within-7-days";
  const auto answered = [&](const std::string& rest) {
    return line("questions: [{id: q, by: community, asked: 2026-05-01T00:00:00Z}]\nevents: [" + rest + "]\n",
                "2026-06-01T00:00:00Z", answers, "question q");
  };
  CHECK(answered("{kind: question-answered, question: q, at: 2026-05-08T00:00:00Z}") ==
        "must met, 0 s to spare (at the boundary)");
  CHECK(answered("{kind: question-answered, question: q, at: 2026-05-08T00:00:00Z, unsure: nobody says whether it answers}")
            .substr(0, 17) == "must undetermined");
  // What surely answers counts, whatever else may answer too.
  CHECK(answered("{kind: question-answered, question: q, at: 2026-05-08T00:00:01Z},"
                 "{kind: question-answered, question: q, at: 2026-05-09T00:00:00Z, unsure: perhaps another}") ==
        "must breached, 1 s late");
  // A question that may be none, and a date that may not have been set by whom it needs, start nothing for sure.
  CHECK(line("questions: [{id: q, by: community}]\n"
             "events: [{kind: question-asked, question: q, at: 2026-05-01T00:00:00Z, unsure: it may be none}]\n",
             "2026-06-01T00:00:00Z", answers, "question q") == "must may-not-apply, at least 24 d late (still open)");
  const auto dated = [&](const std::string& more) {
    return line("events: [{id: n, kind: next-update-set, at: 2026-05-01T00:00:00Z, date: 2026-05-10" + more +
                    "}, {kind: update, at: 2026-05-12T00:00:00Z}]\n",
                "2026-06-01T00:00:00Z", by_next_update, "n");
  };
  CHECK(dated("").substr(0, 13) == "must breached");
  CHECK(dated(", unsure: who set it is not known").substr(0, 18) == "must may-not-apply");
}
