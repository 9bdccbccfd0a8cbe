#include <cita/evidence/calendar.hpp>
#include <cita/evidence/list_time.hpp>
#include <cita/time/reading.hpp>

#include <array>
#include <bit>
#include <cstring>

namespace cita::evidence {

namespace {

constexpr Seconds day_long{86'400};
constexpr unsigned last_year = 9'999;
constexpr std::int64_t days_to_1970 = 719'625;

bool is_leap(unsigned year) { return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0); }

// A time of a day since 1970.
Instant instant_on(std::int64_t day, unsigned hour, unsigned minute, unsigned second) {
  return Instant{Seconds{day * day_long.count() + std::int64_t{(hour * 60 + minute) * 60 + second}}};
}

inline std::optional<Instant> instant(int year, unsigned month, unsigned day, unsigned hour, unsigned minute, unsigned second) {
  const auto years = static_cast<unsigned>(year);
  if (years > last_year || month - 1 > 11 || hour > 23 || minute > 59 || second > 59) return std::nullopt;
  // The leap days of the years before this one, counted from 400 years before the year 0, so that no number is below zero.
  const unsigned before = years + 399, centuries = before / 100;
  const Month& part = calendar[is_leap(years) ? 1 : 0][month - 1];
  if (day - 1 >= part.days) return std::nullopt;
  const std::int64_t days =
      std::int64_t{years} * 365 + before / 4 - centuries + centuries / 4 + part.days_before + day - days_to_1970;
  return instant_on(days, hour, minute, second);
}

// The number in some places of a text; -1 where one is no digit.
template <std::size_t Digits>
int number(const char* text) {
  int value = 0;
  unsigned wrong = 0;
  for (std::size_t i = 0; i < Digits; ++i) {
    const unsigned digit = static_cast<unsigned char>(text[i]) - static_cast<unsigned>('0');
    wrong |= static_cast<unsigned>(digit > 9);
    value = value * 10 + static_cast<int>(digit);
  }
  return wrong != 0 ? -1 : value;
}

// Eight characters at once, the first in the lowest byte.
std::uint64_t eight(const char* text) {
  std::uint64_t all = 0;
  std::memcpy(&all, text, sizeof all);
  if constexpr (std::endian::native == std::endian::big) all = __builtin_bswap64(all);
  return all;
}

// What eight characters have to be: a digit where the pattern has a 0, else what the pattern has.
class Pattern {
 public:
  consteval explicit Pattern(const char (&text)[9]) {
    for (unsigned i = 0; i < 8; ++i) {
      text_ |= std::uint64_t{static_cast<unsigned char>(text[i])} << (8 * i);
      // What is added to a byte that fits leaves its highest bit clear.
      reach_ |= std::uint64_t{text[i] == '0' ? 0x7FU - 9U : 0x7FU} << (8 * i);
    }
  }

  /// In each byte the value of two digits, the one there and the one behind it; `wrong` has bits where the text does not fit.
  std::uint64_t pairs(const char* text, std::uint64_t& wrong) const {
    const std::uint64_t values = eight(text) ^ text_;
    wrong |= (values | (values + reach_)) & 0x8080808080808080U;
    return values * 10 + (values >> 8U);
  }

