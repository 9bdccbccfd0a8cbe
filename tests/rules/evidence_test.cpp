// Silence is not evidence, and neither is what somebody else did: situations in which a duty was or could be judged met or
// breached on something that nobody said.
#include "reconcile/support.hpp"

using namespace cita;
using namespace cita::testing;

namespace {

const std::string preliminary_report = "tls-br.preliminary-report-within-24-hours";
const std::string revoke_24h = "tls-br.revoke-within-24-hours";
const std::string revoke_5d = "tls-br.revoke-within-5-days";
const std::string compromise = "case 1, key-compromise (asserted by the reporter)";

const std::string two_partial_accounts =
    "accounts:\n"
    "  ca: {kind: ca, zone: UTC, complete: false}\n"
    "  reporter: {kind: reporter, zone: UTC, complete: false}\n";

/// A case with one certificate whose key is said to be compromised, evidence of 2026-05-04 08:00:00 UTC, and what follows.
std::string compromised(const std::string& events, const std::string& certificates = "[\"crt.sh:1\"]",
                        const std::string& accounts = "accounts: {ca: {kind: ca, zone: UTC}}\n") {
  return tls("cases:\n  \"1\":\n    certificates: " + certificates +
                 "\n    alleges: key-compromise\n    events:\n"
                 "      - {kind: evidence-obtained, at: 2026-05-04T08:00:00Z}\n" +
                 events,
             accounts);
}

}  // namespace

TEST_CASE("at the deadline the duty still runs, a second later it is breached") {
  const std::string file = tls("events: [{kind: problem-report-received, at: 2026-05-04T08:00:00Z}]\n");
  CHECK(judged(file, "2026-05-05T08:00:00Z").line(preliminary_report, "case 1, to the reporter") ==
        "must running, 0 s to spare (still open)");
  CHECK(judged(file, "2026-05-05T08:00:01Z").line(preliminary_report, "case 1, to the reporter") ==
        "must breached, at least 1 s late (still open)");
}

TEST_CASE("an account that is not complete leaves what it does not tell open") {
  const std::string rest = "events: [{kind: problem-report-received, at: 2026-05-04T08:00:00Z}]\n";
  const auto line = [&](const std::string& complete) {
    return judged(tls(rest, "accounts: {ca: {kind: ca, zone: UTC, complete: " + complete + "}}\n"), "2026-05-20T00:00:00Z")
        .line(preliminary_report, "case 1, to the reporter");
  };
  CHECK(line("false") == "must undetermined");
  CHECK(line("true") == "must breached, at least 14 d 16 h late (still open)");
  CHECK(line("[preliminary-report]") == "must breached, at least 14 d 16 h late (still open)");
  CHECK(line("[revocation]") == "must undetermined");
  CHECK(line("{until: 2026-05-05T07:00:00Z}") == "must undetermined");
  CHECK(line("{until: 2026-05-05T09:00:00Z}") == "must breached, at least 1 h late (still open)");
  // Somewhere on that day is not yet its end.
  CHECK(line("{until: 2026-05-05}") == "must undetermined");
}

TEST_CASE("what the believed account says bounced was not delivered, whatever others say") {
  const auto file = judged(tls("events:\n"
                               "  - {kind: problem-report-received, case: 1, at: 2026-05-04T08:10:00Z}\n"
                               "  - {kind: preliminary-report, case: 1, to: reporter, told: {ca: 2026-05-04T20:00:00Z, reporter: "
                               "{at: 2026-05-04T20:00:00Z, delivery: bounced}}}\n",
                               two_partial_accounts),
                           "2026-05-20T00:00:00Z");
  const Judgement& judgement = file.judgement(preliminary_report, "case 1, to the reporter");
  CHECK(finding(judgement) == "must undetermined");
  CHECK(judgement.depends_text == "met only if the CA's times are believed");
}

TEST_CASE("a report that bounced, or that was only sent, was not received for sure") {
  const auto line = [&](const std::string& delivery, const std::string& as_of) {
    return judged(tls("events: [{kind: problem-report-sent, case: 1, told: {reporter: 2026-05-04T08:00:00Z}" + delivery + "}]\n",
                      "accounts: {ca: {kind: ca, zone: UTC}, reporter: {kind: reporter, zone: UTC}}\n"),
                  as_of)
        .line(preliminary_report, "case 1, to the reporter");
  };
  CHECK(line(", delivery: bounced", "2026-05-04T09:00:00Z") == "must undetermined");
  CHECK(line("", "2026-05-20T00:00:00Z").starts_with("must may-not-apply"));
}

