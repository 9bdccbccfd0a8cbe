#include <cita/input/event_fields.hpp>
#include <cita/input/time_field.hpp>
#include <cita/input/words.hpp>

#include <algorithm>

namespace cita::input {

namespace {

using yaml::Fields;
using yaml::Node;

constexpr std::string_view never = "never";

// The delivery of a message, where it is said. "unstated" is what is not written.
Delivery read_delivery(Node node, Draft& draft) {
  if (!node) return Delivery::unstated;
  const auto sayable = names<Delivery>().subspan(1);
  const auto word = allowed_word(node, "'delivery'", sayable, draft.diagnostics);
  return word ? named<Delivery>(*word).value_or(Delivery::unstated) : Delivery::unstated;
}

bool is_never(Node node) { return node.is_scalar() && node.text() == never; }

void read_telling_time(Node node, Telling& telling, Draft& draft) {
  telling.denied = is_never(node);
  if (!telling.denied) telling.at = read_time(node, telling.account, draft).value_or(TimeRef());
}

// "18 hours after the report", beside a stamp: {after: EVENT, least: PT18H, most: PT19H}.
std::optional<TimeRef> read_stated(Node node, int account, Draft& draft) {
  if (!node) return std::nullopt;
  auto time = read_time(node, account, draft);
  if (time && time->relative && time->relative->after != none && (time->relative->least || time->relative->most)) return time;
  if (time)
    draft.diagnostics.error("not-a-duration", node.span(), "'stated' is how long after another event this was",
                            "write {after: EVENT, least: PT18H, most: PT19H}");
  return std::nullopt;
}

// A time alone, or {at: time, delivery: bounced}.
Telling read_telling(Node node, int account, Draft& draft) {
  Telling telling;
  telling.account = account;
  telling.span = node.span();
  if (!node.is_mapping() || !(node.find("at") || node.find("delivery") || node.find("stated"))) {
    read_telling_time(node, telling, draft);
    return telling;
  }
  Fields fields(node, "a telling", draft.diagnostics);
  if (const Node at = fields.required("at", "say when: 'at: 2026-05-04T08:10Z'")) read_telling_time(at, telling, draft);
  telling.delivery = read_delivery(fields.node("delivery"), draft);
  telling.stated = read_stated(fields.node("stated"), account, draft);
  fields.done();
  return telling;
}

// The account that a key of `told` names.
int account_of_key(Node told, std::size_t index, Draft& draft) {
  const int account = draft.accounts.find(told.key(index));
  if (account == none) draft.accounts.report_unknown(told.key(index), told.key_span(index), draft.diagnostics);
  return account;
}

void read_told(Node told, Event& event, Draft& draft) {
  if (!told.is_mapping()) {
    draft.diagnostics.error("wrong-type", told.span(), "'told' has to say who tells it",
                            "write 'told: {ca: TIME, reporter: TIME}'");
    return;
  }
  for (std::size_t i = 0; i < told.size(); ++i) {
    if (told.key(i) == yaml::internal_key) continue;
    if (const int account = account_of_key(told, i, draft); account != none)
      event.tellings.push_back(read_telling(told.item(i), account, draft));
  }
  if (told.size() == 0 || (told.size() == 1 && told.key(0) == yaml::internal_key))
    draft.diagnostics.error("missing-key", told.span(), "'told' names no account", "write 'told: {ca: TIME}'");
}

// Somebody says that it happened and nobody says when: a telling by the first account with an open time.
Telling timeless(Span span) {
  Telling telling;
  telling.span = span;
  telling.at.stamp.span = span;
  return telling;
}

void read_tellings(Fields& fields, Event& event, Draft& draft) {
  const Node at = fields.node("at"), told = fields.node("told");
  if (at && told) {
    draft.diagnostics.error("at-and-told", at.span(), "an event has either 'at' or 'told'",
                            "'at' is what the first account says: write it under 'told' too");
  } else if (at) {
    Telling telling;
    telling.span = at.span();
    read_telling_time(at, telling, draft);
    event.tellings.push_back(std::move(telling));
  } else if (told) {
    read_told(told, event, draft);
  } else {
    if (event.kind != EventKind::other)
      draft.diagnostics.error("missing-time", event.span, "nobody says when this happened",
                              "write 'at: 2026-05-04T08:10Z', or a bound: 'at: {latest: 2026-05-04}'");
    event.tellings.push_back(timeless(event.span));
  }
  const Delivery delivery = read_delivery(fields.node("delivery"), draft);
  for (Telling& telling : event.tellings)
    if (telling.delivery == Delivery::unstated) telling.delivery = delivery;
}

void read_belonging(Fields& fields, const Place& place, Event& event, Draft& draft) {
  event.in_case = place.in_case;
  event.cohort = place.cohort;
  if (event.in_case == none)
    if (const Node node = fields.node("case")) event.in_case = draft.case_named(node);
  if (event.cohort == none)
    if (const Node node = fields.node("cohort")) event.cohort = draft.cohorts.require(node, draft.diagnostics);
  if (const Node node = fields.node("question")) event.question = draft.questions.require(node, draft.diagnostics);
  if (const Node node = fields.node("action-item")) event.action_item = draft.action_items.require(node, draft.diagnostics);
  if (const Node node = fields.node("commitment")) event.commitment = draft.commitments.require(node, draft.diagnostics);
}

bool has_planned_time(EventKind kind) {
  return kind == EventKind::revocation_planned || kind == EventKind::delay_announced || kind == EventKind::next_update_set ||
         kind == EventKind::question_acknowledged;
}

// `for`, which a next-update-set may call `date`.
void read_planned(Fields& fields, Event& event, Draft& draft) {
  Node node = fields.node("for");
  if (event.kind == EventKind::next_update_set) {
    const Node date = fields.node("date");
    if (node && date) draft.diagnostics.error("for-and-date", date.span(), "'for' and 'date' say the same thing", "keep 'date'");
    if (date) node = date;
  }
  if (!node) {
    if (event.kind == EventKind::next_update_set)
      draft.diagnostics.error("missing-key", event.span, "nobody says which date was set", "write 'date: 2026-06-01'");
    if (event.kind == EventKind::revocation_planned)
      draft.diagnostics.error("missing-key", event.span, "nobody says for when it was planned", "write 'for: 2026-06-01T12:00Z'");
    return;
  }
  if (!has_planned_time(event.kind)) {
    draft.diagnostics.error("not-for-this-kind", node.span(), "'for' says nothing about a " + std::string(name(event.kind)),
                            "only revocation-planned, delay-announced, next-update-set and question-acknowledged set a date");
    return;
  }
  event.planned = read_time(node, 0, draft);
}

void read_counts(Node node, Event& event, Draft& draft) {
  if (!node) return;
  Fields fields(node, "'counts'", draft.diagnostics);
  fields.required("done", "say how many are done: 'counts: {done: 12, of: 40}'");
  event.done = fields.count("done");
  event.of = fields.count("of");
  fields.done();
  if (event.done && event.of && *event.done > *event.of)
    draft.diagnostics.error("counts-reversed", node.span(), "more are done than there are", "exchange 'done' and 'of'");
}

void read_still_open(Node node, Event& event, Draft& draft) {
  if (node) event.still_open = read_words<EventKind>(node, "'still-open'", draft.diagnostics);
  const bool empty = !node || (node.is_sequence() && node.size() == 0);
  if (event.kind == EventKind::still_open && empty)
    draft.diagnostics.error("missing-key", event.span, "nobody says what was still open", "write 'still-open: [revocation]'");
}

void read_details(Fields& fields, Event& event, Draft& draft) {
  event.to = read_words<Addressee>(fields.node("to"), "'to'", draft.diagnostics);
  if (const Node by = fields.node("by")) event.by = read_word<Actor>(by, "'by'", draft.diagnostics);
  event.program = fields.text("program");
  event.text = fields.text("text");
  if (event.kind == EventKind::other && event.text.empty())
    draft.diagnostics.error("missing-key", event.span, "an 'other' event needs 'text'", "say what happened: it is all there is");
  if (const Node reason = fields.node("reason")) event.reason = read_word<CrlReason>(reason, "'reason'", draft.diagnostics);
  event.unsure = fields.text("unsure");
  event.findings = fields.boolean("findings").value_or(true);
  if (const Node withdrawn = fields.node("withdraws"))
    if (const auto name = read_id(withdrawn, "'withdraws'", draft.diagnostics))
      event.withdraws = draft.mention(*name, withdrawn.span());
  read_planned(fields, event, draft);
  read_counts(fields.node("counts"), event, draft);
  read_still_open(fields.node("still-open"), event, draft);
  const Node internal = fields.node(yaml::internal_key);
  event.internal = internal && internal.is_scalar() && internal.text() == "true";
}

void give_id(Fields& fields, Event& event, Draft& draft) {
  const Node id = fields.node("id");
  const auto text = id ? read_id(id, "'id'", draft.diagnostics) : std::nullopt;
  if (!text) return;
  event.id = *text;
  if (draft.events.add(*text, id.span(), draft.diagnostics))
    draft.event_of_id.push_back(static_cast<int>(draft.incident.events.size()));
}

void read_event(Node node, const Place& place, Draft& draft) {
  Fields fields(node, "an event", draft.diagnostics);
  if (!fields.is_mapping()) return;
  Event event;
  event.span = node.span();
  // Of a kind that demands nothing else, so that a wrong word is one error and not two.
  event.kind = EventKind::update;
  if (const Node kind = fields.required("kind", "say what happened: 'kind: problem-report-received'"))
    event.kind = read_word<EventKind>(kind, "'kind'", draft.diagnostics).value_or(event.kind);
  give_id(fields, event, draft);
  read_belonging(fields, place, event, draft);
  read_tellings(fields, event, draft);
  read_details(fields, event, draft);
  if (const Node reasons = fields.node("alleges"))
    draft.allegations.push_back({static_cast<int>(draft.incident.events.size()), reasons});
  fields.done();
  draft.incident.events.push_back(std::move(event));
}

}  // namespace

void read_events(Node list, const Place& place, Draft& draft) {
  each_item(list, draft.diagnostics, [&](Node item) { read_event(item, place, draft); });
}

}  // namespace cita::input
