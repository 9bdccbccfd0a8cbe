// Incident files as tests want them: read from a text, with their diagnostics as lines "line:column code".
#pragma once

#include <cita/base/diagnostic.hpp>
#include <cita/input/incident_file.hpp>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace fixtures {

/// What reading a text came to.
struct Outcome {
  std::optional<cita::Incident> incident;
  cita::Diagnostics diagnostics;

  /// Each diagnostic as a line "line:column code", in the order of the file.
  std::string problems() const {
    std::string result;
    for (const cita::Diagnostic& each : diagnostics.all()) {
      const cita::Position place = each.span.source->position(each.span.begin);
      result += std::to_string(place.line) + ':' + std::to_string(place.column) + ' ' + each.code + '\n';
    }
    return result;
  }
};

/// Reads a text. The source outlives the diagnostics that point into it.
inline Outcome read(std::string text) {
  static std::vector<std::shared_ptr<const cita::Source>> sources;
  sources.push_back(std::make_shared<const cita::Source>("incident.yaml", std::move(text)));
  Outcome outcome;
  outcome.incident = cita::read_incident(sources.back(), outcome.diagnostics);
  outcome.diagnostics.sort();
  return outcome;
}

/// The text after the two lines that every file starts with.
inline Outcome read_rest(const std::string& rest) { return read("cita: 1\nincident: {title: Example}\n" + rest); }

inline std::string content(const std::filesystem::path& file) {
  std::ifstream stream(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
}

/// What a file's "# expect: line:column code" comments say.
inline std::string expected(const std::string& text) {
  constexpr std::string_view mark = "# expect: ";
  std::string result;
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    const std::string line = text.substr(begin, end - begin);
    if (line.starts_with(mark)) result += line.substr(mark.size()) + '\n';
    begin = end + 1;
  }
  return result;
}

inline std::filesystem::path folder() { return std::filesystem::path(CITA_SOURCE_DIR) / "tests/data/incidents"; }

/// The files of a folder of fixtures, in the order of their names.
inline std::vector<std::filesystem::path> files(const std::string& name) {
  std::vector<std::filesystem::path> result;
  for (const auto& entry : std::filesystem::directory_iterator(folder() / name)) result.push_back(entry.path());
  std::sort(result.begin(), result.end());
  return result;
}

}  // namespace fixtures
