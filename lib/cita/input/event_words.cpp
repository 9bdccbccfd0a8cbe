#include <cita/base/text.hpp>
#include <cita/input/event_words.hpp>

#include <algorithm>
#include <optional>
#include <vector>

namespace cita {

namespace {

struct Wording {
  EventKind kind;
  bool of_another;
  Certainty certainty;
  std::string_view words;
};

constexpr Wording wordings[] = {
#define EVENT_WORDS(kind, certainty, words) {EventKind::kind, false, Certainty::certainty, words},
#define NOT_OURS(certainty, words) {EventKind::other, true, Certainty::certainty, words},
#include <cita/input/event_words.def>
#undef NOT_OURS
#undef EVENT_WORDS
};

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// The text as words with one space around each, a number being "#": " we revoked # certificates ".
std::string as_words(std::string_view text) {
  std::string words = " ";
  const std::string simple = text::simplified(text);
  for (std::size_t i = 0; i < simple.size(); ++i) {
    const char c = simple[i];
    const bool is_letter = (c >= 'a' && c <= 'z') || static_cast<unsigned char>(c) >= 0x80 || c == '-' || c == '/';
    if (is_digit(c) && words.back() == ' ') {
      while (i + 1 < simple.size() &&
             (is_digit(simple[i + 1]) || (simple[i + 1] == ',' && i + 2 < simple.size() && is_digit(simple[i + 2]))))
        ++i;
      words += '#';
    } else if (is_letter || is_digit(c)) {
      words += c;
    } else if (words.back() != ' ') {
      words += ' ';
    }
  }
  if (words.back() != ' ') words += ' ';
  return words;
}

// What stands before `separator`, which is taken away with it.
std::string_view next(std::string_view& rest, std::string_view separator) {
  const std::size_t end = rest.find(separator);
  const std::string_view part = rest.substr(0, end);
  rest = end == std::string_view::npos ? std::string_view() : rest.substr(end + separator.size());
  return part;
}

bool occurs(std::string_view alternative, std::string_view words) {
  const bool open = alternative.ends_with('*');
  if (open) alternative.remove_suffix(1);
  for (std::size_t at = words.find(alternative); at != std::string_view::npos; at = words.find(alternative, at + 1)) {
    const std::size_t end = at + alternative.size();
    if (words[at - 1] == ' ' && (open || end == words.size() || words[end] == ' ')) return true;
  }
  return false;
}

bool any_occurs(std::string_view group, std::string_view words) {
  while (!group.empty())
    if (occurs(next(group, "|"), words)) return true;
  return false;
}

bool fits(std::string_view wanted, std::string_view words) {
  std::string_view unwanted = wanted;
  std::string_view groups = next(unwanted, " - ");
  while (!groups.empty())
    if (!any_occurs(next(groups, " + "), words)) return false;
  return unwanted.empty() || !any_occurs(unwanted, words);
}

// A text that says no more than what a kind means is of that kind.
std::optional<EventKind> described(std::string_view words) {
  static const std::vector<std::string> descriptions = [] {
    std::vector<std::string> all;
    for (const std::string_view name : event_kind_names()) all.push_back(as_words(description(*event_kind(name))));
    return all;
  }();
  const auto found = std::find(descriptions.begin(), descriptions.end(), words);
  if (found == descriptions.end()) return std::nullopt;
  return event_kind(event_kind_names()[static_cast<std::size_t>(found - descriptions.begin())]);
}

}  // namespace

std::string_view name(Certainty certainty) {
  constexpr std::string_view names[] = {"unknown", "guess", "likely", "certain"};
  return names[static_cast<std::size_t>(certainty)];
}

ClassifiedEvent classify_event(std::string_view text) {
  const std::string words = as_words(text);
  if (const auto kind = described(words); kind && kind != EventKind::other) return {*kind, Certainty::certain, false};
  for (const Wording& each : wordings)
    if (fits(each.words, words)) return {each.kind, each.certainty, each.of_another};
  return {};
}

}  // namespace cita
