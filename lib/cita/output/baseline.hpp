// What an earlier run found, so that a later one fails only for what is new.
//
// A baseline is the output `--format baseline` of a run. It holds a result as long as that is the same and no worse: a breach
// that was undetermined before is new, and so is a MUST that was a SHOULD.
#pragma once

#include <cita/output/result.hpp>

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace cita {

struct Assessment;

class Baseline {
 public:
  struct Entry {
    std::string rule;
    std::string fingerprint;
    ResultKind kind = ResultKind::fail;
    ResultLevel level = ResultLevel::must;
    std::string message;
  };

  /// Reads what `--format baseline` wrote. Nothing when it is anything else, and `problem` says what is wrong.
  static std::optional<Baseline> read(std::string_view text, std::string& problem);

  const std::vector<Entry>& entries() const { return entries_; }
  /// The index of the entry that holds a result.
  std::optional<std::size_t> find(const Result& result) const;

 private:
  std::vector<Entry> entries_;
  std::map<std::string, std::size_t, std::less<>> by_fingerprint_;
};

/// Marks what the baseline holds as known, and returns the indices of the entries that hold it.
std::vector<std::size_t> mark_known(std::vector<Result>& results, const Baseline& baseline);
std::vector<std::size_t> mark_known(Assessment& assessment, const Incident& incident, const RuleSet& rules,
                                    const Baseline& baseline);

}  // namespace cita
