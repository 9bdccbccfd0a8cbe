#include <cita/base/text.hpp>
#include <cita/input/report_sections.hpp>
#include <cita/input/revocation_counts.hpp>
#include <cita/time/calendar_words.hpp>

#include <algorithm>
#include <initializer_list>
#include <optional>
#include <span>
#include <string>
#include <string_view>
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
constexpr std::string_view perfect_actors[] = {"we have", "we've"};
constexpr std::string_view past_actors[] = {"we had", "we"};
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
constexpr std::string_view labels[] = {"update",  "status", "progress", "summary",   "numbers", "revocation", "incident report",
                                       "current", "latest", "weekly",   "daily",     "hourly",  "here",       "is",
                                       "are",     "our",    "the",      "following", "as",      "follows",    "of",
                                       "on"};
// What a line may count beside the revoked: "Expired: 0".
constexpr std::string_view other_figures[] = {"total",       "affected",        "impacted", "misissued", "mis-issued",
                                              "expired",     "replaced",        "reissued", "pending",   "outstanding",
                                              "not revoked", "not yet revoked", "remaining"};
// What may stand before a count and says nothing of it, with a day or without; what goes on from another comes first.
constexpr std::string_view openings[] = {"hello all",
                                         "hello",
                                         "hi all",
                                         "hi",
                                         "dear all",
                                         "thanks",
                                         "thank you",
                                         "we learned of it",
                                         "we learned of this",
                                         "we became aware of it",
                                         "we became aware of this",
                                         "all certificates are dealt with"};
// What may stand behind a count: what comes next.
constexpr std::string_view conjunctions[] = {",", "and", "but"};
constexpr std::string_view closings[] = {"more follows",
                                         "revocation is ongoing",
                                         "revocation continues",
                                         "the revocation is ongoing",
                                         "the revocation continues",
                                         "our investigation is ongoing",
                                         "our investigation continues",
                                         "the next update follows",
                                         "our next update follows",
                                         "we will provide an update",
                                         "we will post an update",
                                         "we will provide another update",
                                         "we will post another update",
                                         "a full incident report follows",
                                         "a full incident report will follow",
                                         "we are working on a full incident report"};
constexpr std::string_view rests[] = {"the rest", "the remaining", "the last", "the others", "the other"};
constexpr std::string_view rest_nouns[] = {"one", "ones", "certificate"};
constexpr std::string_view rest_verbs[] = {"will be revoked", "to be revoked", "will follow", "follows",
                                           "follow",          "remains",       "remain",      "is due",
                                           "are due",         "has expired",   "have expired"};
constexpr std::string_view intents[] = {"will revoke",  "expect to revoke", "intend to revoke",  "plan to revoke",
                                        "are revoking", "are working on",   "continue to revoke"};
constexpr std::string_view next_days[] = {"tomorrow",           "soon", "shortly", "next week", "this week", "in the next days",
                                          "as soon as possible"};
constexpr std::string_view bounds[] = {"by", "until", "before"};
constexpr std::string_view date_leads[] = {"as of", "as at", "on", "at"};
constexpr std::string_view clock_words[] = {"utc", "gmt", "z", "cet", "cest", "am", "pm"};

bool is_digit(char c) { return c >= '0' && c <= '9'; }

bool is_of_word(char c) {
  return is_digit(c) || (c >= 'a' && c <= 'z') || (c & 0x80) != 0 || std::string_view("-'/%_").find(c) != std::string_view::npos;
}

bool contains(Phrases phrases, std::string_view word) { return std::find(phrases.begin(), phrases.end(), word) != phrases.end(); }

// ---- one sentence

/// How surely a verb tells of what is done by a day: "are revoked on Friday", "have been revoked by Friday" may be plans.
enum class Tense { present, perfect, past };

/// Reads a simplified sentence from left to right. Each question about it takes what it understands.
class Sentence {
 public:
  explicit Sentence(std::string_view text) : rest_(text) {}

  const RevocationCount& count() const { return count_; }
  bool looks_ahead() const { return looks_ahead_; }

  // "So far we have revoked 9 of the 10 certificates"
  bool tells_what_was_done() {
    take_lead();
    const bool is_perfect = take_any(perfect_actors), is_past = !is_perfect && take_any(past_actors);
    take_asides();
    if (!take("revoked")) return false;
    take_asides();
    return take_count() && ends(is_perfect ? Tense::perfect : is_past ? Tense::past : Tense::present);
  }

  // "As of 8 May, 9 of 10 certificates (90 %) have been revoked"
  bool tells_what_became_of_them() {
    take_lead();
    if (!take_count()) return false;
    take_asides();
    const Tense tense = take_tense();
    take_asides();
    return take("revoked") && ends(tense);
  }

  // "Certificates revoked: 9 of 10"
  bool is_figure() {
    take_asides();
    take("number of");
    take_certificates();
    if (!take_any(figures)) return false;
    take_certificates();
    take_asides();
    return take_colon() && take_count() && ends(Tense::present);
  }

  // "Certificates expired: 1", "Total: 10"
  bool is_other_figure() {
    take("number of");
    take_certificates();
    const bool is_known = take_any(other_figures);
    take_certificates();
    take_asides();
    if (!is_known || !take_colon() || !(take_count() || take_number())) return false;
    take_certificates();
    take_asides();
    return has_ended() && !has_day_;
  }

  // "Status of the revocation:"
  bool is_label() {
    take_asides();
    if (has_day_ || !take_any(labels)) return false;
    while (take_any(labels) || take_any(asides)) {
    }
    take_colon();
    return has_ended();
  }

