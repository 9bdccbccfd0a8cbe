// When nothing was left of a set of certificates to be revoked, as events tell it that count them: what they count by then.
#include <cita/rules/matter.hpp>

#include <algorithm>

namespace cita {

std::vector<EventKind> with_counts(std::span<const EventKind> kinds) {
  std::vector<EventKind> all(kinds.begin(), kinds.end());
  all.push_back(EventKind::revocation_partial);
  return all;
}

// What is told of the incident as a whole, where the set is a part of it.
std::vector<Told> Matter::of_the_whole(std::span<const EventKind> kinds, const Subject& set) {
  if (set.in_case == none && set.cohort == none) return {};
  Subject whole = set;
  whole.in_case = whole.cohort = none;
  std::vector<Told> all = scene.occurrences(kinds, whole, Scope::own);
  for (Told& told : all) {
    told.of_the_whole = true;
    if (!is_surely_about(incident, set, told)) told.may_not_count("it is told of the incident as a whole");
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
  const Truth is_so = is_of_all(incident, set, told);
  if (is_so == Truth::unknown) told.may_not_count("whether these were all of the certificates is not told");
  return is_so != Truth::no;
}

std::vector<Told> Matter::counts_of_all(const Subject& set, Scope scope, std::span<const EventKind> kinds) {
  constexpr EventKind partial[] = {EventKind::revocation_partial};
  std::vector<Told> ends;
  Instant last_of_some = open_past;
  std::vector<Told> all = told_of(partial, set, scope);
  for (const Told& told : all)
    if (event(told).done && is_of_all(incident, set, told) == Truth::no && told.certain)
      last_of_some = std::max(last_of_some, told.moment.earliest());
  for (Told& told : all) {
    const Event& self = event(told);
    const bool is_of_others_too = told.of_the_whole && !is_the_only_one(incident, set);
    const Truth is_so = self.done ? is_of_all(incident, set, told) : is_of_others_too ? Truth::unknown : Truth::no;
    const bool may_be_all = told.of_the_whole || (self.of && *self.done >= *self.of);
    if (is_so == Truth::no || (is_so == Truth::unknown && !may_be_all)) continue;
    if (is_so == Truth::unknown) told.may_not_count("the file tells of more certificates than these");
    // Who would not have told of the last revocation tells that they were revoked by then.
    if (!scene.complete_for(kinds, told.moment.latest())) {
      const Instant from = std::max(scene.not_before(kinds, set).moment.earliest(), last_of_some);
      told.moment = Moment::between(std::min(from, told.moment.earliest()), told.moment.latest(), told.moment.unit());
    }
    ends.push_back(std::move(told));
  }
  return ends;
}

// Who tells of all, and later of fewer, may be wrong in either, unless the others had expired when all were told of.
void Matter::doubt_by_later_counts(std::vector<Told>& done, std::span<const EventKind> kinds) {
  constexpr EventKind expired[] = {EventKind::expired};
  const std::vector<Told> ended = told_of(expired, subject, Scope::own_or_whole);
  const auto total = certificates_of(incident, subject).total();
  const auto explains = [&](const Told& end, const Told& each, const Told& count) {
    if (!end.certain || before(each.moment, end.moment) != Truth::no) return false;
    const auto some = event(end).done, all = event(count).of ? event(count).of : total;
    return !some || (*some > 0 && (!all || *event(count).done + *some >= *all));
  };
  for (const Told& count : told_of(with_counts(kinds), subject, Scope::own)) {
    if (!event(count).done || !count.certain || is_of_all(incident, subject, count) != Truth::no) continue;
    for (Told& each : done)
      if (scene.teller(each) == scene.teller(count) && before(each.moment, count.moment) == Truth::yes &&
          std::none_of(ended.begin(), ended.end(), [&](const Told& end) { return explains(end, each, count); }))
        each.may_not_count("the same account counts fewer revoked certificates later");
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
  std::vector<Told> ends;
  // The later of the two is when nothing was left.
  const auto add_with = [&](const Told& end, const Told& last) {
    Told both = last.moment.latest() > end.moment.latest() ? last : end;
    both.moment = later(end.moment, last.moment);
    for (const Told* each : {&end, &last})
      if (!each->certain) both.may_not_count(each->doubt);
    ends.push_back(std::move(both));
  };
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
    const Truth is_so = is_of_all(incident, set, end);
    if (is_so == Truth::yes) {
      ends.push_back(std::move(end));
      continue;
    }
    std::vector<Told> rest;
    for (const Told& each : revoked) {
      const auto all = event(each).of && !is_of_others_too(each) ? event(each).of : total;
      if (*some > 0 && all && event(each).done.value_or(0) + *some >= std::max(*all, total.value_or(0))) rest.push_back(each);
    }
    if (const auto last = first_of(std::move(rest))) {
      add_with(end, *last);
    } else if (is_so == Truth::unknown) {
      end.may_not_count("whether these were all of the certificates is not told");
      ends.push_back(std::move(end));
    }
  }
  return ends;
}

}  // namespace cita
