#include <cita/base/text.hpp>
#include <cita/input/report_reader.hpp>

#include <algorithm>
#include <optional>
#include <set>
#include <utility>

namespace cita {

namespace {

// ---- labels and headings against those of a template

enum class Match { none, synonym, exact };

template <class Piece>
Match match(const Piece& piece, std::string_view wording, const std::string& written) {
  if (normalised_label(wording) == written) return Match::exact;
  const auto same = [&written](std::string_view also) { return normalised_label(also) == written; };
  return std::any_of(piece.also.begin(), piece.also.end(), same) ? Match::synonym : Match::none;
}

Match match_heading(const ReportBlock& block, const std::string& written) {
  const Match plain = match(block, block.text, written);
  if (plain != Match::none) return plain;
  // "Timeline (UTC)"
  if (const std::size_t aside = written.find(" (");
      aside != std::string::npos && match(block, block.text, written.substr(0, aside)) != Match::none)
    return Match::synonym;
  if (block.phrases.empty()) return Match::none;
  const auto is_in = [&written](std::string_view phrase) { return written.find(normalised_label(phrase)) != std::string::npos; };
  return std::all_of(block.phrases.begin(), block.phrases.end(), is_in) ? Match::exact : Match::none;
}

// "Finding #2" under the lead "Finding #{number}". A lead that begins with what differs fits anything.
bool begins_turn(const ReportBlock& repeated, const std::string& written) {
  const std::string stem = normalised_label(repeated.text.substr(0, repeated.text.find('{')));
  return written.starts_with(stem);
}

template <class Visit>
void each_field(std::span<const ReportBlock> blocks, Visit visit) {
  for (const ReportBlock& block : blocks) {
    if (block.kind == BlockKind::field) visit(block);
    each_field(block.blocks, visit);
  }
}

// ---- which form a report has

// How much of a form stands in the report. Its first heading is what a form is known by.
int score(const ReportForm& form, const ReportReading& report, const std::vector<std::string>& labels) {
  int found = 0;
  bool is_first = true;
  for (const ReportBlock& block : form.blocks) {
    const bool is_lead = is_first && block.kind == BlockKind::repeat;
    if (block.kind != BlockKind::heading && !is_lead) continue;
    const bool stands = std::any_of(report.sections.begin(), report.sections.end(), [&](const ReportSection& section) {
      const std::string written = normalised_label(section.heading);
      return is_lead ? begins_turn(block, written) : match_heading(block, written) != Match::none;
    });
    if (stands) found += is_first ? 6 : 2;
    is_first = false;
  }
  each_field(form.blocks, [&](const ReportBlock& block) {
    const auto fits = [&block](const std::string& label) { return match(block, block.text, label) != Match::none; };
    if (!block.is_own && std::any_of(labels.begin(), labels.end(), fits)) ++found;
  });
  return found;
}

// Of a template the edition in force, else the last one before, else its first; a form of our own has none.
ChosenTemplate edition_at(const ReportTemplate& form, Instant as_of) {
  const TemplateEdition* chosen = form.editions.empty() ? nullptr : &form.editions.front();
  for (const TemplateEdition& each : form.editions)
    if (each.in_force.from <= as_of) chosen = &each;
  return {&form, chosen};
}

void choose_form(ReportReading& report, const ReportRequestedForm& request) {
  std::vector<std::string> labels;
  for (const ReportSection& section : report.sections)
    for (const ReportField& field : fields_of(section)) labels.push_back(normalised_label(field.label));
  const ChosenTemplate named =
      request.template_id.empty() ? ChosenTemplate{} : template_called(request.template_id, request.as_of);
  const ChosenTemplate current = template_in_force(request.as_of);
  constexpr int least = 5;  // less may be chance
  int best = least;
  for (const ReportTemplate& each : built_in_templates()) {
    if (named && named.form != &each) continue;
    for (const ReportForm& form : each.forms) {
      const int found = score(form, report, labels);
      const bool better = found > best || (found == best && current.form == &each && report.chosen.form != &each);
      if (!better && !(named && report.form == nullptr)) continue;
      best = std::max(best, found);
      report.chosen = named ? named : edition_at(each, request.as_of);
      report.form = &form;
    }
  }
}

// ---- what stands in the places of the form

class Filler {
 public:
  explicit Filler(ReportReading& report) : report_(report) {}

