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

#include <array>
#include <cstdio>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

namespace cita::evidence {

/// The first 36 bits of a digest.
using DigestBeginning = std::uint64_t;
DigestBeginning beginning_of(const Digest& digest);

/// Rows with one digest: their places in ascending order, at least two.
struct DuplicateGroup {
  Digest digest{};
  std::vector<std::uint64_t> places;
};

/// A file without a name that goes away with the program; nothing where there can be none.
struct CloseFile {
  void operator()(std::FILE* file) const { std::fclose(file); }
};
using NamelessFile = std::unique_ptr<std::FILE, CloseFile>;

class Duplicates {
 public:
  /// Places are smaller than this.
  static constexpr std::uint64_t most_places = std::uint64_t{1} << 36U;

  /// Keeps about so many bytes in memory, as long as there is room on disk.
  explicit Duplicates(std::size_t memory = std::size_t{1} << 30U) : most_pieces_(memory / (piece_size * sizeof(Entry))) {}

  void add(DigestBeginning beginning, std::uint64_t place) {
    Piece& piece = open_[static_cast<std::size_t>(beginning >> 28U)];
    if (piece.size() == piece.capacity()) begin_piece(static_cast<std::size_t>(beginning >> 28U));
    piece.push_back(beginning << 36U | place);
  }

  /// Groups in the order of their first places. `digest_at` answers which digest with this beginning stands at a place; nothing
  /// when none does any more; it is asked on as many threads as there are. Empties the collection.
  using DigestAt = std::function<std::optional<Digest>(std::uint64_t place, DigestBeginning beginning)>;
  std::vector<DuplicateGroup> find(const DigestAt& digest_at, unsigned threads = 1);

 private:
  // 28 bits of the digest, those behind the partition's, and 36 of the place.
  using Entry = std::uint64_t;
  using Piece = std::vector<Entry>;
  static constexpr std::size_t partitions = 256, piece_size = 512;

  void begin_piece(std::size_t partition);
  void move_to_disk();
  template <class Visit>
  void for_each(std::size_t partition, Visit visit) const;
  void find_in(std::size_t partition, const DigestAt& digest_at, std::vector<DuplicateGroup>& groups) const;

  std::array<Piece, partitions> open_;                          // the last of each partition
  std::array<std::vector<Piece>, partitions> full_;             // none is ever moved
  std::array<std::vector<std::uint64_t>, partitions> on_disk_;  // which pieces of the file
  std::size_t pieces_ = 0, most_pieces_;                        // in memory
  std::uint64_t pieces_on_disk_ = 0;
  NamelessFile disk_;
};

}  // namespace cita::evidence
