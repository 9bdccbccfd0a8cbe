#include <cita/rules/matter.hpp>
#include <cita/rules/whole.hpp>

#include <algorithm>

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

// Whether an event of the incident tells of as many as its cohorts have, and nobody tells of others.
bool is_of_cohorts(const Incident& incident, const Event& event, std::int64_t in_cohorts) {
  const CertificateSet& whole = incident.certificate_set;
  const auto total = whole.total();
  if (in_cohorts == 0 || !whole.list_file.empty() || total.value_or(0) > in_cohorts) return false;
  if (event.of) return *event.of == in_cohorts;
  return total || (event.done && *event.done <= in_cohorts);
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

bool has_certificates_of_its_own(const Incident& incident) {
  if (incident.cohorts.empty()) return true;
  const std::vector<EventKind> acts = with_counts(revocations);
  const std::int64_t in_cohorts = sum_of(incident.cohorts).value_or(0);
  for (std::size_t i = 0; i < incident.events.size(); ++i) {
    const Event& event = incident.events[i];
    if (!is_of_the_whole(event) || std::find(acts.begin(), acts.end(), event.kind) == acts.end()) continue;
    if (event.unsure.empty() && !is_of_cohorts(incident, event, in_cohorts) && !may_be_withdrawn(incident, static_cast<int>(i)))
      return true;
  }
  return false;
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
  if (!is_only_a_case && !whole.grounds.empty() && has_certificates_of_its_own(incident)) return std::nullopt;
  const bool all_fit =
      std::all_of(incident.events.begin(), incident.events.end(), [&](const Event& event) { return fits(incident, event, all); });
  return all_fit ? std::optional(all) : std::nullopt;
}

}  // namespace cita
