// Bytes that are written once and read again at any place: in memory while they are few, then in a file without a name.
#pragma once

#include <cita/evidence/nameless_file.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

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

/// Rows of one size, by their numbers.
template <class Row>
class SpooledRows {
  static_assert(std::is_trivially_copyable_v<Row>);

 public:
  std::uint64_t size() const { return spool_.size() / sizeof(Row); }
  void add(const Row& row) { spool_.append({reinterpret_cast<const char*>(&row), sizeof row}); }

  Row at(std::uint64_t index) const {
    Row row;
    spool_.read_at(index * sizeof row, reinterpret_cast<char*>(&row), sizeof row);
    return row;
  }
  template <class Visit>
  void for_each(std::uint64_t first, std::uint64_t count, Visit visit) const {
    constexpr std::uint64_t at_once = 1'024;
    std::vector<Row> rows;
    for (std::uint64_t i = 0; i < count; i += rows.size()) {
      rows.resize(static_cast<std::size_t>(std::min(at_once, count - i)));
      spool_.read_at((first + i) * sizeof(Row), reinterpret_cast<char*>(rows.data()), rows.size() * sizeof(Row));
      for (Row& row : rows) visit(row);
    }
  }

 private:
  Spool spool_;
};

}  // namespace cita::evidence
