// cita check FILE…: judges incident files, several at a time, and writes the answers in the order of the files.
#include "lists.hpp"
#include "outputs.hpp"

#include <cita/reconcile/judgement.hpp>

namespace cita::tool {

namespace {

struct Options {
  CommonOptions common;
  OutputOptions outputs;
  std::vector<std::string> files;
  bool all = false;
};

Answer judge(std::size_t index, const RunInfo& run, const std::optional<Baseline>& baseline, const Outputs& outputs) {
  const std::string& path = (*run.files)[index];
  LoadedIncident loaded = load_incident(path);
  FileReport report;
  report.index = index;
  report.file = path;
  report.diagnostics = &loaded.diagnostics;
  std::optional<Assessment> assessment;
  std::optional<evidence::ListVerdicts> lists;
  Answer answer;
  if (loaded.incident) {
    assessment = assess(*loaded.incident, *run.catalog, run.as_of, loaded.diagnostics, {}, run.profile);
    lists = hold_against_told_lists(path, *loaded.incident, *assessment, loaded.diagnostics, run.files->size());
    if (baseline) answer.held = mark_known(*assessment, *loaded.incident, *run.rules, *baseline);
    report.incident = &*loaded.incident;
    report.assessment = &*assessment;
    report.lists = lists ? &*lists : nullptr;
    answer.tally = tally(*assessment);
    answer.readable = true;
  }
  answer.texts = outputs.texts(run, report);
  return answer;
}

int check(const Options& options) {
  TextStyle style = options.common.style();
  style.all = options.all;
  const auto now = as_of(options.common.as_of);
  Catalog catalog;
  std::vector<std::unique_ptr<PackFile>> packs;
  Outputs outputs;
  std::vector<std::string> files;
  std::optional<Baseline> baseline;
  bool usable = now.has_value() && load_packs(options.common.packs, catalog, packs, style) &&
                load_baseline(options.outputs, baseline) && outputs.open(options.outputs, style);
  for (const std::string& path : options.files) usable = usable && add_files(path, {".yaml", ".yml"}, files);
  if (!usable) return exit_unusable;
  if (files.empty()) {
    complain("there is no incident file (*.yaml) here");
    return exit_nothing;
  }
  const RuleSet rules = check_rules(catalog);
  RunInfo run{now->instant, now->origin, &catalog, options.outputs.fail_level(), options.common.profile()};
  run.files = &files;
  run.rules = &rules;
  run.has_baseline = baseline.has_value();
  return judge_files(run, options.outputs, baseline, outputs,
                     [&](std::size_t index) { return judge(index, run, baseline, outputs); });
}

}  // namespace

void add_check(CLI::App& app, int& status) {
  auto options = std::make_shared<Options>();
  CLI::App* command =
      app.add_subcommand("check", "Judge incident files: which duties were met, breached, are running or cannot be decided");
  command->add_option("FILE", options->files, "Incident files, folders of them, or - for standard input")->required();
  options->outputs.add(*command);
  command->add_flag("--all", options->all, "Also list what does not apply, and every view in full");
  options->common.add_judging(*command);
  options->common.add_terminal(*command);
  command->callback([options, &status] { status = check(*options); });
}

}  // namespace cita::tool
