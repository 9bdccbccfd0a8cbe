// What commands share that read Bugzilla's records.
#pragma once

#include "command.hpp"

#include <cita/input/bugzilla_record.hpp>
#include <cita/input/roster.hpp>

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

}  // namespace cita::tool
