// cita check FILE…: judges incident files, several at a time, and writes the answers in the order of the files.
#include "command.hpp"
#include "in_order.hpp"

#include <cita/base/suggest.hpp>
#include <cita/base/text.hpp>
#include <cita/output/baseline.hpp>
#include <cita/output/renderer.hpp>
#include <cita/reconcile/judgement.hpp>

#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <iostream>
#include <thread>

namespace cita::tool {

namespace {

struct Options {
  CommonOptions common;
  std::vector<std::string> files;
  std::vector<std::string> formats;
  std::vector<std::string> outputs;
  std::string baseline;
  std::string write_baseline;
  std::string fail_on = "must";
  bool all = false;
  unsigned jobs = 0;
};

constexpr std::string_view fail_levels[] = {"must", "expected", "should", "undetermined", "never"};

// One form of the answer and where it goes.
struct Sink {
  std::string format;
  std::unique_ptr<OutputFile> file;
};

// A folder stands for the YAML files in it, in the order of their names.
bool add_files(const std::string& path, std::vector<std::string>& files) {
  namespace fs = std::filesystem;
  std::error_code error;
  if (path == "-" || !fs::is_directory(path, error)) {
    files.push_back(path);
    return true;
  }
  std::vector<std::string> found;
  for (fs::recursive_directory_iterator each(path, error), end; !error && each != end; each.increment(error)) {
    const auto extension = each->path().extension();
    if (each->is_regular_file(error) && (extension == ".yaml" || extension == ".yml")) found.push_back(each->path().string());
  }
  if (error) {
    complain(path + ": " + error.message());
    return false;
  }
  std::sort(found.begin(), found.end());
  files.insert(files.end(), found.begin(), found.end());
  return true;
}

bool add_sink(const std::string& format, const std::string& path, OutputFile::Mode mode, std::vector<Sink>& sinks) {
  sinks.push_back({format, std::make_unique<OutputFile>(path, mode)});
  if (sinks.back().file->problem().empty()) return true;
  complain(sinks.back().file->problem());
  return false;
}

// What is written beside what --format asks for: a baseline, and a summary where GitHub names a file for one.
bool open_further_sinks(const Options& options, const std::vector<std::string>& formats, std::vector<Sink>& sinks) {
  if (!options.write_baseline.empty() && !add_sink("baseline", options.write_baseline, OutputFile::Mode::replace, sinks))
    return false;
  const char* summary = std::getenv("GITHUB_STEP_SUMMARY");
  const bool on_github = std::find(formats.begin(), formats.end(), "github") != formats.end();
  if (!on_github || summary == nullptr || *summary == '\0') return true;
  return add_sink("markdown", summary, OutputFile::Mode::append, sinks);
}

// "--format json --output json=out.json": forms without a file of their own go to standard output, which takes one.
bool open_sinks(const Options& options, std::vector<Sink>& sinks) {
  std::vector<std::string> formats = options.formats.empty() ? std::vector<std::string>{"text"} : options.formats;
  std::vector<std::pair<std::string, std::string>> targets;
  for (const std::string& output : options.outputs) {
    const std::size_t equals = output.find('=');
    const bool named = equals != std::string::npos && make_renderer(output.substr(0, equals), {}) != nullptr;
    if (!named && formats.size() > 1) {
      complain("--output '" + output + "': with several formats write FORMAT=FILE");
      return false;
    }
    targets.emplace_back(named ? output.substr(0, equals) : formats.front(), named ? output.substr(equals + 1) : output);
    if (named && std::find(formats.begin(), formats.end(), targets.back().first) == formats.end())
      formats.push_back(targets.back().first);
  }
  int to_stdout = 0;
  for (const std::string& format : formats) {
    if (make_renderer(format, {}) == nullptr) {
      complain("there is no format '" + format + "'; " + suggestion(format, renderer_names()));
      return false;
    }
    std::string path;
    for (const auto& [of, file] : targets)
      if (of == format) path = file;
    to_stdout += path.empty() || path == "-" ? 1 : 0;
    if (!add_sink(format, path, OutputFile::Mode::replace, sinks)) return false;
  }
  if (to_stdout > 1) {
    complain("only one format can go to standard output; give the others a file with --output FORMAT=FILE");
    return false;
  }
  return open_further_sinks(options, formats, sinks);
}

// What comes of one file.
struct Answer {
  std::vector<std::string> texts;  // a text for each sink
  Tally tally;
  std::vector<std::size_t> held;  // entries of the baseline that were met again
  bool readable = false;
  bool judged = false;
};

// What every file is judged with.
struct Bench {
  RunInfo run;
  const std::vector<Sink>& sinks;
  const Baseline* baseline = nullptr;
  TextStyle style;
};

Answer judge(const std::string& path, std::size_t index, const Bench& bench) {
  const RunInfo& run = bench.run;
  LoadedIncident loaded = load_incident(path);
  FileReport report;
  report.index = index;
  report.file = path;
  report.diagnostics = &loaded.diagnostics;
  std::optional<Assessment> assessment;
  Answer answer;
  if (loaded.incident) {
    assessment = assess(*loaded.incident, *run.catalog, run.as_of, loaded.diagnostics, {}, run.profile);
    if (bench.baseline != nullptr) answer.held = mark_known(*assessment, *loaded.incident, *run.rules, *bench.baseline);
    report.incident = &*loaded.incident;
    report.assessment = &*assessment;
    answer.tally = tally(*assessment);
    answer.readable = true;
    answer.judged = answer.tally.any();
  }
  for (const Sink& sink : bench.sinks) {
    TextStyle own = bench.style;
    own.colour = bench.style.colour && sink.file != nullptr;
    answer.texts.push_back(make_renderer(sink.format, own)->file(run, report));
  }
  return answer;
}

bool load_baseline(const std::string& path, std::optional<Baseline>& baseline) {
  if (path.empty()) return true;
  constexpr std::size_t most = std::size_t{64} << 20U;
  std::string problem;
  const auto content = read_file(path, most, problem);
  if (content) baseline = Baseline::read(*content, problem);
  if (!baseline) complain(path + ": " + problem);
  return baseline.has_value();
}

// An entry that matches nothing hides what comes next under its name, so it should go.
void tell_unmatched(const std::string& path, const Baseline& baseline, const std::vector<bool>& held) {
  constexpr std::size_t most_told = 20;
  std::size_t unmatched = 0;
  for (std::size_t i = 0; i < held.size(); ++i) {
    if (held[i] || ++unmatched > most_told) continue;
    const Baseline::Entry& entry = baseline.entries()[i];
    std::cerr << "note: "
              << text::shown(path + ": nothing matches " + entry.rule + " " + entry.fingerprint + " any more: " + entry.message)
              << '\n';
  }
  if (unmatched > most_told) std::cerr << "note: and " << unmatched - most_told << " more entries\n";
  if (unmatched > 0) std::cerr << "note: --write-baseline writes a baseline without them\n";
}

void show_progress(std::size_t done, std::size_t all, bool last) {
  if (isatty(STDERR_FILENO) != 1 || all < 200) return;
  if (last) std::cerr << "\r\x1b[K";
  else if (done % 100 == 0) std::cerr << '\r' << done << " of " << all << " files" << std::flush;
}

ExitCode exit_code(const Outcome& outcome, FailOn fail_on) {
  if (outcome.unreadable > 0) return exit_unusable;
  if (outcome.tally.fails(fail_on)) return exit_findings;
  return outcome.tally.any() ? exit_good : exit_nothing;
}

FailOn fail_level(const std::string& name) {
  return static_cast<FailOn>(std::find(std::begin(fail_levels), std::end(fail_levels), name) - std::begin(fail_levels));
}

// Judges all files and writes what comes of each; the renderers are those of the sinks.
Outcome judge_all(const std::vector<std::string>& files, unsigned jobs, const Bench& bench,
                  std::vector<std::unique_ptr<Renderer>>& renderers, std::vector<bool>& held) {
  Outcome outcome;
  outcome.files = static_cast<int>(files.size());
  in_order<Answer>(
      files.size(), jobs, [&](std::size_t i) { return judge(files[i], i, bench); },
      [&](std::size_t i, Answer answer) {
        for (std::size_t s = 0; s < bench.sinks.size(); ++s)
          bench.sinks[s].file->write(renderers[s]->in_turn(std::move(answer.texts[s])));
        outcome.tally.add(answer.tally);
        outcome.unreadable += answer.readable ? 0 : 1;
        for (const std::size_t each : answer.held) held[each] = true;
        show_progress(i + 1, files.size(), i + 1 == files.size());
      });
  return outcome;
}

int check(const Options& options) {
  TextStyle style = options.common.style();
  style.all = options.all;
  const auto now = as_of(options.common.as_of);
  Catalog catalog;
  std::vector<std::unique_ptr<PackFile>> packs;
  std::vector<Sink> sinks;
  std::vector<std::string> files;
  std::optional<Baseline> baseline;
  bool usable = now.has_value() && load_packs(options.common.packs, catalog, packs, style) &&
                load_baseline(options.baseline, baseline) && open_sinks(options, sinks);
  for (const std::string& path : options.files) usable = usable && add_files(path, files);
  if (!usable) return exit_unusable;
  if (files.empty()) {
    complain("there is no incident file (*.yaml) here");
    return exit_nothing;
  }

  const RuleSet rules = check_rules(catalog);
  const RunInfo run{now->instant, now->origin,         &catalog, fail_level(options.fail_on), options.common.profile(), &files,
                    &rules,       baseline.has_value()};
  const Bench bench{run, sinks, baseline ? &*baseline : nullptr, style};
  std::vector<std::unique_ptr<Renderer>> renderers;
  for (const Sink& sink : sinks) {
    renderers.push_back(make_renderer(sink.format, style));
    sink.file->write(renderers.back()->begin(run));
  }
  std::vector<bool> held(baseline ? baseline->entries().size() : 0);
  const unsigned jobs = options.jobs > 0 ? options.jobs : std::max(1U, std::thread::hardware_concurrency());
  Outcome outcome = judge_all(files, jobs, bench, renderers, held);
  outcome.exit_code = exit_code(outcome, run.fail_on);

  bool written = true;
  for (std::size_t s = 0; s < sinks.size(); ++s) {
    sinks[s].file->write(renderers[s]->end(run, outcome));
    if (sinks[s].file->finish()) continue;
    complain(sinks[s].file->problem());
    written = false;
  }
  if (baseline) tell_unmatched(options.baseline, *baseline, held);
  return written ? outcome.exit_code : exit_unusable;
}

std::string format_names() {
  std::string text;
  for (const std::string_view name : renderer_names()) text += (text.empty() ? "" : ", ") + std::string(name);
  return text;
}

}  // namespace

void add_check(CLI::App& app, int& status) {
  auto options = std::make_shared<Options>();
  CLI::App* command =
      app.add_subcommand("check", "Judge incident files: which duties were met, breached, are running or cannot be decided");
  command->add_option("FILE", options->files, "Incident files, folders of them, or - for standard input")->required();
  command->add_option("--format", options->formats, format_names() + " (repeatable)")->type_name("FORMAT");
  command->add_option("--output", options->outputs, "FILE, or FORMAT=FILE for one of several formats (repeatable)");
  command
      ->add_option("--fail-on", options->fail_on,
                   "The least that makes the exit code 1: must, expected (also lower-case musts, expectations, commitments), "
                   "should, undetermined, never")
      ->check(CLI::IsMember(std::vector<std::string>(std::begin(fail_levels), std::end(fail_levels))))
      ->type_name("LEVEL")
      ->capture_default_str();
  command->add_option("--baseline", options->baseline, "What an earlier run found, which does not fail this one")
      ->type_name("FILE");
  command->add_option("--write-baseline", options->write_baseline, "Write what this run finds, as a baseline for later ones")
      ->type_name("FILE");
  command->add_flag("--all", options->all, "Also list what does not apply, and every view in full");
  command->add_option("--jobs", options->jobs, "How many files to judge at a time (default: one per processor)")
      ->check(CLI::Range(1U, 256U))
      ->type_name("N");
  options->common.add_judging(*command);
  options->common.add_terminal(*command);
  command->footer("Exit codes: 0 nothing at or above --fail-on; 1 findings; 2 usage or unreadable input; 3 nothing to check.");
  command->callback([options, &status] { status = check(*options); });
}

}  // namespace cita::tool
