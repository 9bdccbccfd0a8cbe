#include "records.hpp"

#include "outputs.hpp"

#include <cita/reconcile/accounts.hpp>
#include <cita/time/notation.hpp>

#include <algorithm>
#include <iostream>

namespace cita::tool {

namespace {

constexpr std::size_t most_bytes = std::size_t{512} << 20U;

std::shared_ptr<const Source> load(const std::string& path, const FileReader& read) {
  std::string problem;
  auto text = read(path, most_bytes, problem);
  if (text && text->size() > most_bytes) problem = "it is larger than 512 MiB";
  if (!text || text->size() > most_bytes) {
    complain(path + ": " + problem);
    return nullptr;
  }
  return std::make_shared<const Source>(path == "-" ? "standard input" : path, std::move(*text));
}

bool load_roster(const std::string& path, const TextStyle& style, Roster& roster, const FileReader& read) {
  if (path.empty()) return true;
  const auto source = load(path, read);
  if (!source) return false;
  Diagnostics diagnostics;
  auto people = read_roster(source, diagnostics);
  std::cerr << render(diagnostics, style);
  if (people) roster = std::move(*people);
  return people.has_value();
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

bool RecordRun::open(const CommonOptions& common, const RecordSources& sources, const std::vector<std::string>& records,
                     const FileReader& read) {
  const TextStyle style = common.style();
  const auto instant = as_of(common.as_of);
  bool usable = instant && load_packs(common.packs, catalog, packs, style, read) &&
                load_roster(sources.roster, style, roster, read) && read_saved(sources.saved, saved);
  if (!usable) return false;
  now = *instant;
  profile = common.profile();
  std::vector<std::shared_ptr<const Source>> answers;
  for (const std::string& file : records) {
    auto answer = load(file, read);
    usable = usable && answer != nullptr;
    if (answer) answers.push_back(std::move(answer));
  }
  Diagnostics diagnostics;
  bugs = read_bugzilla(answers, diagnostics);
  std::cerr << render(diagnostics, style);
  return usable && !diagnostics.has_errors();
}

bool add_records(const std::vector<std::string>& paths, std::vector<std::string>& files) {
  return std::all_of(paths.begin(), paths.end(), [&](const std::string& path) { return add_files(path, {".json"}, files); });
}

std::unique_ptr<Verified> verify_bug(const BugRecord* bug, std::optional<Incident> claimed, const RecordRun& run,
                                     Diagnostics& diagnostics, const std::vector<OtherAccount>& others) {
  auto verified = std::make_unique<Verified>();
  if (bug != nullptr) verified->reading = read_bug(*bug, run.roster);
  verified->incident = claimed ? std::move(*claimed) : incident_of(verified->reading);
  std::vector<HeldAgainst> against;
  for (const OtherAccount& other : others)
    for (const int account : add_accounts(verified->incident, other.incident)) against.push_back({account, other.by_words});
  std::vector<int> comments;
  if (bug != nullptr) {
    RecordAccount record = add_record(verified->incident, verified->reading, {run.saved}, diagnostics);
    against.insert(against.begin(), {record.account, false});
    comments = std::move(record.comments);
  }
  verified->assessment = assess(verified->incident, run.catalog, run.now.instant, diagnostics, {}, run.profile);
  verified->verification = verify(verified->incident, verified->assessment, std::move(against), std::move(comments));
  return verified;
}

const BugRecord* bug_of(const Incident& incident, const RecordRun& run, const std::string& path) {
  for (const BugRecord& each : run.bugs)
    if (incident.bug ? each.id == *incident.bug : run.bugs.size() == 1) return &each;
  complain(path + ": " +
           (incident.bug ? "the record does not hold bug " + std::to_string(*incident.bug)
                         : std::string("the file names no bug, and the record holds several")));
  return nullptr;
}

}  // namespace cita::tool
