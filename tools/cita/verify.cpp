// cita verify RECORD…, cita verify FILE --against SOURCE…: a claim held against what Bugzilla shows and what others tell.
#include "verify.hpp"

#include "bundle.hpp"
#include "reports.hpp"

#include <cita/input/report_incident.hpp>
#include <cita/output/result.hpp>

#include <algorithm>
#include <array>
#include <filesystem>
#include <iostream>

namespace cita::tool {

namespace {

bool has_extension(const std::string& path, std::initializer_list<std::string_view> extensions) {
  return std::any_of(extensions.begin(), extensions.end(), [&path](std::string_view each) { return path.ends_with(each); });
}
bool is_incident_file(const std::string& path) { return has_extension(path, {".yaml", ".yml"}); }
bool is_report(const std::string& path) { return has_extension(path, {".md", ".markdown"}); }

}  // namespace

void VerifyOptions::add(CLI::App& command) {
  command.add_option("FILE", files, "Records of bugs (answers of Bugzilla's REST interface); with --against, incident files")
      ->required();
  command
      .add_option("--against", against,
                  "What the incident files are held against: records (.json, or folders of them), incident files of others "
                  "(.yaml), reports (.md)")
      ->type_name("SOURCE");
  command
      .add_option("--list", lists,
                  "Lists of certificates that are attached to the bug (repeatable): they are held against the events and against "
                  "what comments count; default: those that the incident file names")
      ->type_name("LIST")
      ->allow_extra_args(false);
  records.add(command);
  outputs.add(command);
  command.add_flag("--all", all, "Also list what agrees and what does not apply");
  command
      .add_option("--bundle", bundle,
                  "Also write what was read, how it was judged and what came of it into a folder, or a ZIP archive where the "
                  "name ends in .zip; cita rerun judges it again")
      ->type_name("OUT");
  common.add_judging(command);
  common.add_terminal(command);
}

ExitCode VerifyRun::open(const VerifyOptions& options, const FileReader& read) {
  const TextStyle style = options.common.style();
  std::vector<std::string> records;
  const std::vector<std::string>& sources = options.against.empty() ? options.files : options.against;
  std::copy_if(sources.begin(), sources.end(), std::back_inserter(records),
               [&](const std::string& path) { return options.against.empty() || (!is_incident_file(path) && !is_report(path)); });
  bool usable = run_.open(options.common, options.records, records, read);
  for (const std::string& path : options.against)
    if (is_incident_file(path) || is_report(path)) usable = add_other(path, read, style) && usable;
  if (!usable) return exit_unusable;
  if (options.against.empty())
    for (const BugRecord& each : run_.bugs) claims_.push_back({"bug " + std::to_string(each.id), &each, std::nullopt});
  else
    for (const std::string& path : options.files) usable = add_claim(path, read) && usable;
  if (!usable) return exit_unusable;
  if (claims_.empty()) {
    complain("the record holds no bug");
    return exit_nothing;
  }
  for (const Claimed& each : claims_) names_.push_back(each.name);
  return take_lists(options) ? exit_good : exit_unusable;
}

bool VerifyRun::take_lists(const VerifyOptions& options) {
  reads_lists_ = options.bundle.empty();
  lists_ = options.lists;
  if (lists_.empty()) return true;
  std::string problem;
  if (!reads_lists_) problem = "a bundle holds no lists of certificates; give --list or --bundle";
  else if (claims_.size() > 1) problem = "--list is of one bug or incident, and these are " + std::to_string(claims_.size());
  for (const std::string& each : lists_) {
    std::error_code error;
    const bool is_stream =
        each == "-" || (std::filesystem::exists(each, error) && !std::filesystem::is_regular_file(each, error));
    if (problem.empty() && is_stream) problem = "--list " + each + ": a list may be read twice; give a file";
  }
  if (!problem.empty()) complain(problem);
  return problem.empty();
}

std::optional<VerifyRun::Listed> VerifyRun::hold_against_lists(const std::string& claim, const std::vector<std::string>& told,
                                                               Verified& verified, Diagnostics& diagnostics) const {
  if (!reads_lists_) {
    for (const std::string& each : told)
      diagnostics.warning("list-not-held", verified.incident.span,
                          "a bundle holds no lists of certificates, so nothing is held against " + each,
                          "judge the file itself with cita verify or cita check");
    return std::nullopt;
  }
  const auto counts = evidence::counts_in_comments(verified.incident);
  ListProgress progress;
  evidence::ListExtras extras = extras_for(names_.size(), progress);
  extras.figures = evidence::figures_of(counts);
  Listed listed;
  if (lists_.empty()) {
    listed.lists = read_told_lists(claim, told, verified.incident, verified.assessment, diagnostics, std::move(extras));
    if (listed.lists == nullptr) return std::nullopt;
  } else {
    listed.lists = std::make_unique<evidence::IncidentLists>(verified.incident, verified.assessment, lists_,
                                                             names_of_lists(lists_, claim, told), std::move(extras));
  }
  if (!listed.lists->problems().empty()) return listed;
  listed.verdicts = hold_against(*listed.lists, verified.incident, verified.assessment, diagnostics);
  listed.counts = evidence::hold_counts(counts, *listed.lists);
  return listed;
}

// Somebody else's incident file, or a report that was posted elsewhere.
bool VerifyRun::add_other(const std::string& path, const FileReader& read, const TextStyle& style) {
  if (is_incident_file(path)) {
    LoadedIncident& file = others_files_.emplace_back(load_incident(path, read));
    std::cerr << render(file.diagnostics, style);
    if (file.incident) others_.push_back({*file.incident, false});
    return file.incident.has_value();
  }
  Diagnostics diagnostics;
  const auto text = load_report(path, diagnostics, read);
  if (text) others_texts_.push_back(text);
  std::optional<ReportReading> report;
  if (text) report = read_report(text, {run_.now.instant, {}}, diagnostics);
  if (report && !report->chosen && !diagnostics.has_errors())
    diagnostics.error("no-report", {}, path + " follows no template of an incident report, so nobody knows what it tells",
                      "write what it tells as an incident file (cita import)");
  std::cerr << render(diagnostics, style);
  if (!report || diagnostics.has_errors()) return false;
  others_.push_back({told_by_report(*report, {}, std::filesystem::path(path).stem().string()), true});
  return true;
}

bool VerifyRun::add_claim(const std::string& path, const FileReader& read) {
  LoadedIncident file = load_incident(path, read);
  const BugRecord* bug = nullptr;
  bool is_found = true;
  if (file.incident && !run_.bugs.empty()) {
    bug = bug_of(*file.incident, run_, path);
    is_found = bug != nullptr;
  }
  for (const OtherAccount& other : others_)
    if (file.incident && file.incident->bug && other.incident.bug && *file.incident->bug != *other.incident.bug) {
      complain(path + ": it is about bug " + std::to_string(*file.incident->bug) + ", and what it is held against about bug " +
               std::to_string(*other.incident.bug));
      is_found = false;
    }
  claims_.push_back({path, bug, std::move(file)});
  return is_found;
}

RunInfo VerifyRun::run_info(const VerifyOptions& options, const RuleSet& rules) const {
  RunInfo run{run_.now.instant, run_.now.origin, &run_.catalog, options.outputs.fail_level(), run_.profile};
  run.files = &names_;
  run.rules = &rules;
  return run;
}

template <class Show>
Answer VerifyRun::judge(std::size_t index, const RunInfo& run, const std::optional<Baseline>& baseline, Show show) {
  Claimed& claimed = claims_[index];
  Diagnostics unheard;
  Diagnostics& diagnostics = claimed.file ? claimed.file->diagnostics : unheard;
  FileReport report;
  report.index = index;
  report.file = claimed.name;
  report.diagnostics = &diagnostics;
  Answer answer;
  std::unique_ptr<Verified> verified;
  std::optional<Listed> listed;
  if (claimed.bug != nullptr || (claimed.file && claimed.file->incident)) {
    auto incident = claimed.file ? std::move(claimed.file->incident) : std::nullopt;
    // Those that others name lie beside their files.
    const std::vector<std::string> told = incident ? told_lists(*incident) : std::vector<std::string>();
    verified = verify_bug(claimed.bug, std::move(incident), run_, diagnostics, others_);
    listed = hold_against_lists(claimed.name, told, *verified, diagnostics);
    if (baseline) answer.held = mark_known(verified->assessment, verified->incident, *run.rules, *baseline);
    if (listed && listed->lists->problems().empty()) {
      report.lists = &listed->verdicts;
      report.counts = &listed->counts;
    } else if (listed) {
      for (const std::string& each : listed->lists->problems()) complain(each);
    }
    report.incident = &verified->incident;
    report.assessment = &verified->assessment;
    report.verification = &verified->verification;
    answer.tally = tally(verified->assessment);
    for (const Claim& each : verified->verification.claims) answer.tally.contradicted += each.decides_must ? 1 : 0;
    answer.readable = !listed || listed->lists->problems().empty();
  }
  answer.texts = show(run, report);
  return answer;
}

int VerifyRun::write(const VerifyOptions& options) {
  TextStyle style = options.common.style();
  style.all = options.all;
  Outputs outputs;
  std::optional<Baseline> baseline;
  if (!load_baseline(options.outputs, baseline) || !outputs.open(options.outputs, style)) return exit_unusable;
  const RuleSet rules = check_rules(run_.catalog);
  RunInfo run = run_info(options, rules);
  run.has_baseline = baseline.has_value();
  return judge_files(run, options.outputs, baseline, outputs, [&](std::size_t index) {
    return judge(index, run, baseline, [&](const RunInfo& of, const FileReport& report) { return outputs.texts(of, report); });
  });
}

VerifyResults VerifyRun::results(const VerifyOptions& options) {
  TextStyle style;
  style.width = default_width;
  style.all = options.all;
  const RuleSet rules = check_rules(run_.catalog);
  const RunInfo run = run_info(options, rules);
  const std::array<std::string_view, 2> formats = {"text", "json"};
  std::array<std::unique_ptr<Renderer>, 2> whole;
  std::array<std::string, 2> out;
  for (std::size_t i = 0; i < formats.size(); ++i) {
    whole[i] = make_renderer(formats[i], style);
    out[i] = whole[i]->begin(run);
  }
  Outcome outcome;
  outcome.files = static_cast<int>(claims_.size());
  for (std::size_t index = 0; index < claims_.size(); ++index) {
    const Answer answer = judge(index, run, std::nullopt, [&](const RunInfo& of, const FileReport& report) {
      std::vector<std::string> texts;
      texts.reserve(formats.size());
      for (const std::string_view format : formats) texts.push_back(make_renderer(format, style)->file(of, report));
      return texts;
    });
    for (std::size_t i = 0; i < formats.size(); ++i) out[i] += whole[i]->in_turn(answer.texts[i]);
    outcome.tally.add(answer.tally);
    outcome.unreadable += answer.readable ? 0 : 1;
  }
  outcome.exit_code = exit_code(outcome, run.fail_on);
  for (std::size_t i = 0; i < formats.size(); ++i) out[i] += whole[i]->end(run, outcome);
  return {std::move(out[0]), std::move(out[1]), outcome.exit_code};
}

namespace {

// Folders are told file by file, so that a bundle names each.
bool expand(VerifyOptions& options) {
  std::vector<std::string>& records = options.against.empty() ? options.files : options.against;
  std::vector<std::string> files;
  const bool good = add_records(records, files);
  records = std::move(files);
  return good;
}

int run_verify(VerifyOptions options) {
  if (!expand(options)) return exit_unusable;
  RememberedFiles remembered;
  const FileReader read = options.bundle.empty() ? FileReader(read_file) : remembered.reader();
  VerifyRun run;
  if (const ExitCode code = run.open(options, read); code != exit_good) return code;
  const int status = run.write(options);
  if (options.bundle.empty() || status == exit_unusable) return status;
  return write_bundle(options, remembered, run.records()) ? status : exit_unusable;
}

}  // namespace

void add_verify(CLI::App& app, int& status) {
  auto options = std::make_shared<VerifyOptions>();
  CLI::App* command =
      app.add_subcommand("verify", "Hold claims against Bugzilla's record: what agrees, what contradicts, what is open");
  options->add(*command);
  command->callback([options, &status] { status = run_verify(*options); });
}

}  // namespace cita::tool
