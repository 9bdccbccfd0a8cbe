#include <cita/base/text.hpp>
#include <cita/input/event_words.hpp>

#include <algorithm>
#include <array>
#include <cstdint>
#include <unordered_map>
#include <utility>
#include <vector>

namespace cita {

namespace {

// Places in a text: bit n is the place of its n-th word.
using Places = std::uint64_t;
// What a row tells of stands near its beginning. One bit is left for the place behind the last word.
constexpr std::size_t most_words = 63;
constexpr int widest_gap = 6;

struct Text {
  std::vector<std::string> words;
  Places clauses = 1;  // where a clause begins
};

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || static_cast<unsigned char>(c) >= 0x80; }

template <std::size_t n>
bool is_one_of(const std::array<std::string_view, n>& words, std::string_view word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

class TextReader {
 public:
  explicit TextReader(std::string_view text) : in_(text::simplified(text)) {}

  Text read() {
    while (at_ < in_.size() && text_.words.size() < most_words) {
      const char c = in_[at_];
      if (is_digit(c)) {
        read_number();
      } else if (is_symbol()) {
        at_ += 3;
      } else if (is_letter(c)) {
        read_word();
      } else {
        read_punctuation(c);
      }
    }
    return std::move(text_);
  }

 private:
  char ahead(std::size_t n) const { return at_ + n < in_.size() ? in_[at_ + n] : ' '; }

  // U+2000 to U+2FFF in UTF-8: quotation marks, arrows, bullets.
  bool is_symbol() const { return in_[at_] == '\xE2'; }

  bool is_apostrophe() const { return in_[at_] == '\'' || in_.compare(at_, 3, "\xE2\x80\x99") == 0; }

  void read_number() {
    const std::size_t begin = at_;
    while (is_digit(ahead(0)) || ((ahead(0) == '.' || ahead(0) == ',') && is_digit(ahead(1)))) ++at_;
    // A share of all is not "some".
    const bool is_hundred = at_ - begin == 3 && in_.compare(begin, 3, "100") == 0;
    if (ahead(0) == ' ' && ahead(1) == '%') ++at_;
    if (ahead(0) != '%') return add("#");
    add(is_hundred ? "all" : "#");
    if (!is_hundred) add("percent");
  }

  void read_word() {
    const std::size_t begin = at_;
    while (at_ < in_.size() && is_letter(in_[at_]) && !is_symbol()) ++at_;
    const std::string word = in_.substr(begin, at_ - begin);
    if (at_ < in_.size() && is_apostrophe()) {  // "CA's", "didn't"
      at_ += in_[at_] == '\'' ? 1 : 3;
      while (is_letter(ahead(0)) && !is_symbol()) ++at_;
    }
    add(word);
  }

  void read_punctuation(char c) {
    constexpr std::string_view always = "();?!", before_space = ".:-";
    const bool is_stop = before_space.find(c) != std::string_view::npos && ahead(1) == ' ';
    if (is_stop || always.find(c) != std::string_view::npos) text_.clauses |= Places(1) << text_.words.size();
    ++at_;
  }

  void add(std::string_view word) {
    constexpr std::array<std::string_view, 3> articles = {"the", "a", "an"};
    constexpr std::array<std::string_view, 6> prefixes = {"mis", "non", "pre", "re", "un", "e"};
    constexpr std::array<std::string_view, 10> numbers = {"two",   "three", "four", "five", "six",
                                                          "seven", "eight", "nine", "ten",  "eleven"};
    if (is_one_of(articles, word)) return;
    if (is_one_of(numbers, word)) word = "#";
    // "mis-issued", "mis issued" and "misissued" are one word.
    const bool begins_clause = ((text_.clauses >> text_.words.size()) & 1) != 0;
    if (word != "#" && !begins_clause && is_one_of(prefixes, text_.words.back())) text_.words.back() += word;
    else text_.words.emplace_back(word);
  }

  const std::string in_;
  std::size_t at_ = 0;
  Text text_;
};

// A line of the table as it is written.
struct Line {
  std::string_view name;  // of a group of words; empty for a row
  EventKind kind;
  bool of_another;
  Certainty certainty;
  std::string_view words;
};

constexpr Line lines[] = {
#define WORDS(name, words) {#name, EventKind::other, false, Certainty::unknown, words},
#define EVENT_WORDS(kind, certainty, words) {{}, EventKind::kind, false, Certainty::certainty, words},
#define NOT_OURS(certainty, words) {{}, EventKind::other, true, Certainty::certainty, words},
#include <cita/input/event_words.def>
#undef NOT_OURS
#undef EVENT_WORDS
#undef WORDS
};

// The table, compiled.

struct Element {
  enum class Kind : std::uint8_t { word, group, gap, clause } kind;
  std::size_t index = 0;
};
using Sequence = std::vector<Element>;
using Group = std::vector<Sequence>;

struct Row {
  EventKind kind;
  bool of_another;
  Certainty certainty;
  std::vector<Group> wanted;
  Group unwanted;
};

// What stands before `separator`, which is taken away with it.
std::string_view next(std::string_view& rest, std::string_view separator) {
  const std::size_t end = rest.find(separator);
  const std::string_view part = rest.substr(0, end);
  rest = end == std::string_view::npos ? std::string_view() : rest.substr(end + separator.size());
  return part;
}

class Table {
 public:
  Table() {
    for (const Line& each : lines) {
      if (each.name.empty()) add_row(each);
      else add_group(each.name, each.words);
    }
  }

  const std::vector<Row>& rows() const { return rows_; }
  const Group& group(std::size_t index) const { return groups_[index]; }

  // Where each word of the table occurs in a text.
  std::vector<Places> places(const Text& text) const {
    std::vector<Places> places(words_.size() + beginnings_.size());
    for (std::size_t at = 0; at < text.words.size(); ++at) {
      const std::string_view word = text.words[at];
      const auto mark = [&](const Index& index, std::string_view key) {
        if (const auto found = index.find(key); found != index.end()) places[found->second] |= Places(1) << at;
      };
      mark(words_, word);
      for (std::size_t length = 1; length <= word.size(); ++length) mark(beginnings_, word.substr(0, length));
    }
    return places;
  }

 private:
  using Index = std::unordered_map<std::string_view, std::size_t>;

  std::size_t index_of_word(std::string_view word) {
    const std::size_t count = words_.size() + beginnings_.size();
    if (!word.ends_with('*')) return words_.try_emplace(word, count).first->second;
    word.remove_suffix(1);
    return beginnings_.try_emplace(word, count).first->second;
  }

  Element element(std::string_view word) {
    if (word == "..") return {Element::Kind::gap};
    if (word == "^") return {Element::Kind::clause};
    if (word.starts_with('{')) return {Element::Kind::group, names_.at(word.substr(1, word.size() - 2))};
    return {Element::Kind::word, index_of_word(word)};
  }

  Group parsed(std::string_view alternatives) {
    Group group;
    while (!alternatives.empty()) {
      Sequence& sequence = group.emplace_back();
      for (std::string_view words = next(alternatives, "|"); !words.empty();) sequence.push_back(element(next(words, " ")));
    }
    return group;
  }

  void add_group(std::string_view name, std::string_view words) {
    groups_.push_back(parsed(words));
    names_.emplace(name, groups_.size() - 1);
  }

  void add_row(const Line& line) {
    Row row{line.kind, line.of_another, line.certainty, {}, {}};
    std::string_view unwanted = line.words;
    for (std::string_view groups = next(unwanted, " - "); !groups.empty();) row.wanted.push_back(parsed(next(groups, " + ")));
    row.unwanted = parsed(unwanted);
    rows_.push_back(std::move(row));
  }

  Index words_, beginnings_, names_;
  std::vector<Group> groups_;
  std::vector<Row> rows_;
};

const Table& table() {
  static const Table the_table;
  return the_table;
}

class Matcher {
 public:
  explicit Matcher(const Text& text) : clauses_(text.clauses), places_(table().places(text)) {}

  bool fits(const Row& row) const {
    return std::all_of(row.wanted.begin(), row.wanted.end(), [&](const Group& each) { return occurs(each); }) &&
           !occurs(row.unwanted);
  }

 private:
  bool occurs(const Group& group) const {
    return std::any_of(group.begin(), group.end(), [&](const Sequence& each) { return after(each, ~Places(0)) != 0; });
  }

  // The places behind what begins at one of `from`.
  Places after(const Group& group, Places from) const {
    Places result = 0;
    for (const Sequence& each : group) result |= after(each, from);
    return result;
  }

  Places after(const Sequence& sequence, Places from) const {
    for (const Element& each : sequence) {
      from = after(each, from);
      if (from == 0) break;
    }
    return from;
  }

  Places after(const Element& element, Places from) const {
    switch (element.kind) {
      case Element::Kind::word: return (from & places_[element.index]) << 1;
      case Element::Kind::group: return after(table().group(element.index), from);
      case Element::Kind::clause: return from & clauses_;
      case Element::Kind::gap: break;
    }
    from &= ~clauses_;
    for (int i = 0; i < widest_gap; ++i) from |= (from << 1) & ~clauses_;
    return from;
  }

  Places clauses_;
  std::vector<Places> places_;
};

// A text that says no more than what a kind means is of that kind.
EventKind described(const Text& text) {
  static const std::vector<std::vector<std::string>> descriptions = [] {
    std::vector<std::vector<std::string>> all;
    for (const std::string_view name : event_kind_names()) all.push_back(TextReader(description(*event_kind(name))).read().words);
    return all;
  }();
  const auto found = std::find(descriptions.begin(), descriptions.end(), text.words);
  if (found == descriptions.end()) return EventKind::other;
  return *event_kind(event_kind_names()[static_cast<std::size_t>(found - descriptions.begin())]);
}

}  // namespace

std::string_view name(Certainty certainty) {
  constexpr std::string_view names[] = {"unknown", "guess", "likely", "certain"};
  return names[static_cast<std::size_t>(certainty)];
}

ClassifiedEvent classify_event(std::string_view text) {
  const Text words = TextReader(text).read();
  if (const EventKind kind = described(words); kind != EventKind::other) return {kind, Certainty::certain, false};
  const Matcher matcher(words);
  for (const Row& each : table().rows())
    if (matcher.fits(each)) return {each.kind, each.certainty, each.of_another};
  return {};
}

}  // namespace cita
