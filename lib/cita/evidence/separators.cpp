#include <cita/evidence/separators.hpp>

#include <array>
#include <bit>
#include <cstring>

#if defined(__x86_64__)
#include <immintrin.h>
#endif

namespace cita::evidence {

namespace {

constexpr std::size_t block_bytes = 64;

// What of 64 bytes is what, a bit each.
struct Masks {
  std::uint64_t quotes, commas, feeds;
  std::uint64_t parities;  // bit i: whether the quotes up to and with i are odd in number
  std::uint64_t odd;       // neither printable ASCII nor the end of a line
};

// Where the finder writes, and what it found.
struct Output {
  std::uint32_t* end;
  Separators::Row* row;
  std::size_t stopped;
  bool is_plain;
};

std::uint64_t parities(std::uint64_t quotes) {
  for (int shift = 1; shift < 64; shift *= 2) quotes ^= quotes << shift;
  return quotes;
}

struct ScalarBlock {
  static Masks look(const char* text) {
    Masks found{};
    for (std::size_t i = 0; i < block_bytes; ++i) {
      const char c = text[i];
      found.quotes |= std::uint64_t{c == '"'} << i;
      found.commas |= std::uint64_t{c == ','} << i;
      found.feeds |= std::uint64_t{c == '\n'} << i;
      found.odd |= std::uint64_t{(c < ' ' || c > '~') && c != '\n' && c != '\r'} << i;
    }
    found.parities = parities(found.quotes);
    return found;
  }
};

// One loop for all ways: inlined into each, so that it is made of the same instructions.
template <class Block>
[[gnu::always_inline]] inline Output find_by(std::string_view text, std::uint32_t* const ends, Separators::Row* row) {
  std::uint32_t* end = ends;
  std::uint64_t inside = 0, odd = 0;  // all ones where the block begins inside quotes; any bit: something is odd
  std::uint32_t quotes = 0;           // of the row that has begun
  std::array<char, block_bytes> rest;
  rest.fill(' ');
  for (std::size_t at = 0; at < text.size(); at += block_bytes) {
    const char* from = text.data() + at;
    if (text.size() - at < block_bytes) {
      std::memcpy(rest.data(), from, text.size() - at);
      from = rest.data();
    }
    const Masks found = Block::look(from);
    odd |= found.odd;
    const std::uint64_t open = found.parities ^ inside;
    inside = std::uint64_t{0} - (open >> 63U);
    std::uint64_t wanted = ~std::uint64_t{0};
    const std::uint64_t enclosed = found.feeds & open;
    if (enclosed != 0) wanted = (enclosed & (std::uint64_t{0} - enclosed)) - 1;
    const std::uint64_t left = (found.commas | found.feeds) & ~open & wanted;
    std::uint64_t of_row = found.quotes;
    for (std::uint64_t feeds = found.feeds & ~open & wanted; feeds != 0; feeds &= feeds - 1) {
      const std::uint64_t until = feeds ^ (feeds - 1);  // up to and with the line feed
      *row++ = {static_cast<std::uint32_t>(end - ends + std::popcount(left & until) - 1),
                quotes + static_cast<std::uint32_t>(std::popcount(of_row & until))};
      quotes = 0;
      of_row &= ~until;
    }
    for (std::uint64_t bits = left; bits != 0; bits &= bits - 1)
      *end++ = static_cast<std::uint32_t>(at + static_cast<unsigned>(std::countr_zero(bits)));
    if (enclosed != 0) return {end, row, at + static_cast<unsigned>(std::countr_zero(enclosed)), odd == 0};
    quotes += static_cast<std::uint32_t>(std::popcount(of_row));
  }
  return {end, row, text.size(), odd == 0};
}

using Find = Output (*)(std::string_view, std::uint32_t*, Separators::Row*);

Output find_scalar(std::string_view text, std::uint32_t* ends, Separators::Row* rows) {
  return find_by<ScalarBlock>(text, ends, rows);
}

#if defined(__x86_64__)

struct Sse2Block {
  static std::uint64_t equal(const __m128i (&bytes)[4], char wanted) {
    const __m128i all = _mm_set1_epi8(wanted);
    std::uint64_t mask = 0;
    for (unsigned i = 0; i < 4; ++i)
      mask |= std::uint64_t{static_cast<std::uint16_t>(_mm_movemask_epi8(_mm_cmpeq_epi8(bytes[i], all)))} << (16 * i);
    return mask;
  }

  // One more than an unprintable byte is less than the first printable one, or negative.
  static std::uint64_t unprintable(const __m128i (&bytes)[4]) {
    const __m128i one = _mm_set1_epi8(1), first = _mm_set1_epi8(' ' + 1);
    std::uint64_t mask = 0;
    for (unsigned i = 0; i < 4; ++i)
      mask |= std::uint64_t{static_cast<std::uint16_t>(_mm_movemask_epi8(_mm_cmplt_epi8(_mm_add_epi8(bytes[i], one), first)))}
              << (16 * i);
    return mask;
  }

