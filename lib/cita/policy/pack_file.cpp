#include <cita/base/suggest.hpp>
#include <cita/policy/kept_fields.hpp>
#include <cita/policy/pack_file.hpp>
#include <cita/time/notation.hpp>
#include <cita/yaml/fields.hpp>

#include <algorithm>

namespace cita {

namespace {

using yaml::Fields;
using yaml::Node;

class PackReader : private KeptFields<PackReader> {
  friend class KeptFields<PackReader>;

 public:
  PackReader(PackFile& file, Diagnostics& diagnostics) : KeptFields(file.storage, diagnostics), file_(file) {}

  void read(Node root) {
    Fields fields(root, "a pack", diagnostics_);
    Pack& pack = file_.pack;
    pack.id = text(fields, "pack", "name the pack: 'pack: tls-br'");
    pack.title = text(fields, "title", "write the document's title");
    pack.short_title = text(fields, "short-title", "write what citations call the document: 'TLS BR'");
    pack.publisher = optional_text(fields, "publisher");
    pack.url = optional_text(fields, "url");
    pack.draft = fields.boolean("draft").value_or(false);
    read_checked(
        fields.required("checked", "say up to when the facts were checked: 'checked: {until: 2026-10-04, version: 2.3.1}'"));
    pack.versions = each<DocumentVersion>(fields.node("versions"), &PackReader::version);
    pack.bindings = each<Binding>(fields.node("bindings"), &PackReader::binding);
    pack.readings = each<Reading>(fields.node("readings"), &PackReader::reading);
    pack.short_lived = each<ShortLived>(fields.node("short-lived"), &PackReader::short_lived);
    pack.reason_tables = each<ReasonTable>(fields.node("reasons"), &PackReader::reason_table);
    pack.duties = each<Duty>(fields.required("duties", "list at least one duty"), &PackReader::duty);
    fields.done();
  }

 private:
  // ---- values

  template <class T, class Parse>
  std::vector<T> words(Fields& fields, std::string_view key, std::span<const std::string_view> allowed, Parse parse) {
    std::vector<T> values;
    const Node node = fields.node(key);
    if (!node) return values;
    for (std::size_t i = 0; i < (node.is_sequence() ? node.size() : 1); ++i)
      if (const auto value = word<T>(node.is_sequence() ? node.item(i) : node, allowed, parse)) values.push_back(*value);
    return values;
  }

  template <class T, class Parse>
  std::optional<T> word(Node node, std::span<const std::string_view> allowed, Parse parse) {
    const auto text = yaml::scalar_text(node, "this", diagnostics_);
    if (!text) return std::nullopt;
    if (const std::optional<T> value = parse(*text)) return value;
    diagnostics_.error("unknown-word", node.span(), "'" + std::string(*text) + "' is not known here", suggestion(*text, allowed));
    return std::nullopt;
  }

  template <class T>
  static std::optional<T> by_position(std::span<const std::string_view> all, std::string_view text) {
    const auto found = std::find(all.begin(), all.end(), text);
    return found == all.end() ? std::nullopt : std::optional(static_cast<T>(found - all.begin()));
  }

  template <class T>
  T one_of(Fields& fields, std::string_view key, std::span<const std::string_view> allowed, T otherwise) {
    const Node node = fields.node(key);
    if (!node) return otherwise;
    return word<T>(node, allowed, [allowed](std::string_view text) { return by_position<T>(allowed, text); }).value_or(otherwise);
  }

  std::span<const EventKind> kinds(Fields& fields, std::string_view key) {
    return storage_.keep(words<EventKind>(fields, key, event_kind_names(), event_kind));
  }

  std::span<const std::string_view> list_of_texts(Fields& fields, std::string_view key) {
    std::vector<std::string_view> kept;
    for (std::string& each : fields.texts(key)) kept.push_back(storage_.keep(std::move(each)));
    return storage_.keep(std::move(kept));
  }

  std::optional<Instant> date(Node node) {
    const auto text = yaml::scalar_text(node, "a date", diagnostics_);
    if (!text) return std::nullopt;
    StampContext context;
    context.zone = "UTC";
    const StampResult result = read_notation(*text, context);
    if (result && result.stamp->moment.unit() == Unit::day && text->size() == 10) return result.stamp->moment.earliest();
    diagnostics_.error("not-a-date", node.span(), "'" + std::string(*text) + "' is not a date", "write YYYY-MM-DD");
    return std::nullopt;
  }

  Period period(Fields& fields) {
    Period result;
    if (const Node from = fields.node("from")) result.from = date(from).value_or(open_past);
    if (const Node until = fields.node("until")) result.until = date(until).value_or(open_future);
    if (result.from >= result.until)
      diagnostics_.error("empty-period", fields.span(), "'from' is not before 'until'",
                         "'until' is the first day no longer in force");
    return result;
  }

