// How far a revocation has come, by the words of a post: "we have revoked 1,203 of 4,000 certificates".
//
// A number counts only where its whole sentence is understood and says that so many certificates have been revoked. A sentence
// with any word that is not known here may say something else, and counts nothing.
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

/// The last count that the text surely states; nothing where it states none. Quoted lines count nothing, nor do lines that take
/// something back or ask.
std::optional<RevocationCount> find_revocation_count(const Source& text);

}  // namespace cita
