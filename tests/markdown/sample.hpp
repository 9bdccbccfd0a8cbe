// Incidents for the tests of reports.
#pragma once

#include <cita/model/incident.hpp>

#include <string_view>

namespace sample {

/// A stamp in cita's notation, UTC where it names no zone.
cita::TimeRef at(std::string_view stamp);
/// An event that the first account tells.
cita::Event& add(cita::Incident& incident, cita::EventKind kind, std::string_view stamp, std::string_view text = {});
/// Another account's telling of an event.
void tell(cita::Event& event, int account, std::string_view stamp);

/// A title, a CA and nothing else.
cita::Incident bare();
/// Everything that a report can say, with two accounts that differ.
cita::Incident complete();

}  // namespace sample
