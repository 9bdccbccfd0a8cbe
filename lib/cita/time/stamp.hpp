// A Moment as somebody wrote it: the bounds, the text they were read from and where, what was assumed, and what the
// text could also have meant.
#pragma once

#include <cita/base/source.hpp>
#include <cita/time/moment.hpp>

#include <optional>
#include <string>
#include <vector>

namespace cita {

enum class AssumptionKind : std::uint8_t {
  year,          ///< the year came from the context
  date,          ///< the date came from the context; the text has only a time
  zone,          ///< the offset came from the account's zone
  unknown_zone,  ///< nobody states a zone: every offset in use is allowed for
  abbreviation,  ///< a zone abbreviation was read as an offset
  narrowed,      ///< the order of events cut the bounds
  other,
};

/// What had to be supposed to read a stamp, as a sentence to show.
struct Assumption {
  AssumptionKind kind = AssumptionKind::other;
  std::string text;
  friend bool operator==(const Assumption&, const Assumption&) = default;
};

/// Something wrong with a stamp that could be read all the same ("27 Feb 2020 was a Thursday, not a Wednesday").
struct Complaint {
  std::string code;  ///< kebab-case: "weekday-contradicts-date", "zone-unknown", "abbreviation-out-of-season"
  std::string text;
  std::string help;
  friend bool operator==(const Complaint&, const Complaint&) = default;
};

/// Another way to read a contradictory stamp.
struct Alternative {
  Moment moment;
  std::string label;  ///< what one has to believe: "the weekday is right (Wed 26 Feb 2020)"
};

struct Stamp {
  Moment moment;
  std::string text;  ///< as written
  Span span;
  std::vector<Assumption> assumptions;
  std::vector<Complaint> complaints;
  std::string label;  ///< when there are alternatives: what the main reading believes ("the date is right (Thu 27 Feb 2020)")
  std::vector<Alternative> alternatives;
};

/// Which number comes first in dates like 3/6/2019.
enum class DateOrder : std::uint8_t { unknown, day_first, month_first };

/// What a reader knows beside the text.
struct StampContext {
  std::optional<int> year;               ///< for stamps without one
  std::optional<date::local_days> date;  ///< for bare times: the day they belong to
  std::string_view zone;                 ///< "UTC", "+02:00", "Europe/Berlin"; empty when nobody states one
  std::uint32_t clock = 1;               ///< which unknown clock this is when no zone is stated (not 0)
  DateOrder order = DateOrder::unknown;  ///< as other dates of the same writer show it
};

/// Why a text is no stamp.
struct StampError {
  std::string code;  ///< "no-such-day", "ambiguous-order", "leap-second", "not-a-time", …
  std::string message;
  std::string help;
  std::size_t begin = 0;  ///< the part of the text that is wrong
  std::size_t end = 0;
};

/// A stamp, or the reason why there is none.
struct StampResult {
  std::optional<Stamp> stamp;
  StampError error;

  explicit operator bool() const { return stamp.has_value(); }
};

}  // namespace cita
