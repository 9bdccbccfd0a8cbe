#include <cita/rules/matter.hpp>
#include <cita/rules/same_certificates.hpp>
#include <cita/rules/whole.hpp>

#include <algorithm>

namespace cita {

namespace {

template <class Part>
std::vector<const CertificateSet*> sets_of(const std::vector<Part>& parts) {
  std::vector<const CertificateSet*> sets;
  sets.reserve(parts.size());
  for (const Part& each : parts) sets.push_back(&each.certificates);
  return sets;
}

std::optional<std::int64_t> sum_of(const std::vector<const CertificateSet*>& sets) {
  std::int64_t sum = 0;
  for (const CertificateSet* each : sets) {
    const auto total = each->total();
    if (!total) return std::nullopt;
    sum += *total;
  }
  return sum;
}

bool tells_of_revocations(const Event& event) { return is_revocation(event.kind) || event.kind == EventKind::revocation_partial; }

// Whether an event of the incident, of certificates to be revoked, tells that there are others than those of its parts.
Truth tells_of_others(const Incident& incident, const Event& event, std::optional<std::int64_t> in_parts) {
  const CertificateSet& whole = incident.certificate_set;
  const auto total = whole.total(), number = event.of ? event.of : event.done;
  if (!in_parts) return number ? Truth::unknown : Truth::yes;
  if (total && *total <= *in_parts) return number.value_or(0) > *in_parts ? Truth::unknown : Truth::no;
  if (total || !number || *number > *in_parts) return Truth::yes;
  const bool is_another_number = event.of && *event.of != *in_parts;
  return is_another_number || !whole.list_file.empty() ? Truth::unknown : Truth::no;
}

// A correction that may be withdrawn itself leaves what it withdraws as it is told.
bool may_be_withdrawn(const Incident& incident, int event) {
  const auto& all = incident.events;
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (all[i].withdraws != event) continue;
    const auto withdraws_it = [i](const Event& each) { return each.withdraws == static_cast<int>(i); };
    if (all[i].kind != EventKind::correction || std::none_of(all.begin(), all.end(), withdraws_it)) return true;
  }
  return false;
}

bool has_reason(const std::vector<const Ground*>& grounds, std::string_view reason) {
  return std::any_of(grounds.begin(), grounds.end(), [reason](const Ground* each) { return each->reason == reason; });
}

std::vector<const Ground*> all_of(const std::vector<Ground>& grounds) {
  std::vector<const Ground*> all;
  all.reserve(grounds.size());
  for (const Ground& each : grounds) all.push_back(&each);
  return all;
}

// The certificates of cases that are judged for all reasons of the whole, as those of a cohort are.
std::vector<const CertificateSet*> cases_apart(const Incident& incident) {
  std::vector<const CertificateSet*> apart;
  for (std::size_t i = 0; i < incident.cases.size(); ++i) {
    const auto grounds = grounds_of_case(incident, i);
    const auto& whole = incident.certificate_set.grounds;
    if (!grounds.empty() &&
        std::all_of(whole.begin(), whole.end(), [&](const Ground& each) { return has_reason(grounds, each.reason); }))
      apart.push_back(&incident.cases[i].certificates);
  }
  return apart;
}

Truth has_any_beside(const Incident& incident, const WholeNumbers& numbers) {
  if (!numbers.has_parts) return Truth::yes;
  Truth has_any = truth(numbers.beside.has_value());
  for (std::size_t i = 0; i < incident.events.size(); ++i) {
    const Event& event = incident.events[i];
    if (is_of_the_whole(event) && tells_of_revocations(event) && event.unsure.empty() &&
        !may_be_withdrawn(incident, static_cast<int>(i)))
      has_any = has_any | tells_of_others(incident, event, numbers.in_parts);
  }
  // A case is not a part by its nature: unless numbers tell it, its certificates may be others.
  const bool are_all_told = numbers.in_parts && incident.certificate_set.total();
  return incident.cohorts.empty() && !are_all_told ? has_any | Truth::unknown : has_any;
}

// Whether the counts of all events fit the certificates that there are of what each tells.
bool all_fit(const Incident& incident, std::int64_t in_all, std::optional<std::int64_t> beside) {
  return std::all_of(incident.events.begin(), incident.events.end(), [&](const Event& event) {
    std::int64_t number = in_all;
    if (event.cohort != none) number = *incident.cohorts[static_cast<std::size_t>(event.cohort)].certificates.total();
    else if (event.in_case != none) number = *incident.cases[static_cast<std::size_t>(event.in_case)].certificates.total();
    else if (beside && event.of == beside) number = *beside;
    return event.of.value_or(number) == number && event.done.value_or(0) <= number;
  });
}

std::optional<std::int64_t> number_of_all(const Incident& incident, const WholeNumbers& numbers) {
  const CertificateSet& whole = incident.certificate_set;
  const auto sum = sum_of_parts(incident);
  if (!sum || (!whole.total() && !whole.list_file.empty())) return std::nullopt;
  const bool is_only_a_case = incident.cases.size() == 1 && incident.cohorts.empty();
  const bool has_none_beside = is_only_a_case || whole.grounds.empty() || numbers.has_any_beside == Truth::no;
  const std::int64_t all = numbers.beside ? *numbers.in_parts + *numbers.beside : *sum;
  if (!has_none_beside && !(numbers.beside && all > *sum)) return std::nullopt;
  if (whole.total().value_or(all) != all || incident.report.total_certificates.value_or(all) != all) return std::nullopt;
  return all_fit(incident, all, numbers.beside) ? std::optional(all) : std::nullopt;
}

}  // namespace

