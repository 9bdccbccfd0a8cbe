// Bugzilla 1619359, worked by hand: what stands here was computed from the stamps in the bug, not taken from the output.
// Every row is one view of one duty, to the second.
#include "support.hpp"

#include <algorithm>

using namespace cita;
using namespace cita::testing;

namespace {

const std::string preliminary_report = "tls-br.preliminary-report-within-24-hours";
const std::string revocation_in_time = "tls-br.revoke-within-24-hours";
const std::string publish = "tls-br.published-revocation-within-24-hours-of-receipt";
const std::string promise = "commitments.keep-by-the-promised-date";

const JudgedFile& sectigo() {
  static const JudgedFile file =
      judged(incident_of(content_of("examples/sectigo-2020-preliminary-report/incident.yaml")), instant("2020-08-11T00:00:00Z"));
  return file;
}

/// The finding under the views that hold all the beliefs; they have to agree on it.
std::string under(const std::string& duty, const std::string& subject, const std::vector<std::string>& beliefs) {
  std::string found = "no such view";
  for (const ViewVerdict& view : sectigo().judgement(duty, subject).views) {
    const bool holds = std::all_of(beliefs.begin(), beliefs.end(), [&view](const std::string& wanted) {
      return std::any_of(view.beliefs.begin(), view.beliefs.end(),
                         [&wanted](const Belief& belief) { return belief.id == wanted || belief.text == wanted; });
    });
    if (!holds) continue;
    const std::string here = finding(view.verdict);
    if (found != "no such view" && found != here) return "views differ: " + found + " / " + here;
    found = here;
  }
  return found;
}

const std::string finding_counts = "preliminary-report-content=finding";
const std::string holding_counts = "preliminary-report-content=holding-reply";
const std::string withdrawn_counts = "withdrawn-finding=first-finding";
const std::string corrected_only = "withdrawn-finding=corrected-only";
const std::string weekday_right = "the weekday is right (Wed 26 Feb 2020)";
const std::string date_right = "the date is right (Thu 27 Feb 2020)";

}  // namespace

TEST_CASE("sectigo: the preliminary report of case 1") {
  const std::string subject = "case 00572387, to the reporter";
  CHECK(under(preliminary_report, subject, {"reporter", finding_counts, withdrawn_counts}) ==
        "must breached, 8 d 18 h 33 min 36 s … 8 d 18 h 34 min 48 s late");
  CHECK(under(preliminary_report, subject, {"reporter", finding_counts, corrected_only}) ==
        "must breached, 8 d 18 h 35 min 36 s … 8 d 18 h 36 min 48 s late");
  CHECK(under(preliminary_report, subject, {"ca", finding_counts, withdrawn_counts}) ==
        "must breached, 8 d 18 h 33 min 1 s … 8 d 18 h 34 min 59 s late");
  CHECK(under(preliminary_report, subject, {"ca", holding_counts}) == "must met, 5 h 32 min 1 s … 5 h 33 min 59 s to spare");
  CHECK(under(preliminary_report, subject, {"reporter", holding_counts}) ==
        "must breached, 18 h 26 min 46 s … 18 h 26 min 59 s late");

  const Judgement& judgement = sectigo().judgement(preliminary_report, subject);
  CHECK(judgement.standing == Standing::breached);
  CHECK(judgement.is_finding());
  CHECK(judgement.depends_text ==
        "met only if a holding reply counts and the CA's times are believed, or if an automatic acknowledgement counts");
}

