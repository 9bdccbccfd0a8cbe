// The report's prose in an incident file.
#pragma once

#include <cita/input/draft.hpp>

namespace cita::input {

/// Reads `report`. The action items are known by then.
void read_report(yaml::Node node, Draft& draft);

}  // namespace cita::input
