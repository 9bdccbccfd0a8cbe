// How far a revocation has come, by the words of a post: "we have revoked 1,203 of 4,000 certificates".
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

/// The last count in the text; nothing where no line that speaks of revocation counts. Quoted lines count nothing.
std::optional<RevocationCount> find_revocation_count(const Source& text);

}  // namespace cita