TEST_CASE("a receipt that the believed account denies starts no clock") {
  const auto file = judged(tls("events:\n"
                               "  - {kind: problem-report-received, case: 1, told: {ca: never}}\n"
                               "  - {kind: problem-report-sent, case: 1, told: {reporter: 2026-05-04T08:00:00Z}}\n"
                               "  - {kind: auto-acknowledgement, case: 1, told: {reporter: 2026-05-04T08:00:10Z}}\n",
                               "accounts: {ca: {kind: ca, zone: UTC}, reporter: {kind: reporter, zone: UTC}}\n"),
                           "2026-05-20T00:00:00Z");
  const Judgement& judgement = file.judgement(preliminary_report, "case 1, to the reporter");
  CHECK(judgement.applicability == Applicability::undetermined);
  CHECK(judgement.standing == Standing::undetermined);
  CHECK(judgement.depends_text ==
        "met only if an automatic acknowledgement counts and the reporter's times are believed; breached only if only a finding "
        "counts and the "
        "reporter's times are believed; not applicable only if the CA's times are believed");
}

TEST_CASE("a statement that it was still not done denies what another account tells before it") {
  const auto file =
      judged(tls("events:\n"
                 "  - {kind: problem-report-received, case: 1, told: {ca: 2026-05-04T08:00:00Z}}\n"
                 "  - {kind: preliminary-report, case: 1, to: reporter, told: {ca: 2026-05-04T13:00:00Z}}\n"
                 "  - {kind: still-open, case: 1, still-open: [preliminary-report], told: {reporter: 2026-05-05T14:00:00Z}}\n",
                 two_partial_accounts),
             "2026-05-20T00:00:00Z");
  CHECK(file.judgement(preliminary_report, "case 1, to the reporter").depends_text ==
        "met only if the CA's times are believed; breached only if the reporter's times are believed");
}

TEST_CASE("an account that says both that it was done and that it was still open later decides nothing") {
  CHECK(judged(tls("events:\n"
                   "  - {kind: problem-report-received, at: 2026-05-04T08:00:00Z}\n"
                   "  - {kind: preliminary-report, to: reporter, at: 2026-05-04T13:00:00Z}\n"
                   "  - {kind: still-open, case: 1, still-open: [preliminary-report], at: 2026-05-05T14:00:00Z}\n"),
               "2026-05-20T00:00:00Z")
            .judgement(preliminary_report, "case 1, to the reporter")
            .standing == Standing::undetermined);
}

TEST_CASE("what may not count and came too late bounds the lateness") {
  // Nobody says to whom it went. If to the reporter, 6 hours late; if not, later still.
  CHECK(judged(tls("events:\n"
                   "  - {kind: problem-report-received, at: 2026-05-04T08:00:00Z}\n"
                   "  - {kind: preliminary-report, at: 2026-05-05T14:00:00Z}\n"),
               "2026-05-20T00:00:00Z")
            .line(preliminary_report, "case 1, to the reporter") == "must breached, at least 6 h late (still open)");
}

TEST_CASE("sent is not delivered") {
  const auto line = [](const std::string& delivery) {
    return judged(tls("events:\n"
                      "  - {kind: problem-report-received, at: 2026-05-04T08:00:00Z}\n"
                      "  - {kind: preliminary-report, to: reporter, at: 2026-05-04T13:00:00Z, delivery: " +
                      delivery + "}\n"),
                  "2026-05-20T00:00:00Z")
        .line(preliminary_report, "case 1, to the reporter");
  };
  CHECK(line("delivered") == "must met, 19 h to spare");
  CHECK(line("sent") == "must undetermined, 19 h to spare");
  CHECK(line("bounced") == "must breached, at least 14 d 16 h late (still open)");
  CHECK(line("wrong-address") == "must breached, at least 14 d 16 h late (still open)");
}

TEST_CASE("a preliminary report without findings is a holding reply") {
  const auto file = judged(tls("events:\n"
                               "  - {kind: problem-report-received, at: 2026-05-04T08:00:00Z}\n"
                               "  - {kind: preliminary-report, to: reporter, findings: false, at: 2026-05-04T09:00:00Z}\n"),
                           "2026-05-20T00:00:00Z");
  const Judgement& judgement = file.judgement(preliminary_report, "case 1, to the reporter");
  CHECK(finding(judgement) == "must breached, at least 14 d 16 h late (still open)");
  CHECK(judgement.depends_text == "met only if either a holding reply counts or an automatic acknowledgement counts");
}