  Limit limit(Fields& fields) {
    const Node node = fields.node("limit");
    if (!node) return {};
    const auto text = yaml::scalar_text(node, "a limit", diagnostics_);
    if (!text) return {};
    Limit result;
    if (*text == "by-date") {
      result = Limit::date();
    } else if (const auto parsed = parse_duration(*text)) {
      result = *parsed;
    } else {
      diagnostics_.error("not-a-limit", node.span(), "'" + std::string(*text) + "' is not a limit",
                         "write an ISO 8601 duration (PT24H, P5D, P3M) or by-date");
    }
    constexpr std::string_view boundaries[] = {"inclusive", "strict"};
    result.boundary = one_of<Boundary>(fields, "boundary", boundaries, Boundary::inclusive);
    return result;
  }

  // ---- entries

  void read_checked(Node node) {
    if (!node) return;
    Fields fields(node, "'checked'", diagnostics_);
    if (const Node until = fields.required("until", "write the last date for which the facts were checked"))
      file_.pack.checked_until = date(until).value_or(open_future);
    file_.pack.checked_version = optional_text(fields, "version");
    file_.pack.checked_note = optional_text(fields, "note");
    fields.done();
  }

  DocumentVersion version(Node node) {
    Fields fields(node, "a version", diagnostics_);
    DocumentVersion result;
    result.version = text(fields, "version", "write the version's number");
    if (const Node from = fields.required("in-force", "write the day it came into force"))
      result.in_force = date(from).value_or(Instant{});
    result.ballot = optional_text(fields, "ballot");
    fields.done();
    return result;
  }

  Binding binding(Node node) {
    Fields fields(node, "a binding", diagnostics_);
    Binding result;
    result.program = text(fields, "program", "name the root program");
    result.in_force = period(fields);
    result.document = text(fields, "document", "cite the document that binds");
    result.text = optional_text(fields, "text");
    result.certificates =
        storage_.keep(words<CertificateUse>(fields, "certificates", names<CertificateUse>(), named<CertificateUse>));
    fields.done();
    return result;
  }

  ReadingOption option(Node node) {
    Fields fields(node, "an option", diagnostics_);
    ReadingOption result;
    result.id = text(fields, "id", "name the option");
    result.text = text(fields, "text", "complete the sentence 'met only if …'");
    result.is_default = fields.boolean("default").value_or(false);
    result.is_reviewers = fields.boolean("reviewer").value_or(false);
    result.effect = one_of<OptionEffect>(fields, "effect", option_effect_keys(), OptionEffect::nothing_else);
    fields.done();
    return result;
  }

  Reading reading(Node node) {
    Fields fields(node, "a reading", diagnostics_);
    Reading result;
    result.id = text(fields, "id", "name the reading");
    result.question = text(fields, "question", "ask what is open in the text");
    result.options = each<ReadingOption>(fields.required("options", "list the ways to read it"), &PackReader::option);
    result.sources = list_of_texts(fields, "sources");
    result.fixed = fields.boolean("fixed").value_or(false);
    fields.done();
    const auto defaults = std::count_if(result.options.begin(), result.options.end(), [](const auto& o) { return o.is_default; });
    if (defaults != 1)
      diagnostics_.error("one-default", node.span(), "a reading needs exactly one default option",
                         "write 'default: true' at one of them");
    return result;
  }

  ShortLived short_lived(Node node) {
    Fields fields(node, "a short-lived rule", diagnostics_);
    ShortLived result;
    result.issued = period(fields);
    const Limit longest = limit(fields);
    if (longest.kind == LimitKind::elapsed) result.longest = Seconds{longest.amount};
    fields.done();
    return result;
  }

  ReasonEpoch epoch(Node node) {
    Fields fields(node, "an epoch", diagnostics_);
    ReasonEpoch result;
    result.id = text(fields, "id", "name the epoch");
    result.in_force = period(fields);
    result.versions = optional_text(fields, "versions");
    result.section = optional_text(fields, "section");
    result.confidence = one_of<Confidence>(fields, "confidence", confidence_keys(), Confidence::high);
    fields.done();
    return result;
  }

  ReasonItem item(Node node) {
    Fields fields(node, "an item", diagnostics_);
    ReasonItem result;
    result.epoch = text(fields, "epoch", "name the epoch");
    result.tier = text(fields, "tier", "name the tier: 24h, 5d or 7d");
    result.item = static_cast<int>(fields.count("item").value_or(0));
    fields.done();
    return result;
  }

