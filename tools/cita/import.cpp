// cita import REPORT.md: what a report tells, as an incident file in which everything uncertain is marked.
#include "reports.hpp"

#include <cita/input/report_incident.hpp>
#include <cita/output/incident_yaml.hpp>
#include <cita/time/format.hpp>

#include <nlohmann/json.hpp>

#include <iostream>

namespace cita::tool {

namespace {

using Json = nlohmann::ordered_json;

struct Options {
  CommonOptions common;
  std::string file, template_id, title, output;
  std::string format = "yaml";
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

std::string rows_of(const ReportReading& report) {
  Json rows = Json::array();
  for (const TimelineRow& row : report.timeline.rows) rows.push_back(as_json(row));
  return rows.dump(1, ' ', false, Json::error_handler_t::replace) + "\n";
}

// The line of the report stands beside what was made of it.
YamlRemarks remarks_of(const ReportReading& report, const ReportedIncident& reported) {
  YamlRemarks remarks;
  const Source& source = *report.text.source;
  remarks.head.emplace_back(
      "Read from " + source.name() +
      ". Kinds of events and addressees are read from words: look at every line that has a remark, and delete it.");
  if (!report.chosen) remarks.head.emplace_back("The report follows no published template, so only its timeline was read.");
  for (const TimelineRow& row : report.timeline.rows)
    if (row.event.of_another)
      remarks.head.push_back(
          "Line " + std::to_string(row.line) +
          " was left out, for it seems to tell of another incident or of a rule: " + std::string(source.line(row.line)));
  remarks.events = reported.remarks;
  for (std::size_t i = 0; i < remarks.events.size(); ++i) {
    const int line = source.position(reported.incident.events[i].span.begin).line;
    remarks.events[i].insert(remarks.events[i].begin(), "line " + std::to_string(line) + ": " + std::string(source.line(line)));
  }
  return remarks;
}

int run(const Options& options) {
  const auto now = as_of(options.common.as_of);
  if (!now || !is_template(options.template_id, now->instant)) return exit_unusable;
  Diagnostics diagnostics;
  const auto source = load_report(options.file, diagnostics);
  std::optional<ReportReading> report;
  if (source) report = read_report(source, {now->instant, options.template_id}, diagnostics);
  std::cerr << render(diagnostics, options.common.style());
  if (diagnostics.has_errors() || !report) return exit_unusable;
  if (!report->chosen && report->timeline.rows.empty()) {
    complain(options.file + ": neither a template nor a time was recognised, so there is nothing to import");
    return exit_nothing;
  }
  if (options.format == "rows") return write_whole(rows_of(*report), options.output);
  const ReportedIncident reported = incident_of(*report, options.title);
  return write_whole(incident_yaml(reported.incident, remarks_of(*report, reported)), options.output);
}

}  // namespace

void add_import(CLI::App& app, int& status) {
  auto options = std::make_shared<Options>();
  CLI::App* command =
      app.add_subcommand("import", "Read a report (Markdown) into an incident file, with everything uncertain marked");
  command->add_option("REPORT", options->file, "A report as Markdown, or - for standard input")->required();
  command->add_option("--template", options->template_id, "The template, e.g. 3.2 (default: the one that the report follows)")
      ->type_name("ID");
  command->add_option("--title", options->title, "The bug's summary: 'Example CA: What happened'");
  command->add_option("--format", options->format, "yaml: an incident file; rows: the timeline's rows as JSON")
      ->check(CLI::IsMember({"yaml", "rows"}))
      ->capture_default_str();
  command->add_option("--output", options->output, "Write to a file")->type_name("FILE");
  command->add_option("--as-of", options->common.as_of, "When the report was posted (else SOURCE_DATE_EPOCH, else the clock)");
  options->common.add_terminal(*command);
  command->footer("Exit codes: 0 written; 2 usage or unreadable input; 3 nothing was recognised.");
  command->callback([options, &status] { status = run(*options); });
}

}  // namespace cita::tool
