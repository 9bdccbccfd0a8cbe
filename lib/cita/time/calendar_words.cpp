#include <cita/base/text.hpp>
#include <cita/time/calendar_words.hpp>

#include <array>
#include <string>
#include <unordered_map>
#include <vector>

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

constexpr std::array<const char*, 15> languages{"de", "fr", "es", "it", "pl", "hu", "pt", "nl",
                                                "ja", "zh", "tr", "sv", "cs", "el", "ko"};

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

using Names = std::unordered_map<std::string, unsigned>;
constexpr unsigned several = 99;  // languages disagree on what the word means

// Single letters ("v" is Hungarian for Sunday, and Czech for "at") name nothing; "segunda-feira" goes by its first word.
void enter(Names& names, const std::vector<std::string>& words, unsigned number) {
  for (const std::string& name : words) {
    const std::string word = name.substr(0, name.find('-'));
    if (word.size() < 2) continue;
    const auto [entry, is_new] = names.try_emplace(word, number);
    if (!is_new && entry->second != number) entry->second = several;
  }
}

// Made when the first word comes that is no English name.
const Names& foreign_months() {
  static const Names names = [] {
    Names result;
    for (const char* language : languages)
      for (unsigned month = 1; month <= 12; ++month) enter(result, text::month_names(language, month), month);
    return result;
  }();
  return names;
}

const Names& foreign_weekdays() {
  static const Names names = [] {
    Names result;
    for (const char* language : languages)
      for (unsigned day = 0; day < 7; ++day) enter(result, text::weekday_names(language, day), day);
    return result;
  }();
  return names;
}

std::optional<unsigned> looked_up(const Names& names, std::string_view word) {
  const auto found = names.find(std::string(word));
  if (found == names.end() || found->second == several) return std::nullopt;
  return found->second;
}

}  // namespace

std::optional<unsigned> month_called(std::string_view word) {
  if (const auto month = english(word, english_months)) return *month + 1;
  return looked_up(foreign_months(), word);
}

std::optional<unsigned> weekday_called(std::string_view word) {
  if (const auto day = english(word, english_weekdays)) return day;
  return looked_up(foreign_weekdays(), word);
}

std::string_view weekday_name(unsigned weekday) { return weekday_names[weekday % 7]; }
std::string_view month_abbreviation(unsigned month) { return month_abbreviations[(month - 1) % 12]; }
std::string_view weekday_abbreviation(unsigned weekday) { return weekday_abbreviations[weekday % 7]; }

}  // namespace cita
