// What an incident has as a whole beside its parts: whether its own certificates are others, and how many there are in all.
#pragma once

#include <cita/model/incident.hpp>

#include <optional>

namespace cita {

/// Whether an event is of no case and no cohort.
bool is_of_the_whole(const Event& event);
/// How many certificates the cases and cohorts tell of together; nothing where one of them has no number.
std::optional<std::int64_t> sum_of_parts(const Incident& incident);
/// Whether the incident has certificates that are in none of its cohorts, as far as the file tells.
bool has_certificates_of_its_own(const Incident& incident);
/// How many certificates the cases and cohorts have together, where these are all there is: nothing where one of them has no
/// number, where anything in the file tells another number, or where the incident has certificates of its own.
std::optional<std::int64_t> number_in_parts(const Incident& incident);

}  // namespace cita
