// What readers of lists do with AVX2: for functions that are made for processors with it, into which these are inlined.
#pragma once

#if defined(__x86_64__)

#include <cita/evidence/calendar.hpp>
#include <cita/time/moment.hpp>

#include <immintrin.h>

#include <array>

namespace cita::evidence::avx2 {

#define CITA_AVX2_INLINE [[gnu::target("avx2"), gnu::always_inline]] inline

/// Thirty-two times the same byte. They stand in memory, and their values elsewhere: compilers that know them make them anew for
/// each field, which takes longer than to read it.
struct alignas(32) Repeated {
  std::array<char, 32> bytes;

  CITA_AVX2_INLINE operator __m256i() const { return _mm256_load_si256(reinterpret_cast<const __m256i*>(bytes.data())); }
};
struct RepeatedBytes {
  Repeated quote, comma, line_feed, space, most_above_space, zero, nine, a, five, case_bit, low_half;
};
[[gnu::visibility("hidden")]] extern const RepeatedBytes repeated;

/// Thirty-two hexadecimal digits as their values, a pair in each half of 32 bits; what is no digit leaves a byte of `good` that
/// is not all ones.
CITA_AVX2_INLINE __m256i pairs_of_digits(const char* text, __m256i& good) {
  const __m256i raw = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(text));
  // Digits become 0 to 9, and letters of either case 0 to 5.
  const __m256i digit = _mm256_sub_epi8(raw, repeated.zero);
  const __m256i letter = _mm256_sub_epi8(_mm256_or_si256(raw, repeated.case_bit), repeated.a);
  const __m256i is_digit = _mm256_cmpeq_epi8(_mm256_min_epu8(digit, repeated.nine), digit);
  const __m256i is_letter = _mm256_cmpeq_epi8(_mm256_min_epu8(letter, repeated.five), letter);
  good = _mm256_and_si256(good, _mm256_or_si256(is_digit, is_letter));
  const __m256i values = _mm256_add_epi8(_mm256_and_si256(raw, repeated.low_half), _mm256_and_si256(is_letter, repeated.nine));
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
  const __m256i least = _mm256_setr_epi8('2', '0', '0', '0', '-', '0', '0', '-', '0', '0', 'T', '0', '0', ':', '0', '0', ':', '0',
                                         '0', 'Z', any, any, any, any, any, any, any, any, any, any, any, any);
  const __m256i reach = _mm256_setr_epi8(0, 0, 9, 9, 0, 9, 9, 0, 9, 9, 0, 9, 9, 0, 9, 9, 0, 9, 9, 0, -1, -1, -1, -1, -1, -1, -1,
                                         -1, -1, -1, -1, -1);
  const __m256i values = _mm256_sub_epi8(raw, least);
  const __m256i has_form = _mm256_cmpeq_epi8(_mm256_min_epu8(values, reach), values);
  // Year and month, day, hour and minute in the lower half; the second in the upper one, where the hour is in the lower.
  const __m256i digits =
      _mm256_shuffle_epi8(values, _mm256_setr_epi8(2, 3, 5, 6, 8, 9, -1, -1, 11, 12, 14, 15, -1, -1, -1, -1, -1, -1, -1, -1, -1,
                                                   -1, -1, -1, 1, 2, -1, -1, -1, -1, -1, -1));
  const __m256i numbers = _mm256_maddubs_epi16(digits, _mm256_set1_epi16(0x010A));
  const __m256i from_first = _mm256_sub_epi16(numbers, _mm256_setr_epi16(0, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0));
  const __m256i most = _mm256_setr_epi16(99, 11, 30, 0, 23, 59, 0, 0, 0, 0, 0, 0, 59, 0, 0, 0);
  const __m256i is_in_range = _mm256_cmpeq_epi16(_mm256_min_epu16(from_first, most), from_first);
  if (_mm256_movemask_epi8(_mm256_and_si256(has_form, is_in_range)) != -1) return false;
  const __m256i sums = _mm256_madd_epi16(from_first, _mm256_setr_epi16(12, 1, 1, 0, 3600, 60, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0));
  const __m128i sum = _mm_add_epi32(_mm256_castsi256_si128(sums), _mm256_extracti128_si256(sums, 1));
  const auto month_and_day = static_cast<std::uint64_t>(_mm_cvtsi128_si64(sum));
  const std::size_t month = month_and_day & 0xFFFFFFFF;
  const std::int32_t day = first_days[month] + static_cast<std::int32_t>(month_and_day >> 32U);
  if (day >= first_days[month + 1]) return false;
  instant = Instant{Seconds{day * seconds_of_day + _mm_extract_epi32(sum, 2)}};
  return true;
}

#undef CITA_AVX2_INLINE

}  // namespace cita::evidence::avx2

#endif
