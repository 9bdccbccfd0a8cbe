#include <cita/time/reading_phrase.hpp>
#include <cita/time/zone.hpp>

#include <algorithm>

namespace cita::reading {

namespace {

// "am", "a.m.", "p.m"
bool take_meridiem(Cursor& cursor, Meridiem& meridiem) {
  const auto of = [](std::string_view letter) { return letter == "a" ? Meridiem::am : Meridiem::pm; };
  const Token token = cursor.peek();
  if (token.is("am") || token.is("pm")) {
    meridiem = of(token.text.substr(0, 1));
    cursor.advance();
    return true;
  }
  if (!token.is("a") && !token.is("p")) return false;
  Cursor ahead = cursor;
  ahead.advance();
  if (!ahead.skip(".") || !ahead.skip("m")) return false;
  ahead.skip(".");
  meridiem = of(token.text);
  cursor = ahead;
  return true;
}

bool take_two_digits(Cursor& cursor, std::optional<int>& value) {
  if (!cursor.peek().is_number(2, 2) || cursor.peek().spaced) return false;
  value = cursor.peek().value;
  cursor.advance();
  return true;
}

// ".250": a second is as fine as it gets.
void skip_fraction(Cursor& cursor) {
  const bool fraction = (cursor.peek().is(".") || cursor.peek().is(",")) && !cursor.peek().spaced &&
                        cursor.peek(1).kind == TokenKind::number && !cursor.peek(1).spaced;
  if (fraction) cursor.advance(2);
}

// 17:15, 7:01:41 PM
bool with_colons(Cursor& cursor, WrittenTime& time) {
  if (!cursor.skip(":") || !take_two_digits(cursor, time.minute)) return false;
  Cursor ahead = cursor;
  if (ahead.skip(":") && take_two_digits(ahead, time.second)) {
    cursor = ahead;
    skip_fraction(cursor);
  }
  // "um 17:15 am 4. März": an afternoon hour takes no "am", there it is a word of the sentence.
  if (time.hour <= 12) take_meridiem(cursor, time.meridiem);
  return true;
}

// 8h30, 08h, 15.04 Uhr, 8 Uhr, 4.35 pm
bool with_hour_word(Cursor& cursor, WrittenTime& time) {
  if (!cursor.peek().spaced && cursor.skip("h")) {
    take_two_digits(cursor, time.minute);
    return true;
  }
  if (cursor.skip("uhr")) return true;
  if (!cursor.skip(".") || !take_two_digits(cursor, time.minute)) return false;
  return cursor.skip("uhr") || take_meridiem(cursor, time.meridiem);
}

// T055100, T0551: without separators, behind a date
bool compact_time(Cursor& cursor, WrittenTime& time) {
  const Token digits = cursor.peek(1);
  const bool fits = cursor.peek().is("t") && !digits.spaced && (digits.is_number(4, 4) || digits.is_number(6, 6));
  if (!fits) return false;
  const bool to_second = digits.text.size() == 6;
  const int minutes = to_second ? digits.value / 100 : digits.value;
  time.hour = minutes / 100;
  time.minute = minutes % 100;
  if (to_second) time.second = digits.value % 100;
  cursor.advance(2);
  return true;
}

// 8時25分, 08时25分30秒
bool east_asian_time(Cursor& cursor, WrittenTime& time) {
  if (!cursor.skip_any({"時", "时", "点", "點", "시"})) return false;
  const auto take = [&](std::optional<int>& value, std::initializer_list<std::string_view> units) {
    Cursor ahead = cursor;
    if (!ahead.peek().is_number(1, 2)) return;
    const int number = ahead.peek().value;
    ahead.advance();
    if (!ahead.skip_any(units)) return;
    value = number;
    cursor = ahead;
  };
  take(time.minute, {"分", "분"});
  if (time.minute) take(time.second, {"秒", "초"});
  return true;
}

std::string_view between(std::string_view text, std::size_t begin, std::size_t end) { return text.substr(begin, end - begin); }

// A sign and an offset: "+0000", "-07:00", "+8", the sign being written at the number.
bool take_offset(Cursor& cursor, std::string_view text, std::string& offset) {
  const Token sign = cursor.peek();
  if (!sign.is("+") && !sign.is("-")) return false;
  Cursor ahead = cursor;
  ahead.advance();
  const Token number = ahead.peek();
  if (number.kind != TokenKind::number || number.spaced) return false;
  std::size_t end = number.end();
  ahead.advance();
  const bool with_minutes =
      ahead.peek().is(":") && ahead.peek(1).is_number(2, 2) && !ahead.peek().spaced && !ahead.peek(1).spaced;
  if (with_minutes) {
    end = ahead.peek(1).end();
    ahead.advance(2);
  }
  // "26 Feb 10:00 -2 Mar" is no offset, nor is "17:15 -17:18".
  const std::string written(between(text, sign.begin, end));
  if (!is_zone(written)) return false;
  offset = written;
  cursor = ahead;
  return true;
}

// UTC, GMT+2, UTC-7, Z: from the last nobody counts.
bool universal(Cursor& cursor, std::string_view text, WrittenZone& zone) {
  const bool is_z = cursor.peek().is("z");
  if (!cursor.skip_any({"utc", "gmt", "z", "ut"})) return false;
  zone.offset_or_name = "UTC";
  if (!is_z) take_offset(cursor, text, zone.offset_or_name);
  return true;
}

// +0000 after a time; a lone "-7" is rather the end of a range, so that a '-' needs four digits or minutes, and a space.
bool bare_offset(Cursor& cursor, std::string_view text, WrittenZone& zone) {
  const Token sign = cursor.peek();
  const bool full = cursor.peek(1).is_number(4, 4) || (cursor.peek(1).is_number(2, 2) && cursor.peek(2).is(":"));
  if (sign.is("-") && (!sign.spaced || !full)) return false;
  return take_offset(cursor, text, zone.offset_or_name);
}

// "Arizona time", "hong kong time", "ET": the longest phrase counts.
bool phrase_of_words(Cursor& cursor, std::string_view text, WrittenZone& zone) {
  for (std::size_t count = 3; count > 0; --count) {
    const Token& last = cursor.peek(count - 1);
    if (last.kind != TokenKind::word) continue;
    std::string name = zone_called(between(text, cursor.peek().begin, last.end()));
    if (name.empty()) continue;
    zone.offset_or_name = std::move(name);
    cursor.advance(count);
    return true;
  }
  return false;
}

// Europe/Berlin
bool database_name(Cursor& cursor, std::string_view text, WrittenZone& zone) {
  std::size_t count = 1;
  constexpr std::size_t most_tokens = 8;  // America/Argentina/Buenos_Aires has seven
  while (count < most_tokens && cursor.peek(count).kind != TokenKind::number && !cursor.peek(count).text.empty() &&
         !cursor.peek(count).spaced)
    ++count;
  if (count < 3 || !cursor.peek(1).is("/")) return false;
  std::string name = zone_called(between(text, cursor.peek().begin, cursor.peek(count - 1).end()));
  if (name.empty()) return false;
  zone.offset_or_name = std::move(name);
  cursor.advance(count);
  return true;
}

bool abbreviated(Cursor& cursor, WrittenZone& zone) {
  if (!abbreviation(cursor.peek().text, date::local_days{}).known) return false;
  zone.abbreviation = cursor.peek().text;
  cursor.advance();
  return true;
}

void skip_country(Cursor& cursor) {
  Cursor ahead = cursor;
  if (ahead.skip("u") && ahead.skip(".") && ahead.skip("s") && ahead.skip(".")) cursor = ahead;
  else cursor.skip("us");
}

}  // namespace

bool take_time(Cursor& cursor, WrittenTime& time) {
  Cursor ahead = cursor;
  WrittenTime found;
  if (ahead.skip_any({"上午", "午前"})) found.meridiem = Meridiem::am;
  else if (ahead.skip_any({"下午", "午後"})) found.meridiem = Meridiem::pm;
  if (compact_time(ahead, found) || ahead.skip("noon")) {
    if (!found.minute) found.hour = 12, found.minute = 0;
  } else if (ahead.peek().is_number(1, 2)) {
    found.hour = ahead.peek().value;
    ahead.advance();
    const Cursor behind_hour = ahead;
    const WrittenTime hour = found;
    const auto matches = [&](auto recognizer) {
      ahead = behind_hour;
      found = hour;
      return recognizer(ahead, found);
    };
    if (!matches(with_colons) && !matches(with_hour_word) && !matches(east_asian_time) &&
        !matches([](Cursor& c, WrittenTime& t) { return take_meridiem(c, t.meridiem); }))
      return false;
  } else {
    return false;
  }
  if (found.hour == 12 && found.minute == 0) ahead.skip("noon");
  cursor = ahead;
  time = found;
  return true;
}

bool take_military_time(Cursor& cursor, WrittenTime& time) {
  const Token number = cursor.peek();
  const Token& unit = cursor.peek(1);
  if (!number.is_number(4, 4)) return false;
  const bool is_time = unit.is("utc") || unit.is("gmt") || unit.is("z") || unit.is("hrs") || unit.is("hours") || unit.is("h");
  if (!is_time) return false;
  time.hour = number.value / 100;
  time.minute = number.value % 100;
  cursor.advance();
  cursor.skip_any({"hrs", "hours", "h"});
  return true;
}

bool take_zone(Cursor& cursor, std::string_view text, WrittenZone& zone) {
  Cursor ahead = cursor;
  WrittenZone found;
  skip_country(ahead);
  const bool matches = universal(ahead, text, found) || bare_offset(ahead, text, found) || phrase_of_words(ahead, text, found) ||
                       (ahead.peek().kind == TokenKind::word && (database_name(ahead, text, found) || abbreviated(ahead, found)));
  if (!matches) return false;
  cursor = ahead;
  zone = found;
  return true;
}

}  // namespace cita::reading
