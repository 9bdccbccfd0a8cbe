// Which rows of millions name the same certificate, exactly, with eight bytes for each row.
//
//   Duplicates all;
//   all.add(beginning_of(digest), place);   // any number of times, with ascending places
//   FoundDuplicates found = all.find(look_up, {.kept = 5, .threads = 2});
//
// The first 36 bits of a digest tell which rows may be equal; of those alone the whole digest is asked for again, in the order
// of their places and many at once, so that lists can be read in one go where most rows have their like. What does not fit into
// memory is kept in files without a name, and is read back part by part. Of many rows with one digest only the first places are
// kept, so they take no more memory than others do.
#pragma once

#include <cita/evidence/digest.hpp>
#include <cita/evidence/partitions.hpp>
#include <cita/evidence/spool.hpp>

#include <functional>
#include <optional>
#include <span>
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

/// A row whose digest is looked up again.
struct Candidate {
  std::uint64_t place = 0;
  DigestBeginning beginning = 0;
  std::optional<Digest> digest;  ///< that begins so and stands at the place; nothing when none does any more
};

/// Where there are more candidates together than these, all between them is read at once.
constexpr std::size_t most_looked_up_alone = 32;
/// Parts candidates: those whose places are from `begin` on and before `end` are taken out of them.
std::span<Candidate> take(std::span<Candidate>& candidates, std::uint64_t begin, std::uint64_t end);
/// Looks up candidates among rows that were kept, the first of which would be at this place.
void look_up_in(const SpooledRows<NamedLine>& rows, std::uint64_t first_place, std::span<Candidate> candidates);

/// Rows with one digest: their places in ascending order.
struct DuplicateGroup {
  Digest digest{};
  std::vector<std::uint64_t> places;
  friend bool operator==(const DuplicateGroup&, const DuplicateGroup&) = default;
};

struct FoundDuplicates {
  std::uint64_t rows = 0;             ///< rows whose digest an earlier row has
  std::uint64_t digests = 0;          ///< digests that several rows have
  std::vector<DuplicateGroup> first;  ///< those whose first places are the first, in their order
  friend bool operator==(const FoundDuplicates&, const FoundDuplicates&) = default;
};

class Duplicates {
 public:
  /// Places are smaller than this.
  static constexpr std::uint64_t most_places = std::uint64_t{1} << 36U;
  /// Whose digests are looked up together lie in a stretch of so many places.
  static constexpr std::uint64_t stretch = std::uint64_t{1} << 12U;

  /// Keeps about so many bytes in memory, as long as there is room on disk.
  explicit Duplicates(std::size_t memory = std::size_t{1} << 30U) : memory_(memory), entries_(memory) {}

  void add(DigestBeginning beginning, std::uint64_t place) {
    entries_.add(partition_of(beginning), beginning << place_bits | place);
  }

  /// Finds the digests of all candidates, which lie in one stretch, in no order. Is called on as many threads as there are; each
  /// has its memory to read into, which stays as the last call left it.
  using LookUp = std::function<void(std::span<Candidate> candidates, std::vector<char>& memory)>;
  struct FindOptions {
    std::size_t kept = 5;  ///< groups, and places of each
    unsigned threads = 1;
    /// Called now and then, by one thread at a time.
    std::function<void(std::uint64_t done, std::uint64_t in_all)> progress;
  };
  /// Empties the collection.
  FoundDuplicates find(const LookUp& look_up, const FindOptions& options);

 private:
  // 28 bits of the digest, those behind the partition's, and 36 of the place.
  using Entry = std::uint64_t;
  static constexpr unsigned place_bits = 36, own_bits = 28;
  struct PlacedDigest {
    Digest digest;
    std::uint64_t place;
  };

  class Bits;
  class Stretches;
  class Groups;
  class Progress;

  static std::size_t partition_of(DigestBeginning beginning) { return static_cast<std::size_t>(beginning >> own_bits); }
  // Hands over entries that may be alike, by their places, some at a time.
  template <class Take>
  void take_candidates(std::size_t partition, const Take& take) const;
  // Forgets all other rows; how many are left.
  std::uint64_t keep_candidates(unsigned threads, const Progress& progress);
  Partitions<PlacedDigest> looked_up(const LookUp& look_up, std::uint64_t count, unsigned threads,
                                     const Progress& progress) const;

  std::size_t memory_;
  Partitions<Entry> entries_;
};

}  // namespace cita::evidence
