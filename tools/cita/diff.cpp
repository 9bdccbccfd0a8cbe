// cita diff OLD NEW: what changed between two versions of a report or an incident file, and what of it owes an explanation.
#include "reports.hpp"

#include <cita/base/text.hpp>
#include <cita/input/report_incident.hpp>
#include <cita/reconcile/changes.hpp>

#include <nlohmann/json.hpp>

#include <filesystem>
#include <iostream>

namespace cita::tool {

namespace {

using Json = nlohmann::ordered_json;

struct Options {
  CommonOptions common;
  std::string before, after;
  std::vector<std::string> others;
  std::string format = "text";
};

// A report by its extension, else an incident file.
struct Version {
  Diagnostics diagnostics;
  std::shared_ptr<const Source> source;
  std::optional<ReportReading> report;
  std::optional<Incident> incident;
};

void load(const std::string& path, Instant as_of, Version& version) {
  const std::string extension = std::filesystem::path(path).extension().string();
  if (extension == ".yaml" || extension == ".yml") {
    LoadedIncident loaded = load_incident(path);
    version.source = loaded.source;
    version.incident = std::move(loaded.incident);
    version.diagnostics = std::move(loaded.diagnostics);
    return;
  }
  version.source = load_report(path, version.diagnostics);
  if (!version.source) return;
  version.report = read_report(version.source, {as_of, {}}, version.diagnostics);
  if (!version.diagnostics.has_errors()) version.incident = incident_of(*version.report, {}).incident;
}

std::string place_of(Span span) {
  if (!span) return {};
  return text::shown(span.source->name()) + ":" + std::to_string(span.source->position(span.begin).line);
}

std::string as_text(const Change& change) {
  constexpr std::size_t most = 160;
  const auto cut = [](const std::string& text) {
    return text.empty() ? std::string("(nothing)") : text::shown(text.size() > most ? text.substr(0, most) + " …" : text);
  };
  std::string out = std::string(name(change.kind)) + ": " + text::shown(change.what) + "\n";
  if (change.kind != ChangeKind::added)
    out += "  - " + cut(change.before) + (change.old_place ? "  (" + place_of(change.old_place) + ")" : "") + "\n";
  if (change.kind != ChangeKind::removed)
    out += "  + " + cut(change.after) + (change.new_place ? "  (" + place_of(change.new_place) + ")" : "") + "\n";
  if (change.owes_explanation)
    out += change.explained ? "  explained: " + text::shown(change.explained_where) + "\n"
                            : "  owes an explanation: what changed, when it was noticed, why it was wrong\n";
  return out;
}

Json as_json(const Change& change) {
  return {{"kind", name(change.kind)},
          {"what", change.what},
          {"before", change.before},
          {"after", change.after},
          {"old_place", place_of(change.old_place)},
          {"new_place", place_of(change.new_place)},
          {"owes_explanation", change.owes_explanation},
          {"explained", change.explained}};
}

int run(const Options& options) {
  const auto now = as_of(options.common.as_of);
  if (!now) return exit_unusable;
  Version before, after;
  load(options.before, now->instant, before);
  load(options.after, now->instant, after);
  for (const Version* each : {&before, &after})
    if (!each->incident) std::cerr << render(each->diagnostics, options.common.style());
  if (!before.incident || !after.incident) return exit_unusable;
  const std::vector<Change> changes = changes_between(*before.incident, *after.incident);
  std::string out;
  Json json = {{"changes", Json::array()}, {"copied_action_items", Json::array()}};
  int owed = 0;
  for (const Change& each : changes) {
    owed += each.owes_explanation && !each.explained ? 1 : 0;
    out += as_text(each);
    json["changes"].push_back(as_json(each));
  }
  for (const std::string& path : options.others) {
    Version other;
    load(path, now->instant, other);
    if (!other.incident) {
      std::cerr << render(other.diagnostics, options.common.style());
      return exit_unusable;
    }
    for (const CopiedItem& each : copied_items(*after.incident, *other.incident)) {
      out += "copied: action item: " + text::shown(each.text) + "\n  stands word for word in " + text::shown(path) + "\n";
      json["copied_action_items"].push_back({{"text", each.text}, {"place", place_of(each.place)}, {"other", path}});
    }
  }
  if (out.empty()) out = "no change\n";
  else
    out += "\n" + std::to_string(changes.size()) + " changes, " + std::to_string(owed) +
           " of them owe an explanation that the new version does not give\n";
  const ExitCode written =
      write_whole(options.format == "json" ? json.dump(2, ' ', true, Json::error_handler_t::replace) + "\n" : out, {});
  if (written != exit_good) return written;
  return owed > 0 ? exit_findings : exit_good;
}

}  // namespace

void add_diff(CLI::App& app, int& status) {
  auto options = std::make_shared<Options>();
  CLI::App* command = app.add_subcommand("diff", "Show what changed between two versions, and what of it owes an explanation");
  command->add_option("OLD", options->before, "A report (Markdown) or an incident file (YAML)")->required();
  command->add_option("NEW", options->after, "The later version of it")->required();
  command
      ->add_option("--other", options->others, "Another incident, to see whether action items were copied from it (repeatable)")
      ->type_name("FILE");
  command->add_option("--format", options->format, "text or json")->check(CLI::IsMember({"text", "json"}))->capture_default_str();
  command->add_option("--as-of", options->common.as_of,
                      "When the new version was posted (else SOURCE_DATE_EPOCH, else the clock)");
  options->common.add_terminal(*command);
  command->footer("Exit codes: 0 nothing owes an explanation; 1 something does; 2 usage or unreadable input.");
  command->callback([options, &status] { status = run(*options); });
}

}  // namespace cita::tool
