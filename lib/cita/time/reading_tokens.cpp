#include <cita/time/reading_tokens.hpp>

#include <algorithm>
#include <array>

namespace cita::reading {

namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || static_cast<unsigned char>(c) >= 0x80; }

constexpr std::array<std::string_view, 20> date_words{"年", "月", "日", "号", "時", "时", "点",   "點",   "分",   "秒",
                                                      "년", "월", "일", "시", "분", "초", "上午", "下午", "午前", "午後"};

// The date word that the text starts with, or nothing.
std::string_view date_word(std::string_view text) {
  if (static_cast<unsigned char>(text.front()) < 0x80) return {};
  const auto found =
      std::find_if(date_words.begin(), date_words.end(), [&](std::string_view word) { return text.starts_with(word); });
  return found == date_words.end() ? std::string_view() : *found;
}

std::size_t length_of_number(std::string_view text) {
  return static_cast<std::size_t>(std::find_if_not(text.begin(), text.end(), is_digit) - text.begin());
}

std::size_t length_of_word(std::string_view text) {
  if (const std::string_view word = date_word(text); !word.empty()) return word.size();
  std::size_t length = 0;
  while (length < text.size() && is_letter(text[length]) && date_word(text.substr(length)).empty()) ++length;
  return length;
}

int value_of(std::string_view digits) {
  if (digits.size() > 9) return -1;
  int value = 0;
  for (const char c : digits) value = value * 10 + (c - '0');
  return value;
}

}  // namespace

std::vector<Token> tokens(std::string_view simplified) {
  std::vector<Token> result;
  result.reserve(simplified.size() / 2);
  bool spaced = false;
  for (std::size_t begin = 0; begin < simplified.size();) {
    const std::string_view rest = simplified.substr(begin);
    if (rest.front() == ' ') {
      spaced = true;
      ++begin;
      continue;
    }
    Token token{TokenKind::sign, rest.substr(0, 1), begin, 0, spaced};
    if (is_digit(rest.front())) {
      token.kind = TokenKind::number;
      token.text = rest.substr(0, length_of_number(rest));
      token.value = value_of(token.text);
    } else if (is_letter(rest.front())) {
      token.kind = TokenKind::word;
      token.text = rest.substr(0, length_of_word(rest));
    }
    begin += token.text.size();
    spaced = false;
    result.push_back(token);
  }
  return result;
}

}  // namespace cita::reading
