// What holds of every verdict, whatever the incident: tried on many small ones, made from fixed seeds.
#include "reconcile/support.hpp"

#include <algorithm>
#include <map>
#include <random>

using namespace cita;
using namespace cita::testing;

namespace {

constexpr unsigned incidents = 200;
const Instant start = instant("2026-05-04T00:00:00Z");
const std::string late = "2026-05-20T00:00:00Z";

/// When something was, as one writes it: to the second, to the minute or as a day.
struct When {
  std::int64_t seconds = 0;  ///< after `start`
  Unit unit = Unit::second;
};

struct Happening {
  std::string kind, rest;
  When when;
  bool in_case = false;
};

/// A small incident that can be written in several ways.
struct Draw {
  std::vector<Happening> happenings;
  bool complete = true;
  int tellers = 1;  ///< how many accounts tell everything, all alike

  std::string stamp(const When& when) const {
    const Instant at = start + Seconds{when.seconds};
    const std::string text = rfc3339(at);
    if (when.unit == Unit::day) return text.substr(0, 10);
    return when.unit == Unit::minute ? text.substr(0, 16) + "Z" : text;
  }

  std::string told(const When& when) const {
    std::string text = "ca: " + stamp(when);
    for (int i = 1; i < tellers; ++i) text += ", other" + std::to_string(i) + ": " + stamp(when);
    return "{" + text + "}";
  }

  std::string text() const {
    std::string text = "cita: 1\nincident: {title: Test, certificates: tls}\naccounts:\n  ca: {kind: ca, zone: UTC, complete: " +
                       std::string(complete ? "true" : "false") + "}\n";
    for (int i = 1; i < tellers; ++i) text += "  other" + std::to_string(i) + ": {kind: other, zone: UTC, complete: false}\n";
    text +=
        "cases:\n  \"1\":\n    grounds: [{reason: key-compromise, by: reporter}, {reason: misissuance, by: ca}]\n    events:\n";
    for (const Happening& each : happenings)
      if (each.in_case) text += "      - {kind: " + each.kind + ", told: " + told(each.when) + each.rest + "}\n";
    text += "events:\n  - {kind: other, text: Always there., told: {ca: 2026-05-01T00:00:00Z}}\n";
    for (const Happening& each : happenings)
      if (!each.in_case) text += "  - {kind: " + each.kind + ", told: " + told(each.when) + each.rest + "}\n";
    return text;
  }
};

class Drawing {
 public:
  explicit Drawing(unsigned seed) : random_(seed) {}

  Draw draw(bool exact = false) {
    exact_ = exact;
    Draw result;
    result.complete = below(3) > 0;
    add(result, "problem-report-received", "", true, 1);
    add(result, "evidence-obtained", "", true, 2);
    add(result, "made-aware", "", true, 2);
    add(result, "holding-reply", ", to: reporter", true, 2);
    add(result, "preliminary-report", ", to: [reporter, subscriber]", true, 2);
    add(result, "preliminary-report", "", true, 3);
    add(result, "revocation", "", true, 2);
    add(result, "revocation-published", "", true, 2);
    add(result, "made-aware", "", false, 2);
    add(result, "incident-disclosed", "", false, 2);
    add(result, "full-incident-report", "", false, 2);
    add(result, "update", "", false, 1);
    add(result, "update", "", false, 2);
    add(result, "bug-closed", "", false, 3);
    add(result, "preliminary-report", ", to: reporter, delivery: sent", true, 4);
    add(result, "still-open", ", still-open: [revocation, revocation-published, preliminary-report]", true, 4);
    add(result, "revocation-partial", ", counts: {done: 3, of: 4}", true, 4);
    add(result, "revocation-partial", ", counts: {done: 4, of: 4}", true, 5);
    add(result, "revocation", "", false, 5);
    add(result, "expired", "", true, 5);
    add(result, "delay-announced", "", false, 4);
    add(result, "delayed-revocation-report", "", false, 4);
    add(result, "closure-requested", "", false, 4);
    add(result, "question-asked", "", false, 4);
    add(result, "next-update-set", ", date: 2026-05-12, id: one", false, 4);
    add(result, "next-update-set", ", date: 2026-05-15, id: other", false, 5);
    return result;
  }

  std::int64_t below(std::int64_t bound) { return static_cast<std::int64_t>(random_() % static_cast<std::uint64_t>(bound)); }
  template <class T>
  void shuffle(std::vector<T>& all) {
    std::shuffle(all.begin(), all.end(), random_);
  }