TEST_CASE("the report is read by somebody for the Subscriber too") {
  const auto file = judged(tls("events:\n"
                               "  - {kind: problem-report-received, at: 2026-05-04T08:00:00Z}\n"
                               "  - {kind: problem-report-noticed, at: 2026-05-05T08:00:00Z}\n"
                               "  - {kind: preliminary-report, to: [reporter, subscriber], at: 2026-05-05T10:00:00Z}\n"),
                           "2026-05-20T00:00:00Z");
  for (const char* to : {"case 1, to the reporter", "case 1, to the subscriber"}) {
    CHECK(file.line(preliminary_report, to) == "must breached, 2 h late");
    CHECK(file.judgement(preliminary_report, to).depends_text == "met only if the clock starts when somebody reads the report");
  }
}

TEST_CASE("a finding is withdrawn from when it was withdrawn") {
  const std::string file =
      tls("events:\n"
          "  - {kind: problem-report-received, at: 2026-05-04T08:00:00Z}\n"
          "  - {id: wrong, kind: preliminary-report, to: reporter, at: 2026-05-04T09:00:00Z}\n"
          "  - {kind: preliminary-report, to: reporter, withdraws: wrong, at: 2026-05-06T08:00:00Z}\n");
  CHECK(judged(file, "2026-05-05T12:00:00Z").judgement(preliminary_report, "case 1, to the reporter").depends_text.empty());
  CHECK(judged(file, "2026-05-07T00:00:00Z").judgement(preliminary_report, "case 1, to the reporter").depends_text ==
        "breached only if only the corrected finding counts");
}

TEST_CASE("one report serves the reporter who is the Subscriber; nobody answers an anonymous one") {
  const auto lines = [](const std::string& who) {
    return judged(tls("cases:\n  \"1\":\n    " + who +
                      ": true\n    events:\n"
                      "      - {kind: problem-report-received, at: 2026-05-04T08:00:00Z}\n"
                      "      - {kind: preliminary-report, to: subscriber, at: 2026-05-04T09:00:00Z}\n"),
                  "2026-05-20T00:00:00Z")
        .lines(preliminary_report);
  };
  CHECK(lines("subscriber-is-reporter") == std::vector<std::string>{"case 1, to the reporter: must met, 23 h to spare",
                                                                    "case 1, to the subscriber: must met, 23 h to spare"});
  CHECK(lines("anonymous-reporter") == std::vector<std::string>{"case 1, to the reporter: - not_applicable",
                                                                "case 1, to the subscriber: must met, 23 h to spare"});
}

TEST_CASE("an expired certificate needs no revocation, and one that expired after the deadline stays breached") {
  const auto line = [](const std::string& not_after, const std::string& accounts = "accounts: {ca: {kind: ca, zone: UTC}}\n") {
    return judged(compromised("", "[{id: \"crt.sh:1\", not-after: " + not_after + "}]", accounts), "2026-06-01T00:00:00Z")
        .line(revoke_24h, compromise);
  };
  CHECK(line("2026-05-05T07:59:59Z") == "must met, 1 s to spare (at the boundary)");
  CHECK(line("2026-05-10T00:00:00Z") == "must breached, 4 d 16 h late");
  // Whether it was revoked in time nobody says.
  CHECK(line("2026-05-10T00:00:00Z", "accounts: {ca: {kind: ca, zone: UTC, complete: false}}\n") ==
        "must undetermined, at most 4 d 16 h late");
}

TEST_CASE("a count of fewer certificates than there are revokes not all of them") {
  const auto line = [](const std::string& events, const std::string& certificates = "{count: 3}") {
    return judged(compromised(events, certificates), "2026-05-06T08:00:00Z").line(revoke_24h, compromise);
  };
  const std::string open = "must breached, at least 1 d late (still open)";
  const std::string day = "at: 2026-05-04T20:00:00Z";
  CHECK(line("      - {kind: revocation, " + day + "}\n") == "must met, 12 h to spare");
  for (const std::string kind : {"revocation", "revocation-published", "revocation-partial"}) {
    const std::string some = "      - {kind: " + kind + ", " + day + ", counts: ";
    CHECK(line(some + "{done: 1, of: 3}}\n") == open);
    CHECK(line(some + "{done: 2}}\n") == open);
    CHECK(line(some + "{done: 0}}\n") == open);
    CHECK(line(some + "{done: 3, of: 3}}\n") == "must met, 12 h to spare");
    CHECK(line(some + "{done: 3}}\n") == "must met, 12 h to spare");
    // Two numbers of all.
    CHECK(line(some + "{done: 2, of: 2}}\n") == "must undetermined, 12 h to spare");
  }
  // How many there are nobody tells.
  CHECK(line("      - {kind: revocation, " + day + ", counts: {done: 2}}\n", "{}") == "must undetermined, 12 h to spare");
  CHECK(line("      - {kind: revocation, " + day + ", counts: {done: 0}}\n", "{}") == open);
}