  void fill() {
    for (const ReportSection& section : report_.sections) {
      enter(section);
      read(section);
    }
  }

 private:
  // The heading of the form that a section has; below it are those up to the next one.
  void enter(const ReportSection& section) {
    if (section.heading.empty()) return;
    const std::string written = normalised_label(section.heading);
    if (turn_ >= 0)
      if (const ReportBlock* inner = enter_heading(repeated_->blocks, section, written)) {
        inner_ = inner;
        return;
      }
    const ReportBlock* repeated = turn_ >= 0 ? repeated_ : below(BlockKind::repeat);
    if (const ReportBlock* heading = enter_heading(report_.form->blocks, section, written)) {
      heading_ = heading;
      inner_ = nullptr;
      turn_ = -1;
    } else if (repeated != nullptr) {
      begin_turn(*repeated, section, written);
    }
  }

  // Each heading stands once, or once in each turn of a repetition.
  const ReportBlock* enter_heading(std::span<const ReportBlock> blocks, const ReportSection& section,
                                   const std::string& written) {
    const int turn = blocks.data() == report_.form->blocks.data() ? -1 : turn_;
    for (const ReportBlock& block : blocks) {
      if (block.kind != BlockKind::heading) continue;
      const Match fits = match_heading(block, written);
      const auto is_same = [&](const FoundPlace& each) { return each.block == &block && each.turn == turn; };
      if (fits == Match::none || std::any_of(report_.places.begin(), report_.places.end(), is_same)) continue;
      FoundPlace place;
      place.block = &block;
      place.label = section.heading;
      place.value = text_of(section.body);
      place.span = section.span;
      place.line = section.line;
      place.level = section.level;
      place.turn = turn;
      place.by_synonym = fits == Match::synonym;
      if (report_.places.empty() && section.level < 7) report_.level_shift = section.level - block.level;
      report_.places.push_back(std::move(place));
      entered_ = report_.places.size() - 1;
      return &block;
    }
    return nullptr;
  }

  // A piece of the form below the current heading, or of a turn.
  const ReportBlock* below(BlockKind kind) const {
    const bool is_inside_turn = turn_ >= 0;
    const ReportBlock* heading = is_inside_turn ? inner_ : heading_;
    bool inside = heading == nullptr;
    for (const ReportBlock& block : is_inside_turn ? repeated_->blocks : report_.form->blocks) {
      if (block.kind == BlockKind::heading) inside = &block == heading;
      if (inside && block.kind == kind) return &block;
    }
    return nullptr;
  }

  void begin_turn(const ReportBlock& repeated, const ReportSection& section, const std::string& written) {
    const bool is_finding = repeated.value == ReportValue::findings;
    if (is_finding && !begins_turn(repeated, written)) return;
    repeated_ = &repeated;
    inner_ = nullptr;
    if (is_finding) {
      turn_ = static_cast<int>(report_.findings.size());
      report_.findings.push_back({text_of(section.body), section.span, section.line});
      return;
    }
    turn_ = static_cast<int>(report_.factors.size());
    report_.factors.push_back({std::string(title_of_factor(section.heading)), section.span, section.line});
  }

  // "Contributing Factor 1: A title", "1. A title"
  static std::string_view title_of_factor(std::string_view heading) {
    const std::size_t colon = heading.find(':');
    std::size_t digits = 0;
    while (digits < heading.size() && heading[digits] >= '0' && heading[digits] <= '9') ++digits;
    if (text::simplified(heading).starts_with("contributing factor") && colon != std::string_view::npos)
      heading.remove_prefix(colon + 1);
    else if (digits > 0 && heading.substr(digits).starts_with(". ")) heading.remove_prefix(digits + 1);
    return trimmed(heading);
  }