 private:
  // One of `rarity` times.
  void add(Draw& draw, const char* kind, const char* rest, bool in_case, std::int64_t rarity) {
    if (below(rarity) != 0) return;
    // Where it matters: around whole hours and days after the start.
    std::int64_t seconds = below(2) == 0 ? below(12 * 86'400) : below(12) * 86'400 + below(3) * 3'600 + below(3) - 1;
    seconds = std::max<std::int64_t>(seconds, 0);
    const Unit unit = exact_ || below(2) == 0 ? Unit::second : below(2) == 0 ? Unit::minute : Unit::day;
    draw.happenings.push_back({kind, rest, {seconds, unit}, in_case});
  }

  std::mt19937_64 random_;
  bool exact_ = false;
};

using Outcomes = std::map<std::string, std::string>;

/// Standing and margin of everything that is judged, by duty and subject.
Outcomes outcomes(const JudgedFile& file, bool with_margin) {
  Outcomes all;
  for (const Judgement& each : file.assessment.judgements) {
    const std::string key = std::string(each.duty->id) + " " + file.subject(each);
    all[key] = with_margin                                    ? finding(each)
               : each.applicability == Applicability::applies ? std::string(name(each.standing))
                                                              : std::string(name(each.applicability));
  }
  return all;
}

/// What two outcomes do not share, to be shown; empty when they are the same.
std::string difference(const Outcomes& a, const Outcomes& b) {
  std::string text;
  const auto add = [&text](const Outcomes& these, const Outcomes& those, const char* side) {
    for (const auto& [key, value] : these)
      if (const auto other = those.find(key); other == those.end() || other->second != value)
        text += std::string(side) + key + ": " + value + "\n";
  };
  add(a, b, "- ");
  add(b, a, "+ ");
  return text;
}

bool is_decided(const std::string& standing) { return standing == "met" || standing == "breached"; }

}  // namespace

TEST_CASE("the same file judged twice gives the same") {
  for (unsigned seed = 0; seed < incidents / 3; ++seed) {
    const std::string text = Drawing(seed).draw().text();
    INFO(text);
    CHECK(difference(outcomes(judged(text, late), true), outcomes(judged(text, late), true)) == "");
  }
}

TEST_CASE("the order of the events in the file changes no verdict") {
  for (unsigned seed = 0; seed < incidents; ++seed) {
    Drawing drawing(seed);
    Draw draw = drawing.draw();
    const std::string before = draw.text();
    drawing.shuffle(draw.happenings);
    INFO(before);
    INFO(draw.text());
    CHECK(difference(outcomes(judged(before, late), true), outcomes(judged(draw.text(), late), true)) == "");
  }
}

TEST_CASE("an account that tells the same changes no standing") {
  for (unsigned seed = 0; seed < incidents; ++seed) {
    Draw draw = Drawing(seed).draw();
    const std::string alone = draw.text();
    draw.tellers = 2;
    INFO(alone);
    CHECK(difference(outcomes(judged(alone, late), true), outcomes(judged(draw.text(), late), true)) == "");
  }
}

TEST_CASE("a narrower stamp turns no decided verdict into the other") {
  for (unsigned seed = 0; seed < incidents; ++seed) {
    Drawing drawing(seed);
    Draw draw = drawing.draw();
    const std::string wide = draw.text();
    const Outcomes before = outcomes(judged(wide, late), false);
    for (Happening& each : draw.happenings) {
      // Some second within the minute or the day that was written.
      const std::int64_t length = longest(each.when.unit).count();
      each.when.seconds = each.when.seconds / length * length + drawing.below(length);
      each.when.unit = Unit::second;
    }
    const JudgedFile narrow = judged(draw.text(), late);
    // A stamp narrowed against the order of events tells another story.
    if (!narrow.assessment.contradictions.empty()) continue;
    INFO(wide);
    INFO(draw.text());
    for (const auto& outcome : outcomes(narrow, false)) {
      const auto known = before.find(outcome.first);
      if (known == before.end() || !is_decided(known->second) || !is_decided(outcome.second)) continue;
      INFO(outcome.first);
      CHECK(known->second == outcome.second);
    }
  }
}

TEST_CASE("as time passes what runs is decided, and what was decided stays") {
  for (unsigned seed = 0; seed < incidents; ++seed) {
    Drawing drawing(seed);
    Draw draw = drawing.draw(true);
    draw.complete = true;
    // Everything happened before the first look, so that only time passes.
    std::int64_t last = 0;
    for (const Happening& each : draw.happenings) last = std::max(last, each.when.seconds);
    Instant look = start + Seconds{last + 1};
    const std::string text = draw.text();
    JudgedFile before = judged(text, rfc3339(look));
    for (int step = 0; step < 6; ++step) {
      look += Seconds{drawing.below(4 * 86'400)};
      JudgedFile now = judged(text, rfc3339(look));
      const Outcomes standings = outcomes(now, false);
      INFO(text);
      INFO(rfc3339(look));
      for (const Judgement& each : before.assessment.judgements) {
        // Where nobody tells when the clock started, the deadline itself can still come to lie in the past.
        const bool is_started = each.shown().trigger && each.shown().trigger->told.moment.is_exact();
        if (each.applicability != Applicability::applies || !is_started) continue;
        const std::string key = std::string(each.duty->id) + " " + before.subject(each);
        const auto found = standings.find(key);
        INFO(key);
        REQUIRE(found != standings.end());
        if (is_decided(std::string(name(each.standing)))) CHECK(found->second == name(each.standing));
        if (each.standing == Standing::running) CHECK((found->second == "running" || is_decided(found->second)));
      }
      before = std::move(now);
    }
  }
}

TEST_CASE("whatever is not told of by anybody complete is never breached for want of it") {
  for (unsigned seed = 0; seed < incidents; ++seed) {
    Draw draw = Drawing(seed).draw();
    draw.complete = false;
    const std::string text = draw.text();
    INFO(text);
    const JudgedFile file = judged(text, "2026-07-20T00:00:00Z");
    for (const Judgement& each : file.assessment.judgements) {
      const std::string what = std::string(each.duty->id) + " " + file.subject(each) + ": " + each.shown().because;
      INFO(what);
      // Late, by something that was told: a late act, or an act whose earliest possible time is late.
      if (each.applicability == Applicability::applies && each.standing == Standing::breached)
        CHECK((!each.shown().still_open || each.shown().because.find("complete in this respect") == std::string::npos));
    }
  }
}
