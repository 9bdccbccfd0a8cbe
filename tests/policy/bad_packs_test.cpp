// Every pack of tests/data/packs/bad is wrong in some way and says in its first lines what is reported:
//   # expect: 7:5 error one-default: a reading needs exactly one default option | write 'default: true' at one of them
#include "support.hpp"

#include <cita/policy/pack_file.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <regex>
#include <set>

using namespace cita;
using namespace cita::testing;

namespace {

const std::string folder = "tests/data/packs/bad";
const std::string marker = "# expect: ";

std::string written(const Diagnostic& diagnostic) {
  std::string place = "-";
  if (diagnostic.span) {
    const Position position = diagnostic.span.source->position(diagnostic.span.begin);
    place = std::to_string(position.line) + ":" + std::to_string(position.column);
  }
  return place + " " + std::string(name(diagnostic.severity)) + " " + diagnostic.code + ": " + diagnostic.message +
         (diagnostic.help.empty() ? "" : " | " + diagnostic.help);
}

/// What is reported for a file; the lines that say what to expect count as lines of it.
std::vector<std::string> reported(const std::string& file, std::string text) {
  Diagnostics diagnostics;
  const auto source = std::make_shared<const Source>(file, std::move(text));  // outlives the spans of the diagnostics
  const auto pack = read_pack(source, diagnostics);
  diagnostics.sort();
  CHECK((pack == nullptr) == diagnostics.has_errors());
  std::vector<std::string> lines;
  for (const Diagnostic& each : diagnostics.all()) lines.push_back(written(each));
  return lines;
}

std::vector<std::string> files() {
  std::vector<std::string> names;
  for (const auto& entry : std::filesystem::directory_iterator(path_of(folder)))
    names.push_back(entry.path().filename().string());
  std::sort(names.begin(), names.end());
  return names;
}

}  // namespace

TEST_CASE("a wrong pack is refused with exactly the diagnostics that it says") {
  for (const std::string& file : files()) {
    INFO(file);
    CHECK(std::filesystem::path(file).extension() == ".yaml");
    const std::string text = content_of(folder + "/" + file);
    std::vector<std::string> expected;
    std::istringstream in(text);
    for (std::string line; std::getline(in, line);)
      if (line.rfind(marker, 0) == 0) expected.push_back(line.substr(marker.size()));
    CHECK_FALSE(expected.empty());
    const std::vector<std::string> is = reported(file, text);
    for (std::size_t i = 0; i < std::min(is.size(), expected.size()); ++i) CHECK(is[i] == expected[i]);
    CHECK(is.size() == expected.size());
  }
}

TEST_CASE("every diagnostic of the reader is shown by some wrong pack") {
  const std::string reader = content_of("lib/cita/policy/pack_file.cpp");
  std::string shown;
  for (const std::string& file : files()) shown += content_of(folder + "/" + file);
  const std::regex use("error\\(\\s*\"([a-z-]+)\"");
  std::set<std::string> codes;
  for (std::sregex_iterator i(reader.begin(), reader.end(), use), end; i != end; ++i) codes.insert((*i)[1]);
  CHECK(codes.size() >= 12);
  for (const std::string& code : codes) {
    INFO(code);
    CHECK(shown.find(" error " + code + ": ") != std::string::npos);
  }
}
