// A duty judged under every account, reading and way to read a contradictory stamp, and what its standing depends on.
//
//   Assessment assessment = assess(incident, catalog, as_of);
//   for (const Judgement& judgement : assessment.judgements) …
//
// Views that make no difference are not listed: a judgement with one view stands so whatever one believes.
#pragma once

#include <cita/base/diagnostic.hpp>
#include <cita/rules/engine.hpp>

#include <string>
#include <vector>

namespace cita {

/// What one has to believe, in the words that complete "only if …".
struct Belief {
  std::string text;         ///< "a holding reply counts"
  std::string kind;         ///< "account", "reading", "stamp" or "list"
  std::string id;           ///< the account's name, "reading=option", the event's id, or the lists' names; "events"
  bool by_default = false;  ///< what one believes unless told otherwise: the default of a reading, the main reading of a stamp
};

struct ViewVerdict {
  View view;
  std::vector<Belief> beliefs;   ///< where this view differs from others that decide otherwise
  bool default_readings = true;  ///< whether every reading is the default
  Verdict verdict;
};

/// "met only if a holding reply counts and the CA's times are believed, or if an automatic acknowledgement counts":
/// it stands so exactly when all beliefs of one of the alternatives hold.
struct Dependence {
  Standing standing = Standing::undetermined;
  std::vector<std::vector<Belief>> alternatives;
  Applicability applicability = Applicability::applies;
};

struct Judgement {
  const Duty* duty = nullptr;
  const Pack* pack = nullptr;
  Subject subject;

  /// Over all accounts and stamps, under the default readings: what they agree on, else undetermined.
  Applicability applicability = Applicability::applies;
  Standing standing = Standing::undetermined;
  std::optional<RequirementLevel> level;
  std::optional<Elapsed> margin;  ///< hull over the views that the standing rests on

  std::vector<ViewVerdict> views;  ///< at least one; the first is the one to show
  std::vector<Dependence> depends_on;
  std::string depends_text;  ///< the same as a sentence; empty when there is only one view
  std::string open_because;  ///< why it is undetermined, where that is more than what its views say

  bool governing = false;          ///< the earliest undisputed deadline for what it asks
  bool contested_earlier = false;  ///< an earlier deadline than the governing one that hangs on an open question
  bool suppressed = false;
  std::string suppressed_because;
  bool known = false;  ///< an earlier run found it, and its baseline was held against this one

  const Verdict& shown() const { return views.front().verdict; }
  /// Whether it says what would be, under a text that is proposed and not in force.
  bool is_draft() const { return shown().pack->draft; }
  /// Whether nobody tells of the evidence that starts its clock, and other events only bound it: no such clock governs.
  bool has_guessed_start() const;
  /// Whether it can be held against anybody: it applies, is breached, and the facts about the document are certain.
  bool is_finding() const;
};

/// Two accounts of one happening, or two stamps of one account, that do not go together.
struct Contradiction {
  enum class Kind : std::uint8_t { time, denial, order, duration };
  Kind kind = Kind::time;
  int event = none;
  int other_event = none;  ///< order: the effect that comes too early; duration: the event it is counted from
  int account = none;
  int other_account = none;
  std::optional<Elapsed> delta;
  bool decides = false;  ///< whether a standing turns on it
  std::string text;
};

struct Assessment {
  Instant as_of;
  std::vector<Judgement> judgements;  ///< in the order of packs, duties and subjects
  std::vector<Contradiction> contradictions;
};

/// Judges every duty of the catalog for everything in the incident it can be judged for. Problems of the file that only
/// show against the packs (unknown reasons, unknown or expired suppressions) go into the diagnostics. A reviewer's profile
/// takes the readings that a reviewer takes first, shows the others beside them, and suppresses nothing.
Assessment assess(const Incident& incident, const Catalog& catalog, Instant as_of, Diagnostics& diagnostics,
                  const std::vector<const Rule*>& rules = {}, Profile profile = Profile::author);

/// "case 00572387, to the reporter", "3,048,289 certificates of cohort late-found", "question q1"; empty for the incident.
std::string describe(const Subject& subject, const Incident& incident);

/// "the CA's", "the reporter's", or "account 'x''s" when several are of one kind.
std::string possessive(const Incident& incident, int account);

}  // namespace cita
