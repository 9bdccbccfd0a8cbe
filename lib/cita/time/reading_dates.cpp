#include <cita/time/calendar_words.hpp>
#include <cita/time/reading_phrase.hpp>

#include <algorithm>
#include <array>

namespace cita::reading {

namespace {

// "15:04", "10 am", "8h30": a number that this begins with is no year and no day.
bool begins_time(Cursor cursor) {
  WrittenTime time;
  return take_time(cursor, time);
}

std::optional<unsigned> month_at(const Cursor& cursor) {
  const Token& token = cursor.peek();
  return token.kind == TokenKind::word ? month_called(token.text) : std::nullopt;
}

bool take_month(Cursor& cursor, unsigned& month) {
  const auto found = month_at(cursor);
  if (!found) return false;
  month = *found;
  cursor.advance();
  cursor.skip(".");
  return true;
}

// "17", "17th", "21th", "1er", "1º"
bool take_day(Cursor& cursor, unsigned& day) {
  if (!cursor.peek().is_number(1, 2) || begins_time(cursor)) return false;
  day = static_cast<unsigned>(cursor.peek().value);
  cursor.advance();
  if (!cursor.peek().spaced) cursor.skip_any({"st", "nd", "rd", "th", "er", "ère", "o", "ª", "a", "e"});
  return true;
}

bool is_year(const Token& token) { return token.is_number(4, 4) && token.value >= 1950 && token.value < 2200; }

// "2020", ", 2020", "-2020", "de 2020"; two digits only where a sign ties them to the month ("14-Jan-19").
void take_year(Cursor& cursor, WrittenDate& date) {
  Cursor ahead = cursor;
  const bool tied = !ahead.peek().spaced && ahead.skip_any({"-", "/", "."}) && !ahead.peek().spaced;
  if (!tied) ahead.skip_any({",", "-"});
  ahead.skip_any({"of", "de", "del"});
  const Token token = ahead.peek();
  const bool short_year = tied && token.is_number(2, 2) && !begins_time(ahead);
  if (!is_year(token) && !short_year) return;
  ahead.advance();
  if (short_year && month_at(ahead)) return;
  if (short_year && ahead.peek().is("-") && !ahead.peek().spaced) return;
  date.year = token.value;
  date.short_year = short_year;
  cursor = ahead;
}

// The other day of "27-29", "1/2", "27 to 29".
void take_last_day(Cursor& cursor, WrittenDate& date) {
  date.last_day = date.day;
  Cursor ahead = cursor;
  if (!ahead.skip_any({"-", "/", "to", "through", "and", "or"})) return;
  unsigned last = 0;
  if (!take_day(ahead, last)) return;
  Cursor behind = ahead;
  behind.skip_any({"-", "of"});
  if (month_at(behind) && date.month != 0) return;  // "Nov 27 - 3 Dec": a date of its own
  date.last_day = last;
  cursor = ahead;
}

// 2024年3月4日, 3月4日
bool east_asian(Cursor& cursor, WrittenDate& date) {
  if (cursor.peek().is_number(4, 4)) {
    date.year = cursor.peek().value;
    cursor.advance();
    if (!cursor.skip_any({"年", "년"})) return false;
  }
  if (!cursor.peek().is_number(1, 2)) return date.year.has_value();
  date.month = static_cast<unsigned>(cursor.peek().value);
  cursor.advance();
  if (!cursor.skip_any({"月", "월"})) return false;
  if (!cursor.peek().is_number(1, 2)) return true;
  Cursor ahead = cursor;
  ahead.advance();
  if (!ahead.skip_any({"日", "号", "일"})) return true;
  date.day = date.last_day = static_cast<unsigned>(cursor.peek().value);
  cursor = ahead;
  return true;
}

// 2020-02-26, 2020/2/26, 2020.02.26., 2020-02
bool year_first(Cursor& cursor, WrittenDate& date) {
  if (!is_year(cursor.peek())) return false;
  date.year = cursor.peek().value;
  cursor.advance();
  const Token separator = cursor.peek();
  if (!cursor.skip_any({"-", "/", "."}) || !cursor.peek().is_number(1, 2) || begins_time(cursor)) return false;
  date.month = static_cast<unsigned>(cursor.peek().value);
  cursor.advance();
  if (!cursor.peek().is(separator.text)) return separator.is("-") && !separator.spaced;
  cursor.advance();
  if (!cursor.peek().is_number(1, 2)) return false;
  date.day = date.last_day = static_cast<unsigned>(cursor.peek().value);
  cursor.advance();
  if (separator.is(".")) cursor.skip(".");
  return true;
}

// 20241028T055100Z: eight digits are a date only where a time follows them.
bool compact(Cursor& cursor, WrittenDate& date) {
  const Token digits = cursor.peek();
  Cursor ahead = cursor;
  ahead.advance();
  const bool is_stamp = digits.is_number(8, 8) && !ahead.peek().spaced && ahead.peek().is("t") && begins_time(ahead);
  if (!is_stamp) return false;
  date.year = digits.value / 10'000;
  date.month = static_cast<unsigned>(digits.value / 100 % 100);
  date.day = date.last_day = static_cast<unsigned>(digits.value % 100);
  cursor = ahead;
  return true;
}

// 2024 March 4, 2024-Mar-04, 2024. március 4.
bool year_month_word(Cursor& cursor, WrittenDate& date) {
  if (!is_year(cursor.peek())) return false;
  date.year = cursor.peek().value;
  cursor.advance();
  cursor.skip_any({".", "-", "/", ","});
  if (!take_month(cursor, date.month)) return false;
  Cursor ahead = cursor;
  ahead.skip_any({"-", "/"});
  if (take_day(ahead, date.day)) {
    cursor = ahead;
    cursor.skip(".");
  }
  date.last_day = date.day;
  return true;
}

// 26-Feb, 26 Feb 2020, 6th of March 2018, 4. März 2024, 4 de marzo de 2024, 27-29 Nov 2015, 1/2 July 2020, 14-Jan-19
bool day_month_word(Cursor& cursor, WrittenDate& date) {
  if (!take_day(cursor, date.day)) return false;
  take_last_day(cursor, date);
  cursor.skip_any({"-", "/", ".", ","});
  cursor.skip_any({"of", "de", "day"});
  if (!take_month(cursor, date.month)) return false;
  take_year(cursor, date);
  return true;
}

// Feb 26, Feb. 26th, 2020, Dec, 1, 2021, Nov 27-29, 2015, may20,2022
bool month_word_day(Cursor& cursor, WrittenDate& date) {
  if (!take_month(cursor, date.month)) return false;
  cursor.skip_any({",", "-"});
  cursor.skip("the");
  if (!take_day(cursor, date.day)) return false;
  take_last_day(cursor, date);
  take_year(cursor, date);
  return true;
}

// March 2023, March
bool month_word(Cursor& cursor, WrittenDate& date) {
  if (!take_month(cursor, date.month)) return false;
  take_year(cursor, date);
  return true;
}

// 14/01/19, 3/6/2019, 3-1-2023, 5/18: the numbers alone say which is the month, or nothing does.
bool day_and_month(Cursor& cursor, WrittenDate& date) {
  if (!cursor.peek().is_number(1, 2)) return false;
  const auto first = static_cast<unsigned>(cursor.peek().value);
  cursor.advance();
  const Token separator = cursor.peek();
  if (separator.spaced || !cursor.skip_any({"/", "-"}) || !cursor.peek().is_number(1, 2) || cursor.peek().spaced) return false;
  const auto second = static_cast<unsigned>(cursor.peek().value);
  cursor.advance();
  const bool with_year = cursor.peek().is(separator.text) && !cursor.peek().spaced;
  if (with_year) {
    cursor.advance();
    const bool dashed = separator.is("-");  // 03-04-19 may begin with the year as well
    if (!is_year(cursor.peek()) && (dashed || !cursor.peek().is_number(2, 2))) return false;
    date.year = cursor.peek().value;
    date.short_year = cursor.peek().text.size() == 2;
    cursor.advance();
  } else if (separator.is("-")) {
    return false;
  }
  const bool month_first = second > 12;
  date.month = month_first ? first : second;
  date.day = date.last_day = month_first ? second : first;
  date.either_order = first <= 12 && second <= 12 && first != second;
  return true;
}

// 08.10.2019, 8.10.19, 8. 10. 2019, 8.10.: with full stops the day comes first.
bool dotted(Cursor& cursor, WrittenDate& date) {
  if (!cursor.peek().is_number(1, 2)) return false;
  date.day = date.last_day = static_cast<unsigned>(cursor.peek().value);
  cursor.advance();
  if (!cursor.skip(".") || !cursor.peek().is_number(1, 2)) return false;
  date.month = static_cast<unsigned>(cursor.peek().value);
  cursor.advance();
  if (!cursor.skip(".")) return false;
  const Token year = cursor.peek();
  const bool short_year = year.is_number(2, 2) && !year.spaced && !begins_time(cursor);
  if (!is_year(year) && !short_year) return true;
  date.year = year.value;
  date.short_year = short_year;
  cursor.advance();
  return true;
}

bool year_alone(Cursor& cursor, WrittenDate& date) {
  if (!is_year(cursor.peek())) return false;
  date.year = cursor.peek().value;
  cursor.advance();
  return true;
}

}  // namespace

bool take_date(Cursor& cursor, WrittenDate& date) {
  constexpr std::array recognizers{&east_asian,     &compact,    &year_first, &year_month_word, &day_month_word,
                                   &month_word_day, &month_word, &dotted,     &day_and_month,   &year_alone};
  for (const auto recognizer : recognizers) {
    Cursor ahead = cursor;
    WrittenDate found;
    if (!recognizer(ahead, found)) continue;
    cursor = ahead;
    date = found;
    return true;
  }
  return false;
}

}  // namespace cita::reading
