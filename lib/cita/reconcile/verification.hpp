// An incident held against what others tell of it, a record of what was posted when before all: each claim beside what they
// say, and the ledgers of questions, promises and action items.
//
//   const Assessment assessment = assess(incident, catalog, as_of, diagnostics);
//   const Verification verification = verify(incident, assessment, {{record_account}}, comments);
#pragma once

#include <cita/reconcile/judgement.hpp>

#include <optional>
#include <vector>

namespace cita {

/// An account that claims are held against.
struct HeldAgainst {
  int account = none;
  bool by_words = false;  ///< its kinds of events are read from words, so that no run fails by it
};

/// What one account tells of an event, beside one that it is held against.
struct Claim {
  enum class Outcome : std::uint8_t {
    agrees,
    agrees_within_rounding,
    contradicts,
    unsupported,  ///< the other, which would tell it, tells nothing of the sort
  };
  int event = none;
  int telling = none;        ///< the claim's, of the event's tellings
  int against = none;        ///< the other account
  int other_telling = none;  ///< that account's, of the event's tellings; none: unsupported
  Outcome outcome = Outcome::unsupported;
  std::optional<Elapsed> delta;  ///< from the claim to the other; nothing where that says that it did not happen
  bool decides = false;          ///< whether a standing turns on it
  bool decides_must = false;     ///< … and one of a MUST
};
/// "agrees", "agrees within rounding", "contradicts", "unsupported".
std::string_view name(Claim::Outcome outcome);

/// A question, from being asked to being answered.
struct QuestionEntry {
  int question = none;
  int asked = none;                      ///< event; none: nobody tells when
  std::vector<int> replies;              ///< events: acknowledgements and answers, in the order in which they are told
  const Judgement* judgement = nullptr;  ///< the strictest that applies; nothing when no duty asks for an answer
};

/// A promise, from being made to being kept.
struct PromiseEntry {
  int commitment = none;
  int made = none;
  std::vector<int> kept;  ///< events that keep it, or may
  const Judgement* judgement = nullptr;
};

/// An action item, from post to post.
struct ActionItemEntry {
  int action_item = none;
  std::vector<int> events;               ///< what became of it, in the order in which it is told
  const Judgement* judgement = nullptr;  ///< the strictest of what its changes ask for
};

struct Verification {
  std::vector<HeldAgainst> against;
  std::vector<int> comments;  ///< of each event, the comment of the bug that shows it; none: none does
  std::vector<Claim> claims;  ///< in the order of the events
  int beyond = 0;             ///< how many claims are about what none of the others would tell
  std::vector<QuestionEntry> questions;
  std::vector<PromiseEntry> promises;
  std::vector<ActionItemEntry> action_items;

  int count(Claim::Outcome outcome) const;
  int comment_of(int event) const;
};

/// `comments` says of each event which comment shows it. The assessment has to outlive the result.
Verification verify(const Incident& incident, const Assessment& assessment, std::vector<HeldAgainst> against,
                    std::vector<int> comments);

/// Whether the claim tells of this contradiction, so that it need not be told again.
bool is_told_by(const Claim& claim, const Contradiction& contradiction, const Incident& incident);

/// The ledgers alone, of any incident.
std::vector<QuestionEntry> question_ledger(const Incident& incident, const Assessment& assessment);
std::vector<PromiseEntry> promise_ledger(const Incident& incident, const Assessment& assessment);
std::vector<ActionItemEntry> action_item_ledger(const Incident& incident, const Assessment& assessment);

}  // namespace cita
