// Each file under tests/data/incidents says which diagnostics it draws, exactly; its folder says whether it is read.
#include "fixtures.hpp"

#include <doctest/doctest.h>

#include <map>

namespace {

// Whether the reader takes the files of a folder.
const std::map<std::string, bool> folders = {{"good", true}, {"unfinished", true}, {"bad", false}, {"bad-by-reader", false}};

}  // namespace

TEST_CASE("every folder of fixtures is one that the tests know") {
  for (const auto& entry : std::filesystem::directory_iterator(fixtures::folder())) {
    CAPTURE(entry.path().string());
    CHECK(folders.contains(entry.path().filename().string()));
  }
}

TEST_CASE("fixtures are read or refused with exactly the diagnostics that they announce") {
  for (const auto& each_folder : folders) {
    const std::string folder = each_folder.first;
    const bool is_read = each_folder.second;
    const auto files = fixtures::files(folder);
    CAPTURE(folder);
    CHECK_FALSE(files.empty());
    for (const auto& file : files) {
      CAPTURE(file.string());
      REQUIRE(file.extension() == ".yaml");
      const std::string text = fixtures::content(file);
      const auto outcome = fixtures::read(text);
      CHECK(outcome.incident.has_value() == is_read);
      CHECK(outcome.problems() == fixtures::expected(text));
      CHECK((is_read || !fixtures::expected(text).empty()));
      for (const auto& each : outcome.diagnostics.all()) CHECK_FALSE(each.help.empty());
    }
  }
}

TEST_CASE("the shortest useful file has fewer than 15 lines") {
  const std::string text = fixtures::content(fixtures::folder() / "good/shortest.yaml");
  CHECK(std::count(text.begin(), text.end(), '\n') < 15);
  const auto outcome = fixtures::read(text);
  REQUIRE(outcome.incident);
  CHECK(outcome.problems().empty());
  CHECK(outcome.incident->events.size() == 3);
}