  void read(const ReportSection& section) {
    std::set<const MarkdownBlock*> fields;
    for (const ReportField& field : fields_of(section))
      if (read_field(field)) fields.insert(field.block);
    if (entered_) report_.places[*std::exchange(entered_, std::nullopt)].prose = prose_of(section, fields);
    for (const MarkdownBlock* block : section.body)
      if (block->kind == MarkdownKind::table) read_table(*block);
    read_list(section);
  }

  // What stands in a section apart from fields of the form.
  static std::string prose_of(const ReportSection& section, const std::set<const MarkdownBlock*>& fields) {
    std::vector<const MarkdownBlock*> rest;
    for (const MarkdownBlock* block : section.body) {
      const auto is_field = [&](const MarkdownBlock& each) { return fields.contains(&each); };
      if (is_field(*block)) continue;
      if (block->kind != MarkdownKind::list || std::none_of(block->blocks.begin(), block->blocks.end(), is_field))
        rest.push_back(block);
      else
        for (const MarkdownBlock& item : block->blocks)
          if (!is_field(item)) rest.push_back(&item);
    }
    return text_of(rest);
  }

  // Whether the form has such a field here.
  bool read_field(const ReportField& field) {
    const std::string written = normalised_label(field.label);
    const ReportBlock* found = nullptr;
    Match fits = Match::none;
    bool inside = heading_ == nullptr;
    const auto consider = [&](const ReportBlock& block) {
      if (found != nullptr) return;
      fits = match(block, block.text, written);
      if (fits != Match::none) found = &block;
    };
    for (const ReportBlock& block : report_.form->blocks) {
      if (block.kind == BlockKind::heading) inside = heading_ == nullptr || &block == heading_;
      if (!inside) continue;
      if (block.kind == BlockKind::repeat && turn_ < 0 && written.find("contributing factor") == 0) return false;
      if (block.kind == BlockKind::field) consider(block);
      each_field(block.blocks, consider);
    }
    if (found == nullptr) return false;
    FoundPlace place;
    place.block = found;
    place.label = field.label;
    place.value = field.value;
    place.span = field.span;
    place.line = field.line;
    place.turn = turn_;
    place.by_synonym = fits == Match::synonym;
    report_.places.push_back(std::move(place));
    const bool is_lesson = found->value == ReportValue::went_well || found->value == ReportValue::did_not_go_well ||
                           found->value == ReportValue::got_lucky || found->value == ReportValue::additional;
    if (is_lesson) lessons_of(*found, field);
    return true;
  }

  // A lesson stands behind its label, several below it.
  void lessons_of(const ReportBlock& block, const ReportField& field) {
    bool below = false;
    if (field.block->kind == MarkdownKind::item)
      for (const MarkdownBlock& each : field.block->blocks)
        if (each.kind == MarkdownKind::list) below = true, entries(each, block.value);
    if (!below && !field.value.empty()) report_.lessons.push_back({block.value, field.value, field.span});
  }

  void entries(const MarkdownBlock& list, ReportValue value) {
    for (const MarkdownBlock& item : list.blocks) {
      std::string text;
      for (const MarkdownBlock& each : item.blocks) text += (text.empty() ? "" : "\n") + text_of(each);
      report_.lessons.push_back({value, text, item.span});
    }
  }

  void read_list(const ReportSection& section) {
    const ReportBlock* list = below(BlockKind::list);
    if (list == nullptr) return;
    for (const MarkdownBlock* block : section.body)
      if (block->kind == MarkdownKind::list) entries(*block, list->value);
  }

  static const ReportColumn* column(const ReportBlock& table, const std::string& title) {
    for (const ReportColumn& each : table.columns)
      if (match(each, each.heading, title) != Match::none) return &each;
    return nullptr;
  }

