#include <cita/input/certificate_fields.hpp>
#include <cita/input/event_fields.hpp>
#include <cita/input/follow_up_fields.hpp>
#include <cita/input/incident_file.hpp>
#include <cita/input/references.hpp>
#include <cita/input/report_fields.hpp>
#include <cita/input/time_field.hpp>
#include <cita/input/words.hpp>
#include <cita/time/zone.hpp>

#include <algorithm>

namespace cita {

namespace input {
namespace {

using yaml::Fields;
using yaml::Node;

constexpr std::string_view format_version = "1";

// An entry may consist of its name alone: 'ca:'.
Node given(Node entry) { return entry.is_null() ? Node() : entry; }

// ---- accounts

void read_zone(Node node, Account& account, Draft& draft) {
  const auto zone = node ? yaml::scalar_text(node, "'zone'", draft.diagnostics) : std::nullopt;
  if (!zone) return;
  if (is_zone(*zone)) {
    account.zone = *zone;
    return;
  }
  const std::string called = zone_called(*zone);
  draft.diagnostics.error(
      "unknown-zone", node.span(), "there is no time zone '" + std::string(*zone) + "'",
      called.empty() ? "write UTC, an offset (+02:00) or a name (Europe/Berlin)" : "did you mean '" + called + "'?");
}

void read_year(Fields& fields, Account& account, Draft& draft) {
  const auto year = fields.count("year");
  if (!year) return;
  if (*year >= 1990 && *year <= 2100) account.year = static_cast<int>(*year);
  else
    draft.diagnostics.error("no-such-year", fields.node("year").span(), "no incident is of that year",
                            "write the year of the stamps that have none: 2026");
}

// Whether the whole is complete, or which kinds of events, or until when.
void read_complete(Node node, int index, Draft& draft) {
  Completeness& complete = draft.incident.accounts[static_cast<std::size_t>(index)].complete;
  const auto list = [&](Node kinds) {
    complete.what = Completeness::What::listed;
    complete.kinds = read_words<EventKind>(kinds, "'complete'", draft.diagnostics);
  };
  if (!node) return;
  if (node.is_sequence()) {
    list(node);
  } else if (node.is_mapping()) {
    Fields fields(node, "'complete'", draft.diagnostics);
    if (const Node kinds = fields.node("kinds")) list(kinds);
    if (const Node until = fields.node("until")) complete.until = read_stamp_of(until, index, draft);
    fields.done();
  } else if (yaml::read_boolean(node, draft.diagnostics) == false) {
    complete.what = Completeness::What::nothing;
  }
}

void read_account_kind(Fields& fields, Account& account, Draft& draft) {
  if (const auto by_name = named<AccountKind>(account.name)) account.kind = *by_name;
  if (const Node kind = fields.node("kind")) {
    account.kind = read_word<AccountKind>(kind, "'kind'", draft.diagnostics).value_or(account.kind);
  } else if (!named<AccountKind>(account.name)) {
    draft.diagnostics.error("missing-key", account.span, "the account '" + account.name + "' does not say whose it is",
                            suggestion(account.name, names<AccountKind>()));
  }
}

void read_account(std::string_view name, Node node, Span name_span, Draft& draft) {
  if (!draft.accounts.add(name, name_span, draft.diagnostics)) return;
  const int index = draft.accounts.size() - 1;
  draft.zone_was_missed.push_back(false);
  Account& account = draft.incident.accounts.emplace_back();
  account.name = name;
  account.span = name_span;
  Fields fields(given(node), "an account", draft.diagnostics);
  read_account_kind(fields, account, draft);
  account.from = fields.text("from");
  account.person = fields.text("name");
  account.consent = fields.boolean("consent").value_or(false);
  read_zone(fields.node("zone"), account, draft);
  read_year(fields, account, draft);
  read_complete(fields.node("complete"), index, draft);
  fields.done();
}

// Calls `visit(key, key span, value)` for the entries of a mapping by name.
template <class Visit>
void each_named(Node node, std::string_view key, Diagnostics& diagnostics, Visit visit) {
  if (!node.is_mapping()) {
    diagnostics.error("wrong-type", node.span(), "'" + std::string(key) + "' has to be a mapping by name",
                      "write each as 'NAME: {…}'");
    return;
  }
  for (std::size_t i = 0; i < node.size(); ++i)
    if (node.key(i) != yaml::internal_key) visit(node.key(i), node.key_span(i), node.item(i));
}

void read_accounts(Node node, Draft& draft) {
  if (node)
    each_named(node, "accounts", draft.diagnostics,
               [&](std::string_view name, Span span, Node value) { read_account(name, value, span, draft); });
  if (!draft.incident.accounts.empty()) return;
  // A file without accounts is the CA's own.
  draft.accounts.add("ca", {}, draft.diagnostics);
  draft.zone_was_missed.push_back(false);
  draft.incident.accounts.emplace_back().name = "ca";
}

// ---- the incident as a whole

void read_ca(Node node, Draft& draft) {
  if (!node) return;
  Fields fields(node, "'ca'", draft.diagnostics);
  draft.incident.ca_name = fields.required_text("name", "write 'ca: {name: Example CA}'");
  const Node id = fields.node("ccadb-id");
  const std::string text = fields.text("ccadb-id");
  fields.done();
  constexpr std::size_t length = 7;
  const bool shaped = text.size() == length && text.front() == 'A' &&
                      std::all_of(text.begin() + 1, text.end(), [](char c) { return c >= '0' && c <= '9'; });
  if (id && id.is_scalar() && !shaped)
    draft.diagnostics.error("not-a-ccadb-id", id.span(), "'" + text + "' is not a CCADB id", "write A and six digits: A000001");
  draft.incident.ccadb_id = text;
}

// "[ca-compliance] [leaf-revocation-delay]": the tags of both generations that say that a revocation was late.
bool tells_of_delay(std::string_view whiteboard) {
  for (const std::string_view tag : {"revocation-delay", "delayed-revocation-ca", "delayed-revocation-leaf"})
    if (whiteboard.find(tag) != std::string_view::npos) return true;
  return false;
}

void read_incident_fields(Node node, Draft& draft) {
  if (!node) return;
  Incident& incident = draft.incident;
  Diagnostics& diagnostics = draft.diagnostics;
  incident.span = node.span();
  Fields fields(node, "'incident'", diagnostics);
  incident.title = fields.required_text("title", "write 'title: \"Example CA: What happened\"'");
  incident.bug = fields.count("bug");
  read_ca(fields.node("ca"), draft);
  if (const Node use = fields.node("certificates"))
    incident.certificates = read_word<CertificateUse>(use, "'certificates'", diagnostics);
  read_certificates(fields.node("affected"), incident.certificate_set, draft);
  if (const Node kind = fields.node("certificate-kind"))
    incident.certificate_set.kind = read_word<CertificateKind>(kind, "'certificate-kind'", diagnostics);
  read_grounds(fields.node("grounds"), incident.certificate_set, draft);
  if (const Node disclosure = fields.node("disclosure")) {
    incident.disclosure = read_word<DisclosureSource>(disclosure, "'disclosure'", diagnostics).value_or(incident.disclosure);
    incident.disclosure_stated = true;
  }
  incident.embargoed = fields.boolean("embargoed").value_or(false);
  for (const std::string& tag : fields.texts("whiteboard"))
    if (tells_of_delay(tag)) incident.revocation_delay = true;
  incident.root_programs = fields.texts("root-programs");
  fields.done();
}

// ---- cases and cohorts

void read_case(std::size_t index, Node node, Draft& draft) {
  Fields fields(given(node), "a case", draft.diagnostics);
  Case& each = draft.incident.cases[index];
  read_certificate_fields(fields, each.certificates, draft);
  each.anonymous_reporter = fields.boolean("anonymous-reporter").value_or(false);
  each.subscriber_is_reporter = fields.boolean("subscriber-is-reporter").value_or(false);
  read_events(fields.node("events"), {static_cast<int>(index), none}, draft);
  fields.done();
}

// A certificate that is in two cohorts would be judged twice, each time from another awareness.
void note_certificates(Node certificates, Draft& draft) {
  const Node listed = certificates && certificates.is_mapping() ? certificates.find("listed") : certificates;
  each_or_single(listed, [&draft](Node item) {
    const Node id = item.is_mapping() ? item.find("id") : item;
    if (!id || !id.is_scalar() || id.text().empty()) return;
    const auto [known, is_new] = draft.certificates_of_cohorts.emplace(id.text(), id.span());
    if (is_new) return;
    Diagnostic twice{Severity::warning,
                     "certificate-in-two-cohorts",
                     "certificate '" + std::string(id.text()) + "' is in a cohort already",
                     id.span(),
                     "leave it where it was found first: it would be judged in both",
                     {}};
    twice.related.push_back({known->second, "first here"});
    draft.diagnostics.add(std::move(twice));
  });
}

void read_cohort(std::size_t index, Node node, Draft& draft) {
  Fields fields(given(node), "a cohort", draft.diagnostics);
  Cohort& cohort = draft.incident.cohorts[index];
  cohort.text = fields.text("text");
  note_certificates(fields.node("certificates"), draft);
  read_certificate_fields(fields, cohort.certificates, draft);
  read_events(fields.node("events"), {none, static_cast<int>(index)}, draft);
  fields.done();
}

// ---- sections

// An entry of a section: its name, and what stands under it. Names are collected before anything refers to them.
struct Entry {
  std::string_view id;
  Span span;
  Node value;
};

// The id of an entry of a list; reports one without.
std::optional<Entry> listed_entry(Node item, std::string_view what, Draft& draft) {
  Fields fields(item, what, draft.diagnostics);
  const Node id = fields.required("id", "name it, so that events can refer to it: 'id: q1'");
  const auto text = id ? read_id(id, "'id'", draft.diagnostics) : std::nullopt;
  if (!text) return std::nullopt;
  return Entry{*text, id.span(), item};
}

// The entries of a section that is a mapping by id, or, where `listable`, a list of mappings with an id.
std::vector<Entry> entries(Fields& fields, std::string_view key, std::string_view what, bool listable, Names& names,
                           Draft& draft) {
  std::vector<Entry> result;
  const Node section = fields.node(key);
  if (!section) return result;
  const auto add = [&](const Entry& entry) {
    if (names.add(entry.id, entry.span, draft.diagnostics)) result.push_back(entry);
  };
  if (listable && section.is_sequence()) {
    for (std::size_t i = 0; i < section.size(); ++i)
      if (const auto entry = listed_entry(section.item(i), what, draft)) add(*entry);
  } else {
    each_named(section, key, draft.diagnostics, [&](std::string_view id, Span span, Node value) { add({id, span, value}); });
  }
  return result;
}

template <class T>
void declare(const std::vector<Entry>& all, std::vector<T>& into) {
  into.reserve(all.size());
  for (const Entry& entry : all) {
    T& declared = into.emplace_back();
    declared.id = entry.id;
    declared.span = entry.span;
  }
}

Suppression read_suppression(Node node, Draft& draft) {
  Fields fields(node, "a suppression", draft.diagnostics);
  Suppression suppression;
  suppression.span = node.span();
  suppression.duty = fields.required_text("duty", "name the duty: 'duty: tls-br.preliminary-report-within-24-hours'");
  suppression.in_case = fields.text("case");
  suppression.reason = fields.required_text("reason", "say why this judgement does not count");
  if (const Node until = fields.node("until")) suppression.until = read_utc_stamp(until, draft);
  fields.done();
  return suppression;
}

// Reads the sections. Those that tell events are read in the order of the file, which is the order of the events.
class Sections {
 public:
  Sections(Fields& fields, Draft& draft) : draft_(draft) {
    Incident& incident = draft.incident;
    draft.cases_are_listed = fields.has("cases");
    cases_ = entries(fields, "cases", "a case", false, draft.cases, draft);
    cohorts_ = entries(fields, "cohorts", "a cohort", false, draft.cohorts, draft);
    questions_ = entries(fields, "questions", "a question", true, draft.questions, draft);
    action_items_ = entries(fields, "action-items", "an action item", true, draft.action_items, draft);
    commitments_ = entries(fields, "commitments", "a commitment", true, draft.commitments, draft);
    fields.node("events");
    declare(cases_, incident.cases);
    declare(cohorts_, incident.cohorts);
    declare(questions_, incident.questions);
    declare(action_items_, incident.action_items);
    declare(commitments_, incident.commitments);
  }

