// Which rows of millions name the same certificate, exactly, with eight bytes for each row.
//
//   Duplicates all;
//   all.add(beginning_of(digest), place);              // any number of times, in any order
//   auto groups = all.find([&](std::uint64_t place, DigestBeginning beginning) { return digest_at(place); });
//
// The first 36 bits of a digest tell which rows may be equal; of those alone the whole digest is asked for again. What does not
// fit into memory is kept in a file without a name, and is read back part by part.
#pragma once

#include <cita/evidence/digest.hpp>
#include <cita/evidence/partitions.hpp>

#include <functional>
#include <optional>
#include <vector>

namespace cita::evidence {

/// The first 36 bits of a digest.
using DigestBeginning = std::uint64_t;
DigestBeginning beginning_of(const Digest& digest);

/// A row by the hash that names it.
struct NamedLine {
  Digest digest{};
  std::uint64_t line = 0;
};

/// Rows with one digest: their places in ascending order, at least two.
struct DuplicateGroup {
  Digest digest{};
  std::vector<std::uint64_t> places;
};

class Duplicates {
 public:
  /// Places are smaller than this.
  static constexpr std::uint64_t most_places = std::uint64_t{1} << 36U;

  /// Keeps about so many bytes in memory, as long as there is room on disk.
  explicit Duplicates(std::size_t memory = std::size_t{1} << 30U) : entries_(memory) {}

  void add(DigestBeginning beginning, std::uint64_t place) {
    entries_.add(static_cast<std::size_t>(beginning >> 28U), beginning << 36U | place);
  }

  /// Groups in the order of their first places. `digest_at` answers which digest with this beginning stands at a place; nothing
  /// when none does any more; it is asked on as many threads as there are. Empties the collection.
  using DigestAt = std::function<std::optional<Digest>(std::uint64_t place, DigestBeginning beginning)>;
  std::vector<DuplicateGroup> find(const DigestAt& digest_at, unsigned threads = 1);

 private:
  // 28 bits of the digest, those behind the partition's, and 36 of the place.
  using Entry = std::uint64_t;

  void find_in(std::size_t partition, const DigestAt& digest_at, std::vector<DuplicateGroup>& groups) const;

  Partitions<Entry> entries_;
};

}  // namespace cita::evidence
