// What an incident has as a whole beside its parts: whether its own certificates are others, and how many there are in all.
#pragma once

#include <cita/model/incident.hpp>

#include <optional>
#include <span>
#include <vector>

namespace cita {

/// What tells of a revocation, of all certificates unless it counts them.
inline constexpr EventKind revocation_kinds[] = {EventKind::revocation, EventKind::revocation_published};
constexpr bool is_revocation(EventKind kind) { return kind == revocation_kinds[0] || kind == revocation_kinds[1]; }
/// Kinds of revocations, and what counts some of the certificates.
std::vector<EventKind> with_counts(std::span<const EventKind> kinds);
/// Whether an event is of no case and no cohort.
bool is_of_the_whole(const Event& event);
/// How many certificates the cases and cohorts have together; nothing where one of them has no number.
std::optional<std::int64_t> sum_of_parts(const Incident& incident);
/// The reasons for which a case, a cohort or the whole is judged: its own, and those of the incident where it has none (a
/// cohort), or tells of revocations itself (a case).
std::vector<const Ground*> grounds_of_case(const Incident& incident, std::size_t index);
std::vector<const Ground*> grounds_of_cohort(const Incident& incident, std::size_t index);
std::vector<const Ground*> grounds_of_whole(const Incident& incident);

/// How many certificates there are in all, in the parts that are judged for all reasons of the whole, and beside these.
struct WholeNumbers {
  bool has_parts = false;                ///< cohorts, or cases that are judged for all reasons of the whole
  std::optional<std::int64_t> in_parts;  ///< nothing where one of them has no number
  std::optional<std::int64_t> beside;    ///< where the incident tells that it has more than the parts
  /// Whether there are certificates beside the parts: unknown where a number is missing, or numbers do not fit.
  Truth has_any_beside = Truth::yes;
  /// How many there are in all, where everything in the file that tells a number fits.
  std::optional<std::int64_t> all;
};
WholeNumbers whole_numbers(const Incident& incident);

}  // namespace cita
