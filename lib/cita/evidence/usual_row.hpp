// Rows of which everything is as the template asks for it, read in one go: nearly all rows of long lists.
//
//   UsualRowReader usual(layout, way);
//   if (const std::size_t size = usual.read(text, row)) usual.ends() …       // with its line feed
//
// A row is usual when its fields are well quoted and in the template's order, its hashes and dates and its serial number in the
// template's notation, what may be absent absent or so, and no field begins as a formula does. Of every other row, read() says
// only that it is another.
#pragma once

#include <cita/evidence/list_row.hpp>
#include <cita/evidence/separators.hpp>

#include <algorithm>
#include <array>
#include <cstdint>
#include <span>
#include <string_view>

namespace cita::evidence {

struct ListLayout;

class UsualRowReader {
 public:
  UsualRowReader(const ListLayout& layout, ScanWay way);

  /// Reads the row at the beginning of a text: its hashes, dates and serial number, and where its fields end. The size of the
  /// row with its line feed; 0 for a row that is not usual, and for one that ends too near the end of the text to tell.
  std::size_t read(std::string_view text, ListRow& row) { return fields_ == 0 ? 0 : read_(text, fields_, row, found_); }

  /// Of the row that was read last: the offsets of its commas, and of its line feed; whether it is known to be printable ASCII.
  std::span<const std::uint32_t> ends() const { return {found_.ends.data(), fields_}; }
  bool is_plain() const { return found_.is_plain; }

  static constexpr std::uint32_t most_fields = 32;
  struct Found {
    std::array<std::uint32_t, most_fields> ends;
    bool is_plain;
  };

 private:
  using Read = std::size_t (*)(std::string_view, std::uint32_t, ListRow&, Found&);

  std::uint32_t fields_;  // 0: no row of this list is usual
  Read read_;
  Found found_{};
};

/// A mark for each of them.
using Characters = std::array<std::uint8_t, 256>;

/// With which characters a spreadsheet's formula begins.
inline constexpr Characters begins_formula = [] {
  Characters all{};
  for (const char c : {'=', '+', '-', '@', '\t'}) all[static_cast<unsigned char>(c)] = 1;
  return all;
}();

/// Whether a serial number is a decimal one: of so many hexadecimal digits some would be letters.
inline bool is_decimal_serial(std::string_view text) {
  constexpr std::size_t fewest = 37;
  return text.size() >= fewest && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

}  // namespace cita::evidence
