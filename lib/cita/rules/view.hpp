// One way to look at an incident: whose account is believed, how open texts are read, how contradictory stamps are read.
//
// Under account X every event is X's telling where X has one, else the other accounts', in the file's order. What X
// bounds by its own order of events (sent ≤ received ≤ acknowledged) counts as X's telling.
#pragma once

#include <cita/model/incident.hpp>
#include <cita/policy/policy.hpp>
#include <cita/rules/same_certificates.hpp>
#include <cita/rules/whole.hpp>

#include <algorithm>
#include <memory>
#include <span>
#include <vector>

namespace cita {

/// A reading and the option chosen for it.
struct ChosenOption {
  std::string_view reading;
  std::string_view option;
  friend bool operator==(const ChosenOption&, const ChosenOption&) = default;
};

/// A contradictory stamp and which of its alternatives is taken (0: the main reading).
struct ChosenFork {
  int event = none;
  int telling = 0;
  int alternative = 0;
  friend bool operator==(const ChosenFork&, const ChosenFork&) = default;
};

struct View {
  int account = none;                 ///< whose tellings come first; none: the file's order
  std::vector<ChosenOption> options;  ///< readings that are not listed take their default
  std::vector<ChosenFork> forks;
  friend bool operator==(const View&, const View&) = default;
};

/// An event under a view: when it happened and by whose telling.
struct Told {
  int event = none;    ///< none: nobody tells of it as an event; its bounds come from others (see `from`)
  int telling = none;  ///< index into the event's tellings
  Moment moment;
  std::vector<int> from;      ///< events whose order bounds this one
  bool certain = true;        ///< whether it counts for sure (a message that was sent may not have arrived)
  std::string doubt;          ///< why it does not
  bool of_the_whole = false;  ///< told of the incident and not of the subject itself

  void may_not_count(std::string why) {
    if (certain) doubt = std::move(why);
    certain = false;
  }
};

/// What a duty is judged for: a case, a cohort, a question, …; and, where it rests on one, the reason to revoke.
struct Subject {
  Per per = Per::incident;
  int in_case = none;
  int cohort = none;
  int question = none;
  int action_item = none;
  int commitment = none;
  int event = none;
  std::optional<Addressee> addressee;
  const Ground* ground = nullptr;

  friend bool operator==(const Subject&, const Subject&) = default;
};

/// Where to look for the events of a subject.
enum class Scope : std::uint8_t {
  own_or_whole,  ///< its own; where it has none, what is told of the incident as a whole
  own,           ///< its own alone
  everything,    ///< for an incident: what is told of any part of it too
};

/// A set of events. Most are small, and one is made for every look at a duty.
class EventSet {
 public:
  void insert(int event) {
    if (events_.empty()) events_.reserve(16);
    const auto place = std::lower_bound(events_.begin(), events_.end(), event);
    if (place == events_.end() || *place != event) events_.insert(place, event);
  }
  void insert(const EventSet& others) {
    if (events_.empty()) events_ = others.events_;
    else
      for (const int event : others) insert(event);
  }
  std::vector<int>::const_iterator begin() const { return events_.begin(); }
  std::vector<int>::const_iterator end() const { return events_.end(); }

 private:
  std::vector<int> events_;  // sorted
};

/// A set of accounts: bit by bit, all from the 64th on together.
class AccountSet {
 public:
  void insert(int account) { bits_ |= bit(account); }
  void insert(AccountSet others) { bits_ |= others.bits_; }
  bool contains(int account) const { return (bits_ & bit(account)) != 0; }
  bool has_several() const { return (bits_ & (bits_ - 1)) != 0 || contains(last); }
  bool is_empty() const { return bits_ == 0; }
  /// Those that are surely not among the others.
  AccountSet without(AccountSet others) const {
    AccountSet rest;
    rest.bits_ = bits_ & ~(others.bits_ & ~bit(last));
    return rest;
  }

