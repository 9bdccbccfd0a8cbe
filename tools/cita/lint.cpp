// cita lint REPORT.md…: checks drafts of incident reports by the template that they follow.
#include "outputs.hpp"
#include "reports.hpp"

#include <cita/input/report_incident.hpp>
#include <cita/output/lint_results.hpp>
#include <cita/reconcile/judgement.hpp>

#include <algorithm>
#include <filesystem>
#include <iostream>

namespace cita::tool {

namespace {

struct Options {
  CommonOptions common;
  OutputOptions outputs;
  std::vector<std::string> files;
  std::string template_id;
  std::string title;
  bool revocation_delay = false;
  bool fix = false;
  bool diff = false;
};

// What a report is called in its fingerprints: its path from where cita runs, the same in every checkout.
std::string called(const std::string& path) {
  if (path == "-") return path;
  namespace fs = std::filesystem;
  std::error_code error;
  const fs::path here = fs::current_path(error);
  return (here / path).lexically_normal().lexically_proximate(here).generic_string();
}

// What the timeline lets judge. Kinds of events are read from words, so a miss is for somebody to look at.
void judge_timeline(const ReportedIncident& reported, const std::string& whose, const RunInfo& run,
                    std::vector<Result>& results) {
  if (reported.incident.events.empty()) return;
  Diagnostics unused;
  const Assessment assessment = assess(reported.incident, *run.catalog, run.as_of, unused, {}, run.profile);
  for (const Judgement& each : assessment.judgements) {
    if (each.applicability != Applicability::applies || each.standing == Standing::undetermined) continue;
    Result result = result_of(each, reported.incident, *run.rules);
    // The incident is known by its title, which several reports may share.
    result.fingerprint = fingerprint_of({whose, result.fingerprint});
    if (result.kind == ResultKind::fail) {
      result.kind = ResultKind::review;
      result.message = "by the timeline, " + result.message;
      result.notes.emplace_back("what happened is read from the words of the report; an incident file says it for certain");
    }
    results.push_back(std::move(result));
  }
}

struct Linted {
  std::shared_ptr<const Source> source, suppressions;
  Diagnostics diagnostics;
  std::vector<Result> results;
  bool readable = false;
};

// "report.cita.yaml" beside "report.md".
void apply_suppressions(const std::string& path, const RunInfo& run, Linted& linted) {
  std::filesystem::path beside(path);
  beside.replace_extension(".cita.yaml");
  std::error_code error;
  if (path == "-" || !std::filesystem::exists(beside, error)) return;
  linted.suppressions = load_text(beside.string(), "give a file of suppressions", linted.diagnostics);
  if (!linted.suppressions) return;
  const auto suppressions = read_report_suppressions(linted.suppressions, linted.diagnostics);
  suppress(linted.results, suppressions, *run.rules, run.as_of, linted.diagnostics);
}

Linted lint(const std::string& path, const Options& options, const RunInfo& run) {
  Linted linted;
  linted.source = load_report(path, linted.diagnostics);
  if (!linted.source) return linted;
  const ReportReading report = read_report(linted.source, {run.as_of, options.template_id}, linted.diagnostics);
  linted.readable = !linted.diagnostics.has_errors();
  if (!linted.readable) return linted;
  const LintRequest request{run.as_of, options.title, options.revocation_delay, run.profile != Profile::author};
  const ReportTemplate* form = report.chosen ? report.chosen.form : template_in_force(run.as_of).form;
  const std::string name = called(path);
  for (const LintFinding& each : lint_report(report, request)) linted.results.push_back(result_of(each, form, name, *run.rules));
  judge_timeline(incident_of(report, options.title), name, run, linted.results);
  make_unique(linted.results);
  if (run.profile == Profile::author) apply_suppressions(path, run, linted);
  linted.readable = !linted.diagnostics.has_errors();
  return linted;
}

// The text with all certain fixes but those of suppressed findings; those that overlap another are left for the next run.
std::string fixed(const std::string& text, const std::vector<Result>& results) {
  std::vector<Fix::Replacement> all;
  for (const Result& each : results)
    if (each.fix && !each.suppressed) all.insert(all.end(), each.fix->replacements.begin(), each.fix->replacements.end());
  std::stable_sort(all.begin(), all.end(), [](const auto& a, const auto& b) { return a.span.begin < b.span.begin; });
  std::string out;
  std::size_t at = 0;
  for (const auto& each : all) {
    if (each.span.begin < at) continue;
    out += text.substr(at, each.span.begin - at) + each.text;
    at = each.span.end;
  }
  return out + text.substr(at);
}

// --fix and --diff: no judgement is shown, the files are what matters.
int mend(const Options& options, const RunInfo& run) {
  ExitCode worst = exit_good;
  for (const std::string& path : *run.files) {
    Linted linted = lint(path, options, run);
    if (!linted.readable) {
      std::cerr << render(linted.diagnostics, options.common.style());
      worst = exit_unusable;
      continue;
    }
    const std::string text = fixed(linted.source->text(), linted.results);
    if (text == linted.source->text()) continue;
    if (options.diff) std::cout << line_difference(path, linted.source->text(), text);
    else if (write_whole(text, path == "-" ? std::string() : path, OutputFile::Mode::amend) != exit_good) worst = exit_unusable;
    if (options.diff && worst == exit_good) worst = exit_findings;
  }
  return worst;
}

int run_lint(const Options& options) {
  const TextStyle style = options.common.style();
  const auto now = as_of(options.common.as_of);
  Catalog catalog;
  std::vector<std::unique_ptr<PackFile>> packs;
  Outputs outputs;
  std::vector<std::string> files;
  std::optional<Baseline> baseline;
  bool usable = now.has_value() && load_packs(options.common.packs, catalog, packs, style) &&
                load_baseline(options.outputs, baseline) && outputs.open(options.outputs, style) &&
                is_template(options.template_id, now->instant);
  for (const std::string& path : options.files) usable = usable && add_files(path, {".md", ".markdown"}, files);
  if (!usable) return exit_unusable;
  if (files.empty()) {
    complain("there is no report (*.md) here");
    return exit_nothing;
  }
  const RuleSet rules = lint_rules(catalog);
  RunInfo run{now->instant, now->origin, &catalog, options.outputs.fail_level(), options.common.profile()};
  run.files = &files;
  run.rules = &rules;
  run.has_baseline = baseline.has_value();
  if (options.fix || options.diff) return mend(options, run);
  return judge_files(run, options.outputs, baseline, outputs, [&](std::size_t index) {
    const std::string& path = files[index];
    Linted linted = lint(path, options, run);
    Answer answer;
    if (baseline) answer.held = mark_known(linted.results, *baseline);
    FileReport report;
    report.index = index;
    report.file = path;
    report.diagnostics = &linted.diagnostics;
    if (linted.readable) report.results = &linted.results;
    for (const Result& each : linted.results) answer.tally.add(each);
    if (linted.readable && !answer.tally.any()) answer.tally.met = 1;  // a report without findings was checked all the same
    answer.readable = linted.readable;
    answer.texts = outputs.texts(run, report);
    return answer;
  });
}

}  // namespace

void add_lint(CLI::App& app, int& status) {
  auto options = std::make_shared<Options>();
  CLI::App* command = app.add_subcommand("lint", "Check drafts of incident reports (Markdown) before they are posted");
  command->add_option("REPORT", options->files, "Reports as Markdown, folders of them, or - for standard input")->required();
  command
      ->add_option("--template", options->template_id,
                   "The template, e.g. 3.2 or seven-topics (default: the one that the report follows)")
      ->type_name("ID");
  command->add_option("--title", options->title, "The bug's summary, to be checked too");
  command->add_flag("--revocation-delay", options->revocation_delay, "The bug carries a tag for a delayed revocation");
  command->add_flag("--fix", options->fix, "Write what is certain into the files");
  command->add_flag("--diff", options->diff, "Show what --fix would write; exits with 1 where it would write anything");
  options->outputs.add(*command);
  options->common.add_judging(*command);
  options->common.add_terminal(*command);
  command->callback([options, &status] { status = run_lint(*options); });
}

}  // namespace cita::tool
