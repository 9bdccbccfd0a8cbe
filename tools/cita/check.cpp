// cita check FILE…: judges incident files, several at a time, and writes the answers in the order of the files.
#include "command.hpp"
#include "in_order.hpp"

#include <cita/base/suggest.hpp>
#include <cita/output/renderer.hpp>
#include <cita/reconcile/judgement.hpp>

#include <unistd.h>

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
    sinks.push_back({format, std::make_unique<OutputFile>(path)});
    if (sinks.back().file->problem().empty()) continue;
    complain(sinks.back().file->problem());
    return false;
  }
  if (to_stdout <= 1) return true;
  complain("only one format can go to standard output; give the others a file with --output FORMAT=FILE");
  return false;
}

// What comes of one file.
struct Result {
  std::vector<std::string> texts;  // a text for each sink
  Tally tally;
  bool readable = false;
  bool judged = false;
};

Result judge(const std::string& path, std::size_t index, const RunInfo& run, const std::vector<Sink>& sinks,
             const TextStyle& style) {
  LoadedIncident loaded = load_incident(path);
  FileReport report;
  report.index = index;
  report.file = path;
  report.diagnostics = &loaded.diagnostics;
  std::optional<Assessment> assessment;
  Result result;
  if (loaded.incident) {
    assessment = assess(*loaded.incident, *run.catalog, run.as_of, loaded.diagnostics, {}, run.profile);
    report.incident = &*loaded.incident;
    report.assessment = &*assessment;
    result.tally = tally(*assessment);
    result.readable = true;
    result.judged = result.tally.any();
  }
  for (const Sink& sink : sinks) {
    TextStyle own = style;
    own.colour = style.colour && sink.file != nullptr;
    result.texts.push_back(make_renderer(sink.format, own)->file(run, report));
  }
  return result;
}

void show_progress(std::size_t done, std::size_t all, bool last) {
  if (isatty(STDERR_FILENO) != 1 || all < 200) return;
  if (last) std::cerr << "\r\x1b[K";
  else if (done % 100 == 0) std::cerr << '\r' << done << " of " << all << " files" << std::flush;
}

int check(const Options& options) {
  const TextStyle style = [&options] {
    TextStyle s = options.common.style();
    s.all = options.all;
    return s;
  }();
  const auto now = as_of(options.common.as_of);
  Catalog catalog;
  std::vector<std::unique_ptr<PackFile>> packs;
  std::vector<Sink> sinks;
  std::vector<std::string> files;
  bool usable = now.has_value() && load_packs(options.common.packs, catalog, packs, style) && open_sinks(options, sinks);
  for (const std::string& path : options.files) usable = usable && add_files(path, files);
  if (!usable) return exit_unusable;
  if (files.empty()) {
    complain("there is no incident file (*.yaml) here");
    return exit_nothing;
  }

  RunInfo run{now->instant, now->origin, &catalog, FailOn::must, options.common.profile()};
  run.fail_on =
      static_cast<FailOn>(std::find(std::begin(fail_levels), std::end(fail_levels), options.fail_on) - std::begin(fail_levels));
  std::vector<std::unique_ptr<Renderer>> renderers;
  for (const Sink& sink : sinks) {
    renderers.push_back(make_renderer(sink.format, style));
    sink.file->write(renderers.back()->begin(run));
  }

  Tally all;
  bool all_readable = true, any_judged = false;
  const unsigned jobs = options.jobs > 0 ? options.jobs : std::max(1U, std::thread::hardware_concurrency());
  in_order<Result>(
      files.size(), jobs, [&](std::size_t i) { return judge(files[i], i, run, sinks, style); },
      [&](std::size_t i, Result result) {
        for (std::size_t s = 0; s < sinks.size(); ++s) sinks[s].file->write(result.texts[s]);
        all.add(result.tally);
        all_readable = all_readable && result.readable;
        any_judged = any_judged || result.judged;
        show_progress(i + 1, files.size(), i + 1 == files.size());
      });

  bool written = true;
  for (std::size_t s = 0; s < sinks.size(); ++s) {
    sinks[s].file->write(renderers[s]->end(run, all, static_cast<int>(files.size())));
    if (sinks[s].file->finish()) continue;
    complain(sinks[s].file->problem());
    written = false;
  }
  if (!all_readable || !written) return exit_unusable;
  if (all.fails(run.fail_on)) return exit_findings;
  return any_judged ? exit_good : exit_nothing;
}

}  // namespace

void add_check(CLI::App& app, int& status) {
  auto options = std::make_shared<Options>();
  CLI::App* command =
      app.add_subcommand("check", "Judge incident files: which duties were met, breached, are running or cannot be decided");
  command->add_option("FILE", options->files, "Incident files, folders of them, or - for standard input")->required();
  command->add_option("--format", options->formats, "How to answer (repeatable; default: text)")
      ->check(shown_values(renderer_names()))
      ->type_name("FORMAT");
  command->add_option("--output", options->outputs, "FILE, or FORMAT=FILE for one of several formats (repeatable)")
      ->type_name("FILE");
  command
      ->add_option("--fail-on", options->fail_on,
                   "The least that makes the exit code 1: must, expected (also lower-case musts, expectations, commitments), "
                   "should, undetermined, never")
      ->check(CLI::IsMember(std::vector<std::string>(std::begin(fail_levels), std::end(fail_levels))))
      ->type_name("LEVEL")
      ->capture_default_str();
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
