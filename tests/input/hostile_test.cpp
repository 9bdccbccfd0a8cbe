// Input that is meant to break the reader, or got broken on its way: one clear diagnostic, and soon.
#include "fixtures.hpp"

#include <doctest/doctest.h>

#include <chrono>

using namespace cita;
using fixtures::read;
using fixtures::read_rest;

namespace {

std::string repeated(std::string_view text, std::size_t times) {
  std::string result;
  result.reserve(text.size() * times);
  for (std::size_t i = 0; i < times; ++i) result += text;
  return result;
}

// `make(i)` for i = 0 … n-1, one after the other.
template <class Make>
std::string numbered(int n, Make make) {
  std::string result;
  for (int i = 0; i < n; ++i) result += make(std::to_string(i));
  return result;
}

void check_only(const fixtures::Outcome& outcome, const std::string& problem) {
  CHECK_FALSE(outcome.incident);
  CHECK(outcome.problems() == problem + '\n');
}

// Generous, for slow machines under a sanitizer; a quadratic loop over these sizes takes minutes.
void check_soon(const std::string& text) {
  const auto start = std::chrono::steady_clock::now();
  const auto outcome = read(text);
  CHECK(outcome.diagnostics.all().size() <= Diagnostics::most_kept);
  CHECK(std::chrono::steady_clock::now() - start < std::chrono::seconds{20});
}

const std::string head = "cita: 1\nincident: {title: Example}\n";

}  // namespace

TEST_CASE("bytes that are no text") {
  check_only(read("cita: 1\nincident: {title: \"\xC3\x28\"}\n"), "2:20 invalid-utf8");
  check_only(read("cita: 1\nincident: {title: \"\xED\xA0\x80\"}\n"), "2:20 invalid-utf8");
  check_only(read(std::string("cita: 1\nincident: {title: a\0b}\n", 30)), "2:20 nul-character");
  check_only(read(""), "1:1 empty-file");
  check_only(read("# nothing\n"), "1:1 empty-file");
}

