#include <cita/base/text.hpp>
#include <cita/input/promises.hpp>
#include <cita/input/report_sections.hpp>
#include <cita/time/finding.hpp>
#include <cita/time/reading.hpp>

#include <algorithm>
#include <array>

namespace cita {

namespace {

constexpr Seconds one_day{86'400};

bool has_any(std::string_view text, std::span<const std::string_view> words) {
  return std::any_of(words.begin(), words.end(),
                     [text](std::string_view word) { return text.find(word) != std::string_view::npos; });
}

// Simplified words, so that " will " is found at the ends too.
std::string padded(std::string_view sentence) {
  std::string text = " " + text::simplified(sentence) + " ";
  for (char& c : text)
    if (c == ',' || c == ';' || c == ':' || c == '(' || c == ')' || c == '*' || c == '\n') c = ' ';
  return text;
}

bool is_of_the_future(std::string_view text) {
  constexpr std::string_view future[] = {
      " will ",       " we'll ",  " plan to ", " plans to ",  " planning to ", " intend to ",  " intends to ", " expect to ",
      " expects to ", " aim to ", " aims to ", " commit to ", " going to ",    " anticipate ", " shall ",      " can expect "};
  constexpr std::string_view ours[] = {
      " we ", " we'll ", " our ", " us ", " i ", " i'll ", " my ", " will be posted", " will be provided"};
  constexpr std::string_view taken_back[] = {" will not ", " won't ", " had planned ", " if we ", " would "};
  return has_any(text, future) && has_any(text, ours) && !has_any(text, taken_back);
}

bool is_of_a_post(std::string_view text) {
  constexpr std::string_view acts[] = {" post",   " provid",  " share",    " publish",     " respond", " reply",
                                       " answer", " update ", " get back", " report back", " submit",  " follow up"};
  constexpr std::string_view things[] = {" update",      " report",    " response", " answer",  " information", " details",
                                         " comment",     " here",      " this bug", " respond", " reply",       " get back",
                                         " report back", " follow up", " analysis", " results", " findings"};
  return has_any(text, acts) && has_any(text, things);
}

// "We told our subscribers that we will": a promise of another day, or to others.
bool is_to_others(std::string_view text) {
  constexpr std::string_view words[] = {" told ",    " said ",      " wrote ",    " announced ", " informed ",
                                        " stated ",  " explained ", " promised ", " subscriber", " customer",
                                        " auditor ", " vendor ",    " assessor "};
  return has_any(text, words);
}

bool is_conditional(std::string_view text) {
  constexpr std::string_view words[] = {" if ",           " once ",         " unless ", " provided that ",
                                        " provided the ", " assuming ",     " should ", " as soon as ",
                                        " subject to ",   " depending on ", " when "};
  return has_any(text, words);
}

std::optional<std::int64_t> counted(const std::string& word) {
  constexpr std::array<std::string_view, 13> numbers = {"zero",  "one",   "two",  "three", "four",   "five",  "six",
                                                        "seven", "eight", "nine", "ten",   "eleven", "twelve"};
  for (std::size_t i = 0; i < numbers.size(); ++i)
    if (word == numbers[i]) return static_cast<std::int64_t>(i);
  if (word == "a" || word == "an") return 1;
  if (word.empty() || word.size() > 4 || word.find_first_not_of("0123456789") != std::string::npos) return std::nullopt;
  return std::stoll(word);
}

std::vector<std::string> words_of(std::string_view text) {
  std::vector<std::string> words;
  for (std::size_t i = 0; i < text.size();) {
    const std::size_t begin = text.find_first_not_of(" .", i);
    if (begin == std::string_view::npos) break;
    const std::size_t end = std::min(text.find(' ', begin), text.size());
    std::string word(text.substr(begin, end - begin));
    while (!word.empty() && word.back() == '.') word.pop_back();
    if (!word.empty()) words.push_back(std::move(word));
    i = end;
  }
  return words;
}

using Day = date::local_days;

/// Reads the date of one sentence.
class DateOf {
 public:
  DateOf(std::string_view sentence, Instant posted) : sentence_(sentence), posted_(posted), words_(words_of(padded(sentence))) {}

  bool read(Promise& promise) { return read_amount(promise) || read_stamp_in(promise) || read_calendar(promise); }

 private:
  std::string_view word(std::size_t i) const { return i < words_.size() ? std::string_view(words_[i]) : std::string_view(); }

  // "within the next two business days"
  bool read_amount(Promise& promise) {
    for (std::size_t i = 0; i < words_.size(); ++i) {
      if (words_[i] != "within" && !(words_[i] == "in" && (word(i + 1) == "the" || counted(std::string(word(i + 1)))))) continue;
      std::size_t at = i + 1;
      while (word(at) == "the" || word(at) == "next" || word(at) == "coming" || word(at) == "following") ++at;
      const auto count = counted(std::string(word(at)));
      if (!count) continue;
      ++at;
      const bool business = word(at) == "business" || word(at) == "working";
      if (business) ++at;
      // "within 2 days of the incident" counts from something else.
      const std::string_view from = word(at + 1);
      if (from == "of" || from == "after" || from == "from") continue;
      if (take_amount(*count, word(at), business, promise)) return true;
    }
    return false;
  }

  bool take_amount(std::int64_t count, std::string_view unit, bool business, Promise& promise) {
    if (unit.ends_with("s")) unit.remove_suffix(1);
    if (business) {
      if (unit != "day") return false;
      // Holidays may move the end further out, never nearer.
      const Moment end = end_anywhere([count](Day today) { return after_weekdays(today, count); });
      promise.by = stamp(Moment::between(end.earliest(), open_future, Unit::second));
      promise.assumed = "business days are Monday to Friday; which days were holidays nobody says, so that it may be later";
      return true;
    }
    if (unit == "hour") promise.within = Limit::within(Seconds{count * 3'600});
    else if (unit == "day") promise.within = Limit::within(Seconds{count * 86'400});
    else if (unit == "week") promise.within = Limit::within(Seconds{count * 7 * 86'400});
    else if (unit == "month") promise.within = Limit::months(static_cast<int>(count));
    if (promise.within) promise.within->written_in_days = unit != "hour";
    return promise.within.has_value();
  }

  // "by 6 March", "no later than 2026-03-06 12:00 UTC"; a date with no word of that sort is the day on which it will be.
  bool read_stamp_in(Promise& promise) {
    for (const FoundStamp& found : find_stamps(sentence_)) {
      auto read = future_stamp(found);
      if (!read) continue;
      if (promise.by) {
        promise.of_post = false;  // for which of the two dates it is promised, words alone do not say
        break;
      }
      promise.by = std::move(read);
      promise.assumed = found.has_zone ? "" : "no zone is stated for the date";
    }
    return promise.by.has_value();
  }

  std::optional<Stamp> future_stamp(const FoundStamp& found) const {
    if (!found.has_date) return std::nullopt;
    StampResult read = read_with_year(found, 0);
    // A date without a year that has passed is one of the next year.
    if (read && read.stamp->moment.latest() < posted_ && !found.has_year) read = read_with_year(found, 1);
    if (!read || read.stamp->moment.latest() < posted_) return std::nullopt;
    read.stamp->text = found.text;
    return std::move(*read.stamp);
  }

  StampResult read_with_year(const FoundStamp& found, int later) const {
    StampContext context;
    context.year = static_cast<int>(date::year_month_day{date::floor<date::days>(posted_)}.year()) + later;
    return read_stamp(bare(found), context);
  }

  // Without the word that makes one side of it open: what is due by a day is due at its end.
  static std::string bare(const FoundStamp& found) {
    std::string text = found.text;
    for (const std::string_view bound : {"no later than ", "not later than ", "on or before ", "before ", "until ", "by "})
      if (text::simplified(text).starts_with(bound)) return text.substr(bound.size());
    return text;
  }

  // "by Friday", "by the end of next week", "tomorrow". Which day it was where it was posted nobody states, so the end of each
  // is counted for every clock on Earth.
  bool read_calendar(Promise& promise) {
    for (std::size_t i = 0; i < words_.size(); ++i)
      if (read_weekday(i, promise) || read_period(i, promise) || read_month(i, promise)) return true;
    return read_day(promise);
  }

  bool is_due_word(std::string_view word) const { return word == "by" || word == "on" || word == "this" || word == "before"; }

  bool read_weekday(std::size_t i, Promise& promise) {
    const bool next = word(i) == "next";
    const auto named = weekday_called(next ? word(i + 1) : word(i));
    const std::string_view before = i > 0 ? word(i - 1) : std::string_view();
    const bool at_its_end = before == "eod" || before == "cob" || before == "day" || before == "business";
    if (!named || (!next && !is_due_word(before) && !at_its_end)) return false;
    const auto on = [named](Day today, int later) { return today + date::days{(*named + 7 - iso_weekday(today)) % 7 + later}; };
    take_end([&on](Day today) { return on(today, 0); }, "no zone is stated for the day", promise);
    if (!next) return true;
    promise.by->label = "the first such day is meant";
    add_other([&on](Day today) { return on(today, 7); }, "the one of the week after is meant", promise);
    promise.assumed = "which of two such days is meant nobody says";
    return true;
  }

  // "next week", "the end of the month".
  bool read_period(std::size_t i, Promise& promise) {
    const bool next = word(i) == "next", of_now = word(i) == "this" || (word(i) == "the" && i > 1 && word(i - 2) == "end");
    const bool is_short = word(i) == "of" && i > 0 && word(i - 1) == "end";  // "end of month"
    if (!next && !of_now && !is_short) return false;
    const std::string_view what = word(i + 1);
    if (what == "week") {
      const auto sunday = [next](Day today) { return today + date::days{7 - iso_weekday(today) + (next ? 7 : 0)}; };
      take_end([&sunday](Day today) { return sunday(today) - date::days{2}; },
               "whether a week ends on Friday or on Sunday nobody says", promise);
      promise.by->label = "the week ends on Friday";
      add_other(sunday, "the week ends on Sunday", promise);
      return true;
    }
    if (what != "month" && what != "year") return false;
    const int months = what == "month" ? 1 : 12;
    take_end([next, months](Day today) { return end_of_months(today, months, next ? months : 0); },
             "no zone is stated for the day", promise);
    return true;
  }

  // "by June": whether its first or its last day is meant nobody says; "before June" is the day before its first.
  bool read_month(std::size_t i, Promise& promise) {
    const auto named = i > 0 ? month_called(word(i)) : std::nullopt;
    if (!named) return false;
    const std::string_view before = word(i - 1);
    const bool is_end = before == "in" || (before == "of" && i > 1 && word(i - 2) == "end");
    if (!is_end && before != "by" && before != "before") return false;
    const auto month = [named, is_end](Day today, int earlier) {
      const date::year_month_day day{today};
      const bool has_passed = is_end ? *named < day.month() : *named <= day.month();
      const date::year_month of = day.year() / *named + date::years{has_passed ? 1 : 0};
      return Day{(of - date::months{earlier}) / date::last};
    };
    const auto end = [&month](Day today) { return month(today, 0); };
    const auto start = [&month](Day today) { return month(today, 1); };
    if (is_end) return take_end(end, "no zone is stated for the day", promise);
    take_end(start, "no zone is stated for the day", promise);
    if (before == "before") return true;
    promise.by->label = "the beginning of the month is meant";
    add_other(end, "the end of the month is meant", promise);
    promise.assumed = "whether the beginning or the end of the month is meant nobody says";
    return true;
  }

  // "tomorrow", "by EOD".
  bool read_day(Promise& promise) {
    for (std::size_t i = 0; i < words_.size(); ++i) {
      if (word(i) == "tomorrow")
        return take_end([](Day today) { return today + date::days{1}; }, "no zone is stated for the day", promise);
      const bool is_end_of_day = word(i) == "end" && word(i + 1) == "of" && (word(i + 2) == "day" || word(i + 2) == "business");
      const bool is_close = word(i) == "close" && word(i + 1) == "of" && word(i + 2) == "business";
      if (word(i) == "today" || word(i) == "eod" || word(i) == "cob" || is_end_of_day || is_close) {
        if (std::find(words_.begin(), words_.end(), "tomorrow") != words_.end()) continue;
        return take_end([](Day today) { return today; }, "no zone is stated for the day", promise);
      }
    }
    return false;
  }

  static int iso_weekday(Day day) { return static_cast<int>(date::weekday{day}.iso_encoding()); }
  static Day end_of_months(Day today, int of, int later) {
    const date::year_month_day day{today};
    const auto month = of == 12 ? day.year() / date::December : day.year() / day.month();
    return Day{(month + date::months{later}) / date::last};
  }

  static std::optional<int> weekday_called(std::string_view word) {
    constexpr std::array<std::string_view, 7> names = {"monday", "tuesday",  "wednesday", "thursday",
                                                       "friday", "saturday", "sunday"};
    const auto found = std::find(names.begin(), names.end(), word);
    return found == names.end() ? std::nullopt : std::optional(static_cast<int>(found - names.begin()) + 1);
  }
  static std::optional<date::month> month_called(std::string_view word) {
    constexpr std::array<std::string_view, 12> names = {"january", "february", "march",     "april",   "may",      "june",
                                                        "july",    "august",   "september", "october", "november", "december"};
    const auto found = std::find(names.begin(), names.end(), word);
    return found == names.end() ? std::nullopt : std::optional(date::month{static_cast<unsigned>(found - names.begin()) + 1});
  }

  // The end of the day that is meant where it was posted, over every offset in use.
  template <class DayOf>
  Moment end_anywhere(DayOf day_of) const {
    constexpr std::chrono::minutes step{15};
    Instant earliest = open_future, latest = open_past;
    for (Seconds offset = westernmost; offset <= easternmost; offset += step) {
      const Day today{date::floor<date::days>(posted_ + offset).time_since_epoch()};
      const Instant end = Instant{day_of(today).time_since_epoch()} + one_day - Seconds{1} - offset;
      earliest = std::min(earliest, end);
      latest = std::max(latest, end);
    }
    return Moment::between(earliest, latest, Unit::second);
  }
  template <class DayOf>
  bool take_end(DayOf day_of, std::string assumed, Promise& promise) const {
    promise.by = stamp(end_anywhere(day_of));
    promise.assumed = std::move(assumed);
    return true;
  }
  template <class DayOf>
  void add_other(DayOf day_of, std::string label, Promise& promise) const {
    promise.by->alternatives.push_back({end_anywhere(day_of), std::move(label)});
  }

  Stamp stamp(Moment moment) const {
    Stamp made;
    made.moment = moment;
    made.text = sentence_;
    return made;
  }

  static Day after_weekdays(Day day, std::int64_t count) {
    constexpr std::int64_t most = 400;
    for (count = std::min(count, most); count > 0;) {
      day += date::days{1};
      if (iso_weekday(day) < 6) --count;
    }
    return day;
  }

  std::string_view sentence_;
  Instant posted_;
  std::vector<std::string> words_;
};

// The sentences of a line: they end at a full stop, a question or exclamation mark before a space.
std::vector<Span> sentences_of(Span line) {
  std::vector<Span> all;
  const std::string_view text = line.text();
  std::size_t begin = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool ends = i + 1 == text.size() || ((text[i] == '.' || text[i] == '?' || text[i] == '!') && text[i + 1] == ' ');
    if (!ends) continue;
    all.push_back({line.source, line.begin + static_cast<std::uint32_t>(begin), line.begin + static_cast<std::uint32_t>(i + 1)});
    begin = i + 1;
  }
  return all;
}

}  // namespace

std::vector<Span> own_lines(const Source& text) {
  std::vector<Span> lines;
  const std::string& all = text.text();
  for (std::size_t begin = 0; begin < all.size();) {
    const std::size_t end = std::min(all.find('\n', begin), all.size());
    const std::string_view line = trimmed(std::string_view(all).substr(begin, end - begin));
    if (!line.empty() && line.front() != '>' && !line.starts_with("(In reply to "))
      lines.push_back({&text, static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)});
    begin = end + 1;
  }
  return lines;
}

std::vector<Promise> find_promises(const Source& text, Instant posted) {
  std::vector<Promise> all;
  constexpr std::size_t most = 50, longest = 2'000;
  for (const Span line : own_lines(text))
    for (const Span sentence : sentences_of(line)) {
      if (sentence.text().size() > longest || all.size() == most) continue;
      const std::string words = padded(sentence.text());
      if (!is_of_the_future(words) || sentence.text().ends_with("?")) continue;
      Promise promise;
      promise.text = trimmed(sentence.text(), " \t\r*-");
      promise.span = sentence;
      promise.of_post = is_of_a_post(words) && !is_conditional(words) && !is_to_others(words);
      if (DateOf(sentence.text(), posted).read(promise)) all.push_back(std::move(promise));
    }
  return all;
}

}  // namespace cita