  // "We learned of it on 4 May"
  bool is_opening() {
    const bool is_known = take_any(openings);
    take_asides();
    return is_known && has_ended();
  }

  // "the last one will be revoked tomorrow", "and expect to be done on Friday", "leaving 6 certificates", "2,797 remain"
  bool is_closing() {
    while (take_any(conjunctions)) {
    }
    const bool is_known = take_any(closings) || take_intent() || take_remainder();
    while (take_any(next_days) || take_any(asides) || take_day()) {
    }
    return is_known && has_ended();
  }

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

  // "were", "had already been", "have now been", "are"
  Tense take_tense() {
    const Sentence before = *this;
    if (take("were")) return Tense::past;
    const bool is_past = take("had");
    if (is_past || take("have")) {
      take_asides();
      if (take("been")) return is_past ? Tense::past : Tense::perfect;
    }
    *this = before;
    take("are");
    return Tense::present;
  }

  // "we will revoke the rest"
  bool take_intent() {
    const Sentence before = *this;
    take("we");
    if (take("expect to be done") || (take_any(intents) && take_rest())) return true;
    *this = before;
    return false;
  }

  // "the remaining 2 certificates"
  bool take_rest() {
    if (!take_any(rests)) return false;
    take_number();
    take_certificates();
    take_any(rest_nouns);
    return true;
  }

  bool take_remainder() {
    const Sentence before = *this;
    if (take_rest() && take_any(rest_verbs)) return true;
    *this = before;
    const bool is_left = take("leaving");
    if (!take_number()) return false;
    take_certificates();
    return take_any(rest_verbs) || is_left;
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
    const bool is_bound = take_any(bounds), is_led = is_bound || take_any(date_leads);
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
    if (is_led ? has_number || is_dated : has_number && is_dated) {
      is_bounded_ |= is_bound;
      return true;
    }
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

  bool has_ended() {
    skip_spaces();
    return rest_.empty();
  }

  // What is told of a day is done only where it is told of the past: "9 of 10 are revoked on Friday" is a plan, and "by Friday we
  // have revoked 9 of 10" may be one.
  bool ends(Tense tense) {
    take_asides();
    const Tense least = is_bounded_ ? Tense::past : has_day_ ? Tense::perfect : Tense::present;
    looks_ahead_ = !has_ended() && Sentence(rest_).is_closing();
    return (rest_.empty() || looks_ahead_) && tense >= least;
  }

  std::string_view rest_;
  bool has_day_ = false;
  bool is_bounded_ = false;   // by a day: "until Friday"
  bool looks_ahead_ = false;  // behind the count
  RevocationCount count_;
};

using Shape = bool (Sentence::*)();

/// The sentence as the first of the shapes that it has was read.
std::optional<Sentence> read_as(std::string_view sentence, std::initializer_list<Shape> shapes) {
  for (const Shape shape : shapes)
    if (Sentence each(sentence); (each.*shape)()) return each;
  return std::nullopt;
}

// ---- sentences and lines

bool ends_sentence(std::string_view line, std::size_t at) {
  return std::string_view(".;!").find(line[at]) != std::string_view::npos && (at + 1 == line.size() || line[at + 1] == ' ');
}

std::vector<std::string_view> sentences_of(std::string_view line) {
  std::vector<std::string_view> all;
  std::size_t begin = 0;
  for (std::size_t i = 0; i <= line.size(); ++i) {
    if (i < line.size() && !ends_sentence(line, i)) continue;
    const std::string_view sentence = trimmed(line.substr(begin, i - begin));
    if (!sentence.empty()) all.push_back(sentence);
    begin = i + 1;
  }
  return all;
}

/// Reads a text line by line, from its top.
class Reader {
 public:
  const std::optional<RevocationCount>& last() const { return last_; }

  bool understands(const Span& line) {
    std::string words = text::simplified(trimmed(line.text()));
    if (!words.empty() && (line.text().starts_with("    ") || line.text().starts_with("\t"))) return false;  // code
    if (words.starts_with("#")) return read_as(trimmed(words, "# "), {&Sentence::is_label}).has_value();
    const bool is_item = words.starts_with("- ") || words.starts_with("+ ");
    std::erase(words, '*');  // of an item or around bold letters
    const auto sentences = sentences_of(std::string_view(words).substr(is_item ? 2 : 0));
    return std::all_of(sentences.begin(), sentences.end(), [&](std::string_view each) { return takes(each, line); });
  }

 private:
  bool takes(std::string_view sentence, const Span& line) {
    if (auto told =
            read_as(sentence, {&Sentence::tells_what_was_done, &Sentence::tells_what_became_of_them, &Sentence::is_figure})) {
      if (is_ahead_ || (last_ && last_->of != told->count().of)) return false;
      last_ = told->count();
      last_->span = line;
      is_ahead_ = told->looks_ahead();
      return true;
    }
    if (read_as(sentence, {&Sentence::is_label, &Sentence::is_opening, &Sentence::is_other_figure})) return true;
    is_ahead_ = true;
    return read_as(sentence, {&Sentence::is_closing}).has_value();
  }

  std::optional<RevocationCount> last_;
  bool is_ahead_ = false;  // it has spoken of what comes next: what is counted from there on may be planned
};

}  // namespace

std::optional<RevocationCount> find_revocation_count(const Source& text) {
  Reader reader;
  const std::string& all = text.text();
  for (std::size_t begin = 0; begin < all.size();) {
    const std::size_t end = std::min(all.find('\n', begin), all.size());
    if (!reader.understands({&text, static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)})) return std::nullopt;
    begin = end + 1;
  }
  return reader.last();
}

}  // namespace cita
