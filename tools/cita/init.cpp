// cita init [FILE]: starts an incident file, from options or in a dialogue.
#include "command.hpp"

#include <cita/base/suggest.hpp>
#include <cita/base/text.hpp>
#include <cita/input/incident_file.hpp>
#include <cita/model/vocabulary.hpp>
#include <cita/output/new_incident.hpp>

#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <iostream>

namespace cita::tool {

namespace {

struct Options {
  std::string file = "incident.yaml";
  std::string kind, ca, title, ccadb_id, certificates, zone = "UTC", schema = "schemas/incident.schema.json";
  std::optional<std::int64_t> bug;
  bool force = false, ask = false;
};

std::vector<std::string_view> kind_names() {
  std::vector<std::string_view> names;
  for (const IncidentKind& each : incident_kinds()) names.push_back(each.name);
  return names;
}

// Asks on standard error and reads a line, until the answer is one of the allowed ones. False when there are no more lines.
bool ask(const std::string& question, std::string& answer, const std::vector<std::string_view>& allowed = {}) {
  while (answer.empty()) {
    std::cerr << question << " " << std::flush;
    if (!std::getline(std::cin, answer)) return false;
    if (!answer.empty() && answer.back() == '\r') answer.pop_back();
    const bool is_allowed = allowed.empty() || std::find(allowed.begin(), allowed.end(), answer) != allowed.end();
    if (answer.empty() || is_allowed) continue;
    std::cerr << text::shown("There is no '" + answer + "'; " + suggestion(answer, allowed)) << "\n";
    answer.clear();
  }
  return true;
}

bool ask_for_missing(Options& options) {
  if (options.kind.empty()) {
    std::cerr << "Kinds of incidents:\n";
    for (const IncidentKind& each : incident_kinds()) std::cerr << "  " << each.name << ": " << each.description << "\n";
  }
  const auto uses = names<CertificateUse>();
  return ask("Which kind is it?", options.kind, kind_names()) && ask("Which CA?", options.ca) &&
         ask("What happened, in a few words?", options.title) &&
         ask("Which certificates: tls, ev, smime or code-signing?", options.certificates, {uses.begin(), uses.end()});
}

bool complete(Options& options) {
  const bool is_terminal = isatty(STDIN_FILENO) == 1 && isatty(STDERR_FILENO) == 1;
  if (options.ask || is_terminal) {
    if (ask_for_missing(options)) return true;
    std::cerr << "\n";
    complain("the dialogue ended before all was answered, so nothing was written");
    return false;
  }
  std::string missing;
  for (const auto& [name, value] : {std::pair{"--kind", options.kind}, {"--ca", options.ca}, {"--title", options.title}})
    if (value.empty()) missing += (missing.empty() ? "" : ", ") + std::string(name);
  if (options.certificates.empty()) options.certificates = "tls";
  if (!missing.empty()) complain("without a terminal this has to be given: " + missing + "; --ask asks for it all the same");
  return missing.empty();
}

// The title as bugs are titled: "Example CA: What happened".
std::string whole_title(const Options& options) {
  return options.title.starts_with(options.ca + ":") ? options.title : options.ca + ": " + options.title;
}

int run(Options options) {
  std::error_code error;
  const bool to_file = options.file != "-";
  if (to_file && !options.force && std::filesystem::exists(std::filesystem::symlink_status(options.file, error))) {
    complain(options.file + " is there already, and is not overwritten without --force");
    return exit_unusable;
  }
  if (!complete(options)) return exit_unusable;
  const IncidentKind* kind = incident_kind(options.kind);
  if (kind == nullptr) {
    complain("there is no kind '" + options.kind + "'; " + suggestion(options.kind, kind_names()));
    return exit_unusable;
  }
  const std::string text = new_incident({kind, options.ca, whole_title(options), options.ccadb_id, options.certificates,
                                         options.zone, options.schema, options.bug});
  // What was given may be wrong in itself: a zone, a CCADB id.
  Diagnostics diagnostics;
  const auto source = std::make_shared<const Source>(options.file, text);
  if (!read_incident(source, diagnostics)) {
    std::cerr << render(diagnostics, {});
    return exit_unusable;
  }
  const ExitCode written = write_whole(text, options.file, OutputFile::Mode::amend);
  if (written == exit_good && to_file)
    std::cerr << text::shown("wrote " + options.file + "; next: cita log " + options.file + " " + std::string(kind->first_event) +
                             " --at TIME, then cita due " + options.file)
              << "\n";
  return written;
}

}  // namespace

void add_init(CLI::App& app, int& status) {
  auto options = std::make_shared<Options>();
  CLI::App* command = app.add_subcommand("init", "Start an incident file, from options or in a dialogue");
  command->add_option("FILE", options->file, "The file to write, or - for standard output")->capture_default_str();
  command->add_option("--kind", options->kind, "The kind of incident: " + CLI::detail::join(kind_names(), ", "))
      ->check(shown_values(kind_names()))
      ->type_name("KIND");
  command->add_option("--ca", options->ca, "The CA's name")->type_name("NAME");
  command->add_option("--title", options->title, "What happened, in a few words")->type_name("TEXT");
  command->add_option("--ccadb-id", options->ccadb_id, "The CA Owner's id in the CCADB: A000001")->type_name("ID");
  command->add_option("--bug", options->bug, "The number of its bug")->check(CLI::NonNegativeNumber)->type_name("N");
  command->add_option("--certificates", options->certificates, "tls (without a terminal the default), ev, smime or code-signing")
      ->check(CLI::IsMember(std::vector<std::string>(names<CertificateUse>().begin(), names<CertificateUse>().end())))
      ->type_name("USE");
  command->add_option("--zone", options->zone, "The zone of times that state none")->type_name("ZONE")->capture_default_str();
  command->add_option("--schema", options->schema, "Where your editor finds the schema")
      ->type_name("ADDRESS")
      ->capture_default_str();
  command->add_flag("--ask", options->ask, "Ask for what is missing, also without a terminal");
  command->add_flag("--force", options->force, "Overwrite a file that is there");
  command->footer("Exit codes: 0 written; 2 usage, or the file is there already.");
  command->callback([options, &status] { status = run(*options); });
}

}  // namespace cita::tool
