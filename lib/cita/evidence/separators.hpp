// Where the fields and rows of comma-separated text end: what a list of millions of rows spends its time on.
//
//   SeparatorFinder finder;
//   const Separators& found = finder.find(block);       // up to the block's end, or to a line feed inside quotes
//
// Every way to look gives the same answer; which one is taken is decided by the processor that runs the program.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string_view>

namespace cita::evidence {

/// With which instructions text is looked through.
enum class ScanWay : std::uint8_t { scalar, sse2, avx2 };

/// Whether this processor can go that way.
bool can_scan(ScanWay way);
/// The fastest way of this processor.
ScanWay fastest_scan();

struct Separators {
  struct Row {
    std::uint32_t last;    ///< index in `ends` of its line feed
    std::uint32_t quotes;  ///< how many it has
    friend bool operator==(const Row&, const Row&) = default;
  };

  std::span<const std::uint32_t> ends;  ///< offsets of the commas and line feeds outside quotes, in order
  std::span<const Row> rows;            ///< for each line feed
  /// Where looking stopped: the size of the text, or the offset of the first line feed inside quotes. What stands in `ends`
  /// behind the last row belongs to a row that is not complete.
  std::size_t stopped = 0;
  bool is_plain = true;  ///< whether all that was looked at is printable ASCII and ends of lines
};

/// Finds separators, block after block, in memory that it keeps. Quotes begin closed: a block begins with a row.
class SeparatorFinder {
 public:
  explicit SeparatorFinder(ScanWay way = fastest_scan()) : way_(way) {}

  /// The text may have 2^31 bytes at most. What is returned lives until the next call.
  const Separators& find(std::string_view text);

 private:
  void make_room(std::size_t bytes);

  ScanWay way_;
  std::size_t room_ = 0;
  std::unique_ptr<std::uint32_t[]> ends_;
  std::unique_ptr<Separators::Row[]> rows_;
  Separators found_;
};

}  // namespace cita::evidence