  void read_table(const MarkdownBlock& block) {
    const ReportBlock* expected = below(BlockKind::table);
    if (expected == nullptr || expected->value == ReportValue::timeline) return;
    if (!tables_read_.emplace(expected->value, turn_).second) return;
    FoundTable& table = table_of(*expected, block);
    const bool is_first = table.titles.empty();
    std::vector<ReportValue> values;
    for (const MarkdownBlock& row : block.blocks) {
      if (row.header) {
        for (const MarkdownBlock& cell : row.blocks) {
          const ReportColumn* known = column(*expected, normalised_label(cell.text));
          values.push_back(known == nullptr ? ReportValue::nothing : known->value);
          if (is_first) table.titles.push_back(cell.text);
        }
        continue;
      }
      if (row.span.text().find('|') == std::string_view::npos) continue;  // a line of text below the table
      FoundRow& found = table.rows.emplace_back();
      found.span = row.span;
      found.line = row.line;
      found.turn = turn_;
      for (std::size_t i = 0; i < row.blocks.size(); ++i) {
        const MarkdownBlock& cell = row.blocks[i];
        found.cells.push_back({i < values.size() ? values[i] : ReportValue::nothing, cell.text,
                               cell.links.empty() ? std::string() : cell.links.front().address, cell.span});
      }
    }
  }

  // The rows of all turns stand in one table.
  FoundTable& table_of(const ReportBlock& expected, const MarkdownBlock& block) {
    for (FoundTable& each : report_.tables)
      if (each.block->value == expected.value) return each;
    FoundTable& table = report_.tables.emplace_back();
    table.block = &expected;
    table.span = block.span;
    table.line = block.line;
    return table;
  }

  ReportReading& report_;
  const ReportBlock* heading_ = nullptr;   // of the form, that the section stands under
  const ReportBlock* repeated_ = nullptr;  // what is repeated there
  const ReportBlock* inner_ = nullptr;     // the heading within the turn
  int turn_ = -1;
  std::optional<std::size_t> entered_;  // the place of the heading that the section has
  std::set<std::pair<ReportValue, int>> tables_read_;
};

std::vector<std::string> topic_phrases() {
  std::vector<std::string> phrases;
  for (const ReportTemplate& each : built_in_templates())
    for (const ReportForm& form : each.forms)
      for (const ReportBlock& block : form.blocks)
        if (block.kind == BlockKind::heading)
          for (const std::string_view phrase : block.phrases) phrases.push_back(normalised_label(phrase));
  return phrases;
}

}  // namespace

std::string_view FoundRow::text(ReportValue value) const {
  for (const FoundCell& cell : cells)
    if (cell.value == value) return cell.text;
  return {};
}

const FoundPlace* ReportReading::place(const ReportBlock& block) const {
  const auto found =
      std::find_if(places.begin(), places.end(), [&block](const FoundPlace& each) { return each.block == &block; });
  return found == places.end() ? nullptr : &*found;
}

const FoundPlace* ReportReading::place(ReportValue value) const {
  const auto found =
      std::find_if(places.begin(), places.end(), [value](const FoundPlace& each) { return each.block->value == value; });
  return found == places.end() ? nullptr : &*found;
}

const FoundTable* ReportReading::table(ReportValue value) const {
  const auto found =
      std::find_if(tables.begin(), tables.end(), [value](const FoundTable& each) { return each.block->value == value; });
  return found == tables.end() ? nullptr : &*found;
}

bool says_not_applicable(std::string_view value) {
  const std::string simple = normalised_label(value);
  return simple == "n/a" || simple == "na" || simple == "not applicable" || simple == "none" || simple == "n.a";
}

ReportReading read_report(std::shared_ptr<const Source> source, const ReportRequestedForm& request, Diagnostics& diagnostics) {
  ReportReading report;
  report.text = parse_markdown(std::move(source), diagnostics);
  report.sections = sections_of(report.text, topic_phrases());
  choose_form(report, request);
  if (report.form != nullptr) Filler(report).fill();
  report.timeline = timeline_of(report.sections);
  return report;
}

}  // namespace cita
