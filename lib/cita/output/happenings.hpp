// The events of an incident in the order of time, in words: what a timeline says of each, and how precisely.
//
// An event stands at the time that the CA tells, for the report is the CA's; where nobody of the CA tells of it, at the
// time that the first account tells. Internal events and events that every account denies do not appear.
#pragma once

#include <cita/output/people.hpp>
#include <cita/rules/view.hpp>

#include <optional>
#include <span>
#include <string>
#include <vector>

namespace cita {

struct Happening {
  int event = none;
  std::optional<Moment> moment;  ///< nothing when nobody says when
  bool is_plan = false;          ///< not the event, but the time that it plans for
};

class Happenings {
 public:
  /// `as_of`: what lies after it is expected, and has not happened.
  Happenings(const Incident& incident, const People& people, Instant as_of);

  /// In chronological order; where a revocation is planned, its expected completion too.
  const std::vector<Happening>& all() const { return all_; }
  /// Whether it lies before as-of, and not only in part after it.
  bool has_happened(const Happening& happening) const;
  /// Whether an event that appears takes it back by as-of.
  Truth is_withdrawn(const Happening& happening) const { return withdrawn_[static_cast<std::size_t>(happening.event)]; }
  /// What was not surely before another one, and is not that one itself; without one, everything.
  std::vector<const Happening*> since(const std::optional<Happening>& other) const;
  /// The first or last event of some kinds; nothing when there is none with a time.
  std::optional<Happening> first(std::span<const EventKind> kinds) const;
  std::optional<Happening> last(std::span<const EventKind> kinds) const;
  /// The last that has happened by as-of.
  std::optional<Happening> last_so_far(std::span<const EventKind> kinds) const;

  /// "2020-02-26 00:48" in UTC, as precise as it was told; empty when nobody says when.
  std::string time(const Happening& happening) const;
  /// The time with what is to be said about it: "2020-02-26 00:48 UTC (expected)".
  std::string time_in_full(const Happening& happening) const;
  /// What happened, with its case and with what is to be said about its time. Not escaped.
  std::string text(const Happening& happening, std::string_view expected_revocation) const;
  /// A time that something is due, as short as it is: "2026-06-30"; empty when there is none.
  std::string due(const std::optional<TimeRef>& time) const;
  /// Whether that time is over by as-of.
  bool is_over(const std::optional<TimeRef>& time) const;

 private:
  const Event& event(const Happening& happening) const { return incident_.events[static_cast<std::size_t>(happening.event)]; }
  const Telling* shown_telling(const Event& event) const;
  std::optional<Moment> resolved(const TimeRef& time, bool as_due) const;
  void add_plans();
  std::vector<std::string> remarks_on_time(const Happening& happening) const;
  std::vector<std::string> remarks_on_event(const Happening& happening) const;
  std::string other_tellings(const Event& event, const Telling& main) const;

  const Incident& incident_;
  const People& people_;
  Instant as_of_;
  mutable Recollection recollection_;  // for what is counted from other events
  std::vector<Happening> all_;
  std::vector<Truth> withdrawn_;  // by event
};

/// The time without the " UTC" at its end, for where all times are UTC.
std::string in_utc(const Moment& moment);

}  // namespace cita
