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
#include <span>
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
  std::size_t most_in(std::size_t partition) const { return pieces_in(partition) * piece_size; }

  /// Reads the values of a partition one after another, while none is added.
  class Reader {
   public:
    Reader(const Partitions& all, std::size_t partition) : all_(&all), partition_(partition) {}

    /// The next value; null at the end. Throws std::system_error where the disk does not give it back.
    const Value* peek() {
      while (at_ == now_.size() && piece_ < all_->pieces_in(partition_)) {
        now_ = all_->piece(partition_, piece_++, memory_);
        at_ = 0;
      }
      return at_ < now_.size() ? &now_[at_] : nullptr;
    }
    void skip() { ++at_; }

   private:
    const Partitions* all_;
    std::size_t partition_, piece_ = 0, at_ = 0;
    std::span<const Value> now_;
    std::vector<Value> memory_;
  };

  /// Throws std::system_error where the disk does not give them back.
  template <class Visit>
  void for_each(std::size_t partition, Visit visit) const {
    std::vector<Value> memory;
    for (std::size_t i = 0; i < pieces_in(partition); ++i)
      for (const Value& value : piece(partition, i, memory)) visit(value);
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

  std::size_t pieces_in(std::size_t partition) const { return on_disk_[partition].size() + full_[partition].size() + 1; }

  // In the order in which they came; one that is on disk stands in `memory`.
  std::span<const Value> piece(std::size_t partition, std::size_t index, std::vector<Value>& memory) const {
    const auto& on_disk = on_disk_[partition];
    const auto& full = full_[partition];
    if (index >= on_disk.size() + full.size()) return open_[partition];
    if (index >= on_disk.size()) return full[index - on_disk.size()];
    memory.resize(piece_size);
    disk_.read_at(on_disk[index] * bytes_of_piece, memory.data(), bytes_of_piece);
    return memory;
  }

  void begin_piece(std::size_t partition) {
    Piece& piece = open_[partition];
    if (piece.size() == piece_size) {
      full_[partition].push_back(std::move(piece));
      if (++pieces_ > most_pieces_) move_to_disk();
      piece = Piece();
      piece.reserve(piece_size);
    } else {
      // The first of a partition may stay small.
      constexpr std::size_t least = 16;
      piece.reserve(std::clamp(2 * piece.size(), least, piece_size));
    }
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
