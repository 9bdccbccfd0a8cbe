#include <cita/evidence/list_time.hpp>
#include <cita/evidence/words.hpp>

namespace cita::evidence::words {

namespace {

constexpr char digits[] = "0123456789ABCDEF";

bool is_plain(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' || c == '-' || c == '_' ||
         c == '/';
}

}  // namespace

std::string encoded(std::string_view text) {
  std::string word = "=";
  for (const char c : text) {
    if (is_plain(c)) word += c;
    else word += {'%', digits[static_cast<unsigned char>(c) >> 4U], digits[static_cast<unsigned char>(c) & 0xFU]};
  }
  return word;
}

std::optional<std::string> decoded(std::string_view word) {
  if (word.empty() || word.front() != '=') return std::nullopt;
  std::string text;
  for (std::size_t i = 1; i < word.size(); ++i) {
    if (is_plain(word[i])) {
      text += word[i];
      continue;
    }
    const int high = word[i] == '%' && i + 2 < word.size() ? hex_value(word[i + 1]) : -1;
    const int low = high >= 0 ? hex_value(word[i + 2]) : -1;
    if (low < 0) return std::nullopt;
    text += static_cast<char>(high * 16 + low);
    i += 2;
  }
  return text;
}

bool is_shown(Instant instant) {
  if (instant == open_past || instant == open_future) return true;
  return instant >= *instant_of(0, 1, 1, 0, 0, 0) && instant <= *instant_of(9999, 12, 31, 23, 59, 59);
}

}  // namespace cita::evidence::words
