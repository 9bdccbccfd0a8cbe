// From the clock on somebody's wall to UTC: what the readers of stamps share.
#pragma once

#include <cita/time/stamp.hpp>

namespace cita {

/// A stretch of local time, both ends inclusive. An open side has no end.
struct LocalBounds {
  date::local_seconds first{};
  date::local_seconds last{};
  Unit unit = Unit::second;
  bool open_before = false;
  bool open_after = false;
};

/// The bounds in UTC. `zone` is what the text states; when it is empty the context's zone counts, and when that is
/// empty too every offset in use does. What was supposed is noted in `notes`.
Moment placed(const LocalBounds& bounds, std::string_view zone, const StampContext& context, Stamp& notes);

/// Whether there is such a day and such a time of day; if not, why.
std::optional<StampError> impossible_day(int year, unsigned month, unsigned day);
std::optional<StampError> impossible_time(int hour, int minute, int second);

/// The first second of a day, month (`day` 0) or year (`month` 0) and its last.
LocalBounds whole(int year, unsigned month, unsigned day);

/// Notes an assumption or a complaint, unless it is noted already.
void note(Stamp& stamp, AssumptionKind kind, std::string text);
void complain(Stamp& stamp, std::string code, std::string text, std::string help);
/// Whether something of this kind had to be supposed.
bool has_assumption(const Stamp& stamp, AssumptionKind kind);

}  // namespace cita