TEST_CASE("sectigo: the preliminary report of case 2, with a weekday that contradicts its date") {
  const std::string subject = "case 00572465, to the reporter";
  CHECK(under(preliminary_report, subject, {"reporter", finding_counts}) ==
        "must breached, 8 d 14 h 15 s … 8 d 14 h 1 min 25 s late");
  CHECK(under(preliminary_report, subject, {"ca", holding_counts, weekday_right}) ==
        "must met, 9 h 52 min 1 s … 9 h 53 min 59 s to spare");
  CHECK(under(preliminary_report, subject, {"ca", holding_counts, date_right}) ==
        "must breached, 14 h 6 min 1 s … 14 h 7 min 59 s late");
  CHECK(sectigo().judgement(preliminary_report, subject).depends_text ==
        "met only if a holding reply counts, the CA's times are believed and the weekday is right (Wed 26 Feb 2020), or if an "
        "automatic "
        "acknowledgement counts");
}

TEST_CASE("sectigo: the preliminary report of case 3") {
  CHECK(under(preliminary_report, "case 00573105, to the reporter", {finding_counts}) ==
        "must breached, 7 d 22 h 6 min 28 s … 7 d 22 h 7 min 41 s late");
}

TEST_CASE("sectigo: no account speaks of a preliminary report to the Subscriber") {
  for (const char* report : {"00572387", "00572465", "00573105"}) {
    const std::string subject = std::string("case ") + report + ", to the subscriber";
    CHECK(sectigo().line(preliminary_report, subject) == "must undetermined");
    CHECK_FALSE(sectigo().judgement(preliminary_report, subject).shown().would_decide.empty());
  }
}

TEST_CASE("sectigo: the revocation of case 1") {
  const std::string subject = "case 00572387, key-compromise (asserted by the reporter)";
  CHECK(under(revocation_in_time, subject, {"reporter", "evidence=obtained", "what-is-revoked=ca-record"}) ==
        "must undetermined, 23 h 32 min 59 s to spare … 8 d 19 h 4 min 48 s late");
  CHECK(under(revocation_in_time, subject, {"evidence=verified", "what-is-revoked=ca-record"}) ==
        "must met, 23 h 10 min 1 s … 23 h 32 min 59 s to spare");
  CHECK(sectigo().judgement(revocation_in_time, subject).standing == Standing::undetermined);
  CHECK(sectigo().judgement(revocation_in_time, subject).depends_text ==
        "met only if evidence counts as obtained when it was verified and the CA's own record of the revocation counts");

  CHECK(under(publish, subject, {"reporter"}) == "must may-not-apply, at least 8 d 19 h 3 min 36 s late (still open)");
  const Judgement& contested = sectigo().judgement(publish, subject);
  CHECK(contested.standing == Standing::undetermined);
  CHECK_FALSE(contested.is_finding());
}

TEST_CASE("sectigo: what was promised") {
  CHECK(sectigo().line(promise, "commitment follow-up") == "commitment breached, at least 21 d late (still open) (approximate)");
  CHECK(sectigo().judgement(promise, "commitment report-by-friday").standing == Standing::undetermined);
}

TEST_CASE("sectigo: where the accounts contradict each other") {
  const auto& all = sectigo().assessment.contradictions;
  REQUIRE(all.size() == 2);
  CHECK(all[0].kind == Contradiction::Kind::time);
  CHECK(all[0].decides);
  REQUIRE(all[0].delta);
  // 27 Feb 19:15:10 less 26 Feb 19:15:00 … 19:15:59.
  CHECK(all[0].delta->least == std::chrono::hours(23) + std::chrono::minutes(59) + Seconds(11));
  CHECK(all[0].delta->most == std::chrono::hours(24) + Seconds(10));
  CHECK(all[1].kind == Contradiction::Kind::denial);
  CHECK(all[1].decides);
}

TEST_CASE("sectigo: documents that were not in force are not held against anybody") {
  for (const Judgement& each : sectigo().assessment.judgements) {
    INFO(std::string(each.duty->id));
    if (each.pack->id == "ccadb-irg") CHECK(each.applicability != Applicability::applies);
    if (each.standing == Standing::breached && each.applicability == Applicability::applies)
      CHECK((each.duty->id == preliminary_report || each.duty->id == promise));
  }
}
