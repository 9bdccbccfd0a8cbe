// What a verdict depends on is said exactly: "met only if …" holds in the views that are met and in no other.
#include "support.hpp"

#include <algorithm>
#include <random>

using namespace cita;
using namespace cita::testing;

namespace {

std::string_view outcome(const Verdict& verdict) {
  switch (verdict.applicability) {
    case Applicability::not_in_force:
    case Applicability::not_applicable: return name(verdict.applicability);
    case Applicability::undetermined: return "undetermined";
    case Applicability::applies: break;
  }
  return name(verdict.standing);
}

std::string_view outcome(const Dependence& dependence) {
  Verdict verdict;
  verdict.applicability = dependence.applicability;
  verdict.standing = dependence.standing;
  return outcome(verdict);
}

// An alternative's belief may be "either this or that".
bool holds(const Belief& needed, const ViewVerdict& view) {
  return std::any_of(view.beliefs.begin(), view.beliefs.end(), [&needed](const Belief& belief) {
    return belief.kind == needed.kind && (belief.text == needed.text || (needed.text.starts_with("either ") &&
                                                                         needed.text.find(belief.text) != std::string::npos));
  });
}

bool holds(const Dependence& dependence, const ViewVerdict& view) {
  return std::any_of(dependence.alternatives.begin(), dependence.alternatives.end(), [&view](const std::vector<Belief>& all) {
    return std::all_of(all.begin(), all.end(), [&view](const Belief& needed) { return holds(needed, view); });
  });
}

/// Two accounts of one report that agree, differ, deny, and contradict their own weekdays.
std::string told_twice(unsigned seed) {
  std::mt19937_64 random(seed);
  const auto below = [&random](unsigned bound) { return static_cast<unsigned>(random() % bound); };
  const auto stamp = [&below]() -> std::string {
    const std::string day = std::to_string(4 + below(3));
    const std::string time = (below(2) == 0 ? "08:0" : "09:0") + std::to_string(below(10));
    // 4 May 2026 is a Monday.
    if (below(4) == 0) return "\"Wed " + day + " May 2026 " + time + "\"";
    return "\"2026-05-0" + day + " " + time + (below(2) == 0 ? ":30\"" : "\"");
  };
  std::string text = "accounts:\n  ca: {kind: ca, zone: UTC, complete: " + std::string(below(2) == 0 ? "true" : "false") +
                     "}\n  reporter: {kind: reporter, zone: UTC}\ncases:\n  \"1\":\n    alleges: key-compromise\n    events:\n";
  const auto add = [&](const std::string& kind, const std::string& rest = "") {
    const std::string by_ca = below(5) == 0 ? "" : "ca: " + (below(6) == 0 ? std::string("never") : stamp());
    const std::string by_reporter = below(2) == 0 ? "" : "reporter: " + (below(4) == 0 ? std::string("never") : stamp());
    if (by_ca.empty() && by_reporter.empty()) return;
    text += "      - {kind: " + kind + ", told: {" + by_ca + (by_ca.empty() || by_reporter.empty() ? "" : ", ") + by_reporter +
            "}" + rest + "}\n";
  };
  text += "      - {kind: problem-report-received, told: {ca: " + stamp() + "}}\n";
  for (const char* kind : {"problem-report-sent", "auto-acknowledgement", "problem-report-noticed", "evidence-obtained",
                           "verified", "revocation", "revocation-published"})
    if (below(2) == 0) add(kind);
  add("holding-reply", ", to: reporter");
  add("preliminary-report", ", id: first, to: [reporter, subscriber]");
  if (below(3) == 0 && text.find("id: first") != std::string::npos) add("preliminary-report", ", withdraws: first, to: reporter");
  if (below(4) == 0) add("still-open", ", still-open: [preliminary-report, revocation]");
  return tls("", text);
}

// Every judgement of many incidents that two accounts tell differently.
template <class Check>
void each_told_twice(Check check) {
  for (unsigned seed = 0; seed < 300; ++seed) {
    const std::string text = told_twice(seed);
    INFO(text);
    const JudgedFile file = judged(text, "2026-05-20T00:00:00Z");
    for (const Judgement& each : file.assessment.judgements) {
      const std::string what = std::string(each.duty->id) + " " + file.subject(each) + ": " + each.depends_text;
      INFO(what);
      check(each);
    }
  }
}

}  // namespace

TEST_CASE("a dependence holds in exactly the views that come out so, and what is no dependence comes out so in the rest") {
  each_told_twice([](const Judgement& each) {
    // One view may be all there is although others were looked at: under those the duty is not raised.
    if (each.views.size() > 1) CHECK_FALSE(each.depends_text.empty());
    for (const Dependence& dependence : each.depends_on)
      for (const ViewVerdict& view : each.views) CHECK(holds(dependence, view) == (outcome(view.verdict) == outcome(dependence)));
    for (const ViewVerdict& view : each.views) {
      const bool is_told = std::any_of(each.depends_on.begin(), each.depends_on.end(),
                                       [&view](const Dependence& d) { return outcome(d) == outcome(view.verdict); });
      Verdict headline;
      headline.applicability = each.applicability;
      headline.standing = each.standing;
      CHECK(is_told == (outcome(view.verdict) != outcome(headline)));
    }
  });
}

TEST_CASE("the headline is what all accounts and stamps agree on under the default readings") {
  each_told_twice([](const Judgement& each) {
    if (each.applicability != Applicability::applies || each.standing == Standing::undetermined) return;
    for (const ViewVerdict& view : each.views) {
      if (!view.default_readings) continue;
      CHECK(view.verdict.applicability == Applicability::applies);
      CHECK(view.verdict.standing == each.standing);
      if (!each.margin || !view.verdict.margin) continue;
      // The hull holds every view's margin.
      CHECK(each.margin->least <= view.verdict.margin->least);
      CHECK(view.verdict.margin->most <= each.margin->most);
    }
  });
}

TEST_CASE("the earliest deadline that nobody disputes governs, and an earlier disputed one stands beside it") {
  const JudgedFile file =
      judged(tls("cases:\n  \"1\":\n    grounds:\n      - {reason: key-compromise, by: reporter, contested: it was a test key}\n"
                 "      - {reason: misissuance, by: ca}\n    events:\n"
                 "      - {kind: problem-report-received, at: 2026-05-04T08:00:00Z}\n"
                 "      - {kind: made-aware, at: 2026-05-04T09:00:00Z}\n"),
             "2026-05-05T00:00:00Z");
  const std::string misissuance = "case 1, misissuance (asserted by the CA)";
  const Judgement& receipt_5d = file.judgement("tls-br.published-revocation-within-5-days-of-receipt", misissuance);
  const Judgement& aware_5d = file.judgement("tls-br.revoke-within-5-days", misissuance);
  const Judgement& disputed = file.judgement("tls-br.published-revocation-within-24-hours-of-receipt",
                                             "case 1, key-compromise (asserted by the reporter)");
  CHECK(receipt_5d.governing);
  CHECK_FALSE(aware_5d.governing);
  CHECK_FALSE(disputed.governing);
  CHECK(disputed.contested_earlier);
  CHECK_FALSE(aware_5d.contested_earlier);
}
