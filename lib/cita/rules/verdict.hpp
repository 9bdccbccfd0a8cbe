// One duty, judged for one subject under one view.
#pragma once

#include <cita/policy/policy.hpp>
#include <cita/rules/view.hpp>

#include <optional>
#include <string>
#include <vector>

namespace cita {

enum class Standing : std::uint8_t { met, breached, running, undetermined };
enum class Applicability : std::uint8_t { applies, not_in_force, not_applicable, undetermined };

std::string_view name(Standing standing);
std::string_view name(Applicability applicability);

/// One end of a duty: what started or ended it.
struct End {
  Told told;
  std::string what;  ///< "problem-report-received", or what stands for it
};

/// One stretch of a recurring duty.
struct Cycle {
  Moment from;
  std::optional<Moment> to;  ///< nothing: still open
  Standing standing = Standing::met;
  std::optional<Elapsed> margin;
  const Edition* edition = nullptr;  ///< in force when it began
};

struct Verdict {
  const Duty* duty = nullptr;
  const Pack* pack = nullptr;
  const Edition* edition = nullptr;          ///< nothing when none is in force
  const DocumentVersion* version = nullptr;  ///< the document in force when the clock started
  std::vector<std::string> bound_by;         ///< root programs that bind the CA to it then, with the document that does
  Subject subject;

  Applicability applicability = Applicability::applies;
  std::string applicability_because;
  Standing standing = Standing::undetermined;
  std::string because;       ///< why it stands so, one sentence
  std::string would_decide;  ///< when undetermined: what would decide it
  std::string would_have_met;

  std::optional<End> trigger;
  std::optional<End> discharge;
  std::optional<Moment> deadline;
  std::optional<Elapsed> margin;         ///< positive: to spare, negative: late
  bool still_open = false;               ///< not discharged; a lateness is a lower bound
  bool announced = false;                ///< the CA said that it will miss it
  bool by_rounding = false;              ///< decided but for the rounding of a stamp
  bool at_boundary = false;              ///< under a minute from the deadline
  bool approximate = false;              ///< both ends are rounded to days or more
  bool advisory = false;                 ///< the fact about the document is not certain: it informs and never condemns
  std::vector<Cycle> cycles;             ///< recurring duties
  std::vector<std::string> missing;      ///< contain: elements that are not there
  std::optional<std::int64_t> done, of;  ///< of how many certificates or items it was done
  std::vector<std::string> restraints;   ///< court orders and the like on these certificates; they move no deadline
  std::vector<std::string> notes;
};

}  // namespace cita
