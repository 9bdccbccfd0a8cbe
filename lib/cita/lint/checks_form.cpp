// Whether a report has the form of its template: headings, labels, columns, and what may stand in them.
#include <cita/base/text.hpp>
#include <cita/lint/report_lint.hpp>
#include <cita/time/format.hpp>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

namespace cita::lint {

namespace {

// Where a field does not have to be filled, an answer is welcome and N/A will do.
bool may_not_apply(Needed needed) { return needed != Needed::always; }

template <class Visit>
void each_place(std::span<const ReportBlock> blocks, bool in_repetition, Visit visit) {
  for (const ReportBlock& block : blocks) {
    if (block.is_own && block.kind != BlockKind::repeat) continue;
    visit(block, in_repetition);
    each_place(block.blocks, in_repetition || block.kind == BlockKind::repeat, visit);
  }
}

// The heading of the template that a piece of it stands under.
const ReportBlock* heading_above(const ReportForm& form, const ReportBlock& piece) {
  const ReportBlock* heading = nullptr;
  for (const ReportBlock& block : form.blocks) {
    if (block.kind == BlockKind::heading) heading = &block;
    bool inside = &block == &piece;
    for (const ReportBlock& child : block.blocks) inside = inside || &child == &piece;
    if (inside) return heading;
  }
  return nullptr;
}

// The place behind which something is missing: the heading that it belongs under.
Span place_for(const Checker& checker, const ReportBlock& block) {
  const ReportBlock* heading = heading_above(*checker.report.form, block);
  const FoundPlace* place = heading == nullptr ? nullptr : checker.report.place(*heading);
  return place == nullptr ? Span{} : place->span;
}

std::string quoted(std::string_view text) { return fmt::format("'{}'", text); }

}  // namespace

void check_template(Checker& checker) {
  if (checker.report.chosen) return;
  const ChosenTemplate current = template_in_force(checker.request.as_of);
  LintFinding& finding = checker.find({}, "the report follows none of the published templates");
  if (current) finding.help = fmt::format("write it in the form of {} ({})", current.form->title, current.edition->id);
}

void check_superseded(Checker& checker) {
  const ChosenTemplate& chosen = checker.report.chosen;
  if (!chosen || chosen.edition == nullptr || !chosen.edition->usable_until ||
      checker.request.as_of < *chosen.edition->usable_until)
    return;
  const ChosenTemplate current = template_in_force(checker.request.as_of);
  const Span place = checker.report.places.empty() ? Span{} : checker.report.places.front().span;
  LintFinding& finding =
      checker.find(place, fmt::format("the report has the form of {}, which could be posted until {}", chosen.edition->id,
                                      show_date(*chosen.edition->usable_until - date::days{1})));
  if (current) finding.help = "write it in the form of " + std::string(current.edition->id);
}

void check_sections(Checker& checker) {
  if (checker.report.form == nullptr) return;
  for (const ReportBlock& block : checker.report.form->blocks) {
    if (block.kind != BlockKind::heading || block.is_own || checker.report.place(block) != nullptr) continue;
    checker.find({}, "the heading " + quoted(block.text) + " is missing", std::string(block.text)).help =
        fmt::format("add the line '{} {}'", std::string(static_cast<std::size_t>(block.level), '#'), block.text);
  }
}

void check_fields(Checker& checker) {
  if (checker.report.form == nullptr) return;
  each_place(checker.report.form->blocks, false, [&](const ReportBlock& block, bool in_repetition) {
    if (block.kind != BlockKind::field || in_repetition || checker.report.place(block) != nullptr) return;
    const Span place = place_for(checker, block);
    const ReportBlock* heading = heading_above(*checker.report.form, block);
    if (heading != nullptr && checker.report.place(*heading) == nullptr) return;  // the section is missing as a whole
    checker.find(place, "the field " + quoted(block.text) + " is missing", std::string(block.text)).help =
        fmt::format("add '- **{}:** {}'", block.text, may_not_apply(block.needed) ? "N/A' if it does not apply" : "…'");
  });
}

void check_empty(Checker& checker) {
  for (const FoundPlace& place : checker.report.places) {
    if (place.block->kind != BlockKind::field || !place.value.empty() || place.block->value == ReportValue::nothing) continue;
    LintFinding& finding = checker.find(place.span, "nothing stands behind " + quoted(place.label), place.label);
    finding.help = may_not_apply(place.block->needed) ? "write N/A if it does not apply" : "write the answer";
  }
  for (const ReportBlock& block : checker.report.form == nullptr ? std::span<const ReportBlock>{} : checker.report.form->blocks) {
    const FoundPlace* place = block.kind == BlockKind::heading ? checker.report.place(block) : nullptr;
    const bool is_last_level = place != nullptr && place->value.empty() && !block.is_own;
    if (!is_last_level) continue;
    // A heading whose content stands under further headings is not empty.
    const auto next = std::find_if(checker.report.sections.begin(), checker.report.sections.end(),
                                   [&](const ReportSection& each) { return each.line > place->line; });
    if (next != checker.report.sections.end() && next->level > place->level) continue;
    checker.find(place->span, "nothing stands under " + quoted(place->label), place->label).help = "write it, or N/A and why";
  }
}

void check_wording(Checker& checker) {
  for (const FoundPlace& place : checker.report.places) {
    if (!place.by_synonym) continue;
    LintFinding& finding = checker.find(
        place.span, fmt::format("{} is {} in the template", quoted(place.label), quoted(place.block->text)), place.label);
    finding.help = "write " + quoted(place.block->text);
    const std::size_t at = place.span.text().find(place.label);
    if (at == std::string_view::npos) continue;
    const auto begin = static_cast<std::uint32_t>(place.span.begin + at);
    finding.fix = LintFix{{place.span.source, begin, begin + static_cast<std::uint32_t>(place.label.size())},
                          std::string(place.block->text)};
  }
}

void check_vocabulary(Checker& checker) {
  if (!checker.report.chosen) return;
  const ReportTemplate& form = *checker.report.chosen.form;
  const auto look_at = [&](ReportValue value, std::string_view text, Span span, std::string_view what) {
    const AllowedValue* allowed = form.allowed_for(value);
    if (allowed == nullptr || text.empty() || is_gap(text) || says_not_applicable(text) || allowed->allows(text)) return;
    LintFinding& finding = checker.find(
        span, fmt::format("'{}' is no value of {}", text::shown(text.substr(0, 60)), quoted(what)), std::string(what));
    finding.help = allowed->one_of.empty() ? "write an A and six digits, as the CCADB shows it"
                                           : fmt::format("write {}", fmt::join(allowed->one_of, ", "));
    // Another case or spelling of a known value is certain to mean it.
    for (const std::string_view one : allowed->one_of) {
      const std::size_t at = span.text().find(text);
      const bool is_same = normalised_label(one) == normalised_label(text) ||
                           (normalised_label(text) == "cancelled" && normalised_label(one) == "canceled");
      if (!is_same || at == std::string_view::npos) continue;
      const auto begin = static_cast<std::uint32_t>(span.begin + at);
      finding.fix = LintFix{{span.source, begin, begin + static_cast<std::uint32_t>(text.size())}, std::string(one)};
    }
  };
  for (const FoundPlace& place : checker.report.places)
    if (place.block->kind == BlockKind::field) look_at(place.block->value, place.value, place.span, place.block->text);
  for (const FoundTable& table : checker.report.tables)
    for (const FoundRow& row : table.rows)
      for (std::size_t i = 0; i < row.cells.size() && i < table.titles.size(); ++i)
        look_at(row.cells[i].value, row.cells[i].text, row.cells[i].span, table.titles[i]);
}

void check_columns(Checker& checker) {
  for (const FoundTable& table : checker.report.tables) {
    if (table.block->is_own) continue;
    std::vector<std::string> expected, written;
    for (const ReportColumn& column : table.block->columns) expected.push_back(normalised_label(column.heading));
    for (const std::string& title : table.titles) written.push_back(normalised_label(title));
    if (written == expected) continue;
    std::vector<std::string_view> titles;
    for (const ReportColumn& column : table.block->columns) titles.push_back(column.heading);
    checker
        .find(table.span, fmt::format("the columns are {}", fmt::join(table.titles, " | ")),
              std::string(name(table.block->value)))
        .help = fmt::format("the template has {}", fmt::join(titles, " | "));
  }
}

void check_placeholders(Checker& checker) {
  if (!checker.report.chosen) return;
  const auto is_left = [&](std::string_view text) {
    for (const std::string_view placeholder : checker.report.chosen.form->placeholders)
      if (normalised_label(text) == normalised_label(placeholder) ||
          (placeholder.find_first_of("[#") != std::string_view::npos && text.find(placeholder) != std::string_view::npos))
        return true;
    return false;
  };
  const auto look_at = [&](std::string_view text, Span span) {
    if (!text.empty() && is_left(text))
      checker
          .find(span, "the template's placeholder '" + text::shown(text.substr(0, 60)) + "' is left",
                std::string(text.substr(0, 60)))
          .help = "replace it by what it stands for";
  };
  for (const FoundPlace& place : checker.report.places)
    if (place.block->kind == BlockKind::field) look_at(place.value, place.span);
  for (const FoundFactor& factor : checker.report.factors) look_at(factor.span.text(), factor.span);
  for (const FoundTable& table : checker.report.tables)
    for (const FoundRow& row : table.rows)
      for (const FoundCell& cell : row.cells)
        if (cell.value != ReportValue::action_root_causes)
          look_at(cell.span.text().empty() ? std::string_view(cell.text) : std::string_view(cell.text), cell.span);
  // What cita render leaves where something is missing.
  constexpr std::string_view gap = "(to be written:";
  const std::string& all = checker.report.text.source->text();
  for (std::size_t at = all.find(gap); at != std::string::npos; at = all.find(gap, at + 1)) {
    const auto begin = static_cast<std::uint32_t>(at);
    checker
        .find({checker.report.text.source.get(), begin, begin + static_cast<std::uint32_t>(gap.size())},
              "a gap of the draft is left", std::to_string(checker.findings.size()))
        .help = "write what it names";
  }
}

void check_issuance_answer(Checker& checker) {
  const FoundPlace* place = checker.report.place(ReportValue::issuance_stopped);
  if (place == nullptr || place->value.empty() || is_gap(place->value) || says_not_applicable(place->value)) return;
  const std::string simple = text::simplified(place->value);
  const auto says = [&simple](std::string_view word) {
    const bool begins = simple.starts_with(word);
    return begins &&
           (simple.size() == word.size() || std::string_view(" ,.;:-").find(simple[word.size()]) != std::string_view::npos);
  };
  const bool answers = says("yes") || says("no");
  if (!answers)
    checker.find(place->span, "the answer begins neither with Yes nor with No").help = "begin with Yes or No, and say why";
  else if (simple.size() < std::string_view("yes, because").size())
    checker.find(place->span, "the answer does not say why").help = "say why issuance was stopped, or why it was not";
}

void check_closing_statement(Checker& checker) {
  if (!checker.is(FormKind::closure)) return;
  const auto statement =
      std::find_if(checker.report.form->blocks.begin(), checker.report.form->blocks.end(),
                   [](const ReportBlock& block) { return block.kind == BlockKind::text && !block.phrases.empty(); });
  if (statement == checker.report.form->blocks.end()) return;
  const std::string all = text::simplified(checker.report.text.source->text());
  const auto stands = [&all](std::string_view phrase) { return all.find(text::simplified(phrase)) != std::string::npos; };
  if (std::all_of(statement->phrases.begin(), statement->phrases.end(), stands)) return;
  checker.find({}, "the closing statement is missing").help = fmt::format("end with: {}", statement->text);
}

void check_title(Checker& checker) {
  const std::string& title = checker.request.title;
  constexpr std::size_t longest = 255;
  if (title.empty()) return;
  const std::size_t colon = title.find(": ");
  if (colon == std::string::npos || colon == 0)
    checker.find({}, "the title '" + text::shown(title.substr(0, 80)) + "' does not begin with the CA Owner and a colon").help =
        "write 'Example CA: What happened'";
  const std::size_t characters = text::code_points(title);
  if (characters > longest)
    checker.find({}, fmt::format("the title has {} characters", characters)).help = fmt::format("Bugzilla takes {}", longest);
}

}  // namespace cita::lint
