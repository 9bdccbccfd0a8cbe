#include <cita/rules/view.hpp>

#include <algorithm>

namespace cita {

namespace {

bool contains(std::span<const EventKind> kinds, EventKind kind) { return std::find(kinds.begin(), kinds.end(), kind) != kinds.end(); }

// Whether an event speaks of the incident as a whole.
bool is_unscoped(const Event& event) {
  return event.in_case == none && event.cohort == none && event.question == none && event.action_item == none && event.commitment == none;
}

// Whether the order of two events is about one thing: one case, one question, one commitment.
bool speak_of_one_thing(const Event& a, const Event& b) {
  return a.in_case == b.in_case && a.cohort == b.cohort && a.question == b.question && a.commitment == b.commitment && a.action_item == b.action_item;
}

const Telling* telling_by(const Event& event, int account, int* index = nullptr) {
  for (std::size_t i = 0; i < event.tellings.size(); ++i) {
    if (event.tellings[i].account != account) continue;
    if (index != nullptr) *index = static_cast<int>(i);
    return &event.tellings[i];
  }
  return nullptr;
}

// The bounds that a set of events puts on another: the earliest start, and the earliest certain end.
struct Bound {
  std::optional<Instant> first, last;
  int count = 0;
  void add(const Moment& moment) {
    ++count;
    if (!first || moment.earliest() < *first) first = moment.earliest();
    if (!last || moment.latest() < *last) last = moment.latest();
  }
};

bool is_closed(const Moment& moment) { return !moment.is_open_before() && !moment.is_open_after(); }

}  // namespace

bool belongs(const Event& event, const Subject& subject) {
  switch (subject.per) {
    case Per::problem_report: return event.in_case == subject.in_case;
    case Per::certificates: return event.in_case == subject.in_case && event.cohort == subject.cohort;
    case Per::question: return event.question == subject.question;
    case Per::action_item: return event.action_item == subject.action_item;
    case Per::commitment: return event.commitment == subject.commitment;
    case Per::event: return true;
    case Per::incident: return event.in_case == none && event.cohort == none;
  }
  return false;
}

const CertificateSet& certificates_of(const Incident& incident, const Subject& subject) {
  if (subject.cohort != none) return incident.cohorts[static_cast<std::size_t>(subject.cohort)].certificates;
  if (subject.in_case != none) return incident.cases[static_cast<std::size_t>(subject.in_case)].certificates;
  return incident.certificate_set;
}

CertificateKind certificate_kind(const Incident& incident, const Subject& subject) {
  if (const auto kind = certificates_of(incident, subject).kind) return *kind;
  return incident.certificate_set.kind.value_or(CertificateKind::subscriber);
}

std::optional<Told> first_of(std::vector<Told> all) {
  if (all.empty()) return std::nullopt;
  if (all.size() == 1) return all.front();
  const auto start = std::min_element(all.begin(), all.end(), [](const Told& a, const Told& b) { return a.moment.earliest() < b.moment.earliest(); });
  const bool surely_first = start->certain && std::all_of(all.begin(), all.end(), [&](const Told& each) {
    return &each == &*start || start->moment.latest() <= each.moment.earliest();
  });
  if (surely_first) return *start;
  Instant latest = open_future;
  Unit unit = Unit::second;
  Told first = *start;
  first.certain = false;
  for (const Told& each : all) {
    unit = std::max(unit, each.moment.unit());
    if (each.certain) latest = std::min(latest, each.moment.latest());
    first.certain = first.certain || each.certain;
    if (&each != &*start && each.event != none) first.from.push_back(each.event);
  }
  first.moment = Moment::between(start->moment.earliest(), latest, unit);
  return first;
}

std::string_view Scene::option(const Reading& reading) const {
  for (const ChosenOption& chosen : view_.options)
    if (chosen.reading == reading.id) return chosen.option;
  return reading.default_option().id;
}

std::optional<Moment> Scene::moment_of(int event, int telling) {
  const Telling& told = incident_.events[static_cast<std::size_t>(event)].tellings[static_cast<std::size_t>(telling)];
  if (told.at.relative) return relative(*told.at.relative, false);
  for (const ChosenFork& fork : view_.forks)
    if (fork.event == event && fork.telling == telling && fork.alternative > 0)
      return told.at.stamp.alternatives[static_cast<std::size_t>(fork.alternative - 1)].moment;
  return told.at.stamp.moment;
}

std::optional<Moment> Scene::resolve(const TimeRef& time, bool as_due) {
  if (time.relative) return relative(*time.relative, as_due);
  return time.stamp.moment;
}

std::optional<Moment> Scene::relative(const Relative& relative, bool as_due) {
  std::optional<Moment> result;
  if (relative.after != none) {
    const auto base = told(relative.after);
    if (!base) return std::nullopt;
    const auto seconds = [](const std::optional<Limit>& limit, Seconds otherwise) { return limit ? Seconds{limit->amount} : otherwise; };
    Elapsed amount{seconds(relative.least, Seconds{0}), seconds(relative.most, unbounded)};
    // What is due "within a week of" something is due when the week ends.
    if (as_due && relative.most) amount.least = amount.most;
    result = Moment::after(base->moment, amount, relative.unit, base->moment.anchor());
  }
  if (relative.before != none) {
    const auto end = told(relative.before);
    if (!end) return result;
    result = result ? result->not_after(end->moment.latest()) : Moment::between(open_past, end->moment.latest(), end->moment.unit());
  }
  return result;
}

Moment Scene::narrowed(int event, int account, Moment moment) {
  if (moment.is_exact()) return moment;
  const Event& self = incident_.events[static_cast<std::size_t>(event)];
  const auto bound_of = [&](EventKind kind) {
    Bound bound;
    for (const Event& other : incident_.events) {
      if (other.kind != kind || !speak_of_one_thing(self, other)) continue;
      const Telling* telling = telling_by(other, account);
      if (telling != nullptr && !telling->denied && !telling->at.relative) bound.add(telling->at.stamp.moment);
    }
    return bound;
  };
  for (const EventOrder& order : event_orders()) {
    if (order.effect == self.kind)
      if (const Bound cause = bound_of(order.cause); cause.first) moment = moment.not_before(*cause.first);
    // A cause is before its own effect; which effect is whose is only known when the cause is the only one.
    if (order.cause == self.kind && bound_of(self.kind).count == 1)
      if (const Bound effect = bound_of(order.effect); effect.last) moment = moment.not_after(*effect.last);
  }
  return moment;
}

std::optional<Told> Scene::telling_of(int event, int account) {
  const Event& self = incident_.events[static_cast<std::size_t>(event)];
  int index = none;
  const Telling* telling = telling_by(self, account, &index);
  if (telling == nullptr || telling->denied) return std::nullopt;
  const auto moment = moment_of(event, index);
  if (!moment) return std::nullopt;
  Told told;
  told.event = event;
  told.telling = index;
  told.moment = narrowed(event, account, *moment);
  if (told.moment.anchor() == 0) told.moment = told.moment.anchored(static_cast<std::uint32_t>(event) + 1);
  switch (telling->delivery) {
    case Delivery::bounced:
    case Delivery::wrong_address: return std::nullopt;
    case Delivery::sent:
      told.certain = false;
      told.doubt = "it was sent; that it was delivered is not told";
      break;
    case Delivery::unstated:
    case Delivery::delivered: break;
  }
  return told;
}

std::optional<Told> Scene::told(int event) {
  consulted_.insert(event);
  if (std::find(resolving_.begin(), resolving_.end(), event) != resolving_.end()) return std::nullopt;
  resolving_.push_back(event);
  const Event& self = incident_.events[static_cast<std::size_t>(event)];
  std::optional<Told> result;
  bool decided = false;
  if (view_.account != none) {
    if (const Telling* own = telling_by(self, view_.account)) {
      result = telling_of(event, view_.account);
      decided = own->denied || result.has_value();
    } else if (self.in_case != none) {
      Subject subject;
      subject.per = Per::problem_report;
      subject.in_case = self.in_case;
      if (auto bounded = bounded_by_account(self.kind, subject, view_.account); bounded && is_closed(bounded->moment)) {
        result = bounded;
        result->event = event;
        decided = true;
      }
    }
  }
  for (std::size_t i = 0; i < self.tellings.size() && !decided; ++i) {
    result = telling_of(event, self.tellings[i].account);
    decided = result.has_value();
  }
  resolving_.pop_back();
  if (!result) return result;
  if (result->moment.earliest() > as_of_) return std::nullopt;
  // What is told as having happened, nobody knows when, had happened by then.
  if (result->moment.is_open_after()) result->moment = result->moment.not_after(as_of_);
  return result;
}

std::vector<Told> Scene::occurrences(std::span<const EventKind> kinds, const Subject& subject, bool own_only) {
  std::vector<Told> own, whole;
  for (std::size_t i = 0; i < incident_.events.size(); ++i) {
    const Event& event = incident_.events[i];
    if (!contains(kinds, event.kind)) continue;
    const bool is_own = belongs(event, subject);
    const bool of_the_whole = !is_own && !own_only && subject.per != Per::problem_report && (subject.per == Per::incident || is_unscoped(event));
    if (!is_own && !of_the_whole) continue;
    if (auto found = told(static_cast<int>(i))) (is_own ? own : whole).push_back(std::move(*found));
  }
  return own.empty() ? whole : own;
}

std::optional<Told> Scene::bounded_by_account(EventKind kind, const Subject& subject, int account) {
  Told result;
  result.moment = Moment();
  Unit unit = Unit::second;
  Instant earliest = open_past, latest = open_future;
  for (const EventOrder& order : event_orders()) {
    if (order.cause != kind && order.effect != kind) continue;
    const EventKind other_kind = order.cause == kind ? order.effect : order.cause;
    Bound bound;
    for (std::size_t i = 0; i < incident_.events.size(); ++i) {
      const Event& other = incident_.events[i];
      if (other.kind != other_kind || !belongs(other, subject)) continue;
      const Telling* telling = telling_by(other, account);
      if (telling == nullptr || telling->denied || telling->at.relative) continue;
      bound.add(telling->at.stamp.moment);
      unit = std::max(unit, telling->at.stamp.moment.unit());
      result.from.push_back(static_cast<int>(i));
      consulted_.insert(static_cast<int>(i));
    }
    if (order.effect == kind && bound.first) earliest = std::max(earliest, *bound.first);
    if (order.cause == kind && bound.last) latest = std::min(latest, *bound.last);
  }
  if (result.from.empty() || earliest > latest) return std::nullopt;
  result.moment = Moment::between(earliest, latest, unit);
  return result;
}

std::optional<Told> Scene::bounded_by_order(EventKind kind, const Subject& subject) {
  std::vector<int> order;
  if (view_.account != none) order.push_back(view_.account);
  for (int i = 0; i < static_cast<int>(incident_.accounts.size()); ++i)
    if (i != view_.account) order.push_back(i);
  std::optional<Told> open;
  for (const int account : order) {
    auto bounded = bounded_by_account(kind, subject, account);
    if (!bounded || bounded->moment.earliest() > as_of_) continue;
    if (is_closed(bounded->moment)) return bounded;
    if (!open) open = bounded;
  }
  return open;
}

bool Scene::complete_for(std::span<const EventKind> kinds) const {
  return std::any_of(incident_.accounts.begin(), incident_.accounts.end(), [&](const Account& account) {
    return std::all_of(kinds.begin(), kinds.end(), [&](EventKind kind) { return account.is_complete_for(kind); });
  });
}

Scene::NotBefore Scene::not_before(std::span<const EventKind> kinds, const Subject& subject) {
  std::optional<NotBefore> all;  // none of the kinds had happened: the least of their bounds
  for (const EventKind kind : kinds) {
    NotBefore best;
    const auto offer = [&best](const Moment& moment, std::string why, int event) {
      if (moment.earliest() > best.moment.earliest()) best = {moment, std::move(why), event};
    };
    for (const EventOrder& order : event_orders()) {
      if (order.effect != kind) continue;
      const EventKind cause[] = {order.cause};
      if (const auto first = first_of(occurrences(cause, subject)))
        offer(first->moment, "it cannot come before '" + std::string(name(order.cause)) + "'", first->event);
    }
    const EventKind statement[] = {EventKind::still_open};
    for (const Told& each : occurrences(statement, subject))
      if (contains(incident_.events[static_cast<std::size_t>(each.event)].still_open, kind))
        offer(each.moment, "a dated statement says that it was still not done", each.event);
    for (const Account& account : incident_.accounts) {
      if (!account.is_complete_for(kind)) continue;
      const Instant until = account.complete.until ? std::min(as_of_, account.complete.until->moment.latest()) : as_of_;
      offer(Moment::exact(until), "the account '" + account.name + "' is complete in this respect and tells of none", none);
    }
    if (!all || best.moment.earliest() < all->moment.earliest()) all = best;
  }
  return all.value_or(NotBefore());
}

}  // namespace cita
