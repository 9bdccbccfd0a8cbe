// What others tell of an incident, put beside what is told already, and held against it.
#include "support.hpp"

#include <cita/reconcile/accounts.hpp>
#include <cita/reconcile/verification.hpp>

using namespace cita;
using testing::incident_of;
using testing::instant;
using testing::tls;

namespace {

// The CA tells of its report at 16:00, three hours before the reporter does; the deadline is at 17:00 the day after the sending.
const std::string of_the_ca =
    tls("cases: {\"4711\": {}}\nevents:\n"
        "  - {kind: problem-report-received, at: 2026-05-04T17:00:00Z, case: \"4711\"}\n"
        "  - {kind: preliminary-report, at: 2026-05-05T16:00:00Z, case: \"4711\", to: reporter}\n"
        "  - {kind: investigation, at: 2026-05-05T10:00Z}\n");
const std::string reporter = "accounts: {reporter: {kind: reporter, zone: UTC}}\n";

std::string of_the_reporter(const std::string& when, const std::string& of_case = "mine") {
  return tls("cases: {" + of_case + ": {}}\nevents:\n  - {kind: preliminary-report, at: " + when + ", case: " + of_case +
                 ", to: reporter}\n",
             reporter);
}

// "preliminary-report: ca 2026-05-05 16:00:00 UTC, reporter …", a line for each event.
std::string told(const Incident& incident) {
  std::string text;
  for (const Event& event : incident.events) {
    text += std::string(name(event.kind)) + ":";
    for (const Telling& each : event.tellings)
      text += " " + incident.accounts[static_cast<std::size_t>(each.account)].name + " " +
              (each.denied ? "denies" : show(each.at.stamp.moment));
    text += "\n";
  }
  return text;
}

struct Held {
  Incident incident;
  Assessment assessment;
  Verification verification;
};

std::unique_ptr<Held> held(const std::string& claims, const std::string& other, bool by_words = false) {
  auto result = std::make_unique<Held>();
  result->incident = incident_of(claims);
  std::vector<HeldAgainst> against;
  for (const int account : add_accounts(result->incident, incident_of(other, "other.yaml")))
    against.push_back({account, by_words});
  Diagnostics diagnostics;
  result->assessment = assess(result->incident, testing::catalog(), instant("2026-06-01T00:00:00Z"), diagnostics);
  result->verification = verify(result->incident, result->assessment, against, {});
  return result;
}

}  // namespace

TEST_CASE("the only case of either side is the same, and its report happens once, however far apart") {
  Incident incident = incident_of(of_the_ca);
  CHECK(add_accounts(incident, incident_of(of_the_reporter("2026-05-09T19:00:00Z"))) == std::vector<int>{1});
  CHECK(incident.cases.size() == 1);
  CHECK(told(incident) ==
        "problem-report-received: ca 2026-05-04 17:00:00 UTC\n"
        "preliminary-report: ca 2026-05-05 16:00:00 UTC reporter 2026-05-09 19:00:00 UTC\n"
        "investigation: ca 2026-05-05 10:00 UTC\n");
}

TEST_CASE("of several cases only the one of that id is the same") {
  const std::string two =
      tls("cases: {\"1\": {}, \"2\": {}}\nevents:\n"
          "  - {kind: preliminary-report, at: 2026-05-05T16:00Z, case: \"1\", to: reporter}\n"
          "  - {kind: preliminary-report, at: 2026-05-05T16:00Z, case: \"2\", to: reporter}\n");
  Incident incident = incident_of(two);
  add_accounts(incident, incident_of(of_the_reporter("2026-05-05T16:00Z", "\"2\"")));
  CHECK(incident.cases.size() == 2);
  CHECK(incident.events[0].tellings.size() == 1);
  CHECK(incident.events[1].tellings.size() == 2);
  add_accounts(incident, incident_of(of_the_reporter("2026-05-05T16:00Z", "\"3\"")));
  CHECK(incident.cases.size() == 3);
  CHECK(incident.events.size() == 3);
  CHECK(incident.accounts.back().name == "reporter-2");
}

TEST_CASE("what happens again and again is the nearest that is near") {
  const auto updates = [](const std::string& a, const std::string& b) {
    return tls("events:\n  - {kind: update, at: " + a + "}\n  - {kind: update, at: " + b + "}\n");
  };
  Incident incident = incident_of(updates("2026-05-05T10:00Z", "2026-05-12T10:00Z"));
  add_accounts(incident, incident_of(updates("2026-05-12T11:00Z", "2026-05-20T10:00Z")));
  CHECK(told(incident) ==
        "update: ca 2026-05-05 10:00 UTC\nupdate: ca 2026-05-12 10:00 UTC ca-2 2026-05-12 11:00 UTC\n"
        "update: ca-2 2026-05-20 10:00 UTC\n");
}

TEST_CASE("times that count from another event of theirs still do") {
  Incident incident = incident_of(of_the_ca);
  add_accounts(incident, incident_of(tls("events:\n  - {id: x, kind: made-aware, at: 2026-05-04T10:00Z}\n"
                                         "  - {kind: determined, at: {after: x, least: PT1H, most: PT2H}}\n",
                                         reporter)));
  const Event& last = incident.events.back();
  REQUIRE(last.tellings.front().at.relative);
  CHECK(incident.events[static_cast<std::size_t>(last.tellings.front().at.relative->after)].kind == EventKind::made_aware);
}

TEST_CASE("a contradiction on which a MUST turns counts, and one that is read from words counts not") {
  for (const bool by_words : {false, true}) {
    const auto found = held(of_the_ca, of_the_reporter("2026-05-05T19:00:00Z"), by_words);
    REQUIRE(found->verification.claims.size() == 1);
    const Claim& claim = found->verification.claims.front();
    CHECK(name(claim.outcome) == "contradicts");
    CHECK(claim.delta->least == Seconds{3 * 3'600});
    CHECK(claim.decides);
    CHECK(claim.decides_must == !by_words);
    CHECK(std::any_of(found->assessment.contradictions.begin(), found->assessment.contradictions.end(),
                      [&](const Contradiction& each) { return is_told_by(claim, each, found->incident); }));
  }
}

TEST_CASE("to the second at the deadline nothing turns on it, a second later all does") {
  for (const auto& [when, decides] : {std::pair("2026-05-05T17:00:00Z", false), std::pair("2026-05-05T17:00:01Z", true)}) {
    const auto found = held(of_the_ca, of_the_reporter(when));
    REQUIRE(found->verification.claims.size() == 1);
    CHECK(name(found->verification.claims.front().outcome) == "contradicts");
    CHECK(found->verification.claims.front().decides_must == decides);
  }
}

TEST_CASE("what the other denies contradicts, and what nobody else would tell is beyond") {
  const auto found = held(of_the_ca, tls("cases: {mine: {}}\nevents:\n"
                                         "  - {kind: preliminary-report, at: never, case: mine, to: reporter}\n",
                                         reporter));
  REQUIRE(found->verification.claims.size() == 1);
  CHECK(name(found->verification.claims.front().outcome) == "contradicts");
  CHECK_FALSE(found->verification.claims.front().delta);
  CHECK(found->verification.beyond == 2);
}
