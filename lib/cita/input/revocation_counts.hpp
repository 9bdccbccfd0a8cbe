// How far a revocation has come, by the words of a post: "we have revoked 1,203 of 4,000 certificates".
#pragma once

#include <cita/base/source.hpp>

#include <cstdint>
#include <optional>

namespace cita {

struct RevocationCount {
  std::int64_t done = 0;
  std::int64_t of = 0;
  Span span;  ///< of the line
};

/// The last count in the text; nothing where no line that speaks of revocation counts. Quoted lines count nothing,
/// and neither do sentences that speak of another day than the one they were written on.
std::optional<RevocationCount> find_revocation_count(const Source& text);

}  // namespace cita
