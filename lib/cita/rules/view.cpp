#include <cita/rules/view.hpp>
#include <cita/rules/whole.hpp>

#include <algorithm>
#include <numeric>
#include <utility>

namespace cita {

namespace {

bool contains(std::span<const EventKind> kinds, EventKind kind) {
  return std::find(kinds.begin(), kinds.end(), kind) != kinds.end();
}

// Whether an event speaks of the incident as a whole.
bool is_unscoped(const Event& event) {
  return event.in_case == none && event.cohort == none && event.question == none && event.action_item == none &&
         event.commitment == none;
}

// Whether the order of two events is about one thing: one case, one question, one commitment.
bool speak_of_one_thing(const Event& a, const Event& b) {
  return a.in_case == b.in_case && a.cohort == b.cohort && a.question == b.question && a.commitment == b.commitment &&
         a.action_item == b.action_item;
}

const Telling* telling_by(const Event& event, int account, int* index = nullptr) {
  for (std::size_t i = 0; i < event.tellings.size(); ++i) {
    if (event.tellings[i].account != account) continue;
    if (index != nullptr) *index = static_cast<int>(i);
    return &event.tellings[i];
  }
  return nullptr;
}

// The problem report that an event belongs to.
Subject report_of(const Event& event) {
  Subject subject;
  subject.per = Per::problem_report;
  subject.in_case = event.in_case;
  return subject;
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

bool came_back(Delivery delivery) { return delivery == Delivery::bounced || delivery == Delivery::wrong_address; }

// Where a time ends that is counted by a limit: an amount later, or, for months, at the start or the end of that day.
enum class Edge : std::uint8_t { start, end };
Instant counted(Instant from, const Limit& limit, Edge edge) {
  if (from <= open_past || from >= open_future) return from;
  if (limit.kind != LimitKind::months) return from + Seconds{limit.amount};
  const Instant last = *last_on_time(limit, from);
  return edge == Edge::end ? last : Instant{date::floor<date::days>(last)};
}

bool counts_months(const Relative& relative) {
  const auto in_months = [](const std::optional<Limit>& limit) { return limit && limit->kind == LimitKind::months; };
  return in_months(relative.least) || in_months(relative.most);
}

Moment counted_from(const Moment& base, const Relative& relative, bool as_due, Unit unit) {
  // What is due "within a week of" something is due when the week ends.
  const std::optional<Limit>& least = as_due && relative.most ? relative.most : relative.least;
  if (counts_months(relative)) {
    const Edge first = as_due ? Edge::end : Edge::start;
    return Moment::between(least ? counted(base.earliest(), *least, first) : base.earliest(),
                           relative.most ? counted(base.latest(), *relative.most, Edge::end) : open_future, unit);
  }
  const auto seconds = [](const std::optional<Limit>& limit, Seconds otherwise) {
    return limit ? Seconds{limit->amount} : otherwise;
  };
  return Moment::after(base, {seconds(least, Seconds{0}), seconds(relative.most, unbounded)}, unit, base.anchor());
}

// Whether a statement of one account says something of a message to one addressee. Who states it speaks of what reaches
// them, unless it is addressed.
bool speaks_of(const Event& statement, AccountKind teller, const std::optional<Addressee>& addressee) {
  if (!addressee) return true;
  const auto& to = statement.to;
  if (!to.empty())
    return std::find(to.begin(), to.end(), *addressee) != to.end() ||
           std::find(to.begin(), to.end(), Addressee::everybody) != to.end();
  if (teller == AccountKind::reporter) return *addressee == Addressee::reporter;
  if (teller == AccountKind::subscriber) return *addressee == Addressee::subscriber;
  return true;
}

}  // namespace

bool is_the_only_one(const Incident& incident, const Subject& subject) {
  if (subject.cohort != none) return false;  // a cohort is a part by its nature
  if (subject.in_case != none) {
    const auto total = incident.certificate_set.total(), own = certificates_of(incident, subject).total();
    return incident.cases.size() == 1 && incident.cohorts.empty() && !(total && own && *total > *own);
  }
  if (subject.question != none) return incident.questions.size() == 1;
  if (subject.action_item != none) return incident.action_items.size() == 1;
  if (subject.commitment != none) return incident.commitments.size() == 1;
  return true;
}

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

bool is_beside_parts(const Scene& scene, const Subject& subject) {
  return subject.in_case == none && subject.cohort == none && scene.numbers().has_parts;
}

Truth is_of_all(const Scene& scene, const Subject& subject, const Told& told) {
  const Incident& incident = scene.incident();
  const Event& event = incident.events[static_cast<std::size_t>(told.event)];
  if (!event.done) return Truth::yes;
  auto total = certificates_of(incident, subject).total();
  if (told.of_the_whole && !total && is_the_only_one(incident, subject)) {
    total = incident.certificate_set.total();
  } else if (told.of_the_whole) {
    // Which of several parts fewer than all of them are in is not told.
    const WholeNumbers& numbers = scene.numbers();
    if (numbers.beside && event.of == numbers.beside) return Truth::no;
    if (total && numbers.all && *event.done >= *numbers.all) return Truth::yes;
    return *event.done >= total.value_or(1) ? Truth::unknown : Truth::no;
  }
  const bool is_beside = is_beside_parts(scene, subject),
             is_of_these = is_beside && event.of && event.of == scene.numbers().beside;
  if (is_of_these) total = event.of;
  if (!total && !event.of) return *event.done == 0 ? Truth::no : Truth::unknown;
  const std::int64_t by_event = event.of ? *event.of : *total, by_set = total ? *total : by_event;
  if (*event.done >= std::max(by_event, by_set)) return Truth::yes;
  // Of two numbers of all nobody says which is right; and fewer may be all that the incident has beside its parts.
  std::int64_t least = std::min(by_event, by_set);
  if (is_beside && !is_of_these) {
    const auto& [has_parts, in_parts, beside, has_any, all] = scene.numbers();
    least = beside ? std::min(least, *beside) : std::max<std::int64_t>(1, least - in_parts.value_or(least));
  }
  return *event.done >= least ? Truth::unknown : Truth::no;
}

bool is_surely_about(const Scene& scene, const Subject& subject, const Told& told) {
  const Incident& incident = scene.incident();
  if (is_the_only_one(incident, subject)) return true;
  const Event& event = incident.events[static_cast<std::size_t>(told.event)];
  const bool are_all = scene.numbers().has_any_beside == Truth::no && scene.numbers().all && is_revocation(event.kind);
  return event.done ? is_of_all(scene, subject, told) == Truth::yes : are_all;
}

CertificateKind certificate_kind(const Incident& incident, const Subject& subject) {
  if (const auto kind = certificates_of(incident, subject).kind) return *kind;
  return incident.certificate_set.kind.value_or(CertificateKind::subscriber);
}

std::optional<Told> first_of(std::vector<Told> all) {
  if (all.empty()) return std::nullopt;
  if (all.size() == 1) return all.front();
  const auto comes_first = [](const Told& a, const Told& b) {
    if (a.moment.earliest() != b.moment.earliest()) return a.moment.earliest() < b.moment.earliest();
    return a.certain != b.certain ? a.certain : a.moment.latest() < b.moment.latest();
  };
  const auto start = std::min_element(all.begin(), all.end(), comes_first);
  const bool surely_first = start->certain && std::all_of(all.begin(), all.end(), [&](const Told& each) {
                              return &each == &*start || start->moment.latest() <= each.moment.earliest();
                            });
  if (surely_first) return *start;
  // One that counts for sure is the last that can be the first; of those that may count, any can.
  Instant latest_certain = open_future, latest_of_all = open_past;
  Unit unit = Unit::second;
  Told first = *start;
  first.certain = false;
  for (const Told& each : all) {
    unit = std::max(unit, each.moment.unit());
    latest_of_all = std::max(latest_of_all, each.moment.latest());
    if (each.certain) latest_certain = std::min(latest_certain, each.moment.latest());
    first.certain = first.certain || each.certain;
    if (&each != &*start && each.event != none) first.from.push_back(each.event);
  }
  const Instant latest = first.certain ? latest_certain : latest_of_all;
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
    // A date that is due some time after an event is as coarse as the event; a telling is as coarse as its words too.
    const Unit unit = as_due ? base->moment.unit() : std::max(relative.unit, base->moment.unit());
    result = counted_from(base->moment, relative, as_due, unit);
  }
  if (relative.before != none) {
    const auto end = told(relative.before);
    if (!end) return result;
    result =
        result ? result->not_after(end->moment.latest()) : Moment::between(open_past, end->moment.latest(), end->moment.unit());
  }
  return result;
}

// The stamp that an account gives to an event which it says happened, as this view reads it.
std::optional<Moment> Scene::stamped_by(int event, int account) {
  int index = none;
  const Telling* telling = telling_by(incident_.events[static_cast<std::size_t>(event)], account, &index);
  if (telling == nullptr || telling->denied || telling->at.relative || came_back(telling->delivery)) return std::nullopt;
  consulted_.events.insert(event);
  return moment_of(event, index);
}

Moment Scene::narrowed(int event, int account, Moment moment) {
  if (moment.is_exact()) return moment;
  const Event& self = incident_.events[static_cast<std::size_t>(event)];
  const auto bound_of = [&](EventKind kind) {
    Bound bound;
    for (const int i : recollection_.events_of(kind)) {
      if (!speak_of_one_thing(self, incident_.events[static_cast<std::size_t>(i)])) continue;
      if (const auto stamped = stamped_by(i, account)) bound.add(*stamped);
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

int Scene::teller(const Told& told) const {
  if (told.telling == none) return view_.account;
  return incident_.events[static_cast<std::size_t>(told.event)].tellings[static_cast<std::size_t>(told.telling)].account;
}

Truth Scene::is_withdrawn(const Told& withdrawn, int depth) {
  constexpr int deepest = 8;  // corrections of corrections; some go round in circles
  if (depth == deepest) return Truth::unknown;
  Truth is_so = Truth::no;
  for (const int each : recollection_.withdrawals_of(withdrawn.event)) {
    const auto by = told(each);
    if (!by) continue;
    // What is told in its place rules it out, whatever becomes of that. A correction that was wrong does not.
    const bool is_correction = incident_.events[static_cast<std::size_t>(each)].kind == EventKind::correction;
    const Truth stands = is_correction ? !is_withdrawn(*by, depth + 1) : Truth::yes;
    const int who = teller(*by), whose = teller(withdrawn);
    if (view_.account == none && who != whose) consulted_.other_accounts.insert(who);
    const bool is_believed = who == whose || who == view_.account;
    if (!is_believed && whose == view_.account) continue;
    is_so = is_so | (stands & (by->certain && is_believed ? Truth::yes : Truth::unknown));
  }
  return is_so;
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
  if (came_back(telling->delivery)) return std::nullopt;
  if (telling->delivery == Delivery::sent) told.may_not_count("it was sent; that it was delivered is not told");
  if (!self.unsure.empty()) told.may_not_count(self.unsure);
  return told;
}

// What the believed account's own order of events says of one that it does not tell of itself.
std::optional<Told> Scene::told_by_order(int event) {
  const Event& self = incident_.events[static_cast<std::size_t>(event)];
  if (view_.account == none || self.in_case == none) return std::nullopt;
  // Of several of one kind, the order bounds the first and nobody knows which that is.
  const auto is_alike = [&](int other) { return speak_of_one_thing(self, incident_.events[static_cast<std::size_t>(other)]); };
  const auto alike = recollection_.events_of(self.kind);
  if (std::count_if(alike.begin(), alike.end(), is_alike) > 1) return std::nullopt;
  auto bounded = bounded_by_account(self.kind, report_of(self), view_.account);
  if (!bounded || !is_closed(bounded->moment)) return std::nullopt;
  bounded->event = event;
  return bounded;
}

Recollection::Recollection(const Incident& incident)
    : by_kind_(incident.events.size()),
      first_(event_kind_names().size() + 1),
      events_(incident.events.size()),
      numbers_(whole_numbers(incident)),
      same_certificates_(incident) {
  for (const Event& event : incident.events) ++first_[static_cast<std::size_t>(event.kind) + 1];
  std::partial_sum(first_.begin(), first_.end(), first_.begin());
  std::vector<std::size_t> next = first_;
  for (std::size_t i = 0; i < incident.events.size(); ++i)
    by_kind_[next[static_cast<std::size_t>(incident.events[i].kind)]++] = static_cast<int>(i);
  for (std::size_t i = 0; i < incident.events.size(); ++i)
    if (incident.events[i].withdraws != none) withdrawals_.push_back(static_cast<int>(i));
  const auto withdrawn = [&incident](int each) { return incident.events[static_cast<std::size_t>(each)].withdraws; };
  std::stable_sort(withdrawals_.begin(), withdrawals_.end(), [&](int a, int b) { return withdrawn(a) < withdrawn(b); });
  withdrawn_.reserve(withdrawals_.size());
  for (const int each : withdrawals_) withdrawn_.push_back(withdrawn(each));
}

std::span<const int> Recollection::withdrawals_of(int event) const {
  const auto [first, last] = std::equal_range(withdrawn_.begin(), withdrawn_.end(), event);
  return std::span(withdrawals_)
      .subspan(static_cast<std::size_t>(first - withdrawn_.begin()), static_cast<std::size_t>(last - first));
}

std::span<const int> Recollection::events_of(std::span<const EventKind> kinds, std::vector<int>& several) const {
  std::span<const int> only;
  for (const EventKind kind : kinds) {
    const auto of_kind = events_of(kind);
    if (of_kind.empty()) continue;
    if (only.empty()) {
      only = of_kind;
      continue;
    }
    if (several.empty()) several.assign(only.begin(), only.end());
    several.insert(several.end(), of_kind.begin(), of_kind.end());
  }
  if (several.empty()) return only;
  std::sort(several.begin(), several.end());
  several.erase(std::unique(several.begin(), several.end()), several.end());
  return several;
}

void Recollection::remember(int account, int event, Entry entry) {
  constexpr std::size_t most_kept = 400'000;  // a hostile file has many accounts and many events
  const std::size_t index = index_of(account, event);
  if (index >= most_kept) return;
  if (index >= entries_.size()) entries_.resize(std::min(most_kept, (static_cast<std::size_t>(account - none) + 1) * events_));
  entries_[index] = std::make_unique<Entry>(std::move(entry));
}

std::optional<Told> Scene::told(int event) {
  // A stamp that is read otherwise, or a time that is just being resolved, is nothing for the other duties.
  if (!view_.forks.empty() || !resolving_.empty()) return look_at(event);
  if (const Recollection::Entry* known = recollection_.find(view_.account, event)) {
    consulted_.insert(known->consulted);
    return known->told;
  }
  Consulted before = std::exchange(consulted_, {});
  auto told = look_at(event);
  Consulted here = std::exchange(consulted_, std::move(before));
  consulted_.insert(here);
  recollection_.remember(view_.account, event, {told, std::move(here)});
  return told;
}

// Whoever tells of it otherwise, or whose own order of events would bound it, shows something else.
void Scene::note_other_tellings(int event, int used) {
  const Event& self = incident_.events[static_cast<std::size_t>(event)];
  AccountSet own;
  for (std::size_t i = 0; i < self.tellings.size(); ++i) {
    own.insert(self.tellings[i].account);
    if (static_cast<int>(i) != used) consulted_.other_accounts.insert(self.tellings[i].account);
  }
  if (self.in_case != none) consulted_.other_accounts.insert(tellers_around(self.kind, report_of(self)).without(own));
}

// Who tells, of this subject, of anything that comes before or after such an event.
AccountSet Scene::tellers_around(EventKind kind, const Subject& subject) const {
  AccountSet all;
  for (const EventOrder& order : event_orders()) {
    if (order.cause != kind && order.effect != kind) continue;
    for (const int i : recollection_.events_of(order.cause == kind ? order.effect : order.cause)) {
      const Event& event = incident_.events[static_cast<std::size_t>(i)];
      if (!belongs(event, subject)) continue;
      for (const Telling& telling : event.tellings) all.insert(telling.account);
    }
  }
  return all;
}

std::optional<Told> Scene::look_at(int event) {
  consulted_.events.insert(event);
  if (std::find(resolving_.begin(), resolving_.end(), event) != resolving_.end()) return std::nullopt;
  resolving_.push_back(event);
  const Event& self = incident_.events[static_cast<std::size_t>(event)];
  std::optional<Told> result;
  bool decided = false;
  if (const Telling* own = view_.account != none ? telling_by(self, view_.account) : nullptr) {
    result = telling_of(event, view_.account);
    decided = own->denied || came_back(own->delivery) || result.has_value();
  } else {
    result = told_by_order(event);
    decided = result.has_value();
  }
  for (std::size_t i = 0; i < self.tellings.size() && !decided; ++i) {
    result = telling_of(event, self.tellings[i].account);
    decided = result.has_value();
  }
  resolving_.pop_back();
  if (view_.account == none) note_other_tellings(event, result ? result->telling : none);
  if (!result) return result;
  if (result->moment.earliest() > as_of_) return std::nullopt;
  // What is told as having happened, nobody knows when, had happened by then.
  if (result->moment.is_open_after()) result->moment = result->moment.not_after(as_of_);
  return result;
}

std::vector<Told> Scene::occurrences(std::span<const EventKind> kinds, const Subject& subject, Scope scope) {
  std::vector<int> several;
  const std::span<const int> candidates = recollection_.events_of(kinds, several);
  if (candidates.empty()) return {};
  std::vector<Told> own, whole;
  std::vector<EventKind> own_kinds;
  const bool is_incident = subject.per == Per::incident;
  const bool looks_further = scope != Scope::own && subject.per != Per::problem_report;
  for (const int i : candidates) {
    const Event& event = incident_.events[static_cast<std::size_t>(i)];
    const bool is_own = belongs(event, subject) || (is_incident && scope == Scope::everything);
    if (!is_own && !(looks_further && (is_incident || is_unscoped(event)))) continue;
    auto found = told(i);
    if (!found || !outlasts_denial(*found, subject) || is_ruled_out(*found)) continue;
    found->of_the_whole = !is_own && !is_incident;
    if (is_own && is_incident) own_kinds.push_back(event.kind);
    auto& of_its_sort = is_own ? own : whole;
    if (of_its_sort.empty()) of_its_sort.reserve(std::min<std::size_t>(candidates.size(), 8));
    of_its_sort.push_back(std::move(*found));
  }
  // What is told of the incident itself goes before what is told of its parts, kind by kind.
  if (is_incident) {
    std::erase_if(whole, [&](const Told& told) {
      return contains(own_kinds, incident_.events[static_cast<std::size_t>(told.event)].kind);
    });
    own.insert(own.end(), std::make_move_iterator(whole.begin()), std::make_move_iterator(whole.end()));
    return own;
  }
  if (!own.empty()) return own;
  for (Told& told : whole)
    if (!is_surely_about(*this, subject, told))
      told.may_not_count("it is told of the incident as a whole, and may be about another part of it");
  return whole;
}

bool Scene::denies(std::span<const EventKind> kinds, const Subject& subject) {
  bool any = false;
  std::vector<int> several;
  for (const int i : recollection_.events_of(kinds, several)) {
    const Event& event = incident_.events[static_cast<std::size_t>(i)];
    if (!belongs(event, subject)) continue;
    const bool by_all =
        std::all_of(event.tellings.begin(), event.tellings.end(), [](const Telling& telling) { return telling.denied; });
    for (const Telling& telling : event.tellings)
      if (telling.denied != by_all) consulted_.other_accounts.insert(telling.account);
    const Telling* own = view_.account != none ? telling_by(event, view_.account) : nullptr;
    any |= own != nullptr ? own->denied : by_all;
  }
  return any;
}

std::vector<Told> Scene::statements_of_open(EventKind kind, const Subject& subject) {
  std::vector<Told> all;
  for (const int i : recollection_.events_of(EventKind::still_open)) {
    const Event& event = incident_.events[static_cast<std::size_t>(i)];
    // What was not done then had no effect either.
    const bool is_of_cause = std::any_of(event_orders().begin(), event_orders().end(), [&](const EventOrder& order) {
      return order.effect == kind && contains(event.still_open, order.cause);
    });
    if (!is_of_cause && !contains(event.still_open, kind)) continue;
    if (!belongs(event, subject) && !(is_unscoped(event) && is_the_only_one(incident_, subject))) continue;
    auto statement = told(i);
    if (!statement || !statement->certain || statement->telling == none || is_withdrawn(*statement) != Truth::no) continue;
    const int teller = event.tellings[static_cast<std::size_t>(statement->telling)].account;
    if (speaks_of(event, incident_.accounts[static_cast<std::size_t>(teller)].kind, subject.addressee))
      all.push_back(std::move(*statement));
  }
  return all;
}

// What the believed account says was still open later, another account cannot tell as done before; and who says both
// says nothing.
bool Scene::outlasts_denial(Told& told, const Subject& subject) {
  const Event& self = incident_.events[static_cast<std::size_t>(told.event)];
  if (self.kind == EventKind::still_open) return true;
  const int teller = this->teller(told);
  for (const Told& statement : statements_of_open(self.kind, subject)) {
    if (before(told.moment, statement.moment) == Truth::no) continue;
    const int stated_by =
        incident_.events[static_cast<std::size_t>(statement.event)].tellings[static_cast<std::size_t>(statement.telling)].account;
    consulted_.other_accounts.insert(stated_by);
    if (stated_by == teller) told.may_not_count("the same account says later that it was still not done");
    else if (stated_by == view_.account && before(told.moment, statement.moment) == Truth::yes) return false;
  }
  return true;
}

// What the believed account says of a cause rules out what another tells of its effect before.
bool Scene::is_ruled_out(const Told& told) {
  const Event& self = incident_.events[static_cast<std::size_t>(told.event)];
  const int teller = this->teller(told);
  if (view_.account != none && teller == view_.account) return false;
  for (const EventOrder& order : event_orders()) {
    if (order.effect != self.kind) continue;
    for (const int i : recollection_.events_of(order.cause)) {
      const Event& cause = incident_.events[static_cast<std::size_t>(i)];
      if (!speak_of_one_thing(self, cause)) continue;
      if (view_.account == none) {
        for (const Telling& telling : cause.tellings)
          if (telling.account != teller) consulted_.other_accounts.insert(telling.account);
        continue;
      }
      const Telling* own = telling_by(cause, view_.account);
      if (own == nullptr) continue;
      if (own->denied) return true;
      const auto stamped = stamped_by(i, view_.account);
      // Of several causes the first is the one that counts; only when it is the only one it surely comes before.
      if (stamped && before(told.moment, *stamped) == Truth::yes && !agree_within_rounding(told.moment, *stamped) &&
          is_only_cause(i, self))
        return true;
    }
  }
  return false;
}

bool Scene::is_only_cause(int event, const Event& effect) const {
  const auto alike = recollection_.events_of(incident_.events[static_cast<std::size_t>(event)].kind);
  return std::none_of(alike.begin(), alike.end(), [&](int other) {
    return other != event && speak_of_one_thing(effect, incident_.events[static_cast<std::size_t>(other)]);
  });
}

std::optional<Told> Scene::bounded_by_account(EventKind kind, const Subject& subject, int account) {
  Told result;
  result.moment = Moment();
  Unit unit = Unit::second;
  Instant earliest = open_past, latest = open_future;
  bool is_implied = false;  // its effect happened, so it did; that its cause did says nothing
  for (const EventOrder& order : event_orders()) {
    if (order.cause != kind && order.effect != kind) continue;
    const EventKind other_kind = order.cause == kind ? order.effect : order.cause;
    Bound bound;
    for (const int i : recollection_.events_of(other_kind)) {
      if (!belongs(incident_.events[static_cast<std::size_t>(i)], subject)) continue;
      const auto stamped = stamped_by(i, account);
      if (!stamped || stamped->earliest() > as_of_) continue;
      bound.add(*stamped);
      unit = std::max(unit, stamped->unit());
      result.from.push_back(i);
    }
    if (order.effect == kind && bound.first) earliest = std::max(earliest, *bound.first);
    if (order.cause != kind || !bound.last) continue;
    latest = std::min(latest, *bound.last);
    is_implied = true;
  }
  if (result.from.empty() || earliest > latest) return std::nullopt;
  result.moment = Moment::between(earliest, latest, unit);
  if (!is_implied) result.may_not_count("what comes before it is told; that it happened is not");
  return result;
}

std::optional<Told> Scene::bounded_by_order(EventKind kind, const Subject& subject) {
  if (const AccountSet tellers = tellers_around(kind, subject); tellers.has_several()) consulted_.other_accounts.insert(tellers);
  std::optional<Told> open;
  const int accounts = static_cast<int>(incident_.accounts.size());
  for (int i = view_.account == none ? 0 : none; i < accounts; ++i) {
    if (i != none && i == view_.account) continue;
    auto bounded = bounded_by_account(kind, subject, i == none ? view_.account : i);
    if (!bounded || bounded->moment.earliest() > as_of_) continue;
    if (is_closed(bounded->moment)) return bounded;
    if (!open) open = std::move(bounded);
  }
  return open;
}

bool Scene::complete_for(std::span<const EventKind> kinds, Instant until) const {
  return std::any_of(incident_.accounts.begin(), incident_.accounts.end(), [&](const Account& account) {
    const bool reaches = !account.complete.until || account.complete.until->moment.earliest() >= until;
    return reaches && std::all_of(kinds.begin(), kinds.end(), [&](EventKind kind) { return account.is_complete_for(kind); });
  });
}

Scene::NotBefore Scene::not_before(std::span<const EventKind> kinds, const Subject& subject) {
  std::optional<NotBefore> all;  // none of the kinds had happened: the least of their bounds
  for (const EventKind kind : kinds) {
    NotBefore best;
    const auto offer = [&best](const Moment& moment, int event, const auto& why) {
      if (moment.earliest() > best.moment.earliest()) best = {moment, why(), event};
    };
    for (const EventOrder& order : event_orders()) {
      if (order.effect != kind) continue;
      const EventKind kind_of_cause[] = {order.cause};
      std::vector<Told> causes = occurrences(kind_of_cause, subject);
      std::erase_if(causes, [this](const Told& told) { return is_withdrawn(told) != Truth::no; });
      if (const auto first = first_of(std::move(causes)); first && first->certain)
        offer(first->moment, first->event, [&] { return "it cannot come before '" + std::string(name(order.cause)) + "'"; });
    }
    for (const Told& each : statements_of_open(kind, subject))
      offer(each.moment, each.event, [] { return std::string("a dated statement says that it was still not done"); });
    for (const Account& account : incident_.accounts) {
      if (!account.is_complete_for(kind)) continue;
      // "Complete until that day" promises nothing of the day itself.
      const Instant until = account.complete.until ? std::min(as_of_, account.complete.until->moment.earliest()) : as_of_;
      offer(Moment::exact(until), none,
            [&] { return "the account '" + account.name + "' is complete in this respect and tells of none"; });
    }
    if (!all || best.moment.earliest() < all->moment.earliest()) all = best;
  }
  return all.value_or(NotBefore());
}

}  // namespace cita
