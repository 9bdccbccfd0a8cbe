#include <cita/base/text.hpp>
#include <cita/input/promises.hpp>
#include <cita/input/report_sections.hpp>
#include <cita/input/revocation_counts.hpp>
#include <cita/time/calendar_words.hpp>

#include <algorithm>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace cita {

namespace {

using Phrases = std::span<const std::string_view>;

// ---- the words that a count may be told with

constexpr std::string_view nouns[] = {"certificates", "certs"};
constexpr std::string_view modifiers[] = {"affected",   "impacted", "misissued", "mis-issued", "leaf",
                                          "end-entity", "tls",      "ssl",       "server",     "subscriber"};
constexpr std::string_view links[] = {"out of", "of", "/"};
constexpr std::string_view determiners[] = {"the", "a total of", "all", "our", "these", "those"};
constexpr std::string_view actors[] = {"we have", "we've", "we had", "we"};
constexpr std::string_view figures[] = {"revoked", "revocations", "revocation status", "revocation progress", "revocation"};

// What changes nothing of what a sentence says.
constexpr std::string_view asides[] = {",",
                                       "(",
                                       ")",
                                       "so far",
                                       "thus far",
                                       "to date",
                                       "as of now",
                                       "as of today",
                                       "as of this writing",
                                       "by now",
                                       "until now",
                                       "now",
                                       "already",
                                       "currently",
                                       "successfully",
                                       "only",
                                       "just",
                                       "in total",
                                       "a total of",
                                       "at present",
                                       "at this time",
                                       "at this point",
                                       "at the time of writing",
                                       "we confirm that",
                                       "we can confirm that"};
// What heads an account of how things are: "Current status:".
constexpr std::string_view labels[] = {"update", "status", "progress",  "summary", "numbers", "revocation", "current",
                                       "latest", "weekly", "daily",     "hourly",  "here",    "is",         "are",
                                       "our",    "the",    "following", "as",      "follows", "of",         "on"};
// What goes on behind a count and leaves it as it is.
constexpr std::string_view continuations[] = {"and are",    "and will",      "and expect",   "and continue",
                                              "and intend", "and plan",      "and the rest", "and the remaining",
                                              "the rest",   "the remaining", "leaving"};
constexpr std::string_view date_leads[] = {"as of", "as at", "by", "on", "until", "before", "at"};
constexpr std::string_view clock_words[] = {"utc", "gmt", "z", "cet", "cest", "am", "pm"};

// What takes back the words beside it.
constexpr std::string_view taken_back[] = {"correct",  "error",   "erroneous", "mistake",   "wrong",   "inaccura",
                                           "true",     "false",   "misstat",   "misreport", "retract", "typo",
                                           "reinstat", "unrevok", "un-revok",  "actually",  "in fact"};
// A full stop behind one of these ends no sentence: "batch no. 9 of 10".
constexpr std::string_view abbreviations[] = {"no",  "nr",  "nos", "approx", "ca",  "max",
                                              "min", "e.g", "i.e", "resp",   "sec", "fig"};

bool is_digit(char c) { return c >= '0' && c <= '9'; }

bool is_of_word(char c) {
  return is_digit(c) || (c >= 'a' && c <= 'z') || (c & 0x80) != 0 || std::string_view("-'/%_").find(c) != std::string_view::npos;
}

bool contains(Phrases phrases, std::string_view word) { return std::find(phrases.begin(), phrases.end(), word) != phrases.end(); }

// ---- one sentence

/// Reads a simplified sentence from left to right. Each question about it takes what it understands.
class Sentence {
 public:
  explicit Sentence(std::string_view text) : rest_(text) {}

  const RevocationCount& count() const { return count_; }

  // "So far we have revoked 9 of the 10 certificates"
  bool tells_what_was_done() {
    take_lead();
    const bool is_past = take_any(actors);
    take_asides();
    if (!take("revoked")) return false;
    take_asides();
    return take_count() && ends(is_past);
  }

  // "As of 8 May, 9 of 10 certificates (90 %) have been revoked"
  bool tells_what_became_of_them() {
    take_lead();
    if (!take_count()) return false;
    take_asides();
    const bool is_past = take("were") || take_perfect();
    if (!is_past) take("are");
    take_asides();
    return take("revoked") && ends(is_past);
  }

