// A report in a form of our own, which belongs to no edition of a template.
#include <cita/input/bug_reading.hpp>

#include <doctest/doctest.h>

#include <fstream>
#include <iterator>

using namespace cita;

namespace {

std::string own_update() {
  std::ifstream file(CITA_SOURCE_DIR "/tests/data/reports/own-update.md");
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

}  // namespace

TEST_CASE("a report in a form of our own has no edition") {
  Diagnostics diagnostics;
  const ReportReading report = read_report(std::make_shared<const Source>("report.md", own_update()), {}, diagnostics);
  REQUIRE(report.chosen);
  CHECK(report.chosen.edition == nullptr);
  REQUIRE(report.form != nullptr);
  CHECK(report.form->kind == FormKind::update);
}

TEST_CASE("a comment in a form of our own follows no template") {
  BugRecord bug;
  bug.id = 1;
  bug.has_comments = true;
  RecordedComment comment;
  comment.author = "ca@example.com";
  comment.text = own_update();
  bug.comments.push_back(comment);
  const BugReading reading = read_bug(bug, {});
  REQUIRE(reading.comments.size() == 1);
  CHECK(reading.comments.front().because.find("it follows template") == std::string::npos);
}
