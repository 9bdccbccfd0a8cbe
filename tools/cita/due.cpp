// cita due FILE…: what is due next, over one or many incidents, as text, JSON or a calendar.
#include "lists.hpp"
#include "outputs.hpp"

#include <cita/base/text.hpp>
#include <cita/output/calendar.hpp>
#include <cita/time/zone.hpp>

#include <signal.h>
#include <unistd.h>

#include <array>
#include <ctime>
#include <iostream>

namespace cita::tool {

namespace {

struct Options {
  CommonOptions common;
  std::vector<std::string> paths;
  std::string within = "48h";
  std::string zone, format = "text", output;
  std::string fail_on = "must";
  std::optional<std::int64_t> sequence;
  bool watch = false;
  int every = 30;
};

// "48h", "90min", "3d", "2w".
std::optional<Seconds> read_amount(const std::string& text) {
  constexpr std::array<std::pair<std::string_view, std::int64_t>, 5> units = {
      {{"s", 1}, {"min", 60}, {"h", 3600}, {"d", 86'400}, {"w", 604'800}}};
  constexpr std::size_t most_digits = 6;
  const std::size_t digits = std::min(text.find_first_not_of("0123456789"), text.size());
  if (digits == 0 || digits > most_digits) return std::nullopt;
  for (const auto& [unit, seconds] : units)
    if (std::string_view(text).substr(digits) == unit) return Seconds{std::stoll(text.substr(0, digits)) * seconds};
  return std::nullopt;
}

bool is_good_zone(const std::string& zone) {
  if (zone.empty() || is_zone(zone)) return true;
  const std::string called = zone_called(zone);
  complain("there is no time zone '" + zone + "'; " +
           (called.empty() ? "write UTC, an offset (+02:00) or a name (Europe/Berlin)" : "did you mean '" + called + "'?"));
  return false;
}

struct Answered {
  std::string text;
  int code = exit_unusable;
};

class DueCommand {
 public:
  explicit DueCommand(const Options& options) : options_(options), style_(options.common.style()) {}

  int run() {
    if (!prepare()) return exit_unusable;
    if (options_.watch) return watch();
    const Answered answered = answer();
    if (answered.text.empty()) return answered.code;
    const ExitCode written = write_whole(answered.text, options_.output);
    return written == exit_good ? answered.code : written;
  }

 private:
  bool prepare() {
    const auto within = read_amount(options_.within);
    if (!within) complain("--within '" + options_.within + "' is no amount of time; write 48h, 90min, 3d or 2w");
    if (!within || !is_good_zone(options_.zone) || !load_packs(options_.common.packs, catalog_, packs_, style_)) return false;
    run_.within = *within;
    run_.zone = options_.zone;
    run_.fail_on = fail_level(options_.fail_on);
    run_.profile = options_.common.profile();
    return !options_.watch || can_watch();
  }

  bool can_watch() const {
    const bool reads_input = std::find(options_.paths.begin(), options_.paths.end(), "-") != options_.paths.end();
    if (isatty(STDOUT_FILENO) != 1 || options_.format != "text" || !options_.output.empty())
      complain("--watch writes text on a terminal and nothing else; run cita due without it for a file or a pipe");
    else if (!options_.common.as_of.empty()) complain("--watch goes with the clock; leave --as-of out");
    else if (reads_input) complain("--watch reads its files again and again, which standard input cannot be");
    else return true;
    return false;
  }

  // Reads and judges all files anew. An empty text: there is nothing to show, and a message says why.
  Answered answer() {
    const auto now = as_of(options_.common.as_of);
    std::vector<std::string> paths;
    bool usable = now.has_value();
    for (const std::string& path : options_.paths) usable = usable && add_files(path, {".yaml", ".yml"}, paths);
    if (!usable) return {};
    if (paths.empty()) {
      complain("there is no incident file (*.yaml) here");
      return {{}, exit_nothing};
    }
    run_.as_of = now->instant;
    run_.as_of_origin = now->origin;
    std::vector<Due> all;
    std::vector<DueFile> files;
    bool any = false, unreadable = false;
    for (const std::string& path : paths) {
      files.push_back(judge(path, all, any));
      unreadable = unreadable || !files.back().readable;
    }
    sort_by_deadline(all);
    const bool failed = std::any_of(all.begin(), all.end(), [this](const Due& each) { return fails(each, run_); });
    const int code = unreadable ? exit_unusable : failed ? exit_findings : any ? exit_good : exit_nothing;
    return {rendered(all, files), code};
  }