  // "Certificates revoked: 9 of 10"
  bool is_figure() {
    take_asides();
    take("number of");
    take_certificates();
    if (!take_any(figures)) return false;
    take_certificates();
    take_asides();
    return take_colon() && take_count() && ends(false);
  }

  // "Status of the revocation:"
  bool is_label() { return take_label() && rest_.empty() && !has_day_; }

 private:
  void skip_spaces() { rest_.remove_prefix(std::min(rest_.find_first_not_of(' '), rest_.size())); }

  // Whole words only: no number goes on either.
  bool is_word_end(std::size_t at) const {
    if (at >= rest_.size()) return true;
    const bool divides = (rest_[at] == '.' || rest_[at] == ':') && at + 1 < rest_.size() && is_digit(rest_[at + 1]);
    return !is_of_word(rest_[at]) && !divides;
  }

  bool take(std::string_view phrase) {
    skip_spaces();
    if (!rest_.starts_with(phrase) || (is_of_word(phrase.back()) && !is_word_end(phrase.size()))) return false;
    rest_.remove_prefix(phrase.size());
    return true;
  }
  bool take_any(Phrases phrases) {
    return std::any_of(phrases.begin(), phrases.end(), [this](std::string_view each) { return take(each); });
  }

  std::optional<std::int64_t> take_number() {
    skip_spaces();
    std::size_t at = 0;
    const auto number = text::number_at(rest_, at);
    if (!number || !is_word_end(at)) return std::nullopt;
    rest_.remove_prefix(at);
    return number;
  }

  void take_certificates() {
    while (take_any(modifiers)) {
    }
    take_any(nouns);
  }

  // "840 of 2,098", "12 out of the 14 affected certificates", "9 certificates of 10", "9 / 10"
  bool take_count() {
    const Sentence before = *this;
    const auto done = take_number();
    take_certificates();
    if (done && take_any(links)) {
      take_any(determiners);
      const auto of = take_number();
      take_certificates();
      if (of && *of > 1 && *done <= *of) {
        count_.done = *done;
        count_.of = *of;
        return true;
      }
    }
    *this = before;
    return false;
  }

  // "have already been"
  bool take_perfect() {
    const Sentence before = *this;
    if (take("have") || take("had")) {
      take_asides();
      if (take("been")) return true;
    }
    *this = before;
    return false;
  }

  void take_asides() {
    while (take_any(asides) || take_share() || take_day()) {
    }
  }

  // "90.5 %"
  bool take_share() {
    skip_spaces();
    const std::size_t end = std::min(rest_.find_first_not_of("0123456789.,"), rest_.size());
    const std::size_t sign = rest_.find_first_not_of(' ', end);
    if (end == 0 || sign == std::string_view::npos || rest_[sign] != '%') return false;
    rest_.remove_prefix(sign + 1);
    return true;
  }

  bool take_day() {
    const bool is_another = take("yesterday") || take_date();
    const bool is_day = is_another || take("today");
    has_day_ |= is_day;
    count_.is_of_another_day |= is_another;
    return is_day;
  }

  // "as of 2026-05-05", "by Friday", "before the 9th", "at 10:15 UTC", "8 May 2026": up to a number that is a count.
  bool take_date() {
    const Sentence before = *this;
    const bool is_led = take_any(date_leads);
    if (is_led) take("the");
    bool has_number = false, is_dated = false;
    while (!Sentence(*this).take_count()) {
      const std::string_view word = next_word();
      if (word.empty()) break;
      const bool is_number = is_digit(word.front()), is_name = !is_number && (month_called(word) || weekday_called(word));
      if (!is_number && !is_name && !contains(clock_words, word)) break;
      has_number |= is_number;
      is_dated |= is_name || word.find_first_of("-:") != std::string_view::npos;
      rest_.remove_prefix(word.size());
      if (is_number) take(",");
    }
    if (is_led ? has_number || is_dated : has_number && is_dated) return true;
    *this = before;
    return false;
  }

  std::string_view next_word() {
    skip_spaces();
    std::string_view word = rest_.substr(0, rest_.find_first_of(" ,()"));
    while (!word.empty() && (word.back() == ':' || word.back() == '.')) word.remove_suffix(1);
    return word;
  }

  bool take_colon() { return take(":") || take("=") || take("- "); }

  // "Update as of 8 May:"
  bool take_label() {
    const Sentence before = *this;
    while (take_any(labels) || take_any(asides) || take_day()) {
    }
    if (take_colon()) return true;
    *this = before;
    return false;
  }

