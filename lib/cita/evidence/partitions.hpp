// Values by the hundreds of millions, sorted into 256 heaps that are looked at one after another: in memory while they are few,
// then in a file without a name.
//
//   Partitions<std::uint64_t> all(memory);
//   all.add(hash % 256, value);
//   all.for_each(17, [](std::uint64_t value) { … });   // in the order in which they came
#pragma once

#include <cita/base/workers.hpp>
#include <cita/evidence/nameless_file.hpp>

#include <algorithm>
#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <type_traits>
#include <utility>
#include <vector>

namespace cita::evidence {

constexpr std::size_t partition_count = 256;

template <class Value>
class Partitions {
  static_assert(std::is_trivially_copyable_v<Value>);

 public:
  /// Keeps about so many bytes in memory, as long as there is room on disk.
  explicit Partitions(std::size_t memory) : most_pieces_(memory / (piece_size * sizeof(Value))) {}

  void add(std::size_t partition, const Value& value) {
    Piece& piece = open_[partition];
    if (piece.size() == piece.capacity()) begin_piece(partition);
    piece.push_back(value);
  }

  /// No partition has more values than this.
  std::size_t most_in(std::size_t partition) const {
    return (on_disk_[partition].size() + full_[partition].size() + 1) * piece_size;
  }

  /// Throws std::system_error where the disk does not give them back.
  template <class Visit>
  void for_each(std::size_t partition, Visit visit) const {
    std::vector<Value> memory(on_disk_[partition].empty() ? 0 : piece_size);
    for (const std::uint64_t piece : on_disk_[partition]) {
      disk_.read_at(piece * bytes_of_piece, memory.data(), bytes_of_piece);
      for (const Value& value : memory) visit(value);
    }
    for (const Piece& piece : full_[partition])
      for (const Value& value : piece) visit(value);
    for (const Value& value : open_[partition]) visit(value);
  }

  /// Calls `work(next)` on so many threads; `next()` gives each partition to one of them, and `partition_count` in the end. What
  /// a thread has done with, it may clear.
  template <class Work>
  static void share(unsigned threads, const Work& work) {
    std::atomic<std::size_t> given = 0;
    const auto next = [&given] { return std::min(given++, partition_count); };
    const auto work_on = [&] { work(next); };
    Workers workers([&given] { given = partition_count; });
    workers.start(std::max(threads, 1U) - 1, work_on);
    workers.run(work_on);
    workers.finish();
  }

  void clear(std::size_t partition) {
    open_[partition] = {};
    full_[partition] = {};
    on_disk_[partition] = {};
  }

 private:
  using Piece = std::vector<Value>;
  static constexpr std::size_t piece_size = 4096 / sizeof(Value);
  static constexpr std::size_t bytes_of_piece = piece_size * sizeof(Value);

  void begin_piece(std::size_t partition) {
    Piece& piece = open_[partition];
    if (!piece.empty()) {
      full_[partition].push_back(std::move(piece));
      if (++pieces_ > most_pieces_) move_to_disk();
    }
    piece = Piece();
    piece.reserve(piece_size);
  }

  void move_to_disk() {
    for (std::size_t partition = 0; partition < partition_count; ++partition) {
      auto& pieces = full_[partition];
      for (const Piece& piece : pieces) {
        if (!disk_.write_at(pieces_on_disk_ * bytes_of_piece, piece.data(), bytes_of_piece)) {
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

  std::array<Piece, partition_count> open_;                          // the last of each partition
  std::array<std::vector<Piece>, partition_count> full_;             // none is ever moved
  std::array<std::vector<std::uint64_t>, partition_count> on_disk_;  // which pieces of the file
  std::size_t pieces_ = 0, most_pieces_;                             // in memory
  std::uint64_t pieces_on_disk_ = 0;
  NamelessFile disk_;
};

}  // namespace cita::evidence
