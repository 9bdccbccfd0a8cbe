// A new incident file, by kind of incident, for its author to go on with: what `cita init` writes.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace cita {

/// A sort of incident that a file can be started for; incident_kinds.def lists them.
struct IncidentKind {
  std::string_view name;  ///< "key-compromise"
  std::string_view description;
  std::string_view disclosure;
  std::string_view further;      ///< more lines below 'incident'
  std::string_view first_event;  ///< what is logged first
  std::string_view events;       ///< a line each: what usually happens
};

std::span<const IncidentKind> incident_kinds();
/// Nothing when there is no such kind.
const IncidentKind* incident_kind(std::string_view name);

struct NewIncident {
  const IncidentKind* kind = nullptr;  ///< never nothing
  std::string ca, title;
  std::string ccadb_id;      ///< empty: to be filled in
  std::string certificates;  ///< "tls"
  std::string zone = "UTC";  ///< of stamps without one
  std::string schema;        ///< where the editor finds the schema
  std::optional<std::int64_t> bug;
};

/// The text of the file. All that was given is quoted where YAML needs it.
std::string new_incident(const NewIncident& incident);

}  // namespace cita