  void take_lead() {
    take_label();
    take_asides();
  }

  // What is told of a day is done only where it is told of the past: "9 of 10 are revoked on Friday" is a plan.
  bool ends(bool is_past) {
    take_asides();
    skip_spaces();
    return (rest_.empty() || take_any(continuations)) && (is_past || !has_day_);
  }

  std::string_view rest_;
  bool has_day_ = false;
  RevocationCount count_;
};

std::optional<RevocationCount> count_in(std::string_view sentence) {
  for (const auto shape : {&Sentence::tells_what_was_done, &Sentence::tells_what_became_of_them, &Sentence::is_figure})
    if (Sentence each(sentence); (each.*shape)()) return each.count();
  return std::nullopt;
}

// ---- sentences and lines

bool ends_sentence(std::string_view line, std::size_t at) {
  if (at + 1 < line.size() && line[at + 1] != ' ') return false;
  if (line[at] != '.') return line[at] == ';' || line[at] == '!';
  const std::string_view before = line.substr(0, at);
  return !contains(abbreviations, before.substr(before.find_last_of(" (") + 1));
}

std::vector<std::string_view> sentences_of(std::string_view line) {
  std::vector<std::string_view> all;
  std::size_t begin = 0;
  for (std::size_t i = 0; i <= line.size(); ++i) {
    if (i < line.size() && !ends_sentence(line, i)) continue;
    all.push_back(line.substr(begin, i - begin));
    begin = i + 1;
  }
  return all;
}

struct Line {
  Span span;
  std::string words;  // simplified, without what marks an item, a heading or bold letters
  bool is_item = false;
};

bool is_item(std::string_view line) {
  const std::size_t number = std::min(line.find_first_not_of("0123456789"), line.size());
  const std::string_view mark = line.substr(number, 2);
  return number == 0 ? line.find_first_of("-+*#") == 0 : mark == ". " || mark == ") ";
}

std::vector<Line> lines_of(const Source& source) {
  std::vector<Line> lines;
  for (const Span each : own_lines(source)) {
    std::string words = text::simplified(trimmed(each.text()));
    const bool is_listed = is_item(words);
    words.erase(std::remove(words.begin(), words.end(), '*'), words.end());
    words = trimmed(words, " -+#");
    if (!words.empty()) lines.push_back({each, std::move(words), is_listed});
  }
  return lines;
}

bool is_next(const Line& line, const Line& before) { return line.span.begin == before.span.end + 1; }

// Whether a sentence goes on from one line to the next.
bool goes_on(const Line& line, const Line& next) {
  const std::string_view written = trimmed(line.span.text());
  const bool has_ended = written.front() == '#' || std::string_view(".!?;:*").find(written.back()) != std::string_view::npos;
  const char first = trimmed(next.span.text()).front();
  return is_next(next, line) && !has_ended && !next.is_item && (first < 'A' || first > 'Z');
}

bool has_any(std::string_view line, Phrases phrases) {
  return std::any_of(phrases.begin(), phrases.end(),
                     [line](std::string_view each) { return line.find(each) != std::string_view::npos; });
}

std::optional<RevocationCount> last_count_in(std::string_view line) {
  std::optional<RevocationCount> last;
  if (line.ends_with("?") || line.find("? ") != std::string_view::npos || has_any(line, taken_back)) return last;
  for (const std::string_view sentence : sentences_of(line))
    if (auto found = count_in(sentence)) last = found;
  return last;
}

}  // namespace

std::optional<RevocationCount> find_revocation_count(const Source& text) {
  std::optional<RevocationCount> last;
  const std::vector<Line> lines = lines_of(text);
  bool is_led = false;  // by a line that is not understood: "Our plan:"
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const Line& line = lines[i];
    const Line* before = i > 0 ? &lines[i - 1] : nullptr;
    const Line* next = i + 1 < lines.size() ? &lines[i + 1] : nullptr;
    is_led = is_led && (line.is_item || is_next(line, *before) || before->words.ends_with(":"));
    const bool is_cut = (before && goes_on(*before, line)) || (next && goes_on(line, *next));
    if (!is_led && !is_cut)
      if (auto found = last_count_in(line.words)) last = found, last->span = line.span;
    if (line.words.ends_with(":")) is_led = is_led || !Sentence(line.words).is_label();
  }
  return last;
}

}  // namespace cita
