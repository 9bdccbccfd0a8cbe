#include "outputs.hpp"

#include "in_order.hpp"

#include <cita/base/suggest.hpp>
#include <cita/base/text.hpp>

#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <iostream>
#include <thread>

namespace cita::tool {

namespace {

constexpr std::string_view fail_levels[] = {"must", "expected", "should", "undetermined", "never"};

using Targets = std::vector<std::pair<std::string, std::string>>;

std::string format_names() {
  std::string text;
  for (const std::string_view name : renderer_names()) text += (text.empty() ? "" : ", ") + std::string(name);
  return text;
}

// Where "--output FORMAT=FILE" and "--output FILE" send what; a form that is only named there is added to the forms.
bool read_targets(const OutputOptions& options, std::vector<std::string>& formats, Targets& targets) {
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
  return true;
}

void show_progress(std::size_t done, std::size_t all) {
  if (isatty(STDERR_FILENO) != 1 || all < 200) return;
  if (done == all) std::cerr << "\r\x1b[K";
  else if (done % 100 == 0) std::cerr << '\r' << done << " of " << all << " files" << std::flush;
}

bool is_set(const char* variable) {
  const char* value = std::getenv(variable);
  return value != nullptr && *value != '\0';
}

}  // namespace

void add_fail_on(CLI::App& command, std::string& value) {
  command
      .add_option("--fail-on", value,
                  "The least that makes the exit code 1: must, expected (also lower-case musts, expectations, commitments), "
                  "should, undetermined, never")
      ->check(CLI::IsMember(std::vector<std::string>(std::begin(fail_levels), std::end(fail_levels))))
      ->type_name("LEVEL")
      ->capture_default_str();
}

FailOn fail_level(const std::string& value) {
  return static_cast<FailOn>(std::find(std::begin(fail_levels), std::end(fail_levels), value) - std::begin(fail_levels));
}

void OutputOptions::add(CLI::App& command) {
  command.add_option("--format", formats, format_names() + " (repeatable)")
      ->check(shown_values(renderer_names()))
      ->type_name("FORMAT");
  command.add_option("--output", outputs, "FILE, or FORMAT=FILE for one of several formats (repeatable)")->type_name("FILE");
  add_fail_on(command, fail_on);
  command.add_option("--baseline", baseline, "What an earlier run found, which does not fail this one")->type_name("FILE");
  command.add_option("--write-baseline", write_baseline, "Write what this run finds, as a baseline for later ones")
      ->type_name("FILE");
  command.add_option("--jobs", jobs, "How many files to judge at a time (default: one per processor)")
      ->check(CLI::Range(1U, 256U))
      ->type_name("N");
  command.footer("Exit codes: 0 nothing at or above --fail-on; 1 findings; 2 usage or unreadable input; 3 nothing to check.");
}

// "--format json --output json=out.json": forms without a file of their own go to standard output, which takes one.
bool Outputs::open(const OutputOptions& options, const TextStyle& style) {
  style_ = style;
  std::vector<std::string> formats = options.formats.empty() ? std::vector<std::string>{"text"} : options.formats;
  Targets targets;
  if (!read_targets(options, formats, targets)) return false;
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
    if (!add(format, path)) return false;
  }
  if (to_stdout <= 1) return add_further(options);
  complain("only one format can go to standard output; give the others a file with --output FORMAT=FILE");
  return false;
}

bool Outputs::add(const std::string& format, const std::string& path, OutputFile::Mode mode) {
  auto file = std::make_unique<OutputFile>(path, mode);
  if (!file->problem().empty()) {
    complain(file->problem());
    return false;
  }
  TextStyle style = style_;
  style.colour = style_.colour && (path.empty() || path == "-");
  if (mode == OutputFile::Mode::replace) paths_.push_back(path);
  sinks_.push_back({format, std::move(file), make_renderer(format, style), style});
  return true;
}

// What is written beside what --format asks for: a baseline, and a summary where GitHub names a file for one.
bool Outputs::add_further(const OutputOptions& options) {
  const bool on_github = has("github");
  // A baseline may be brought up to date in its place.
  const auto mode = is_one_file(options.baseline, options.write_baseline) ? OutputFile::Mode::amend : OutputFile::Mode::replace;
  if (!options.write_baseline.empty() && !add("baseline", options.write_baseline, mode)) return false;
  if (!on_github || !is_set("GITHUB_STEP_SUMMARY")) return true;
  return add("markdown", std::getenv("GITHUB_STEP_SUMMARY"), OutputFile::Mode::append);
}

bool Outputs::has(std::string_view format) const {
  return std::any_of(sinks_.begin(), sinks_.end(), [&](const Sink& sink) { return sink.format == format; });
}