TEST_CASE("expired certificates end the duty where they are all, or all that was not revoked") {
  const auto line = [](const std::string& expired, const std::string& revoked = {}) {
    return judged(compromised(revoked + "      - {kind: expired, at: 2026-05-05T02:00:00Z" + expired + "}\n", "{count: 3}"),
                  "2026-05-06T08:00:00Z")
        .line(revoke_24h, compromise);
  };
  const auto revoked = [](const std::string& counts, const std::string& at = "2026-05-04T20:00:00Z") {
    return "      - {kind: revocation-partial, at: " + at + ", counts: " + counts + "}\n";
  };
  const std::string open = "must breached, at least 1 d late (still open)";
  CHECK(line("") == "must met, 6 h to spare");
  CHECK(line(", counts: {done: 3}") == "must met, 6 h to spare");
  CHECK(line(", counts: {done: 0}") == open);
  CHECK(line(", counts: {done: 2}") == open);
  CHECK(line(", counts: {done: 1}", revoked("{done: 1, of: 3}")) == open);
  CHECK(line(", counts: {done: 0}", revoked("{done: 2, of: 3}")) == open);
  CHECK(line(", counts: {done: 1}", revoked("{done: 2, of: 3}")) == "must met, 6 h to spare");
  CHECK(line(", counts: {done: 2}", revoked("{done: 1}")) == "must met, 6 h to spare");
  CHECK(line(", counts: {done: 1}", revoked("{done: 2, of: 3}", "2026-05-05T08:00:01Z")) == "must breached, 1 s late");
}

TEST_CASE("counts and expiries of one certificate set say together when nothing was left") {
  const auto line = [](const std::string& events, const std::string& accounts = "accounts: {ca: {kind: ca, zone: UTC}}\n") {
    return judged(compromised(events, "{count: 3}", accounts), "2026-05-07T00:00:00Z").line(revoke_24h, compromise);
  };
  const auto at = [](const std::string& kind, const std::string& when, const std::string& more = {}) {
    return "      - {kind: " + kind + ", at: " + when + more + "}\n";
  };
  const std::string early = "2026-05-04T20:00:00Z", late = "2026-05-06T00:00:00Z";
  const std::string incomplete = "accounts: {ca: {kind: ca, zone: UTC, complete: false}}\n";
  // Expired without a count are all that were not revoked: the others were revoked later.
  CHECK(line(at("expired", early) + at("revocation-partial", late, ", counts: {done: 2, of: 3}")) == "must breached, 16 h late");
  CHECK(line(at("expired", late) + at("revocation-partial", early, ", counts: {done: 2, of: 3}")) == "must breached, 16 h late");
  // What is withdrawn adds up to nothing.
  CHECK(line(at("revocation-partial", early, ", id: wrong, counts: {done: 2, of: 3}") +
             at("expired", early, ", counts: {done: 1}") + at("correction", late, ", withdraws: wrong")) ==
        "must breached, at least 1 d 16 h late (still open)");
  // What is told of the whole counts for its only case.
  const std::string whole = "events:\n  - {kind: revocation-partial, at: " + early + ", counts: {done: ";
  CHECK(line(at("expired", early, ", counts: {done: 1}") + whole + "2, of: 3}}\n") == "must met, 12 h to spare");
  CHECK(line(at("revocation-partial", "2026-05-04T10:00:00Z", ", counts: {done: 1, of: 3}") + whole + "3, of: 3}}\n") ==
        "must met, 12 h to spare");
  // An account that does not tell all: a count tells what was so by then, and an early one ends nothing.
  CHECK(line(at("revocation-partial", late, ", counts: {done: 3, of: 3}"), incomplete) == "must undetermined, at most 16 h late");
  CHECK(line(at("revocation-partial", "2026-05-05T09:00:00Z", ", counts: {done: 2, of: 3}") +
                 at("revocation-partial", late, ", counts: {done: 3, of: 3}"),
             incomplete) == "must breached, 1 h … 16 h late");
  CHECK(line(at("revocation", "2026-05-04T10:00:00Z", ", counts: {done: 1, of: 3}") + at("revocation-published", late),
             incomplete) == "must undetermined, at most 16 h late");
  // Who counts fewer later may be wrong in either, unless as many had expired when all were revoked as are missing.
  const std::string fewer = at("revocation", early) + at("revocation-partial", late, ", counts: {done: 1, of: 3}");
  const std::string met = "must met, 12 h to spare", open = "must undetermined, 12 h to spare";
  CHECK(line(fewer) == open);
  CHECK(line(fewer + at("expired", early, ", counts: {done: 2}")) == met);
  CHECK(line(fewer + at("expired", early)) == met);
  CHECK(line(fewer + at("expired", early, ", counts: {done: 1}")) == open);
  CHECK(line(fewer + at("expired", early, ", counts: {done: 0}")) == open);
  CHECK(line(fewer + at("expired", early, ", unsure: perhaps")).starts_with("must undetermined"));
  CHECK(line(fewer + at("expired", "2026-05-04T20:00:01Z", ", counts: {done: 2}")).starts_with("must undetermined"));
  CHECK(line(fewer + at("expired", late)).starts_with("must undetermined"));
}

