// A reviewer reads awareness from the record; an account's own words on how long something took are held to its stamps.
#include "support.hpp"

using namespace cita;
using namespace cita::testing;

namespace {

const std::string duty = "ccadb-irg.initial-disclosure-within-72-hours";

// The report came two days before the CA says that it became aware.
const std::string late_awareness =
    tls("events:\n  - {kind: problem-report-received, case: 1, at: 2026-05-01T08:00:00Z}\n  - {kind: made-aware, at: "
        "2026-05-03T08:00:00Z}\n"
        "  - {kind: incident-disclosed, by: ca, at: 2026-05-05T08:00:00Z}\n"
        "suppress: [{duty: " +
        duty + ", reason: agreed, until: 2027-01-01}]\n");

const Judgement& of(const Assessment& assessment) {
  for (const Judgement& each : assessment.judgements)
    if (each.duty->id == duty) return each;
  throw std::runtime_error("not judged");
}

Assessment assessed(const Incident& incident, Profile profile) {
  Diagnostics diagnostics;
  return assess(incident, catalog(), instant("2026-06-01T00:00:00Z"), diagnostics, {}, profile);
}

}  // namespace

TEST_CASE("the author's awareness counts for the author, the earliest one that the record supports for a reviewer") {
  const Incident incident = incident_of(late_awareness);
  const Assessment author = assessed(incident, Profile::author);
  CHECK(of(author).standing == Standing::met);
  CHECK(of(author).suppressed);
  CHECK(of(author).depends_text == "breached only if the earliest event that could have made the CA aware counts");

  const Assessment reviewer = assessed(incident, Profile::reviewer);
  CHECK(of(reviewer).standing == Standing::breached);
  CHECK(of(reviewer).margin == Elapsed{Seconds{-86'400}, Seconds{-86'400}});
  // The CA's own stands beside it, and nothing is suppressed.
  CHECK(of(reviewer).depends_text == "met only if the awareness that the CA states counts");
  CHECK_FALSE(of(reviewer).suppressed);
}

TEST_CASE("what an account says of how long something took is held to its stamps") {
  const auto contradictions = [](const std::string& stated) {
    return judged(tls("events:\n  - {id: report, kind: problem-report-received, case: 1, at: 2026-05-01T08:00Z}\n"
                      "  - {kind: preliminary-report, to: reporter, case: 1, told: {ca: {at: 2026-05-02T09:00Z, stated: {after: "
                      "report, " +
                          stated + "}}}}\n",
                      "accounts: {ca: {kind: ca}}\n"),
                  "2026-06-01T00:00:00Z")
        .assessment.contradictions;
  };
  CHECK(contradictions("least: PT25H, most: PT25H").empty());
  CHECK(contradictions("least: PT24H, most: PT24H").empty());  // people round to the hour
  const auto sooner = contradictions("most: PT23H");
  REQUIRE(sooner.size() == 1);
  CHECK(sooner[0].kind == Contradiction::Kind::duration);
  CHECK(sooner[0].text ==
        "the CA's account says that the preliminary-report of case 1 came sooner after the problem-report-received of case 1 "
        "than its "
        "stamps do: by them it took 1 d 59 min 1 s … 1 d 1 h 59 s");
  REQUIRE(contradictions("least: P3D").size() == 1);
  CHECK(contradictions("least: P3D")[0].text.find("came later after") != std::string::npos);
}