 private:
  std::uint64_t text_ = 0, reach_ = 0;
};

unsigned byte_of(std::uint64_t value, unsigned index) { return static_cast<unsigned>(value >> (8 * index)) & 0xFFU; }

bool is_zulu(std::string_view zone) { return zone == "Z" || zone == " UTC" || zone == " Z" || zone == "+00:00"; }

// "2026-03-20", then nothing or "T12:34:56" or " 12:34:56", then nothing or the zone. No answer is not a mistake: others read on.
std::optional<Bounds> usual(std::string_view text, bool in_utc) {
  constexpr std::size_t date_size = 10, time_size = 19;
  if (text.size() < date_size || text[4] != '-' || text[7] != '-') return std::nullopt;
  const int year = number<4>(text.data()), month = number<2>(text.data() + 5), day = number<2>(text.data() + 8);
  if (year < 0 || month < 0 || day < 0) return std::nullopt;
  const auto unsigned_of = [](int value) { return static_cast<unsigned>(value); };
  if (text.size() == date_size) {
    const auto start = in_utc ? instant_of(year, unsigned_of(month), unsigned_of(day), 0, 0, 0) : std::nullopt;
    if (!start) return std::nullopt;
    return Bounds{*start, *start + day_long - Seconds{1}};
  }
  if (text.size() < time_size || (text[10] != 'T' && text[10] != ' ') || text[13] != ':' || text[16] != ':') return std::nullopt;
  const std::string_view zone = text.substr(time_size);
  if (!(zone.empty() ? in_utc : is_zulu(zone))) return std::nullopt;
  const int hour = number<2>(text.data() + 11), minute = number<2>(text.data() + 14), second = number<2>(text.data() + 17);
  if (hour < 0 || minute < 0 || second < 0) return std::nullopt;
  const auto instant =
      instant_of(year, unsigned_of(month), unsigned_of(day), unsigned_of(hour), unsigned_of(minute), unsigned_of(second));
  if (!instant) return std::nullopt;
  return Bounds::exact(*instant);
}

}  // namespace

std::optional<Instant> instant_of(int year, unsigned month, unsigned day, unsigned hour, unsigned minute, unsigned second) {
  return instant(year, month, day, hour, minute, second);
}

Bounds unrounded_wide(const Bounds& told) {
  constexpr std::int64_t minute = 60, hour = 60 * minute, day = 24 * hour;
  const std::int64_t wide = (told.last - told.first).count();
  if (told.first <= open_past || told.last >= open_future || wide % minute != minute - 1) return told;
  const Seconds unit{wide % hour != hour - 1 ? minute : wide < hour ? hour : day};
  return {told.first - unit, told.last + unit};
}

std::optional<Instant> template_instant(std::string_view text) {
  static constexpr Pattern date{"0000-00-"}, time{"00T00:00"}, end{"0:00:00Z"};
  if (text.size() != 20) return std::nullopt;
  std::uint64_t wrong = 0;
  const std::uint64_t first = date.pairs(text.data(), wrong), second = time.pairs(text.data() + 8, wrong),
                      third = end.pairs(text.data() + 12, wrong);
  if (wrong != 0) return std::nullopt;
  const unsigned century = byte_of(first, 0), year = byte_of(first, 2), month = byte_of(first, 5), day = byte_of(second, 0);
  const unsigned hour = byte_of(second, 3), minute = byte_of(second, 6), seconds = byte_of(third, 5);
  if (century != 20) return instant(static_cast<int>(century * 100 + year), month, day, hour, minute, seconds);
  if (month - 1 > 11 || hour > 23 || minute > 59 || seconds > 59) return std::nullopt;
  const std::size_t index = year * 12 + month - 1;
  const std::int32_t first_day = first_days[index];
  if (day - 1 >= static_cast<unsigned>(first_days[index + 1] - first_day)) return std::nullopt;
  const std::int64_t days = first_day + static_cast<std::int32_t>(day) - 1;
  return instant_on(days, hour, minute, seconds);
}

std::optional<Instant> utc_time_instant(std::string_view text) {
  static constexpr Pattern date{"00000000"}, end{"0000000Z"};
  constexpr std::size_t size = 13;
  constexpr unsigned pivot = 50;
  if (text.size() != size) return std::nullopt;
  std::uint64_t wrong = 0;
  const std::uint64_t first = date.pairs(text.data(), wrong), second = end.pairs(text.data() + 5, wrong);
  if (wrong != 0) return std::nullopt;
  const unsigned year = byte_of(first, 0) + (byte_of(first, 0) < pivot ? 2000U : 1900U);
  return instant(static_cast<int>(year), byte_of(first, 2), byte_of(first, 4), byte_of(first, 6), byte_of(second, 3),
                 byte_of(second, 5));
}

std::optional<Bounds> TimeReader::read(std::string_view text) {
  if (const auto instant = template_instant(text)) return Bounds::exact(*instant);
  if (const auto bounds = usual(text, zone_ == "UTC")) return bounds;
  constexpr std::size_t longest = 100;
  if (text.empty() || text.size() > longest) return std::nullopt;
  if (text == last_text_) return last_;
  last_text_ = text;
  last_.reset();
  StampContext context;
  context.zone = zone_;
  if (const StampResult result = read_stamp(text, context); result && result.stamp->alternatives.empty())
    last_ = Bounds{result.stamp->moment.earliest(), result.stamp->moment.latest()};
  return last_;
}

}  // namespace cita::evidence
