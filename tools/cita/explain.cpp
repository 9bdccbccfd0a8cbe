// cita explain FILE [RULE]: the arithmetic of a case. cita explain RULE: the rule itself.
#include "command.hpp"
#include "lists.hpp"

#include <cita/base/suggest.hpp>
#include <cita/output/explain.hpp>
#include <cita/output/rules.hpp>
#include <cita/reconcile/judgement.hpp>

#include <filesystem>
#include <iostream>

namespace cita::tool {

namespace {

struct Options {
  CommonOptions common;
  std::string what;
  std::string rule;
  std::string in_case;
  std::string format = "text";
  std::string output;
};

// A rule is named by its id, or by its id without the pack where that is enough.
const Duty* find_rule(const Catalog& catalog, const std::string& name) {
  if (const Duty* duty = catalog.duty(name)) return duty;
  const Duty* found = nullptr;
  for (const std::string_view id : catalog.duty_ids()) {
    if (id.size() <= name.size() || id.substr(id.size() - name.size()) != name || id[id.size() - name.size() - 1] != '.')
      continue;
    if (found != nullptr) return nullptr;
    found = catalog.duty(id);
  }
  return found;
}

int unknown_rule(const Catalog& catalog, const std::string& name) {
  std::string several;
  for (const std::string_view id : catalog.duty_ids())
    if (id.ends_with("." + name)) several += (several.empty() ? "" : ", ") + std::string(id);
  if (!several.empty()) {
    complain("'" + name + "' is the name of several rules; write one of: " + several);
    return exit_unusable;
  }
  complain("there is neither a file nor a rule '" + name + "'; " + suggestion(name, catalog.duty_ids()));
  return exit_unusable;
}

bool is_wanted(const Judgement& judgement, const Duty* rule, const Incident& incident, const Options& options) {
  if (rule != nullptr && judgement.duty != rule) return false;
  if (options.in_case.empty())
    return rule != nullptr ||
           (judgement.applicability != Applicability::not_in_force && judgement.applicability != Applicability::not_applicable);
  return judgement.subject.in_case != none &&
         incident.cases[static_cast<std::size_t>(judgement.subject.in_case)].id == options.in_case;
}

int explain_file(const Options& options, const Catalog& catalog, const TextStyle& style) {
  const Duty* rule = options.rule.empty() ? nullptr : find_rule(catalog, options.rule);
  if (!options.rule.empty() && rule == nullptr) return unknown_rule(catalog, options.rule);
  const auto now = as_of(options.common.as_of);
  if (!now) return exit_unusable;
  LoadedIncident loaded = load_incident(options.what);
  if (!loaded.incident) {
    std::cerr << render(loaded.diagnostics, style);
    return exit_unusable;
  }
  Assessment assessment = assess(*loaded.incident, catalog, now->instant, loaded.diagnostics, {}, options.common.profile());
  hold_against_told_lists(options.what, *loaded.incident, assessment, loaded.diagnostics);
  std::string text;
  for (const Judgement& each : assessment.judgements)
    if (is_wanted(each, rule, *loaded.incident, options))
      text += (text.empty() ? "" : "\n") + explain(each, *loaded.incident, style);
  if (text.empty()) {
    complain("nothing in this file is judged by that");
    return exit_nothing;
  }
  return write_whole(text, options.output);
}

int run(const Options& options) {
  const TextStyle style = options.common.style();
  Catalog catalog;
  std::vector<std::unique_ptr<PackFile>> packs;
  if (!load_packs(options.common.packs, catalog, packs, style)) return exit_unusable;
  std::error_code error;
  if (options.what == "-" || std::filesystem::exists(options.what, error)) {
    if (options.format == "text") return explain_file(options, catalog, style);
    complain("--format markdown is for rules; for a report use cita render");
    return exit_unusable;
  }
  const Duty* duty = find_rule(catalog, options.what);
  if (duty == nullptr) return unknown_rule(catalog, options.what);
  const Pack& pack = *catalog.pack_of(*duty);
  return write_whole(options.format == "markdown" ? rule_page(*duty, pack) : explain(*duty, pack, style), options.output);
}

}  // namespace

void add_explain(CLI::App& app, int& status) {
  auto options = std::make_shared<Options>();
  CLI::App* command =
      app.add_subcommand("explain", "Show the arithmetic behind the verdicts of a file, or a rule with its editions");
  command->add_option("FILE|RULE", options->what, "An incident file, or the id of a rule")->required();
  command->add_option("RULE", options->rule, "Only this rule of the file");
  command->add_option("--case", options->in_case, "Only this case of the file")->type_name("ID");
  command->add_option("--format", options->format, "text, or for a rule markdown")
      ->check(CLI::IsMember({"text", "markdown"}))
      ->type_name("FORMAT")
      ->capture_default_str();
  command->add_option("--output", options->output, "Write to a file")->type_name("FILE");
  options->common.add_judging(*command);
  options->common.add_terminal(*command);
  command->callback([options, &status] { status = run(*options); });
}

}  // namespace cita::tool
