// cita certs LIST…: how many certificates of a list were revoked in time, whether CRLs and OCSP answers say the same, and whether
// the figures of an incident file are true. cita certs LIST… --partial OUT: the same in parts, on many machines. cita certs merge
// RECORDS…: the answer over all parts.
#include "command.hpp"
#include "given_files.hpp"
#include "list_progress.hpp"
#include "lists.hpp"
#include "row_files.hpp"
#include "status_files.hpp"

#include <cita/evidence/byte_source.hpp>
#include <cita/evidence/partial.hpp>
#include <cita/output/certificate_chart.hpp>
#include <cita/output/certificate_report.hpp>
#include <cita/time/format.hpp>
#include <cita/time/notation.hpp>
#include <cita/time/zone.hpp>

#include <algorithm>
#include <filesystem>
#include <iostream>
#include <numeric>
#include <set>
#include <thread>

namespace cita::tool {

namespace {

using namespace evidence;

struct Options {
  CommonOptions common;
  StatusPaths status;
  std::vector<std::string> lists, records;
  std::string partial, piece_of, piece, beginning, incident, in_case, clock, within, zone, format = "text", output, appendix,
                                                                                           edition, verdicts;
  unsigned jobs = 0;
  std::size_t shown = 5;

  /// Whether records are read or written, which have to be made alike.
  bool has_parts() const { return !partial.empty() || !records.empty(); }
};

// What the whole run reads and keeps, for the report points into it.
struct Work {
  Catalog catalog;
  std::vector<std::unique_ptr<PackFile>> packs;
  LoadedIncident loaded;
  Assessment assessment;
  std::vector<std::string> lists;
  StatusEvidence evidence;
  TallyOptions tally;
  CertificateReport report;
  std::vector<std::string> told_lists;  // by the incident file
  Piece piece;                          // of the only list
  Conditions conditions;                // of the records

