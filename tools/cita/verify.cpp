// cita verify RECORD…, cita verify FILE --against RECORD…: a claim held against what Bugzilla shows.
#include "outputs.hpp"
#include "records.hpp"

#include <cita/output/result.hpp>

namespace cita::tool {

namespace {

struct Options {
  CommonOptions common;
  OutputOptions outputs;
  RecordSources records;
  std::vector<std::string> files, against;
  bool all = false;
};

/// One claim and the bug that it is held against.
struct Claimed {
  std::string name;  ///< of the file, or "bug 1619359"
  const BugRecord* bug = nullptr;
  std::optional<LoadedIncident> file;
};

Answer judge(std::size_t index, Claimed& claimed, const RunInfo& run, const Records& records, const Outputs& outputs) {
  Diagnostics unheard;
  Diagnostics& diagnostics = claimed.file ? claimed.file->diagnostics : unheard;
  FileReport report;
  report.index = index;
  report.file = claimed.name;
  report.diagnostics = &diagnostics;
  Answer answer;
  std::unique_ptr<Verified> verified;
  if (claimed.bug != nullptr) {
    auto incident = claimed.file ? std::move(claimed.file->incident) : std::nullopt;
    verified = verify_bug(*claimed.bug, std::move(incident), records, *run.catalog, run.as_of, run.profile, diagnostics);
    report.incident = &verified->incident;
    report.assessment = &verified->assessment;
    report.verification = &verified->verification;
    answer.tally = tally(verified->assessment);
    for (const Claim& each : verified->verification.claims) answer.tally.contradicted += each.decides_must ? 1 : 0;
    answer.readable = true;
  }
  answer.texts = outputs.texts(run, report);
  return answer;
}

int run_verify(const Options& options) {
  TextStyle style = options.common.style();
  style.all = options.all;
  const auto now = as_of(options.common.as_of);
  Catalog catalog;
  std::vector<std::unique_ptr<PackFile>> packs;
  Outputs outputs;
  Records records;
  const bool is_of_files = !options.against.empty();
  if (!now || !load_packs(options.common.packs, catalog, packs, style) || !outputs.open(options.outputs, style) ||
      !load_records(options.records, is_of_files ? options.against : options.files, style, records))
    return exit_unusable;
  std::vector<Claimed> claims;
  bool all_found = true;
  if (is_of_files)
    for (const std::string& path : options.files) {
      LoadedIncident file = load_incident(path);
      const BugRecord* bug = file.incident ? bug_of(*file.incident, records, path) : nullptr;
      all_found = all_found && (bug != nullptr || !file.incident);
      claims.push_back({path, bug, std::move(file)});
    }
  else
    for (const BugRecord& each : records.bugs) claims.push_back({"bug " + std::to_string(each.id), &each, std::nullopt});
  if (!all_found) return exit_unusable;
  if (claims.empty()) {
    complain("the record holds no bug");
    return exit_nothing;
  }
  std::vector<std::string> names;
  names.reserve(claims.size());
  for (const Claimed& each : claims) names.push_back(each.name);
  const RuleSet rules = check_rules(catalog);
  RunInfo run{now->instant, now->origin, &catalog, options.outputs.fail_level(), options.common.profile()};
  run.files = &names;
  run.rules = &rules;
  return judge_files(run, options.outputs, std::nullopt, outputs,
                     [&](std::size_t index) { return judge(index, claims[index], run, records, outputs); });
}

}  // namespace

void add_verify(CLI::App& app, int& status) {
  auto options = std::make_shared<Options>();
  CLI::App* command =
      app.add_subcommand("verify", "Hold claims against Bugzilla's record: what agrees, what contradicts, what is open");
  command
      ->add_option("FILE", options->files,
                   "Records of bugs (answers of Bugzilla's REST interface); with --against, incident files")
      ->required();
  command->add_option("--against", options->against, "Records that the incident files are held against")->type_name("RECORD");
  options->records.add(*command);
  options->outputs.add(*command);
  command->add_flag("--all", options->all, "Also list what agrees and what does not apply");
  options->common.add_judging(*command);
  options->common.add_terminal(*command);
  command->callback([options, &status] { status = run_verify(*options); });
}

}  // namespace cita::tool