 private:
  static constexpr int last = 63;
  static std::uint64_t bit(int account) { return std::uint64_t{1} << std::min(account, last); }
  std::uint64_t bits_ = 0;
};

/// What was looked at: these events, and the accounts that would show something else of them, were they believed.
struct Consulted {
  EventSet events;
  AccountSet other_accounts;  ///< only for a view that believes nobody in particular

  void insert(const Consulted& others) {
    events.insert(others.events);
    other_accounts.insert(others.other_accounts);
  }
};

/// What all scenes of one incident at one instant share: which events are of a kind, and what an account makes of an
/// event, each found once. Readings change nothing about it.
class Recollection {
 public:
  struct Entry {
    std::optional<Told> told;
    Consulted consulted;
  };

  explicit Recollection(const Incident& incident);

  /// The events of one kind, or of several, in the file's order; `several` holds them where they are of several.
  std::span<const int> events_of(EventKind kind) const {
    const auto index = static_cast<std::size_t>(kind);
    return std::span(by_kind_).subspan(first_[index], first_[index + 1] - first_[index]);
  }
  std::span<const int> events_of(std::span<const EventKind> kinds, std::vector<int>& several) const;

  /// What is remembered of an event under an account, if anything.
  const Entry* find(int account, int event) const {
    const std::size_t index = index_of(account, event);
    return index < entries_.size() ? entries_[index].get() : nullptr;
  }
  void remember(int account, int event, Entry entry);
  /// The events that say of this one that it was wrong.
  std::span<const int> withdrawals_of(int event) const;
  const WholeNumbers& numbers() const { return numbers_; }
  const SameCertificates& same_certificates() const { return same_certificates_; }

 private:
  std::size_t index_of(int account, int event) const {
    return static_cast<std::size_t>(account - none) * events_ + static_cast<std::size_t>(event);
  }

  std::vector<int> by_kind_;        // the events, kind by kind
  std::vector<std::size_t> first_;  // where each kind begins, and the end
  std::size_t events_;
  WholeNumbers numbers_;
  SameCertificates same_certificates_;
  std::vector<int> withdrawals_;                 // by what they withdraw
  std::vector<int> withdrawn_;                   // what each of them does
  std::vector<std::unique_ptr<Entry>> entries_;  // account by account, the first for nobody in particular
};

/// The incident as one view shows it, at one instant. Remembers which events were looked at.
class Scene {
 public:
  Scene(const Incident& incident, const View& view, Instant as_of)
      : incident_(incident), view_(view), as_of_(as_of), own_(std::in_place, incident), recollection_(*own_) {}
  /// With a recollection that outlives it, of scenes of the same incident at the same instant.
  Scene(const Incident& incident, const View& view, Instant as_of, Recollection& recollection)
      : incident_(incident), view_(view), as_of_(as_of), recollection_(recollection) {}
  Scene(const Incident&, View&&, Instant) = delete;  // it refers to the view
  Scene(const Scene&) = delete;
  Scene& operator=(const Scene&) = delete;

  const Incident& incident() const { return incident_; }
  const View& view() const { return view_; }
  Instant as_of() const { return as_of_; }
  /// How many certificates the incident and its parts have.
  const WholeNumbers& numbers() const { return recollection_.numbers(); }
  /// Which cases and cohorts name some of the same certificates.
  const SameCertificates& same_certificates() const { return recollection_.same_certificates(); }

  /// Whether its teller says that it was told wrongly, or the believed account says so of another's. A correction that was
  /// itself withdrawn says nothing.
  Truth is_withdrawn(const Told& told) { return is_withdrawn(told, 0); }
  /// The account whose telling this is.
  int teller(const Told& told) const;
  /// The option that this view takes for a reading.
  std::string_view option(const Reading& reading) const;

