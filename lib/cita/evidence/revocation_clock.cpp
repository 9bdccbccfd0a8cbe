#include <cita/evidence/revocation_clock.hpp>

#include <algorithm>

namespace cita::evidence {

namespace {

bool contains(std::span<const EventKind> kinds, EventKind kind) {
  return std::find(kinds.begin(), kinds.end(), kind) != kinds.end();
}

void widen(Bounds& bounds, const std::optional<Moment>& by, bool is_first) {
  const Bounds other = by ? Bounds{by->earliest(), by->latest()} : Bounds{};
  bounds = is_first ? other : Bounds{std::min(bounds.first, other.first), std::max(bounds.last, other.last)};
}

}  // namespace

bool binds(const Judgement& judgement) {
  return judgement.level && (is_must(*judgement.level) || *judgement.level == RequirementLevel::lc_must);
}

namespace {

bool is_on_certificates(const Judgement& judgement) {
  const Duty& duty = *judgement.duty;
  const bool is_open =
      judgement.applicability == Applicability::applies || judgement.applicability == Applicability::undetermined;
  return duty.pattern == Pattern::respond && duty.per == Per::certificates && !duty.reason_table.empty() &&
         duty.trigger.missed.empty() && judgement.level && is_open && !judgement.is_draft();
}

bool is_met_by(const Judgement& judgement, EventKind kind) { return contains(judgement.duty->discharge.kinds, kind); }

}  // namespace

bool asks_to_revoke(const Judgement& judgement) {
  return is_on_certificates(judgement) && is_met_by(judgement, EventKind::revocation);
}

bool asks_to_publish(const Judgement& judgement) {
  return is_on_certificates(judgement) && is_met_by(judgement, EventKind::revocation_published) && !asks_to_revoke(judgement);
}

RevocationClock clock_of(const Judgement& judgement, const Incident& incident) {
  RevocationClock clock;
  const Verdict& shown = judgement.shown();
  Subject without_place = judgement.subject;
  without_place.in_case = without_place.cohort = none;
  clock.title = std::string(judgement.duty->title) + ", " + describe(without_place, incident);
  clock.duty = judgement.duty->id;
  clock.document =
      std::string(judgement.pack->short_title) + (shown.edition != nullptr ? " " + std::string(shown.edition->section) : "");
  if (shown.edition != nullptr) clock.limit = describe(shown.edition->limit);
  if (shown.trigger) clock.started = shown.trigger->what;
  clock.governs = judgement.governing;
  clock.binds = binds(judgement);
  clock.is_guessed = judgement.has_guessed_start();
  if (judgement.applicability != Applicability::applies)
    clock.doubt = shown.applicability_because.empty() ? "whether it applies is open" : shown.applicability_because;
  clock.short_lived = judgement.pack->short_lived;
  bool is_first = true;
  for (const ViewVerdict& view : judgement.views) {
    if (!view.default_readings) continue;
    const Verdict& verdict = view.verdict;
    const Truth exempts = truth(verdict.edition != nullptr && verdict.edition->short_lived_exempt);
    clock.exempts_short_lived = is_first || clock.exempts_short_lived == exempts ? exempts : Truth::unknown;
    widen(clock.start, verdict.trigger ? std::optional(verdict.trigger->told.moment) : std::nullopt, is_first);
    widen(clock.last_on_time, verdict.deadline, is_first);
    if (verdict.trigger && verdict.trigger->told.moment.unit() != Unit::second)
      clock.rounding = std::max(clock.rounding, longest(verdict.trigger->told.moment.unit()));
    is_first = false;
  }
  return clock;
}

}  // namespace cita::evidence
