// A pack's own cases: small incidents that show what each of its duties finds, beside the pack: PACK/DUTY/NAME.yaml.
//
//   # To both in half the time.
//   # as-of: 2026-06-03T08:10:00Z
//   # expect: case 1, to the reporter: must met, 12 h to spare
//   # depends: met only if a holding reply counts
//   cita: 1
//   …
//
// `expect` is a line of reconcile/finding.hpp; no such line at all says that the duty is not judged. `depends` speaks of the
// line above it and is compared where it is given. What is expected is computed by hand, never taken from what was printed.
#pragma once

#include <cita/base/diagnostic.hpp>
#include <cita/policy/catalog.hpp>

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace cita {

struct PackCase {
  struct Expected {
    std::string line;
    std::string depends;
  };
  std::string shows;  ///< what it is about, in the words of its first comment
  Instant as_of{};
  std::vector<Expected> expected;
  std::shared_ptr<const Source> source;
};

/// Reads the comments at the head of a case; nothing when the diagnostics hold an error.
std::optional<PackCase> read_pack_case(std::shared_ptr<const Source> source, Diagnostics& diagnostics);

/// What the cases of one duty show together, and what its pattern lets them show.
enum class Showing : std::uint8_t { met, breached, running, undetermined, at_the_limit, a_second_late };
class Showings {
 public:
  void add(Showing showing) { bits_ |= bit(showing); }
  void add(Showings others) { bits_ |= others.bits_; }
  bool has(Showing showing) const { return (bits_ & bit(showing)) != 0; }
  friend bool operator==(Showings, Showings) = default;

 private:
  static unsigned bit(Showing showing) { return 1U << static_cast<unsigned>(showing); }
  unsigned bits_ = 0;
};
/// "met", "breached", …, "at the limit", "a second late".
std::string_view name(Showing showing);
/// All of them, in the order of the enumerators.
std::vector<Showing> all_showings();
/// What cases of this duty can show: without a number nothing is late by the clock, a report holds an element or does not.
Showings admitted(const Duty& duty);

/// What is found in a case of one duty.
struct CaseOutcome {
  std::vector<std::string> found;  ///< a line for each finding
  std::string problem;             ///< how it differs from what is expected; empty: it does not
  Showings shows;
};

/// Judges a case by the packs of a catalog. Problems of the incident file go to the diagnostics.
CaseOutcome judge_case(const PackCase& pack_case, std::string_view duty, const Catalog& catalog, Diagnostics& diagnostics);

}  // namespace cita
