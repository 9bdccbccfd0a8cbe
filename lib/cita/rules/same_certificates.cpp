#include <cita/base/text.hpp>
#include <cita/rules/same_certificates.hpp>

#include <algorithm>
#include <map>
#include <string>

namespace cita {

SameCertificates::SameCertificates(const Incident& incident)
    : of_cases_(incident.cases.size()), of_cohorts_(incident.cohorts.size()) {
  std::map<std::string, std::vector<std::vector<int>*>> all;
  const auto note = [&all](const CertificateSet& set, std::vector<int>& numbers) {
    for (const Certificate& each : set.listed) {
      auto& namers = all[text::simplified(each.id)];
      if (namers.empty() || namers.back() != &numbers) namers.push_back(&numbers);
    }
  };
  for (std::size_t i = 0; i < of_cases_.size(); ++i) note(incident.cases[i].certificates, of_cases_[i]);
  for (std::size_t i = 0; i < of_cohorts_.size(); ++i) note(incident.cohorts[i].certificates, of_cohorts_[i]);
  int next = 0;
  for (const auto& [name, namers] : all) {
    if (namers.size() < 2) continue;
    has_any_ = true;
    for (std::vector<int>* numbers : namers) numbers->push_back(next);
    ++next;
  }
}

const std::vector<int>* SameCertificates::named_by(int in_case, int cohort) const {
  if (cohort != none) return &of_cohorts_[static_cast<std::size_t>(cohort)];
  return in_case != none ? &of_cases_[static_cast<std::size_t>(in_case)] : nullptr;
}

bool SameCertificates::is_of_another(const Event& event, int in_case, int cohort) const {
  if (!has_any_ || (event.in_case == in_case && event.cohort == cohort)) return false;
  const auto *own = named_by(in_case, cohort), *others = named_by(event.in_case, event.cohort);
  if (own == nullptr || others == nullptr) return false;
  auto a = own->begin();
  auto b = others->begin();
  while (a != own->end() && b != others->end()) {
    if (*a == *b) return true;
    if (*a < *b) ++a;
    else ++b;
  }
  return false;
}

}  // namespace cita
