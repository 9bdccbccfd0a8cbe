// The incident file, "cita: 1": YAML that a compliance officer writes by hand.
//
//   Diagnostics diagnostics;
//   std::optional<Incident> incident = read_incident(source, diagnostics);
//
// All problems of a file are reported in one run, in the order in which they are found; Diagnostics::sort puts them into
// the order of the lines. schemas/incident.schema.json describes the same format for editors.
#pragma once

#include <cita/base/diagnostic.hpp>
#include <cita/model/incident.hpp>

#include <memory>
#include <optional>

namespace cita {

/// Reads an incident file. Nothing is returned when there is an error; warnings (a weekday that contradicts its date, a
/// stamp without a zone) do not prevent it. What stands under an `internal` key is never looked at.
std::optional<Incident> read_incident(std::shared_ptr<const Source> source, Diagnostics& diagnostics);

}  // namespace cita