void Outputs::begin(const RunInfo& run) {
  // In the text the answer itself says so.
  if (run.as_of_origin == "the clock" && is_set("CI") && !has("text"))
    std::cerr << "note: judged at the time of the clock; --as-of makes the answer repeatable\n";
  for (const Sink& sink : sinks_) sink.file->write(sink.renderer->begin(run));
}

std::vector<std::string> Outputs::texts(const RunInfo& run, const FileReport& report) const {
  std::vector<std::string> texts;
  for (const Sink& sink : sinks_) texts.push_back(make_renderer(sink.format, sink.style)->file(run, report));
  return texts;
}

void Outputs::write(std::vector<std::string> texts) {
  for (std::size_t i = 0; i < sinks_.size(); ++i) sinks_[i].file->write(sinks_[i].renderer->in_turn(std::move(texts[i])));
}

bool Outputs::end(const RunInfo& run, const Outcome& outcome) {
  // Now all lists are known that incident files name.
  bool written = are_apart();
  if (!written) return false;
  for (const Sink& sink : sinks_) {
    sink.file->write(sink.renderer->end(run, outcome));
    if (sink.file->finish()) continue;
    complain(sink.file->problem());
    written = false;
  }
  return written;
}

int judge_files(const RunInfo& run, const OutputOptions& options, const std::optional<Baseline>& baseline, Outputs& outputs,
                const std::function<Answer(std::size_t)>& judge) {
  if (!outputs.are_apart()) return exit_unusable;
  outputs.begin(run);
  Outcome outcome;
  const std::size_t count = run.files->size();
  outcome.files = static_cast<int>(count);
  std::vector<bool> held(baseline ? baseline->entries().size() : 0);
  const unsigned jobs = options.jobs > 0 ? options.jobs : std::max(1U, std::thread::hardware_concurrency());
  in_order<Answer>(count, jobs, judge, [&](std::size_t i, Answer answer) {
    outputs.write(std::move(answer.texts));
    outcome.tally.add(answer.tally);
    outcome.unreadable += answer.readable ? 0 : 1;
    for (const std::size_t each : answer.held) held[each] = true;
    show_progress(i + 1, count);
  });
  outcome.exit_code = exit_code(outcome, run.fail_on);
  const bool written = outputs.end(run, outcome);
  if (baseline) tell_unmatched(options, *baseline, held);
  return written ? outcome.exit_code : exit_unusable;
}

bool add_files(const std::string& path, const std::vector<std::string>& extensions, std::vector<std::string>& files) {
  namespace fs = std::filesystem;
  std::error_code error;
  if (path == "-" || !fs::is_directory(path, error)) {
    files.push_back(path);
    return true;
  }
  std::vector<std::string> found;
  for (fs::recursive_directory_iterator each(path, error), end; !error && each != end; each.increment(error)) {
    const bool is_meant = std::find(extensions.begin(), extensions.end(), each->path().extension().string()) != extensions.end();
    // "report.cita.yaml" belongs to a report beside it.
    const bool is_beside = each->path().stem().extension() == ".cita";
    if (is_meant && !is_beside && each->is_regular_file(error)) found.push_back(each->path().string());
  }
  if (error) {
    complain(path + ": " + error.message());
    return false;
  }
  std::sort(found.begin(), found.end());
  files.insert(files.end(), found.begin(), found.end());
  return true;
}

bool load_baseline(const OutputOptions& options, std::optional<Baseline>& baseline) {
  if (options.baseline.empty()) return true;
  constexpr std::size_t most = std::size_t{64} << 20U;
  std::string problem;
  const auto content = read_file(options.baseline, most, problem);
  if (content) baseline = Baseline::read(*content, problem);
  if (!baseline) complain(options.baseline + ": " + problem);
  return baseline.has_value();
}

void tell_unmatched(const OutputOptions& options, const Baseline& baseline, const std::vector<bool>& held) {
  constexpr std::size_t most_told = 20;
  std::size_t unmatched = 0;
  for (std::size_t i = 0; i < held.size(); ++i) {
    if (held[i] || ++unmatched > most_told) continue;
    const Baseline::Entry& entry = baseline.entries()[i];
    std::cerr << "note: "
              << text::shown(options.baseline + ": nothing matches " + entry.rule + " " + entry.fingerprint +
                             " any more: " + entry.message)
              << '\n';
  }
  if (unmatched > most_told) std::cerr << "note: and " << unmatched - most_told << " more entries\n";
  if (unmatched > 0) std::cerr << "note: --write-baseline writes a baseline without them\n";
}

ExitCode exit_code(const Outcome& outcome, FailOn fail_on) {
  if (outcome.unreadable > 0) return exit_unusable;
  if (outcome.tally.fails(fail_on)) return exit_findings;
  return outcome.tally.any() ? exit_good : exit_nothing;
}

}  // namespace cita::tool
