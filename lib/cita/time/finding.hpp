// Stamps and zones inside running text: "On 4 March 2024 at 10:12 UTC we received the report."
//
//   for (const FoundStamp& each : find_stamps(line)) read_stamp(each.text, context)
//
// What only might be a time (a version number, "24/7", "May") is none: a stamp that is missed is told by whoever reads the
// text, one that is made up would be held against somebody.
#pragma once

#include <cita/time/stamp.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace cita {

/// A part of a text that reads like a time, and what it has.
struct FoundStamp {
  std::size_t begin = 0;  ///< bytes of the text
  std::size_t end = 0;
  std::string text;
  bool has_date = false;
  bool has_year = false;
  bool has_time = false;
  bool has_zone = false;
  bool has_bound = false;  ///< "by", "before", "since": a side is open
};

/// All stamps of a text, in its order; they do not overlap.
std::vector<FoundStamp> find_stamps(std::string_view text);

/// The zone that a heading, a column's title or a sentence states for what follows: "UTC", "+01:00", "Europe/Berlin", or
/// an abbreviation as written ("CET"), whose meaning hangs on the day. "BST (= EDT + 5)" is +01:00. Empty: it states none.
std::string find_zone(std::string_view text);

/// How a text writes dates like 3/6/2019: it says so ("month/day/year"), or some of them can be read one way only (3/29/2019),
/// and none only the other way.
DateOrder find_date_order(std::string_view text);

}  // namespace cita
