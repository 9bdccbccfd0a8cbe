#include <cita/base/text.hpp>
#include <cita/input/promises.hpp>
#include <cita/input/revocation_counts.hpp>
#include <cita/time/calendar_words.hpp>

#include <algorithm>
#include <iterator>
#include <string>
#include <string_view>

namespace cita {

namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// A number that begins here and is no part of a date, a time or a longer number.
std::optional<std::int64_t> count_at(std::string_view text, std::size_t& at) {
  if (at > 0 && (is_digit(text[at - 1]) || std::string_view(",.:-/'#").find(text[at - 1]) != std::string_view::npos))
    return std::nullopt;
  const auto number = text::number_at(text, at);
  const bool goes_on =
      at + 1 < text.size() && std::string_view(".:-/").find(text[at]) != std::string_view::npos && is_digit(text[at + 1]);
  return goes_on ? std::nullopt : number;
}

// Whether the clause around a place says that it is so: not that it is not, remains to be done, or is to come.
bool is_said_to_be_done(std::string_view line, std::size_t at) {
  constexpr std::string_view ends[] = {". ", "; ", ", ", "! ", "? ", ": "};
  std::size_t begin = 0, end = line.size();
  for (const std::string_view each : ends) {
    if (const auto before = line.substr(0, at).rfind(each); before != std::string_view::npos) begin = std::max(begin, before);
    if (const auto after = line.find(each, at); after != std::string_view::npos) end = std::min(end, after);
  }
  const std::string_view clause = line.substr(begin, end - begin);
  constexpr std::string_view others[] = {" not ",  "n't ",  "will ",   " remain",  "to be revoked",
                                         "would ", "plan",  "expect",  "going to", "should ",
                                         "shall ", "must ", "schedul", "need to ", "have to "};
  return std::none_of(std::begin(others), std::end(others),
                      [&](std::string_view each) { return clause.find(each) != std::string_view::npos; });
}

// Whether the sentence around a place speaks of another day than the one it was written on: "As of 2026-05-05, 3 of 5 were
// revoked".
bool is_of_another_day(std::string_view line, std::size_t at) {
  const auto before = line.substr(0, at).rfind(". ");
  const std::size_t begin = before == std::string_view::npos ? 0 : before + 2;
  const std::string_view sentence = line.substr(begin, line.find(". ", at) - begin);
  for (const std::string_view lead : {"as of ", "as at ", "by ", "on ", "until ", "before ", "at "}) {
    for (std::size_t i = sentence.find(lead); i != std::string_view::npos; i = sentence.find(lead, i + 1)) {
      if (i > 0 && sentence[i - 1] != ' ' && sentence[i - 1] != '(') continue;
      std::string_view rest = sentence.substr(i + lead.size());
      if (rest.starts_with("the ")) rest.remove_prefix(4);
      const std::string_view word = rest.substr(0, rest.find_first_of(" ,.;:)"));
      if (!word.empty() && (is_digit(word.front()) || month_called(word) || weekday_called(word))) return true;
    }
  }
  return sentence.find("yesterday") != std::string_view::npos;
}

// "840 of 2,098", "12 out of the 14"
std::optional<RevocationCount> count_in(std::string_view line) {
  for (std::size_t i = 0; i < line.size(); ++i) {
    if (!is_digit(line[i])) continue;
    std::size_t at = i;
    const auto done = count_at(line, at);
    if (!done) continue;
    std::string_view rest = line.substr(at);
    for (const std::string_view unit : {" certificates", " certs"})
      if (rest.starts_with(unit)) rest.remove_prefix(unit.size());
    for (const std::string_view link : {" out of the ", " out of ", " of the ", " of "}) {
      if (!rest.starts_with(link)) continue;
      std::size_t begin = link.size();
      const auto of = begin < rest.size() && is_digit(rest[begin]) ? count_at(rest, begin) : std::nullopt;
      if (of && *of > 1 && *done <= *of && is_said_to_be_done(line, i))
        return RevocationCount{*done, *of, is_of_another_day(line, i), {}};
      break;
    }
  }
  return std::nullopt;
}

}  // namespace

std::optional<RevocationCount> find_revocation_count(const Source& text) {
  std::optional<RevocationCount> last;
  for (const Span line : own_lines(text)) {
    const std::string simple = text::simplified(line.text());
    if (simple.find("revoked") == std::string::npos && simple.find("revocation") == std::string::npos) continue;
    if (auto found = count_in(simple)) last = found, last->span = line;
  }
  return last;
}

}  // namespace cita
