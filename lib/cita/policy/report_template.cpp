#include <cita/base/suggest.hpp>
#include <cita/policy/kept_fields.hpp>
#include <cita/policy/report_template.hpp>
#include <cita/time/notation.hpp>
#include <cita/yaml/fields.hpp>

#include <algorithm>

namespace cita {

namespace {

using yaml::Fields;
using yaml::Node;

struct ValueEntry {
  std::string_view name;
  std::string_view field;
  std::string_view what;
};

constexpr ValueEntry value_entries[] = {
#define REPORT_VALUE(enumerator, name, field, what) {name, field, what},
#include <cita/policy/report_values.def>
#undef REPORT_VALUE
};

constexpr std::string_view value_names[] = {
#define REPORT_VALUE(enumerator, name, field, what) name,
#include <cita/policy/report_values.def>
#undef REPORT_VALUE
};

// In the order of the enumerators. A block is told by the key that it has of these.
constexpr std::string_view block_keys[] = {"heading", "text", "field", "prose", "list", "table", "days", "repeat"};
constexpr std::string_view needed_keys[] = {"always",         "certificates",    "revocation-delay", "revocation-over",
                                            "problem-report", "reporter-answer", "issuance-stopped", "optional"};
constexpr std::string_view form_keys[] = {"preliminary", "full", "update", "revocation-progress", "audit", "closure"};

const ValueEntry& entry(ReportValue value) { return value_entries[static_cast<std::size_t>(value)]; }

template <class Enumeration>
std::optional<Enumeration> by_position(std::span<const std::string_view> all, std::string_view text) {
  const auto found = std::find(all.begin(), all.end(), text);
  return found == all.end() ? std::nullopt : std::optional(static_cast<Enumeration>(found - all.begin()));
}

class TemplateReader : private KeptFields<TemplateReader> {
  friend class KeptFields<TemplateReader>;

 public:
  TemplateReader(TemplateFile& file, Diagnostics& diagnostics) : KeptFields(file.storage, diagnostics), file_(file) {}

  void read(Node root) {
    Fields fields(root, "a report template", diagnostics_);
    ReportTemplate& form = file_.form;
    form.id = text(fields, "template", "name the template: 'template: ccadb-3'");
    form.title = text(fields, "title", "write the title of the document that has the template");
    form.url = optional_text(fields, "url");
    form.editions = each<TemplateEdition>(fields.required("editions", "list the editions in the order of their dates"),
                                          &TemplateReader::edition);
    form.words = words(fields.node("words"));
    form.allowed = each<AllowedValue>(fields.node("allowed"), &TemplateReader::allowed);
    form.placeholders = texts(fields, "placeholders");
    if (const Node list = fields.node("certificate-list")) {
      Fields of_list(list, "a list of certificates", diagnostics_);
      form.links_from = of_list.count("links-from");
      of_list.done();
    }
    form.checks = each<AskedCheck>(fields.node("checks"), &TemplateReader::check_asked);
    form.forms = each<ReportForm>(fields.required("forms", "list the forms"), &TemplateReader::form);
    fields.done();
  }

 private:
  std::span<const std::string_view> texts(Fields& fields, std::string_view key) {
    std::vector<std::string_view> result;
    for (std::string& text : fields.texts(key)) result.push_back(storage_.keep(std::move(text)));
    return storage_.keep(std::move(result));
  }

  template <class Enumeration>
  Enumeration one_of(Node node, std::span<const std::string_view> allowed, Enumeration otherwise) {
    const auto word = node ? yaml::scalar_text(node, "this", diagnostics_) : std::nullopt;
    if (!word) return otherwise;
    if (const auto value = by_position<Enumeration>(allowed, *word)) return *value;
    diagnostics_.error("unknown-word", node.span(), "'" + std::string(*word) + "' is not known here", suggestion(*word, allowed));
    return otherwise;
  }

