// Every duty of every pack has case files: tests/cases/PACK/DUTY/NAME.yaml, each a small incident whose first lines say
// what it shows, when it is looked at, and exactly what is found of that duty.
//
//   # To both in half the time.
//   # as-of: 2026-06-03T08:10:00Z
//   # expect: case 1, to the reporter: must met, 12 h to spare
//   # depends: met only if a holding reply counts
//
// `expect` is SUBJECT: LEVEL STANDING, MARGIN (MARKS), as tests/reconcile/support.hpp writes findings; no line at all
// says that the duty is not judged. `depends` speaks of the line above it and is compared where it is given. What is
// expected was computed by hand or apart from cita, never taken from what it printed.
#include "reconcile/support.hpp"

#include <algorithm>
#include <filesystem>
#include <map>
#include <set>

using namespace cita;
using namespace cita::testing;

namespace {

namespace fs = std::filesystem;

struct Expected {
  std::string line;
  std::string depends;
};

struct CaseFile {
  std::string path;  ///< from the root of the source tree
  std::string duty;
  std::string as_of;
  std::vector<Expected> expected;
  std::string text;
};

bool take(const std::string& line, const std::string& key, std::string& value) {
  const std::string start = "# " + key + ": ";
  if (!line.starts_with(start)) return false;
  value = line.substr(start.size());
  return true;
}

CaseFile read_case(const fs::path& path) {
  CaseFile file;
  file.path = fs::relative(path, path_of("")).generic_string();
  file.duty = path.parent_path().parent_path().filename().string() + "." + path.parent_path().filename().string();
  file.text = content_of(file.path);
  std::istringstream in(file.text);
  std::string line, value;
  bool has_text = false;
  while (std::getline(in, line) && line.starts_with("#")) {
    if (take(line, "as-of", value)) file.as_of = value;
    else if (take(line, "expect", value)) file.expected.push_back({value, {}});
    else if (take(line, "depends", value) && !file.expected.empty()) file.expected.back().depends = value;
    else if (!has_text && line.size() > 2) has_text = true;
    else throw std::runtime_error(file.path + ": not understood: " + line);
  }
  if (!has_text || file.as_of.empty()) throw std::runtime_error(file.path + ": say what it shows, and as of when");
  return file;
}

std::vector<fs::path> inside(const fs::path& folder) {
  std::vector<fs::path> all;
  for (const auto& entry : fs::directory_iterator(folder)) all.push_back(entry.path());
  std::sort(all.begin(), all.end());
  return all;
}

const std::vector<CaseFile>& case_files() {
  static const std::vector<CaseFile> files = [] {
    std::vector<CaseFile> all;
    for (const fs::path& pack : inside(path_of("tests/cases")))
      for (const fs::path& duty : inside(pack))
        for (const fs::path& file : inside(duty)) all.push_back(read_case(file));
    return all;
  }();
  return files;
}

/// What a duty's case files show together.
struct Shown {
  std::set<Standing> standings;
  bool at_the_limit = false, a_second_late = false;
};

const std::map<std::string, Shown>& shown() {
  static const std::map<std::string, Shown> all = [] {
    std::map<std::string, Shown> result;
    for (const CaseFile& file : case_files()) {
      const JudgedFile found = judged(file.text, file.as_of);
      Shown& of_duty = result[file.duty];
      for (const Judgement* each : found.of(file.duty)) {
        if (each->applicability == Applicability::not_in_force || each->applicability == Applicability::not_applicable) continue;
        of_duty.standings.insert(each->standing);
        const auto is_exactly = [each](Seconds margin) { return each->margin == Elapsed{margin, margin}; };
        of_duty.at_the_limit |= each->standing == Standing::met && is_exactly(Seconds{0});
        of_duty.a_second_late |= each->standing == Standing::breached && is_exactly(Seconds{-1});
      }
    }
    return result;
  }();
  return all;
}

enum class Kind : std::uint8_t { met, breached, running, undetermined, at_the_limit, a_second_late };

/// What a duty cannot show, and why.
struct Exception {
  std::set<Kind> kinds;
  std::string because;
};

bool has_number(const Duty& duty) {
  return std::any_of(duty.editions.begin(), duty.editions.end(),
                     [](const Edition& edition) { return edition.limit.kind != LimitKind::none; });
}

std::vector<Exception> exceptions(const Duty& duty) {
  std::vector<Exception> all;
  if (duty.pattern == Pattern::respond && !has_number(duty))
    all.push_back({{Kind::breached, Kind::at_the_limit, Kind::a_second_late}, "without a number nothing is late by the clock"});
  if (duty.pattern == Pattern::contain)
    all.push_back(
        {{Kind::running, Kind::at_the_limit, Kind::a_second_late}, "a report holds an element or does not; no clock runs"});
  if (duty.pattern == Pattern::agree)
    all.push_back({{Kind::running, Kind::at_the_limit, Kind::a_second_late}, "two statements agree or do not; no clock runs"});
  if (duty.pattern == Pattern::precede)
    all.push_back({{Kind::running}, "what has to come before an act is judged when the act is done"});
  return all;
}

bool is_excepted(const Duty& duty, Kind kind) {
  const auto all = exceptions(duty);
  return std::any_of(all.begin(), all.end(), [kind](const Exception& each) { return each.kinds.count(kind) > 0; });
}

bool shows(const Shown& all, Kind kind) {
  switch (kind) {
    case Kind::met: return all.standings.count(Standing::met) > 0;
    case Kind::breached: return all.standings.count(Standing::breached) > 0;
    case Kind::running: return all.standings.count(Standing::running) > 0;
    case Kind::undetermined: return all.standings.count(Standing::undetermined) > 0;
    case Kind::at_the_limit: return all.at_the_limit;
    case Kind::a_second_late: return all.a_second_late;
  }
  return false;
}

}  // namespace

