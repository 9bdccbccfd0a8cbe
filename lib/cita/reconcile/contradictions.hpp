// Where accounts of one happening, or the stamps of one account, do not go together.
#pragma once

#include <cita/reconcile/judgement.hpp>

namespace cita {

/// Compares every pair of tellings of an event, allowing for rounding; denials; and effects told before their causes.
/// `judgements` tell which of them a standing turns on.
std::vector<Contradiction> find_contradictions(const Incident& incident, Instant as_of, const std::vector<Judgement>& judgements);

}  // namespace cita
