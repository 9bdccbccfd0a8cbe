// How far a revocation has come, by the words of a post: "we have revoked 1,203 of 4,000 certificates".
//
// A number counts only where the whole text is understood and says that so many certificates have been revoked. A heading, a
// sentence or a quoted line that is not known here may say that the number is planned, of something else or taken back.
#pragma once

#include <cita/base/source.hpp>

#include <cstdint>
#include <optional>

namespace cita {

struct RevocationCount {
  std::int64_t done = 0;
  std::int64_t of = 0;
  bool is_of_another_day = false;  ///< the sentence speaks of another time than the one it was written at
  Span span;                       ///< of the line
};

/// The last count that the text surely states; nothing where it states none or any line of it is not understood.
std::optional<RevocationCount> find_revocation_count(const Source& text);

}  // namespace cita
