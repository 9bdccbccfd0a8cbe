// What commands share that read Bugzilla's records.
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

/// All bugs of some records, with who is who.
struct Records {
  std::vector<BugRecord> bugs;
  Roster roster;
  std::optional<Instant> saved;  ///< when they were saved, where somebody says so
};

/// Reads records (files, folders of *.json, or - for standard input) and the roster. False, with diagnostics on standard error,
/// when any cannot be read.
bool load_records(const RecordSources& sources, const std::vector<std::string>& paths, const TextStyle& style, Records& records);

/// A bug alone, or an incident file held against one.
struct Verified {
  BugReading reading;
  Incident incident;
  Assessment assessment;
  Verification verification;
};

/// Without an incident the CA's own report in the bug is the claim.
std::unique_ptr<Verified> verify_bug(const BugRecord& bug, std::optional<Incident> claimed, const Records& records,
                                     const Catalog& catalog, Instant as_of, Profile profile, Diagnostics& diagnostics);

/// The bug of an incident: by its number, or the only one. Nothing, with a message on standard error, where there is none.
const BugRecord* bug_of(const Incident& incident, const Records& records, const std::string& path);

}  // namespace cita::tool