  static Masks look(const char* text) {
    const auto* from = reinterpret_cast<const __m128i*>(text);
    __m128i bytes[4];
    for (unsigned i = 0; i < 4; ++i) bytes[i] = _mm_loadu_si128(from + i);
    const std::uint64_t quotes = equal(bytes, '"'), feeds = equal(bytes, '\n');
    return {quotes, equal(bytes, ','), feeds, quotes == 0 ? 0 : parities(quotes),
            unprintable(bytes) & ~(feeds | equal(bytes, '\r'))};
  }
};

#define CITA_AVX2 gnu::target("avx2,bmi,bmi2,pclmul,popcnt")

struct Avx2Block {
  [[CITA_AVX2]] static std::uint64_t equal(__m256i low, __m256i high, char wanted) {
    const __m256i all = _mm256_set1_epi8(wanted);
    const auto first = static_cast<std::uint32_t>(_mm256_movemask_epi8(_mm256_cmpeq_epi8(low, all)));
    const auto second = static_cast<std::uint32_t>(_mm256_movemask_epi8(_mm256_cmpeq_epi8(high, all)));
    return first | std::uint64_t{second} << 32U;
  }

  // One more than an unprintable byte is less than the first printable one, or negative.
  [[CITA_AVX2]] static std::uint64_t unprintable(__m256i low, __m256i high) {
    const __m256i one = _mm256_set1_epi8(1), printable = _mm256_set1_epi8(' ' + 1);
    const auto first = static_cast<std::uint32_t>(_mm256_movemask_epi8(_mm256_cmpgt_epi8(printable, _mm256_add_epi8(low, one))));
    const auto second =
        static_cast<std::uint32_t>(_mm256_movemask_epi8(_mm256_cmpgt_epi8(printable, _mm256_add_epi8(high, one))));
    return first | std::uint64_t{second} << 32U;
  }

  [[CITA_AVX2]] static Masks look(const char* text) {
    const auto* from = reinterpret_cast<const __m256i*>(text);
    const __m256i low = _mm256_loadu_si256(from), high = _mm256_loadu_si256(from + 1);
    const std::uint64_t quotes = equal(low, high, '"'), feeds = equal(low, high, '\n');
    // A product without carries by all ones is the parity of every prefix.
    const __m128i product =
        _mm_clmulepi64_si128(_mm_set_epi64x(0, static_cast<long long>(quotes)), _mm_set1_epi8(static_cast<char>(0xFF)), 0);
    return {quotes, equal(low, high, ','), feeds, static_cast<std::uint64_t>(_mm_cvtsi128_si64(product)),
            unprintable(low, high) & ~(feeds | equal(low, high, '\r'))};
  }
};

Output find_sse2(std::string_view text, std::uint32_t* ends, Separators::Row* rows) {
  return find_by<Sse2Block>(text, ends, rows);
}

[[CITA_AVX2]] Output find_avx2(std::string_view text, std::uint32_t* ends, Separators::Row* rows) {
  return find_by<Avx2Block>(text, ends, rows);
}

#undef CITA_AVX2

#endif

Find find_for(ScanWay way) {
#if defined(__x86_64__)
  if (way == ScanWay::avx2 && can_scan(way)) return find_avx2;
  if (way == ScanWay::sse2) return find_sse2;
#endif
  static_cast<void>(way);
  return find_scalar;
}

}  // namespace

bool can_scan(ScanWay way) {
#if defined(__x86_64__)
  static const bool has_avx2 = __builtin_cpu_supports("avx2") != 0 && __builtin_cpu_supports("bmi") != 0 &&
                               __builtin_cpu_supports("bmi2") != 0 && __builtin_cpu_supports("pclmul") != 0 &&
                               __builtin_cpu_supports("popcnt") != 0;
  return way != ScanWay::avx2 || has_avx2;
#else
  return way == ScanWay::scalar;
#endif
}

ScanWay fastest_scan() {
  if (can_scan(ScanWay::avx2)) return ScanWay::avx2;
  return can_scan(ScanWay::sse2) ? ScanWay::sse2 : ScanWay::scalar;
}

void SeparatorFinder::make_room(std::size_t bytes) {
  if (bytes <= room_) return;
  // Room for a text of nothing but separators; what no text fills takes no memory.
  room_ = bytes;
  ends_ = std::make_unique_for_overwrite<std::uint32_t[]>(room_);
  rows_ = std::make_unique_for_overwrite<Separators::Row[]>(room_);
}

const Separators& SeparatorFinder::find(std::string_view text) {
  make_room(text.size());
  const Output output = find_for(way_)(text, ends_.get(), rows_.get());
  found_ = {{ends_.get(), output.end}, {rows_.get(), output.row}, output.stopped, output.is_plain};
  return found_;
}

}  // namespace cita::evidence
