// The comment of a reviewer who holds a bug against its record: what does not go together, what is open, what was missed, as
// questions. Only what is certain is asked; what nobody can decide is left out.
#pragma once

#include <cita/reconcile/verification.hpp>

#include <string>
#include <vector>

namespace cita {

/// Ready to post, a comment each; none when there is nothing to ask. Nobody is named.
std::vector<std::string> reviewer_comments(const Incident& incident, const Assessment& assessment,
                                           const Verification& verification);

}  // namespace cita