TEST_CASE("what one account tells another does not withdraw") {
  const std::string accounts = "accounts: {ca: {kind: ca, zone: UTC}, reporter: {kind: reporter, zone: UTC}}\n";
  const auto line = [&](const std::string& who) {
    return judged(compromised("      - {id: wrong, kind: revocation, told: {ca: 2026-05-04T20:00:00Z}}\n"
                              "      - {kind: correction, told: {" +
                                  who + ": 2026-05-06T00:00:00Z}, withdraws: wrong}\n",
                              "{count: 3}", accounts),
                  "2026-05-07T00:00:00Z")
        .line(revoke_24h, compromise);
  };
  CHECK(line("ca") == "must breached, at least 1 d 16 h late (still open)");
  CHECK(line("reporter").starts_with("must undetermined"));
}

TEST_CASE("a revocation that is withdrawn later does not count") {
  const auto line = [](const std::string& more, const std::string& as_of) {
    return judged(compromised("      - {id: wrong, kind: revocation, at: 2026-05-04T20:00:00Z}\n" + more), as_of)
        .line(revoke_24h, compromise);
  };
  const std::string corrected = "      - {kind: revocation, at: 2026-05-05T09:00:00Z, withdraws: wrong}\n";
  CHECK(line(corrected, "2026-05-20T00:00:00Z") == "must breached, 1 h late");
  CHECK(line(corrected, "2026-05-05T08:30:00Z") == "must met, 12 h to spare");
  CHECK(line("      - {kind: correction, at: 2026-05-06T00:00:00Z, withdraws: wrong}\n", "2026-05-20T00:00:00Z") ==
        "must breached, at least 14 d 16 h late (still open)");
  CHECK(line("      - {kind: correction, unsure: perhaps of another, at: 2026-05-06T00:00:00Z, withdraws: wrong}\n",
             "2026-05-20T00:00:00Z") == "must undetermined, 12 h to spare");
}

TEST_CASE("the CA recorded the revocation no later than it was published, and perhaps in time") {
  const auto line = [](const std::string& complete) {
    return judged(compromised("      - {kind: revocation-published, told: {crl: 2026-05-05T14:00:00Z}}\n", "[\"crt.sh:1\"]",
                              "accounts: {ca: {kind: ca, zone: UTC, complete: " + complete + "}, crl: {kind: crl, zone: UTC}}\n"),
                  "2026-06-01T00:00:00Z")
        .line(revoke_24h, compromise);
  };
  CHECK(line("false") == "must undetermined, at most 6 h late");
  CHECK(line("true") == "must breached, 6 h late");
}

TEST_CASE("a revocation that nobody saw published is one under one reading only") {
  const auto file = judged(compromised("      - {kind: revocation, at: 2026-05-04T13:00:00Z}\n"), "2026-06-01T00:00:00Z");
  CHECK(file.line(revoke_24h, compromise) == "must met, 19 h to spare");
  CHECK(file.judgement(revoke_24h, compromise).depends_text == "breached only if only a published revocation counts");
}

TEST_CASE("all of them revoked is revoked, however it is told") {
  const auto file =
      judged(compromised("      - {kind: revocation-partial, counts: {done: 40, of: 40}, at: 2026-05-05T04:00:00Z}\n"
                         "      - {kind: revocation-partial, counts: {done: 10, of: 40}, at: 2026-05-04T09:00:00Z}\n"),
             "2026-06-01T00:00:00Z");
  CHECK(file.line(revoke_24h, compromise) == "must met, 4 h to spare");
  CHECK(file.judgement(revoke_24h, compromise).shown().done == 40);
}