  Instant date(Node node, Instant otherwise) {
    const auto written = node ? yaml::scalar_text(node, "a date", diagnostics_) : std::nullopt;
    if (!written) return otherwise;
    StampContext context;
    context.zone = "UTC";
    const StampResult result = read_notation(*written, context);
    if (result && result.stamp->moment.unit() == Unit::day) return result.stamp->moment.earliest();
    diagnostics_.error("not-a-date", node.span(), "'" + std::string(*written) + "' is not a date", "write YYYY-MM-DD");
    return otherwise;
  }

  TemplateEdition edition(Node node) {
    Fields fields(node, "an edition", diagnostics_);
    TemplateEdition result;
    result.id = text(fields, "id", "write the edition's number");
    result.in_force.from = date(fields.required("from", "write the day from which it is in force"), open_past);
    result.in_force.until = date(fields.node("until"), open_future);
    result.closure_needinfo = optional_text(fields, "closure-needinfo");
    result.columns_in_order = fields.boolean("columns-in-order").value_or(false);
    if (const Node last_day = fields.node("usable-until"))
      result.usable_until = date(last_day, result.in_force.until) + date::days{1};
    fields.done();
    return result;
  }

  std::span<const TemplateWord> words(Node node) {
    if (!node) return {};
    Fields fields(node, "'words'", diagnostics_);
    std::vector<TemplateWord> result;
    for (std::size_t i = 0; fields.is_mapping() && i < node.size(); ++i) {
      const std::string_view key = storage_.keep(std::string(node.key(i)));
      result.push_back({key, text(fields, key, "write the template's word")});
    }
    fields.done();
    return storage_.keep(std::move(result));
  }

  // What is allowed is worded as the template words it, so its words are what can be named here.
  AllowedValue allowed(Node node) {
    Fields fields(node, "what is allowed", diagnostics_);
    AllowedValue result;
    result.value = one_of(fields.required("value", "say whose value"), value_names, ReportValue::nothing);
    result.pattern = optional_text(fields, "pattern");
    std::vector<std::string_view> wordings;
    for (const std::string& key : fields.texts("one-of")) wordings.push_back(word(key, node));
    result.one_of = storage_.keep(std::move(wordings));
    fields.done();
    return result;
  }

  AskedCheck check_asked(Node node) {
    Fields fields(node, "a check", diagnostics_);
    AskedCheck result;
    result.check = text(fields, "check", "name the check");
    result.level =
        one_of(fields.required("level", "write the level: must, should, lc_must, …"), level_keys(), RequirementLevel::must);
    result.section = text(fields, "section", "say where the document asks for it");
    fields.done();
    return result;
  }

  std::string_view word(const std::string& key, Node place) {
    const std::string_view wording = file_.form.word(key);
    if (wording.empty())
      diagnostics_.error("unknown-word", place.span(), "the template has no word for '" + key + "'", "write it under 'words'");
    return wording;
  }

  ExpectedEntry expected(Node node) {
    Fields fields(node, "an expected entry", diagnostics_);
    ExpectedEntry result;
    result.text = text(fields, "entry", "write what it tells");
    result.needed = one_of(fields.node("needed"), needed_keys, Needed::always);
    result.events = several<EventKind>(fields.node("events"), event_kind_names());
    result.to = several<Addressee>(fields.node("to"), names<Addressee>());
    result.mentions = texts(fields, "mentions");
    if (result.events.empty() == result.mentions.empty())
      diagnostics_.error("no-sign", node.span(), "an expected entry is known by 'events' or by what it 'mentions'");
    fields.done();
    return result;
  }

  ReportForm form(Node node) {
    Fields fields(node, "a form", diagnostics_);
    ReportForm result;
    result.kind = one_of(fields.required("form", "say which report it is"), form_keys, FormKind::full);
    result.editions = texts(fields, "editions");
    for (const std::string_view id : result.editions) require_edition(id, node);
    result.bug_title = optional_text(fields, "bug-title");
    result.since = several<EventKind>(fields.node("since"), event_kind_names());
    result.blocks = each<ReportBlock>(fields.required("blocks", "list what the form consists of"), &TemplateReader::block);
    fields.done();
    return result;
  }

