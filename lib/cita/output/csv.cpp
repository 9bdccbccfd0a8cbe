#include <cita/base/text.hpp>
#include <cita/output/csv.hpp>

#include <string_view>

namespace cita {

namespace {

// Quoted where it has to be; what a spreadsheet would take for a formula begins with an apostrophe.
std::string cell_of(const std::string& untrusted) {
  std::string cell = text::shown(untrusted);
  if (!cell.empty() && std::string_view("=+-@\t\r").find(cell.front()) != std::string_view::npos) cell.insert(cell.begin(), '\'');
  if (cell.find_first_of("\",\n\r") == std::string::npos) return cell;
  std::string quoted = "\"";
  for (const char c : cell) quoted += c == '"' ? std::string("\"\"") : std::string(1, c);
  return quoted + "\"";
}

}  // namespace

std::string csv_line(const std::vector<std::string>& cells) {
  std::string line;
  for (std::size_t i = 0; i < cells.size(); ++i) line += (i > 0 ? "," : "") + cell_of(cells[i]);
  return line + "\r\n";
}

}  // namespace cita
