// Stamps as people write them: "Wed 26-Feb 17:15 to 17:18", "5/18 1am UTC", "no later than March 29, 2024".
//
//   StampResult result = read_stamp("Wed 27-Feb 19:15", {.year = 2020, .zone = "UTC"});
//   // 2020-02-27 19:15, a complaint (that was a Thursday), and the alternative of 26 Feb
//
// Never a guess: what can be read in two ways is an error that says both; what had to be supposed is said.
#pragma once

#include <cita/time/stamp.hpp>

namespace cita {

/// Reads a stamp in cita's notation or in any of the ways people write one.
StampResult read_stamp(std::string_view text, const StampContext& context);

}  // namespace cita
