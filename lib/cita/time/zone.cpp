#include <cita/time/zone.hpp>

#include <date/tz.h>

#include <algorithm>
#include <array>
#include <exception>

namespace cita {

namespace {

constexpr std::int64_t hour = 3'600;
constexpr std::int64_t minute = 60;

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

bool same_letters(std::string_view a, std::string_view b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](char x, char y) { return lower(x) == lower(y); });
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// "8", "08", "0800", "08:00" and "8:00" after the sign.
std::optional<Seconds> hours_and_minutes(std::string_view text) {
  std::string digits;
  std::size_t colon = std::string_view::npos;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (is_digit(text[i])) digits += text[i];
    else if (text[i] == ':' && colon == std::string_view::npos) colon = i;
    else return std::nullopt;
  }
  const bool with_minutes = colon != std::string_view::npos;
  if (with_minutes && (digits.size() != colon + 2 || colon < 1 || colon > 2)) return std::nullopt;
  if (!with_minutes && digits.size() != 1 && digits.size() != 2 && digits.size() != 4) return std::nullopt;
  const std::size_t hour_digits = digits.size() > 2 ? digits.size() - 2 : digits.size();
  const int hours = std::stoi(digits.substr(0, hour_digits));
  const int minutes = digits.size() > 2 ? std::stoi(digits.substr(hour_digits)) : 0;
  if (minutes > 59) return std::nullopt;
  return Seconds{hours * hour + minutes * minute};
}

// The offset of "UTC", "Z", "+02:00" or "UTC+8"; nothing for a name.
std::optional<Seconds> numeric_offset(std::string_view name) {
  for (const std::string_view word : {"UTC", "GMT", "Z"}) {
    if (name.size() < word.size() || !same_letters(name.substr(0, word.size()), word)) continue;
    name.remove_prefix(word.size());
    if (name.empty()) return Seconds{0};
    if (word == "Z") return std::nullopt;
    break;
  }
  if (name.empty() || (name.front() != '+' && name.front() != '-')) return std::nullopt;
  const auto amount = hours_and_minutes(name.substr(1));
  if (!amount) return std::nullopt;
  const Seconds offset = name.front() == '-' ? -*amount : *amount;
  if (offset < westernmost || offset > easternmost) return std::nullopt;
  return offset;
}

// The database's zone, loaded when first asked for. A name it does not know, or no database, is no zone.
const date::time_zone* located(std::string_view name) {
  try {
    return date::locate_zone(std::string(name));
  } catch (const std::exception&) {
    return nullptr;
  }
}

std::optional<date::local_info> info_at(const date::time_zone& zone, date::local_seconds time) {
  try {
    return zone.get_info(time);
  } catch (const std::exception&) {
    return std::nullopt;
  }
}

// One sense of an abbreviation. Without a zone it is in force all year.
struct Sense {
  std::string_view abbreviation;
  std::int64_t offset;
  std::string_view zone;
};

