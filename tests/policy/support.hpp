// What the tests of the packs share: files of the source tree, and how editions are written in the tables beside them.
#pragma once

#include <cita/policy/policy.hpp>
#include <cita/time/format.hpp>

#include <fstream>
#include <sstream>
#include <stdexcept>
#include <string>
#include <vector>

namespace cita::testing {

inline std::string path_of(const std::string& name) { return std::string(CITA_SOURCE_DIR) + "/" + name; }

inline std::string content_of(const std::string& name) {
  std::ifstream in(path_of(name), std::ios::binary);
  if (!in) throw std::runtime_error("cannot read " + name);
  std::ostringstream content;
  content << in.rdbuf();
  return content.str();
}

/// The lines of a table, without comments and empty lines.
inline std::vector<std::string> table_lines(const std::string& name) {
  std::istringstream in(content_of(name));
  std::vector<std::string> lines;
  for (std::string line; std::getline(in, line);)
    if (!line.empty() && line.front() != '#') lines.push_back(line);
  return lines;
}

inline std::string written_date(Instant instant) {
  return instant <= open_past || instant >= open_future ? "-" : show_date(instant);
}

inline std::string written(const Limit& limit) {
  switch (limit.kind) {
    case LimitKind::none: return "-";
    case LimitKind::by_date: return "by-date";
    case LimitKind::months: return "P" + std::to_string(limit.amount) + "M";
    case LimitKind::calendar_days: return std::to_string(limit.amount) + " calendar days";
    case LimitKind::elapsed: break;
  }
  constexpr std::int64_t hour = 3'600, day = 24 * hour;
  if (limit.boundary == Boundary::strict) return "strict";
  return limit.written_in_days ? "P" + std::to_string(limit.amount / day) + "D"
                               : "PT" + std::to_string(limit.amount / hour) + "H";
}

}  // namespace cita::testing