  void read(std::string_view key, Node value) {
    if (key == "events" && !value.is_null()) read_events(value, {}, draft_);
    if (key == "cases") each(cases_, read_case);
    if (key == "cohorts") each(cohorts_, read_cohort);
    if (key == "questions") each(questions_, read_question);
    if (key == "action-items") each(action_items_, read_action_item);
    if (key == "commitments") each(commitments_, read_commitment);
  }

 private:
  template <class Read>
  void each(const std::vector<Entry>& all, Read read_one) {
    for (std::size_t i = 0; i < all.size(); ++i) read_one(i, all[i].value, draft_);
  }

  Draft& draft_;
  std::vector<Entry> cases_, cohorts_, questions_, action_items_, commitments_;
};

// Everything is judged under every account and beside everything else of its sort, so there is an end to what one file tells.
template <class T>
void limit(const std::vector<T>& all, std::size_t most, std::string_view what, Draft& draft) {
  if (all.size() > most)
    draft.diagnostics.error("too-many", all[most].span,
                            "the file has " + std::to_string(all.size()) + " " + std::string(what) + "; " + std::to_string(most) +
                                " are the most that are judged together",
                            "make one file of each incident, and one cohort of certificates that share their story");
}

void limit_all(Draft& draft) {
  constexpr std::size_t most_accounts = 64, most_events = 5'000, most_of_a_section = 2'000;
  const Incident& incident = draft.incident;
  limit(incident.accounts, most_accounts, "accounts", draft);
  limit(incident.events, most_events, "events", draft);
  limit(incident.cases, most_of_a_section, "cases", draft);
  limit(incident.cohorts, most_of_a_section, "cohorts", draft);
  limit(incident.questions, most_of_a_section, "questions", draft);
  limit(incident.action_items, most_of_a_section, "action items", draft);
  limit(incident.commitments, most_of_a_section, "commitments", draft);
}

void read_version(Fields& fields, Draft& draft) {
  const Node version = fields.required("cita", "start the file with 'cita: 1'");
  if (!version) return;
  if (!version.is_scalar() || version.is_quoted() || version.text() != format_version)
    draft.diagnostics.error("unknown-version", version.span(), "this version of the format is not known", "write 'cita: 1'");
}

void read_root(Node root, Draft& draft) {
  Fields fields(root, "an incident file", draft.diagnostics);
  if (!fields.is_mapping()) return;
  read_version(fields, draft);
  read_accounts(fields.node("accounts"), draft);
  read_incident_fields(fields.required("incident", "write 'incident: {title: \"Example CA: What happened\"}'"), draft);
  Sections sections(fields, draft);
  for (std::size_t i = 0; i < root.size(); ++i) sections.read(root.key(i), root.item(i));
  read_report(fields.node("report"), draft);
  each_item(fields.node("suppress"), draft.diagnostics,
            [&](Node item) { draft.incident.suppressions.push_back(read_suppression(item, draft)); });
  fields.done();
}

}  // namespace
}  // namespace input

std::optional<Incident> read_incident(std::shared_ptr<const Source> source, Diagnostics& diagnostics) {
  const std::size_t errors_before = diagnostics.errors();
  const auto document = yaml::parse(source, diagnostics);
  if (!document) return std::nullopt;
  std::optional<Incident> incident(std::in_place);
  incident->source = std::move(source);
  input::Draft draft(*incident, diagnostics);
  input::read_root(document->root(), draft);
  input::limit_all(draft);
  input::settle(draft);
  if (diagnostics.errors() > errors_before) return std::nullopt;
  return incident;
}

}  // namespace cita
