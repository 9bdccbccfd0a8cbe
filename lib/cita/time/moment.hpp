// When something happened, as precisely as anyone said: closed bounds of UTC seconds.
//
//   Moment received = Moment::between(a, b, Unit::minute);
//   Truth order = before(received, reported);               // no operator<: bounds that overlap have no order
//   Elapsed took = elapsed(received, reported);             // 18 h 26 min 1 s … 18 h 27 min 59 s
//
// No leap seconds, no floating point. A side that nobody bounded is open.
#pragma once

#include <cita/time/truth.hpp>

#include <date/date.h>

#include <chrono>
#include <compare>
#include <cstdint>
#include <limits>

namespace cita {

using Seconds = std::chrono::seconds;
/// One UTC second.
using Instant = date::sys_seconds;

/// Stands for "no bound on this side"; far outside every year that can be written.
inline constexpr Seconds unbounded{std::int64_t{1} << 60};
inline constexpr Instant open_past{-unbounded};
inline constexpr Instant open_future{unbounded};

/// What a stamp was rounded to. Rounding tolerance is one of these.
enum class Unit : std::uint8_t { second, minute, hour, day, month, year };

std::string_view name(Unit unit);
/// The most that one unit can last, in seconds (a month has 31 days, a year 366).
Seconds longest(Unit unit);

/// An amount of time between two Moments: closed bounds, in seconds; may be negative; a side may be open.
struct Elapsed {
  Seconds least{0};
  Seconds most{0};

  bool open_below() const { return least <= -unbounded; }
  bool open_above() const { return most >= unbounded; }
  friend bool operator==(const Elapsed&, const Elapsed&) = default;
};

class Moment {
 public:
  /// Unbounded on both sides: nothing is known.
  Moment() = default;
  static Moment exact(Instant instant) { return {instant, instant, Unit::second}; }
  /// Requires earliest <= latest.
  static Moment between(Instant earliest, Instant latest, Unit unit) { return {earliest, latest, unit}; }
  /// A stamp whose zone nobody states: the bounds as if it were UTC, widened to every offset in use. Two Moments with
  /// the same `clock` (not 0) were read from one clock, whose offset cancels between them.
  static Moment on_unknown_clock(Instant earliest_local, Instant latest_local, Unit unit, std::uint32_t clock);
  /// `base` moved by an amount that is itself only known in bounds. `anchor` (not 0) names the event that `base` belongs
  /// to, so that two Moments counted from one event are compared without that event's own uncertainty.
  static Moment after(const Moment& base, Elapsed amount, Unit unit, std::uint32_t anchor);

  Instant earliest() const { return earliest_; }
  Instant latest() const { return latest_; }
  Unit unit() const { return unit_; }
  std::uint32_t clock() const { return clock_; }
  std::uint32_t anchor() const { return anchor_; }

  bool is_open_before() const { return earliest_ <= open_past; }
  bool is_open_after() const { return latest_ >= open_future; }
  bool is_exact() const { return earliest_ == latest_; }
  bool contains(Instant instant) const { return earliest_ <= instant && instant <= latest_; }

  /// The part not before `bound` / not after `bound`; unchanged where nothing would be left.
  Moment not_before(Instant bound) const;
  Moment not_after(Instant bound) const;
  /// Moved as a whole, on its clock and from its anchor too; open sides stay open.
  Moment shifted(Seconds by) const;
  /// The same bounds, taken as exact to `unit`: a date that somebody set is not a rounded time.
  Moment in_units(Unit unit) const;
  /// Marks this Moment as itself the event that others may be counted from.
  Moment anchored(std::uint32_t anchor) const;

  friend bool operator==(const Moment&, const Moment&) = default;
  friend bool operator<(const Moment&, const Moment&) = delete;
  friend bool operator>(const Moment&, const Moment&) = delete;
  friend bool operator<=(const Moment&, const Moment&) = delete;
  friend bool operator>=(const Moment&, const Moment&) = delete;

 private:
  Moment(Instant earliest, Instant latest, Unit unit) : earliest_(earliest), latest_(latest), unit_(unit) {}
  friend Elapsed elapsed(const Moment& from, const Moment& to);

  Instant earliest_ = open_past;
  Instant latest_ = open_future;
  Unit unit_ = Unit::second;
  std::uint32_t clock_ = 0;   // one unknown zone, shared by all Moments with the same number
  Instant local_earliest_{};  // as that clock showed it
  Instant local_latest_{};
  std::uint32_t anchor_ = 0;  // one event, shared by all Moments counted from it
  Elapsed from_anchor_{};
};

/// The offsets in use on Earth: UTC-12 … UTC+14.
inline constexpr Seconds westernmost{-12 * 3600};
inline constexpr Seconds easternmost{14 * 3600};

/// How much time lies between two Moments; negative where `to` comes first.
Elapsed elapsed(const Moment& from, const Moment& to);

/// Whether `a` happened before `b`.
Truth before(const Moment& a, const Moment& b);
/// Whether `a` happened no later than `b`.
Truth not_after(const Moment& a, const Moment& b);
/// Whether both may be the same second, allowing for one unit of the coarser stamp: people round.
bool agree_within_rounding(const Moment& a, const Moment& b);
/// The earlier of the two, whichever that is.
Moment earlier(const Moment& a, const Moment& b);
/// The later of the two, whichever that is.
Moment later(const Moment& a, const Moment& b);

}  // namespace cita
