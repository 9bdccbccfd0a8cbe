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
  constexpr std::string_view future[] = {" will ",      " we'll ",      " plan to ",   " plans to ",   " planning to ",
                                         " intend to ", " intends to ", " expect to ", " expects to ", " aim to ",
                                         " aims to ",   " commit to ",  " going to ",  " anticipate ", " shall "};
  constexpr std::string_view ours[] = {" we ", " we'll ", " our ", " i ", " i'll "};
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

bool is_conditional(std::string_view text) {
  constexpr std::string_view words[] = {" if ", " once ", " unless ", " provided ", " assuming ", " should "};
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
      promise.by = stamp(Moment::between(end_of_day(after_weekdays(count)), open_future, Unit::second));
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
      if (!found.has_date) continue;
      StampResult read = read_with_year(found, 0);
      // A date without a year that has passed is one of the next year.
      if (read && read.stamp->moment.latest() < posted_ && !found.has_year) read = read_with_year(found, 1);
      if (!read || read.stamp->moment.latest() < posted_) continue;
      read.stamp->text = found.text;
      promise.by = std::move(read.stamp);
      promise.assumed = found.has_zone ? "" : "no zone is stated for the date";
      return true;
    }
    return false;
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

  // "by Friday", "by the end of next week", "tomorrow".
  bool read_calendar(Promise& promise) {
    using date::days;
    const auto today = date::floor<days>(posted_);
    const unsigned weekday = date::weekday{today}.iso_encoding();  // 1: Monday
    const auto monday = today - days{weekday - 1};
    for (std::size_t i = 0; i < words_.size(); ++i) {
      const bool next = word(i) == "next";
      const std::string_view what = next || word(i) == "this" ? word(i + 1) : word(i);
      if (what == "tomorrow") return take_day(today + days{1}, promise);
      if (what == "week" && (next || word(i) == "this")) {
        const auto of = monday + days{next ? 7 : 0};
        take_day(of + days{4}, promise);
        add_other(of + days{6}, "the week ends on Sunday", promise);
        promise.by->label = "the week ends on Friday";
        promise.assumed = "whether a week ends on Friday or on Sunday nobody says";
        return true;
      }
      if (what == "month" && (next || word(i) == "this")) {
        const date::year_month_day day{today};
        const auto of = day.year() / day.month() + date::months{next ? 1 : 0};
        return take_day(date::sys_days{of / date::last}, promise);
      }
      if (const auto named = weekday_called(what);
          named && (next || (i > 0 && (word(i - 1) == "by" || word(i - 1) == "on" || word(i - 1) == "this")))) {
        const auto first = today + days{(*named + 7 - weekday) % 7};
        take_day(first, promise);
        if (next) {
          promise.by->label = "the first such day is meant";
          add_other(first + days{7}, "the one of the week after is meant", promise);
          promise.assumed = "which of two such days is meant nobody says";
        }
        return true;
      }
    }
    return false;
  }

  static std::optional<unsigned> weekday_called(std::string_view word) {
    constexpr std::array<std::string_view, 7> names = {"monday", "tuesday",  "wednesday", "thursday",
                                                       "friday", "saturday", "sunday"};
    for (unsigned i = 0; i < names.size(); ++i)
      if (word == names[i]) return i + 1;
    return std::nullopt;
  }

  // The day as any clock on Earth shows it: nobody states a zone.
  static Moment day_anywhere(Instant day) { return Moment::on_unknown_clock(day, day + one_day - Seconds{1}, Unit::day, 1); }
  bool take_day(date::sys_days day, Promise& promise) {
    promise.by = stamp(day_anywhere(day));
    promise.assumed = "no zone is stated for the day";
    return true;
  }
  static void add_other(date::sys_days day, std::string label, Promise& promise) {
    promise.by->alternatives.push_back({day_anywhere(day), std::move(label)});
  }

  Stamp stamp(Moment moment) const {
    Stamp made;
    made.moment = moment;
    made.text = sentence_;
    return made;
  }

  date::sys_days after_weekdays(std::int64_t count) const {
    auto day = date::floor<date::days>(posted_);
    constexpr std::int64_t most = 400;
    for (count = std::min(count, most); count > 0;) {
      day += date::days{1};
      if (date::weekday{day}.iso_encoding() < 6) --count;
    }
    return day;
  }
  static Instant end_of_day(date::sys_days day) { return Instant{day} + one_day - Seconds{1} - easternmost; }

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
      promise.of_post = is_of_a_post(words) && !is_conditional(words);
      if (DateOf(sentence.text(), posted).read(promise)) all.push_back(std::move(promise));
    }
  return all;
}

}  // namespace cita
