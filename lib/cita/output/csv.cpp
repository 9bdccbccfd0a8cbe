#include <cita/base/text.hpp>
#include <cita/output/csv.hpp>

#include <algorithm>

namespace cita {

namespace {

// Some spreadsheets skip white space, and take full-width characters for the usual ones.
bool is_formula(std::string_view text) {
  constexpr std::string_view beginnings[] = {"=", "+", "-", "@", "\t", "\r", "\n", "\uFF1D", "\uFF0B", "\uFF0D", "\uFF20"};
  return std::any_of(std::begin(beginnings), std::end(beginnings),
                     [text](std::string_view each) { return text.starts_with(each); });
}

}  // namespace

std::string csv_cell(std::string_view untrusted) {
  std::string cell = (is_formula(untrusted) ? "'" : "") + text::shown(untrusted);
  if (cell.find_first_of("\",\n\r") == std::string::npos) return cell;
  std::string quoted = "\"";
  for (const char c : cell) quoted += c == '"' ? std::string("\"\"") : std::string(1, c);
  return quoted + "\"";
}

std::string csv_line(const std::vector<std::string>& cells) {
  std::string line;
  for (std::size_t i = 0; i < cells.size(); ++i) line += (i > 0 ? "," : "") + csv_cell(cells[i]);
  return line + "\r\n";
}

}  // namespace cita
