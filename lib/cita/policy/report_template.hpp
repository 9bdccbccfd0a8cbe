// Report templates as data: which headings, labels and columns a report has, in which order, in which edition, and what
// of an incident fills each. The templates of lib/templates are compiled into constant tables, like the policy packs.
//
//   const ChosenTemplate chosen = template_in_force(as_of);             // edition "3.2" of "ccadb-3"
//   const ReportForm* form = chosen.form->form(FormKind::full);
#pragma once

#include <cita/base/diagnostic.hpp>
#include <cita/model/event_kind.hpp>
#include <cita/model/vocabulary.hpp>
#include <cita/policy/pack_file.hpp>
#include <cita/policy/policy.hpp>
#include <cita/time/period.hpp>

#include <memory>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace cita {

/// What fills a place of a report (report_values.def).
enum class ReportValue : std::uint8_t {
#define REPORT_VALUE(enumerator, name, field, what) enumerator,
#include <cita/policy/report_values.def>
#undef REPORT_VALUE
};

/// As templates write it: "relevant-policies".
std::string_view name(ReportValue value);
/// Where the incident file says it: "report.relevant-policies".
std::string_view file_field(ReportValue value);
/// What to write there.
std::string_view meaning(ReportValue value);

enum class BlockKind : std::uint8_t {
  heading,  ///< a heading of some level
  text,     ///< a sentence of the template, as it stands; with a value: only where that holds
  field,    ///< a bullet with a bold label; may have fields of its own below it
  prose,    ///< paragraphs
  list,     ///< a bullet for each entry
  table,    ///< columns, and a row for each entry
  days,     ///< the timeline as a list under the line of each day
  repeat,   ///< a bold line or a heading with what stands below it, once for each entry
};

/// When a place has to be filled. Elsewhere it says that it is not applicable, in templates that have a word for that.
enum class Needed : std::uint8_t {
  always,
  certificates,      ///< certificates are affected
  revocation_delay,  ///< the whiteboard has a tag for a delayed revocation
  revocation_over,   ///< it has, and the time for which the revocation was planned is over
  problem_report,    ///< there was a Certificate Problem Report
  reporter_answer,   ///< there was one, and somebody can be answered
  issuance_stopped,  ///< the report says that issuance was stopped
  optional,
};

struct ReportColumn {
  std::string_view heading;
  ReportValue value = ReportValue::nothing;
  Needed needed = Needed::always;
  std::span<const std::string_view> also;  ///< other wordings that mean the same column
};

/// What the entries of a table or a list have to tell among other things.
struct ExpectedEntry {
  std::string_view text;  ///< "the time at which the incident began"
  Needed needed = Needed::always;
  std::span<const EventKind> events;           ///< an event of one of these kinds tells it
  std::span<const Addressee> to;               ///< and went to one of these; empty: to whomever
  std::span<const std::string_view> mentions;  ///< of entries that are no events: one that has a word with such a beginning
};

/// One piece of a report.
struct ReportBlock {
  BlockKind kind = BlockKind::text;
  int level = 0;  ///< of a heading, or of the headings that a repetition has instead of bold lines
  std::string_view
      text;  ///< the heading, the label, the sentence, the bold line ("Contributing Factor {number}: {title}"), a list's bullet
  ReportValue value = ReportValue::nothing;
  Needed needed = Needed::always;
  std::span<const EventKind> events;  ///< of first-event and last-event: which
  std::span<const ReportColumn> columns;
  std::span<const ReportBlock> blocks;        ///< fields below a field; what a repetition repeats
  bool is_own = false;                        ///< ours, and not in the published template
  std::span<const std::string_view> also;     ///< other wordings of the heading or label that mean the same
  std::span<const std::string_view> phrases;  ///< what every wording of the heading or the sentence has in it
  std::span<const ExpectedEntry> expects;
};

enum class FormKind : std::uint8_t { preliminary, full, update, revocation_progress, audit, closure };

