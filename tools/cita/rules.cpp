// cita rules: which rules are in force. cita rules diff A B: what changed between two dates.
#include "command.hpp"

#include <cita/base/suggest.hpp>
#include <cita/base/text.hpp>
#include <cita/output/rules.hpp>
#include <cita/time/notation.hpp>

#include <algorithm>

namespace cita::tool {

namespace {

struct Options {
  CommonOptions common;
  std::string program;
  std::string format = "text";
  std::string output;
  std::string from, to;
  bool all = false;
  bool digests = false;
};

// A day begins at 00:00:00 UTC.
std::optional<Instant> day(const std::string& text) {
  StampContext utc;
  utc.zone = "UTC";
  const StampResult read = read_notation(text, utc);
  if (read && !read.stamp->moment.is_open_before()) return read.stamp->moment.earliest();
  complain("'" + text + "' is not a date; write it as 2026-05-04");
  return std::nullopt;
}

bool is_known_program(const Catalog& catalog, const std::string& program) {
  const std::vector<std::string_view> known = catalog.programs();
  const auto is_it = [&program](std::string_view each) { return is_same_program(each, program); };
  if (program.empty() || std::any_of(known.begin(), known.end(), is_it)) return true;
  complain("no pack names the root program '" + program + "'; " + suggestion(program, known));
  return false;
}

int list(const Options& options) {
  const TextStyle style = options.common.style();
  Catalog catalog;
  std::vector<std::unique_ptr<PackFile>> packs;
  if (!load_packs(options.common.packs, catalog, packs, style)) return exit_unusable;
  if (options.digests) return write_whole(pack_digests(catalog), options.output);
  if (!is_known_program(catalog, options.program)) return exit_unusable;
  std::optional<Instant> on;
  if (options.common.as_of.empty()) {
    const auto now = as_of({});
    if (now) on = now->instant;
  } else {
    on = day(options.common.as_of);
  }
  if (!on) return exit_unusable;
  const RuleQuery query{*on, options.program, options.all};
  const std::string text = options.format == "json"       ? rules_json(catalog, query)
                           : options.format == "markdown" ? rules_markdown(catalog, query)
                                                          : rules_text(catalog, query, style);
  if (const int status = write_whole(text, options.output); status != exit_good) return status;
  return text.empty() ? exit_nothing : exit_good;
}

int difference(const Options& options) {
  const TextStyle style = options.common.style();
  Catalog catalog;
  std::vector<std::unique_ptr<PackFile>> packs;
  const auto from = day(options.from), to = day(options.to);
  if (!from || !to || !load_packs(options.common.packs, catalog, packs, style) || !is_known_program(catalog, options.program))
    return exit_unusable;
  const std::string text = rules_difference(catalog, {*from, options.program, false}, {*to, options.program, false}, style);
  return write_whole(text.empty() ? "nothing changed\n" : text, options.output);
}

}  // namespace

void add_rules(CLI::App& app, int& status) {
  auto options = std::make_shared<Options>();
  CLI::App* command = app.add_subcommand("rules", "List the rules in force on a date, or what changed between two dates");
  command->add_option("--as-of", options->common.as_of, "A date, e.g. 2026-05-04 (else SOURCE_DATE_EPOCH, else the clock)");
  command
      ->add_option("--pack", options->common.packs,
                   "A policy pack of your own, or a draft/NAME, beside the built-in ones (repeatable)")
      ->type_name("FILE");
  command->add_option("--program", options->program, "Only what binds the CAs in this root program")->type_name("NAME");
  command->add_option("--format", options->format, "text, markdown or json")
      ->check(CLI::IsMember({"text", "markdown", "json"}))
      ->type_name("FORMAT")
      ->capture_default_str();
  command->add_option("--output", options->output, "Write to a file")->type_name("FILE");
  command->add_flag("--all", options->all, "Also what is not in force on that date");
  command->add_flag("--digest", options->digests, "Only the SHA-256 of each pack, as recorded in every output");
  options->common.add_terminal(*command);

  CLI::App* between = command->add_subcommand("diff", "What changed between two dates");
  between->add_option("FROM", options->from, "The earlier date, e.g. 2024-01-01")->required();
  between->add_option("TO", options->to, "The later date, e.g. 2026-04-01")->required();
  between->fallthrough();
  command->callback([options, between, &status] { status = between->parsed() ? difference(*options) : list(*options); });
}

}  // namespace cita::tool
