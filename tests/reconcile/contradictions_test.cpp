// Where the stamps of one account do not go together, and where they do although some happen twice.
#include "support.hpp"

using namespace cita;
using namespace cita::testing;

TEST_CASE("what happens twice contradicts no order") {
  const auto file = judged(tls("events:\n  - {kind: case-closed, case: 1, at: 2026-05-01T00:00:00Z}\n  - {kind: case-reopened, "
                               "case: 1, at: 2026-05-02T00:00:00Z}\n"
                               "  - {kind: case-closed, case: 1, at: 2026-05-03T00:00:00Z}\n"),
                           "2026-06-01T00:00:00Z");
  CHECK(file.assessment.contradictions.empty());
}

TEST_CASE("an effect before every cause contradicts the order, by how much is said") {
  const auto file = judged(tls("events:\n  - {kind: revocation, case: 1, at: 2026-05-02T00:00:00Z}\n  - {kind: "
                               "revocation-published, case: 1, at: 2026-05-01T00:00:00Z}\n"),
                           "2026-06-01T00:00:00Z");
  REQUIRE(file.assessment.contradictions.size() == 1);
  CHECK(file.assessment.contradictions[0].kind == Contradiction::Kind::order);
  CHECK(file.assessment.contradictions[0].text ==
        "the CA's account puts the revocation-published of case 1 before the revocation of case 1, by 1 d");
}

TEST_CASE("people round") {
  const auto contradictions = [](const std::string& reporter) {
    return judged(tls("events: [{kind: holding-reply, case: 1, told: {ca: 2026-05-04T05:07:34Z, reporter: " + reporter + "}}]\n",
                      "accounts: {ca: {kind: ca}, reporter: {kind: reporter}}\n"),
                  "2026-06-01T00:00:00Z")
        .assessment.contradictions.size();
  };
  CHECK(contradictions("2026-05-04T05:08Z") == 0);
  CHECK(contradictions("2026-05-04T05:09Z") == 1);
  CHECK(contradictions("2026-05-04T05:07:35Z") == 1);
}

TEST_CASE("a stated month lasts from 28 to 31 days, give or take one") {
  const auto contradictions = [](const std::string& answered) {
    return judged(tls("events:\n  - {id: report, kind: problem-report-received, case: 1, at: 2026-01-31T09:00:00Z}\n"
                      "  - {kind: preliminary-report, case: 1, to: reporter, told: {ca: {at: " +
                      answered + ", stated: {after: report, least: P3M, most: P3M}}}}\n"),
                  "2026-12-01T00:00:00Z")
        .assessment.contradictions.size();
  };
  CHECK(contradictions("2026-04-30T09:00:00Z") == 0);
  CHECK(contradictions("2026-02-01T09:00:00Z") == 1);
  CHECK(contradictions("2026-09-01T09:00:00Z") == 1);
}
