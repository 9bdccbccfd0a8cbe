#include <cita/model/alignment.hpp>
#include <cita/reconcile/accounts.hpp>

#include <algorithm>

namespace cita {

namespace {

using Indices = std::vector<int>;

int mapped(const Indices& indices, int index) { return index == none ? none : indices[static_cast<std::size_t>(index)]; }

class Adder {
 public:
  Adder(Incident& incident, const Incident& other) : incident_(incident), other_(other), told_before_(incident.events.size()) {
    taken_.assign(told_before_, false);
  }

  Indices add() {
    add_accounts();
    add_things();
    for (std::size_t i = 0; i < other_.events.size(); ++i) events_.push_back(find(i));
    for (std::size_t i = 0; i < other_.events.size(); ++i) {
      const bool is_new = events_[i] == none;
      if (is_new) events_[i] = static_cast<int>(told_before_ + added_++);
    }
    for (std::size_t i = 0; i < other_.events.size(); ++i) add_event(other_.events[i], events_[i]);
    return accounts_;
  }

 private:
  void add_accounts() {
    for (Account account : other_.accounts) {
      account.name = free_account(incident_.accounts, account.name);
      if (account.from.empty() && other_.source) account.from = other_.source->name();
      accounts_.push_back(static_cast<int>(incident_.accounts.size()));
      incident_.accounts.push_back(std::move(account));
    }
  }

  // What has the same id is the same; else what `is_same` says; the rest is added with an id of its own.
  template <class Thing, class IsSame>
  static Indices merge(std::vector<Thing>& all, const std::vector<Thing>& others, IsSame is_same) {
    Indices indices;
    const std::size_t before = all.size();
    for (const Thing& other : others) {
      const auto end = all.begin() + static_cast<std::ptrdiff_t>(before);
      const auto same = std::find_if(all.begin(), end, [&](const Thing& each) { return is_same(each, other); });
      indices.push_back(static_cast<int>(same == end ? all.size() : static_cast<std::size_t>(same - all.begin())));
      if (same != end) continue;
      Thing added = other;
      added.id = free_id(all, other.id);
      all.push_back(std::move(added));
    }
    return indices;
  }

  // Every ground that somebody asserts is judged.
  static void add_grounds(std::vector<Ground>& grounds, const std::vector<Ground>& others) {
    for (const Ground& other : others)
      if (std::none_of(grounds.begin(), grounds.end(), [&](const Ground& each) { return each.reason == other.reason; }))
        grounds.push_back(other);
  }

  void add_things() {
    const bool one_case = incident_.cases.size() == 1 && other_.cases.size() == 1;
    cases_ = merge(incident_.cases, other_.cases, [one_case](const Case& a, const Case& b) { return one_case || a.id == b.id; });
    for (std::size_t i = 0; i < cases_.size(); ++i)
      add_grounds(incident_.cases[static_cast<std::size_t>(cases_[i])].certificates.grounds,
                  other_.cases[i].certificates.grounds);
    cohorts_ = merge(incident_.cohorts, other_.cohorts, [](const Cohort& a, const Cohort& b) { return a.id == b.id; });
    // Ids of these are often made from their place.
    const auto same_words = [](const auto& a, const auto& b) { return words_of(a.text) == words_of(b.text); };
    questions_ = merge(incident_.questions, other_.questions, same_words);
    action_items_ = merge(incident_.action_items, other_.action_items, same_words);
    commitments_ = merge(incident_.commitments, other_.commitments, same_words);
  }

  static bool may_be_to_one(const Event& a, const Event& b) {
    return a.to.empty() || b.to.empty() || std::any_of(a.to.begin(), a.to.end(), [&b](Addressee each) {
             return std::find(b.to.begin(), b.to.end(), each) != b.to.end();
           });
  }

  // Whether an event of ours and one of theirs can be one.
  bool are_alike(const Event& ours, const Event& theirs) const {
    return ours.kind == theirs.kind && theirs.kind != EventKind::other && ours.in_case == mapped(cases_, theirs.in_case) &&
           ours.cohort == mapped(cohorts_, theirs.cohort) && ours.question == mapped(questions_, theirs.question) &&
           ours.action_item == mapped(action_items_, theirs.action_item) &&
           ours.commitment == mapped(commitments_, theirs.commitment) && may_be_to_one(ours, theirs);
  }

  // The event of the incident that this is another telling of: the only one there can be, or the nearest that is near.
  int find(std::size_t index) {
    const Event& theirs = other_.events[index];
    if (theirs.tellings.empty()) return none;
    Indices alike;
    for (std::size_t i = 0; i < told_before_; ++i)
      if (!taken_[i] && are_alike(incident_.events[i], theirs)) alike.push_back(static_cast<int>(i));
    const auto of_the_sort = std::count_if(other_.events.begin(), other_.events.end(), [&](const Event& each) {
      return each.kind == theirs.kind && each.in_case == theirs.in_case && each.cohort == theirs.cohort &&
             may_be_to_one(each, theirs);
    });
    const Telling& telling = theirs.tellings.front();
    int found = none;
    if (alike.size() == 1 && of_the_sort == 1 && (happens_once(theirs.kind) || telling.denied)) found = alike.front();
    if (found == none && !telling.denied && !telling.at.relative) {
      Seconds least = furthest_tellings;
      for (const int each : alike) {
        const auto apart = distance(incident_.events[static_cast<std::size_t>(each)], telling.at.stamp.moment);
        if (apart && *apart < least) least = *apart, found = each;
      }
    }
    if (found != none) taken_[static_cast<std::size_t>(found)] = true;
    return found;
  }

  TimeRef moved(TimeRef time) const {
    if (!time.relative) return time;
    time.relative->after = mapped(events_, time.relative->after);
    time.relative->before = mapped(events_, time.relative->before);
    return time;
  }
  std::optional<TimeRef> moved(const std::optional<TimeRef>& time) const { return time ? std::optional(moved(*time)) : time; }

  void add_event(const Event& theirs, int index) {
    const bool is_new = static_cast<std::size_t>(index) >= told_before_;
    if (is_new) {
      Event event = theirs;
      event.id = free_id(incident_.events, theirs.id);
      event.in_case = mapped(cases_, theirs.in_case);
      event.cohort = mapped(cohorts_, theirs.cohort);
      event.question = mapped(questions_, theirs.question);
      event.action_item = mapped(action_items_, theirs.action_item);
      event.commitment = mapped(commitments_, theirs.commitment);
      event.withdraws = mapped(events_, theirs.withdraws);
      event.planned = moved(theirs.planned);
      event.tellings.clear();
      incident_.events.push_back(std::move(event));
    }
    Event& event = incident_.events[static_cast<std::size_t>(index)];
    if (theirs.unsure.empty()) event.unsure.clear();  // they say that it is what its kind says
    for (Telling telling : theirs.tellings) {
      telling.account = mapped(accounts_, telling.account);
      telling.at = moved(telling.at);
      telling.stated = moved(telling.stated);
      event.tellings.push_back(std::move(telling));
    }
  }

  Incident& incident_;
  const Incident& other_;
  const std::size_t told_before_;
  std::size_t added_ = 0;
  std::vector<bool> taken_;
  Indices accounts_, cases_, cohorts_, questions_, action_items_, commitments_, events_;
};

}  // namespace

std::vector<int> add_accounts(Incident& incident, const Incident& other) { return Adder(incident, other).add(); }

}  // namespace cita
