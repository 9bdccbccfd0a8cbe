#include <cita/base/text.hpp>
#include <cita/time/format.hpp>
#include <cita/time/notation.hpp>
#include <cita/time/reading.hpp>
#include <cita/time/reading_meaning.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace cita {

namespace {

using reading::Bound;
using reading::meaning;
using reading::parse;
using reading::ParseResult;
using reading::Phrase;

constexpr std::size_t longest_text = 256;

// A text and what stands in parentheses in it. The parentheses become spaces, so that places in the text stay the same.
struct Outline {
  std::string main;
  std::vector<std::string> asides;
  bool balanced = true;
};

Outline outline(std::string_view text) {
  Outline result;
  std::string aside;
  bool inside = false;
  for (const char c : text) {
    const bool opens = c == '(' || c == '[';
    const bool closes = c == ')' || c == ']';
    if (opens && inside) result.balanced = false;
    if (closes && inside) result.asides.push_back(std::exchange(aside, {}));
    if (opens || closes) aside.clear();
    if (inside && !closes) aside += c;
    result.main += inside || opens ? ' ' : c;
    inside = opens || (inside && !closes);
  }
  result.balanced = result.balanced && !inside;
  return result;
}

bool is_blank(std::string_view text) { return text.find_first_not_of(' ') == std::string_view::npos; }

StampResult refused(std::string code, std::string message, std::string help, std::string_view text) {
  return {std::nullopt, {std::move(code), std::move(message), std::move(help), 0, text.size()}};
}

bool overlap(const Moment& a, const Moment& b) { return a.earliest() <= b.latest() && b.earliest() <= a.latest(); }

bool states_universal_time(const Phrase& phrase) { return phrase.first.zone.abbreviation.empty() && phrase.first.zone; }

// The same time told by two clocks: what the second leaves out (its day) it has from the first.
class TwoTellings {
 public:
  TwoTellings(Phrase first, Phrase second, const StampContext& context)
      : first_(std::move(first)), second_(std::move(second)), context_(context) {
    // The clock that needs no interpretation counts; the first one where both do or neither does.
    if (!states_universal_time(first_) && states_universal_time(second_) && second_.first.time) std::swap(first_, second_);
  }

  StampResult read() {
    share_date();
    StampResult main = meaning(first_, context_);
    if (!main) return main;
    const StampResult other = meaning(second_, context_);
    if (!other) return main;
    agree_ = agree_on_some_day(main.stamp->moment, other.stamp->moment);
    if (!agree_) complain(*main.stamp, other.stamp->moment);
    return main;
  }

  bool agree() const { return agree_; }

 private:
  void share_date() {
    auto& one = first_.first.date;
    auto& two = second_.first.date;
    if (one && two && !one->year) one->year = two->year;
    if (one && two && !two->year) two->year = one->year;
    if (!one && two) {
      one = two;
      borrowed_ = &first_;
    } else if (one && !two) {
      two = one;
      borrowed_ = &second_;
    }
  }

  // Where only one of the clocks shows a date, it may be the day before or after on the other: that one is moved there.
  bool agree_on_some_day(Moment& main, const Moment& other) const {
    if (overlap(main, other)) return true;
    for (const int days : {-1, 1}) {
      const Moment moved = main.shifted(date::days{days});
      if (borrowed_ == &second_ && overlap(main, other.shifted(date::days{days}))) return true;
      if (borrowed_ != &first_ || !overlap(moved, other)) continue;
      main = moved;
      return true;
    }
    return false;
  }

  static void complain(Stamp& stamp, const Moment& other) {
    stamp.complaints.push_back({"clocks-disagree", fmt::format("the other clock shown here says {}", show(other)),
                                "find out which of the two is right and write only that"});
    stamp.label = fmt::format("this clock is right ({})", show(stamp.moment));
    stamp.alternatives.push_back({other, fmt::format("the other clock is right ({})", show(other))});
  }

