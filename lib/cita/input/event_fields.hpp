// Events in an incident file.
#pragma once

#include <cita/input/draft.hpp>

namespace cita::input {

/// Reads a list of events; `place` is the case or cohort in which they are nested.
void read_events(yaml::Node list, const Place& place, Draft& draft);

}  // namespace cita::input
