// An incident held against a record of what was posted when: each claim beside what the record says, and two ledgers, of
// questions and of promises.
//
//   const Assessment assessment = assess(incident, catalog, as_of, diagnostics);
//   const Verification verification = verify(incident, assessment, record_account, comments);
#pragma once

#include <cita/reconcile/judgement.hpp>

#include <optional>
#include <vector>

namespace cita {

/// What one account tells of an event that the record could show too.
struct Claim {
  enum class Outcome : std::uint8_t {
    agrees,
    agrees_within_rounding,
    contradicts,
    unsupported,  ///< the record shows nothing of the sort
  };
  int event = none;
  int telling = none;         ///< the claim's, of the event's tellings
  int record_telling = none;  ///< the record's; none: unsupported
  Outcome outcome = Outcome::unsupported;
  std::optional<Elapsed> delta;  ///< from the claim to the record
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

struct Verification {
  int account = none;         ///< the record's
  std::vector<int> comments;  ///< of each event, the comment of the bug that shows it; none: none does
  std::vector<Claim> claims;  ///< in the order of the events
  int beyond = 0;             ///< how many claims are about what the record cannot show
  std::vector<QuestionEntry> questions;
  std::vector<PromiseEntry> promises;

  int count(Claim::Outcome outcome) const;
  int comment_of(int event) const;
};

/// `comments` says of each event which comment shows it. The assessment has to outlive the result.
Verification verify(const Incident& incident, const Assessment& assessment, int account, std::vector<int> comments);

/// The ledgers alone, of any incident.
std::vector<QuestionEntry> question_ledger(const Incident& incident, const Assessment& assessment);
std::vector<PromiseEntry> promise_ledger(const Incident& incident, const Assessment& assessment);

}  // namespace cita