TEST_CASE("some of them revoked by the deadline: how many") {
  const auto file =
      judged(compromised("      - {kind: revocation-partial, counts: {done: 30, of: 40}, at: 2026-05-05T04:00:00Z}\n"
                         "      - {kind: revocation-partial, counts: {done: 10, of: 40}, at: 2026-05-04T09:00:00Z}\n"
                         "      - {kind: revocation-partial, counts: {done: 39, of: 40}, at: 2026-05-06T09:00:00Z}\n"),
             "2026-06-01T00:00:00Z");
  CHECK(file.line(revoke_24h, compromise) == "must breached, at least 26 d 16 h late (still open)");
  CHECK(file.judgement(revoke_24h, compromise).shown().done == 30);
  CHECK(file.judgement(revoke_24h, compromise).shown().of == 40);
  // What may not be a count counts nothing.
  const auto unsure = judged(
      compromised(
          "      - {kind: revocation-partial, counts: {done: 0, of: 400}, unsure: from words, at: 2026-05-04T09:00:00Z}\n"),
      "2026-06-01T00:00:00Z");
  CHECK(!unsure.judgement(revoke_24h, compromise).shown().done);
  CHECK(unsure.judgement(revoke_24h, compromise).shown().of != 400);
}

TEST_CASE("short-lived is 864,000 seconds with both ends, and all of them have to be") {
  const auto line = [](const std::string& certificates) {
    return judged(tls("cases:\n  \"1\":\n    certificates: " + certificates +
                      "\n    alleges: key-compromise\n    events:\n"
                      "      - {kind: evidence-obtained, at: 2025-01-02T08:00:00Z}\n      - {kind: revocation, at: "
                      "2025-01-02T09:00:00Z}\n"),
                  "2025-02-01T00:00:00Z")
        .line(revoke_24h, compromise);
  };
  const std::string ten_days = "{id: \"crt.sh:1\", not-before: 2025-01-01T00:00:00Z, not-after: 2025-01-10T23:59:59Z}";
  const std::string a_second_more = "{id: \"crt.sh:2\", not-before: 2025-01-01T00:00:00Z, not-after: 2025-01-11T00:00:00Z}";
  const std::string to_the_minute = "{id: \"crt.sh:3\", not-before: 2025-01-01T00:00Z, not-after: 2025-01-11T00:00Z}";
  CHECK(line("[" + ten_days + "]") == "must not_applicable");
  CHECK(line("[" + a_second_more + "]") == "must met, 23 h to spare");
  CHECK(line("[" + ten_days + ", " + a_second_more + "]") == "must met, 23 h to spare");
  CHECK(line("{listed: [" + ten_days + "], count: 5}") == "must met, 23 h to spare");
  CHECK(line("[" + to_the_minute + "]") == "must may-not-apply, 23 h to spare");
}

TEST_CASE("what was revoked before the cohort was found, and of the whole, is not the cohort's revocation") {
  const auto file =
      judged(tls("cohorts:\n  late:\n    grounds: [misissuance]\n    events: [{kind: made-aware, at: 2026-05-10T00:00:00Z}]\n"
                 "events: [{kind: revocation, at: 2026-05-05T00:00:00Z}]\n"),
             "2026-06-01T00:00:00Z");
  CHECK(file.line(revoke_5d, "cohort late, misissuance (asserted by the CA)") == "must undetermined, 10 d to spare");
}

TEST_CASE("cohorts do not hide what the incident as a whole was revoked for") {
  const auto file = judged(
      "cita: 1\nincident: {title: Test, certificates: tls, grounds: [misissuance]}\n"
      "events:\n  - {kind: made-aware, at: 2026-05-01T00:00:00Z}\n  - {kind: revocation, at: 2026-05-10T00:00:00Z}\n"
      "cohorts:\n  late:\n    events:\n      - {kind: made-aware, at: 2026-05-08T00:00:00Z}\n      - {kind: revocation, at: "
      "2026-05-12T00:00:00Z}\n",
      "2026-06-01T00:00:00Z");
  CHECK(file.lines(revoke_5d) == std::vector<std::string>{"cohort late, misissuance (asserted by the CA): must met, 1 d to spare",
                                                          "misissuance (asserted by the CA): must breached, 4 d late"});
}

