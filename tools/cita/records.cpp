#include "records.hpp"

#include "outputs.hpp"

#include <cita/time/notation.hpp>

#include <iostream>

namespace cita::tool {

namespace {

constexpr std::size_t most_bytes = std::size_t{512} << 20U;

std::shared_ptr<const Source> load(const std::string& path) {
  std::string problem;
  auto text = read_file(path, most_bytes, problem);
  if (text && text->size() > most_bytes) problem = "it is larger than 512 MiB";
  if (!text || text->size() > most_bytes) {
    complain(path + ": " + problem);
    return nullptr;
  }
  return std::make_shared<const Source>(path == "-" ? "standard input" : path, std::move(*text));
}

bool load_roster(const std::string& path, const TextStyle& style, Roster& roster) {
  if (path.empty()) return true;
  const auto source = load(path);
  if (!source) return false;
  Diagnostics diagnostics;
  auto read = read_roster(source, diagnostics);
  std::cerr << render(diagnostics, style);
  if (read) roster = std::move(*read);
  return read.has_value();
}

bool read_saved(const std::string& text, std::optional<Instant>& saved) {
  if (text.empty()) return true;
  StampContext utc;
  utc.zone = "UTC";
  const StampResult stamp = read_notation(text, utc);
  if (!stamp) complain("--saved: " + stamp.error.message + "; " + stamp.error.help);
  else saved = stamp.stamp->moment.earliest();
  return saved.has_value();
}

}  // namespace

void RecordSources::add(CLI::App& command) {
  command.add_option("--roster", roster, "Who is who, and what single comments are (see docs/verify.md)")->type_name("FILE");
  command
      .add_option("--saved", saved,
                  "When the record was saved; without it the record is complete up to the last thing that it shows, or the "
                  "date that curl -i wrote")
      ->type_name("STAMP");
}

bool load_records(const RecordSources& sources, const std::vector<std::string>& paths, const TextStyle& style, Records& records) {
  bool usable = load_roster(sources.roster, style, records.roster) && read_saved(sources.saved, records.saved);
  std::vector<std::string> files;
  for (const std::string& path : paths) usable = usable && add_files(path, {".json"}, files);
  if (!usable) return false;
  std::vector<std::shared_ptr<const Source>> answers;
  for (const std::string& file : files) {
    auto answer = load(file);
    usable = usable && answer != nullptr;
    if (answer) answers.push_back(std::move(answer));
  }
  Diagnostics diagnostics;
  records.bugs = read_bugzilla(answers, diagnostics);
  std::cerr << render(diagnostics, style);
  return usable && !diagnostics.has_errors();
}

std::unique_ptr<Verified> verify_bug(const BugRecord& bug, std::optional<Incident> claimed, const Records& records,
                                     const Catalog& catalog, Instant as_of, Profile profile, Diagnostics& diagnostics) {
  auto verified = std::make_unique<Verified>();
  verified->reading = read_bug(bug, records.roster);
  verified->incident = claimed ? std::move(*claimed) : incident_of(verified->reading).incident;
  const RecordAccount account = add_record(verified->incident, verified->reading, {records.saved}, diagnostics);
  verified->assessment = assess(verified->incident, catalog, as_of, diagnostics, {}, profile);
  verified->verification = verify(verified->incident, verified->assessment, account.account, account.comments);
  return verified;
}

const BugRecord* bug_of(const Incident& incident, const Records& records, const std::string& path) {
  for (const BugRecord& each : records.bugs)
    if (incident.bug ? each.id == *incident.bug : records.bugs.size() == 1) return &each;
  complain(path + ": " +
           (incident.bug ? "the record does not hold bug " + std::to_string(*incident.bug)
                         : std::string("the file names no bug, and the record holds several")));
  return nullptr;
}

}  // namespace cita::tool