  Reason reason(Node node) {
    Fields fields(node, "a reason", diagnostics_);
    Reason result;
    result.key = text(fields, "key", "name the reason");
    result.meaning = text(fields, "meaning", "say what it means");
    result.trigger = kinds(fields, "trigger");
    result.items = each<ReasonItem>(fields.required("items", "say where it stands in each epoch"), &PackReader::item);
    if (const Node code = fields.node("crl-reason"))
      result.crl_reason = word<CrlReason>(code, names<CrlReason>(), named<CrlReason>);
    result.note = optional_text(fields, "note");
    fields.done();
    return result;
  }

  ReasonTable reason_table(Node node) {
    Fields fields(node, "a table of reasons", diagnostics_);
    ReasonTable result;
    result.id = text(fields, "table", "name the table");
    result.title = optional_text(fields, "title");
    if (const Node from = fields.node("crl-reasons-from")) result.crl_reasons_from = date(from).value_or(open_future);
    result.epochs = each<ReasonEpoch>(fields.required("epochs", "list the epochs"), &PackReader::epoch);
    result.reasons = each<Reason>(fields.required("entries", "list the reasons"), &PackReader::reason);
    fields.done();
    check_epochs(node, result);
    return result;
  }

  OptionKinds option_kinds(Node node) {
    Fields fields(node, "'with'", diagnostics_);
    OptionKinds result;
    result.reading = text(fields, "reading", "name the reading");
    result.option = text(fields, "option", "name its option");
    result.kinds = kinds(fields, "events");
    fields.done();
    return result;
  }

  Selector selector(Node node) {
    Selector result;
    if (!node) return result;
    Fields fields(node, "a selector of events", diagnostics_);
    result.kinds = kinds(fields, "events");
    result.by_option = each<OptionKinds>(fields.node("with"), &PackReader::option_kinds);
    result.by_ground = fields.boolean("by-ground").value_or(false);
    result.missed = list_of_texts(fields, "missed");
    result.by_then = kinds(fields, "by-then");
    result.perhaps = kinds(fields, "perhaps");
    result.after_trigger = fields.boolean("after-trigger").value_or(false);
    fields.done();
    return result;
  }

  Condition condition(Node node) {
    Condition result;
    if (!node) return result;
    if (!node.is_mapping() || node.size() != 1) {
      diagnostics_.error("wrong-type", node.span(), "a condition is one 'key: value'", "combine several with 'all: [ … ]'");
      return result;
    }
    const std::string_view key = node.key(0);
    if (key == "all" || key == "any") {
      result.kind = key == "all" ? ConditionKind::all : ConditionKind::any;
      result.of = each<Condition>(node.item(0), &PackReader::condition);
    } else if (key == "not") {
      result.kind = ConditionKind::negation;
      result.of = storage_.keep(std::vector<Condition>{condition(node.item(0))});
    } else if (const auto attribute = by_position<Attribute>(attribute_keys(), key)) {
      result.kind = ConditionKind::attribute;
      result.attribute = *attribute;
      const auto values = attribute_values(*attribute);
      if (const auto value = word<std::size_t>(
              node.item(0), values, [values](std::string_view text) { return by_position<std::size_t>(values, text); }))
        result.value = values[*value];
    } else {
      std::vector<std::string_view> allowed(attribute_keys().begin(), attribute_keys().end());
      allowed.insert(allowed.end(), {"all", "any", "not"});
      diagnostics_.error("unknown-key", node.key_span(0), "there is no condition '" + std::string(key) + "'",
                         suggestion(key, allowed));
    }
    return result;
  }

  Edition edition(Node node) {
    Fields fields(node, "an edition", diagnostics_);
    Edition result;
    result.in_force = period(fields);
    result.versions = optional_text(fields, "versions");
    result.section = text(fields, "section", "cite the section");
    result.ballot = optional_text(fields, "ballot");
    fields.required("level", "write the level: must, should, lc_must, …");
    result.level = one_of<RequirementLevel>(fields, "level", level_keys(), RequirementLevel::must);
    result.limit = limit(fields);
    result.confidence = one_of<Confidence>(fields, "confidence", confidence_keys(), Confidence::high);
    result.note = optional_text(fields, "note");
    result.trigger = kinds(fields, "trigger");
    result.short_lived_exempt = fields.boolean("short-lived-exempt").value_or(false);
    result.closure_stops = fields.boolean("closure-stops").value_or(false);
    result.closure_disputed = fields.boolean("closure-disputed").value_or(false);
    result.next_update_suspends = fields.boolean("next-update-suspends").value_or(false);
    result.elective = optional_text(fields, "elective");
    fields.done();
    return result;
  }

