#include <cita/reconcile/finding.hpp>
#include <cita/time/format.hpp>

namespace cita {

namespace {

std::string line(const Verdict& verdict, std::optional<RequirementLevel> level, Applicability applicability, Standing standing,
                 const std::optional<Elapsed>& margin) {
  std::string text(level ? level_keys()[static_cast<std::size_t>(*level)] : "-");
  if (applicability == Applicability::not_applicable || applicability == Applicability::not_in_force)
    return text + " " + std::string(name(applicability));
  text += " " + std::string(applicability == Applicability::undetermined ? "may-not-apply" : name(standing));
  if (margin) text += ", " + show_margin(*margin);
  const auto mark = [&text](bool is_so, const char* word) {
    if (is_so) text += std::string(" (") + word + ")";
  };
  mark(verdict.still_open && margin.has_value(), "still open");
  mark(verdict.announced, "announced");
  mark(verdict.at_boundary && standing == Standing::met, "at the boundary");
  mark(verdict.by_rounding, "rounding");
  mark(verdict.approximate, "approximate");
  mark(verdict.advisory, "advisory");
  if (!verdict.missing.empty()) {
    text += " lacks";
    for (const std::string& each : verdict.missing) text += " " + each;
  }
  return text;
}

}  // namespace

std::string finding(const Judgement& judgement) {
  return line(judgement.shown(), judgement.level, judgement.applicability, judgement.standing, judgement.margin);
}

std::string finding(const Verdict& verdict) {
  const auto level = verdict.edition != nullptr ? std::optional(verdict.edition->level) : std::nullopt;
  return line(verdict, level, verdict.applicability, verdict.standing, verdict.margin);
}

std::string finding_line(const Judgement& judgement, const Incident& incident) {
  const std::string subject = describe(judgement.subject, incident);
  return (subject.empty() ? std::string("incident") : subject) + ": " + finding(judgement);
}

}  // namespace cita