TEST_CASE("declarations of tags are refused before they are compared with each other") {
  const std::string many = numbered(100'000, [](const std::string& i) { return "%TAG !a" + i + "! tag:x,2000:\n"; });
  check_only(read(many + "---\ncita: 1\n"), "1:1 tag");
  check_only(read("# a comment\n" + many + "---\ncita: 1\n"), "2:1 tag");
  check_only(read("cita: 1\n...\n" + many + "---\ncita: 1\n"), "3:1 tag");
  check_soon(head + "events: [{at: 2026-05-04, kind: other, text: 100 %TAG and %TAG}]\n");
}

TEST_CASE("a byte order mark and every sort of line end are read") {
  for (const char* end : {"\n", "\r\n", "\r"}) {
    std::string text = "\xEF\xBB\xBF";
    for (const char* line : {"cita: 1", "incident:", "  title: Example", "events:", "  - {kind: bug-closed, at: 2026-13-04}"})
      text += std::string(line) + end;
    check_only(read(text), "5:28 no-such-day");
  }
}

TEST_CASE("brackets without end") {
  for (const char* bracket : {"[", "{a: ", "- "}) {
    const auto outcome = read_rest("events: \n  " + repeated(bracket, 100'000));
    CHECK_FALSE(outcome.incident);
    REQUIRE(outcome.diagnostics.all().size() == 1);
  }
}

TEST_CASE("aliases that would unfold to millions") {
  std::string text = head + "events:\n  - &a0 {kind: update}\n";
  for (int i = 1; i < 20; ++i) {
    const std::string alias = "*a" + std::to_string(i - 1);
    text += "  - &a" + std::to_string(i) + " [" + alias + repeated(", " + alias, 9) + "]\n";
  }
  const auto outcome = read(text);
  CHECK_FALSE(outcome.incident);
  CHECK(outcome.diagnostics.all().size() < Diagnostics::most_kept);
}

TEST_CASE("a file of a hundred megabytes is refused unread") {
  check_only(read(head + "internal: \"" + std::string(std::size_t{100} << 20U, 'x') + "\"\n"), "1:1 file-too-large");
}

TEST_CASE("what is judged together has an end") {
  struct Section {
    const char* key;
    int most;
    std::string (*entry)(const std::string&);
    const char* problem;
  };
  const Section sections[] = {
      {"accounts", 64, [](const std::string& i) { return "  a" + i + ": {kind: other}\n"; }, "68:3 too-many"},
      {"events", 5000, [](const std::string&) { return std::string("  - {kind: update, at: 2026-05-04T00:00Z}\n"); },
       "5004:5 too-many"},
      {"cases", 2000, [](const std::string& i) { return "  c" + i + ":\n"; }, "2004:3 too-many"},
      {"cohorts", 2000, [](const std::string& i) { return "  c" + i + ":\n"; }, "2004:3 too-many"},
      {"questions", 2000, [](const std::string& i) { return "  - {id: q" + i + "}\n"; }, "2004:10 too-many"},
      {"action-items", 2000, [](const std::string& i) { return "  - {id: a" + i + "}\n"; }, "2004:10 too-many"},
      {"commitments", 2000, [](const std::string& i) { return "  - {id: c" + i + "}\n"; }, "2004:10 too-many"},
  };
  for (const Section& section : sections) {
    INFO(section.key);
    const std::string start = head + section.key + ":\n";
    CHECK(read(start + numbered(section.most, section.entry)).diagnostics.errors() == 0);
    check_only(read(start + numbered(section.most + 1, section.entry)), section.problem);
  }
}

TEST_CASE("huge numbers of anything take no more than their share of time") {
  SUBCASE("unknown keys") {
    check_soon(head + numbered(200'000, [](const std::string& i) { return "kex" + i + ": \n"; }));
  }
  SUBCASE("the same key") { check_soon(head + repeated("events: []\n", 200'000)); }
  SUBCASE("accounts, all unknown") {
    check_soon(head + "accounts:\n" + numbered(50'000, [](const std::string& i) { return "  a" + i + ": {kind: ca}\n"; }) +
               "events:\n  - kind: update\n    told:\n" +
               numbered(50'000, [](const std::string& i) { return "      b" + i + ": 2026-05-04T00:00Z\n"; }));
  }
  SUBCASE("cases named at their events") {
    check_soon(head + "events:\n" + numbered(40'000, [](const std::string& i) {
                 return "  - {kind: problem-report-received, at: 2026-05-04T00:00Z, case: " + i + "}\n";
               }));
  }
  SUBCASE("allegations of one case") {
    check_soon(head + "cases:\n  \"1\":\n    alleges:\n" +
               numbered(200'000, [](const std::string& i) { return "      - a" + i + "\n"; }));
  }
  SUBCASE("events that are one chain") {
    check_soon(head + "events:\n" + numbered(40'000, [](const std::string& i) {
                 return "  - {kind: update, id: e" + i + ", at: {after: e" + std::to_string(std::stoi(i) + 1) + "}}\n";
               }));
  }
  SUBCASE("unknown events") {
    check_soon(head + "events:\n" + numbered(40'000, [](const std::string& i) {
                 return "  - {kind: update, id: e" + i + ", at: {after: x" + i + "}}\n";
               }));
  }
  SUBCASE("one kind mentioned by all") {
    check_soon(head + "events:\n" + repeated("  - {kind: update, at: {after: update}}\n", 60'000));
  }
}

TEST_CASE("what is internal is stored nowhere") {
  const std::string secret = "only-for-us";
  const std::string note = "internal: {note: " + secret + ", list: [" + secret + "]}";
  const auto outcome =
      read("cita: 1\n" + note + "\nincident: {title: a, " + note + ", ca: {name: a, " + note + "}}\n" + "accounts: {" + note +
           ", ca: {zone: UTC, " + note + "}}\n" + "cases: {" + note + ", \"1\": {" + note + ", certificates: {count: 1, " + note +
           "}}}\n" + "events: [{kind: update, told: {ca: {at: {latest: 2026-05-04, " + note + "}, " + note + "}, " + note +
           "}, " + note + "}]\n" + "questions: {" + note + ", q: {" + note + "}}\nreport: {" + note + ", lessons: {" + note +
           "}}\n" + "suppress: [{duty: a, reason: b, " + note + "}]\n");
  const auto problems = outcome.problems();
  CAPTURE(problems);
  REQUIRE(outcome.incident);
  const Incident& incident = *outcome.incident;
  CHECK(incident.accounts.size() == 1);
  CHECK(incident.cases.size() == 1);
  CHECK(incident.questions.size() == 1);
  REQUIRE(incident.events.size() == 1);
  CHECK(incident.events[0].tellings.size() == 1);
  CHECK(incident.events[0].tellings[0].at.stamp.text.find(secret) == std::string::npos);
  CHECK_FALSE(incident.events[0].internal);
}
