// Judges an incident with an installed cita. Behind it stands each library that cita is linked with: YAML, zones, texts.
#include <cita/base/text.hpp>
#include <cita/input/incident_file.hpp>
#include <cita/policy/catalog.hpp>
#include <cita/reconcile/judgement.hpp>
#include <cita/time/format.hpp>
#include <cita/time/notation.hpp>
#include <cita/version.hpp>

#include <iostream>

namespace {

constexpr char file[] = R"(
cita: 1
incident:
  title: "Example CA: 報告 by night"
  ca: {name: Example CA}
  certificates: tls
accounts:
  ca: {kind: ca, zone: Europe/Berlin}
events:
  - {at: "2026-05-04 10:10", kind: problem-report-received, case: 4711, alleges: key-compromise}
  - {at: "2026-05-05 22:31", kind: preliminary-report, case: 4711, to: reporter}
)";

}  // namespace

int main() {
  std::cout << "cita " << cita::version << '\n';

  cita::Diagnostics diagnostics;
  const auto incident = cita::read_incident(std::make_shared<const cita::Source>("incident.yaml", file), diagnostics);
  for (const cita::Diagnostic& each : diagnostics.all()) std::cout << each.code << ": " << each.message << '\n';
  if (!incident) return 1;
  std::cout << incident->title << ": " << cita::text::width(incident->title) << " columns\n";

  const auto as_of = cita::read_notation("2026-06-01T00:00:00Z", {});
  const cita::Catalog catalog = cita::Catalog::built_in();
  const cita::Assessment assessment = cita::assess(*incident, catalog, as_of.stamp->moment.earliest(), diagnostics);
  for (const cita::Judgement& judgement : assessment.judgements)
    if (judgement.duty->id == "tls-br.preliminary-report-within-24-hours" && judgement.standing == cita::Standing::breached) {
      std::cout << "preliminary report: " << cita::show_margin(judgement.margin.value_or(cita::Elapsed{})) << '\n';
      break;
    }
}
