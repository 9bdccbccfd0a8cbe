#include <cita/time/notation.hpp>
#include <cita/time/placing.hpp>
#include <cita/time/zone.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace cita {

namespace {

// One stamp of the notation as it stands, its values not judged yet.
struct Written {
  int year = 0;
  std::optional<unsigned> month;
  std::optional<unsigned> day;
  std::array<int, 3> time{};
  int time_parts = 0;     // how many of hour, minute, second are written
  std::string_view zone;  // "Z", "+01:00", "UTC" or empty
};

class Scanner {
 public:
  explicit Scanner(std::string_view text) : text_(text) {}

  bool done() const { return text_.empty(); }
  std::string_view rest() const { return text_; }

  bool skip(char c) {
    if (text_.empty() || text_.front() != c) return false;
    text_.remove_prefix(1);
    return true;
  }

  // Exactly `count` digits.
  std::optional<int> digits(std::size_t count) {
    if (text_.size() < count) return std::nullopt;
    int value = 0;
    for (const char c : text_.substr(0, count)) {
      if (c < '0' || c > '9') return std::nullopt;
      value = value * 10 + (c - '0');
    }
    text_.remove_prefix(count);
    return value;
  }

  void skip_digits() {
    while (!text_.empty() && text_.front() >= '0' && text_.front() <= '9') text_.remove_prefix(1);
  }

