// cita ledger RECORD…: the questions, promises and action items of many bugs, and what several of them say in the same words.
#include "in_order.hpp"
#include "records.hpp"

#include <cita/output/ledger.hpp>

#include <thread>

namespace cita::tool {

namespace {

struct Options {
  CommonOptions common;
  RecordSources records;
  std::vector<std::string> paths;
  std::string format = "text", output;
  bool all = false;
};

std::string written(const std::string& format, const Ledger& ledger, const AsOf& now, const TextStyle& style) {
  if (format == "csv") return ledger_csv(ledger);
  if (format == "markdown") return ledger_markdown(ledger, now.instant, style.all);
  if (format == "json") return ledger_json(ledger, now.instant, now.origin);
  return ledger_text(ledger, now.instant, style);
}

int run_ledger(const Options& options) {
  TextStyle style = options.common.style();
  style.all = options.all;
  RecordRun run;
  std::vector<std::string> files;
  if (!add_records(options.paths, files) || !run.open(options.common, options.records, files)) return exit_unusable;
  Ledger ledger;
  const unsigned jobs = std::max(1U, std::thread::hardware_concurrency());
  in_order<std::unique_ptr<Verified>>(
      run.bugs.size(), jobs,
      [&](std::size_t i) {
        Diagnostics unheard;
        return verify_bug(&run.bugs[i], std::nullopt, run, unheard);
      },
      [&](std::size_t, const std::unique_ptr<Verified>& verified) { ledger.add(verified->incident, verified->verification); });
  if (ledger.lines().empty()) {
    complain("the records hold no question, no promise and no action item");
    return exit_nothing;
  }
  return write_whole(written(options.format, ledger, run.now, style), options.output);
}

}  // namespace

void add_ledger(CLI::App& app, int& status) {
  auto options = std::make_shared<Options>();
  CLI::App* command =
      app.add_subcommand("ledger", "The questions, promises and action items of many bugs, and what is said in several of them");
  command->add_option("RECORD", options->paths, "Answers of Bugzilla's REST interface, folders of them, or - for standard input")
      ->required();
  options->records.add(*command);
  command->add_option("--format", options->format, "text, json, csv or markdown")
      ->check(CLI::IsMember({"text", "json", "csv", "markdown"}))
      ->capture_default_str();
  command->add_option("--output", options->output, "Write to a file")->type_name("FILE");
  command->add_flag("--all", options->all, "Also list what is settled, as json and csv always do");
  options->common.add_judging(*command);
  options->common.add_terminal(*command);
  command->footer("Exit codes: 0 written; 2 usage or unreadable input; 3 there is none.");
  command->callback([options, &status] { status = run_ledger(*options); });
}

}  // namespace cita::tool