constexpr std::array senses{
    Sense{"UTC", 0, ""},
    Sense{"GMT", 0, ""},
    Sense{"PST", -8 * hour, "America/Los_Angeles"},
    Sense{"PDT", -7 * hour, "America/Los_Angeles"},
    Sense{"MST", -7 * hour, "America/Denver"},
    Sense{"MST", -7 * hour, "America/Phoenix"},
    Sense{"MDT", -6 * hour, "America/Denver"},
    Sense{"CST", -6 * hour, "America/Chicago"},
    Sense{"CST", 8 * hour, "Asia/Shanghai"},
    Sense{"CDT", -5 * hour, "America/Chicago"},
    Sense{"EST", -5 * hour, "America/New_York"},
    Sense{"EDT", -4 * hour, "America/New_York"},
    Sense{"AKST", -9 * hour, "America/Anchorage"},
    Sense{"AKDT", -8 * hour, "America/Anchorage"},
    Sense{"HST", -10 * hour, "Pacific/Honolulu"},
    Sense{"CET", 1 * hour, "Europe/Berlin"},
    Sense{"CEST", 2 * hour, "Europe/Berlin"},
    Sense{"MET", 1 * hour, "Europe/Berlin"},
    Sense{"MEST", 2 * hour, "Europe/Berlin"},
    Sense{"MEZ", 1 * hour, "Europe/Berlin"},
    Sense{"MESZ", 2 * hour, "Europe/Berlin"},
    Sense{"WET", 0, "Europe/Lisbon"},
    Sense{"WEST", 1 * hour, "Europe/Lisbon"},
    Sense{"EET", 2 * hour, "Europe/Athens"},
    Sense{"EEST", 3 * hour, "Europe/Athens"},
    Sense{"BST", 1 * hour, "Europe/London"},
    Sense{"BST", 6 * hour, "Asia/Dhaka"},
    Sense{"IST", 5 * hour + 30 * minute, "Asia/Kolkata"},
    Sense{"IST", 2 * hour, "Asia/Jerusalem"},
    Sense{"IST", 1 * hour, "Europe/Dublin"},
    Sense{"IDT", 3 * hour, "Asia/Jerusalem"},
    Sense{"JST", 9 * hour, ""},
    Sense{"KST", 9 * hour, ""},
    Sense{"HKT", 8 * hour, ""},
    Sense{"SGT", 8 * hour, ""},
    Sense{"MSK", 3 * hour, "Europe/Moscow"},
    Sense{"TRT", 3 * hour, "Europe/Istanbul"},
    Sense{"AEST", 10 * hour, "Australia/Sydney"},
    Sense{"AEST", 10 * hour, "Australia/Brisbane"},
    Sense{"AEDT", 11 * hour, "Australia/Sydney"},
    Sense{"NZST", 12 * hour, "Pacific/Auckland"},
    Sense{"NZDT", 13 * hour, "Pacific/Auckland"},
    Sense{"BRT", -3 * hour, "America/Sao_Paulo"},
    Sense{"ART", -3 * hour, "America/Argentina/Buenos_Aires"},
};

// What a zone's clock shows in the course of a day: one offset, or two when the day changes over.
std::vector<date::sys_info> in_force(std::string_view zone_name, date::local_days day) {
  std::vector<date::sys_info> result;
  const date::time_zone* zone = located(zone_name);
  if (zone == nullptr) return result;
  for (const date::local_seconds time : {date::local_seconds{day}, date::local_seconds{day + date::days{1}} - Seconds{1}})
    if (const auto info = info_at(*zone, time)) result.push_back(info->first);
  return result;
}

// What people call a zone that has a clock of its own in every season.
struct Phrase {
  std::string_view text;
  std::string_view zone;
};

constexpr std::array phrases{
    Phrase{"et", "America/New_York"},
    Phrase{"eastern time", "America/New_York"},
    Phrase{"eastern", "America/New_York"},
    Phrase{"ct", "America/Chicago"},
    Phrase{"central time", "America/Chicago"},
    Phrase{"mt", "America/Denver"},
    Phrase{"mountain time", "America/Denver"},
    Phrase{"pt", "America/Los_Angeles"},
    Phrase{"pacific time", "America/Los_Angeles"},
    Phrase{"pacific", "America/Los_Angeles"},
    Phrase{"az time", "America/Phoenix"},
    Phrase{"arizona time", "America/Phoenix"},
    Phrase{"uk time", "Europe/London"},
    Phrase{"beijing time", "Asia/Shanghai"},
    Phrase{"china time", "Asia/Shanghai"},
    Phrase{"hong kong time", "Asia/Hong_Kong"},
    Phrase{"japan time", "Asia/Tokyo"},
};

}  // namespace

bool is_zone(std::string_view name) { return numeric_offset(name) || located(name) != nullptr; }

