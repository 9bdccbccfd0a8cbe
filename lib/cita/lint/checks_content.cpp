// Numbers of certificates, root causes, lessons, action items, related incidents.
#include <cita/base/text.hpp>
#include <cita/lint/report_lint.hpp>
#include <cita/time/format.hpp>
#include <cita/time/reading.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace cita::lint {

namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// The number that a text begins with; nothing for "14 of 20", which names two.
// Of "2 batches with 107 certificates each" it is not known what the first number counts.
std::optional<std::int64_t> leading_number(std::string_view text) {
  std::size_t at = 0;
  const auto number = text::number_at(text, at);
  std::string_view rest = text.substr(at);
  while (rest.starts_with(' ')) rest.remove_prefix(1);
  const bool counts = rest.empty() || std::string_view(",.;(\n").find(rest.front()) != std::string_view::npos ||
                      rest.starts_with("cert") || rest.starts_with("pre");
  return counts ? number : std::nullopt;
}

struct Fraction {
  std::int64_t done = 0;
  std::int64_t of = 0;
};

// "840 of 2,098 certificates", "12 out of the 14"
std::optional<Fraction> fraction_in(std::string_view text) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (!is_digit(text[i]) ||
        (i > 0 && (is_digit(text[i - 1]) || text[i - 1] == ',' || text[i - 1] == '.' || text[i - 1] == '-')))
      continue;
    std::size_t at = i;
    const auto done = text::number_at(text, at);
    std::string_view rest = text.substr(at);
    bool linked = false;
    for (const std::string_view link : {" of the ", " of ", " out of the ", " out of "})
      if (!linked && rest.starts_with(link)) rest.remove_prefix(link.size()), linked = true;
    std::size_t behind = 0;
    const auto of = linked ? text::number_at(rest, behind) : std::nullopt;
    if (done && of) return Fraction{*done, *of};
  }
  return std::nullopt;
}

// Words that carry meaning, cut to their beginnings.
std::set<std::string> content_words(std::string_view text) {
  static const std::set<std::string> common = {"the",   "and",  "was",  "were", "that", "this",        "with",         "not",
                                               "for",   "our",  "did",  "had",  "have", "from",        "been",         "which",
                                               "more",  "than", "into", "will", "also", "certificate", "certificates", "there",
                                               "their", "when", "what", "all",  "are",  "has",         "time"};
  std::set<std::string> words;
  std::string word;
  for (const char c : text::simplified(text) + " ") {
    if ((c >= 'a' && c <= 'z') || static_cast<unsigned char>(c) >= 0x80) {
      word += c;
      continue;
    }
    constexpr std::size_t shortest = 4, stem = 5;
    if (word.size() >= shortest && common.count(word) == 0) words.insert(word.substr(0, stem));
    word.clear();
  }
  return words;
}

bool shares_words(const std::set<std::string>& a, const std::set<std::string>& b) {
  return std::any_of(a.begin(), a.end(), [&b](const std::string& word) { return b.count(word) > 0; });
}

std::string all_text(const FoundRow& row) {
  std::string text;
  for (const FoundCell& cell : row.cells) text += cell.text + " ";
  return text;
}

// Whether a text has the number as a word of its own.
bool names(std::string_view text, std::size_t number) {
  const std::string digits = fmt::to_string(number);
  for (std::size_t at = text.find(digits); at != std::string_view::npos; at = text.find(digits, at + 1)) {
    const std::size_t end = at + digits.size();
    if ((at == 0 || !is_digit(text[at - 1])) && (end == text.size() || !is_digit(text[end]))) return true;
  }
  return false;
}

const FoundPlace* heading_of(const Checker& checker, ReportValue table) {
  if (checker.report.form == nullptr) return nullptr;
  const ReportBlock* heading = nullptr;
  for (const ReportBlock& block : checker.report.form->blocks) {
    if (block.kind == BlockKind::heading) heading = &block;
    if (block.value == table) return heading == nullptr ? nullptr : checker.report.place(*heading);
  }
  return nullptr;
}

std::optional<Instant> end_of_date(std::string_view text) {
  StampContext utc;
  utc.zone = "UTC";
  const StampResult result = read_stamp(text, utc);
  if (!result || result.stamp->moment.is_open_after()) return std::nullopt;
  return result.stamp->moment.latest();
}

constexpr std::int64_t unknown = -1;

std::int64_t number_of(const FoundPlace* place) {
  return place == nullptr ? unknown : leading_number(place->value).value_or(unknown);
}

}  // namespace

