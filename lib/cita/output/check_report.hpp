// What every renderer of `cita check` gets: one run, and in it one file after the other.
#pragma once

#include <cita/reconcile/judgement.hpp>

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace cita {

class RuleSet;
struct Result;
struct Verification;
namespace evidence {
struct ListVerdicts;
struct HeldCount;
}  // namespace evidence

/// From when on what it fails: the least that makes a run exit with 1.
enum class FailOn : std::uint8_t { must, expected, should, undetermined, never };

/// What all files of a run share.
struct RunInfo {
  Instant as_of;
  std::string as_of_origin;  ///< "--as-of", "SOURCE_DATE_EPOCH" or "the clock"
  const Catalog* catalog = nullptr;
  FailOn fail_on = FailOn::must;
  Profile profile = Profile::author;
  const std::vector<std::string>* files = nullptr;  ///< all of them, in the order of their indices
  const RuleSet* rules = nullptr;                   ///< what results refer to (see result.hpp); forms for machines need it
  bool has_baseline = false;                        ///< whether what an earlier run found was held against this one
};

/// What every form says of an embargoed incident.
inline constexpr std::string_view embargo_note = "the incident is embargoed: nothing of this is for the public";

/// ", for a reviewer"; empty for the author.
std::string for_whom(Profile profile);

/// One file. Without an incident and without results it could not be read; the diagnostics say why.
struct FileReport {
  std::size_t index = 0;  ///< its place among the files of the run
  std::string file;
  const Incident* incident = nullptr;
  const Assessment* assessment = nullptr;
  const Diagnostics* diagnostics = nullptr;
  const std::vector<Result>* results = nullptr;   ///< of whoever judges other files than incidents; empty: they are derived
  const Verification* verification = nullptr;     ///< when it was held against a record
  const evidence::ListVerdicts* lists = nullptr;  ///< when it was held against lists of certificates
  const std::vector<evidence::HeldCount>* counts = nullptr;  ///< the same of what comments count

  bool is_readable() const { return incident != nullptr || results != nullptr; }
};

/// How many judgements of one file, or of all, stand how. Suppressed ones, those that a baseline holds and those that do not
/// apply are counted apart.
struct Tally {
  int must_breached = 0;
  int expected_breached = 0;  ///< lower-case musts, expectations, commitments
  int should_missed = 0;      ///< SHOULD and lower-case should
  int undetermined = 0;
  int running = 0;
  int met = 0;
  int not_judged = 0;  ///< not in force or not applicable
  int suppressed = 0;
  int known = 0;         ///< held by the baseline
  int drafted = 0;       ///< what would be, under a draft that is not in force
  int advisory = 0;      ///< missed by a fact about a document that is not certain
  int contradicted = 0;  ///< claims that a record contradicts, and on which the standing of a MUST turns

  void add(const Judgement& judgement);
  void add(const Result& result);
  void add(const Tally& other);
  /// Whether anything applied at all.
  bool any() const {
    return must_breached + expected_breached + should_missed + undetermined + running + met + suppressed + known + advisory > 0;
  }
  /// Whether a run that fails on `level` fails with these.
  bool fails(FailOn level) const;
};

Tally tally(const Assessment& assessment);

/// The parts that are there, in words: "3 MUST breached, 1 SHOULD missed, 2 met"; "nothing to judge" when there are none.
std::string describe(const Tally& tally);

/// What came of a whole run.
struct Outcome {
  Tally tally;
  int files = 0;
  int unreadable = 0;
  int exit_code = 0;
};

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

/// Whom or what it is about, with the number of certificates: "case 4711, to the reporter"; empty for the incident.
std::string subject_words(const Judgement& judgement, const Incident& incident);
/// Why a judgement is undetermined: by itself, or because its views decide it differently.
std::string why_open(const Judgement& judgement);
/// "2026-05-05 08:10:00 UTC, 24 hours after problem-report-received"; empty where no limit and no deadline are known.
std::string deadline_words(const Verdict& verdict);
/// Where the file tells of what ended and of what started the clock, with their times; either may be missing.
std::vector<Related> ends_of(const Verdict& verdict, const Incident& incident);

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
