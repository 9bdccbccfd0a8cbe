// What every renderer of `cita check` gets: one run, and in it one file after the other.
#pragma once

#include <cita/reconcile/judgement.hpp>

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace cita {

/// From when on what it fails: the least that makes a run exit with 1.
enum class FailOn : std::uint8_t { must, expected, should, undetermined, never };

/// What all files of a run share.
struct RunInfo {
  Instant as_of;
  std::string as_of_origin;  ///< "--as-of", "SOURCE_DATE_EPOCH" or "the clock"
  const Catalog* catalog = nullptr;
  FailOn fail_on = FailOn::must;
  Profile profile = Profile::author;
};

/// One file. Without an incident it could not be read; the diagnostics say why.
struct FileReport {
  std::size_t index = 0;  ///< its place among the files of the run
  std::string file;
  const Incident* incident = nullptr;
  const Assessment* assessment = nullptr;
  const Diagnostics* diagnostics = nullptr;
};

/// How many judgements of one file, or of all, stand how. Suppressed ones and those that do not apply are counted apart.
struct Tally {
  int must_breached = 0;
  int expected_breached = 0;  ///< lower-case musts, expectations, commitments
  int should_missed = 0;      ///< SHOULD and lower-case should
  int undetermined = 0;
  int running = 0;
  int met = 0;
  int not_judged = 0;  ///< not in force or not applicable
  int suppressed = 0;
  int drafted = 0;   ///< what would be, under a draft that is not in force
  int advisory = 0;  ///< missed by a fact about a document that is not certain

  void add(const Judgement& judgement);
  void add(const Tally& other);
  /// Whether anything applied at all.
  bool any() const {
    return must_breached + expected_breached + should_missed + undetermined + running + met + suppressed + advisory > 0;
  }
  /// Whether a run that fails on `level` fails with these.
  bool fails(FailOn level) const;
};

Tally tally(const Assessment& assessment);

/// A duty that is judged for several things: how many of them are breached, and by how much the worst.
struct DutyCount {
  const Duty* duty = nullptr;
  int breached = 0;
  int of = 0;                    ///< all to which it applies or may apply
  std::optional<Elapsed> worst;  ///< margin of the one that is latest
};
/// Duties with several subjects of which at least one is breached, in the order of the assessment.
std::vector<DutyCount> duty_counts(const Assessment& assessment);

/// "1,341,339".
std::string grouped(std::int64_t number);

/// "MUST breached", "SHOULD missed", "expectation missed", "commitment broken": a missed SHOULD never reads like a MUST.
std::string standing_words(const Judgement& judgement);

/// "TLS BR 4.9.5 (para 1)": the short title and section.
std::string citation(const Verdict& verdict);
/// With the edition, the ballot and the document in force: "TLS BR 4.9.5 (para 1), since 2018-10-14 (SC6); version 1.6.7 in
/// force".
std::string full_citation(const Verdict& verdict);
/// "8 d 18 h 33 min 36 s … late", "due in 3 h", "at least 2 h late, still open", "about 21 d late"; empty when there is no
/// margin.
std::string margin_words(const Judgement& judgement);
std::string margin_words(const Verdict& verdict);

}  // namespace cita
