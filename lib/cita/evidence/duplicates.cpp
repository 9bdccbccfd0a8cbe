#include <cita/base/workers.hpp>
#include <cita/evidence/duplicates.hpp>

#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <bit>
#include <cerrno>
#include <iterator>
#include <limits>
#include <mutex>
#include <system_error>
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

void Duplicates::begin_piece(std::size_t partition) {
  Piece& piece = open_[partition];
  if (!piece.empty()) {
    full_[partition].push_back(std::move(piece));
    if (++pieces_ > most_pieces_) move_to_disk();
  }
  piece = Piece();
  piece.reserve(piece_size);
}

void Duplicates::move_to_disk() {
  if (!disk_) disk_.reset(std::tmpfile());
  for (std::size_t partition = 0; partition < partitions; ++partition) {
    auto& pieces = full_[partition];
    for (const Piece& piece : pieces) {
      constexpr auto bytes = static_cast<ssize_t>(piece_size * sizeof(Entry));
      if (!disk_ || pwrite(fileno(disk_.get()), piece.data(), bytes, static_cast<off_t>(pieces_on_disk_) * bytes) != bytes) {
        // Nowhere to put it: what is left stays where it is, and so does all that comes.
        pieces.erase(pieces.begin(), pieces.begin() + (&piece - pieces.data()));
        most_pieces_ = std::numeric_limits<std::size_t>::max();
        return;
      }
      on_disk_[partition].push_back(pieces_on_disk_++);
      --pieces_;
    }
    pieces.clear();
  }
}

template <class Visit>
void Duplicates::for_each(std::size_t partition, Visit visit) const {
  std::array<Entry, piece_size> memory;
  for (const std::uint64_t piece : on_disk_[partition]) {
    constexpr auto bytes = static_cast<ssize_t>(sizeof memory);
    if (pread(fileno(disk_.get()), memory.data(), sizeof memory, static_cast<off_t>(piece) * bytes) != bytes)
      throw std::system_error(errno, std::generic_category(), "what was put on disk cannot be read back");
    for (const Entry entry : memory) visit(entry);
  }
  for (const Piece& piece : full_[partition])
    for (const Entry entry : piece) visit(entry);
  for (const Entry entry : open_[partition]) visit(entry);
}

void Duplicates::find_in(std::size_t partition, const DigestAt& digest_at, std::vector<DuplicateGroup>& groups) const {
  const std::size_t pieces = on_disk_[partition].size() + full_[partition].size() + 1;
  Bits seen(pieces * piece_size), repeated(pieces * piece_size);
  bool any = false;
  for_each(partition, [&](Entry entry) {
    if (!seen.set(entry)) return;
    repeated.set(entry);
    any = true;
  });
  if (!any) return;
  std::vector<Entry> hits;
  for_each(partition, [&](Entry entry) {
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
  std::atomic<std::size_t> next = 0;
  const auto find_some = [&] {
    std::vector<DuplicateGroup> own;
    for (std::size_t partition = next++; partition < partitions; partition = next++) {
      find_in(partition, digest_at, own);
      open_[partition] = {};
      full_[partition] = {};
      on_disk_[partition] = {};
    }
    const std::lock_guard lock(mutex);
    groups.insert(groups.end(), std::make_move_iterator(own.begin()), std::make_move_iterator(own.end()));
  };
  Workers workers([&] { next = partitions; });
  workers.start(std::max(threads, 1U) - 1, find_some);
  workers.run(find_some);
  workers.finish();
  pieces_ = 0;
  std::sort(groups.begin(), groups.end(), [](const auto& a, const auto& b) { return a.places.front() < b.places.front(); });
  return groups;
}

}  // namespace cita::evidence
