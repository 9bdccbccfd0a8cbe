// Bytes that are written once and read again at any place: in memory while they are few, then in a file without a name.
#pragma once

#include <cita/evidence/duplicates.hpp>

#include <cstdint>
#include <string>
#include <string_view>

namespace cita::evidence {

class Spool {
 public:
  /// Keeps about so many bytes in memory, as long as there is room on disk.
  explicit Spool(std::size_t memory = std::size_t{1} << 20U) : most_(memory) {}

  void append(std::string_view bytes);
  std::uint64_t size() const { return on_disk_ + tail_.size(); }
  /// Reads bytes that are all there. Throws std::system_error where the disk does not give them back.
  void read_at(std::uint64_t offset, char* to, std::size_t bytes) const;

 private:
  void move_to_disk();

  std::size_t most_;
  std::string tail_;  // what is not on disk
  std::uint64_t on_disk_ = 0;
  bool is_writable_ = true;
  NamelessFile disk_;
};

}  // namespace cita::evidence
