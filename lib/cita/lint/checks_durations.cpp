// Durations that a report states, against the times that stand beside them.
#include <cita/base/text.hpp>
#include <cita/lint/report_lint.hpp>
#include <cita/time/finding.hpp>
#include <cita/time/format.hpp>
#include <cita/time/reading.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace cita::lint {

namespace {

// "for 14 days", "within 3 hours"
struct Amount {
  std::size_t begin = 0;
  std::size_t end = 0;
  std::int64_t count = 0;
  Seconds unit{1};
  bool at_most = false;
  bool lasted = false;  // "lasted 14 days"

  // Whether an elapsed time of at least `least` and at most `most` contradicts it. People round, to either side.
  bool contradicts(Seconds least, Seconds most) const {
    if (at_most) return count * unit < least;
    return (count + 1) * unit <= least || (count - 1) * unit >= most;
  }
};

struct UnitWord {
  std::string_view word;
  Seconds unit;
};
constexpr std::array<UnitWord, 8> unit_words{{{"minutes", Seconds{60}},
                                              {"minute", Seconds{60}},
                                              {"hours", Seconds{3'600}},
                                              {"hour", Seconds{3'600}},
                                              {"days", Seconds{86'400}},
                                              {"day", Seconds{86'400}},
                                              {"weeks", Seconds{604'800}},
                                              {"week", Seconds{604'800}}}};

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || static_cast<unsigned char>(c) >= 0x80; }

bool ends_with_any(std::string_view text, std::initializer_list<std::string_view> ends) {
  return std::any_of(ends.begin(), ends.end(), [text](std::string_view end) { return text.ends_with(end); });
}

bool contains_any(std::string_view text, std::initializer_list<std::string_view> words) {
  return std::any_of(words.begin(), words.end(),
                     [text](std::string_view word) { return text.find(word) != std::string_view::npos; });
}

// Amounts that are said to be the length of something; "the 24 hours", "every 7 days" and "more than 2 days" are not.
std::vector<Amount> amounts_in(std::string_view line) {
  std::vector<Amount> found;
  for (std::size_t i = 0; i < line.size(); ++i) {
    if (!is_digit(line[i]) || (i > 0 && line[i - 1] != ' ' && line[i - 1] != '(')) continue;
    Amount amount;
    amount.begin = amount.end = i;
    const auto count = text::number_at(line, amount.end);
    i = amount.end;
    if (!count || *count > 10'000 || !line.substr(amount.end).starts_with(' ')) continue;
    const std::string_view rest = line.substr(amount.end + 1);
    const auto unit = std::find_if(unit_words.begin(), unit_words.end(), [rest](const UnitWord& each) {
      return rest.starts_with(each.word) && (rest.size() == each.word.size() || !is_letter(rest[each.word.size()]));
    });
    if (unit == unit_words.end()) continue;
    amount.count = *count;
    amount.unit = unit->unit;
    amount.end += 1 + unit->word.size();
    const std::string_view before = line.substr(0, amount.begin);
    amount.at_most = ends_with_any(before, {"within ", "Within ", "less than "});
    amount.lasted = ends_with_any(before, {"lasted ", "lasted for "});
    if (amount.at_most || amount.lasted || ends_with_any(before, {"for ", "For ", "took ", "total of ", "period of ", "("}))
      found.push_back(amount);
  }
  return found;
}

struct Stretch {
  std::size_t begin = 0;
  std::size_t end = 0;
  Seconds least{0};
  Seconds most{0};
};

// From one written time to another; nothing where they are too coarse to say.
std::optional<Stretch> between(const Moment& from, const Moment& to, std::size_t begin, std::size_t end) {
  const Instant to_least = to.is_open_before() ? to.latest() - longest(to.unit()) : to.earliest();
  if (from.is_open_before() || from.is_open_after() || to.is_open_after() || to_least <= from.latest()) return std::nullopt;
  return Stretch{begin, end, to_least - from.latest(), to.latest() - from.earliest()};
}

// "2 – 20 May 2026", "from 08:10 to 13:10", "2026-05-02 until 2026-05-20"
std::vector<Stretch> stretches_in(std::string_view line, int year) {
  StampContext context;
  context.zone = "UTC";
  context.year = year;
  context.date = date::local_days{date::year{year} / date::January / 1};
  const auto stamps = find_stamps(line);
  std::vector<Stretch> found;
  for (std::size_t i = 0; i < stamps.size(); ++i) {
    const StampResult first = read_stamp(stamps[i].text, context);
    if (!first) continue;
    const Moment& moment = first.stamp->moment;
    const Seconds unit = longest(moment.unit());
    if (!moment.is_open_before() && !moment.is_open_after()) {
      const Seconds width = moment.latest() - moment.earliest() + Seconds{1};
      if (width >= 2 * unit) found.push_back({stamps[i].begin, stamps[i].end, width - 2 * unit, width});
    }
    if (i + 1 == stamps.size() || !stamps[i].has_date || !stamps[i + 1].has_date) continue;
    const std::string_view link = line.substr(stamps[i].end, stamps[i + 1].begin - stamps[i].end);
    const bool linked = link == " and " || link == " until " || (link == " " && stamps[i + 1].has_bound);
    const StampResult second = linked ? read_stamp(stamps[i + 1].text, context) : StampResult{};
    if (!second) continue;
    if (const auto stretch = between(moment, second.stamp->moment, stamps[i].begin, stamps[i + 1].end)) found.push_back(*stretch);
  }
  return found;
}

// "for 14 days (2 – 20 May)": nothing but a few signs or words stands between them.
bool are_beside(std::string_view line, const Amount& amount, const Stretch& stretch) {
  constexpr std::size_t widest = 16;
  const std::size_t begin = std::min(amount.end, stretch.end), end = std::max(amount.begin, stretch.begin);
  return begin <= end && end - begin <= widest && line.substr(begin, end - begin).find_first_of(".;|") == std::string_view::npos;
}

std::string shown_bounds(Seconds least, Seconds most) {
  return least == most ? show_amount(least) : show_amount(least) + " … " + show_amount(most);
}

LintFinding& contradicted(Checker& checker, Span span, std::string_view line, const Amount& amount, std::string_view by,
                          const std::string& took) {
  const std::string written(line.substr(amount.begin, amount.end - amount.begin));
  LintFinding& finding = checker.find(
      span, fmt::format("'{}{}', and {} {}", amount.at_most ? "within " : "", text::shown(written), by, took), written);
  finding.help = "write the duration that follows from the times, or the times that are right";
  return finding;
}

void check_beside(Checker& checker, std::string_view line, std::size_t begin) {
  const auto amounts = amounts_in(line);
  if (amounts.empty()) return;
  const auto as_of = date::year_month_day{date::floor<date::days>(checker.request.as_of)};
  const auto stretches = stretches_in(line, int{as_of.year()});
  for (const Amount& amount : amounts)
    for (const Stretch& stretch : stretches) {
      if (!are_beside(line, amount, stretch) || !amount.contradicts(stretch.least, stretch.most)) continue;
      const Span span{checker.report.text.source.get(), static_cast<std::uint32_t>(begin + amount.begin),
                      static_cast<std::uint32_t>(begin + amount.end)};
      contradicted(checker, span, line, amount, "the times beside it are apart", shown_bounds(stretch.least, stretch.most));
    }
}

const TimelineRow* summary_row(const Checker& checker, EventKind kind) {
  for (const TimelineRow& row : checker.report.timeline.rows)
    if (row.time && row.event.kind == kind && normalised_label(row.label).starts_with("non-compliance")) return &row;
  return nullptr;
}

// "The non-compliance lasted 14 days." beside the summary's start and end.
void check_whole(Checker& checker, std::string_view line, std::size_t begin) {
  const TimelineRow* began = summary_row(checker, EventKind::non_compliance_began);
  const TimelineRow* ended = summary_row(checker, EventKind::non_compliance_ended);
  if (began == nullptr || ended == nullptr || !find_stamps(line).empty()) return;
  for (const Amount& amount : amounts_in(line)) {
    const std::string before = text::simplified(line.substr(0, amount.begin));
    const bool is_whole = amount.lasted && ends_with_any(before, {"incident lasted ", "incident lasted for ",
                                                                  "compliance lasted ", "compliance lasted for "});
    const auto stretch = between(began->time.stamp->moment, ended->time.stamp->moment, 0, 0);
    if (!is_whole || !stretch || !amount.contradicts(stretch->least, stretch->most)) continue;
    const Span span{checker.report.text.source.get(), static_cast<std::uint32_t>(begin + amount.begin),
                    static_cast<std::uint32_t>(begin + amount.end)};
    LintFinding& finding =
        contradicted(checker, span, line, amount, "the summary's dates are apart", shown_bounds(stretch->least, stretch->most));
    finding.related.push_back({began->span, "when it began"});
    finding.related.push_back({ended->span, "when it ended"});
  }
}

// The only row that tells when the report came, or when the CA knew; of several it is not known which is meant.
const TimelineRow* only_row(const Checker& checker, const TimelineRow& of, std::initializer_list<EventKind> kinds) {
  const TimelineRow* only = nullptr;
  for (const TimelineRow& row : checker.report.timeline.rows) {
    const bool fits = row.time && row.event.certainty >= Certainty::likely && row.of_case == of.of_case &&
                      std::find(kinds.begin(), kinds.end(), row.event.kind) != kinds.end();
    if (!fits || normalised_label(row.label).starts_with("non-compliance")) continue;
    if (only != nullptr) return nullptr;
    only = &row;
  }
  return only;
}

// "We answered within 3 hours of the report."
void check_row(Checker& checker, const TimelineRow& row) {
  if (!row.time || row.event.of_another || row.time.stamp->moment.latest() > checker.request.as_of) return;
  const std::string simple = text::simplified(row.text);
  if (contains_any(simple,
                   {"must", "shall", "require", "deadline", "limit", "should", "will", "not within", "not revoked", "failed"}))
    return;
  for (const Amount& amount : amounts_in(row.text)) {
    std::string after = text::simplified(std::string_view(row.text).substr(amount.end));
    after.resize(std::min<std::size_t>(after.size(), 48));
    if (!after.starts_with(" of ") && !after.starts_with(" after ")) continue;
    const bool of_report = contains_any(after, {"problem report", "the report", "cpr"});
    const bool of_awareness = contains_any(after, {"aware"});
    const TimelineRow* since = of_report == of_awareness ? nullptr
                               : of_report               ? only_row(checker, row, {EventKind::problem_report_received})
                                                         : only_row(checker, row, {EventKind::made_aware, EventKind::detected});
    if (since == nullptr || since == &row) continue;
    const auto stretch = between(since->time.stamp->moment, row.time.stamp->moment, 0, 0);
    if (!stretch || !amount.contradicts(stretch->least, stretch->most)) continue;
    LintFinding& finding =
        contradicted(checker, row.span, row.text, amount, "by the timeline it took", shown_bounds(stretch->least, stretch->most));
    finding.related.push_back({since->span, "since then"});
    finding.unsure = true;
  }
}

}  // namespace

void check_durations(Checker& checker) {
  each_line(checker, [&checker](std::string_view line, std::size_t begin) {
    check_beside(checker, line, begin);
    check_whole(checker, line, begin);
  });
  for (const TimelineRow& row : checker.report.timeline.rows) check_row(checker, row);
}

}  // namespace cita::lint
