#include <cita/base/text.hpp>
#include <cita/input/report_reader.hpp>

#include <algorithm>
#include <cstdlib>

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
    if (block.kind != BlockKind::heading) continue;
    for (const ReportSection& section : report.sections)
      if (match_heading(block, normalised_label(section.heading)) != Match::none) {
        found += is_first ? 6 : 2;
        break;
      }
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
    for (const ReportBlock& block : report_.form->blocks) {
      if (block.kind != BlockKind::heading) continue;
      const Match fits = match_heading(block, written);
      if (fits == Match::none || report_.place(block) != nullptr) continue;
      FoundPlace place;
      place.block = &block;
      place.label = section.heading;
      place.value = text_of(section.body);
      place.span = section.span;
      place.line = section.line;
      place.level = section.level;
      place.by_synonym = fits == Match::synonym;
      if (report_.places.empty() && section.level < 7) report_.level_shift = section.level - block.level;
      report_.places.push_back(std::move(place));
      current_ = &block;
      factor_ = -1;
      return;
    }
    if (below(BlockKind::repeat) != nullptr) begin_factor(section);
  }

  // A piece of the form below the current heading.
  const ReportBlock* below(BlockKind kind) const {
    bool inside = false;
    for (const ReportBlock& block : report_.form->blocks) {
      if (block.kind == BlockKind::heading) inside = &block == current_;
      if (inside && block.kind == kind) return &block;
    }
    return nullptr;
  }

  void begin_factor(const ReportSection& section) {
    std::string_view title = section.heading;
    const std::string simple = text::simplified(title);
    if (const std::size_t colon = title.find(':'); simple.starts_with("contributing factor") && colon != std::string_view::npos)
      title.remove_prefix(colon + 1);
    while (title.starts_with(' ')) title.remove_prefix(1);
    factor_ = static_cast<int>(report_.factors.size());
    report_.factors.push_back({std::string(title), section.span, section.line});
  }

  void read(const ReportSection& section) {
    for (const ReportField& field : fields_of(section)) read_field(field);
    for (const MarkdownBlock* block : section.body)
      if (block->kind == MarkdownKind::table) read_table(*block);
    if (current_ != nullptr) read_list(section);
  }

  void read_field(const ReportField& field) {
    const std::string written = normalised_label(field.label);
    const ReportBlock* found = nullptr;
    Match fits = Match::none;
    bool inside = current_ == nullptr;
    const auto consider = [&](const ReportBlock& block) {
      if (found != nullptr) return;
      fits = match(block, block.text, written);
      if (fits != Match::none) found = &block;
    };
    for (const ReportBlock& block : report_.form->blocks) {
      if (block.kind == BlockKind::heading) inside = current_ == nullptr || &block == current_;
      if (!inside) continue;
      if (block.kind == BlockKind::repeat && factor_ < 0 && written.find("contributing factor") == 0) return;
      if (block.kind == BlockKind::field) consider(block);
      each_field(block.blocks, consider);
    }
    if (found == nullptr) return;
    FoundPlace place;
    place.block = found;
    place.label = field.label;
    place.value = field.value;
    place.span = field.span;
    place.line = field.line;
    place.factor = factor_;
    place.by_synonym = fits == Match::synonym;
    report_.places.push_back(std::move(place));
    const bool is_lesson = found->value == ReportValue::went_well || found->value == ReportValue::did_not_go_well ||
                           found->value == ReportValue::got_lucky || found->value == ReportValue::additional;
    if (is_lesson) lessons_of(*found, field);
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
    const ReportBlock* expected = current_ == nullptr ? nullptr : below(BlockKind::table);
    if (expected == nullptr || expected->value == ReportValue::timeline || report_.table(expected->value) != nullptr) return;
    FoundTable table;
    table.block = expected;
    table.span = block.span;
    table.line = block.line;
    std::vector<ReportValue> values;
    for (const MarkdownBlock& row : block.blocks) {
      if (row.header) {
        for (const MarkdownBlock& cell : row.blocks) {
          const ReportColumn* known = column(*expected, normalised_label(cell.text));
          values.push_back(known == nullptr ? ReportValue::nothing : known->value);
          table.titles.push_back(cell.text);
        }
        continue;
      }
      if (row.span.text().find('|') == std::string_view::npos) continue;  // a line of text below the table
      FoundRow& found = table.rows.emplace_back();
      found.span = row.span;
      found.line = row.line;
      for (std::size_t i = 0; i < row.blocks.size(); ++i) {
        const MarkdownBlock& cell = row.blocks[i];
        found.cells.push_back({i < values.size() ? values[i] : ReportValue::nothing, cell.text,
                               cell.links.empty() ? std::string() : cell.links.front().address, cell.span});
      }
    }
    report_.tables.push_back(std::move(table));
  }

  ReportReading& report_;
  const ReportBlock* current_ = nullptr;
  int factor_ = -1;
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