  Duty duty(Node node) {
    Fields fields(node, "a duty", diagnostics_);
    Duty result;
    const std::string id = fields.required_text("id", "name the requirement: preliminary-report-within-24-hours");
    result.id = storage_.keep(std::string(file_.pack.id) + "." + id);
    result.title = text(fields, "title", "write a title");
    result.text = optional_text(fields, "text");
    fields.required("pattern", "one of respond, recur, by-date, precede, contain, agree");
    result.pattern = one_of<Pattern>(fields, "pattern", pattern_keys(), Pattern::respond);
    fields.required("per", "say what it is judged for, once each");
    result.per = one_of<Per>(fields, "per", per_keys(), Per::incident);
    result.who = optional_text(fields, "who");
    result.addressees = storage_.keep(words<Addressee>(fields, "addressees", names<Addressee>(), named<Addressee>));
    result.applies = condition(fields.node("applies"));
    result.reason_table = optional_text(fields, "reason-table");
    result.tier = optional_text(fields, "tier");
    result.trigger = selector(fields.node("trigger"));
    result.discharge = selector(fields.node("discharge"));
    result.stop = selector(fields.node("stop"));
    result.elements = kinds(fields, "elements");
    result.expiry_discharges = fields.boolean("expiry-discharges").value_or(false);
    result.selects_edition =
        one_of<EditionSelector>(fields, "selects-edition-by", edition_selector_keys(), EditionSelector::trigger);
    result.readings = list_of_texts(fields, "readings");
    result.rule = optional_text(fields, "rule");
    result.example = optional_text(fields, "example");
    result.editions =
        each<Edition>(fields.required("editions", "list the editions in the order of their dates"), &PackReader::edition);
    fields.done();
    check_editions(node, result);
    check_readings(node, result);
    check_table(node, result);
    check_unique(node, result);
    return result;
  }

  // ---- what no single entry can see

  void check_editions(Node node, const Duty& duty) {
    for (std::size_t i = 1; i < duty.editions.size(); ++i)
      if (duty.editions[i].in_force.from < duty.editions[i - 1].in_force.until)
        diagnostics_.error(
            "editions-overlap", node.span(),
            "edition " + std::to_string(i + 1) + " of '" + std::string(duty.id) + "' starts before the one before it ends",
            "end each edition with the day the next one starts");
  }

  void check_readings(Node node, const Duty& duty) {
    for (const std::string_view each : duty.readings)
      if (file_.pack.reading(each) == nullptr)
        diagnostics_.error("unknown-reading", node.span(), "the pack has no reading '" + std::string(each) + "'",
                           "define it under 'readings'");
    const auto check = [&](const Selector& selector) {
      for (const OptionKinds& with : selector.by_option) {
        const Reading* reading = file_.pack.reading(with.reading);
        const bool known = reading != nullptr && std::any_of(reading->options.begin(), reading->options.end(),
                                                             [&](const auto& o) { return o.id == with.option; });
        if (!known || std::find(duty.readings.begin(), duty.readings.end(), with.reading) == duty.readings.end())
          diagnostics_.error(
              "unknown-reading", node.span(),
              "the duty has no reading '" + std::string(with.reading) + "' with the option '" + std::string(with.option) + "'",
              "list the reading under the duty's 'readings'");
      }
    };
    check(duty.trigger);
    check(duty.discharge);
    check(duty.stop);
  }

  void check_table(Node node, const Duty& duty) {
    if (!duty.reason_table.empty() && file_.pack.reason_table(duty.reason_table) == nullptr)
      diagnostics_.error("unknown-table", node.span(),
                         "the pack has no table of reasons '" + std::string(duty.reason_table) + "'",
                         "define it under 'reasons'");
  }

  void check_unique(Node node, const Duty& duty) {
    if (std::find(duty_ids_.begin(), duty_ids_.end(), duty.id) != duty_ids_.end())
      diagnostics_.error("duplicate-duty", node.span(), "two duties are called '" + std::string(duty.id) + "'",
                         "give each duty an id of its own");
    duty_ids_.push_back(duty.id);
  }

  void check_epochs(Node node, const ReasonTable& table) {
    for (const Reason& reason : table.reasons)
      for (const ReasonItem& item : reason.items)
        if (std::none_of(table.epochs.begin(), table.epochs.end(),
                         [&](const ReasonEpoch& epoch) { return epoch.id == item.epoch; }))
          diagnostics_.error(
              "unknown-epoch", node.span(),
              "'" + std::string(reason.key) + "' stands in an epoch that the table does not have: " + std::string(item.epoch),
              "list it under the table's 'epochs'");
  }

  PackFile& file_;
  std::vector<std::string_view> duty_ids_;
};

}  // namespace

std::unique_ptr<PackFile> read_pack(std::shared_ptr<const Source> source, Diagnostics& diagnostics) {
  const std::size_t errors = diagnostics.errors();
  const auto document = yaml::parse(std::move(source), diagnostics);
  if (!document) return nullptr;
  auto file = std::make_unique<PackFile>();
  PackReader(*file, diagnostics).read(document->root());
  return diagnostics.errors() == errors ? std::move(file) : nullptr;
}

}  // namespace cita
