// Tables for spreadsheets: RFC 4180, with no cell that a spreadsheet takes for a formula.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace cita {

/// One cell of untrusted text: quoted where it has to be, and behind an apostrophe where a spreadsheet would run it as a formula.
std::string csv_cell(std::string_view untrusted);
/// One row, with its line end. The cells are untrusted text.
std::string csv_line(const std::vector<std::string>& cells);

}  // namespace cita
