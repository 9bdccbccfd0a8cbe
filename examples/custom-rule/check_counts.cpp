// check-counts PACK INCIDENT AS-OF: judges an incident with a rule that no pattern can say.
//
// A duty of a pack names the rule (`rule: counts-agree`); its level, its dates and its citation stay in the pack. A rule looks at
// the incident through a Scene, which shows it as one view does: whose account is believed, how open texts are read.
#include <cita/input/incident_file.hpp>
#include <cita/policy/pack_file.hpp>
#include <cita/reconcile/finding.hpp>
#include <cita/rules/rule.hpp>
#include <cita/time/notation.hpp>

#include <algorithm>
#include <fstream>
#include <iostream>
#include <sstream>

namespace {

const cita::EventKind progress[] = {cita::EventKind::revocation_partial};

class CountsAgree final : public cita::Rule {
 public:
  std::string_view name() const override { return "counts-agree"; }

  // Without a count on either side there is nothing to compare.
  bool raised(const cita::Duty&, const cita::Pack&, cita::Scene& scene, const cita::Subject& subject) const override {
    return cita::certificates_of(scene.incident(), subject).total() && !counted(scene, subject).empty();
  }

  void judge(const cita::Duty& duty, const cita::Pack&, cita::Scene& scene, cita::Verdict& verdict) const override {
    const auto all = counted(scene, verdict.subject);
    const std::int64_t total = *cita::certificates_of(scene.incident(), verdict.subject).total();
    const auto differs = [&](const cita::Told& told) { return *event(scene, told).of != total; };
    const auto wrong = std::find_if(all.begin(), all.end(), differs);
    const cita::Told& shown = wrong == all.end() ? all.front() : *wrong;
    verdict.edition = &duty.editions.front();
    verdict.trigger = cita::End{shown, "the progress of revocation"};
    if (wrong == all.end()) {
      verdict.standing = cita::Standing::met;
      verdict.because = "all reports on progress count " + std::to_string(total) + " certificates in all";
    } else {
      verdict.standing = shown.certain ? cita::Standing::breached : cita::Standing::undetermined;
      verdict.because =
          "it counts " + std::to_string(*event(scene, shown).of) + " certificates in all, the report " + std::to_string(total);
      verdict.would_have_met = "the same total in both";
    }
  }

 private:
  static const cita::Event& event(const cita::Scene& scene, const cita::Told& told) {
    return scene.incident().events[static_cast<std::size_t>(told.event)];
  }
  static std::vector<cita::Told> counted(cita::Scene& scene, const cita::Subject& subject) {
    auto all = scene.occurrences(progress, subject);
    std::erase_if(all, [&scene](const cita::Told& told) { return !event(scene, told).of; });
    return all;
  }
};

std::shared_ptr<const cita::Source> read(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  return std::make_shared<const cita::Source>(path, text.str());
}

int complain(const cita::Diagnostics& diagnostics) {
  for (const cita::Diagnostic& each : diagnostics.all()) std::cerr << each.message << '\n';
  return 2;
}

}  // namespace

int main(int count, char** arguments) {
  if (count != 4) {
    std::cerr << "check-counts PACK INCIDENT AS-OF\n";
    return 2;
  }
  cita::Diagnostics diagnostics;
  const auto pack = cita::read_pack(read(arguments[1]), diagnostics);
  const auto incident = cita::read_incident(read(arguments[2]), diagnostics);
  const auto as_of = cita::read_notation(arguments[3], {});
  if (!pack || !incident || !as_of) return complain(diagnostics);

  cita::Catalog catalog = cita::Catalog::built_in();
  catalog.add(pack->pack);
  const CountsAgree rule;
  const auto assessment = cita::assess(*incident, catalog, as_of.stamp->moment.earliest(), diagnostics, {&rule});
  for (const cita::Judgement& judgement : assessment.judgements) {
    if (cita::Catalog::built_in().duty(judgement.duty->id) != nullptr) continue;
    std::cout << judgement.duty->id << "\n  " << cita::finding_line(judgement, *incident) << "\n  because "
              << judgement.shown().because << '\n';
  }
}
