#include <cita/evidence/duplicates.hpp>

#include <algorithm>
#include <bit>
#include <iterator>
#include <mutex>
#include <utility>

namespace cita::evidence {

namespace {

constexpr unsigned place_bits = 36, own_bits = 28;  // of an entry
constexpr std::uint64_t place_mask = (std::uint64_t{1} << place_bits) - 1;

// A bit for each of so many classes of numbers. Sixteen times as many as numbers, so few numbers share one by chance.
class Bits {
 public:
  explicit Bits(std::size_t numbers)
      : shift_(own_bits - std::min(own_bits, static_cast<unsigned>(std::bit_width(numbers)) + 4U)),
        words_(((std::size_t{1} << (own_bits - shift_)) + 63) / 64) {}

  /// Whether it was set.
  bool set(std::uint64_t entry) {
    std::uint64_t& word = words_[index(entry) / 64];
    const std::uint64_t bit = std::uint64_t{1} << (index(entry) % 64);
    return std::exchange(word, word | bit) & bit;
  }
  bool has(std::uint64_t entry) const { return (words_[index(entry) / 64] >> (index(entry) % 64)) & 1U; }

 private:
  std::size_t index(std::uint64_t entry) const { return static_cast<std::size_t>(entry >> place_bits >> shift_); }

  unsigned shift_;
  std::vector<std::uint64_t> words_;
};

}  // namespace

DigestBeginning beginning_of(const Digest& digest) {
  std::uint64_t value = 0;
  for (std::size_t i = 0; i < 5; ++i) value = value << 8U | digest[i];
  return value >> 4U;
}

void Duplicates::find_in(std::size_t partition, const DigestAt& digest_at, std::vector<DuplicateGroup>& groups) const {
  Bits seen(entries_.most_in(partition)), repeated(entries_.most_in(partition));
  bool any = false;
  entries_.for_each(partition, [&](Entry entry) {
    if (!seen.set(entry)) return;
    repeated.set(entry);
    any = true;
  });
  if (!any) return;
  std::vector<Entry> hits;
  entries_.for_each(partition, [&](Entry entry) {
    if (repeated.has(entry)) hits.push_back(entry);
  });
  std::sort(hits.begin(), hits.end());
  std::vector<std::pair<Digest, std::uint64_t>> whole;
  for (std::size_t first = 0, last = 0; first < hits.size(); first = last) {
    const std::uint64_t own = hits[first] >> place_bits;
    while (last < hits.size() && hits[last] >> place_bits == own) ++last;
    if (last - first < 2) continue;
    whole.clear();
    for (std::size_t i = first; i < last; ++i) {
      const std::uint64_t place = hits[i] & place_mask;
      if (const auto digest = digest_at(place, std::uint64_t{partition} << own_bits | own)) whole.emplace_back(*digest, place);
    }
    std::sort(whole.begin(), whole.end());
    for (std::size_t begin = 0, end = 0; begin < whole.size(); begin = end) {
      while (end < whole.size() && whole[end].first == whole[begin].first) ++end;
      if (end - begin < 2) continue;
      DuplicateGroup& group = groups.emplace_back();
      group.digest = whole[begin].first;
      for (std::size_t k = begin; k < end; ++k) group.places.push_back(whole[k].second);
    }
  }
}

std::vector<DuplicateGroup> Duplicates::find(const DigestAt& digest_at, unsigned threads) {
  std::vector<DuplicateGroup> groups;
  std::mutex mutex;
  Partitions<Entry>::share(threads, [&](const auto& next) {
    std::vector<DuplicateGroup> own;
    for (std::size_t partition = next(); partition < partition_count; partition = next()) {
      find_in(partition, digest_at, own);
      entries_.clear(partition);
    }
    const std::lock_guard lock(mutex);
    groups.insert(groups.end(), std::make_move_iterator(own.begin()), std::make_move_iterator(own.end()));
  });
  std::sort(groups.begin(), groups.end(), [](const auto& a, const auto& b) { return a.places.front() < b.places.front(); });
  return groups;
}

}  // namespace cita::evidence
