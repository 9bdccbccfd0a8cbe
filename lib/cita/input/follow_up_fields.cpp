#include <cita/input/follow_up_fields.hpp>
#include <cita/input/time_field.hpp>
#include <cita/input/words.hpp>

namespace cita::input {

namespace {

using yaml::Fields;
using yaml::Node;

constexpr std::string_view item_kinds[] = {"Prevent", "Mitigate", "Detect"};
constexpr std::string_view item_statuses[] = {"Ongoing", "Complete", "Delayed", "Canceled"};

// The account that tells the times of an entry.
int read_account(Fields& fields, Draft& draft) {
  const Node node = fields.node("account");
  const int account = node ? draft.accounts.require(node, draft.diagnostics) : 0;
  return account == none ? 0 : account;
}

// An entry of a mapping is named by its key and need not repeat it.
void check_id(Fields& fields, std::string_view id, Draft& draft) {
  const Node node = fields.node("id");
  if (node && !(node.is_scalar() && node.text() == id))
    draft.diagnostics.error("two-ids", node.span(), "this entry is named '" + std::string(id) + "' already", "remove 'id'");
}

std::optional<Actor> read_actor(Fields& fields, Draft& draft) {
  const Node by = fields.node("by");
  return by ? read_word<Actor>(by, "'by'", draft.diagnostics) : std::nullopt;
}

// The event that a date stands for; nothing where there is no date.
Event* add_event(Node time, EventKind kind, int account, Draft& draft) {
  if (!time) return nullptr;
  Event event;
  event.kind = kind;
  event.span = time.span();
  Telling telling;
  telling.account = account;
  telling.span = time.span();
  telling.at = read_time(time, account, draft).value_or(TimeRef());
  event.tellings.push_back(std::move(telling));
  draft.incident.events.push_back(std::move(event));
  return &draft.incident.events.back();
}

std::string read_status(Fields& fields, Draft& draft) {
  const Node node = fields.node("status");
  return std::string(node ? allowed_word(node, "'status'", item_statuses, draft.diagnostics).value_or("") : std::string_view());
}

EventKind change_kind(std::string_view status) {
  if (status == "Complete") return EventKind::action_item_completed;
  if (status == "Delayed") return EventKind::action_item_delayed;
  return EventKind::action_item_changed;
}

void read_change(Node node, int item, int account, Draft& draft) {
  Fields fields(node, "a change", draft.diagnostics);
  const Node at = fields.required("at", "say when it was changed: 'at: 2026-05-04'");
  const std::string status = read_status(fields, draft);
  const Node due = fields.node("due");
  std::string text = fields.text("text");
  fields.done();
  if (fields.is_mapping() && status.empty() && !due && text.empty())
    draft.diagnostics.error("missing-key", node.span(), "nothing changed here",
                            "write the new 'status', the new 'due' or a 'text'");
  if (Event* event = add_event(at, change_kind(status), account, draft)) {
    event->action_item = item;
    event->text = std::move(text);
    if (due) event->planned = read_time(due, account, draft);
  }
  if (!status.empty()) draft.incident.action_items[static_cast<std::size_t>(item)].status = status;
}

}  // namespace

void read_question(std::size_t place, Node node, Draft& draft) {
  const int index = static_cast<int>(place);
  Fields fields(node, "a question", draft.diagnostics);
  check_id(fields, draft.incident.questions[place].id, draft);
  Question& question = draft.incident.questions[place];
  question.by = read_actor(fields, draft).value_or(Actor::community);
  question.text = fields.text("text");
  const int account = read_account(fields, draft);
  if (Event* asked = add_event(fields.node("asked"), EventKind::question_asked, account, draft)) {
    asked->question = index;
    asked->by = question.by;
    asked->text = question.text;
  }
  if (Event* event = add_event(fields.node("acknowledged"), EventKind::question_acknowledged, account, draft))
    event->question = index;
  if (Event* event = add_event(fields.node("answered"), EventKind::question_answered, account, draft)) event->question = index;
  fields.done();
}

void read_action_item(std::size_t place, Node node, Draft& draft) {
  const int index = static_cast<int>(place);
  Fields fields(node, "an action item", draft.diagnostics);
  check_id(fields, draft.incident.action_items[place].id, draft);
  ActionItem& item = draft.incident.action_items[place];
  item.text = fields.text("text");
  if (const Node kind = fields.node("kind")) item.kind = allowed_word(kind, "'kind'", item_kinds, draft.diagnostics).value_or("");
  const std::string status = read_status(fields, draft);
  item.root_causes = fields.texts("root-causes");
  item.evaluation_criteria = fields.text("evaluation-criteria");
  const int account = read_account(fields, draft);
  if (const Node due = fields.node("due")) item.due = read_time(due, account, draft);
  if (Event* added = add_event(fields.node("added"), EventKind::action_item_added, account, draft)) {
    added->action_item = index;
    added->text = item.text;
    added->planned = item.due;
  }
  each_item(fields.node("changes"), draft.diagnostics, [&](Node change) { read_change(change, index, account, draft); });
  fields.done();
  // What the file says of today counts more than the last change.
  if (!status.empty()) item.status = status;
}

void read_commitment(std::size_t place, Node node, Draft& draft) {
  const int index = static_cast<int>(place);
  Fields fields(node, "a commitment", draft.diagnostics);
  check_id(fields, draft.incident.commitments[place].id, draft);
  Commitment& commitment = draft.incident.commitments[place];
  commitment.by = read_actor(fields, draft).value_or(Actor::ca);
  commitment.text = fields.text("text");
  const int account = read_account(fields, draft);
  if (const Node due = fields.node("due")) commitment.due = read_time(due, account, draft);
  if (Event* made = add_event(fields.node("made"), EventKind::commitment_made, account, draft)) {
    made->commitment = index;
    made->by = commitment.by;
    made->text = commitment.text;
    made->planned = commitment.due;
  }
  if (Event* kept = add_event(fields.node("kept"), EventKind::commitment_kept, account, draft)) {
    kept->commitment = index;
    kept->by = commitment.by;
  }
  if (Event* open = add_event(fields.node("still-open"), EventKind::still_open, account, draft)) {
    open->commitment = index;
    open->still_open = {EventKind::commitment_kept};
  }
  fields.done();
}

}  // namespace cita::input
