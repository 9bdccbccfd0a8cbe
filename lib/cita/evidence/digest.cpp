#include <cita/evidence/digest.hpp>

#include <openssl/sha.h>

#include <algorithm>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace cita::evidence {

namespace {

constexpr std::size_t digest_digits = 64;

#if defined(__SSE2__)

// Sixteen digits as eight bytes; false where one is no digit.
bool read_sixteen(const char* text, std::uint8_t* bytes) {
  const __m128i raw = _mm_loadu_si128(reinterpret_cast<const __m128i*>(text));
  const auto between = [](__m128i value, char first, char last) {
    return _mm_and_si128(_mm_cmpgt_epi8(value, _mm_set1_epi8(static_cast<char>(first - 1))),
                         _mm_cmplt_epi8(value, _mm_set1_epi8(static_cast<char>(last + 1))));
  };
  const __m128i lower = _mm_or_si128(raw, _mm_set1_epi8(0x20));
  const __m128i letter = between(lower, 'a', 'f');
  if (_mm_movemask_epi8(_mm_or_si128(between(raw, '0', '9'), letter)) != 0xFFFF) return false;
  const __m128i low_bits = _mm_and_si128(raw, _mm_set1_epi8(0x0F));
  const __m128i values = _mm_add_epi8(low_bits, _mm_and_si128(letter, _mm_set1_epi8(9)));
  const __m128i pairs = _mm_and_si128(_mm_or_si128(_mm_slli_epi16(values, 4), _mm_srli_epi16(values, 8)), _mm_set1_epi16(0xFF));
  _mm_storel_epi64(reinterpret_cast<__m128i*>(bytes), _mm_packus_epi16(pairs, pairs));
  return true;
}

#else

bool read_sixteen(const char* text, std::uint8_t* bytes) {
  for (int i = 0; i < 8; ++i) {
    const int high = hex_value(text[2 * i]), low = hex_value(text[2 * i + 1]);
    if (high < 0 || low < 0) return false;
    bytes[i] = static_cast<std::uint8_t>(high * 16 + low);
  }
  return true;
}

#endif

}  // namespace

int hex_value(char digit) {
  static constexpr auto values = [] {
    std::array<std::int8_t, 256> all{};
    all.fill(-1);
    std::int8_t value = 0;
    for (std::size_t each = '0'; each <= '9'; ++each) all[each] = value++;
    constexpr std::size_t to_upper_case = 'a' - 'A';
    for (std::size_t each = 'a'; each <= 'f'; ++each) all[each] = all[each - to_upper_case] = value++;
    return all;
  }();
  return values[static_cast<unsigned char>(digit)];
}

bool is_hex(std::string_view text) {
  std::uint8_t ignored[8];
  const bool empty = text.empty();
  for (; text.size() >= 16; text.remove_prefix(16))
    if (!read_sixteen(text.data(), ignored)) return false;
  return !empty && std::all_of(text.begin(), text.end(), [](char c) { return hex_value(c) >= 0; });
}

bool read_digest(std::string_view text, Digest& digest) {
  if (text.size() != digest_digits) return false;
  for (std::size_t i = 0; i < 4; ++i)
    if (!read_sixteen(text.data() + 16 * i, digest.data() + 8 * i)) return false;
  return true;
}

Digest sha256(std::string_view bytes) {
  Digest digest{};
  SHA256(reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size(), digest.data());
  return digest;
}

std::string hex(const Digest& digest) {
  constexpr std::string_view digits = "0123456789abcdef";
  std::string text;
  for (const std::uint8_t byte : digest) {
    text += digits[byte >> 4U];
    text += digits[byte & 15U];
  }
  return text;
}

}  // namespace cita::evidence