  void require_edition(std::string_view id, Node place) {
    std::vector<std::string_view> known;
    for (const TemplateEdition& each : file_.form.editions) known.push_back(each.id);
    if (std::find(known.begin(), known.end(), id) == known.end())
      diagnostics_.error("unknown-word", place.span(), "there is no edition '" + std::string(id) + "'", suggestion(id, known));
  }

  ReportBlock block(Node node) {
    Fields fields(node, "a block", diagnostics_);
    ReportBlock result;
    int kinds = 0;
    for (const std::string_view key : block_keys)
      if (const Node what = fields.node(key)) {
        result.kind = *by_position<BlockKind>(block_keys, key);
        read_what(result, what);
        ++kinds;
      }
    if (kinds == 0)
      diagnostics_.error("no-kind", node.span(), "a block needs a key that says what it is", suggestion("", block_keys));
    if (kinds > 1) diagnostics_.error("two-kinds", node.span(), "a block is one thing", "divide it into several blocks");
    result.level = static_cast<int>(fields.count("level").value_or(0));
    if (const Node value = fields.node("value")) result.value = one_of(value, value_names, ReportValue::nothing);
    if (const Node lead = fields.node("lead")) result.text = kept(lead);
    if (const Node bullet = fields.node("bullet")) result.text = kept(bullet);
    result.needed = one_of(fields.node("needed"), needed_keys, Needed::always);
    result.events = several<EventKind>(fields.node("events"), event_kind_names());
    result.columns = each<ReportColumn>(fields.node("columns"), &TemplateReader::column);
    result.blocks =
        each<ReportBlock>(fields.node(result.kind == BlockKind::repeat ? "blocks" : "fields"), &TemplateReader::block);
    result.is_own = fields.boolean("own").value_or(false);
    result.also = texts(fields, "also");
    result.phrases = texts(fields, "phrases");
    result.expects = each<ExpectedEntry>(fields.node("expects"), &TemplateReader::expected);
    fields.done();
    check(node, result);
    return result;
  }

  // Headings, sentences and labels are literal; the other kinds are named together with what fills them.
  void read_what(ReportBlock& block, Node what) {
    if (block.kind <= BlockKind::field) block.text = kept(what);
    else block.value = one_of(what, value_names, ReportValue::nothing);
  }

  std::string_view kept(Node node) {
    const auto literal = yaml::scalar_text(node, "this", diagnostics_);
    return literal ? storage_.keep(std::string(*literal)) : std::string_view();
  }

  ReportColumn column(Node node) {
    Fields fields(node, "a column", diagnostics_);
    ReportColumn result;
    result.heading = text(fields, "column", "write the column's heading");
    result.value = one_of(fields.required("value", "say what fills it"), value_names, ReportValue::nothing);
    result.needed = one_of(fields.node("needed"), needed_keys, Needed::always);
    result.also = texts(fields, "also");
    fields.done();
    return result;
  }

  template <class Enumeration>
  std::span<const Enumeration> several(Node list, std::span<const std::string_view> allowed) {
    std::vector<Enumeration> values;
    for (std::size_t i = 0; list && list.is_sequence() && i < list.size(); ++i)
      values.push_back(one_of(list.item(i), allowed, Enumeration{}));
    return storage_.keep(std::move(values));
  }

  void check(Node node, const ReportBlock& block) {
    if (block.kind == BlockKind::heading && (block.level < 1 || block.level > 6))
      diagnostics_.error("wrong-level", node.span(), "a heading has a level from 1 to 6");
    if (block.kind == BlockKind::table && block.columns.empty())
      diagnostics_.error("no-columns", node.span(), "a table needs columns");
    if (block.kind == BlockKind::repeat && (block.text.empty() || block.blocks.empty()))
      diagnostics_.error("no-blocks", node.span(), "a repetition needs a 'lead' and 'blocks'");
  }

