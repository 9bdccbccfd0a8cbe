#include <cita/output/check_report.hpp>
#include <cita/output/result.hpp>
#include <cita/time/format.hpp>

namespace cita {

void Tally::add(const Judgement& judgement) {
  if (judgement.applicability == Applicability::not_in_force || judgement.applicability == Applicability::not_applicable) {
    ++not_judged;
  } else if (judgement.is_draft()) {
    ++drafted;
  } else if (judgement.suppressed) {
    ++suppressed;
  } else if (judgement.known) {
    ++known;
  } else if (judgement.applicability == Applicability::undetermined) {
    ++undetermined;
  } else {
    switch (judgement.standing) {
      case Standing::met: ++met; break;
      case Standing::running: ++running; break;
      case Standing::undetermined: ++undetermined; break;
      case Standing::breached:
        if (judgement.shown().advisory) ++advisory;
        else if (judgement.level && is_must(*judgement.level)) ++must_breached;
        else if (judgement.level && is_expected(*judgement.level)) ++expected_breached;
        else ++should_missed;
        break;
    }
  }
}

void Tally::add(const Result& result) {
  if (result.kind == ResultKind::not_applicable) {
    ++not_judged;
  } else if (result.suppressed) {
    ++suppressed;
  } else if (result.known) {
    ++known;
  } else {
    switch (result.kind) {
      case ResultKind::pass: ++met; break;
      case ResultKind::open: ++running; break;
      case ResultKind::review: ++undetermined; break;
      case ResultKind::not_applicable: break;
      case ResultKind::fail:
        switch (result.level) {
          case ResultLevel::must: ++must_breached; break;
          case ResultLevel::expected: ++expected_breached; break;
          case ResultLevel::should: ++should_missed; break;
          case ResultLevel::advisory: ++advisory; break;
        }
        break;
    }
  }
}

void Tally::add(const Tally& other) {
  must_breached += other.must_breached;
  expected_breached += other.expected_breached;
  should_missed += other.should_missed;
  undetermined += other.undetermined;
  running += other.running;
  met += other.met;
  not_judged += other.not_judged;
  suppressed += other.suppressed;
  known += other.known;
  advisory += other.advisory;
  drafted += other.drafted;
}

bool Tally::fails(FailOn level) const {
  switch (level) {
    case FailOn::never: return false;
    case FailOn::undetermined:
      if (undetermined > 0) return true;
      [[fallthrough]];
    case FailOn::should:
      if (should_missed > 0) return true;
      [[fallthrough]];
    case FailOn::expected:
      if (expected_breached > 0) return true;
      [[fallthrough]];
    case FailOn::must: return must_breached + contradicted > 0;
  }
  return false;
}

Tally tally(const Assessment& assessment) {
  Tally result;
  for (const Judgement& each : assessment.judgements) result.add(each);
  return result;
}

std::string describe(const Tally& t) {
  std::string text;
  const auto add = [&text](int count, const char* what) {
    if (count > 0) text += (text.empty() ? "" : ", ") + std::to_string(count) + " " + what;
  };
  add(t.must_breached, "MUST breached");
  add(t.contradicted, "contradicted claim that decides a MUST");
  add(t.expected_breached, "expectation or commitment missed");
  add(t.should_missed, "SHOULD missed");
  add(t.advisory, "advisory");
  add(t.undetermined, "undetermined");
  add(t.running, "running");
  add(t.met, "met");
  add(t.suppressed, "suppressed");
  add(t.known, "known from the baseline");
  add(t.drafted, "under a draft");
  return text.empty() ? "nothing to judge" : text;
}

std::vector<DutyCount> duty_counts(const Assessment& assessment) {
  std::vector<DutyCount> counts;
  for (const Judgement& each : assessment.judgements) {
    if (each.applicability == Applicability::not_in_force || each.applicability == Applicability::not_applicable) continue;
    if (each.is_draft()) continue;
    if (counts.empty() || counts.back().duty != each.duty) counts.push_back({each.duty, 0, 0, std::nullopt});
    DutyCount& count = counts.back();
    ++count.of;
    if (each.standing != Standing::breached) continue;
    ++count.breached;
    if (each.margin && (!count.worst || each.margin->most < count.worst->most)) count.worst = each.margin;
  }
  std::erase_if(counts, [](const DutyCount& count) { return count.of < 2 || count.breached == 0; });
  return counts;
}

std::string grouped(std::int64_t number) {
  std::string digits = std::to_string(number);
  for (std::size_t i = digits.size(); i > 3 && digits[i - 4] != '-'; i -= 3) digits.insert(i - 3, ",");
  return digits;
}

namespace {

std::string words_in_force(const Judgement& judgement) {
  if (judgement.applicability == Applicability::not_in_force) return "not in force";
  if (judgement.applicability == Applicability::not_applicable) return "not applicable";
  if (judgement.applicability == Applicability::undetermined || judgement.standing == Standing::undetermined)
    return "undetermined";
  if (judgement.standing == Standing::running) return judgement.shown().announced ? "running, announced to be missed" : "running";
  if (judgement.standing == Standing::met) return "met";
  if (!judgement.level) return "breached";
  switch (*judgement.level) {
    case RequirementLevel::must: return "MUST breached";
    case RequirementLevel::must_not: return "MUST NOT breached";
    case RequirementLevel::should: return "SHOULD missed";
    case RequirementLevel::should_not: return "SHOULD NOT missed";
    case RequirementLevel::may: return "MAY not used";
    case RequirementLevel::lc_must: return "must (lower case) breached";
    case RequirementLevel::lc_should: return "should (lower case) missed";
    case RequirementLevel::expectation: return "expectation missed";
    case RequirementLevel::commitment: return "commitment broken";
  }
  return "breached";
}

}  // namespace

std::string standing_words(const Judgement& judgement) {
  return (judgement.is_draft() ? "under the draft it would be " : "") + words_in_force(judgement);
}

std::string subject_words(const Judgement& judgement, const Incident& incident) {
  std::string text = describe(judgement.subject, incident);
  const auto& of = judgement.shown().of;
  if (judgement.subject.per != Per::certificates || !of || *of < 2) return text;
  return text + (text.empty() ? "" : ", ") + grouped(*of) + " certificates";
}

std::string why_open(const Judgement& judgement) {
  if (!judgement.open_because.empty()) return judgement.open_because;
  const Verdict& verdict = judgement.shown();
  if (verdict.applicability == Applicability::undetermined && !verdict.applicability_because.empty())
    return verdict.applicability_because;
  if (verdict.standing != Standing::undetermined && !judgement.views.front().default_readings)
    return "under the default readings nothing that is told starts this clock";
  if (verdict.standing != Standing::undetermined) return "it depends on what one believes";
  return verdict.because;
}

std::string deadline_words(const Verdict& verdict) {
  if (verdict.edition == nullptr || verdict.edition->limit.kind == LimitKind::none || !verdict.deadline) return {};
  std::string text = show(*verdict.deadline);
  if (verdict.edition->limit.kind != LimitKind::by_date && verdict.trigger)
    text += ", " + describe(verdict.edition->limit) + " after " + verdict.trigger->what;
  if (verdict.at_boundary)
    text += verdict.edition->limit.boundary == Boundary::inclusive ? "; the deadline itself is still on time"
                                                                   : "; the deadline itself is already late";
  return text;
}

namespace {

Span span_of(const End& end, const Incident& incident) {
  const int event = end.told.event != none ? end.told.event : end.told.from.empty() ? none : end.told.from.front();
  if (event == none) return {};
  const Event& at = incident.events[static_cast<std::size_t>(event)];
  if (end.told.telling != none && end.told.event != none) return at.tellings[static_cast<std::size_t>(end.told.telling)].span;
  return at.span;
}

}  // namespace

std::vector<Related> ends_of(const Verdict& verdict, const Incident& incident) {
  std::vector<Related> all;
  for (const auto* end : {&verdict.discharge, &verdict.trigger})
    if (*end) all.push_back({span_of(**end, incident), (*end)->what + ": " + show((*end)->told.moment)});
  return all;
}

std::string citation(const Verdict& verdict) {
  std::string text(verdict.pack->short_title);
  if (verdict.pack->draft) text += " (DRAFT, not in force)";
  if (verdict.edition != nullptr && !verdict.edition->section.empty()) text += " " + std::string(verdict.edition->section);
  return text;
}

std::string full_citation(const Verdict& verdict) {
  std::string text = citation(verdict);
  if (verdict.edition == nullptr) return text;
  if (verdict.edition->in_force.from > open_past) text += ", rule effective since " + show_date(verdict.edition->in_force.from);
  if (!verdict.edition->ballot.empty()) text += " (" + std::string(verdict.edition->ballot) + ")";
  if (verdict.version != nullptr) text += "; version " + std::string(verdict.version->version) + " in force";
  return text;
}

namespace {

std::string words(const Verdict& verdict, Standing standing, const std::optional<Elapsed>& margin) {
  if (!margin || (margin->open_below() && margin->open_above())) return {};
  if (standing == Standing::running) {
    return margin->least == margin->most ? "due in " + show_amount(margin->least)
                                         : "due in " + show_amount(margin->least) + " … " + show_amount(margin->most);
  }
  if (verdict.approximate && margin->open_below() && margin->most < Seconds{0})
    return "about " + show_amount(date::floor<date::days>(-margin->most)) + " late (both ends rounded to days)";
  std::string text = show_margin(*margin);
  if (verdict.still_open && standing == Standing::breached) text += ", still open";
  if (standing == Standing::undetermined && verdict.applicability == Applicability::undetermined) text = "if it applies: " + text;
  return text;
}

}  // namespace

std::string margin_words(const Judgement& judgement) { return words(judgement.shown(), judgement.standing, judgement.margin); }
std::string margin_words(const Verdict& verdict) { return words(verdict, verdict.standing, verdict.margin); }

std::string for_whom(Profile profile) {
  if (profile == Profile::author) return {};
  return std::string(profile == Profile::auditor ? ", for an " : ", for a ") + std::string(name(profile));
}

}  // namespace cita
