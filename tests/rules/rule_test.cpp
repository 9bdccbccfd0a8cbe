// A rule written in C++: given to assess beside the packs, and what becomes of one that throws or is not there.
#include "reconcile/support.hpp"

#include <cita/policy/pack_file.hpp>
#include <cita/rules/rules.hpp>

#include <memory>
#include <stdexcept>

using namespace cita;
using namespace cita::testing;

namespace {

const std::string pack_text =
    "pack: house\n"
    "title: House rules\n"
    "short-title: House\n"
    "publisher: Example CA\n"
    "url: https://ca.example/rules\n"
    "checked: {until: 2027-01-01, note: Made for a test.}\n"
    "duties:\n"
    "  - id: say-what-happened\n"
    "    title: Every event says what happened\n"
    "    text: Every event of the timeline has a text.\n"
    "    pattern: agree\n"
    "    per: incident\n"
    "    who: CA\n"
    "    applies: {any: [certificates: tls, certificates: ev]}\n"
    "    trigger: {events: [update]}\n"
    "    rule: texts\n"
    "    example: An update without a text breaches this.\n"
    "    editions:\n"
    "      - {from: 2020-01-01, section: \"1\", level: should}\n";

/// Every event of the incident has a text.
class TextsRule final : public Rule {
 public:
  std::string_view name() const override { return "texts"; }
  bool raised(const Duty&, const Pack&, Scene& scene, const Subject&) const override { return !scene.incident().events.empty(); }
  void judge(const Duty& duty, const Pack&, Scene& scene, Verdict& verdict) const override {
    verdict.edition = &duty.editions.front();
    verdict.standing = Standing::met;
    for (const Event& event : scene.incident().events)
      if (event.text.empty()) verdict.standing = Standing::breached;
  }
};

class ThrowingRule final : public Rule {
 public:
  std::string_view name() const override { return "texts"; }
  bool raised(const Duty&, const Pack&, Scene&, const Subject&) const override { return true; }
  void judge(const Duty&, const Pack&, Scene&, Verdict&) const override { throw std::runtime_error("no such text"); }
};

const Catalog& house() {
  static Diagnostics diagnostics;
  static const auto pack = read_pack(std::make_shared<const Source>("house.yaml", pack_text), diagnostics);
  static const Catalog catalog = [] {
    if (!pack) throw std::runtime_error(diagnostics.all().empty() ? "no pack" : diagnostics.all().front().message);
    Catalog made;
    made.add(pack->pack);
    return made;
  }();
  return catalog;
}

JudgedFile judged_by(const std::vector<const Rule*>& rules, const std::string& event,
                     const std::string& use = "certificates: tls") {
  return judged(incident_of("cita: 1\nincident: {title: Test, " + use + "}\nevents: [" + event + "]\n"),
                instant("2026-06-01T00:00:00Z"), rules, house());
}

const std::string silent = "{kind: update, at: 2026-05-01T00:00:00Z}";
const std::string telling = "{kind: update, at: 2026-05-01T00:00:00Z, text: More is known.}";
const std::string duty = "house.say-what-happened";

}  // namespace

TEST_CASE("a rule that is given judges the duties that name it") {
  const TextsRule rule;
  CHECK(judged_by({&rule}, telling).line(duty) == "should met");
  CHECK(judged_by({&rule}, silent).line(duty) == "should breached");
}

TEST_CASE("a rule is asked only where the duty applies, and what is open stays open") {
  const TextsRule rule;
  CHECK(judged_by({&rule}, silent, "certificates: smime").line(duty) == "nothing");
  CHECK(judged_by({&rule}, silent, "bug: 1").line(duty) == "should may-not-apply");
}

TEST_CASE("a rule that throws leaves its duty undetermined and says so") {
  const ThrowingRule rule;
  const JudgedFile file = judged_by({&rule}, silent);
  CHECK(file.line(duty) == "- undetermined");
  CHECK(file.judgement(duty).shown().because == "internal error in this rule: no such text");
  CHECK_FALSE(file.judgement(duty).is_finding());
}

TEST_CASE("a rule that is not there leaves its duty undetermined and says so") {
  const JudgedFile file = judged_by({}, silent);
  CHECK(file.line(duty) == "- undetermined");
  CHECK(file.judgement(duty).shown().because == "there is no rule 'texts' in this program");
}

TEST_CASE("a rule that is given goes before a built-in one of the same name") {
  class Other final : public Rule {
   public:
    std::string_view name() const override { return "crl-reason"; }
    bool raised(const Duty&, const Pack&, Scene&, const Subject&) const override { return true; }
    void judge(const Duty& judged, const Pack&, Scene&, Verdict& verdict) const override {
      verdict.edition = &judged.editions.back();
      verdict.standing = Standing::met;
    }
  };
  const Other other;
  const std::string text = tls(
      "cases: {\"1\": {alleges: key-compromise, events: [{kind: revocation, reason: superseded, at: 2026-05-01T00:00:00Z}]}}\n");
  const std::string subject = "case 1, key-compromise (asserted by the reporter)";
  CHECK(judged(incident_of(text), instant("2026-06-01T00:00:00Z")).line("tls-br.crl-reason-for-the-ground", subject) ==
        "must breached");
  CHECK(judged(incident_of(text), instant("2026-06-01T00:00:00Z"), {&other}).line("tls-br.crl-reason-for-the-ground", subject) ==
        "must met");
}

TEST_CASE("built-in rules are found by the name that packs use") {
  REQUIRE(built_in_rule("crl-reason") != nullptr);
  CHECK(built_in_rule("crl-reason")->name() == "crl-reason");
  CHECK(built_in_rule("no-such-rule") == nullptr);
}
