// The report's prose in an incident file.
#pragma once

#include <cita/model/incident.hpp>
#include <cita/yaml/document.hpp>

namespace cita::input {

/// Reads `report`.
void read_report(yaml::Node node, ReportFields& report, Diagnostics& diagnostics);

}  // namespace cita::input
