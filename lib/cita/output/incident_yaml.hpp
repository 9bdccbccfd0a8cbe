// An incident as an incident file, for a human to finish: remarks stand as comments above what they are about.
#pragma once

#include <cita/model/incident.hpp>

#include <string>
#include <vector>

namespace cita {

struct YamlRemarks {
  std::vector<std::string> head;                 ///< above all
  std::vector<std::vector<std::string>> events;  ///< above each event; may be empty
};

/// Reads back as the same incident, as far as it comes from a report: accounts, cases, events with their times and kinds, action
/// items, and the report's prose.
std::string incident_yaml(const Incident& incident, const YamlRemarks& remarks);

}  // namespace cita
