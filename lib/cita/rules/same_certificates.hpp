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
  /// Whether an event is of another case or cohort, which names every certificate that this one has.
  bool is_of_all(const Event& event, int in_case, int cohort) const;
  /// Whether it is of one that has no others.
  bool is_of_the_same(const Event& event, int in_case, int cohort) const;

 private:
  struct Names {
    std::vector<int> shared;      // numbers of what several name, in order
    bool are_all_shared = false;  // and it has no other certificates
  };
  const Names* named_by(int in_case, int cohort) const;

  std::vector<Names> of_cases_, of_cohorts_;
  bool has_any_ = false;
};

}  // namespace cita