  Phrase first_;
  Phrase second_;
  const StampContext& context_;
  const Phrase* borrowed_ = nullptr;  // the one whose date is the other's
  bool agree_ = true;
};

// What stands in parentheses completes the phrase where something is missing. False when it only repeats or is a time of its own.
bool complete_from(Phrase& phrase, const Phrase& aside) {
  auto& part = phrase.first;
  const auto& other = aside.first;
  const bool only_zone = other.zone && !other.date && !other.time && !other.weekday;
  const bool only_weekday = other.weekday && !other.date && !other.time && !other.zone;
  const bool only_date = other.date && !other.time;
  if (only_zone) {
    // "10:00 -0700 (MST)": an offset needs no name.
    if (!part.zone || other.zone.abbreviation.empty()) part.zone = other.zone;
    return true;
  }
  if (only_weekday && !part.weekday) {
    part.weekday = other.weekday;
    return true;
  }
  if (!only_date || part.date) return false;
  part.date = other.date;
  if (!part.weekday) part.weekday = other.weekday;
  return true;
}

// "later today (Thursday 5th March), but no later than Friday 6th March": a day in parentheses before the last one begins the
// bounds.
bool begin_bounds(Phrase& phrase, const Phrase& aside) {
  const bool fits = phrase.bound == Bound::until && phrase.first.date && aside.first.date && !phrase.second;
  if (!fits) return false;
  phrase.second = phrase.first;
  phrase.first = aside.first;
  phrase.bound = Bound::at;
  return true;
}

class PeopleReader {
 public:
  PeopleReader(std::string_view text, const StampContext& context) : text_(text), context_(context) {}

  StampResult read() {
    if (text_.ends_with("...")) return refused("cut-off", "this text is cut off", "write the whole time", text_);
    const Outline parts = outline(text_);
    if (!parts.balanced) return refused("not-a-time", "the parentheses do not match", "write the time alone", text_);
    if (is_blank(parts.main)) return read_in_parentheses(parts);
    if (const std::size_t slash = parts.main.find(" / "); slash != std::string::npos)
      return read_both(parts.main.substr(0, slash), parts.main.substr(slash + 3));
    return read_with_asides(parts);
  }

 private:
  StampResult read_in_parentheses(const Outline& parts) {
    if (parts.asides.empty()) return refused("not-a-time", "there is nothing here", "write a time", text_);
    ParseResult phrase = parse(parts.asides.front());
    if (!phrase.phrase) {
      phrase.error.begin = 0;
      phrase.error.end = text_.size();
      return {std::nullopt, phrase.error};
    }
    return meaning(std::move(*phrase.phrase), context_);
  }

  StampResult read_both(const std::string& one, const std::string& other) {
    ParseResult first = parse(one);
    if (!first.phrase) return {std::nullopt, first.error};
    ParseResult second = parse(other);
    if (!second.phrase) return {std::nullopt, second.error};
    TwoTellings both(std::move(*first.phrase), std::move(*second.phrase), context_);
    StampResult result = both.read();
    if (result && !both.agree())
      return refused("two-times", "this states two different times", "write A..B for a range, or two events for two times",
                     text_);
    return result;
  }

  StampResult read_with_asides(const Outline& parts) {
    ParseResult main = parse(parts.main);
    std::optional<Phrase> telling;
    std::string remarks;
    std::vector<Phrase> asides;
    for (const std::string& aside : parts.asides) {
      if (is_blank(aside) || aside == "local" || aside == "local time") continue;
      ParseResult phrase = parse(aside);
      if (phrase.phrase && phrase.phrase->remark.empty()) asides.push_back(std::move(*phrase.phrase));
      else remarks += (remarks.empty() ? "" : ", ") + aside;
    }
    if (!main.phrase) return {std::nullopt, main.error};
    Phrase& phrase = *main.phrase;
    for (Phrase& aside : asides)
      if (!complete_from(phrase, aside) && !begin_bounds(phrase, aside)) telling = std::move(aside);
    StampResult result = telling ? TwoTellings(phrase, *telling, context_).read() : meaning(phrase, context_);
    if (result && !remarks.empty())
      result.stamp->assumptions.push_back(
          {AssumptionKind::other, fmt::format("'({})' is taken to say nothing about the time", remarks)});
    return result;
  }

  std::string_view text_;
  const StampContext& context_;
};

// Errors point into the text as written; where simplifying moved the bytes they point to all of it.
StampResult finished(StampResult result, std::string_view text, bool same_places) {
  if (result) {
    result.stamp->text = text;
    return result;
  }
  StampError& error = result.error;
  if (!same_places || error.end <= error.begin || error.end > text.size()) {
    error.begin = 0;
    error.end = text.size();
  }
  return result;
}

}  // namespace

StampResult read_stamp(std::string_view text, const StampContext& context) {
  if (text.size() > longest_text)
    return refused("too-long", fmt::format("a time takes at most {} characters", longest_text), "write the time alone", text);
  if (!text::is_utf8(text)) return refused("not-utf-8", "this is no valid UTF-8", "save the file as UTF-8", text);
  if (looks_like_notation(text)) return read_notation(text, context);
  const std::string simple = text::simplified(text);
  const bool same_places = text::is_ascii(text);
  if (looks_like_notation(simple)) return finished(read_notation(simple, context), text, same_places);
  return finished(PeopleReader(simple, context).read(), text, same_places);
}

}  // namespace cita
