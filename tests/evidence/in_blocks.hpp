// A list's first line, and a list read out of memory, in blocks of a size.
#pragma once

#include <cita/evidence/list_reader.hpp>

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

namespace made {

/// The names of the template's columns, in its order.
inline const std::string header =
    "Precertificate SHA-256 hash,Certificate SHA-256 hash,Subject,Issuer,Not before,Not after,Serial #,dNSNames,Is revoked?,"
    "Revocation date,Revocation reason\n";

struct BlockReading {
  cita::evidence::ListLayout layout;
  std::vector<cita::evidence::ListRow> rows;
  cita::evidence::ListFaults faults{3};
  cita::evidence::BlockEnd end;

  /// "2:9 bad-word; ": line and column of each fault.
  std::string codes() const {
    std::string all;
    for (const auto& each : faults.kept())
      all += std::to_string(each.line) + ":" + std::to_string(each.column) + " " +
             std::string(cita::evidence::texts(each.problem).code) + "; ";
    return all;
  }
};

/// Reads a text in blocks, with as much behind each as its last row asks for.
inline BlockReading read_in_blocks(std::string_view text, std::size_t block, const cita::evidence::ListContext& context,
                                   cita::evidence::ScanWay way = cita::evidence::fastest_scan()) {
  using namespace cita::evidence;
  BlockReading reading;
  reading.layout = layout_of(text.substr(0, longest_row), reading.faults);
  if (reading.layout.form == ListForm::unknown) return reading;
  BlockReader reader(reading.layout, context, way);
  std::size_t at = reading.layout.start, behind = 16;
  std::uint64_t lines = reading.layout.lines_before;
  while (at < text.size()) {
    ListFaults faults{3};
    const std::size_t size = std::min(block + behind, text.size() - at);
    const BlockEnd end = reader.read(
        text.substr(at, size), at, block, at + size == text.size(),
        [&](const ListRow& each) {
          reading.rows.push_back(each);
          reading.rows.back().line += lines;
        },
        faults);
    reading.faults.append(faults, 0, lines);
    at += end.next;
    lines += end.lines;
    reading.end.rows += end.rows;
    reading.end.unreadable += end.unreadable;
    behind = end.next < std::min(block, size) ? behind * 2 : 16;
    if (end.is_inside_row) at = std::min(text.find('\n', at), text.size() - 1) + 1;
  }
  reading.end.lines = lines;
  return reading;
}

}  // namespace made
