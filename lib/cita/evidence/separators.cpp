#include <cita/evidence/separators.hpp>

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>

#if defined(__x86_64__)
#include <immintrin.h>
#endif

namespace cita::evidence {

namespace {

constexpr std::size_t block_bytes = 64;
constexpr std::size_t batch_blocks = 64;

// What of 64 bytes is what, a bit each.
struct Masks {
  std::uint64_t ends;      // commas and line feeds outside quotes
  std::uint64_t feeds;     // line feeds
  std::uint64_t enclosed;  // line feeds inside quotes
};

struct ScanState {
  std::uint64_t inside = 0;  // all ones where the block begins inside quotes
  std::uint64_t high = 0;    // any bit set: a byte that is not ASCII
};

// Bit i of the result is the parity of the bits up to i: where quotes are open.
std::uint64_t parities(std::uint64_t quotes) {
  for (int shift = 1; shift < 64; shift *= 2) quotes ^= quotes << shift;
  return quotes;
}

Masks masks_of(std::uint64_t quotes, std::uint64_t commas, std::uint64_t feeds, std::uint64_t parity, ScanState& state) {
  const std::uint64_t open = parity ^ state.inside;
  state.inside = (std::popcount(quotes) & 1) != 0 ? ~state.inside : state.inside;
  return {(commas | feeds) & ~open, feeds, feeds & open};
}

using Scan = void (*)(const char*, std::size_t, Masks*, ScanState&);

void scan_scalar(const char* text, std::size_t blocks, Masks* masks, ScanState& state) {
  for (std::size_t block = 0; block < blocks; ++block) {
    std::uint64_t quotes = 0, commas = 0, feeds = 0;
    for (std::size_t i = 0; i < block_bytes; ++i) {
      const char c = text[block * block_bytes + i];
      quotes |= std::uint64_t{c == '"'} << i;
      commas |= std::uint64_t{c == ','} << i;
      feeds |= std::uint64_t{c == '\n'} << i;
      state.high |= std::uint64_t{static_cast<unsigned char>(c) >= 0x80U};
    }
    masks[block] = masks_of(quotes, commas, feeds, parities(quotes), state);
  }
}

#if defined(__x86_64__)

std::uint64_t equal_sse2(const __m128i (&bytes)[4], char wanted) {
  const __m128i all = _mm_set1_epi8(wanted);
  std::uint64_t mask = 0;
  for (unsigned i = 0; i < 4; ++i)
    mask |= std::uint64_t{static_cast<std::uint16_t>(_mm_movemask_epi8(_mm_cmpeq_epi8(bytes[i], all)))} << (16 * i);
  return mask;
}

void scan_sse2(const char* text, std::size_t blocks, Masks* masks, ScanState& state) {
  for (std::size_t block = 0; block < blocks; ++block) {
    const auto* from = reinterpret_cast<const __m128i*>(text + block * block_bytes);
    __m128i bytes[4];
    for (unsigned i = 0; i < 4; ++i) bytes[i] = _mm_loadu_si128(from + i);
    const __m128i any = _mm_or_si128(_mm_or_si128(bytes[0], bytes[1]), _mm_or_si128(bytes[2], bytes[3]));
    state.high |= static_cast<std::uint64_t>(_mm_movemask_epi8(any));
    const std::uint64_t quotes = equal_sse2(bytes, '"');
    masks[block] = masks_of(quotes, equal_sse2(bytes, ','), equal_sse2(bytes, '\n'), quotes == 0 ? 0 : parities(quotes), state);
  }
}

[[gnu::target("avx2,pclmul,popcnt")]] std::uint64_t equal_avx2(__m256i low, __m256i high, char wanted) {
  const __m256i all = _mm256_set1_epi8(wanted);
  const auto first = static_cast<std::uint32_t>(_mm256_movemask_epi8(_mm256_cmpeq_epi8(low, all)));
  const auto second = static_cast<std::uint32_t>(_mm256_movemask_epi8(_mm256_cmpeq_epi8(high, all)));
  return first | std::uint64_t{second} << 32U;
}

// A product without carries by all ones is the parity of every prefix.
[[gnu::target("avx2,pclmul,popcnt")]] std::uint64_t parities_avx2(std::uint64_t quotes) {
  const __m128i product =
      _mm_clmulepi64_si128(_mm_set_epi64x(0, static_cast<long long>(quotes)), _mm_set1_epi8(static_cast<char>(0xFF)), 0);
  return static_cast<std::uint64_t>(_mm_cvtsi128_si64(product));
}

[[gnu::target("avx2,pclmul,popcnt")]] void scan_avx2(const char* text, std::size_t blocks, Masks* masks, ScanState& state) {
  for (std::size_t block = 0; block < blocks; ++block) {
    const auto* from = reinterpret_cast<const __m256i*>(text + block * block_bytes);
    const __m256i low = _mm256_loadu_si256(from), high = _mm256_loadu_si256(from + 1);
    state.high |= static_cast<std::uint32_t>(_mm256_movemask_epi8(_mm256_or_si256(low, high)));
    const std::uint64_t quotes = equal_avx2(low, high, '"');
    const std::uint64_t open = parities_avx2(quotes) ^ state.inside;
    state.inside = static_cast<std::uint64_t>(static_cast<std::int64_t>(open) >> 63U);
    const std::uint64_t feeds = equal_avx2(low, high, '\n');
    masks[block] = {(equal_avx2(low, high, ',') | feeds) & ~open, feeds, feeds & open};
  }
}

#endif

Scan scan_for(ScanWay way) {
#if defined(__x86_64__)
  if (way == ScanWay::avx2 && can_scan(way)) return scan_avx2;
  if (way == ScanWay::sse2) return scan_sse2;
#endif
  static_cast<void>(way);
  return scan_scalar;
}

}  // namespace

bool can_scan(ScanWay way) {
#if defined(__x86_64__)
  static const bool has_avx2 =
      __builtin_cpu_supports("avx2") != 0 && __builtin_cpu_supports("pclmul") != 0 && __builtin_cpu_supports("popcnt") != 0;
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
  rows_ = std::make_unique_for_overwrite<std::uint32_t[]>(room_);
}

const Separators& SeparatorFinder::find(std::string_view text) {
  make_room(text.size());
  const Scan scan = scan_for(way_);
  ScanState state;
  std::array<Masks, batch_blocks> masks;
  std::uint32_t* end = ends_.get();
  std::uint32_t* row = rows_.get();
  found_.stopped = text.size();
  const auto note = [&](const Masks& block, std::size_t at) {
    const std::uint64_t wanted = block.enclosed == 0 ? ~std::uint64_t{0} : (block.enclosed & -block.enclosed) - 1;
    std::uint64_t ends = block.ends & wanted;
    for (std::uint64_t feeds = block.feeds & wanted; feeds != 0; feeds &= feeds - 1) {
      const std::uint64_t last = feeds & -feeds;
      for (std::uint64_t before = ends & (last - 1); before != 0; before &= before - 1)
        *end++ = static_cast<std::uint32_t>(at + static_cast<unsigned>(std::countr_zero(before)));
      *row++ = static_cast<std::uint32_t>(end - ends_.get());
      *end++ = static_cast<std::uint32_t>(at + static_cast<unsigned>(std::countr_zero(last)));
      ends &= ~(last | (last - 1));
    }
    for (; ends != 0; ends &= ends - 1) *end++ = static_cast<std::uint32_t>(at + static_cast<unsigned>(std::countr_zero(ends)));
    if (block.enclosed != 0) found_.stopped = at + static_cast<unsigned>(std::countr_zero(block.enclosed));
    return block.enclosed == 0;
  };
  bool going = true;
  std::size_t at = 0;
  while (going && text.size() - at >= block_bytes) {
    const std::size_t blocks = std::min(batch_blocks, (text.size() - at) / block_bytes);
    scan(text.data() + at, blocks, masks.data(), state);
    for (std::size_t i = 0; i < blocks && going; ++i, at += block_bytes) going = note(masks[i], at);
  }
  if (going && at < text.size()) {
    std::array<char, block_bytes> rest{};
    std::memcpy(rest.data(), text.data() + at, text.size() - at);
    scan(rest.data(), 1, masks.data(), state);
    note(masks.front(), at);
  }
  found_.ends = {ends_.get(), end};
  found_.rows = {rows_.get(), row};
  found_.is_ascii = state.high == 0;
  return found_;
}

}  // namespace cita::evidence