  /// An event under this view; nothing when it is denied, lies after as-of or has no time.
  std::optional<Told> told(int event);
  /// A time as this view resolves it; for what is due, the end of what a relative time allows.
  std::optional<Moment> resolve(const TimeRef& time, bool as_due);

  /// All events of some kinds that belong to a subject, in the file's order. What is told of the incident as a whole is
  /// not certain to be about the subject when there are others of its sort.
  std::vector<Told> occurrences(std::span<const EventKind> kinds, const Subject& subject, Scope scope = Scope::own_or_whole);
  /// Whether this view holds that an event of these kinds did not happen to a subject: the believed account denies it.
  bool denies(std::span<const EventKind> kinds, const Subject& subject);

  /// What the order of told events says of one that nobody tells of: "received" lies between "sent" and "acknowledged".
  std::optional<Told> bounded_by_order(EventKind kind, const Subject& subject);
  /// The latest instant at which an event of these kinds had surely not happened yet, by order, by a dated statement that
  /// it was still open, or by an account that is complete in this respect; open_past when nobody can say.
  struct NotBefore {
    Moment moment = Moment::exact(open_past);
    std::string why;
    int event = none;
    bool known() const { return moment.earliest() > open_past; }
  };
  NotBefore not_before(std::span<const EventKind> kinds, const Subject& subject);
  /// Dated statements that an event of a kind had not happened yet to a subject.
  std::vector<Told> statements_of_open(EventKind kind, const Subject& subject);

  /// Whether one account would tell of every one of these kinds, had it happened by then.
  bool complete_for(std::span<const EventKind> kinds, Instant until) const;

  const Consulted& consulted() const { return consulted_; }
  /// Takes over what another scene of the same view looked at.
  void consult(const Consulted& others) { consulted_.insert(others); }

 private:
  Truth is_withdrawn(const Told& told, int depth);
  std::optional<Told> look_at(int event);
  std::optional<Told> telling_of(int event, int account);
  std::optional<Moment> moment_of(int event, int telling);
  std::optional<Moment> stamped_by(int event, int account);
  Moment narrowed(int event, int account, Moment moment);
  std::optional<Moment> relative(const Relative& relative, bool as_due);
  std::optional<Told> told_by_order(int event);
  std::optional<Told> bounded_by_account(EventKind kind, const Subject& subject, int account);
  AccountSet tellers_around(EventKind kind, const Subject& subject) const;
  void note_other_tellings(int event, int used);
  bool outlasts_denial(Told& told, const Subject& subject);
  bool is_ruled_out(const Told& told);
  bool is_only_cause(int event, const Event& effect) const;

  const Incident& incident_;
  const View& view_;
  Instant as_of_;
  std::optional<Recollection> own_;
  Recollection& recollection_;
  Consulted consulted_;
  std::vector<int> resolving_;  // guards against times that refer to each other
};

/// Whether an event belongs to a subject itself.
bool belongs(const Event& event, const Subject& subject);
/// The certificates that a subject is about.
const CertificateSet& certificates_of(const Incident& incident, const Subject& subject);
/// Whether it is the incident as a whole, beside parts that are judged apart: its numbers may count theirs too.
bool is_beside_parts(const Scene& scene, const Subject& subject);
/// Whether what is told of certificates is told of all that the subject has: of fewer where it counts fewer.
Truth is_of_all(const Scene& scene, const Subject& subject, const Told& told);
/// What the certificates are, where anybody says.
CertificateKind certificate_kind(const Incident& incident, const Subject& subject);

/// Whether there is no other subject of its sort, so that what is told of the whole incident is about it.
bool is_the_only_one(const Incident& incident, const Subject& subject);
/// Whether what is told of the whole incident is surely about the subject: there is no other, or it counts all of its
/// certificates.
bool is_surely_about(const Scene& scene, const Subject& subject, const Told& told);

/// The first of several happenings: exactly one of them where that is certain, else bounds over all.
std::optional<Told> first_of(std::vector<Told> all);

}  // namespace cita
