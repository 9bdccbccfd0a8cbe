#include <cita/reconcile/contradictions.hpp>
#include <cita/time/format.hpp>

#include <algorithm>
#include <set>

namespace cita {

namespace {

const Event& event_at(const Incident& incident, int index) { return incident.events[static_cast<std::size_t>(index)]; }

// "the holding-reply of case 00572387"
std::string the_event(const Incident& incident, const Event& event) {
  std::string text = "the " + std::string(name(event.kind));
  if (event.in_case != none) text += " of case " + incident.cases[static_cast<std::size_t>(event.in_case)].id;
  return text;
}

/// The incident at one instant, and what is remembered of it.
struct Record {
  const Incident& incident;
  Instant as_of;
  Recollection recollection{incident};
};

// The account alone, as it tells one event.
std::optional<Moment> told_by(Record& record, int event, int account) {
  const auto& tellings = event_at(record.incident, event).tellings;
  if (std::none_of(tellings.begin(), tellings.end(), [account](const Telling& each) { return each.account == account; }))
    return std::nullopt;
  View view;
  view.account = account;
  Scene scene(record.incident, view, record.as_of, record.recollection);
  const auto told = scene.told(event);
  if (!told || told->telling == none) return std::nullopt;
  if (tellings[static_cast<std::size_t>(told->telling)].account != account) return std::nullopt;
  // Two tellings of one event are compared as times; that both belong to that event must not cancel them out.
  return told->moment.anchor() == static_cast<std::uint32_t>(event) + 1 ? told->moment.anchored(0) : told->moment;
}

bool rests_on(const Verdict& verdict, int event) {
  return (verdict.trigger && verdict.trigger->told.event == event) ||
         (verdict.discharge && verdict.discharge->told.event == event);
}

// Two views that differ in the account alone, stand differently, and one of them rests on the event.
bool turns_on(const std::vector<Judgement>& judgements, int event, int a, int b) {
  for (const Judgement& judgement : judgements)
    for (const ViewVerdict& one : judgement.views) {
      if (one.view.account != a) continue;
      for (const ViewVerdict& other : judgement.views) {
        if (other.view.account != b || other.view.options != one.view.options || other.view.forks != one.view.forks) continue;
        if (one.verdict.standing != other.verdict.standing && (rests_on(one.verdict, event) || rests_on(other.verdict, event)))
          return true;
      }
    }
  return false;
}

void compare_tellings(std::vector<Contradiction>& found, Record& record, const std::vector<Judgement>& judgements, int index) {
  const Incident& incident = record.incident;
  const Event& event = event_at(incident, index);
  for (std::size_t i = 0; i < event.tellings.size(); ++i)
    for (std::size_t j = i + 1; j < event.tellings.size(); ++j) {
      const Telling& a = event.tellings[i];
      const Telling& b = event.tellings[j];
      Contradiction contradiction;
      contradiction.event = index;
      contradiction.account = a.account;
      contradiction.other_account = b.account;
      if (a.denied != b.denied) {
        const Telling& denier = a.denied ? a : b;
        contradiction.kind = Contradiction::Kind::denial;
        contradiction.text =
            possessive(incident, denier.account) + " account says that " + the_event(incident, event) + " did not happen";
      } else if (!a.denied) {
        const auto first = told_by(record, index, a.account), second = told_by(record, index, b.account);
        if (!first || !second || agree_within_rounding(*first, *second)) continue;
        contradiction.delta = elapsed(*first, *second);
        contradiction.text = possessive(incident, a.account) + " and " + possessive(incident, b.account) + " tellings of " +
                             the_event(incident, event) + " differ by " + show_delta(*contradiction.delta);
      } else {
        continue;
      }
      contradiction.decides =
          turns_on(judgements, index, a.account, b.account) || turns_on(judgements, index, b.account, a.account);
      if (contradiction.decides) contradiction.text += "; a standing turns on it";
      found.push_back(std::move(contradiction));
    }
}

bool speak_of_one_thing(const Event& a, const Event& b) {
  return a.in_case == b.in_case && a.cohort == b.cohort && a.question == b.question && a.commitment == b.commitment &&
         a.action_item == b.action_item;
}

/// What one account tells of one kind of event about the same thing as `like`, by the earliest that it can have been first.
struct FirstTold {
  int event = none;
  std::optional<Moment> moment;
};
FirstTold first_told(Record& record, EventKind kind, const Event& like, int account) {
  const Incident& incident = record.incident;
  FirstTold first;
  for (std::size_t i = 0; i < incident.events.size(); ++i) {
    if (incident.events[i].kind != kind || !speak_of_one_thing(incident.events[i], like)) continue;
    const auto told = told_by(record, static_cast<int>(i), account);
    if (told && (!first.moment || told->earliest() < first.moment->earliest())) first = {static_cast<int>(i), told};
  }
  return first;
}

// What happens more than once is compared by its first time: an effect contradicts the order when no cause came before it.
void check_order(std::vector<Contradiction>& found, Record& record) {
  const Incident& incident = record.incident;
  for (const EventOrder& order : event_orders())
    for (std::size_t i = 0; i < incident.events.size(); ++i) {
      if (incident.events[i].kind != order.effect) continue;
      std::set<int> tellers;
      for (const Telling& telling : incident.events[i].tellings) tellers.insert(telling.account);
      for (const int account : tellers) {
        const auto effect = told_by(record, static_cast<int>(i), account);
        const FirstTold cause = effect ? first_told(record, order.cause, incident.events[i], account) : FirstTold();
        if (!cause.moment || before(*effect, *cause.moment) != Truth::yes || agree_within_rounding(*cause.moment, *effect))
          continue;
        Contradiction contradiction;
        contradiction.kind = Contradiction::Kind::order;
        contradiction.event = cause.event;
        contradiction.other_event = static_cast<int>(i);
        contradiction.account = contradiction.other_account = account;
        contradiction.delta = elapsed(*effect, *cause.moment);
        contradiction.text = possessive(incident, account) + " account puts " + the_event(incident, incident.events[i]) +
                             " before " + the_event(incident, event_at(incident, cause.event)) + ", by " +
                             show_delta(*contradiction.delta);
        found.push_back(std::move(contradiction));
      }
    }
}

// What a stated amount can last: a month has 28 to 31 days.
Elapsed lasts(const Limit& stated) {
  constexpr Seconds shortest_month{28 * 86'400};
  if (stated.kind == LimitKind::months) return {stated.amount * shortest_month, stated.amount * longest(Unit::month)};
  return {Seconds{stated.amount}, Seconds{stated.amount}};
}

// "18 hours later" beside two stamps that lie a day apart.
void check_durations(std::vector<Contradiction>& found, Record& record) {
  const Incident& incident = record.incident;
  for (std::size_t i = 0; i < incident.events.size(); ++i)
    for (const Telling& telling : incident.events[i].tellings) {
      if (!telling.stated || !telling.stated->relative || telling.stated->relative->after == none) continue;
      const Relative& stated = *telling.stated->relative;
      const auto from = told_by(record, stated.after, telling.account),
                 to = told_by(record, static_cast<int>(i), telling.account);
      if (!from || !to) continue;
      const Elapsed took = elapsed(*from, *to);
      const Seconds tolerance = longest(stated.unit);
      const bool too_short = stated.least && took.most < lasts(*stated.least).least - tolerance;
      const bool too_long = stated.most && took.least > lasts(*stated.most).most + tolerance;
      if (!too_short && !too_long) continue;
      Contradiction contradiction;
      contradiction.kind = Contradiction::Kind::duration;
      contradiction.event = static_cast<int>(i);
      contradiction.other_event = stated.after;
      contradiction.account = contradiction.other_account = telling.account;
      contradiction.delta = took;
      contradiction.text = possessive(incident, telling.account) + " account says that " +
                           the_event(incident, incident.events[i]) + " came " + (too_short ? "later" : "sooner") + " after " +
                           the_event(incident, incident.events[static_cast<std::size_t>(stated.after)]) +
                           " than its stamps do: by them it took " + show_delta(took);
      found.push_back(std::move(contradiction));
    }
}

}  // namespace

std::string show_delta(const Elapsed& delta) {
  const Seconds least = std::min(std::chrono::abs(delta.least), std::chrono::abs(delta.most));
  const Seconds most = std::max(std::chrono::abs(delta.least), std::chrono::abs(delta.most));
  return least == most ? show_amount(least) : show_amount(least) + " … " + show_amount(most);
}

std::vector<Contradiction> find_contradictions(const Incident& incident, Instant as_of,
                                               const std::vector<Judgement>& judgements) {
  std::vector<Contradiction> found;
  Record record{incident, as_of};
  for (std::size_t i = 0; i < incident.events.size(); ++i) compare_tellings(found, record, judgements, static_cast<int>(i));
  check_order(found, record);
  check_durations(found, record);
  return found;
}

}  // namespace cita