  void add_condition(std::string_view name, std::string_view value) { conditions.emplace_back(name, value); }
};

// "24h", "5d", or ISO 8601: PT24H.
std::optional<Limit> limit_of(const std::string& text) {
  if (text.empty() || text.front() == 'P') return parse_duration(text);
  const std::string number = text.substr(0, text.size() - 1);
  if (text.back() == 'h') return parse_duration("PT" + number + "H");
  if (text.back() == 'd') return parse_duration("P" + number + "D");
  return std::nullopt;
}

// False, with a message on standard error, where the deadline cannot be told.
bool read_deadline(const Options& options, CertificateReport& report) {
  if (options.clock.empty() && options.within.empty()) return true;
  if (!options.incident.empty()) {
    complain("--clock and --within say what an incident file tells; give one or the other");
    return false;
  }
  if (options.clock.empty() || options.within.empty()) {
    complain(options.clock.empty()
                 ? "--within says how long the time to revoke lasts; give --clock STAMP too, for when it began"
                 : "--clock says when the time to revoke began; give --within 24h or 5d too, for how long it lasts");
    return false;
  }
  StampContext context;
  context.zone = options.zone;
  const StampResult clock = read_notation(options.clock, context);
  const auto limit = limit_of(options.within);
  if (!clock) complain("--clock '" + options.clock + "' is not a time; write it as 2026-05-04T08:10:00Z");
  else if (!limit || limit->kind != LimitKind::elapsed)
    complain("--within '" + options.within + "' is no amount of time; write 24h or 5d");
  else {
    RevocationClock asked;
    asked.limit = describe(*limit);
    asked.start = {clock.stamp->moment.earliest(), clock.stamp->moment.latest()};
    asked.last_on_time = last_on_time(*limit, clock.stamp->moment);
    if (clock.stamp->moment.unit() != Unit::second) asked.rounding = longest(clock.stamp->moment.unit());
    report.clock = options.clock;
    report.grouping = Grouping::with(std::move(asked));
    return true;
  }
  return false;
}

// False, with messages on standard error, where there is no record of a list that the file tells of.
bool has_told_lists(const Options& options, const Work& work) {
  const std::vector<std::string> names = names_of_lists(work.lists, options.incident, work.told_lists);
  bool good = true;
  for (const std::string& list : work.told_lists) {
    if (std::find(names.begin(), names.end(), list) != names.end()) continue;
    complain(options.incident + " names the list " + list + ", and no record is of it");
    good = false;
  }
  return good;
}

// False, with a message on standard error, where one is given twice: its rows would count twice.
bool are_different(const std::vector<std::string>& lists) {
  std::set<std::string> seen;
  for (const std::string& each : lists) {
    std::error_code error;
    const std::string path = each == "-" ? each : std::filesystem::weakly_canonical(each, error).string();
    if (seen.insert(error ? each : path).second) continue;
    complain(each + " is given twice, and its rows would count twice; give it once");
    return false;
  }
  return true;
}

// False, with a message on standard error, where one leads out of the incident's folder.
bool add_told_lists(const std::string& incident, const std::vector<std::string>& told, std::vector<std::string>& lists) {
  for (const std::string& each : told) {
    lists.push_back(path_of_list(incident, each));
    std::error_code error;
    if (!lists.back().empty() &&
        (std::filesystem::is_regular_file(lists.back(), error) || !std::filesystem::exists(lists.back(), error)))
      continue;
    complain("the list '" + each + "' is no file beside " + incident + " or in a folder below; give it on the command line");
    return false;
  }
  return true;
}

// False, with diagnostics on standard error, where the incident cannot be read or has no such case.
bool read_incident_file(const Options& options, Instant as_of, Work& work) {
  if (options.incident.empty()) {
    if (options.in_case.empty()) return true;
    complain("--case names a case of an incident file; give --incident FILE too");
    return false;
  }
  const TextStyle style = options.common.style();
  if (!load_packs(options.common.packs, work.catalog, work.packs, style)) return false;
  work.loaded = load_incident(options.incident);
  if (!work.loaded.incident) {
    std::cerr << render(work.loaded.diagnostics, style);
    return false;
  }
  const Incident& incident = *work.loaded.incident;
  work.assessment = assess(incident, work.catalog, as_of, work.loaded.diagnostics, {}, options.common.profile());
  const std::vector<std::string>& told = work.told_lists = told_lists(incident);
  if (options.records.empty()) {
    if (work.lists.empty() && !add_told_lists(options.incident, told, work.lists)) return false;
    if (work.lists.empty()) {
      complain("neither the command nor " + options.incident + " names a list of certificates");
      return false;
    }
  }
  work.report.incident_file = options.incident;
  Diagnostics ids;
  warn_of_ids(incident, ids);
  std::cerr << render(ids, style);
  std::vector<std::string> names = names_of_lists(work.lists, options.incident, told);
  if (options.has_parts()) {
    // Whoever reads some lists of many gets the same groups as who reads all.
    for (const std::string& list : told)
      if (std::find(names.begin(), names.end(), list) == names.end()) names.push_back(list);
    work.add_condition("incident file", fingerprint_of(work.loaded.source->text()));
    std::string packs;
    for (const Pack* each : work.catalog.packs()) packs += std::string(each->digest) + "\n";
    work.add_condition("set of packs", fingerprint_of(packs));
  }
  const auto is_asked_for = [&](const auto& each) { return each.id == options.in_case; };
  if (std::any_of(incident.cases.begin(), incident.cases.end(), is_asked_for) &&
      std::any_of(incident.cohorts.begin(), incident.cohorts.end(), is_asked_for)) {
    complain("both a case and a cohort are called '" + options.in_case + "' in " + options.incident + "; give one another name");
    return false;
  }
  work.report.grouping = Grouping::of(incident, work.assessment, options.in_case, names);
  if (work.report.grouping) return true;
  complain("there is neither a case nor a cohort '" + options.in_case + "' in " + options.incident);
  return false;
}

// False, with a message on standard error, where one cannot be read.
bool read_evidence(const Options& options, Work& work) {
  const auto note = [&](std::string_view kind, std::string_view bytes) {
    if (options.has_parts()) work.add_condition(kind, fingerprint_of(bytes));
  };
  const auto before = static_cast<std::ptrdiff_t>(work.conditions.size());
  const bool is_read = read_status_files(options.status, note, work.evidence, work.report);
  // In whatever order they are given.
  std::sort(work.conditions.begin() + before, work.conditions.end());
  return is_read;
}

// What rows are written to. False, with a message on standard error, where nothing can be written.
bool open_row_files(const Options& options, const ChosenTemplate& asked, Work& work, RowFiles& rows) {
  if (options.has_parts() && !(options.verdicts.empty() && options.appendix.empty())) {
    complain("--verdicts and --write-appendix write rows, which records do not have; give the lists themselves");
    return false;
  }
  if (!options.verdicts.empty()) {
    if (!work.report.grouping) {
      complain("--verdicts needs --incident, or --clock and --within");
      return false;
    }
    rows.open_verdicts(options.verdicts, {&*work.report.grouping, &work.report.files, work.report.as_of});
  }
  if (!options.appendix.empty() && !rows.open_appendix(options.appendix, asked, work.report.as_of)) return false;
  work.tally.extracts = rows.extracts();
  return true;
}

// What the edition of the template that is asked for, or in force, asks of a list with columns.
AskedForm asked_form(const ChosenTemplate& chosen) {
  // Where links are always enough, nobody asks for columns.
  if (!chosen || chosen.form->links_from.value_or(0) == 0) return AskedForm::none;
  return chosen.edition->columns_in_order ? AskedForm::columns_in_order : AskedForm::columns;
}

bool has_findings(const CertificateReport& report) {
  const RevocationTally& tally = report.tally();
  bool found = report.lists.faults.total() + report.lists.duplicate_rows + report.mismatches.size() +
                   report.serials.shared_serials + report.serials.perhaps_shared >
               0;
  for (const GroupTally& group : tally.groups())
    for (const auto* clocks : {&group.clocks, &group.publications})
      for (const ClockTally& clock : *clocks) found = found || clock.against() > 0;
  for (std::size_t i = 0; i < disagreement_count; ++i)
    for (const Channel channel : {Channel::crls, Channel::answers})
      found = found || tally.count(static_cast<Disagreement>(i), channel) > 0;
  for (const CrlReport& crl : report.crls) found = found || !crl.is_good();
  if (report.appendix) found = found || report.appendix->incomplete + report.appendix->left_out > 0;
  for (const OcspReport& each : report.answers) found = found || !each.reading.is_sound();
  return found;
}

// What is read is a piece of a list. False, with a message on standard error, where nobody can say which.
bool read_piece_options(const Options& options, ListOptions& how, Work& work) {
  if (options.piece_of.empty() && options.piece.empty() && options.beginning.empty()) return true;
  const auto piece = read_piece(options.piece);
  if (options.partial.empty() || options.lists.size() != 1 || options.piece_of.empty())
    complain("a piece is one file, or -, with the --piece-of LIST that it is cut from, and --partial FILE for its record");
  else if (!piece)
    complain("--piece '" + options.piece +
             "' is no piece; write BEGIN+SIZE/ALL in bytes or in pieces: 3+1/10 is the fourth of ten");
  else if (!piece->is_first() && options.beginning.empty())
    complain("a piece that is not the first needs --beginning FILE, with the list's first row");
  else {
    work.piece = *piece;
    work.lists = {options.piece_of};
    how.piece = ListPiece{{}, piece->is_first(), piece->is_last()};
    if (piece->is_first()) return true;
    std::string problem, text(longest_row, '\0');
    const auto source = ByteSource::open(options.beginning, problem);
    if (source) text.resize(source->read_on(text.data(), text.size()));
    if (source && !source->failed()) {
      how.piece->beginning = std::move(text);
      return true;
    }
    complain(options.beginning + ": " + (problem.empty() ? "it cannot be read" : problem));
  }
  return false;
}

// What the records of one answer have in common, beside the files that were read.
void add_conditions(const Options& options, Work& work) {
  const CertificateReport& report = work.report;
  work.add_condition("as-of", rfc3339(report.as_of));
  work.add_condition("clock", report.clock);
  work.add_condition("limit", report.clock.empty() ? "" : report.grouping->groups().front().clocks.front().limit);
  work.add_condition("zone", options.zone);
  work.add_condition("case", options.in_case);
  work.add_condition("profile", options.common.profile_name);
  work.add_condition("number of places shown", std::to_string(options.shown));
}

// Reads lists as parts of an answer, or parts that were read elsewhere. False, with messages on standard error, where one is
// wrong.
bool read_parts(const Options& options, Work& work, Summaries& parts, ListProgress& progress) {
  std::vector<std::string> problems;
  for (const std::string& file : options.records) {
    const std::vector<std::string> more = parts.add_file(file);
    problems.insert(problems.end(), more.begin(), more.end());
  }
  for (std::size_t i = 0; options.records.empty() && i < work.lists.size(); ++i) {
    const std::string& path = options.piece_of.empty() ? work.lists[i] : options.lists[i];
    const std::string problem = parts.read(path, work.lists[i], work.piece, static_cast<std::uint32_t>(i));
    if (!problem.empty()) problems.push_back(problem);
  }
  progress.clear();
  if (problems.empty() && parts.is_empty()) problems.emplace_back("there is no record in what was given");
  if (problems.empty() && options.partial.empty()) problems = parts.gaps();
  for (const std::string& each : problems) complain(each);
  if (!problems.empty()) return false;
  work.report.files = work.lists = parts.lists();
  if (!are_different(work.lists)) return false;
  return options.records.empty() || !options.partial.empty() || has_told_lists(options, work);
}

// False, with a message on standard error, where records cannot be written.
bool write_records(const Options& options, Summaries& parts) {
  OutputFile file(options.partial);
  parts.write([&file](std::string_view text) { file.write(text); });
  if (file.finish()) return true;
  complain(file.problem());
  return false;
}

std::string written(const CertificateReport& report, const Options& options) {
  if (options.format == "json") return certificate_json(report);
  if (options.format == "svg") return certificate_svg(report);
  return certificate_text(report, options.common.style());
}

int run(Options options) {
  if (!sort_out(options.records.empty() ? options.lists : options.records, options.status)) return exit_unusable;
  if (options.lists.empty() && options.records.empty() && options.incident.empty()) {
    complain("none of the files is a list of certificates; give one too");
    return exit_unusable;
  }
  const auto now = as_of(options.common.as_of);
  if (!now) return exit_unusable;
  if (!options.partial.empty() && (!options.output.empty() || options.format != "text")) {
    complain("--partial writes records in place of an answer, which --format and --output are about; leave them out");
    return exit_unusable;
  }
  if (!options.zone.empty() && !is_zone(options.zone)) {
    complain("there is no zone '" + options.zone + "'; write UTC, +02:00 or Europe/Berlin");
    return exit_unusable;
  }
  Work work;
  CertificateReport& report = work.report;
  report.as_of = now->instant;
  work.lists = options.lists;
  ListOptions how;
  if (!are_different(options.lists) || !read_piece_options(options, how, work) || !read_deadline(options, report) ||
      !read_incident_file(options, now->instant, work) || !read_evidence(options, work))
    return exit_unusable;
  if (!are_apart({options.partial, options.output, options.appendix, options.verdicts})) return exit_unusable;
  report.files = work.lists;
  const auto asked = template_for_lists(options.edition, now->instant);
  if (!asked) return exit_unusable;
  how.context = {options.zone, now->instant, asked_form(*asked)};
  if (options.has_parts()) work.add_condition("template", *asked ? asked->edition->id : std::string_view());
  how.threads = options.jobs > 0 ? options.jobs : std::max(1U, std::thread::hardware_concurrency());
  how.faults_kept = how.duplicates_kept = options.shown;
  work.tally.as_of = now->instant;
  work.tally.grouping = report.grouping ? &*report.grouping : nullptr;
  work.tally.evidence = work.evidence.has_crls() || work.evidence.has_answers() ? &work.evidence : nullptr;
  work.tally.kept = options.shown;
  if (report.has_incident()) {
    work.tally.serials = std::make_shared<SerialStore>();
    work.tally.figures = told_figures(*work.loaded.incident, *report.grouping, now->instant);
  }
  ListProgress progress(options.common.plain);
  how.progress = progress.shower();
  how.duplicates_progress = progress.duplicates_shower();
  RowFiles rows;
  if (!open_row_files(options, *asked, work, rows)) return exit_unusable;
  if (options.has_parts()) {
    add_conditions(options, work);
    Summaries parts(work.conditions, how, work.tally);
    if (!read_parts(options, work, parts, progress)) return exit_unusable;
    if (!options.partial.empty()) return write_records(options, parts) ? exit_good : exit_unusable;
    report.lists = parts.put_together();
  } else {
    report.lists = read_lists(work.lists, how, [&] { return std::make_unique<RevocationTally>(work.tally); });
  }
  progress.clear();
  if (*asked) note_too_few_links(report.lists, static_cast<std::uint64_t>(*asked->form->links_from));
  for (const std::string& each : report.lists.unopened) complain(each);
  if (!report.lists.unopened.empty()) return exit_unusable;
  if (report.has_incident()) {
    report.serials = report.tally().serial_rows().result(options.shown, how.threads);
    const auto names = names_of_lists(work.lists, options.incident, work.told_lists);
    auto held = reconciled(*work.loaded.incident, *report.grouping, names, work.tally.figures, report.lists, report.serials,
                           now->instant);
    report.held_figures = held.held;
    report.mismatches = std::move(held.differ);
  }
  const bool is_read = !report.lists.faults.unread();
  if (is_read && !rows.finish(report.lists)) return exit_unusable;
  if (is_read) report.appendix = rows.appendix();
  if (write_whole(written(report, options), options.output) != exit_good) return exit_unusable;
  const bool are_crls_read = std::all_of(report.crls.begin(), report.crls.end(),
                                         [](const CrlReport& crl) { return crl.problems.count(CrlProblem::cut_short) == 0; });
  if (!is_read || !are_crls_read) return exit_unusable;
  if (has_findings(report)) return exit_findings;
  return report.lists.rows == 0 ? exit_nothing : exit_good;
}

}  // namespace

namespace {

// What the lists are judged by, and how the answer is written.
void add_options(CLI::App* command, const std::shared_ptr<Options>& options) {
  command
      ->add_option("--incident", options->incident,
                   "The incident file that tells when the time to revoke began, for which reasons, and how many there are")
      ->type_name("FILE");
  command->add_option("--case", options->in_case, "The lists are of this case or cohort of the incident file")->type_name("ID");
  command->add_option("--clock", options->clock, "When the time to revoke began, e.g. 2026-05-04T08:10:00Z")->type_name("STAMP");
  command->add_option("--within", options->within, "How long it lasts: 24h, 5d or PT24H")->type_name("AMOUNT");
  command->add_option("--zone", options->zone,
                      "The zone of --clock and of dates of revocation that have none (default: any, so that none is guessed)");
  command
      ->add_option("--crl", options->status.crls,
                   "CRLs to hold the lists against, DER or PEM, packed too: one or more, and again")
      ->type_name("FILE")
      ->allow_extra_args(false);
  command->add_option("--ocsp", options->status.answers, "OCSP responses to hold the lists against, DER: one or more, and again")
      ->type_name("FILE")
      ->allow_extra_args(false);
  command
      ->add_option("--issuer", options->status.issuers,
                   "The certificates that CRLs and OCSP responses are verified with, DER or PEM: one or more, and again")
      ->type_name("CERT")
      ->allow_extra_args(false);
  command
      ->add_option("--template", options->edition,
                   "The edition of the template that says how a list is to be, e.g. 3.2 (default: the one in force)")
      ->type_name("EDITION");
  command->add_option("--show", options->shown, "How many of each kind are shown; all are counted")
      ->check(CLI::Range(0, 100'000))
      ->capture_default_str();
  command->add_option("--jobs", options->jobs, "How many threads (default: one for each processor)")
      ->check(CLI::Range(0, 64))
      ->type_name("N");
  command->add_option("--format", options->format, "text, json, or svg: a picture of the revocations over time")
      ->check(CLI::IsMember({"text", "json", "svg"}))
      ->capture_default_str();
  command->add_option("--output", options->output, "Where the answer goes (default: standard output)")->type_name("FILE");
  command
      ->add_option("--partial", options->partial,
                   "Write a record for each list in place of an answer, for `cita certs merge` (docs: examples/distributed)")
      ->type_name("FILE");
  options->common.add_judging(*command);
  options->common.add_terminal(*command);
}

}  // namespace

void add_certs(CLI::App& app, int& status) {
  auto options = std::make_shared<Options>();
  CLI::App* command =
      app.add_subcommand("certs", "Judge lists of certificates: how many were revoked in time, and whether CRLs say the same");
  command->add_option("LIST", options->lists,
                      "Lists: CSV of the template, crt.sh links or fingerprints; packed too; - for standard input");
  add_options(command, options);
  command
      ->add_option("--write-appendix", options->appendix,
                   "Write the rows in the form that the template asks for; a FILE.txt as links, where these are enough")
      ->type_name("FILE");
  command->add_option("--verdicts", options->verdicts, "Write each certificate's verdicts as CSV")->type_name("FILE");
  command->add_option("--piece-of", options->piece_of, "With --partial: what is read is a piece of this list")->type_name("LIST");
  command
      ->add_option("--piece", options->piece,
                   "Which piece, in bytes or in pieces: 3+1/10 is the fourth of ten; cuts are between lines")
      ->type_name("BEGIN+SIZE/ALL");
  command->add_option("--beginning", options->beginning, "A file that begins as the list does, for all pieces but the first")
      ->type_name("FILE");
  CLI::App* merge = command->add_subcommand("merge", "Put together what runs with --partial found, on many machines");
  merge->add_option("RECORDS", options->records, "Files with records, packed too; - for standard input")->required();
  add_options(merge, options);
  merge->footer(
      "The options are those that the records were made with. The answer is the one of a single run over all lists, in the "
      "order\n"
      "of their names.\n"
      "Exit codes: as those of `cita certs`; 2 for a record of other options or another version, or a broken "
      "one.");
  merge->callback([options, &status] { status = run(*options); });
  command->footer(
      "Without --incident, or --clock and --within, the form is checked and nobody is judged. A certificate that was issued "
      "after\n"
      "the clock began has another clock, which nobody tells: it is met or undetermined. --clock is one clock for every row: "
      "what is\n"
      "exempt as short-lived, and who has a clock of its own, an incident file tells.\n"
      "Exit codes: 0 nothing found, though certificates may be undetermined; 1 late or unrevoked certificates, faults, "
      "duplicates,\n"
      "disagreements or figures that differ; 2 what cannot be read, or not to its end; 3 no rows, and nothing found.");
  command->callback([options, &status] {
    if (!options->records.empty()) return;
    if (options->lists.empty() && options->incident.empty()) throw CLI::RequiredError("LIST");
    status = run(*options);
  });
}

}  // namespace cita::tool