  DueFile judge(const std::string& path, std::vector<Due>& all, bool& any) {
    DueFile file;
    file.file = path;
    LoadedIncident loaded = load_incident(path);
    file.readable = loaded.incident.has_value();
    if (file.readable) {
      Assessment assessment = assess(*loaded.incident, catalog_, run_.as_of, loaded.diagnostics, {}, run_.profile);
      // What its lists contradict is for cita check to tell.
      Diagnostics unheard;
      hold_against_told_lists(path, *loaded.incident, assessment, unheard);
      any = any || tally(assessment).any();
      std::vector<Due> found = due_in(assessment, *loaded.incident, path);
      std::move(found.begin(), found.end(), std::back_inserter(all));
    } else if (options_.format != "json" && options_.format != "json-v1" && !options_.watch) {
      std::cerr << render(loaded.diagnostics, style_);
    }
    // What stands in them points into the source, which has to live on with them.
    sources_.push_back(loaded.source);
    file.diagnostics = std::move(loaded.diagnostics);
    return file;
  }

  std::string rendered(const std::vector<Due>& all, const std::vector<DueFile>& files) const {
    if (options_.format == "ics") return due_calendar(run_, all, options_.sequence.value_or(sequence_at(run_.as_of)));
    if (options_.format != "text") return due_json(run_, all, files);
    std::string text = due_text(run_, all, style_);
    for (const DueFile& each : files)
      if (!each.readable && options_.watch) text += "\n" + text::shown(each.file) + ": cannot be read\n";
    return text;
  }

  // On the terminal's other screen, which vanishes at the end with everything on it.
  int watch() {
    sigset_t ends;
    sigemptyset(&ends);
    for (const int signal : {SIGINT, SIGTERM, SIGHUP}) sigaddset(&ends, signal);
    sigset_t before;
    sigprocmask(SIG_BLOCK, &ends, &before);
    std::cout << "\x1b[?1049h\x1b[?25l";
    const timespec pause{options_.every, 0};
    Answered answered;
    do {
      sources_.clear();
      answered = answer();
      std::cout << "\x1b[H\x1b[2J" << answered.text << "\nevery " << options_.every << " s; Ctrl-C ends" << std::flush;
    } while (std::cout.good() && sigtimedwait(&ends, nullptr, &pause) == -1);
    std::cout << "\x1b[?25h\x1b[?1049l" << std::flush;
    sigprocmask(SIG_SETMASK, &before, nullptr);
    return answered.code;
  }

  const Options& options_;
  TextStyle style_;
  Catalog catalog_;
  std::vector<std::unique_ptr<PackFile>> packs_;
  std::vector<std::shared_ptr<const Source>> sources_;
  DueRun run_;
};

}  // namespace

void add_due(CLI::App& app, int& status) {
  auto options = std::make_shared<Options>();
  CLI::App* command = app.add_subcommand("due", "Show what is due next: deadlines, remaining time, who owes what to whom");
  command->add_option("FILE", options->paths, "Incident files, folders of them, or - for standard input")->required();
  command->add_option("--within", options->within, "What falls due in this time makes the exit code 1: 48h, 90min, 3d, 2w")
      ->type_name("AMOUNT")
      ->capture_default_str();
  command->add_option("--zone", options->zone, "Show deadlines in this zone too: Europe/Berlin, +02:00")->type_name("ZONE");
  command->add_option("--format", options->format, "text, json, json-v1, or ics: a calendar (RFC 5545)")
      ->check(CLI::IsMember({"text", "json", "json-v1", "ics"}))
      ->type_name("FORMAT")
      ->capture_default_str();
  command->add_option("--output", options->output, "Write to a file")->type_name("FILE");
  add_fail_on(*command, options->fail_on);
  command
      ->add_option("--sequence", options->sequence,
                   "SEQUENCE of the calendar's events (default: from as-of, so that a later run replaces an earlier one)")
      ->check(CLI::Range(std::int64_t{0}, std::int64_t{2'147'483'647}))
      ->type_name("N");
  command->add_flag("--watch", options->watch, "Show it again and again on the terminal, until Ctrl-C");
  command->add_option("--every", options->every, "Seconds between two looks of --watch")
      ->check(CLI::Range(1, 86'400))
      ->type_name("SECONDS")
      ->capture_default_str();
  options->common.add_judging(*command);
  options->common.add_terminal(*command);
  command->footer(
      "Exit codes: 0 nothing at or above --fail-on is overdue or due within --within; 1 something is; 2 usage or unreadable "
      "input; "
      "3 nothing to check.");
  command->callback([options, &status] { status = DueCommand(*options).run(); });
}

}  // namespace cita::tool