TEST_CASE("counts of the incident are of its cohorts where they count as many, or may be none") {
  const auto lines = [](const std::string& whole, const std::string& cohort = "    certificates: {count: 3}\n",
                        const std::string& affected = {}) {
    return judged("cita: 1\nincident: {title: Test, certificates: tls, grounds: [misissuance]" + affected +
                      "}\n"
                      "cohorts:\n  a:\n" +
                      cohort +
                      "    events: [{kind: revocation, at: 2026-05-03T00:00:00Z}]\n"
                      "events:\n  - {kind: made-aware, at: 2026-05-01T00:00:00Z}\n" +
                      whole,
                  "2026-06-01T00:00:00Z")
        .lines(revoke_5d)
        .size();
  };
  const auto counted = [](const std::string& counts, const std::string& more = {}) {
    return "  - {id: it, kind: revocation-partial, at: 2026-05-02T00:00:00Z, counts: " + counts + more + "}\n";
  };
  CHECK(lines("") == 1);
  CHECK(lines(counted("{done: 0, of: 3}")) == 1);
  CHECK(lines(counted("{done: 0, of: 4}")) == 2);
  CHECK(lines(counted("{done: 0}")) == 1);
  CHECK(lines(counted("{done: 4}")) == 2);
  // There are more than those of the cohorts, or nobody tells how many the list has.
  const std::string three = "    certificates: {count: 3}\n", all = counted("{done: 3, of: 3}");
  CHECK(lines(all, three, ", affected: {count: 3}") == 1);
  CHECK(lines(all, three, ", affected: {count: 4}") == 2);
  CHECK(lines(all, three, ", affected: {count: 3, list: a.csv}") == 1);
  CHECK(lines(all, three, ", affected: {list: a.csv}") == 2);
  CHECK(lines("", three, ", affected: {count: 4}") == 2);
  // A revocation that counts nothing is one of all.
  const std::string uncounted = "  - {kind: revocation, at: 2026-05-20T00:00:00Z}\n";
  CHECK(lines(uncounted) == 2);
  CHECK(lines(uncounted, three, ", affected: {count: 3}") == 1);
  CHECK(lines(uncounted, three, ", affected: {count: 4}") == 2);
  CHECK(lines(counted("{done: 0, of: 3}"), "") == 2);
  CHECK(lines(counted("{done: 0, of: 400}", ", unsure: from words")) == 1);
  CHECK(lines(counted("{done: 0, of: 400}") + "  - {kind: correction, at: 2026-05-03T00:00:00Z, withdraws: it}\n") == 1);
}

TEST_CASE("with several cases an act told of none of them may be about another") {
  const auto file =
      judged(tls("cases:\n"
                 "  \"1\": {alleges: key-compromise, events: [{kind: evidence-obtained, at: 2026-05-04T08:00:00Z}]}\n"
                 "  \"2\": {alleges: key-compromise, events: [{kind: evidence-obtained, at: 2026-05-05T08:00:00Z}]}\n"
                 "events: [{kind: revocation, at: 2026-05-04T09:00:00Z}]\n"),
             "2026-06-01T00:00:00Z");
  CHECK(file.line(revoke_24h, compromise) == "must undetermined, 23 h to spare");
  CHECK(file.judgement(revoke_24h, "case 2, key-compromise (asserted by the reporter)").standing == Standing::undetermined);
}

TEST_CASE("an answer to no named question answers none of several") {
  const auto file =
      judged(tls("questions:\n  - {id: q1, asked: 2026-05-01T00:00:00Z}\n  - {id: q2, asked: 2026-05-02T00:00:00Z}\n"
                 "events: [{kind: question-answered, at: 2026-05-03T00:00:00Z}]\n"),
             "2026-06-01T00:00:00Z");
  CHECK(file.judgement("ccadb-irg.answer-within-7-days", "question q1").standing == Standing::undetermined);
  CHECK(file.judgement("ccadb-irg.answer-within-7-days", "question q2").standing == Standing::undetermined);
}

TEST_CASE("several grounds are each judged, and a later one restarts nothing") {
  const auto file = judged(
      tls("cases:\n  \"1\":\n    grounds: [{reason: key-compromise, by: reporter}, {reason: misissuance, by: ca}]\n    events:\n"
          "      - {kind: evidence-obtained, at: 2026-05-04T08:00:00Z}\n"
          "      - {kind: made-aware, at: 2026-05-06T08:00:00Z}\n"
          "      - {kind: revocation, at: 2026-05-07T08:00:00Z}\n"),
      "2026-06-01T00:00:00Z");
  CHECK(file.line(revoke_24h, compromise) == "must breached, 2 d late");
  CHECK(file.line(revoke_5d, "case 1, misissuance (asserted by the CA)") == "must met, 4 d to spare");
}