/// "preliminary", "revocation-progress".
std::string_view name(FormKind kind);
std::optional<FormKind> form_kind(std::string_view name);
/// In the order of the enumerators.
std::span<const std::string_view> form_kind_names();

struct ReportForm {
  FormKind kind = FormKind::full;
  std::span<const std::string_view> editions;  ///< which have it; empty: all
  std::string_view bug_title;                  ///< "{owner}: Findings in {year} Audit"; empty: the owner and the incident's title
  std::span<const EventKind> since;            ///< the posts after which it tells what is new
  std::span<const ReportBlock> blocks;
};

/// A published version of a template.
struct TemplateEdition {
  std::string_view id;  ///< "3.2"
  Period in_force;
  std::string_view closure_needinfo;    ///< whom to ask for information when closure is requested; empty: nobody
  std::optional<Instant> usable_until;  ///< when a superseded edition may no longer be posted; nothing: no rule says
  bool columns_in_order = false;        ///< whether a list of certificates has to have its columns first, in their order
};

/// How a template words a value of ours: "third-party-reported" as "Third Party Reported".
struct TemplateWord {
  std::string_view key;
  std::string_view text;
};

/// What may stand where a value stands.
struct AllowedValue {
  ReportValue value = ReportValue::nothing;
  std::span<const std::string_view> one_of;  ///< empty: anything
  std::string_view pattern;                  ///< "A######", each # a digit; empty: anything

  bool allows(std::string_view text) const;
};

/// What a document asks of every report that follows the template; lint_checks.def says how it is looked at.
struct AskedCheck {
  std::string_view check;  ///< "missing-field"
  RequirementLevel level = RequirementLevel::must;
  std::string_view section;  ///< where the document asks for it
};

struct ReportTemplate {
  std::string_view id;
  std::string_view title;
  std::string_view url;
  std::span<const TemplateEdition> editions;  ///< in the order of their dates
  std::span<const TemplateWord> words;
  std::span<const AllowedValue> allowed;
  std::span<const std::string_view> placeholders;  ///< what the published template has where the author has to write
  std::span<const AskedCheck> checks;
  std::span<const ReportForm> forms;
  /// From how many affected certificates on a list of links may stand for one with columns; nothing: it asks for no list.
  std::optional<std::int64_t> links_from;

  /// The form of an edition; null when that has none. Without an edition: of any.
  const ReportForm* form(FormKind kind, std::string_view edition = {}) const;
  /// Empty when the template has no word for it.
  std::string_view word(std::string_view key) const;
  /// Null when anything may stand there.
  const AllowedValue* allowed_for(ReportValue value) const;
};

/// The templates of lib/templates, as tables made at build time.
std::span<const ReportTemplate> built_in_templates();

/// A template in one of its editions, or nothing.
struct ChosenTemplate {
  const ReportTemplate* form = nullptr;
  const TemplateEdition* edition = nullptr;
  explicit operator bool() const { return form != nullptr; }
};

/// The edition in force; of several the newest.
ChosenTemplate template_in_force(Instant instant);
/// An edition by its id ("3.2"), or by the beginning of it in front of a full stop that no other has, or a template by its id
/// ("seven-topics") in the edition then in force, else its last.
ChosenTemplate template_called(std::string_view id, Instant instant);
/// Of several reports the guidelines say what they contain and have no template: the form is ours then, the same in all
/// editions, and belongs to none. Nothing for kinds of which that is not so.
struct OwnForm {
  const ReportTemplate* of = nullptr;
  const ReportForm* form = nullptr;
  explicit operator bool() const { return form != nullptr; }
};
OwnForm own_form(FormKind kind);
/// What template_called knows.
std::vector<std::string_view> template_ids();

/// A template with its storage.
struct TemplateFile {
  ReportTemplate form;
  PackStorage storage;
};

/// Reads a template (YAML); nothing when the diagnostics hold an error.
std::unique_ptr<TemplateFile> read_template(std::shared_ptr<const Source> source, Diagnostics& diagnostics);

}  // namespace cita
