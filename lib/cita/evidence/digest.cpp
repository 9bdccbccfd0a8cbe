#include <cita/evidence/avx2.hpp>
#include <cita/evidence/digest.hpp>

#include <algorithm>

#if defined(__x86_64__)
#include <immintrin.h>
#endif

namespace cita::evidence {

namespace {

constexpr std::size_t digest_digits = 64;

#if defined(__x86_64__)

// Sixteen digits as eight bytes; what is no digit leaves a byte of `good` that is not all ones.
__m128i sixteen(const char* text, __m128i& good) {
  const __m128i raw = _mm_loadu_si128(reinterpret_cast<const __m128i*>(text));
  // Digits become 0 to 9, and letters of either case 0 to 5.
  const __m128i digit = _mm_sub_epi8(raw, _mm_set1_epi8('0'));
  const __m128i letter = _mm_sub_epi8(_mm_or_si128(raw, _mm_set1_epi8(0x20)), _mm_set1_epi8('a'));
  const __m128i is_digit = _mm_cmpeq_epi8(_mm_min_epu8(digit, _mm_set1_epi8(9)), digit);
  const __m128i is_letter = _mm_cmpeq_epi8(_mm_min_epu8(letter, _mm_set1_epi8(5)), letter);
  good = _mm_and_si128(good, _mm_or_si128(is_digit, is_letter));
  const __m128i values = _mm_add_epi8(_mm_and_si128(raw, _mm_set1_epi8(0x0F)), _mm_and_si128(is_letter, _mm_set1_epi8(9)));
  return _mm_and_si128(_mm_or_si128(_mm_slli_epi16(values, 4), _mm_srli_epi16(values, 8)), _mm_set1_epi16(0xFF));
}

bool all(__m128i good) { return _mm_movemask_epi8(good) == 0xFFFF; }

bool read_sixteen(const char* text, std::uint8_t* bytes) {
  __m128i good = _mm_set1_epi8(-1);
  const __m128i pairs = sixteen(text, good);
  _mm_storel_epi64(reinterpret_cast<__m128i*>(bytes), _mm_packus_epi16(pairs, pairs));
  return all(good);
}

bool read_sixty_four_sse2(const char* text, std::uint8_t* bytes) {
  __m128i good = _mm_set1_epi8(-1);
  const __m128i a = sixteen(text, good), b = sixteen(text + 16, good), c = sixteen(text + 32, good), d = sixteen(text + 48, good);
  _mm_storeu_si128(reinterpret_cast<__m128i*>(bytes), _mm_packus_epi16(a, b));
  _mm_storeu_si128(reinterpret_cast<__m128i*>(bytes + 16), _mm_packus_epi16(c, d));
  return all(good);
}

// The same, on twice as many at once.
[[gnu::target("avx2")]] bool read_sixty_four_avx2(const char* text, std::uint8_t* bytes) {
  return avx2::read_sixty_four_digits(text, bytes);
}

bool read_sixty_four(const char* text, std::uint8_t* bytes, ScanWay way) {
  return way == ScanWay::avx2 ? read_sixty_four_avx2(text, bytes) : read_sixty_four_sse2(text, bytes);
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

bool read_sixty_four(const char* text, std::uint8_t* bytes, ScanWay) {
  return read_sixteen(text, bytes) && read_sixteen(text + 16, bytes + 8) && read_sixteen(text + 32, bytes + 16) &&
         read_sixteen(text + 48, bytes + 24);
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

bool read_hex(std::string_view text, std::uint8_t* bytes) {
  const std::size_t size = text.size() / 2;
  std::size_t read = 0;
  for (; size - read >= 8; read += 8)
    if (!read_sixteen(text.data() + 2 * read, bytes + read)) return false;
  for (; read < size; ++read) {
    const int value = hex_value(text[2 * read]) * 16 | hex_value(text[2 * read + 1]);
    if (value < 0) return false;
    bytes[read] = static_cast<std::uint8_t>(value);
  }
  return true;
}

bool read_digest(std::string_view text, Digest& digest) {
  static const ScanWay way = fastest_scan();
  return read_digest(text, digest, way);
}

bool read_digest(std::string_view text, Digest& digest, ScanWay way) {
  return text.size() == digest_digits && read_sixty_four(text.data(), digest.data(), way);
}

std::string digits_of(std::string_view text) {
  if (text.starts_with("0x") || text.starts_with("0X")) text.remove_prefix(2);
  std::string digits;
  for (const char c : text)
    if (c != ':' && c != ' ' && c != '-') digits += c;
  return digits;
}

std::string hex(std::string_view octets) {
  constexpr std::string_view digits = "0123456789abcdef";
  std::string text;
  for (const char each : octets) {
    const auto octet = static_cast<unsigned char>(each);
    text += digits[octet >> 4U];
    text += digits[octet & 15U];
  }
  return text;
}

std::string hex(const Digest& digest) { return hex({reinterpret_cast<const char*>(digest.data()), digest.size()}); }

}  // namespace cita::evidence
