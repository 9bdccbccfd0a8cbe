// Which cases and cohorts name some of the same certificates: two reports about one certificate are two cases.
#pragma once

#include <cita/model/incident.hpp>

#include <vector>

namespace cita {

class SameCertificates {
 public:
  explicit SameCertificates(const Incident& incident);

  /// Whether any two of them do.
  bool has_any() const { return has_any_; }
  /// Whether an event is of another case or cohort than this one, and both name a certificate by the same words.
  bool is_of_another(const Event& event, int in_case, int cohort) const;

 private:
  const std::vector<int>* named_by(int in_case, int cohort) const;

  std::vector<std::vector<int>> of_cases_, of_cohorts_;  // numbers of what several name, in order
  bool has_any_ = false;
};

}  // namespace cita
