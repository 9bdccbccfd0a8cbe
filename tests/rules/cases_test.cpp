// Every duty of every pack has cases beside it: lib/packs/PACK/DUTY/NAME.yaml (see cita/lint/pack_case.hpp).
#include "reconcile/support.hpp"

#include <cita/lint/pack_case.hpp>

#include <algorithm>
#include <filesystem>
#include <map>

using namespace cita;
using namespace cita::testing;

namespace {

namespace fs = std::filesystem;

const std::string cases = "lib/packs";

// Drafts too.
const Catalog& all_packs() {
  static const Catalog all = [] {
    Catalog result;
    for (const Pack& pack : built_in_packs()) result.add(pack);
    return result;
  }();
  return all;
}

std::vector<fs::path> inside(const fs::path& folder) {
  std::vector<fs::path> all;
  for (const auto& entry : fs::directory_iterator(folder)) all.push_back(entry.path());
  std::sort(all.begin(), all.end());
  return all;
}

std::vector<fs::path> folders_of_cases() {
  std::vector<fs::path> all;
  for (const fs::path& pack : inside(path_of(cases)))
    if (fs::is_directory(pack)) all.push_back(pack);
  return all;
}

std::string duty_of(const fs::path& folder) {
  return folder.parent_path().filename().string() + "." + folder.filename().string();
}

CaseOutcome outcome_of(const fs::path& file) {
  const std::string path = fs::relative(file, path_of("")).generic_string();
  Diagnostics diagnostics;
  const auto read = read_pack_case(std::make_shared<const Source>(path, content_of(path)), diagnostics);
  CaseOutcome outcome;
  if (read) outcome = judge_case(*read, duty_of(file.parent_path()), all_packs(), diagnostics);
  else outcome.problem = "its head cannot be read";
  for (const Diagnostic& each : diagnostics.all()) outcome.problem += "\n" + each.message;
  return outcome;
}

/// The outcome of each case, by its path.
const std::map<fs::path, CaseOutcome>& outcomes() {
  static const std::map<fs::path, CaseOutcome> all = [] {
    std::map<fs::path, CaseOutcome> result;
    for (const fs::path& pack : folders_of_cases())
      for (const fs::path& duty : inside(pack))
        for (const fs::path& file : inside(duty)) result[file] = outcome_of(file);
    return result;
  }();
  return all;
}

}  // namespace

TEST_CASE("the folders of the case files are packs and duties, and hold nothing else") {
  CHECK(folders_of_cases().size() == all_packs().packs().size());
  for (const fs::path& pack : folders_of_cases()) {
    INFO(pack.filename().string());
    CHECK(all_packs().pack(pack.filename().string()) != nullptr);
    for (const fs::path& duty : inside(pack)) {
      const std::string id = pack.filename().string() + "." + duty.filename().string();
      INFO(id);
      CHECK(all_packs().duty(id) != nullptr);
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
  for (const auto& each : outcomes()) {
    INFO(each.first.string());
    CHECK(each.second.problem == "");
  }
}

TEST_CASE("every duty has a case of each standing and at its exact limit, as far as its pattern admits them") {
  std::map<std::string, Showings> shown;
  for (const auto& each : outcomes()) shown[duty_of(each.first.parent_path())].add(each.second.shows);
  for (const std::string_view id : all_packs().duty_ids()) {
    INFO(std::string(id));
    const Showings wanted = admitted(*all_packs().duty(id));
    for (const Showing each : all_showings()) {
      INFO(std::string(name(each)));
      CHECK(shown[std::string(id)].has(each) == wanted.has(each));
    }
  }
}

TEST_CASE("a case that is not understood is told what to write instead") {
  const auto problems = [](const std::string& text) {
    Diagnostics diagnostics;
    CHECK_FALSE(read_pack_case(std::make_shared<const Source>("case.yaml", text), diagnostics));
    std::string all;
    for (const Diagnostic& each : diagnostics.all()) all += each.code + "; ";
    return all;
  };
  CHECK(problems("cita: 1\n") == "missing-key; missing-key; ");
  CHECK(problems("# Early.\ncita: 1\n") == "missing-key; ");
  CHECK(problems("# Early.\n# as-of: 2026-05-04\n") == "not-an-instant; ");
  CHECK(problems("# Early.\n# as-of: 2026-05-04T00:00:00Z\n# depends: met only if\n") == "order; ");
  CHECK(problems("# Early.\n# as-of: 2026-05-04T00:00:00Z\n# expects: incident: must met\n") == "unknown-key; ");
}

TEST_CASE("a case says how it differs from what is found") {
  Diagnostics diagnostics;
  const std::string head = "# Early.\n# as-of: 2026-06-03T08:10:00Z\n";
  const std::string rest =
      "cita: 1\nincident: {title: \"Example CA: Case\", certificates: tls}\naccounts: {ca: {kind: ca, zone: UTC}}\nevents:\n"
      "  - {kind: made-aware, at: 2026-05-04T08:10:00Z}\n  - {kind: incident-disclosed, at: 2026-05-05T08:10:00Z}\n";
  const auto problem = [&](const std::string& expected) {
    const auto read = read_pack_case(std::make_shared<const Source>("case.yaml", head + expected + rest), diagnostics);
    REQUIRE(read);
    return judge_case(*read, "ccadb-irg.initial-disclosure-within-72-hours", all_packs(), diagnostics).problem;
  };
  CHECK(problem("# expect: incident: must met, 2 d to spare\n") == "");
  CHECK(problem("# expect: incident: must met, 1 d to spare\n") ==
        "expected\n  incident: must met, 1 d to spare\nfound\n  incident: must met, 2 d to spare");
  CHECK(problem("") == "expected\n  nothing is judged\nfound\n  incident: must met, 2 d to spare");
  CHECK(problem("# expect: incident: must met, 2 d to spare\n# depends: met only if it rains\n") ==
        "expected to depend\n  met only if it rains\nfound\n  ");
}