  TemplateFile& file_;
};

}  // namespace

std::string_view name(ReportValue value) { return entry(value).name; }
std::string_view file_field(ReportValue value) { return entry(value).field; }
std::string_view meaning(ReportValue value) { return entry(value).what; }

std::string_view name(FormKind kind) { return form_keys[static_cast<std::size_t>(kind)]; }
std::optional<FormKind> form_kind(std::string_view name) { return by_position<FormKind>(form_keys, name); }

std::span<const std::string_view> form_kind_names() { return form_keys; }

const ReportForm* ReportTemplate::form(FormKind kind, std::string_view edition) const {
  const auto found = std::find_if(forms.begin(), forms.end(), [&](const ReportForm& each) {
    return each.kind == kind && (edition.empty() || each.editions.empty() ||
                                 std::find(each.editions.begin(), each.editions.end(), edition) != each.editions.end());
  });
  return found == forms.end() ? nullptr : &*found;
}

std::string_view ReportTemplate::word(std::string_view key) const {
  const auto found = std::find_if(words.begin(), words.end(), [key](const TemplateWord& each) { return each.key == key; });
  return found == words.end() ? std::string_view() : found->text;
}

const AllowedValue* ReportTemplate::allowed_for(ReportValue value) const {
  const auto found =
      std::find_if(allowed.begin(), allowed.end(), [value](const AllowedValue& each) { return each.value == value; });
  return found == allowed.end() ? nullptr : &*found;
}

bool AllowedValue::allows(std::string_view text) const {
  if (!one_of.empty()) return std::find(one_of.begin(), one_of.end(), text) != one_of.end();
  return pattern.empty() || std::equal(text.begin(), text.end(), pattern.begin(), pattern.end(), [](char c, char in_pattern) {
           return in_pattern == '#' ? c >= '0' && c <= '9' : c == in_pattern;
         });
}

ChosenTemplate template_in_force(Instant instant) {
  ChosenTemplate newest;
  for (const ReportTemplate& each : built_in_templates())
    for (const TemplateEdition& edition : each.editions) {
      const bool in_force = edition.in_force.contains(Moment::exact(instant)) == Truth::yes;
      if (in_force && (!newest || edition.in_force.from > newest.edition->in_force.from)) newest = {&each, &edition};
    }
  return newest;
}

namespace {

// "2" is 2.0 as long as there is no 2.1.
ChosenTemplate the_only_edition_of(std::string_view version) {
  ChosenTemplate only;
  for (const ReportTemplate& each : built_in_templates())
    for (const TemplateEdition& edition : each.editions) {
      if (!edition.id.starts_with(version) || !edition.id.substr(version.size()).starts_with('.')) continue;
      if (only) return {};
      only = {&each, &edition};
    }
  return only;
}

}  // namespace

ChosenTemplate template_called(std::string_view id, Instant instant) {
  for (const ReportTemplate& each : built_in_templates()) {
    ChosenTemplate of_template;
    for (const TemplateEdition& edition : each.editions) {
      if (edition.id == id) return {&each, &edition};
      const bool settled = of_template && of_template.edition->in_force.contains(Moment::exact(instant)) == Truth::yes;
      if (!settled) of_template = {&each, &edition};
    }
    if (each.id == id) return of_template;
  }
  return the_only_edition_of(id);
}

OwnForm own_form(FormKind kind) {
  for (const ReportTemplate& each : built_in_templates())
    if (each.editions.empty())
      if (const ReportForm* form = each.form(kind)) return {&each, form};
  return {};
}

std::vector<std::string_view> template_ids() {
  std::vector<std::string_view> ids;
  for (const ReportTemplate& each : built_in_templates()) {
    if (each.editions.empty()) continue;
    ids.push_back(each.id);
    for (const TemplateEdition& edition : each.editions) ids.push_back(edition.id);
  }
  return ids;
}

std::unique_ptr<TemplateFile> read_template(std::shared_ptr<const Source> source, Diagnostics& diagnostics) {
  const std::size_t errors = diagnostics.errors();
  const auto document = yaml::parse(std::move(source), diagnostics);
  if (!document) return nullptr;
  auto file = std::make_unique<TemplateFile>();
  TemplateReader(*file, diagnostics).read(document->root());
  return diagnostics.errors() == errors ? std::move(file) : nullptr;
}

}  // namespace cita
