#include <cita/base/text.hpp>
#include <cita/time/calendar_words.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <map>

using namespace cita;

TEST_CASE("well-formed UTF-8") {
  std::size_t bad = 99;
  CHECK(text::is_utf8("plain"));
  CHECK(text::is_utf8("Zürich 東京 🙂"));
  CHECK_FALSE(text::is_utf8("ab\xff", &bad));
  CHECK(bad == 2);
  CHECK_FALSE(text::is_utf8("\xC0\x80"));          // overlong
  CHECK_FALSE(text::is_utf8("\xED\xA0\x80"));      // surrogate
  CHECK_FALSE(text::is_utf8("\xF4\x90\x80\x80"));  // past U+10FFFF
  CHECK_FALSE(text::is_utf8("\xE2\x82"));          // cut off
}

TEST_CASE("a text as a stamp reader wants it") {
  CHECK(text::simplified("Wed 26-Feb\t17:15") == "wed 26-feb 17:15");
  CHECK(text::simplified("２０２６‑０１−２３") == "2026-01-23");
  CHECK(text::simplified("MÄRZ\xC2\xA0"
                         "4") == "märz 4");
  CHECK(text::simplified("٢٠٢٤") == "2024");
  CHECK(text::simplified("（a）") == "(a)");
  CHECK(text::simplified("Sep 16 – 10:05 — x") == "sep 16 - 10:05 - x");
  CHECK(text::simplified("a\xE2\x80\x8E"
                         "b") == "ab");
  CHECK(text::simplified("").empty());
}

TEST_CASE("what may be shown") {
  CHECK(text::shown("plain text, ünïcödé 東京") == "plain text, ünïcödé 東京");
  CHECK(text::shown("a\x1b[31mb") == "a\\x1b[31mb");
  CHECK(text::shown(std::string("a\0b", 3)) == "a\\x00b");
  CHECK(text::shown("a\x7f"
                    "b") == "a\\x7fb");
  CHECK(text::shown("a\xC2\x9B"
                    "31m") == "a\\x9b31m");
  CHECK(text::shown("a\nb\tc\rd") == "a b c d");
  CHECK(text::shown("a\xE2\x80\xA8"
                    "b\xE2\x80\xA9"
                    "c") == "a b c");
  CHECK(text::shown("a\xff") == "a\xEF\xBF\xBD");
  for (const std::string unseen :
       {"\u202A", "\u202B", "\u202C", "\u202D", "\u202E",     "\u2066", "\u2067", "\u2068", "\u2069", "\u200E",    "\u200F",
        "\u061C", "\uFFFE", "\uFFFF", "\uFDD0", "\U0001FFFF", "\u200B", "\u2060", "\uFEFF", "\u00AD", "\U000E0041"})
    CHECK(text::shown(unseen) == "\xEF\xBF\xBD");
  CHECK(text::shown("\U0001F469\u200D\U0001F4BB") == "\U0001F469\u200D\U0001F4BB");
}

TEST_CASE("columns on a terminal") {
  CHECK(text::width("plain") == 5);
  CHECK(text::width("東京") == 4);
  CHECK(text::width("e\u0301") == 1);
  CHECK(text::width("ü…") == 2);
}

TEST_CASE("text is broken at spaces") {
  CHECK(text::wrapped("aa bb cc", 5) == std::vector<std::string>{"aa bb", "cc"});
  CHECK(text::wrapped("a  b", 10) == std::vector<std::string>{"a b"});
  CHECK(text::wrapped("incomprehensible a", 4) == std::vector<std::string>{"incomprehensible", "a"});
  CHECK(text::wrapped("東京 a", 5) == std::vector<std::string>{"東京", "a"});
  CHECK(text::wrapped("", 10).empty());
}

TEST_CASE("months and weekdays in the languages of CAs") {
  const auto has = [](const std::vector<std::string>& names, std::string_view name) {
    return std::find(names.begin(), names.end(), name) != names.end();
  };
  CHECK(has(text::month_names("de", 3), "märz"));
  CHECK(has(text::month_names("pl", 3), "marca"));
  CHECK(has(text::weekday_names("fr", 1), "lundi"));
  CHECK(text::month_names("xx", 3).empty());
  CHECK(text::month_names("de", 0).empty());
  CHECK(text::month_names("de", 13).empty());
  CHECK(text::weekday_names("de", 7).empty());

  CHECK(month_called("sept") == 9);
  CHECK(month_called("märz") == 3);
  CHECK(month_called("août") == 8);
  CHECK(month_called("março") == 3);
  CHECK(month_called("srpna") == 8);
  CHECK(month_called("ağustos") == 8);
  CHECK_FALSE(month_called("word"));
  CHECK(weekday_called("tues") == 2);
  CHECK(weekday_called("mercredi") == 3);
  CHECK(weekday_called("quarta") == 3);
  CHECK(weekday_called("星期三") == 3);
  CHECK_FALSE(weekday_called("v"));
}

TEST_CASE("the tables of names say what ICU says") {
  constexpr unsigned several = 99;  // languages disagree on what the word means
  std::map<std::string, unsigned> months, weekdays;
  const auto enter = [](std::map<std::string, unsigned>& names, const std::vector<std::string>& words, unsigned number) {
    for (const std::string& name : words) {
      const std::string word = name.substr(0, name.find('-'));  // "segunda-feira" goes by its first word
      const auto [entry, is_new] = names.try_emplace(word, number);
      if (!is_new && entry->second != number) entry->second = several;
    }
  };
  for (const char* language : {"de", "fr", "es", "it", "pl", "hu", "pt", "nl", "ja", "zh", "tr", "sv", "cs", "el", "ko"}) {
    for (unsigned month = 1; month <= 12; ++month) enter(months, text::month_names(language, month), month);
    for (unsigned day = 0; day < 7; ++day) enter(weekdays, text::weekday_names(language, day), day);
  }
  const auto holds = [](std::optional<unsigned> called, const std::string& word, unsigned number) {
    return word.size() < 2 || number == several || called == number;
  };
  for (const auto& each : months) CHECK_MESSAGE(holds(month_called(each.first), each.first, each.second), each.first);
  for (const auto& each : weekdays) CHECK_MESSAGE(holds(weekday_called(each.first), each.first, each.second), each.first);

  // What is no name in ICU, or an ambiguous one, is none here, but for English.
  CHECK_FALSE(month_called("to"));
  CHECK_FALSE(month_called("utc"));
  CHECK_FALSE(weekday_called("so"));
}

TEST_CASE("a text is cut between code points, and a number is digits alone") {
  CHECK(text::shortened("abc", 3) == "abc");
  CHECK(text::shortened("abcd", 3) == "abc…");
  CHECK(text::shortened("aé", 2) == "a…");
  CHECK(text::shortened("aéb", 3) == "aé…");
  CHECK(text::shortened("é", 0) == "…");
  CHECK(text::whole_number("1619359") == 1'619'359);
  CHECK(text::whole_number("0") == 0);
  for (const char* each : {"", "-1", "+1", "1 ", " 1", "1x", "99999999999999999999"}) CHECK_FALSE(text::whole_number(each));
}