std::optional<std::pair<Instant, Instant>> to_utc(date::local_seconds earliest, date::local_seconds latest,
                                                  std::string_view zone) {
  const auto at = [](date::local_seconds local, Seconds offset) { return Instant{local.time_since_epoch() - offset}; };
  if (const auto offset = numeric_offset(zone)) return std::pair{at(earliest, *offset), at(latest, *offset)};
  const date::time_zone* found = located(zone);
  if (found == nullptr) return std::nullopt;
  const auto from = info_at(*found, earliest);
  const auto to = info_at(*found, latest);
  if (!from || !to) return std::nullopt;
  // A time that is shown twice, or never, has the offsets before and after the jump.
  const auto last_offset = [](const date::local_info& info) {
    return info.result == date::local_info::unique ? info.first.offset : info.second.offset;
  };
  const auto first = std::minmax({at(earliest, from->first.offset), at(earliest, last_offset(*from))});
  const auto last = std::minmax({at(latest, to->first.offset), at(latest, last_offset(*to))});
  return std::pair{std::min(first.first, last.first), std::max(first.second, last.second)};
}

bool is_skipped(date::local_seconds time, std::string_view zone) {
  const date::time_zone* found = numeric_offset(zone) ? nullptr : located(zone);
  const auto info = found == nullptr ? std::nullopt : info_at(*found, time);
  return info && info->result == date::local_info::nonexistent;
}

std::optional<date::local_seconds> to_local(Instant instant, std::string_view zone) {
  if (const auto offset = numeric_offset(zone)) return date::local_seconds{instant.time_since_epoch() + *offset};
  const date::time_zone* found = located(zone);
  if (found == nullptr) return std::nullopt;
  try {
    return found->to_local(instant);
  } catch (const std::exception&) {
    return std::nullopt;
  }
}

AbbreviationMeaning abbreviation(std::string_view text, date::local_days day) {
  AbbreviationMeaning meaning;
  for (const Sense& sense : senses) {
    if (!same_letters(sense.abbreviation, text)) continue;
    meaning.known = true;
    const Seconds offset{sense.offset};
    const auto clocks = in_force(sense.zone, day);
    const bool holds = sense.zone.empty() || std::any_of(clocks.begin(), clocks.end(),
                                                         [&](const date::sys_info& clock) { return clock.offset == offset; });
    if (holds && std::find(meaning.offsets.begin(), meaning.offsets.end(), offset) == meaning.offsets.end())
      meaning.offsets.push_back(offset);
    if (holds || clocks.empty() || !meaning.out_of_season.empty()) continue;
    meaning.out_of_season = clocks.front().abbrev;
    meaning.literal = offset;
    meaning.instead = clocks.front().offset;
  }
  // Arizona keeps MST all year, so MST in June is no slip; BST in January is Dhaka's or a slip of London's.
  const bool literal_holds = std::find(meaning.offsets.begin(), meaning.offsets.end(), meaning.literal) != meaning.offsets.end();
  if (literal_holds) meaning.out_of_season.clear();
  return meaning;
}

std::string zone_called(std::string_view phrase) {
  const auto known = std::find_if(phrases.begin(), phrases.end(), [&](const Phrase& p) { return same_letters(p.text, phrase); });
  if (known != phrases.end()) return std::string(known->zone);
  if (phrase.find('/') == std::string_view::npos) return {};
  try {
    for (const date::time_zone& zone : date::get_tzdb().zones)
      if (same_letters(zone.name(), phrase)) return zone.name();
  } catch (const std::exception&) {
    return {};
  }
  return {};
}

std::string describe_offset(Seconds offset) {
  if (offset == Seconds{0}) return "UTC";
  const std::int64_t minutes = (offset.count() < 0 ? -offset.count() : offset.count()) / minute;
  const auto two_digits = [](std::int64_t value) { return (value < 10 ? "0" : "") + std::to_string(value); };
  return (offset.count() < 0 ? "-" : "+") + two_digits(minutes / 60) + ':' + two_digits(minutes % 60);
}

}  // namespace cita
