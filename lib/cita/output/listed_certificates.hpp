// What a report can take from the lists of certificates that an incident file names: the numbers that the file itself does not
// tell, and how many certificates were revoked in time.
#pragma once

#include <cita/evidence/list_verdicts.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace cita {

struct ListedCertificates {
  /// Of a case, of a cohort, or of all. What the lists leave open is not there.
  struct Counts {
    int in_case = none, cohort = none;
    std::optional<std::int64_t> total, revoked, expired;
  };
  std::vector<std::string> files;  ///< as the incident file names them; untrusted
  Counts all;
  std::optional<std::int64_t> remaining_valid;
  std::vector<Counts> parts;
  std::vector<std::string> by_deadline;  ///< a sentence for each case or cohort; untrusted

  /// Null where no row is of it.
  const Counts* part(int in_case, int cohort) const;
};

/// The figure that has to be counted beside the others for it: how many are still valid.
evidence::ToldFigure remaining_valid_figure(Instant as_of);
/// `lists` counted that figure as the last one.
ListedCertificates listed_certificates(const Assessment& assessment, const evidence::IncidentLists& lists,
                                       const evidence::ListVerdicts& verdicts);

}  // namespace cita
