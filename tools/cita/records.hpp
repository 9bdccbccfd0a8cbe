// What commands share that read Bugzilla's records.
//
//   RecordRun run;
//   if (!run.open(options.common, options.records, files)) return exit_unusable;
//   const auto verified = verify_bug(run.bugs.front(), {}, run, diagnostics);
#pragma once

#include "command.hpp"

#include <cita/input/record_incident.hpp>
#include <cita/reconcile/verification.hpp>

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace cita::tool {

struct RecordSources {
  std::string roster, saved;

  void add(CLI::App& command);
};

/// Everything that bugs are judged with: when, by which packs, and who is who.
struct RecordRun {
  AsOf now;
  Catalog catalog;
  std::vector<std::unique_ptr<PackFile>> packs;
  Profile profile = Profile::author;
  std::vector<BugRecord> bugs;
  Roster roster;
  std::optional<Instant> saved;  ///< when the records were saved, where somebody says so

  /// Reads all of it. False, with diagnostics on standard error, when any cannot be read.
  bool open(const CommonOptions& common, const RecordSources& sources, const std::vector<std::string>& records,
            const FileReader& read = read_file);
};

/// Of folders the records in them (*.json). False, with a message on standard error, for a folder that cannot be read.
bool add_records(const std::vector<std::string>& paths, std::vector<std::string>& files);

/// What one account of somebody else tells, and whether it was read from words alone.
struct OtherAccount {
  Incident incident;
  bool by_words = false;
};

/// A bug alone, or an incident held against one and against what others tell.
struct Verified {
  BugReading reading;
  Incident incident;
  Assessment assessment;
  Verification verification;
};

/// Without a claim the CA's own report in the bug is the claim; one of the two has to be there.
std::unique_ptr<Verified> verify_bug(const BugRecord* bug, std::optional<Incident> claimed, const RecordRun& run,
                                     Diagnostics& diagnostics, const std::vector<OtherAccount>& others = {});

/// The bug of an incident: by its number, or the only one. Nothing, with a message on standard error, where there is none.
const BugRecord* bug_of(const Incident& incident, const RecordRun& run, const std::string& path);

}  // namespace cita::tool