void check_counts(Checker& checker) {
  const FoundPlace* total_place = checker.report.place(ReportValue::total_certificates);
  const FoundPlace* valid_place = checker.report.place(ReportValue::remaining_valid);
  const std::int64_t total = number_of(total_place);
  const std::int64_t valid = number_of(valid_place);
  if (total != unknown && valid > total) {
    LintFinding& finding = checker.find(
        valid_place->span, fmt::format("{} remaining valid certificates are more than all {}", valid, total), "remaining");
    finding.help = "the total counts expired and revoked ones too";
    finding.related.push_back({total_place->span, "the total"});
  }
  for (const TimelineRow& row : checker.report.timeline.rows) {
    const auto fraction = fraction_in(row.text);
    if (!fraction || row.event.of_another) continue;
    const bool about_revocation = row.event.kind == EventKind::revocation || row.event.kind == EventKind::revocation_partial;
    if (fraction->done > fraction->of)
      checker.find(row.span, fmt::format("{} of {} is more than there are", fraction->done, fraction->of), row.text.substr(0, 60))
          .help = "check the numbers";
    else if (about_revocation && total != unknown && fraction->of > total) {
      LintFinding& finding =
          checker.find(row.span, fmt::format("{} certificates here, {} in all", fraction->of, total), row.text.substr(0, 60));
      finding.help = "say which certificates each number counts";
      finding.related.push_back({total_place->span, "the total"});
    }
  }
}

void check_no_factor(Checker& checker) {
  if (!checker.is(FormKind::full) || !checker.report.factors.empty()) return;
  const FoundPlace* heading = heading_of(checker, ReportValue::factors);
  checker.find(heading == nullptr ? Span{} : heading->span, "no contributing factor is described").help =
      "write '**Contributing Factor 1: …**' and its fields";
}

void check_factor_fields(Checker& checker) {
  if (checker.report.form == nullptr) return;
  for (const ReportBlock& block : checker.report.form->blocks) {
    if (block.value != ReportValue::factors) continue;
    for (std::size_t i = 0; i < checker.report.factors.size(); ++i)
      for (const ReportBlock& field : block.blocks) {
        const FoundFactor& factor = checker.report.factors[i];
        const auto is_filled = [&](const FoundPlace& place) {
          return place.block == &field && place.turn == static_cast<int>(i) && !place.value.empty();
        };
        if (field.needed == Needed::optional ||
            std::any_of(checker.report.places.begin(), checker.report.places.end(), is_filled))
          continue;
        checker
            .find(factor.span, fmt::format("the contributing factor '{}' lacks '{}'", text::shown(factor.title), field.text),
                  factor.title + std::string(field.text))
            .help = fmt::format("add '- **{}:** …'", field.text);
      }
  }
}

void check_factor_answered(Checker& checker) {
  const FoundTable* items = checker.report.table(ReportValue::action_items);
  if (items == nullptr || items->rows.empty()) return;
  for (std::size_t i = 0; i < checker.report.factors.size(); ++i) {
    const FoundFactor& factor = checker.report.factors[i];
    const auto words = content_words(factor.title);
    if (is_gap(factor.title)) continue;
    const auto answers = [&](const FoundRow& row) {
      const std::string causes(row.text(ReportValue::action_root_causes));
      const std::string simple = normalised_label(causes);
      const bool names_number = names(causes, i + 1);
      return names_number || simple == "all" || shares_words(words, content_words(causes));
    };
    if (std::any_of(items->rows.begin(), items->rows.end(), answers)) continue;
    LintFinding& finding = checker.find(
        factor.span, fmt::format("no action item names the contributing factor '{}'", text::shown(factor.title)), factor.title);
    finding.help = "name the factor in the action items' column of root causes";
    finding.related.push_back({items->span, "the action items"});
  }
}

void check_lesson_answered(Checker& checker) {
  const FoundTable* items = checker.report.table(ReportValue::action_items);
  if (items == nullptr || items->rows.empty()) return;
  for (const FoundLesson& lesson : checker.report.lessons) {
    const bool has_to = lesson.value == ReportValue::did_not_go_well || lesson.value == ReportValue::additional;
    if (!has_to || says_not_applicable(lesson.text)) continue;
    const auto words = content_words(lesson.text);
    const auto answers = [&words](const FoundRow& row) { return shares_words(words, content_words(all_text(row))); };
    if (words.empty() || std::any_of(items->rows.begin(), items->rows.end(), answers)) continue;
    LintFinding& finding =
        checker.find(lesson.span, "no action item seems to answer '" + text::shown(lesson.text.substr(0, 80)) + "'",
                     lesson.text.substr(0, 60));
    finding.help = "add an action item, or say in one that it answers this";
    finding.unsure = true;
  }
}

void check_no_action_items(Checker& checker) {
  if (!checker.is(FormKind::full)) return;
  const FoundPlace* heading = heading_of(checker, ReportValue::action_items);
  const FoundTable* items = checker.report.table(ReportValue::action_items);
  if (heading == nullptr || (items != nullptr && !items->rows.empty())) return;
  // The first guidelines have no table: a list of steps will do.
  if (items == nullptr && !heading->value.empty() && checker.report.chosen.form->allowed_for(ReportValue::action_kind) == nullptr)
    return;
  checker.find(heading->span, "there is no action item").help = "add at least one that protects against incidents to come";
}

void check_action_cells(Checker& checker) {
  const FoundTable* items = checker.report.table(ReportValue::action_items);
  if (items == nullptr) return;
  for (const FoundRow& row : items->rows)
    for (const ReportColumn& column : items->block->columns) {
      const auto stands = std::any_of(row.cells.begin(), row.cells.end(),
                                      [&column](const FoundCell& cell) { return cell.value == column.value; });
      if (!stands || !row.text(column.value).empty()) continue;
      checker
          .find(row.span, fmt::format("the action item has no '{}'", column.heading),
                std::string(row.text(ReportValue::action_text).substr(0, 60)) + std::string(column.heading))
          .help = "fill the cell in";
    }
}