TEST_CASE("what the CA says beforehand moves no deadline") {
  const std::string file = compromised(
      "      - {kind: delay-announced, at: 2026-05-04T12:00:00Z, for: 2026-05-30T00:00:00Z}\n"
      "      - {kind: revocation-planned, at: 2026-05-04T12:00:00Z, for: 2026-05-30T00:00:00Z}\n");
  CHECK(judged(file, "2026-05-05T00:00:00Z").line(revoke_24h, compromise) ==
        "must running, 8 h to spare (still open) (announced)");
  CHECK(judged(file, "2026-05-06T08:00:00Z").line(revoke_24h, compromise) ==
        "must breached, at least 1 d late (still open) (announced)");
}

TEST_CASE("a CRLReason belongs to the reason that it was revoked for, and of several nobody says which") {
  const auto file = judged(
      tls("cases:\n  \"1\":\n    grounds: [{reason: key-compromise, by: reporter}, {reason: misissuance, by: ca}]\n    events:\n"
          "      - {kind: revocation, reason: superseded, at: 2026-05-07T08:00:00Z}\n"),
      "2026-06-01T00:00:00Z");
  CHECK(file.line("tls-br.crl-reason-for-the-ground", "case 1, misissuance (asserted by the CA)") == "must met");
  CHECK(file.line("tls-br.crl-reason-for-the-ground", compromise) == "must undetermined");
}

TEST_CASE("a CRLReason is judged by what the certificates are, when the rule began and what is told of the entry") {
  const std::string duty = "tls-br.crl-reason-for-the-ground";
  const auto line = [&](const std::string& head, const std::string& revocations) {
    return judged("cita: 1\nincident: {title: Test" + head + "}\ncases:\n  \"1\":\n    alleges: key-compromise\n    events:\n" +
                      revocations,
                  "2026-06-01T00:00:00Z")
        .line(duty, compromise);
  };
  const std::string wrong = "      - {kind: revocation, reason: superseded, at: 2026-05-07T08:00:00Z}\n";
  CHECK(line(", certificates: tls", wrong) == "must breached");
  CHECK(line("", wrong) == "must may-not-apply");
  CHECK(line(", certificates: tls",
             "      - {kind: revocation, reason: superseded, at: {earliest: 2023-07-14T12:00:00Z, latest: "
             "2023-07-15T12:00:00Z}}\n") == "must may-not-apply");
  CHECK(line(", certificates: tls",
             wrong + "      - {kind: revocation-published, reason: keyCompromise, at: 2026-05-07T09:00:00Z}\n") ==
        "must undetermined");
}

TEST_CASE("a shared unknown zone cancels, one of another account does not") {
  const auto line = [](const std::string& teller) {
    return judged(tls("events:\n  - {kind: problem-report-received, case: 1, told: {ca: \"2026-05-04 08:10:00\"}}\n"
                      "  - {kind: preliminary-report, case: 1, to: reporter, told: {" +
                          teller + ": \"2026-05-05 08:00:00\"}}\n",
                      "accounts: {ca: {kind: ca}, reporter: {kind: reporter}}\n"),
                  "2026-06-01T00:00:00Z")
        .line(preliminary_report, "case 1, to the reporter");
  };
  CHECK(line("ca") == "must met, 10 min to spare");
  CHECK(line("reporter").starts_with("must undetermined"));
}

TEST_CASE("one unit of rounding that would turn it leaves it undetermined") {
  const auto line = [](const std::string& received) {
    return judged(tls("events:\n  - {kind: problem-report-received, at: " + received +
                      "}\n"
                      "  - {kind: preliminary-report, to: reporter, at: 2026-05-05T08:09:30Z}\n"),
                  "2026-06-01T00:00:00Z")
        .line(preliminary_report, "case 1, to the reporter");
  };
  CHECK(line("2026-05-04T08:10Z") == "must undetermined, 30 s … 1 min 29 s to spare (rounding)");
  CHECK(line("2026-05-04T08:11Z") == "must met, 1 min 30 s … 2 min 29 s to spare");
}

TEST_CASE("the believed account's own stamps decide, and an account that agrees changes nothing") {
  const auto file =
      judged(tls("events:\n"
                 "  - {kind: problem-report-received, case: 1, told: {ca: 2026-05-04T08:00:00Z, reporter: 2026-05-04T08:00Z}}\n"
                 "  - {kind: preliminary-report, case: 1, to: reporter, told: {ca: 2026-05-04T09:00:00Z, reporter: "
                 "2026-05-04T09:00Z}}\n",
                 two_partial_accounts),
             "2026-06-01T00:00:00Z");
  CHECK(file.judgement(preliminary_report, "case 1, to the reporter").standing == Standing::met);
  CHECK(file.judgement(preliminary_report, "case 1, to the reporter").depends_text == "met under every account");
  CHECK(file.assessment.contradictions.empty());
}
