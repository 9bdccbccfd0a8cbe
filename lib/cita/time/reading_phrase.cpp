#include <cita/time/calendar_words.hpp>
#include <cita/time/reading_phrase.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace cita::reading {

namespace {

template <std::size_t count>
bool contains(const std::array<std::string_view, count>& words, std::string_view word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

struct BoundWords {
  std::string_view words;
  Bound bound;
};

// Longer phrases first, for the first that matches counts.
constexpr std::array bound_words{BoundWords{"no later than", Bound::until},
                                 BoundWords{"not later than", Bound::until},
                                 BoundWords{"at the latest", Bound::until},
                                 BoundWords{"on or before", Bound::until},
                                 BoundWords{"not after", Bound::until},
                                 BoundWords{"until", Bound::until},
                                 BoundWords{"till", Bound::until},
                                 BoundWords{"up to", Bound::until},
                                 BoundWords{"by", Bound::until},
                                 BoundWords{"before", Bound::before},
                                 BoundWords{"prior to", Bound::before},
                                 BoundWords{"earlier than", Bound::before},
                                 BoundWords{"no earlier than", Bound::from},
                                 BoundWords{"on or after", Bound::from},
                                 BoundWords{"not before", Bound::from},
                                 BoundWords{"at the earliest", Bound::from},
                                 BoundWords{"since", Bound::from},
                                 BoundWords{"from", Bound::from},
                                 BoundWords{"after", Bound::after},
                                 BoundWords{"as of", Bound::at},
                                 BoundWords{"effective", Bound::at}};

// Words of a sentence around a time, in the languages that are read.
constexpr std::array<std::string_view, 38> fillers{"on",    "at",    "the",  "of",  "in", "an",    "a",   "um",   "am", "uhr",
                                                   "à",     "le",    "la",   "el",  "de", "del",   "den", "der",  "il", "dne",
                                                   "kl",    "em",    "às",   "as",  "t",  "dzień", "om",  "op",   "h",  "hrs",
                                                   "hours", "feira", "alle", "ore", "v",  "w",     "o",   "local"};

// Words that count from another event, or from the day of writing.
constexpr std::array<std::string_view, 38> relative_words{
    "ago",   "later",  "after",   "before",   "prior",   "today",   "tomorrow", "yesterday", "now",      "week",
    "weeks", "day",    "days",    "month",    "months",  "year",    "years",    "hour",      "hours",    "next",
    "last",  "this",   "within",  "recently", "filed",   "bug",     "parent",   "comment",   "deadline", "following",
    "until", "minute", "minutes", "earlier",  "tonight", "shortly", "soon",     "then"};

constexpr std::array<std::string_view, 13> units_of_time{"second", "seconds", "minute", "minutes", "min",   "hour",  "hours",
                                                         "day",    "days",    "week",   "weeks",   "month", "months"};
constexpr std::array<std::string_view, 4> qualifiers{"working", "business", "calendar", "full"};

constexpr std::array<std::string_view, 7> approximate_words{"about", "around", "approximately", "approx",
                                                            "circa", "ca",     "roughly"};
// Words that change what follows, so that they cannot be passed over.
constexpr std::array<std::string_view, 11> denials{"not",       "never", "except",  "without", "midnight", "night",
                                                   "overnight", "eve",   "weekend", "noon",    "quarter"};

StampError error_at(std::string_view text, std::size_t begin, std::size_t end, std::string code, std::string message,
                    std::string help) {
  return {std::move(code), std::move(message), std::move(help), begin, std::min(end, text.size())};
}

constexpr std::string_view how_to_write = "write it like 2020-02-26T00:48Z, 2020-02-26 or 26 Feb 2020 00:48 UTC";
constexpr std::string_view how_to_relate = "write it as {after: EVENT, least: P28D, most: P29D}, or state the date";

class Parser {
 public:
  explicit Parser(std::string_view text) : text_(text), tokens_(tokens(text)), cursor_(tokens_) {}

  ParseResult run() {
    while (!cursor_.done() && error_.code.empty())
      if (!step()) refuse_here();
    if (error_.code.empty() && phrase_.first.empty()) refuse_nothing_read();
    if (error_.code.empty() && counts_from_the_time_stated()) refuse_relative(0, text_.size());
    if (!error_.code.empty()) return {std::nullopt, error_};
    return {std::move(phrase_), {}};
  }

 private:
  enum class Link { none, dash, word };

  bool step() {
    return relative_amount() || bound() || edge() || connector() || approximately() || weekday() || certificate_time() ||
           late_year() || date() || time() || zone() || day_part() || context_year() || separator() || filler() || label() ||
           remark();
  }

  Part& part() { return phrase_.second ? *phrase_.second : phrase_.first; }

  // The part that a thing belongs to: the second one when the first has such a thing and a link came between.
  bool open_part(bool taken) {
    const bool begins = !phrase_.second && !phrase_.first.empty() && (link_ == Link::word || (link_ == Link::dash && taken));
    if (begins) {
      phrase_.second.emplace();
      if (phrase_.bound == Bound::from) phrase_.bound = Bound::at;  // "from 17:15 to 17:18"
    }
    link_ = Link::none;
    if (!taken || begins) return true;
    refuse("two-times", "this states two times without saying how they belong together",
           "write A..B for a range, or two events for two times");
    return false;
  }

  // 20260507140000Z: GeneralizedTime, as certificates have it
  bool certificate_time() {
    constexpr std::size_t digits = 14;
    const Token& zone = cursor_.peek(1);
    if (!cursor_.peek().is_number(digits, digits) || !zone.is("z") || zone.spaced) return false;
    const std::string text(cursor_.peek().text);
    const auto number = [&text](std::size_t begin, std::size_t size) { return std::stoi(text.substr(begin, size)); };
    if (open_part(part().date || part().time)) {
      const auto day = static_cast<unsigned>(number(6, 2));
      part().date = WrittenDate{number(0, 4), false, static_cast<unsigned>(number(4, 2)), day, day};
      part().time = WrittenTime{number(8, 2), number(10, 2), number(12, 2)};
    }
    cursor_.advance();
    return true;
  }

  // "Mar 10 00:00:00 2026 GMT": behind a time to the second, which no other time follows
  bool late_year() {
    constexpr int earliest = 1950;
    Part& now = part();
    const bool is_missing =
        link_ == Link::none && now.date && now.date->day != 0 && !now.date->year && now.time && now.time->second;
    if (!is_missing || !cursor_.peek().is_number(4, 4) || cursor_.peek().value < earliest) return false;
    now.date->year = cursor_.peek().value;
    cursor_.advance();
    return true;
  }

  bool date() {
    WrittenDate found;
    Cursor ahead = cursor_;
    if (!take_date(ahead, found)) return false;
    if (open_part(part().date.has_value())) part().date = found;
    cursor_ = ahead;
    return true;
  }

  bool time() {
    WrittenTime found;
    Cursor ahead = cursor_;
    const bool military = part().date && take_military_time(ahead, found);
    if (!military && !take_time(ahead, found)) return false;
    if (open_part(part().time.has_value())) part().time = found;
    cursor_ = ahead;
    return true;
  }

  bool zone() {
    const Part& now = part();
    if (now.empty() && cursor_.position() > 0) return false;
    if (link_ != Link::none) return false;
    WrittenZone found;
    Cursor ahead = cursor_;
    if (!take_zone(ahead, text_, found)) return false;
    if (part().zone && part().zone != found) refuse("two-times", "this states two zones", "keep the one that counts");
    part().zone = found;
    cursor_ = ahead;
    return true;
  }

  bool weekday() {
    const Token token = cursor_.peek();
    if (token.kind != TokenKind::word || (part().weekday && link_ == Link::none)) return false;
    const auto found = weekday_called(token.text);
    if (!found) return false;
    Cursor ahead = cursor_;
    ahead.advance();
    ahead.skip_any({".", ","});
    // Two letters are a weekday only where a number follows: "So 4. März".
    if (token.text.size() < 3 && ahead.peek().kind != TokenKind::number) return false;
    // "mar" is a weekday in French and a month in most other languages: a month where the day of the month stands by.
    WrittenDate as_date;
    Cursor trial = cursor_;
    if (month_called(token.text) && take_date(trial, as_date)) return false;
    if (open_part(part().weekday.has_value())) part().weekday = found;
    cursor_ = ahead;
    return true;
  }

  bool day_part() {
    constexpr std::array<std::pair<std::string_view, DayPart>, 3> names{
        {{"morning", DayPart::morning}, {"afternoon", DayPart::afternoon}, {"evening", DayPart::evening}}};
    for (const auto& [name, found] : names) {
      if (!cursor_.skip(name)) continue;
      part().day_part = found;
      return true;
    }
    return false;
  }

  // "the end of this year"
  bool context_year() {
    if (!phrase_.end_of || part().date || !cursor_.skip_words("this year")) return false;
    part().date = WrittenDate{};
    return true;
  }

  bool connector() {
    const Token token = cursor_.peek();
    if (token.is("between")) {
      between_ = true;
      cursor_.advance();
      return true;
    }
    if (phrase_.first.empty()) return false;
    const bool word =
        token.is("to") || token.is("through") || token.is("until") || token.is("till") || (between_ && token.is("and"));
    if (!word && !token.is("-")) return false;
    if (token.is("-")) {
      // A zone's own minus sign comes first.
      WrittenZone offset;
      Cursor ahead = cursor_;
      if (part().time && !part().zone && take_zone(ahead, text_, offset)) return false;
    }
    link_ = word ? Link::word : Link::dash;
    cursor_.advance();
    return true;
  }

  bool bound() {
    for (const auto& [words, found] : bound_words) {
      Cursor ahead = cursor_;
      if (!ahead.skip_words(words)) continue;
      const bool suffix = words == "at the latest" || words == "at the earliest";
      if (!phrase_.first.empty() && !suffix) return false;
      phrase_.bound = found;
      bound_name_ = words;
      cursor_ = ahead;
      return true;
    }
    return false;
  }

  bool edge() {
    if (!phrase_.first.empty()) return false;
    if (cursor_.skip_words("end of")) {
      phrase_.end_of = true;
      return true;
    }
    const bool vague = cursor_.skip_words("beginning of") || cursor_.skip_words("start of") || cursor_.skip_words("middle of") ||
                       cursor_.skip_any({"early", "mid", "late"});
    if (!vague) return false;
    phrase_.vague = true;
    cursor_.skip("-");
    return true;
  }

  bool approximately() {
    const Token token = cursor_.peek();
    if (!token.is("~") && !contains(approximate_words, token.text)) return false;
    part().about = true;
    cursor_.advance();
    cursor_.skip(".");
    return true;
  }

  // "28 days", "5 working days", "24-hour": counted from something that is not here.
  bool relative_amount() {
    if (cursor_.peek().kind != TokenKind::number) return false;
    Cursor ahead = cursor_;
    ahead.advance();
    ahead.skip("-");
    if (contains(qualifiers, ahead.peek().text)) ahead.advance();
    if (!contains(units_of_time, ahead.peek().text)) return false;
    WrittenTime time;
    Cursor trial = cursor_;
    if (part().date && take_military_time(trial, time)) return false;
    refuse_relative(cursor_.peek().begin, ahead.peek().end());
    return true;
  }

  bool separator() {
    if (phrase_.first.empty()) return false;
    return cursor_.skip_any({",", ":", ".", ";"});
  }

  bool filler() {
    if (!contains(fillers, cursor_.peek().text)) return false;
    if (cursor_.skip_words("local time")) return true;
    cursor_.advance();
    return true;
  }

  // "A.", "C", "3)" in front of all.
  bool label() {
    if (cursor_.position() != 0) return false;
    const Token& first = cursor_.peek();
    const Token& second = cursor_.peek(1);
    const bool closed = (second.is(".") || second.is(")")) && cursor_.peek(2).spaced;
    if (first.kind != TokenKind::number || first.text.size() > 2 || !closed) return false;
    cursor_.advance(2);
    return true;
  }

  // Other words are passed over in front of the time only, and there they are told.
  bool remark() {
    const Token token = cursor_.peek();
    if (!phrase_.first.empty() || token.kind == TokenKind::number || contains(denials, token.text)) return false;
    if (phrase_.bound != Bound::at && !bound_is_by_or_from()) return false;
    phrase_.bound = Bound::at;
    phrase_.relative = phrase_.relative || contains(relative_words, token.text);
    counts_units_ = counts_units_ || contains(units_of_time, token.text);
    if (phrase_.remark.empty()) remark_begin_ = token.begin;
    phrase_.remark = text_.substr(remark_begin_, token.end() - remark_begin_);
    cursor_.advance();
    return true;
  }

  // "by Wayne", "from the reporter" name people; "before the meeting" names an event.
  bool bound_is_by_or_from() const { return bound_name_ == "by" || bound_name_ == "from"; }

  // "the week of March 4", "two days after 2024-03-04"
  bool counts_from_the_time_stated() const {
    const bool shifts = phrase_.bound == Bound::before || phrase_.bound == Bound::after || phrase_.bound == Bound::from;
    return counts_units_ || (phrase_.relative && shifts);
  }

  bool counts_from_elsewhere() const {
    if (phrase_.bound != Bound::at && phrase_.first.empty()) return true;
    return std::any_of(tokens_.begin(), tokens_.end(), [](const Token& token) { return contains(relative_words, token.text); });
  }

  void refuse(std::string code, std::string message, std::string help) {
    const Token& token = cursor_.peek();
    error_ = error_at(text_, token.begin, token.end(), std::move(code), std::move(message), std::move(help));
  }

  void refuse_relative(std::size_t begin, std::size_t end) {
    error_ = error_at(text_, begin, end, "relative", "this counts from another event or from the day of writing",
                      std::string(how_to_relate));
  }

  void refuse_here() {
    if (phrase_.first.empty() && counts_from_elsewhere()) return refuse_relative(0, text_.size());
    refuse("not-a-time", fmt::format("'{}' is not understood here", cursor_.peek().text), std::string(how_to_write));
  }

  void refuse_nothing_read() {
    if (counts_from_elsewhere()) return refuse_relative(0, text_.size());
    error_ = error_at(text_, 0, text_.size(), "not-a-time", "this is no time", std::string(how_to_write));
  }

  std::string_view text_;
  std::vector<Token> tokens_;
  Cursor cursor_;
  Phrase phrase_;
  StampError error_;
  Link link_ = Link::none;
  bool between_ = false;
  bool counts_units_ = false;
  std::string_view bound_name_;
  std::size_t remark_begin_ = 0;
};

}  // namespace

const Token& Cursor::peek(std::size_t ahead) const {
  static const Token nothing;
  return position_ + ahead < tokens_.size() ? tokens_[position_ + ahead] : nothing;
}

bool Cursor::skip(std::string_view text) {
  if (done() || !peek().is(text)) return false;
  advance();
  return true;
}

bool Cursor::skip_any(std::initializer_list<std::string_view> texts) {
  return std::any_of(texts.begin(), texts.end(), [this](std::string_view text) { return skip(text); });
}

bool Cursor::skip_words(std::string_view words) {
  Cursor ahead = *this;
  while (!words.empty()) {
    const std::size_t end = std::min(words.find(' '), words.size());
    if (!ahead.skip(words.substr(0, end))) return false;
    words.remove_prefix(std::min(end + 1, words.size()));
  }
  *this = ahead;
  return true;
}

ParseResult parse(std::string_view simplified) { return Parser(simplified).run(); }

}  // namespace cita::reading