TEST_CASE("the folders of the case files are packs and duties, and hold nothing else") {
  for (const fs::path& pack : inside(path_of("tests/cases"))) {
    INFO(pack.filename().string());
    CHECK(catalog().pack(pack.filename().string()) != nullptr);
    for (const fs::path& duty : inside(pack)) {
      const std::string id = pack.filename().string() + "." + duty.filename().string();
      INFO(id);
      CHECK(catalog().duty(id) != nullptr);
      CHECK_FALSE(inside(duty).empty());
      for (const fs::path& file : inside(duty)) {
        INFO(file.filename().string());
        CHECK(fs::is_regular_file(file));
        CHECK(file.extension() == ".yaml");
      }
    }
  }
}

TEST_CASE("each case file finds exactly what it says") {
  for (const CaseFile& file : case_files()) {
    INFO(file.path);
    const JudgedFile found = judged(file.text, file.as_of);
    std::vector<std::string> expected;
    for (const Expected& each : file.expected) expected.push_back(each.line);
    const std::vector<std::string> lines = found.lines(file.duty);
    std::string all;
    for (const std::string& each : lines) all += "\n  " + each;
    INFO("found:" << all);
    CHECK(lines == expected);
    const auto judgements = found.of(file.duty);
    for (std::size_t i = 0; i < std::min(judgements.size(), file.expected.size()); ++i)
      if (!file.expected[i].depends.empty()) CHECK(judgements[i]->depends_text == file.expected[i].depends);
  }
}

TEST_CASE("every duty has a case of each standing and at its exact limit, as far as its pattern admits them") {
  const std::pair<Kind, const char*> kinds[] = {{Kind::met, "met"},
                                                {Kind::breached, "breached"},
                                                {Kind::running, "running"},
                                                {Kind::undetermined, "undetermined"},
                                                {Kind::at_the_limit, "at the limit"},
                                                {Kind::a_second_late, "a second late"}};
  for (const std::string_view id : catalog().duty_ids()) {
    const Duty& duty = *catalog().duty(id);
    const auto of_duty = shown().find(std::string(id));
    INFO(std::string(id));
    REQUIRE(of_duty != shown().end());
    for (const auto& named : kinds) {
      const Kind kind = named.first;
      INFO(named.second);
      CHECK(shows(of_duty->second, kind) != is_excepted(duty, kind));
    }
  }
}
