#include <cita/base/text.hpp>
#include <cita/output/new_incident.hpp>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>

namespace cita {

namespace {

constexpr IncidentKind kinds[] = {
#define INCIDENT_KIND(name, description, disclosure, further, first, events) \
  {name, description, disclosure, further, first, events},
#include <cita/output/incident_kinds.def>
#undef INCIDENT_KIND
};

// Every JSON string is a YAML scalar; letters of all scripts stay readable, and nothing that cannot be seen stays raw.
std::string quoted(const std::string& text) {
  const bool escapes_all = !text::is_utf8(text) || !text::hidden_characters(text).empty() ||
                           text.find("\u2028") != std::string::npos || text.find("\u2029") != std::string::npos;
  return nlohmann::json(text).dump(-1, ' ', escapes_all, nlohmann::json::error_handler_t::replace);
}

std::string as_remarks(std::string_view lines) {
  std::string out;
  while (!lines.empty()) {
    const std::size_t end = lines.find('\n');
    out += "  # - " + std::string(lines.substr(0, end)) + "\n";
    lines.remove_prefix(end + 1);
  }
  return out;
}

}  // namespace

std::span<const IncidentKind> incident_kinds() { return kinds; }

const IncidentKind* incident_kind(std::string_view name) {
  const auto* const found =
      std::find_if(std::begin(kinds), std::end(kinds), [name](const auto& kind) { return kind.name == name; });
  return found == std::end(kinds) ? nullptr : found;
}

std::string new_incident(const NewIncident& incident) {
  std::string out = "# yaml-language-server: $schema=" + text::shown(incident.schema) + "\ncita: 1\nincident:\n";
  out += "  title: " + quoted(incident.title) + "\n";
  out += incident.bug ? fmt::format("  bug: {}\n", *incident.bug)
                      : "  # bug: 1234567                # its number in Bugzilla, once there is one\n";
  out += "  ca:\n    name: " + quoted(incident.ca) + "\n";
  out += incident.ccadb_id.empty() ? "    # ccadb-id: A000001         # of the CA Owner\n"
                                   : "    ccadb-id: " + quoted(incident.ccadb_id) + "\n";
  out += "  certificates: " + incident.certificates + "\n";
  out += "  disclosure: " + std::string(incident.kind->disclosure) + "\n" + std::string(incident.kind->further);
  out += "accounts:\n  ca:\n    kind: ca\n    # from: our ticket system     # where this was recorded\n";
  out += "    zone: " + quoted(incident.zone) + "\n";
  out +=
      "# What happened, when, and who says so: docs/incident-file.md has all kinds. Nothing here is guessed; 2026-05-04T08:10Z "
      "is that\n"
      "# whole minute. Replace TIME and take the '#' away, or let 'cita log' write the line. What usually happens:\n";
  return out + "events:\n" + as_remarks(incident.kind->events);
}

}  // namespace cita
