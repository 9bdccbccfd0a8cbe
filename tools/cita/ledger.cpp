// cita ledger RECORD…: the questions and promises of many bugs, and what several of them say in the same words.
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

int run(const Options& options) {
  TextStyle style = options.common.style();
  style.all = options.all;
  const auto now = as_of(options.common.as_of);
  Catalog catalog;
  std::vector<std::unique_ptr<PackFile>> packs;
  Records records;
  if (!now || !load_packs(options.common.packs, catalog, packs, style) ||
      !load_records(options.records, options.paths, style, records))
    return exit_unusable;
  Ledger ledger;
  const unsigned jobs = std::max(1U, std::thread::hardware_concurrency());
  in_order<std::unique_ptr<Verified>>(
      records.bugs.size(), jobs,
      [&](std::size_t i) {
        Diagnostics unheard;
        return verify_bug(records.bugs[i], std::nullopt, records, catalog, now->instant, options.common.profile(), unheard);
      },
      [&](std::size_t, const std::unique_ptr<Verified>& verified) { ledger.add(verified->incident, verified->verification); });
  if (ledger.lines().empty()) {
    complain("the records hold neither a question nor a promise");
    return exit_nothing;
  }
  return write_whole(
      options.format == "json" ? ledger_json(ledger, now->instant, now->origin) : ledger_text(ledger, now->instant, style),
      options.output);
}

}  // namespace

void add_ledger(CLI::App& app, int& status) {
  auto options = std::make_shared<Options>();
  CLI::App* command =
      app.add_subcommand("ledger", "The questions and promises of many bugs, and what is said in several of them");
  command->add_option("RECORD", options->paths, "Answers of Bugzilla's REST interface, folders of them, or - for standard input")
      ->required();
  options->records.add(*command);
  command->add_option("--format", options->format, "text or json")->check(CLI::IsMember({"text", "json"}))->capture_default_str();
  command->add_option("--output", options->output, "Write to a file")->type_name("FILE");
  command->add_flag("--all", options->all, "Also list what is settled");
  options->common.add_judging(*command);
  options->common.add_terminal(*command);
  command->footer("Exit codes: 0 written; 2 usage or unreadable input; 3 neither a question nor a promise.");
  command->callback([options, &status] { status = run(*options); });
}

}  // namespace cita::tool
