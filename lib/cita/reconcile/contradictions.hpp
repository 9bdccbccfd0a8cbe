// Where accounts of one happening, or the stamps of one account, do not go together.
#pragma once

#include <cita/reconcile/judgement.hpp>

namespace cita {

/// Compares every pair of tellings of an event, allowing for rounding; denials; and effects told before their causes.
/// `judgements` tell which of them a standing turns on.
std::vector<Contradiction> find_contradictions(const Incident& incident, Instant as_of, const std::vector<Judgement>& judgements);

/// How far two times lie apart, whichever comes first: "23 h 59 min 1 s … 1 d".
std::string show_delta(const Elapsed& delta);

}  // namespace cita
