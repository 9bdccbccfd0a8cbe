// A report's Markdown as its template sees it: which template that is, what fills each of its places, and what the timeline
// tells. Nothing is repaired: what is missing is missing.
//
//   Diagnostics diagnostics;
//   const ReportReading report = read_report(source, {.as_of = now}, diagnostics);
//   report.chosen.edition->id          // "3.2"
//   report.timeline.rows.front()       // its first event
#pragma once

#include <cita/input/report_timeline.hpp>
#include <cita/policy/report_template.hpp>

#include <string>
#include <vector>

namespace cita {

/// A heading or label of the template, found in the report.
struct FoundPlace {
  const ReportBlock* block = nullptr;
  std::string label;  ///< as written
  std::string value;  ///< what stands there, without markup
  std::string prose;  ///< of a heading: the same without fields of the form
  Span span;          ///< of the heading or the line with the label
  int line = 0;
  int level = 0;  ///< of a heading
  int turn = -1;  ///< in a repetition: of which factor or finding, from 0
  bool by_synonym = false;
};

/// A table's cell, by the column of the template that its title names.
struct FoundCell {
  ReportValue value = ReportValue::nothing;
  std::string text;
  std::string address;  ///< of its first link
  Span span;
};

struct FoundRow {
  Span span;
  int line = 0;
  int turn = -1;  ///< of a table in a repetition: of which finding, from 0
  std::vector<FoundCell> cells;

  /// Empty when the table has no such column.
  std::string_view text(ReportValue value) const;
};

struct FoundTable {
  const ReportBlock* block = nullptr;
  Span span;
  int line = 0;
  std::vector<std::string> titles;  ///< as written
  std::vector<FoundRow> rows;
};

/// One entry of the lessons.
struct FoundLesson {
  ReportValue value = ReportValue::nothing;
  std::string text;
  Span span;
};

struct FoundFactor {
  std::string title;
  Span span;
  int line = 0;
};

/// A finding of an audit, with what stands right below its heading.
struct FoundFinding {
  std::string text;
  Span span;
  int line = 0;
};

struct ReportReading {
  MarkdownText text;
  std::vector<ReportSection> sections;
  ChosenTemplate chosen;             ///< nothing when no template is recognised
  const ReportForm* form = nullptr;  ///< the form of it
  int level_shift = 0;               ///< how much deeper its headings are than the template's
  std::vector<FoundPlace> places;    ///< in the order of the report
  std::vector<FoundTable> tables;    ///< one for each sort of rows
  std::vector<FoundFactor> factors;
  std::vector<FoundFinding> findings;
  std::vector<FoundLesson> lessons;
  Timeline timeline;

  const FoundPlace* place(const ReportBlock& block) const;
  const FoundPlace* place(ReportValue value) const;
  const FoundTable* table(ReportValue value) const;
};

struct ReportRequestedForm {
  Instant as_of{};          ///< when it is or would be posted
  std::string template_id;  ///< empty: the one it follows
};

/// Any text is read; without a template that fits, `chosen` holds none.
ReportReading read_report(std::shared_ptr<const Source> source, const ReportRequestedForm& request, Diagnostics& diagnostics);

/// Whether a value says that the field does not apply: "N/A", "n/a", "not applicable".
bool says_not_applicable(std::string_view value);

}  // namespace cita
