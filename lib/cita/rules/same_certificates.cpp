#include <cita/base/text.hpp>
#include <cita/rules/same_certificates.hpp>

#include <algorithm>
#include <map>
#include <string>

namespace cita {

SameCertificates::SameCertificates(const Incident& incident)
    : of_cases_(incident.cases.size()), of_cohorts_(incident.cohorts.size()) {
  std::map<std::string, std::vector<Names*>> all;
  const auto note = [&all](const CertificateSet& set, Names& names) {
    for (const Certificate& each : set.listed) {
      auto& namers = all[text::simplified(each.id)];
      if (namers.empty() || namers.back() != &names) namers.push_back(&names);
    }
  };
  for (std::size_t i = 0; i < of_cases_.size(); ++i) note(incident.cases[i].certificates, of_cases_[i]);
  for (std::size_t i = 0; i < of_cohorts_.size(); ++i) note(incident.cohorts[i].certificates, of_cohorts_[i]);
  int next = 0;
  for (const auto& [name, namers] : all) {
    if (namers.size() < 2) continue;
    has_any_ = true;
    for (Names* names : namers) names->shared.push_back(next);
    ++next;
  }
  const auto compare = [](const CertificateSet& set, Names& names) {
    const auto shared = static_cast<std::int64_t>(names.shared.size());
    names.are_all_shared = shared > 0 && set.list_file.empty() && set.total() == shared;
  };
  for (std::size_t i = 0; i < of_cases_.size(); ++i) compare(incident.cases[i].certificates, of_cases_[i]);
  for (std::size_t i = 0; i < of_cohorts_.size(); ++i) compare(incident.cohorts[i].certificates, of_cohorts_[i]);
}

const SameCertificates::Names* SameCertificates::named_by(int in_case, int cohort) const {
  if (cohort != none) return &of_cohorts_[static_cast<std::size_t>(cohort)];
  return in_case != none ? &of_cases_[static_cast<std::size_t>(in_case)] : nullptr;
}

bool SameCertificates::is_of_all(const Event& event, int in_case, int cohort) const {
  if (!has_any_ || (event.in_case == in_case && event.cohort == cohort)) return false;
  const Names *own = named_by(in_case, cohort), *others = named_by(event.in_case, event.cohort);
  return own != nullptr && others != nullptr && own->are_all_shared &&
         std::includes(others->shared.begin(), others->shared.end(), own->shared.begin(), own->shared.end());
}

bool SameCertificates::is_of_the_same(const Event& event, int in_case, int cohort) const {
  if (!is_of_all(event, in_case, cohort)) return false;
  const Names* others = named_by(event.in_case, event.cohort);
  return others->are_all_shared && others->shared == named_by(in_case, cohort)->shared;
}

}  // namespace cita
