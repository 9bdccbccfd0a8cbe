// What a stamp says, before anything is supposed: the grammar of how people write times.
//
//   "Wed 26-Feb 17:15 to 17:18" → first {26 Feb, Wednesday, 17:15}, second {17:18}
//   "no later than March 29, 2024" → until {29 Mar 2024}
#pragma once

#include <cita/time/reading_tokens.hpp>
#include <cita/time/stamp.hpp>

#include <optional>
#include <span>
#include <string>

namespace cita::reading {

/// A place among tokens. Recognizers take it by reference and leave it alone when they do not match.
class Cursor {
 public:
  explicit Cursor(std::span<const Token> tokens) : tokens_(tokens) {}

  bool done() const { return position_ >= tokens_.size(); }
  std::size_t position() const { return position_; }
  const Token& peek(std::size_t ahead = 0) const;
  void advance(std::size_t count = 1) { position_ += count; }
  /// Moves behind the token if it is this one.
  bool skip(std::string_view text);
  bool skip_any(std::initializer_list<std::string_view> texts);
  /// Moves behind the words if all of them come in this order ("no later than").
  bool skip_words(std::string_view words);

 private:
  std::span<const Token> tokens_;
  std::size_t position_ = 0;
};

/// A date as written; what is missing is 0 or empty.
struct WrittenDate {
  std::optional<int> year;
  bool short_year = false;    ///< two digits
  unsigned month = 0;         ///< 0: a whole year
  unsigned day = 0;           ///< 0: a whole month
  unsigned last_day = 0;      ///< of "27-29 Nov"; else `day`
  bool either_order = false;  ///< "3/6/2019": day and month may be the other way round
};

enum class Meridiem { none, am, pm };

struct WrittenTime {
  int hour = 0;
  std::optional<int> minute;
  std::optional<int> second;
  Meridiem meridiem = Meridiem::none;
};

enum class DayPart { none, morning, afternoon, evening };

struct WrittenZone {
  std::string offset_or_name;  ///< "UTC", "-07:00", "America/Phoenix"
  std::string abbreviation;    ///< "pst": what it means hangs on the day

  explicit operator bool() const { return !offset_or_name.empty() || !abbreviation.empty(); }
  friend bool operator==(const WrittenZone&, const WrittenZone&) = default;
};

struct Part {
  std::optional<WrittenDate> date;
  std::optional<WrittenTime> time;
  std::optional<unsigned> weekday;
  DayPart day_part = DayPart::none;
  WrittenZone zone;
  bool about = false;

  bool empty() const { return !date && !time && !weekday && day_part == DayPart::none && !zone; }
};

enum class Bound { at, until, before, from, after };

struct Phrase {
  Part first;
  std::optional<Part> second;  ///< the end of a range
  Bound bound = Bound::at;
  bool end_of = false;    ///< "end of April"
  bool vague = false;     ///< "early April"
  std::string remark;     ///< words before the time that say nothing about it
  bool relative = false;  ///< the remark counts from another event ("yesterday")
};

/// A phrase, or why the text is none.
struct ParseResult {
  std::optional<Phrase> phrase;
  StampError error;
};

ParseResult parse(std::string_view simplified);

// The recognizers, each for one kind of thing.
bool take_date(Cursor& cursor, WrittenDate& date);
bool take_time(Cursor& cursor, WrittenTime& time);
bool take_military_time(Cursor& cursor, WrittenTime& time);
/// `text` is what the tokens were cut from.
bool take_zone(Cursor& cursor, std::string_view text, WrittenZone& zone);

}  // namespace cita::reading
