// Tables for spreadsheets: RFC 4180, with no cell that a spreadsheet takes for a formula.
#pragma once

#include <string>
#include <vector>

namespace cita {

/// One row, with its line end. The cells are untrusted text.
std::string csv_line(const std::vector<std::string>& cells);

}  // namespace cita