std::vector<EventKind> with_counts(std::span<const EventKind> kinds) {
  std::vector<EventKind> all(kinds.begin(), kinds.end());
  all.push_back(EventKind::revocation_partial);
  return all;
}

bool is_of_the_whole(const Event& event) { return event.in_case == none && event.cohort == none; }

std::optional<std::int64_t> sum_of_parts(const Incident& incident) {
  const auto in_cases = sum_of(sets_of(incident.cases)), in_cohorts = sum_of(sets_of(incident.cohorts));
  return in_cases && in_cohorts ? std::optional(*in_cases + *in_cohorts) : std::nullopt;
}

std::vector<const Ground*> grounds_of_case(const Incident& incident, std::size_t index) {
  std::vector<const Ground*> all = all_of(incident.cases[index].certificates.grounds);
  const bool tells_itself = std::any_of(incident.events.begin(), incident.events.end(), [index](const Event& each) {
    return each.in_case == static_cast<int>(index) && tells_of_revocations(each);
  });
  if (tells_itself)
    for (const Ground& each : incident.certificate_set.grounds)
      if (!has_reason(all, each.reason)) all.push_back(&each);
  return all;
}

std::vector<const Ground*> grounds_of_cohort(const Incident& incident, std::size_t index) {
  const auto& own = incident.cohorts[index].certificates.grounds;
  return all_of(own.empty() ? incident.certificate_set.grounds : own);
}

std::vector<const Ground*> grounds_of_whole(const Incident& incident) { return all_of(incident.certificate_set.grounds); }

WholeNumbers whole_numbers(const Incident& incident) {
  const std::vector<const CertificateSet*> cases = cases_apart(incident);
  const auto total = incident.certificate_set.total(), in_cases = sum_of(cases), in_cohorts = sum_of(sets_of(incident.cohorts));
  WholeNumbers numbers;
  numbers.has_parts = !cases.empty() || !incident.cohorts.empty();
  if (in_cases && in_cohorts) numbers.in_parts = *in_cases + *in_cohorts;
  if (numbers.has_parts && numbers.in_parts && total && *total > *numbers.in_parts) numbers.beside = *total - *numbers.in_parts;
  numbers.has_any_beside = has_any_beside(incident, numbers);
  numbers.all = number_of_all(incident, numbers);
  // Certificates of two parts are counted twice.
  if (SameCertificates(incident).has_any()) {
    numbers.beside = numbers.all = std::nullopt;
    if (numbers.has_any_beside == Truth::no) numbers.has_any_beside = Truth::unknown;
  }
  return numbers;
}

}  // namespace cita
