// What readers of lists do with AVX2: for functions that are made for processors with it, into which these are inlined.
#pragma once

#if defined(__x86_64__)

#include <cita/evidence/calendar.hpp>
#include <cita/time/moment.hpp>

#include <immintrin.h>

namespace cita::evidence::avx2 {

#define CITA_AVX2_INLINE [[gnu::target("avx2"), gnu::always_inline]] inline

/// Thirty-two hexadecimal digits as their values, a pair in each half of 32 bits; what is no digit leaves a byte of `good` that
/// is not all ones.
CITA_AVX2_INLINE __m256i pairs_of_digits(const char* text, __m256i& good) {
  const __m256i raw = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(text));
  // Digits become 0 to 9, and letters of either case 0 to 5.
  const __m256i digit = _mm256_sub_epi8(raw, _mm256_set1_epi8('0'));
  const __m256i letter = _mm256_sub_epi8(_mm256_or_si256(raw, _mm256_set1_epi8(0x20)), _mm256_set1_epi8('a'));
  const __m256i is_digit = _mm256_cmpeq_epi8(_mm256_min_epu8(digit, _mm256_set1_epi8(9)), digit);
  const __m256i is_letter = _mm256_cmpeq_epi8(_mm256_min_epu8(letter, _mm256_set1_epi8(5)), letter);
  good = _mm256_and_si256(good, _mm256_or_si256(is_digit, is_letter));
  const __m256i values =
      _mm256_add_epi8(_mm256_and_si256(raw, _mm256_set1_epi8(0x0F)), _mm256_and_si256(is_letter, _mm256_set1_epi8(9)));
  return _mm256_maddubs_epi16(values, _mm256_set1_epi16(0x0110));
}

/// Reads 64 hexadecimal digits as 32 bytes; false where one is none.
CITA_AVX2_INLINE bool read_sixty_four_digits(const char* text, std::uint8_t* bytes) {
  __m256i good = _mm256_set1_epi8(-1);
  const __m256i low = pairs_of_digits(text, good), high = pairs_of_digits(text + 32, good);
  // Packing works on halves of 16 bytes; the permutation puts them in order.
  constexpr int in_order = 0b11011000;
  _mm256_storeu_si256(reinterpret_cast<__m256i*>(bytes), _mm256_permute4x64_epi64(_mm256_packus_epi16(low, high), in_order));
  return _mm256_movemask_epi8(good) == -1;
}

/// Reads 32 hexadecimal digits as 16 bytes; false where one is none.
CITA_AVX2_INLINE bool read_thirty_two_digits(const char* text, std::uint8_t* bytes) {
  __m256i good = _mm256_set1_epi8(-1);
  const __m256i pairs = pairs_of_digits(text, good);
  _mm_storeu_si128(reinterpret_cast<__m128i*>(bytes),
                   _mm_packus_epi16(_mm256_castsi256_si128(pairs), _mm256_extracti128_si256(pairs, 1)));
  return _mm256_movemask_epi8(good) == -1;
}

/// Reads "2026-03-20T12:34:56Z" of the years 2000 to 2099; false for all others. 32 bytes must be there.
CITA_AVX2_INLINE bool read_instant(const char* text, Instant& instant) {
  constexpr char any = 0;
  constexpr std::int64_t seconds_of_day = 86'400;
  const __m256i raw = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(text));
  const __m256i least = _mm256_setr_epi8('0', '0', '0', '0', '-', '0', '0', '-', '0', '0', 'T', '0', '0', ':', '0', '0', ':', '0',
                                         '0', 'Z', any, any, any, any, any, any, any, any, any, any, any, any);
  const __m256i reach = _mm256_setr_epi8(9, 9, 9, 9, 0, 9, 9, 0, 9, 9, 0, 9, 9, 0, 9, 9, 0, 9, 9, 0, -1, -1, -1, -1, -1, -1, -1,
                                         -1, -1, -1, -1, -1);
  const __m256i values = _mm256_sub_epi8(raw, least);
  if (_mm256_movemask_epi8(_mm256_cmpeq_epi8(_mm256_min_epu8(values, reach), values)) != -1) return false;
  // Century, year, month, day, hour and minute in the lower half, the second in the upper one.
  const __m256i digits = _mm256_shuffle_epi8(values, _mm256_setr_epi8(0, 1, 2, 3, 5, 6, 8, 9, 11, 12, 14, 15, -1, -1, -1, -1, 1,
                                                                      2, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1));
  const __m256i numbers = _mm256_maddubs_epi16(digits, _mm256_set1_epi16(0x010A));
  const __m256i most = _mm256_setr_epi16(20, 99, 12, 31, 23, 59, 0, 0, 59, 0, 0, 0, 0, 0, 0, 0);
  if (_mm256_movemask_epi8(_mm256_cmpgt_epi16(numbers, most)) != 0) return false;
  const __m256i sums = _mm256_madd_epi16(numbers, _mm256_setr_epi16(1200, 12, 1, 256, 3600, 60, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0));
  const auto month_and_day = static_cast<unsigned>(_mm256_extract_epi32(sums, 1));
  const unsigned month = month_and_day % 256, day = month_and_day / 256;
  const unsigned index = static_cast<unsigned>(_mm256_extract_epi32(sums, 0)) + month - 1 - 20 * 1200;
  if (month == 0 || index >= first_days.size() - 1) return false;
  const std::int32_t first_day = first_days[index];
  if (day - 1 >= static_cast<unsigned>(first_days[index + 1] - first_day)) return false;
  const std::int64_t days = first_day + static_cast<std::int32_t>(day) - 1;
  instant = Instant{Seconds{days * seconds_of_day + _mm256_extract_epi32(sums, 2) + _mm256_extract_epi32(sums, 4)}};
  return true;
}

#undef CITA_AVX2_INLINE

}  // namespace cita::evidence::avx2

#endif