void check_action_dates(Checker& checker) {
  const FoundTable* items = checker.report.table(ReportValue::action_items);
  if (items == nullptr) return;
  for (const FoundRow& row : items->rows) {
    const std::string due(row.text(ReportValue::action_due));
    if (due.empty() || says_not_applicable(due) || end_of_date(due)) continue;
    checker
        .find(row.span, "the due date '" + text::shown(due.substr(0, 60)) + "' is no date",
              std::string(row.text(ReportValue::action_text).substr(0, 60)))
        .help = "write it as YYYY-MM-DD";
  }
}

void check_overdue(Checker& checker) {
  const FoundTable* items = checker.report.table(ReportValue::action_items);
  if (items == nullptr) return;
  for (const FoundRow& row : items->rows) {
    const auto due = end_of_date(row.text(ReportValue::action_due));
    const std::string status = normalised_label(row.text(ReportValue::action_status));
    const auto is = [&status](std::string_view word) { return status.starts_with(word); };
    const bool is_told = status.empty() || is("complete") || is("cancel") || is("delayed");
    if (!due || *due >= checker.request.as_of || is_told) continue;
    checker
        .find(row.span, fmt::format("the action item was due on {} and is '{}'", show_date(*due), status),
              std::string(row.text(ReportValue::action_text).substr(0, 60)))
        .help = "say Complete or Delayed, and give the new date and the reason";
  }
}

void check_related(Checker& checker) {
  if (!checker.is(FormKind::full)) return;
  const FoundPlace* heading = heading_of(checker, ReportValue::related);
  const FoundTable* related = checker.report.table(ReportValue::related);
  if (heading == nullptr) return;
  if (related == nullptr || related->rows.empty()) {
    if (heading->value.empty() || related != nullptr)
      checker.find(heading->span, "no related incident is told").help =
          "list those of the last two years, also of other CA Owners, or say how you looked and that there are none";
    return;
  }
  for (const FoundRow& row : related->rows) {
    const std::string_view bug = row.text(ReportValue::related_bug);
    if (says_not_applicable(bug) || is_gap(bug)) continue;
    const bool has_number = std::any_of(bug.begin(), bug.end(), is_digit);
    if (!has_number)
      checker
          .find(row.span, "the related incident names no bug",
                std::string(row.text(ReportValue::related_description).substr(0, 60)))
          .help = "write [1234567](https://bugzilla.mozilla.org/show_bug.cgi?id=1234567)";
    const std::string_view opened = row.text(ReportValue::related_opened);
    const auto has_column = [&row](ReportValue value) {
      return std::any_of(row.cells.begin(), row.cells.end(), [value](const FoundCell& cell) { return cell.value == value; });
    };
    if (has_number && has_column(ReportValue::related_opened) && !end_of_date(opened))
      checker.find(row.span, "the date on which the related bug was opened is missing or unreadable", std::string(bug)).help =
          "write it as YYYY-MM-DD";
    if (has_number && has_column(ReportValue::related_description) && row.text(ReportValue::related_description).empty())
      checker.find(row.span, "how the related incident is related is missing", std::string(bug)).help =
          "describe it in a sentence";
  }
}

void check_delay_analysis(Checker& checker) {
  if (!checker.request.revocation_delay || !checker.is(FormKind::full)) return;
  const FoundPlace* place = checker.report.place(ReportValue::delay_analysis);
  if (place == nullptr || place->value.empty() || says_not_applicable(place->value))
    checker.find(place == nullptr ? Span{} : place->span, "the delayed revocation is not analysed").help =
        "tell the factors, the harm to third parties, and why it was exceptionally rare and unavoidable";
}

void check_delay_action(Checker& checker) {
  const FoundTable* items = checker.report.table(ReportValue::action_items);
  if (!checker.request.revocation_delay || items == nullptr) return;
  const auto is_about = [](const FoundRow& row) { return text::simplified(all_text(row)).find("revo") != std::string::npos; };
  if (std::any_of(items->rows.begin(), items->rows.end(), is_about)) return;
  checker.find(items->span, "no action item speaks of revocation").help =
      "add steps to prevent or reduce delays of revocations to come";
}

void check_human_error(Checker& checker) {
  for (const FoundPlace& place : checker.report.places) {
    if (place.block->kind != BlockKind::heading || normalised_label(place.label).find("how and why") == std::string::npos)
      continue;
    const std::string simple = text::simplified(place.value);
    constexpr std::size_t short_text = 400;
    const bool blames = simple.find("human error") != std::string::npos || simple.find("lack of training") != std::string::npos;
    if (!blames || simple.size() > short_text) continue;
    LintFinding& finding = checker.find(place.span, "human error seems to be the only root cause");
    finding.help = "tell what let the error happen and stay undetected";
    finding.unsure = true;
  }
}

}  // namespace cita::lint
