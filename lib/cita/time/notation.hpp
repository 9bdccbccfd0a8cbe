// The strict notation of cita's own files.
//
//   2020-02-26T00:48:11Z       that second
//   2020-02-26T00:48Z          that minute; 2020-02-26T00Z, 2020-02-26, 2020-02 and 2020 likewise
//   2020-02-26 00:48 +01:00    a space for the T is allowed, an offset or Z (or " UTC") follows a time
//   2020-02-26T17:15Z..2020-02-26T17:18Z      from the start of the first to the end of the second; A.. and ..B are open
//
// A stamp without an offset takes the context's zone.
#pragma once

#include <cita/time/stamp.hpp>

namespace cita {

/// Whether the text has the shape of the notation (then it is judged by it alone and by no other reader).
bool looks_like_notation(std::string_view text);

/// Reads a stamp in the notation.
StampResult read_notation(std::string_view text, const StampContext& context);

}  // namespace cita
