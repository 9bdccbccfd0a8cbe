// A stamp as people write it, cut into numbers, words and signs.
#pragma once

#include <string_view>
#include <vector>

namespace cita::reading {

enum class TokenKind { number, word, sign };

struct Token {
  TokenKind kind = TokenKind::sign;
  std::string_view text;
  std::size_t begin = 0;  ///< where it stands in the simplified text
  int value = 0;          ///< of a number; -1 when it has more than nine digits
  bool spaced = false;    ///< whether a space stands before it

  std::size_t end() const { return begin + text.size(); }
  bool is(std::string_view other) const { return text == other; }
  bool is_number(std::size_t fewest, std::size_t most) const {
    return kind == TokenKind::number && text.size() >= fewest && text.size() <= most;
  }
};

/// Cuts a simplified text (text::simplified). The tokens point into it. The East Asian date words (年 月 日 时 …) are words
/// of their own, for nobody writes spaces around them.
std::vector<Token> tokens(std::string_view simplified);

}  // namespace cita::reading
