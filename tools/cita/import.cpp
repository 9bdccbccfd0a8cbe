// cita import REPORT.md: what a report tells, as an incident file in which everything uncertain is marked.
#include "command.hpp"

#include <cita/input/report_timeline.hpp>
#include <cita/time/format.hpp>

#include <nlohmann/json.hpp>

#include <iostream>

namespace cita::tool {

namespace {

using Json = nlohmann::ordered_json;

struct Options {
  CommonOptions common;
  std::string file;
  std::string format = "yaml";
  std::string output;
};

Json side(Instant instant) { return instant <= open_past || instant >= open_future ? Json() : Json(rfc3339(instant)); }

Json as_json(const TimelineRow& row) {
  Json json = {{"line", row.line}, {"time", row.time_text}};
  if (row.time) {
    json["earliest"] = side(row.time.stamp->moment.earliest());
    json["latest"] = side(row.time.stamp->moment.latest());
  } else {
    json["error"] = row.time.error.message;
  }
  json["kind"] = row.event.of_another ? "-" : name(row.event.kind);
  json["certainty"] = name(row.event.certainty);
  json["case"] = row.of_case;
  json["text"] = row.text;
  return json;
}

constexpr std::size_t most_bytes = std::size_t{4} << 20U;

int run(const Options& options) {
  std::string problem;
  const auto text = read_file(options.file, most_bytes, problem);
  if (!text) {
    complain(problem);
    return exit_unusable;
  }
  Diagnostics diagnostics;
  const MarkdownText markdown = parse_markdown(std::make_shared<const Source>(options.file, *text), diagnostics);
  std::cerr << render(diagnostics, options.common.style());
  if (diagnostics.has_errors()) return exit_unusable;
  Json rows = Json::array();
  for (const TimelineRow& row : timeline_of(sections_of(markdown)).rows) rows.push_back(as_json(row));
  return write_whole(rows.dump(1, ' ', false, Json::error_handler_t::replace) + "\n", options.output);
}

}  // namespace

void add_import(CLI::App& app, int& status) {
  auto options = std::make_shared<Options>();
  CLI::App* command = app.add_subcommand("import", "Read a report's Markdown into an incident file");
  command->add_option("FILE", options->file, "A report as Markdown, or - for standard input")->required();
  command->add_option("--output", options->output, "Write to a file")->type_name("FILE");
  options->common.add_terminal(*command);
  command->callback([options, &status] { status = run(*options); });
}

}  // namespace cita::tool
