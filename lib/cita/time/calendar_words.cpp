#include <cita/time/calendar_words.hpp>

#include <algorithm>
#include <array>
#include <span>

namespace cita {

namespace {

constexpr std::array<std::string_view, 12> english_months{"january", "february", "march",     "april",   "may",      "june",
                                                          "july",    "august",   "september", "october", "november", "december"};
constexpr std::array<std::string_view, 7> english_weekdays{"sunday",   "monday", "tuesday", "wednesday",
                                                           "thursday", "friday", "saturday"};
constexpr std::array<std::string_view, 7> weekday_names{"Sunday",   "Monday", "Tuesday", "Wednesday",
                                                        "Thursday", "Friday", "Saturday"};
constexpr std::array<std::string_view, 12> month_abbreviations{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                               "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
constexpr std::array<std::string_view, 7> weekday_abbreviations{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};

struct Name {
  std::string_view word;
  unsigned number;
};

constexpr Name foreign_months[] = {
#define MONTH(word, number) {word, number},
#define WEEKDAY(word, number)
#include <cita/time/calendar_words.def>
#undef MONTH
#undef WEEKDAY
};

constexpr Name foreign_weekdays[] = {
#define MONTH(word, number)
#define WEEKDAY(word, number) {word, number},
#include <cita/time/calendar_words.def>
#undef MONTH
#undef WEEKDAY
};

// A full name, or at least its first three letters as abbreviations have them: "sep", "sept", "tues", "thurs".
template <std::size_t count>
std::optional<unsigned> english(std::string_view word, const std::array<std::string_view, count>& names) {
  constexpr std::size_t longest_abbreviation = 5;
  for (unsigned i = 0; i < count; ++i) {
    const bool abbreviated = word.size() >= 3 && word.size() <= longest_abbreviation && names[i].starts_with(word);
    if (word == names[i] || abbreviated) return i;
  }
  return std::nullopt;
}

std::optional<unsigned> looked_up(std::span<const Name> names, std::string_view word) {
  const auto found =
      std::lower_bound(names.begin(), names.end(), word, [](const Name& name, std::string_view w) { return name.word < w; });
  if (found == names.end() || found->word != word) return std::nullopt;
  return found->number;
}

}  // namespace

std::optional<unsigned> month_called(std::string_view word) {
  if (const auto month = english(word, english_months)) return *month + 1;
  return looked_up(foreign_months, word);
}

std::optional<unsigned> weekday_called(std::string_view word) {
  if (const auto day = english(word, english_weekdays)) return day;
  return looked_up(foreign_weekdays, word);
}

std::string_view weekday_name(unsigned weekday) { return weekday_names[weekday % 7]; }
std::string_view month_abbreviation(unsigned month) { return month_abbreviations[(month - 1) % 12]; }
std::string_view weekday_abbreviation(unsigned weekday) { return weekday_abbreviations[weekday % 7]; }

}  // namespace cita
