// Three-valued answers (Kleene): yes, no, or unknown because both could be.
//
//   Truth on_time = within(limit, received, reported);      // unknown when the bounds straddle the deadline
#pragma once

#include <cstdint>
#include <string_view>

namespace cita {

enum class Truth : std::uint8_t { no, unknown, yes };

constexpr Truth operator&(Truth a, Truth b) { return a < b ? a : b; }
constexpr Truth operator|(Truth a, Truth b) { return a > b ? a : b; }
constexpr Truth operator!(Truth a) { return static_cast<Truth>(2 - static_cast<int>(a)); }
constexpr Truth truth(bool value) { return value ? Truth::yes : Truth::no; }

constexpr std::string_view name(Truth value) {
  switch (value) {
    case Truth::no: return "no";
    case Truth::unknown: return "unknown";
    case Truth::yes: return "yes";
  }
  return "unknown";
}

}  // namespace cita
