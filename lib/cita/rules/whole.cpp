#include <cita/rules/matter.hpp>
#include <cita/rules/whole.hpp>

#include <algorithm>
#include <iterator>

namespace cita {

namespace {

template <class Part>
std::optional<std::int64_t> sum_of(const std::vector<Part>& parts) {
  std::int64_t sum = 0;
  for (const Part& each : parts) {
    const auto total = each.certificates.total();
    if (!total) return std::nullopt;
    sum += *total;
  }
  return sum;
}

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

// A case whose certificates are to be revoked for all reasons of the whole is judged for them as a cohort is.
bool has_all_reasons(const CertificateSet& set, const CertificateSet& whole) {
  return !set.grounds.empty() && std::all_of(whole.grounds.begin(), whole.grounds.end(), [&set](const Ground& of_whole) {
    return std::any_of(set.grounds.begin(), set.grounds.end(),
                       [&of_whole](const Ground& each) { return each.reason == of_whole.reason; });
  });
}

// Whether the counts of an event fit the certificates that there are of what it tells.
bool fits(const Incident& incident, const Event& event, std::int64_t in_all) {
  std::int64_t number = in_all;
  if (event.cohort != none) number = *incident.cohorts[static_cast<std::size_t>(event.cohort)].certificates.total();
  else if (event.in_case != none) number = *incident.cases[static_cast<std::size_t>(event.in_case)].certificates.total();
  return event.of.value_or(number) == number && event.done.value_or(0) <= number;
}

}  // namespace

bool is_of_the_whole(const Event& event) { return event.in_case == none && event.cohort == none; }

std::optional<std::int64_t> sum_of_parts(const Incident& incident) {
  const auto in_cases = sum_of(incident.cases), in_cohorts = sum_of(incident.cohorts);
  return in_cases && in_cohorts ? std::optional(*in_cases + *in_cohorts) : std::nullopt;
}

PartsApart parts_apart(const Incident& incident) {
  std::vector<Case> cases;
  std::copy_if(incident.cases.begin(), incident.cases.end(), std::back_inserter(cases),
               [&incident](const Case& each) { return has_all_reasons(each.certificates, incident.certificate_set); });
  PartsApart apart;
  apart.has_any = !cases.empty() || !incident.cohorts.empty();
  const auto in_cases = sum_of(cases), in_cohorts = sum_of(incident.cohorts);
  if (in_cases && in_cohorts) apart.number = *in_cases + *in_cohorts;
  return apart;
}

Truth has_certificates_of_its_own(const Incident& incident) {
  const PartsApart apart = parts_apart(incident);
  if (!apart.has_any) return Truth::yes;
  const std::vector<EventKind> acts = with_counts(revocations);
  Truth has_any = truth(apart.number && incident.certificate_set.total().value_or(0) > *apart.number);
  for (std::size_t i = 0; i < incident.events.size(); ++i) {
    const Event& event = incident.events[i];
    if (!is_of_the_whole(event) || std::find(acts.begin(), acts.end(), event.kind) == acts.end()) continue;
    if (event.unsure.empty() && !may_be_withdrawn(incident, static_cast<int>(i)))
      has_any = has_any | tells_of_others(incident, event, apart.number);
  }
  // A case is not a part by its nature: its certificates may be others.
  return incident.cohorts.empty() ? has_any | Truth::unknown : has_any;
}

std::optional<std::int64_t> number_in_parts(const Incident& incident) {
  const auto sum = sum_of_parts(incident);
  if (!sum) return std::nullopt;
  const std::int64_t all = *sum;
  const CertificateSet& whole = incident.certificate_set;
  const bool is_only_a_case = incident.cases.size() == 1 && incident.cohorts.empty();
  const bool is_counted = whole.total() || whole.list_file.empty();
  if (!is_counted || whole.total().value_or(all) != all || incident.report.total_certificates.value_or(all) != all)
    return std::nullopt;
  if (!is_only_a_case && !whole.grounds.empty() && has_certificates_of_its_own(incident) != Truth::no) return std::nullopt;
  const bool all_fit =
      std::all_of(incident.events.begin(), incident.events.end(), [&](const Event& event) { return fits(incident, event, all); });
  return all_fit ? std::optional(all) : std::nullopt;
}

}  // namespace cita
