// Times as lists and CRLs write them, as bounds of UTC seconds: small enough to be made for every row of millions.
#pragma once

#include <cita/time/moment.hpp>

#include <optional>
#include <string>
#include <string_view>

namespace cita::evidence {

/// A time between two seconds, both of which it may be. Open sides are open_past and open_future.
struct Bounds {
  Instant first = open_past;
  Instant last = open_future;

  static constexpr Bounds exact(Instant instant) { return {instant, instant}; }
  bool is_exact() const { return first == last; }
  friend bool operator==(const Bounds&, const Bounds&) = default;
};

/// What people round is within one of its units of what they write. The unit shows in how wide the bounds are: a time to the
/// second whose zone is open is a number of quarters of an hour wide, and stays as it is.
Bounds unrounded_wide(const Bounds& told);
inline Bounds unrounded(const Bounds& told) { return told.is_exact() ? told : unrounded_wide(told); }
/// A certificate may say that it is valid from so long before or after it was signed.
inline constexpr Seconds signing_tolerance{2 * 86'400};

/// The form that the template asks for, "2026-03-20T12:34:56Z"; nothing for all others, and for times that do not exist.
std::optional<Instant> template_instant(std::string_view text);
inline constexpr std::size_t template_instant_size = 20;

/// The form of a UTCTime in certificates and CRLs, "260320123456Z", of the years 1950 to 2049; nothing for all others, and for
/// times that do not exist.
std::optional<Instant> utc_time_instant(std::string_view text);

/// Reads the times of one column. The usual forms ("2026-03-20T12:34:56Z", "2026-03-20 12:34:56", "2026-03-20") are read at
/// once; everything else that cita can read as a time takes the long way, and its last answer is remembered.
class TimeReader {
 public:
  /// `zone` is that of times without one; where it is empty they may be of any zone on Earth.
  explicit TimeReader(std::string zone) : zone_(std::move(zone)) {}

  /// Nothing for what is no time, or could be two.
  std::optional<Bounds> read(std::string_view text);

 private:
  std::string zone_;
  std::string last_text_;
  std::optional<Bounds> last_;
};

/// Seconds since 1970 of a day and time that exist; nothing for those that do not (30 February, 25:00, a leap second).
std::optional<Instant> instant_of(int year, unsigned month, unsigned day, unsigned hour, unsigned minute, unsigned second);

}  // namespace cita::evidence
