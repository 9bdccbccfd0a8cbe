// What changed between two versions of an incident, and what of it owes an explanation.
#include "support.hpp"

#include <cita/reconcile/changes.hpp>

#include <doctest/doctest.h>

#include <algorithm>

namespace {

using namespace cita;

// A version of one incident; `rest` goes on with further sections.
std::string version(std::string_view revoked, std::string_view rest) {
  return "cita: 1\nincident: {title: \"Example CA: Changes\", certificates: tls}\naccounts: {ca: {kind: ca, zone: UTC}}\n"
         "events:\n"
         "  - {kind: detected, at: 2026-05-04 08:10, text: We noticed it}\n"
         "  - {kind: revocation, at: " +
         std::string(revoked) + ", text: All certificates revoked}\n" + std::string(rest);
}

std::string changed(const std::string& before, const std::string& after) {
  std::string all;
  for (const Change& each : changes_between(testing::incident_of(before), testing::incident_of(after)))
    all += std::string(name(each.kind)) + ": " + each.what + ": " + each.before + " -> " + each.after +
           (each.owes_explanation ? each.explained ? " (explained)" : " (owed)" : "") + "\n";
  return all;
}

constexpr std::string_view items =
    "action-items:\n  a1: {text: Lint before signing, kind: Prevent, status: Ongoing, due: 2026-06-01}\n"
    "report: {certificates: {total: 14}}\n";

}  // namespace

TEST_CASE("the same version has no change") {
  CHECK(changed(version("2026-05-05 10:00", items), version("2026-05-05 10:00", items)).empty());
}

TEST_CASE("a time that moved owes an explanation, and has one where the old time stands near a word of correction") {
  const std::string before = version("2026-05-05 10:00", "");
  CHECK(changed(before, version("2026-05-06 09:00", "")) ==
        "time: revocation: All certificates revoked: 2026-05-05 10:00 UTC -> 2026-05-06 09:00 UTC (owed)\n");
  CHECK(changed(before, version("2026-05-06 09:00", "report: {summary: We originally stated 2026-05-05 10:00.}\n"))
            .find("2026-05-06 09:00 UTC (explained)") != std::string::npos);
  CHECK(changed(before, version("2026-05-06 09:00", "report: {summary: It was 2026-05-05 10:00 then.}\n")).find("(owed)") !=
        std::string::npos);
  // The name of a kind says that something was wrong, and not why.
  CHECK(changed(before, version("2026-05-06 09:00",
                                "  - {kind: impact-found-wrong, at: 2026-05-06 09:00, text: It was 2026-05-05 10:00 then.}\n"))
            .find("2026-05-06 09:00 UTC (owed)") != std::string::npos);
}

TEST_CASE("action items that slipped, moved on or vanished, and numbers") {
  const std::string before = version("2026-05-05 10:00", items);
  CHECK(changed(before,
                version("2026-05-05 10:00",
                        "action-items:\n  a1: {text: Lint before signing, kind: Prevent, status: Delayed, due: 2026-07-01}\n"
                        "report: {certificates: {total: 15}}\n")) ==
        "status: action item: Lint before signing: Ongoing -> Delayed\n"
        "due: action item: Lint before signing: 2026-06-01 UTC -> 2026-07-01 UTC (owed)\n"
        "number: total number of certificates: 14 -> 15 (owed)\n");
  CHECK(changed(before, version("2026-05-05 10:00", "report: {certificates: {total: 14}}\n")) ==
        "removed: action item: Lint before signing: Ongoing ->  (owed)\n");
}

TEST_CASE("an event that is new owes nothing, one that is gone does") {
  const std::string one = version("2026-05-05 10:00", "");
  const std::string two = version("2026-05-05 10:00", "questions: [{id: q1}]\n");
  const std::string more = one + "  - {kind: scope-concluded, at: 2026-05-04 12:00, text: Scope known}\n";
  CHECK(changed(one, two).empty());
  CHECK(changed(one, more) == "added: scope-concluded: Scope known:  -> 2026-05-04 12:00 UTC\n");
  CHECK(changed(more, one) == "removed: scope-concluded: Scope known: 2026-05-04 12:00 UTC ->  (owed)\n");
}

TEST_CASE("action items that were copied from another incident") {
  const Incident one = testing::incident_of(version("2026-05-05 10:00", items));
  const Incident other =
      testing::incident_of(version("2026-05-07 10:00", "action-items: {b: {text: lint before  signing., kind: Prevent}}\n"));
  REQUIRE(copied_items(one, other).size() == 1);
  CHECK(copied_items(one, other).front().text == "Lint before signing");
  CHECK(copied_items(testing::incident_of(version("2026-05-05 10:00", "")), other).empty());
}
