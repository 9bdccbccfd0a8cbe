// cita log FILE EVENT: appends an event to an incident file and shows what that changes.
#include "reports.hpp"

#include <cita/base/suggest.hpp>
#include <cita/base/text.hpp>
#include <cita/input/append_event.hpp>
#include <cita/input/incident_file.hpp>
#include <cita/output/standing_changes.hpp>
#include <cita/time/format.hpp>
#include <cita/yaml/document.hpp>

#include <unistd.h>

#include <algorithm>
#include <iostream>

namespace cita::tool {

namespace {

struct Options {
  CommonOptions common;
  std::string file, kind;
  std::string at = "now", account, in_case, note;
  std::vector<std::string> to;
  // Written as they are, under the key of the same name.
  std::vector<std::pair<std::string, std::string>> others = {{"id", {}},       {"by", {}},          {"cohort", {}},
                                                             {"question", {}}, {"action-item", {}}, {"commitment", {}},
                                                             {"reason", {}},   {"program", {}},     {"for", {}}};
  bool dry_run = false;
};

NewEvent event_of(const Options& options, Instant now) {
  NewEvent event;
  event.in_case = options.in_case;
  const auto add = [&event](const std::string& key, const std::string& value) {
    if (!value.empty()) event.fields.push_back({key, {value}, {}});
  };
  const std::string at = options.at == "now" ? rfc3339(now) : options.at;
  if (options.account.empty()) add("at", at);
  else event.fields.push_back({"told", {at}, options.account});
  add("kind", options.kind);
  for (const auto& [key, value] : options.others) add(key, value);
  if (!options.to.empty()) event.fields.push_back({"to", options.to, {}});
  add("text", options.note);
  return event;
}

// What is said of the new file and was not said of the old one.
void tell_new(const Diagnostics& before, const Diagnostics& after, const TextStyle& style) {
  for (const Diagnostic& each : after.all()) {
    const bool is_old = std::any_of(before.all().begin(), before.all().end(), [&each](const Diagnostic& other) {
      return other.code == each.code && other.message == each.message;
    });
    if (!is_old) std::cerr << render(each, style);
  }
}

std::string shown(const std::vector<StandingChange>& changes) {
  if (changes.empty()) return "no standing changes\n";
  std::string out;
  for (const StandingChange& each : changes)
    out += text::shown(each.what) + "\n  - " + (each.before.empty() ? "(not judged)" : text::shown(each.before)) + "\n  + " +
           (each.after.empty() ? "(not judged)" : text::shown(each.after)) + "\n";
  return out;
}

ExitCode replace(const std::string& path, const std::string& before, const std::string& after) {
  if (access(path.c_str(), W_OK) != 0) {
    complain(path + ": it may not be written");
    return exit_unusable;
  }
  std::string problem;
  if (read_file(path, yaml::Limits{}.bytes, problem) != before) {
    complain(path + ": somebody else changed it meanwhile, so nothing was written; try again");
    return exit_unusable;
  }
  return write_whole(after, path, OutputFile::Mode::amend);
}

int run(const Options& options) {
  const TextStyle style = options.common.style();
  const auto now = as_of(options.common.as_of);
  Catalog catalog;
  std::vector<std::unique_ptr<PackFile>> packs;
  if (!now || !load_packs(options.common.packs, catalog, packs, style)) return exit_unusable;
  if (!event_kind(options.kind)) {
    complain("there is no event '" + options.kind + "'; " + suggestion(options.kind, event_kind_names()));
    return exit_unusable;
  }
  if (options.file == "-") {
    complain("an event is appended to a file, which standard input is not");
    return exit_unusable;
  }
  LoadedIncident before = load_incident(options.file);
  if (!before.incident) {
    std::cerr << render(before.diagnostics, style);
    return exit_unusable;
  }
  std::string problem;
  const auto text = append_event(before.source, event_of(options, now->instant), problem);
  if (!text) {
    complain(options.file + ": " + problem);
    return exit_unusable;
  }
  const auto source = std::make_shared<const Source>(options.file, *text);
  Diagnostics diagnostics;
  const auto after = read_incident(source, diagnostics);
  diagnostics.sort();
  tell_new(before.diagnostics, diagnostics, style);
  if (!after || after->events.size() != before.incident->events.size() + 1) {
    complain(options.file + ": with this event it would not be a good file, so nothing was written");
    return exit_unusable;
  }
  const std::string difference = line_difference(options.file, before.source->text(), *text);
  if (!options.dry_run)
    if (const ExitCode written = replace(options.file, before.source->text(), *text); written != exit_good) return written;
  const Assessment was = assess(*before.incident, catalog, now->instant, before.diagnostics, {}, options.common.profile());
  const Assessment is = assess(*after, catalog, now->instant, diagnostics, {}, options.common.profile());
  std::string out = options.dry_run ? difference : "logged " + options.kind + " in " + text::shown(options.file);
  if (!options.dry_run) out += (options.at == "now" ? ", at " + show(now->instant) + " (" + now->origin + ")" : "") + "\n";
  out +=
      "\nas of " + show(now->instant) + " (" + now->origin + ")\n" + shown(standing_changes(was, *before.incident, is, *after));
  return write_whole(out, {});
}

}  // namespace

void add_log(CLI::App& app, int& status) {
  auto options = std::make_shared<Options>();
  CLI::App* command = app.add_subcommand("log", "Append an event to an incident file, and show what that changes");
  command->add_option("FILE", options->file, "An incident file; nothing in it is changed but for the new event")->required();
  command->add_option("EVENT", options->kind, "What happened, e.g. preliminary-report; docs/incident-file.md lists the kinds")
      ->required();
  command->add_option("--at", options->at, "When: now, which is as-of in UTC, or a time as in the file")
      ->type_name("TIME")
      ->capture_default_str();
  command->add_option("--account", options->account, "The account that tells it (default: the first of the file)")
      ->type_name("NAME");
  command->add_option("--case", options->in_case, "The case that it belongs to")->type_name("ID");
  command->add_option("--to", options->to, "To whom it went: reporter, subscriber, root-program, everybody (repeatable)")
      ->type_name("WHOM");
  command->add_option("--note", options->note, "What to say about it: the event's text");
  for (auto& [key, value] : options->others)
    command->add_option("--" + key, value, "The event's '" + key + "', as docs/incident-file.md describes it")->type_name("TEXT");
  command->add_flag("--dry-run", options->dry_run, "Show the change, and write nothing");
  options->common.add_judging(*command);
  options->common.add_terminal(*command);
  command->footer(
      "Exit codes: 0 written, or shown with --dry-run; 2 usage, unreadable input, or a file that cannot be added to safely.");
  command->callback([options, &status] { status = run(*options); });
}

}  // namespace cita::tool
