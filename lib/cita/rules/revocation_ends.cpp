// When nothing was left of a set of certificates to be revoked, as events tell it that count them: what they count by then.
#include <cita/rules/matter.hpp>
#include <cita/rules/whole.hpp>

#include <algorithm>
#include <limits>
#include <map>
#include <utility>

namespace cita {

Subject whole_of(Subject part) {
  part.in_case = part.cohort = none;
  return part;
}

// What is told of the incident as a whole, where the set is a part of it.
std::vector<Told> Matter::of_the_whole(std::span<const EventKind> kinds, const Subject& set) {
  const Subject whole = whole_of(set);
  if (whole == set) return {};
  std::vector<Told> all = scene.occurrences(kinds, whole, Scope::own);
  for (Told& told : all) {
    told.of_the_whole = true;
    if (!is_surely_about(scene, set, told)) told.may_not_count("it is told of the incident as a whole");
  }
  return all;
}

// All that counts at the end, of some of the certificates too.
std::vector<Told> Matter::told_of(std::span<const EventKind> kinds, const Subject& set, Scope scope) {
  std::vector<Told> all = scene.occurrences(kinds, set, Scope::own);
  if (scope != Scope::own)
    for (Told& told : of_the_whole(kinds, set)) all.push_back(std::move(told));
  std::erase_if(all, [&](Told& told) { return !counts(told, Role::end, kinds); });
  return all;
}

bool Matter::tells_of_all(Told& told, const Subject& set) const {
  if (!is_revocation(event(told).kind)) return true;
  const Truth is_so = is_of_all(scene, set, told);
  if (is_so == Truth::unknown) told.may_not_count("whether these were all of the certificates is not told");
  return is_so != Truth::no;
}

std::vector<Told> Matter::counts_of_all(const Subject& set, Scope scope, std::span<const EventKind> kinds) {
  constexpr EventKind partial[] = {EventKind::revocation_partial};
  std::vector<Told> ends;
  Instant last_of_some = open_past;
  std::vector<Told> all = told_of(partial, set, scope);
  for (const Told& told : all)
    if (event(told).done && is_of_all(scene, set, told) == Truth::no && told.certain)
      last_of_some = std::max(last_of_some, told.moment.earliest());
  for (Told& told : all) {
    const Event& self = event(told);
    const bool is_of_others_too = told.of_the_whole && !is_the_only_one(incident, set);
    const Truth is_so = self.done ? is_of_all(scene, set, told) : is_of_others_too ? Truth::unknown : Truth::no;
    const bool is_some_of_all = is_beside_parts(scene, set) && (self.of || certificates_of(incident, set).total());
    const bool may_be_all = told.of_the_whole || is_some_of_all || (self.of && *self.done >= *self.of);
    if (is_so == Truth::no || (is_so == Truth::unknown && !may_be_all)) continue;
    if (is_so == Truth::unknown)
      told.may_not_count(is_some_of_all ? "which certificates are counted is not told"
                                        : "the file tells of more certificates than these");
    // Who would not have told of the last revocation tells that they were revoked by then: after fewer were. Where these may
    // be all that ever were, the others may have expired before.
    if (!scene.complete_for(kinds, told.moment.latest())) {
      const Instant from = std::max(scene.not_before(kinds, set).moment.earliest(), told.certain ? last_of_some : open_past);
      told.moment = Moment::between(std::min(from, told.moment.earliest()), told.moment.latest(), told.moment.unit());
    }
    ends.push_back(std::move(told));
  }
  return ends;
}

// Whether what is told of the whole may be told of the certificates of its other parts: fewer than all of them are counted, or
// all of those that the whole surely has beside its parts.
bool Matter::may_be_of_others(const Told& told) const {
  const Event& self = event(told);
  if (!told.of_the_whole && !is_beside_parts(scene, subject)) return false;
  if (self.done) return is_of_all(scene, subject, told) == Truth::unknown;
  return told.of_the_whole && (!is_revocation(self.kind) || scene.numbers().has_any_beside == Truth::yes);
}

// What a part tells of itself goes before what a count of the whole might say of it.
void Matter::drop_ruled_out(std::vector<Told>& done, std::span<const EventKind> kinds) {
  // Of what the whole has beside its parts nothing is told but by the whole.
  if (is_beside_parts(scene, subject)) return drop_those_of_others(done, kinds);
  constexpr EventKind expired[] = {EventKind::expired};
  const auto drop_if = [&](const auto& is_ruled_out) {
    std::erase_if(done, [&](const Told& told) { return may_be_of_others(told) && is_ruled_out(told); });
  };
  const bool has_an_end =
      std::any_of(done.begin(), done.end(), [](const Told& told) { return told.certain && !told.of_the_whole; });
  const std::vector<Told> ended = told_of(expired, subject, Scope::own);
  const bool has_expired = std::any_of(ended.begin(), ended.end(),
                                       [this](const Told& told) { return told.certain && event(told).done.value_or(0) > 0; });
  // A number that is exactly what all parts have together, or all there are where nobody tells that, may be theirs.
  const auto sum = sum_of_parts(incident);
  const auto is_of_all_parts = [&](const Event& self) {
    const auto all = sum ? sum : self.of ? self.of : incident.certificate_set.total();
    return all && self.done == *all && self.of.value_or(*all) == *all;
  };
  if (has_an_end || has_expired) drop_if([&](const Told& told) { return !is_of_all_parts(event(told)); });
  for (const Told& count : told_of(with_counts(kinds), subject, Scope::own))
    if (event(count).done && count.certain && is_of_all(scene, subject, count) == Truth::no)
      drop_if([&](const Told& told) { return before(count.moment, told.moment) == Truth::no; });
  for (const Told& statement : scene.statements_of_open(EventKind::revocation, subject))
    drop_if([&](const Told& told) { return before(told.moment, statement.moment) == Truth::yes; });
  drop_those_of_others(done, kinds);
}

// A count of the whole is not of all of a part where it leaves too few beside what the others tell of themselves by then.
void Matter::drop_those_of_others(std::vector<Told>& done, std::span<const EventKind> kinds) {
  const auto is_open = [this](const Told& told) { return event(told).done && may_be_of_others(told); };
  if (!scene.numbers().all || std::none_of(done.begin(), done.end(), is_open)) return;
  const auto total = is_beside_parts(scene, subject) ? scene.numbers().beside : certificates_of(incident, subject).total();
  if (!total) return;
  const OthersRevoked others = others_revoked(kinds);
  std::erase_if(
      done, [&](const Told& told) { return is_open(told) && *event(told).done - others.by(told.moment.earliest()) < *total; });
}

// What the other parts tell to be revoked, for sure.
Matter::OthersRevoked Matter::others_revoked(std::span<const EventKind> kinds) {
  std::vector<Told> others = scene.occurrences(with_counts(kinds), Subject(), Scope::everything);
  std::erase_if(others, [&](Told& told) {
    const Event& self = event(told);
    const bool is_other = (self.in_case != none || self.cohort != none) && !belongs(self, subject);
    return !is_other || !(self.done || is_revocation(self.kind)) || !counts(told, Role::end, kinds) || !told.certain;
  });
  std::stable_sort(others.begin(), others.end(),
                   [](const Told& a, const Told& b) { return a.moment.latest() < b.moment.latest(); });
  OthersRevoked result;
  result.times.reserve(others.size());
  for (const Told& each : others) result.times.push_back(each.moment.latest());
  result.numbers = revoked_of_parts(others);
  return result;
}

std::int64_t Matter::OthersRevoked::by(Instant time) const {
  const auto later = std::upper_bound(times.begin(), times.end(), time);
  return numbers[static_cast<std::size_t>(later - times.begin())];
}

// How many certificates of several parts were revoked at least, after none, one, … of what they tell. Who tells of fewer later
// takes back what was told before.
std::vector<std::int64_t> Matter::revoked_of_parts(std::span<const Told> tellings) const {
  struct Part {
    std::int64_t later = 0, revoked = 0;
  };
  std::map<std::pair<int, int>, Part> parts;
  const auto part_of = [&](const Event& self) { return std::pair(self.in_case, self.cohort); };
  std::vector<std::int64_t> least(tellings.size()), all(tellings.size() + 1);
  for (std::size_t i = tellings.size(); i-- > 0;) {
    const Event& self = event(tellings[i]);
    Subject of_it;
    of_it.in_case = self.in_case;
    of_it.cohort = self.cohort;
    const std::int64_t told = self.done ? *self.done : *certificates_of(incident, of_it).total();
    const auto [known, is_last] = parts.try_emplace(part_of(self));
    least[i] = is_last ? told : std::min(told, known->second.later);
    known->second.later = least[i];
  }
  for (std::size_t i = 0; i < tellings.size(); ++i) {
    std::int64_t& revoked = parts[part_of(event(tellings[i]))].revoked;
    all[i + 1] = all[i] + least[i] - revoked;
    revoked = least[i];
  }
  return all;
}

// Who tells of all, and later of fewer or that it was not done, may be wrong in either, unless the others had expired when all
// were told of. `set` is the subject, or the whole, which speaks of what was told of the whole alone.
void Matter::doubt_by_later(std::vector<Told>& done, std::span<const EventKind> kinds, const Subject& set) {
  constexpr EventKind expired[] = {EventKind::expired};
  const bool is_own = set == subject;
  const auto is_later = [&](const Told& later, const Told& each) {
    return (is_own || each.of_the_whole) && scene.teller(each) == scene.teller(later) &&
           before(each.moment, later.moment) == Truth::yes;
  };
  for (const Told& statement : scene.statements_of_open(EventKind::revocation, set))
    for (Told& each : done)
      if (is_later(statement, each)) each.may_not_count("the same account says later that it was still not done");
  const std::vector<Told> ended = told_of(expired, set, Scope::own_or_whole);
  const auto total = is_own ? certificates_of(incident, set).total() : scene.numbers().all;
  const auto explains = [&](const Told& end, const Told& each, const Told& count) {
    if (!end.certain || before(each.moment, end.moment) != Truth::no) return false;
    const auto some = event(end).done, all = event(count).of ? event(count).of : total;
    return !some || (*some > 0 && (!all || *event(count).done + *some >= *all));
  };
  for (const Told& count : told_of(with_counts(kinds), set, Scope::own)) {
    if (!event(count).done || !count.certain) continue;
    const Truth is_of_all_then = is_of_all(scene, set, count);
    const bool is_of_some = is_own ? is_of_all_then == Truth::no : is_of_all_then != Truth::yes;
    const auto is_fewer = [&](const Told& each) {
      return !is_own && event(each).done ? *event(count).done < *event(each).done : is_of_some;
    };
    for (Told& each : done)
      if (is_fewer(each) && is_later(count, each) &&
          std::none_of(ended.begin(), ended.end(), [&](const Told& end) { return explains(end, each, count); }))
        each.may_not_count("the same account counts fewer revoked certificates later");
  }
}

// Two reports may be about the same certificates. What another case or cohort tells of them is told of this one's, too; where it
// has more, or counts, these may be among those, and may have been revoked before the last of them.
void Matter::add_of_same_certificates(std::vector<Told>& done, std::span<const EventKind> kinds) {
  const SameCertificates& same = scene.same_certificates();
  const bool is_told = std::any_of(done.begin(), done.end(), [](const Told& told) { return told.certain && !told.of_the_whole; });
  if (!same.has_any() || is_told) return;
  const bool is_record = std::find(kinds.begin(), kinds.end(), EventKind::revocation) != kinds.end();
  const std::vector<EventKind> all = is_record ? with_counts(kinds) : std::vector(kinds.begin(), kinds.end());
  for (Told& told : scene.occurrences(all, Subject(), Scope::everything)) {
    const Event& self = event(told);
    const bool is_of_any = self.done.value_or(1) > 0 && same.is_of_all(self, subject.in_case, subject.cohort);
    if (!is_of_any || !counts(told, Role::end, kinds)) continue;
    if (self.done || !is_revocation(self.kind) || !same.is_of_the_same(self, subject.in_case, subject.cohort)) {
      told.may_not_count("it is told of another case or cohort, which names the same certificates and others");
      told.moment = Moment().not_after(told.moment.latest());
    }
    done.push_back(std::move(told));
  }
}

std::vector<Told> Matter::expiries(const Subject& set, Scope scope, std::span<const EventKind> kinds) {
  constexpr EventKind expired[] = {EventKind::expired};
  const std::vector<Told> revoked = told_of(with_counts(kinds), set, scope);
  std::vector<const Told*> last_first;
  last_first.reserve(revoked.size());
  for (const Told& each : revoked) last_first.push_back(&each);
  std::stable_sort(last_first.begin(), last_first.end(),
                   [](const Told* a, const Told* b) { return a->moment.latest() > b->moment.latest(); });
  const auto total = certificates_of(incident, set).total();
  const auto is_of_others_too = [&](const Told& each) { return each.of_the_whole && !is_the_only_one(incident, set); };
  constexpr std::int64_t unbounded_number = std::numeric_limits<std::int64_t>::max();
  const std::int64_t beside = is_beside_parts(scene, set) ? scene.numbers().beside.value_or(unbounded_number) : unbounded_number;
  const auto others = set == subject && scene.numbers().all ? std::optional(others_revoked(kinds)) : std::nullopt;
  std::vector<Told> ends;
  // The later of the two is when nothing was left.
  const auto add_with = [&](const Told& end, const Told& last) {
    Told both = last.moment.latest() > end.moment.latest() ? last : end;
    both.moment = later(end.moment, last.moment);
    for (const Told* each : {&end, &last})
      if (!each->certain) both.may_not_count(each->doubt);
    ends.push_back(std::move(both));
  };
  // What expired may be all that the whole has beside its parts, unless these tell that it was theirs.
  const std::vector<Told> all_expired = scene.occurrences(expired, Subject(), Scope::everything);
  const bool may_be_beside =
      is_beside_parts(scene, set) &&
      std::all_of(all_expired.begin(), all_expired.end(), [this](const Told& each) { return is_of_the_whole(event(each)); });
  for (Told& end : told_of(expired, set, scope)) {
    const auto some = event(end).done;
    if (!some) {
      // All that were not revoked: so the others were by the last of their revocations.
      const auto too_early = std::partition_point(last_first.begin(), last_first.end(), [&end](const Told* each) {
        return each->moment.latest() >= end.moment.earliest();
      });
      const auto last = std::find_if(last_first.begin(), too_early,
                                     [&end](const Told* each) { return before(end.moment, each->moment) != Truth::no; });
      if (last == too_early) ends.push_back(std::move(end));
      else add_with(end, **last);
      continue;
    }
    const Truth is_so = is_of_all(scene, set, end);
    if (is_so == Truth::yes) {
      ends.push_back(std::move(end));
      continue;
    }
    std::vector<Told> rest;
    for (const Told& each : revoked) {
      const auto all = event(each).of && !is_of_others_too(each) ? event(each).of : total;
      if (*some == 0 || !all) continue;
      const bool has_others = others && (each.of_the_whole || beside != unbounded_number);
      const std::int64_t of_others = has_others ? others->by(each.moment.earliest()) : 0;
      const std::int64_t both = event(each).done.value_or(0) + *some, most = std::max(*all, total.value_or(0));
      // Some of all may be all that the whole has beside its parts.
      if (both - of_others < std::min(beside, total.value_or(most)) || both < std::min(beside, most)) continue;
      rest.push_back(each);
      if (both < most) rest.back().may_not_count("which certificates are counted is not told");
    }
    const auto last = first_of(std::move(rest));
    if (last) add_with(end, *last);
    if (is_so == Truth::unknown && (!last || !last->certain || may_be_beside)) {
      end.may_not_count("whether these were all of the certificates is not told");
      ends.push_back(std::move(end));
    }
  }
  return ends;
}

}  // namespace cita
