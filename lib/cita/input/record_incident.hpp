// What Bugzilla's record says, as an account of an incident: beside what the CA tells, or alone.
//
//   Incident incident = incident_of(reading);
//   const RecordAccount record = add_record(incident, reading, {.saved = saved});
//
// The record tells times to the second. What it does not tell, the kind of a comment, whom a login stands for, is marked as
// unsure where it is not certain, so that no standing is decided by it.
#pragma once

#include <cita/input/bug_reading.hpp>
#include <cita/model/incident.hpp>

#include <optional>
#include <vector>

namespace cita {

struct RecordOptions {
  /// When the record was saved; nothing: it is taken as complete up to the last thing that it shows.
  std::optional<Instant> saved;
};

/// What of an incident comes from the record.
struct RecordAccount {
  int account = none;
  std::vector<int> comments;   ///< of each event of the incident, the number of the comment; none: it is no comment
  std::vector<int> questions;  ///< of each question of the incident, the comment that asks it
};

/// Adds what the record tells. An event that the incident already tells gets a further telling; the rest is added.
RecordAccount add_record(Incident& incident, const BugReading& reading, const RecordOptions& options, Diagnostics& diagnostics);

/// The incident that a bug alone tells of: its latest full report in the CA's words, else its preliminary one, else none.
Incident incident_of(const BugReading& reading);

}  // namespace cita
