// Which rows of millions name the same certificate, exactly, with twelve bytes for each row.
//
//   Duplicates all;
//   all.add(digest, place);                            // any number of times, in any order
//   auto groups = all.find([&](std::uint64_t place) { return digest_at(place); });
//
// The first 64 bits of a digest tell which rows may be equal; of those alone the whole digest is asked for again.
#pragma once

#include <cita/evidence/digest.hpp>

#include <array>
#include <functional>
#include <optional>
#include <vector>

namespace cita::evidence {

/// Rows with one digest: their places in ascending order, at least two.
struct DuplicateGroup {
  Digest digest{};
  std::vector<std::uint64_t> places;
};

class Duplicates {
 public:
  /// Places are smaller than this.
  static constexpr std::uint64_t most_places = std::uint64_t{1} << 40U;

  void add(const Digest& digest, std::uint64_t place);

  /// Groups in the order of their first places. `digest_at` answers which digest, beginning with these 64 bits, stands at a
  /// place; nothing when none does any more. Empties the collection.
  using DigestAt = std::function<std::optional<Digest>(std::uint64_t place, std::uint64_t beginning)>;
  std::vector<DuplicateGroup> find(const DigestAt& digest_at);

 private:
  // 56 bits of the digest, those behind the partition's, and 40 of the place.
  using Entry = std::array<std::uint32_t, 3>;
  static constexpr std::size_t partitions = 256;

  void find_in(std::size_t partition, const DigestAt& digest_at, std::vector<DuplicateGroup>& groups) const;

  std::array<std::vector<std::vector<Entry>>, partitions> entries_;  // in pieces: none is ever moved
};

/// The first 64 bits of a digest.
std::uint64_t beginning_of(const Digest& digest);

}  // namespace cita::evidence
