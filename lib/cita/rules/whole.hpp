// What an incident has as a whole beside its parts: whether its own certificates are others, and how many there are in all.
#pragma once

#include <cita/model/incident.hpp>

#include <optional>

namespace cita {

/// Whether an event is of no case and no cohort.
bool is_of_the_whole(const Event& event);
/// How many certificates the cases and cohorts have together; nothing where one of them has no number.
std::optional<std::int64_t> sum_of_parts(const Incident& incident);
/// The parts that are judged apart for all reasons of the whole: the cohorts, and the cases that have these reasons too.
struct PartsApart {
  bool has_any = false;
  std::optional<std::int64_t> number;  ///< of their certificates; nothing where one of them has none
};
PartsApart parts_apart(const Incident& incident);
/// Whether the incident has certificates beside the parts that are judged apart: unknown where the file tells no number of
/// one of them, or numbers that do not fit.
Truth has_certificates_of_its_own(const Incident& incident);
/// How many certificates the cases and cohorts have together, where these are all there is: nothing where one of them has no
/// number, where anything in the file tells another number, or where the incident has certificates of its own.
std::optional<std::int64_t> number_in_parts(const Incident& incident);

}  // namespace cita
