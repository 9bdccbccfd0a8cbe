// What `cita verify` is asked, and one run of it: from a command line, or again from a bundle.
//
//   VerifyRun run;
//   if (const ExitCode code = run.open(options, reader); code != exit_good) return code;
//   const VerifyResults results = run.results();
#pragma once

#include "lists.hpp"
#include "outputs.hpp"
#include "records.hpp"

#include <deque>
#include <string>
#include <vector>

namespace cita::tool {

struct VerifyOptions {
  CommonOptions common;
  OutputOptions outputs;
  RecordSources records;
  std::vector<std::string> files, against, lists;
  bool all = false;
  std::string bundle;

  void add(CLI::App& command);
};

/// What a run prints where nothing of its surroundings matters.
struct VerifyResults {
  std::string text, json;
  int exit_code = exit_good;
};

class VerifyRun {
 public:
  /// Reads everything. exit_good, or why nothing can be judged, with messages on standard error. The files are no folders.
  ExitCode open(const VerifyOptions& options, const FileReader& read);
  /// Judges, and writes where the options say.
  int write(const VerifyOptions& options);
  /// Judges, for a page of a hundred columns.
  VerifyResults results(const VerifyOptions& options);

  const RecordRun& records() const { return run_; }

 private:
  /// A claim, and the bug that it is held against.
  struct Claimed {
    std::string name;  ///< of the file, or "bug 1619359"
    const BugRecord* bug = nullptr;
    std::optional<LoadedIncident> file;
  };

  /// What lists of certificates say: those that were asked for, else those that the claim names and that lie beside it.
  struct Listed {
    std::unique_ptr<evidence::IncidentLists> lists;
    evidence::ListVerdicts verdicts;
    std::vector<evidence::HeldCount> counts;
  };

  /// False, with messages on standard error, where lists cannot be of what is judged.
  bool take_lists(const VerifyOptions& options);
  /// `told` are the lists that the claim names.
  std::optional<Listed> hold_against_lists(const std::string& claim, const std::vector<std::string>& told, Verified& verified,
                                           Diagnostics& diagnostics) const;
  bool add_other(const std::string& path, const FileReader& read, const TextStyle& style);
  bool add_claim(const std::string& path, const FileReader& read);
  RunInfo run_info(const VerifyOptions& options, const RuleSet& rules) const;
  /// Judges one claim, which is used up, and has it shown.
  template <class Show>
  Answer judge(std::size_t index, const RunInfo& run, const std::optional<Baseline>& baseline, Show show);

  RecordRun run_;
  std::deque<LoadedIncident> others_files_;  ///< what is told by others points into their texts
  std::vector<std::shared_ptr<const Source>> others_texts_;
  std::vector<OtherAccount> others_;
  std::vector<Claimed> claims_;
  std::vector<std::string> names_;
  std::vector<std::string> lists_;  ///< asked for
  bool reads_lists_ = false;        ///< not where anybody is to judge it again from a bundle, which holds none
};

}  // namespace cita::tool
