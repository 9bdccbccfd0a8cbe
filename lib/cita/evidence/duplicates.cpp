#include <cita/evidence/duplicates.hpp>

#include <algorithm>
#include <bit>
#include <utility>

namespace cita::evidence {

namespace {

constexpr std::size_t piece_size = 1024;

struct Hit {
  std::uint64_t beginning;
  std::uint64_t place;
  friend bool operator<(const Hit& a, const Hit& b) { return std::pair(a.beginning, a.place) < std::pair(b.beginning, b.place); }
};

// A set of numbers in one piece of memory. Zero is kept apart, for it marks what is empty.
class NumberSet {
 public:
  explicit NumberSet(std::size_t most) : slots_(std::bit_ceil(2 * most + 2), 0) {}

  /// Whether it is new.
  bool insert(std::uint64_t number) {
    if (number == 0) return !std::exchange(has_zero_, true);
    for (std::size_t i = index(number);; i = (i + 1) & (slots_.size() - 1)) {
      if (slots_[i] == number) return false;
      if (slots_[i] == 0) {
        slots_[i] = number;
        return true;
      }
    }
  }

  bool contains(std::uint64_t number) const {
    if (number == 0) return has_zero_;
    for (std::size_t i = index(number); slots_[i] != 0; i = (i + 1) & (slots_.size() - 1))
      if (slots_[i] == number) return true;
    return false;
  }

 private:
  // Whoever writes a list chooses its numbers; a multiplication spreads those that were chosen to be alike in their low bits.
  std::size_t index(std::uint64_t number) const {
    return static_cast<std::size_t>((number * 0x9E3779B97F4A7C15U) >> 20U) & (slots_.size() - 1);
  }

  std::vector<std::uint64_t> slots_;
  bool has_zero_ = false;
};

}  // namespace

std::uint64_t beginning_of(const Digest& digest) {
  std::uint64_t value = 0;
  for (std::size_t i = 0; i < 8; ++i) value = value << 8U | digest[i];
  return value;
}

void Duplicates::add(const Digest& digest, std::uint64_t place) {
  const std::uint64_t beginning = beginning_of(digest);
  auto& pieces = entries_[digest[0]];
  if (pieces.empty() || pieces.back().size() == piece_size) pieces.emplace_back().reserve(piece_size);
  pieces.back().push_back({static_cast<std::uint32_t>(beginning >> 24U),
                           static_cast<std::uint32_t>(beginning << 8U | (place >> 32U & 0xFFU)),
                           static_cast<std::uint32_t>(place)});
}

void Duplicates::find_in(std::size_t partition, const DigestAt& digest_at, std::vector<DuplicateGroup>& groups) const {
  const auto& pieces = entries_[partition];
  const auto hit_of = [&](const Entry& entry) {
    const std::uint64_t rest = std::uint64_t{entry[0]} << 24U | entry[1] >> 8U;
    return Hit{std::uint64_t{partition} << 56U | rest, std::uint64_t{entry[1] & 0xFFU} << 32U | entry[2]};
  };
  NumberSet seen(pieces.size() * piece_size);
  std::vector<std::uint64_t> repeated;
  for (const auto& piece : pieces)
    for (const Entry& entry : piece)
      if (const Hit hit = hit_of(entry); !seen.insert(hit.beginning)) repeated.push_back(hit.beginning);
  if (repeated.empty()) return;
  NumberSet wanted(repeated.size());
  for (const std::uint64_t beginning : repeated) wanted.insert(beginning);
  std::vector<Hit> hits;
  for (const auto& piece : pieces)
    for (const Entry& entry : piece)
      if (const Hit hit = hit_of(entry); wanted.contains(hit.beginning)) hits.push_back(hit);
  std::sort(hits.begin(), hits.end());
  std::vector<std::pair<Digest, std::uint64_t>> whole;
  for (std::size_t i = 0; i < hits.size(); ++i) {
    if (const auto digest = digest_at(hits[i].place, hits[i].beginning)) whole.emplace_back(*digest, hits[i].place);
    if (i + 1 < hits.size() && hits[i + 1].beginning == hits[i].beginning) continue;
    std::sort(whole.begin(), whole.end());
    for (std::size_t first = 0, last = 0; first < whole.size(); first = last) {
      while (last < whole.size() && whole[last].first == whole[first].first) ++last;
      if (last - first < 2) continue;
      DuplicateGroup& group = groups.emplace_back();
      group.digest = whole[first].first;
      for (std::size_t k = first; k < last; ++k) group.places.push_back(whole[k].second);
    }
    whole.clear();
  }
}

std::vector<DuplicateGroup> Duplicates::find(const DigestAt& digest_at) {
  std::vector<DuplicateGroup> groups;
  for (std::size_t partition = 0; partition < partitions; ++partition) {
    find_in(partition, digest_at, groups);
    entries_[partition] = {};
  }
  std::sort(groups.begin(), groups.end(), [](const auto& a, const auto& b) { return a.places.front() < b.places.front(); });
  return groups;
}

}  // namespace cita::evidence
