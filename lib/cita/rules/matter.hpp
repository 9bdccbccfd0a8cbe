// One duty for one subject under one view, while it is being judged: what all patterns share. Each pattern is a function
// that looks for what started and what ended the duty, picks the edition, and fills in the verdict; it returns whether
// there is anything to judge.
#pragma once

#include <cita/rules/engine.hpp>
#include <cita/rules/settle.hpp>

namespace cita {

/// Whether an event is looked at as what starts a duty or as what ends it.
enum class Role : std::uint8_t { start, end };

/// The edition that counts. It is open when the bounds allow another one that asks otherwise, or none.
struct EditionChoice {
  const Edition* edition = nullptr;
  bool is_open = false;
};

/// Goes through the editions of a duty in the order of their dates.
class EditionSearch {
 public:
  /// Editions that differ in exempting Short-lived Subscriber Certificates ask the same of all others.
  explicit EditionSearch(bool may_be_short_lived) : may_be_short_lived_(may_be_short_lived) {}

  /// Whether this is the first that may be in force at that time; nothing: nobody knows when.
  bool add(const Edition& edition, const std::optional<Moment>& when);
  const EditionChoice& found() const { return found_; }

 private:
  bool may_be_short_lived_;
  EditionChoice found_;
  Period together_;  // how long what it asks stays the same
};

/// What started the clock, and the edition that then counts.
struct Start {
  EditionChoice choice;
  std::optional<Told> told;
};

class Matter {
 public:
  Matter(const Engine& engine, const Duty& duty, const Pack& pack, const Subject& subject, Scene& scene, int depth);

  const Engine& engine;
  const Incident& incident;
  const Duty& duty;
  const Pack& pack;
  const Subject& subject;
  Scene& scene;
  const int depth;  ///< how many duties triggered by the miss of another this is inside of
  Verdict verdict;

  // ---- what happened

  const Event& event(const Told& told) const { return incident.events[static_cast<std::size_t>(told.event)]; }
  std::span<const EventKind> trigger_kinds(const Edition* edition = nullptr) const;
  std::span<const EventKind> discharge_kinds() const;
  std::span<const EventKind> stop_kinds() const;
  /// The events of some kinds that count for this duty, each with what makes that doubtful.
  std::vector<Told> events(std::span<const EventKind> kinds, Role role, Scope scope = Scope::own_or_whole);
  /// The first event that starts the clock, or what the order of others says of it.
  std::optional<Told> first_trigger(std::span<const EventKind> kinds);
  /// Whether an event tells of all certificates of a set; "1 of 3 are revoked" does not. Where that is open it is doubtful then.
  bool tells_of_all(Told& told, const Subject& set) const;
  /// What ended a clock that started then.
  Ending ending(const Moment& start);
  /// When counts tell that all certificates of a set were revoked: "40 of 40". `kinds` are those of revocations.
  std::vector<Told> counts_of_all(const Subject& set, Scope scope, std::span<const EventKind> kinds);
  /// When all of them had expired, or those that had not were revoked.
  std::vector<Told> expiries(const Subject& set, Scope scope, std::span<const EventKind> kinds);
  /// "preliminary-report to the reporter"
  std::string happening(std::span<const EventKind> kinds) const;
  /// "problem-report-received", or what stands for it.
  std::string what_started(const Told& told, std::span<const EventKind> kinds) const;
  const Reason* reason() const;
  /// Whether the CA did itself what is not for a CA to do.
  bool is_usurped(const Told& told) const { return event(told).by == Actor::ca && actor(event(told).kind) != Actor::ca; }

  // ---- which edition asks

  EditionSearch editions() const;
  EditionChoice edition_at(const Moment& when) const;
  /// The same for a start that is known.
  Start start_at(const Told& told) const { return {edition_at(told.moment), told}; }
  /// Takes the edition for the verdict; whether it binds, applies to the certificates and knows the reason.
  bool take(const Start& start);
  /// Whether a root program that counts here binds CAs to the document then.
  Truth is_bound(const Moment& when) const;
  /// Whether a closure report had ended all duties by then, and nobody has asked since.
  Truth is_closed_at(const Edition& edition, const Moment& when);

  // ---- what else there is to say

  bool not_applicable(std::string because);
  /// It is open whether the duty applies; what the clock says is kept as what it would be.
  void doubt(std::string because, std::string would_decide);
  /// The last word: doubts, notes and what would have met it.
  void finish();

 private:
  bool counts(Told& told, Role role, std::span<const EventKind> kinds);
  bool is_by_the_right_one(const Event& event, Role role) const;
  Truth is_about_this_program(const Event& event) const;
  Truth is_withdrawn(const Told& told, Role role);
  std::optional<bool> takes(OptionEffect effect) const;
  bool is_addressed(const Event& event, Told& told) const;
  bool subscriber_reported() const;
  bool chosen_by_reading(const Selector& selector) const;
  std::optional<Told> not_before_the_report(std::optional<Told> bounded);
  std::vector<Told> of_the_whole(std::span<const EventKind> kinds, const Subject& set);
  std::vector<Told> told_of(std::span<const EventKind> kinds, const Subject& set, Scope scope);
  bool may_be_of_others(const Told& told) const;
  void drop_ruled_out(std::vector<Told>& done, std::span<const EventKind> kinds);
  void drop_those_of_others(std::vector<Told>& done, std::span<const EventKind> kinds);
  std::vector<std::int64_t> revoked_of_parts(std::span<const Told> tellings) const;
  // How many the other parts tell to be revoked, in the order of their times: before the first, then by each.
  struct OthersRevoked {
    std::vector<Instant> times;
    std::vector<std::int64_t> numbers;
    std::int64_t by(Instant time) const;
  };
  OthersRevoked others_revoked(std::span<const EventKind> kinds);
  void doubt_by_later(std::vector<Told>& done, std::span<const EventKind> kinds, const Subject& set);
  void add_of_same_certificates(std::vector<Told>& done, std::span<const EventKind> kinds);
  void doubt_order(Told& told, const Moment& start) const;
  void allow_for_earlier(Told& done, std::span<const EventKind> kinds);
  void allow_for_other_parts(Told& done, std::span<const EventKind> kinds);
  void add_expiry(std::vector<Told>& done, std::span<const EventKind> kinds);
  std::optional<Moment> expiry();
  std::vector<const Binding*> bindings() const;
  bool bind(const Moment& when);
  Truth are_short_lived() const;
  bool is_exempt(const Edition& edition);
  bool has_right_tier(const Moment& when);
  void decide_doubts();
  void note_restraints();

  struct Doubt {
    std::string because, would_decide;
  };
  std::vector<Doubt> doubts_;
};

bool judge_respond(Matter& matter);
bool judge_recur(Matter& matter);
bool judge_by_date(Matter& matter);
bool judge_precede(Matter& matter);
bool judge_contain(Matter& matter);

/// The incident as a whole, judged as a part of it is.
Subject whole_of(Subject part);

/// "a", "a or b", "a, b or c"
std::string joined(std::span<const EventKind> kinds, std::string_view word);
/// Takes away what surely came before; what may have is not certain to count.
void drop_before(std::vector<Told>& all, const Moment& start);

}  // namespace cita
