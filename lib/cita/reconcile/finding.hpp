// A judgement as one short line, for case files and tests: what is found of a duty, exactly.
//
//   "case 1, to the reporter: must met, 11 h 39 min to spare (at the boundary)"
//
// SUBJECT: LEVEL STANDING, MARGIN (MARKS). The level is written as packs write it, "-" where no edition asks. A margin is left
// out where nothing is known of it; what is not applicable or not in force has no standing.
#pragma once

#include <cita/reconcile/judgement.hpp>

namespace cita {

/// The line without its subject.
std::string finding(const Judgement& judgement);
/// The same for one view's verdict.
std::string finding(const Verdict& verdict);
/// The whole line; the incident itself is called "incident".
std::string finding_line(const Judgement& judgement, const Incident& incident);

}  // namespace cita
