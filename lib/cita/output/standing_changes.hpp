// How the standings of an incident changed between two assessments of it.
#pragma once

#include <cita/reconcile/judgement.hpp>

#include <string>
#include <vector>

namespace cita {

struct StandingChange {
  std::string what;    ///< "Preliminary report on a problem report, case 4711, to the reporter"
  std::string before;  ///< its standing and margin; empty: it was not judged
  std::string after;   ///< the same
};

/// In the order of the later assessment; what is no longer judged at the end.
std::vector<StandingChange> standing_changes(const Assessment& before, const Incident& incident_before, const Assessment& after,
                                             const Incident& incident_after);

}  // namespace cita
