// What a report's timeline says of times, and whether it contradicts itself.
#include <cita/base/text.hpp>
#include <cita/lint/report_lint.hpp>
#include <cita/time/format.hpp>
#include <cita/time/placing.hpp>

#include <fmt/format.h>

#include <algorithm>

namespace cita::lint {

namespace {

bool has_timeline(const Checker& checker) { return !checker.is(FormKind::closure) && !checker.is(FormKind::preliminary); }

std::string key_of(const TimelineRow& row) { return row.time_text + " " + row.text.substr(0, 60); }

// "2026-05-04 (time of day not recorded)"
bool says_not_recorded(const TimelineRow& row) {
  return text::simplified(row.span.text()).find("not recorded") != std::string::npos;
}

bool is_of_summary(const TimelineRow& row) { return normalised_label(row.label).starts_with("non-compliance"); }

}  // namespace

void check_no_timeline(Checker& checker) {
  if (!has_timeline(checker)) return;
  const auto& rows = checker.report.timeline.rows;
  const auto is_dated = [](const TimelineRow& row) { return !row.time_text.empty() && !is_of_summary(row); };
  if (std::any_of(rows.begin(), rows.end(), is_dated)) return;
  Span place;
  for (const ReportSection& section : checker.report.sections)
    if (section.line == checker.report.timeline.line && section.span) place = section.span;
  checker.find(place, "the timeline has no entry with a time").help = "tell what happened here, also where another bug tells it";
}

// One statement of the zone settles all of them, so there is one finding for those that lack it.
void check_zone(Checker& checker) {
  const TimelineRow* first = nullptr;
  int count = 0;
  for (const TimelineRow& row : checker.report.timeline.rows) {
    if (!row.time || row.event.of_another || row.time.stamp->moment.unit() >= Unit::day) continue;
    if (!has_assumption(*row.time.stamp, AssumptionKind::unknown_zone)) continue;
    if (first == nullptr) first = &row;
    ++count;
  }
  if (first == nullptr) return;
  checker.find(first->span, count == 1 ? "a time has no zone" : fmt::format("{} times have no zone", count)).help =
      "write 'All times are UTC.' above the timeline, or give each time its offset";
}

void check_minute(Checker& checker) {
  for (const TimelineRow& row : checker.report.timeline.rows) {
    if (!row.time || row.event.of_another || is_of_summary(row) || row.time.stamp->moment.unit() < Unit::hour) continue;
    const Moment& moment = row.time.stamp->moment;
    const bool is_to_come = row.event.kind == EventKind::revocation_planned || moment.latest() > checker.request.as_of;
    if (moment.is_open_before() || moment.is_open_after() || is_to_come || says_not_recorded(row)) continue;
    checker.find(row.span, "'" + text::shown(row.time_text) + "' gives no minutes", key_of(row)).help =
        "give hours and minutes, or say that they are not recorded";
  }
}

void check_unreadable(Checker& checker) {
  for (const TimelineRow& row : checker.report.timeline.rows) {
    if (row.time_text.empty() || row.time || row.event.of_another) continue;
    LintFinding& finding = checker.find(row.span, "'" + text::shown(row.time_text) + "': " + row.time.error.message, key_of(row));
    finding.help = row.time.error.help;
  }
}

void check_weekday(Checker& checker) {
  const auto look_at = [&checker](const Stamp& stamp, const std::string& written, Span span, const std::string& key) {
    for (const Complaint& each : stamp.complaints)
      if (each.code == "weekday-contradicts-date" || each.code == "clocks-disagree")
        checker.find(span, "'" + text::shown(written) + "': " + each.text, key).help = each.help;
  };
  for (const TimelineRow& row : checker.report.timeline.rows)
    if (row.time) look_at(*row.time.stamp, row.time_text, row.span, key_of(row));
  for (const TimelineDay& each : checker.report.timeline.days)
    if (each.day) look_at(*each.day.stamp, each.day.stamp->text, each.span, each.day.stamp->text);
}

void check_order(Checker& checker) {
  const TimelineRow* before = nullptr;
  for (const TimelineRow& row : checker.report.timeline.rows) {
    if (!row.time || is_of_summary(row) || row.event.of_another || !row.label.empty()) continue;
    if (before != nullptr && before->of_case == row.of_case &&
        cita::before(row.time.stamp->moment, before->time.stamp->moment) == Truth::yes) {
      LintFinding& finding = checker.find(
          row.span, fmt::format("this is earlier ({}) than the entry above it", show(row.time.stamp->moment)), key_of(row));
      finding.help = "check the year, the day and the zone; put the entries into the order of time";
      finding.related.push_back({before->span, "the entry above: " + show(before->time.stamp->moment)});
    }
    before = &row;
  }
}

// The summary's dates against the entries of the timeline that say the same in words that leave no doubt.
void check_summary_dates(Checker& checker) {
  const auto& rows = checker.report.timeline.rows;
  for (const TimelineRow& summary : rows) {
    if (!is_of_summary(summary) || !summary.time) continue;
    for (const TimelineRow& row : rows) {
      const bool is_same =
          !is_of_summary(row) && row.time && row.event.kind == summary.event.kind && row.event.certainty >= Certainty::likely;
      if (!is_same || agree_within_rounding(row.time.stamp->moment, summary.time.stamp->moment)) continue;
      // Something may be detected several times; the incident begins and ends once.
      if (summary.event.kind == EventKind::detected) continue;
      LintFinding& finding = checker.find(summary.span,
                                          fmt::format("'{}' is {}, and the timeline has {}", summary.label,
                                                      show(summary.time.stamp->moment), show(row.time.stamp->moment)),
                                          summary.label);
      finding.help = "write the time that is right in both places";
      finding.related.push_back({row.span, "the timeline's entry"});
      finding.unsure = row.event.certainty != Certainty::certain;
      break;
    }
  }
  const auto time_of = [&rows](EventKind kind) -> const TimelineRow* {
    for (const TimelineRow& row : rows)
      if (is_of_summary(row) && row.event.kind == kind && row.time) return &row;
    return nullptr;
  };
  const TimelineRow* began = time_of(EventKind::non_compliance_began);
  for (const EventKind later : {EventKind::detected, EventKind::non_compliance_ended}) {
    const TimelineRow* after = time_of(later);
    if (began == nullptr || after == nullptr || cita::before(after->time.stamp->moment, began->time.stamp->moment) != Truth::yes)
      continue;
    LintFinding& finding =
        checker.find(after->span, fmt::format("'{}' is before the non-compliance began", after->label), after->label);
    finding.help = "check the dates";
    finding.related.push_back({began->span, "when it began"});
  }
}

namespace {

// A row that names neither may be about either.
bool may_be_to(std::span<const Addressee> to, const TimelineRow& row) {
  const std::string simple = text::simplified(row.text);
  const auto has = [&simple](std::initializer_list<std::string_view> words) {
    return std::any_of(words.begin(), words.end(),
                       [&simple](std::string_view word) { return simple.find(word) != std::string::npos; });
  };
  const bool names_subscriber = has({"subscriber", "customer", "certificate holder"});
  const bool names_reporter = has({"reporter", "researcher", "submitter", "sender", "filer"});
  const bool is_to_subscriber = std::find(to.begin(), to.end(), Addressee::subscriber) != to.end();
  return names_subscriber == names_reporter || (is_to_subscriber ? names_subscriber : names_reporter);
}

// A change that was made when the incident was known repairs and contributes to nothing.
bool is_repair(const TimelineRow& row, const std::vector<TimelineRow>& rows) {
  static constexpr EventKind knowing[] = {EventKind::detected, EventKind::made_aware, EventKind::problem_report_received,
                                          EventKind::audit_finding_known};
  return row.event.kind != EventKind::cause_introduced && row.time &&
         std::any_of(rows.begin(), rows.end(), [&row](const TimelineRow& each) {
           return each.time && !is_of_summary(each) &&
                  std::find(std::begin(knowing), std::end(knowing), each.event.kind) != std::end(knowing) &&
                  cita::before(each.time.stamp->moment, row.time.stamp->moment) == Truth::yes;
         });
}

bool is_needed(Needed needed, const Checker& checker) {
  const auto& rows = checker.report.timeline.rows;
  const auto tells = [&rows](EventKind kind) {
    return std::any_of(rows.begin(), rows.end(), [kind](const TimelineRow& row) { return row.event.kind == kind; });
  };
  const FoundPlace* issuance = checker.report.place(ReportValue::issuance_stopped);
  switch (needed) {
    case Needed::always: return true;
    case Needed::revocation_delay: return checker.request.revocation_delay;
    case Needed::revocation_over: return checker.request.revocation_delay && tells(EventKind::revocation_planned);
    case Needed::problem_report: return tells(EventKind::problem_report_received);
    case Needed::reporter_answer: return tells(EventKind::problem_report_received);
    case Needed::issuance_stopped: return issuance != nullptr && text::simplified(issuance->value).starts_with("yes");
    case Needed::certificates:
    case Needed::optional: return false;
  }
  return false;
}

}  // namespace

// Which kind an entry is of is read from its words, so that a missing one may stand there in other words.
void check_expected(Checker& checker) {
  const auto& rows = checker.report.timeline.rows;
  const auto is_entry = [](const TimelineRow& row) { return !is_of_summary(row); };
  if (checker.report.form == nullptr || std::none_of(rows.begin(), rows.end(), is_entry)) return;
  for (const ReportBlock& block : checker.report.form->blocks)
    for (const ExpectedEntry& entry : block.expects) {
      if (entry.events.empty() || !is_needed(entry.needed, checker)) continue;
      const auto is_meant = [&entry](EventKind kind) {
        return std::find(entry.events.begin(), entry.events.end(), kind) != entry.events.end();
      };
      // A row may tell several things, a clause each.
      const bool contributes = is_meant(EventKind::cause_introduced);
      const auto tells = [&is_meant, &entry, &rows, contributes](const TimelineRow& row) {
        if (contributes && is_repair(row, rows)) return false;
        if (!entry.to.empty() && !may_be_to(entry.to, row)) return false;
        if (is_meant(row.event.kind)) return true;
        std::string_view rest = row.text;
        while (!rest.empty()) {
          const std::size_t end = std::min({rest.find(';'), rest.find(','), rest.find(" and "), rest.size()});
          if (is_meant(classify_event(rest.substr(0, end)).kind)) return true;
          rest.remove_prefix(std::min(end + 1, rest.size()));
        }
        return false;
      };
      if (std::any_of(rows.begin(), rows.end(), tells)) continue;
      LintFinding& finding =
          checker.find({}, fmt::format("no entry of the timeline seems to tell {}", entry.text), std::string(entry.text));
      for (const ReportSection& section : checker.report.sections)
        if (section.line == checker.report.timeline.line) finding.span = section.span;
      finding.help = "add it, or say why there is none";
      finding.unsure = true;
    }
}

}  // namespace cita::lint
