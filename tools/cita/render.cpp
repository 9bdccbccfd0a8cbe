// cita render FILE --report …: the Markdown that is posted on Bugzilla.
#include "lists.hpp"
#include "records.hpp"
#include "row_files.hpp"

#include <cita/output/listed_certificates.hpp>
#include <cita/output/report.hpp>
#include <cita/output/reviewer.hpp>

#include <filesystem>
#include <iostream>

namespace cita::tool {

namespace {

struct Options {
  CommonOptions common;
  std::string file;
  std::string report = "full";
  std::string template_id;
  std::string output, appendix;
  bool embargoed = false;
  RecordSources records;
  std::vector<std::string> against;
};

constexpr std::string_view reviewer = "reviewer";

std::vector<std::string> kinds_of_reports() {
  std::vector<std::string> kinds(form_kind_names().begin(), form_kind_names().end());
  kinds.emplace_back(reviewer);
  return kinds;
}

// "report.md" becomes "report-1.md", "report-2.md" when the report takes several comments.
std::string part_path(const std::string& path, std::size_t index, std::size_t count) {
  if (count == 1 || path.empty() || path == "-") return path;
  const std::filesystem::path whole(path);
  return (whole.parent_path() / (whole.stem().string() + "-" + std::to_string(index + 1) + whole.extension().string())).string();
}

bool write_parts(const std::vector<std::string>& parts, const std::string& path) {
  const bool to_stdout = path.empty() || path == "-";
  for (std::size_t i = 0; i < parts.size(); ++i) {
    OutputFile file(part_path(path, i, parts.size()));
    if (to_stdout && i > 0) file.write("\n");
    file.write(parts[i] + "\n");
    if (file.finish()) continue;
    complain(file.problem());
    return false;
  }
  return true;
}

// What a reviewer asks about an incident file and a bug, or about the CA's own report in the bug.
int run_review(const Options& options) {
  const TextStyle style = options.common.style();
  const bool is_of_file = !options.against.empty();
  RecordRun run;
  std::vector<std::string> files;
  if (!add_records(is_of_file ? options.against : std::vector<std::string>{options.file}, files) ||
      !run.open(options.common, options.records, files))
    return exit_unusable;
  LoadedIncident loaded;
  if (is_of_file) loaded = load_incident(options.file);
  std::cerr << render(loaded.diagnostics, style);
  if (is_of_file && !loaded.incident) return exit_unusable;
  if (!is_of_file && run.bugs.size() != 1) {
    complain("the record holds " + std::to_string(run.bugs.size()) + " bugs; a comment is about one");
    return exit_unusable;
  }
  const BugRecord* bug = is_of_file ? bug_of(*loaded.incident, run, options.file) : &run.bugs.front();
  if (bug == nullptr) return exit_unusable;
  if (is_of_file && loaded.incident->embargoed && !options.embargoed) {
    complain(options.file + ": the incident is embargoed; --embargoed writes the comment all the same");
    return exit_unusable;
  }
  const auto verified = verify_bug(bug, std::move(loaded.incident), run, loaded.diagnostics);
  const auto comments = reviewer_comments(verified->incident, verified->assessment, verified->verification);
  if (!comments.empty()) return write_parts(comments, options.output) ? exit_good : exit_unusable;
  complain("there is nothing to ask: what is certain agrees");
  return exit_nothing;
}

// Reads the lists that the file names; nothing where it names none, or they are not all there. What a report takes from them
// goes to `listed`, their rows to the files.
std::unique_ptr<evidence::IncidentLists> listed_by(const std::string& path, const Incident& incident, Instant as_of,
                                                   Diagnostics& diagnostics, const RowFiles& rows,
                                                   std::optional<ListedCertificates>& listed) {
  const std::vector<std::string> told = told_lists(incident);
  if (told.empty()) return nullptr;
  // What is wrong with the file by the packs is for cita check to tell.
  Diagnostics unheard;
  Assessment assessment = assess(incident, Catalog::built_in(), as_of, unheard);
  ListProgress progress;
  evidence::ListExtras extras = extras_for(1, progress);
  extras.figures = {remaining_valid_figure(as_of)};
  extras.extracts = rows.extracts();
  auto lists = read_told_lists(path, told, incident, assessment, diagnostics, std::move(extras));
  if (lists == nullptr) return nullptr;
  const evidence::ListVerdicts verdicts = hold_against(*lists, incident, assessment, diagnostics);
  listed = listed_certificates(assessment, *lists, verdicts);
  return lists;
}

int run(const Options& options) {
  if (options.report == reviewer) return run_review(options);
  const TextStyle style = options.common.style();
  const auto now = as_of(options.common.as_of);
  if (!now) return exit_unusable;
  LoadedIncident loaded = load_incident(options.file);
  std::optional<RenderedReport> report;
  RowFiles rows;
  std::unique_ptr<evidence::IncidentLists> lists;
  if (!are_apart({options.output, options.appendix})) return exit_unusable;
  if (!options.appendix.empty()) {
    const auto asked = template_for_lists(options.template_id, now->instant);
    if (!asked || !rows.open_appendix(options.appendix, *asked, now->instant)) return exit_unusable;
  }
  if (loaded.incident) {
    std::optional<ListedCertificates> listed;
    lists = listed_by(options.file, *loaded.incident, now->instant, loaded.diagnostics, rows, listed);
    if (lists == nullptr && !options.appendix.empty()) {
      std::cerr << render(loaded.diagnostics, style);
      complain(options.file + ": an appendix takes its rows from the lists that the file names, and there are none beside it");
      return exit_unusable;
    }
    ReportRequest request;
    request.listed = listed ? &*listed : nullptr;
    request.attachment = std::filesystem::path(options.appendix).filename().string();
    request.kind = *form_kind(options.report);
    request.template_id = options.template_id;
    request.date = now->instant;
    request.allow_embargoed = options.embargoed;
    report = render_report(*loaded.incident, request, loaded.diagnostics);
  }
  std::cerr << render(loaded.diagnostics, style);
  if (!report || (lists != nullptr && !rows.finish(lists->reading())) || !write_parts(report->parts, options.output))
    return exit_unusable;
  // What goes with the report is told beside it, so that the report can be piped.
  std::cerr << "Bug summary: " << report->bug_title << '\n';
  for (const std::string& note : report->notes) std::cerr << note << '\n';
  const auto& appendix = rows.appendix();
  if (appendix && appendix->left_out > 0)
    std::cerr << count_text(appendix->left_out) << " rows of the lists are not in the appendix; cita certs tells why\n";
  if (appendix && appendix->incomplete > 0)
    std::cerr << count_text(appendix->incomplete) << " of the " << count_text(appendix->rows)
              << " rows of the appendix do not say all that the template asks for; cita certs names them\n";
  return exit_good;
}

}  // namespace

void add_render(CLI::App& app, int& status) {
  auto options = std::make_shared<Options>();
  CLI::App* command = app.add_subcommand("render", "Write the incident report as Markdown for Bugzilla");
  command->add_option("FILE", options->file, "An incident file, or - for standard input; for reviewer also a bug's record")
      ->required();
  command->add_option("--report", options->report, "Which report")
      ->check(CLI::IsMember(kinds_of_reports()))
      ->type_name("KIND")
      ->capture_default_str();
  command->add_option("--template", options->template_id, "The template's edition (default: the one in force at --as-of)")
      ->check(shown_values(template_ids()))
      ->type_name("ID");
  command
      ->add_option("--output", options->output,
                   "Write to a file; a report that takes several comments is written as FILE-1, FILE-2, …")
      ->type_name("FILE");
  command
      ->add_option("--write-appendix", options->appendix,
                   "Also write the rows of the lists that the file names, in the form that the report's template asks for; a "
                   "FILE.txt as links, where these are enough")
      ->type_name("FILE");
  command->add_option("--against", options->against, "reviewer: Bugzilla's records that the file is held against")
      ->type_name("RECORD");
  options->records.add(*command);
  command->add_flag("--embargoed", options->embargoed, "Render although the file says that the incident is embargoed");
  command->add_option("--as-of", options->common.as_of,
                      "The date of the report, e.g. 2026-05-04T08:10:00Z (else SOURCE_DATE_EPOCH, else the clock)");
  options->common.add_terminal(*command);
  command->footer(
      "What is missing is a warning on standard error and a gap in the report.\nFor update and revocation-progress the "
      "guidelines "
      "have no template: the form is cita's own. audit is the form of 1.0 and 2.0.\nreviewer asks about what does not go "
      "together "
      "with Bugzilla's record.\nExit codes: 0 written; 2 usage, unreadable "
      "input, or nothing could be written; 3 reviewer: nothing to "
      "ask.");
  command->callback([options, &status] { status = run(*options); });
}

}  // namespace cita::tool
