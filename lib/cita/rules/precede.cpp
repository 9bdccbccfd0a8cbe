// One thing before another: what has to be done before an act.
#include <cita/rules/matter.hpp>

namespace cita {

namespace {

// When the thing came up that had to be done: a question asked, an action item added.
std::optional<Told> came_up(Matter& matter) {
  const EventKind asked[] = {EventKind::question_asked}, added[] = {EventKind::action_item_added};
  if (matter.subject.question != none) return first_of(matter.scene.occurrences(asked, matter.subject, Scope::own));
  if (matter.subject.action_item != none) return first_of(matter.scene.occurrences(added, matter.subject, Scope::own));
  return std::nullopt;
}

// What came up only after the act could not be done before it.
bool came_later(Matter& matter, const Told& act) {
  if (matter.subject.question == none && matter.subject.action_item == none) return false;
  const auto first = came_up(matter);
  const Truth later = first ? before(act.moment, first->moment) : Truth::unknown;
  if (later == Truth::yes) return matter.not_applicable("it came up only after " + matter.verdict.trigger->what);
  return false;
}

// Done before, it was there before. Otherwise it may have come up only later.
void doubt_presence(Matter& matter, const Told& act) {
  if (matter.verdict.standing == Standing::met || (matter.subject.question == none && matter.subject.action_item == none)) return;
  const auto first = came_up(matter);
  if (!first || before(act.moment, first->moment) != Truth::no)
    matter.doubt("it may have come up only after " + matter.verdict.trigger->what, "when it came up");
}

}  // namespace

bool judge_precede(Matter& matter) {
  const auto act = matter.subject.per == Per::event
                       ? matter.first_trigger(matter.trigger_kinds())
                       : first_of(matter.scene.occurrences(matter.trigger_kinds(), Subject{}, Scope::everything));
  if (!act) return false;
  matter.verdict.trigger = End{*act, matter.what_started(*act, matter.trigger_kinds())};
  const Start begin = matter.start_at(*act);
  if (!matter.take(begin) || came_later(matter, *act)) return true;
  const Limit& asked = begin.choice.edition->limit;
  const Seconds ahead{asked.kind == LimitKind::elapsed ? asked.amount : 0};
  settle(matter.verdict, Limit::within(-ahead, asked.boundary), act->moment, matter.ending(act->moment), matter.scene.as_of());
  doubt_presence(matter, *act);
  if (!act->certain) matter.doubt(act->doubt, "whether it was that");
  return true;
}

}  // namespace cita
