// cita triage RECORD…: all open bugs of a folder of records, the most urgent first.
#include "in_order.hpp"
#include "records.hpp"

#include <cita/output/triage.hpp>

#include <thread>

namespace cita::tool {

namespace {

struct Options {
  CommonOptions common;
  RecordSources records;
  std::vector<std::string> paths;
  std::string format = "text", output;
  int soon_days = 3;
  unsigned jobs = 0;
};

TriageRow row_of(const BugRecord& bug, const RecordRun& run, Seconds soon) {
  Diagnostics unheard;
  const auto verified = verify_bug(&bug, std::nullopt, run, unheard);
  std::vector<std::string> requests;
  for (const OpenFlag& flag : bug.flags)
    if (flag.name == "needinfo") requests.push_back(flag.requestee);
  const std::vector<Due> due = due_in(verified->assessment, verified->incident, "bug " + std::to_string(bug.id));
  return triage_row(verified->incident, verified->assessment, due, verified->verification, requests, run.now.instant, soon);
}

std::string written(const Options& options, const std::vector<TriageRow>& rows, const AsOf& now) {
  if (options.format == "csv") return triage_csv(rows);
  if (options.format == "markdown") return triage_markdown(rows, now.instant);
  if (options.format == "json") return triage_json(rows, now.instant, now.origin);
  return triage_text(rows, now.instant, options.common.style());
}

int run_triage(const Options& options) {
  RecordRun run;
  std::vector<std::string> files;
  if (!add_records(options.paths, files) || !run.open(options.common, options.records, files)) return exit_unusable;
  std::vector<const BugRecord*> open;
  for (const BugRecord& each : run.bugs)
    if (each.is_open()) open.push_back(&each);
  if (open.empty()) {
    complain("the records hold no open bug");
    return exit_nothing;
  }
  std::vector<TriageRow> rows;
  const Seconds soon{std::int64_t{options.soon_days} * 86'400};
  const unsigned jobs = options.jobs != 0 ? options.jobs : std::max(1U, std::thread::hardware_concurrency());
  in_order<TriageRow>(
      open.size(), jobs, [&](std::size_t i) { return row_of(*open[i], run, soon); },
      [&](std::size_t, TriageRow row) { rows.push_back(std::move(row)); });
  sort_by_urgency(rows);
  const ExitCode done = write_whole(written(options, rows, run.now), options.output);
  if (done != exit_good) return done;
  return rows.front().urgency == Urgency::overdue ? exit_findings : exit_good;
}

}  // namespace

void add_triage(CLI::App& app, int& status) {
  auto options = std::make_shared<Options>();
  CLI::App* command =
      app.add_subcommand("triage", "All open bugs of Bugzilla's records: what is overdue, due soon, and who is waited for");
  command->add_option("RECORD", options->paths, "Answers of Bugzilla's REST interface, folders of them, or - for standard input")
      ->required();
  options->records.add(*command);
  command->add_option("--soon", options->soon_days, "How many days ahead a deadline counts as due soon")
      ->check(CLI::Range(0, 365))
      ->capture_default_str();
  command->add_option("--format", options->format, "text, json, csv or markdown")
      ->check(CLI::IsMember({"text", "json", "csv", "markdown"}))
      ->capture_default_str();
  command->add_option("--output", options->output, "Write to a file")->type_name("FILE");
  command->add_option("--jobs", options->jobs, "How many bugs are judged at a time (default: one per core)");
  options->common.add_judging(*command);
  options->common.add_terminal(*command);
  command->footer("Exit codes: 0 nothing is overdue; 1 something is; 2 usage or unreadable input; 3 no open bug.");
  command->callback([options, &status] { status = run_triage(*options); });
}

}  // namespace cita::tool
