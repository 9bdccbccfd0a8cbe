// How long a duty may take, or until when: what a document writes as "24 hours", "7 days", "three months", "on or before".
//
//   Limit day = Limit::within(std::chrono::hours{24});
//   Deadline due = deadline(day, received);                 // bounds, because the start has bounds
//   Truth on_time = within(day, received, reported);        // met at exactly 24:00:00 elapsed
#pragma once

#include <cita/time/moment.hpp>

#include <optional>
#include <string>
#include <string_view>

namespace cita {

enum class LimitKind : std::uint8_t {
  none,           ///< a duty without a number ("promptly"): it can be met, never late
  elapsed,        ///< an exact amount of seconds
  calendar_days,  ///< until the end of the n-th day after, in UTC
  months,         ///< until the end of the same day n months later (the last of the month where there is none), in UTC
  by_date,        ///< until the end of a day that the trigger itself names
};

/// Whether the deadline itself is still on time.
enum class Boundary : std::uint8_t { inclusive, strict };

struct Limit {
  LimitKind kind = LimitKind::none;
  std::int64_t amount = 0;  ///< seconds, days or months
  Boundary boundary = Boundary::inclusive;
  bool written_in_days = false;  ///< "3 days" rather than "72 hours": the same amount, shown as the document writes it

  static constexpr Limit within(Seconds seconds, Boundary boundary = Boundary::inclusive) {
    return {LimitKind::elapsed, seconds.count(), boundary, false};
  }
  static constexpr Limit days(int count) { return {LimitKind::calendar_days, count, Boundary::inclusive, true}; }
  static constexpr Limit months(int count) { return {LimitKind::months, count, Boundary::inclusive, false}; }
  static constexpr Limit date() { return {LimitKind::by_date, 0, Boundary::inclusive, false}; }

  friend bool operator==(const Limit&, const Limit&) = default;
};

/// The last instant that is on time when the clock started at `start`; nothing for a limit without a number.
std::optional<Instant> last_on_time(const Limit& limit, Instant start);

/// The last instant that is on time, in bounds; nothing for a limit without a number.
std::optional<Moment> deadline(const Limit& limit, const Moment& start);

/// How much time is left (positive) or how late it is (negative) at `end`; nothing for a limit without a number.
std::optional<Elapsed> margin(const Limit& limit, const Moment& start, const Moment& end);

/// Whether `end` comes within the limit from `start`, by every, no or some time that the bounds allow.
Truth within(const Limit& limit, const Moment& start, const Moment& end);

/// Reads an ISO 8601 duration of one sort: P7D and PT24H are exact amounts (1 day = 86,400 s), P3M is three months.
/// Nothing for anything else, and for more than a hundred years.
std::optional<Limit> parse_duration(std::string_view text);

/// "24 hours", "5 days", "3 months", "no number": in the unit that the document uses.
std::string describe(const Limit& limit);

}  // namespace cita