 private:
  std::string_view text_;
};

// ".250" or ",250": a second is as fine as it gets, so that the digits only have to be digits.
bool scan_fraction(Scanner& scanner) {
  if (!scanner.skip('.') && !scanner.skip(',')) return true;
  if (!scanner.digits(1)) return false;
  scanner.skip_digits();
  return true;
}

// "00", "00:48", "00:48:11.250"
bool scan_time(Scanner& scanner, Written& written) {
  while (written.time_parts < 3) {
    const auto value = scanner.digits(2);
    if (!value) return false;
    written.time[static_cast<std::size_t>(written.time_parts++)] = *value;
    if (written.time_parts < 3 && !scanner.skip(':')) return true;
  }
  return scan_fraction(scanner);
}

bool has_zone_shape(std::string_view text) {
  if (text == "Z" || text == "z" || text == "UTC" || text == "utc") return true;
  Scanner scanner(text);
  if (!scanner.skip('+') && !scanner.skip('-')) return false;
  if (!scanner.digits(2)) return false;
  if (scanner.done()) return true;
  scanner.skip(':');
  return scanner.digits(2) && scanner.done();
}

// What may stand behind the day: a time, an offset or both. With a space before it a time has at least its minutes, for
// "2020-02-26 10" is no time that anybody could be sure of.
bool scan_behind_day(Scanner& scanner, Written& written) {
  if (scanner.skip('T') || scanner.skip('t')) {
    if (!scan_time(scanner, written)) return false;
  } else if (Scanner ahead = scanner; ahead.skip(' ') && ahead.digits(2)) {
    scanner.skip(' ');
    if (!scan_time(scanner, written) || written.time_parts < 2) return false;
  }
  if (scanner.done()) return true;
  scanner.skip(' ');
  written.zone = scanner.rest();
  return has_zone_shape(written.zone);
}

std::optional<Written> scan(std::string_view text) {
  Scanner scanner(text);
  Written written;
  const auto year = scanner.digits(4);
  if (!year) return std::nullopt;
  written.year = *year;
  for (std::optional<unsigned>* part : {&written.month, &written.day}) {
    if (scanner.done()) return written;
    const auto value = scanner.skip('-') ? scanner.digits(2) : std::nullopt;
    if (!value) return std::nullopt;
    *part = static_cast<unsigned>(*value);
  }
  if (!scanner.done() && !scan_behind_day(scanner, written)) return std::nullopt;
  return written;
}

// The two ends of "A..B"; an end that is not written is empty.
struct Ends {
  std::string_view from;
  std::string_view to;
  bool range = false;
};

Ends ends_of(std::string_view text) {
  const std::size_t dots = text.find("..");
  if (dots == std::string_view::npos) return {text, text, false};
  return {text.substr(0, dots), text.substr(dots + 2), true};
}

std::optional<StampError> judged(const Written& written) {
  if (written.year == 0) return StampError{"no-such-day", "there is no year 0000", "years are 0001 to 9999"};
  if (written.month)
    if (auto error = impossible_day(written.year, *written.month, written.day.value_or(1))) return error;
  if (written.time_parts > 0)
    if (auto error = impossible_time(written.time[0], written.time[1], written.time[2])) return error;
  if (!written.zone.empty() && !is_zone(written.zone))
    return StampError{"no-such-offset", fmt::format("no clock on Earth is at {}", written.zone), "offsets are -12:00 to +14:00"};
  return std::nullopt;
}

LocalBounds bounds_of(const Written& written) {
  LocalBounds bounds = whole(written.year, written.month.value_or(0), written.day.value_or(0));
  if (written.time_parts == 0) return bounds;
  constexpr std::array units{Unit::hour, Unit::minute, Unit::second};
  const auto& [hours, minutes, seconds] = written.time;
  bounds.unit = units[static_cast<std::size_t>(written.time_parts) - 1];
  bounds.first += Seconds{hours * 3'600 + minutes * 60 + seconds};
  bounds.last = bounds.first + longest(bounds.unit) - Seconds{1};
  return bounds;
}

// Both ends on one clock, or each on its own.
std::optional<Moment> joined(const Written& from, const Written& to, const StampContext& context, Stamp& notes) {
  const LocalBounds first = bounds_of(from);
  const LocalBounds last = bounds_of(to);
  const Unit unit = std::max(first.unit, last.unit);
  if (from.zone == to.zone) {
    if (first.first > last.last) return std::nullopt;
    return placed({first.first, last.last, unit}, from.zone, context, notes);
  }
  const Moment earliest = placed(first, from.zone, context, notes);
  const Moment latest = placed(last, to.zone, context, notes);
  if (earliest.earliest() > latest.latest()) return std::nullopt;
  return Moment::between(earliest.earliest(), latest.latest(), unit);
}

Moment open(const Written& written, bool before, const StampContext& context, Stamp& notes) {
  LocalBounds bounds = bounds_of(written);
  bounds.open_before = before;
  bounds.open_after = !before;
  return placed(bounds, written.zone, context, notes);
}

// Points an error at the part of the text that is wrong.
StampResult refused(StampError error, std::string_view whole_text, std::string_view part) {
  error.begin = part.empty() ? 0 : static_cast<std::size_t>(part.data() - whole_text.data());
  error.end = part.empty() ? whole_text.size() : error.begin + part.size();
  return {std::nullopt, std::move(error)};
}

}  // namespace

bool looks_like_notation(std::string_view text) {
  const Ends ends = ends_of(text);
  if (ends.from.empty() && ends.to.empty()) return false;
  return (ends.from.empty() || scan(ends.from)) && (ends.to.empty() || scan(ends.to));
}

StampResult read_notation(std::string_view text, const StampContext& context) {
  if (!looks_like_notation(text))
    return refused({"not-a-time", "this is no time", "write it like 2020-02-26T00:48Z or 2020-02-26T17:15Z..2020-02-26T17:18Z"},
                   text, {});
  const Ends ends = ends_of(text);
  const std::optional<Written> from = ends.from.empty() ? std::nullopt : scan(ends.from);
  const std::optional<Written> to = ends.to.empty() ? std::nullopt : scan(ends.to);
  if (from)
    if (auto error = judged(*from)) return refused(*error, text, ends.from);
  if (to)
    if (auto error = judged(*to)) return refused(*error, text, ends.to);

  Stamp stamp;
  stamp.text = text;
  if (from && to) {
    const auto moment = joined(*from, *to, context, stamp);
    if (!moment) return refused({"backwards", "this ends before it starts", "write the earlier time first"}, text, {});
    stamp.moment = *moment;
  } else {
    stamp.moment = from ? open(*from, false, context, stamp) : open(*to, true, context, stamp);
  }
  return {std::move(stamp), {}};
}

}  // namespace cita
