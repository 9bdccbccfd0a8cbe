// Which kind of event a row of somebody's timeline tells of, by its words, and how sure that is.
#pragma once

#include <cita/model/event_kind.hpp>

#include <string>
#include <string_view>

namespace cita {

/// How far a classification may be trusted. Only `certain` may be judged without a human.
enum class Certainty : std::uint8_t { unknown, guess, likely, certain };
/// "unknown", "guess", "likely", "certain".
std::string_view name(Certainty certainty);

struct ClassifiedEvent {
  EventKind kind = EventKind::other;
  Certainty certainty = Certainty::unknown;
  bool of_another = false;  ///< it tells of another incident, or of a rule that took effect
};

/// By the words of a row and of what stands above it ("Case 2", "Revocation").
ClassifiedEvent classify_event(std::string_view text);

}  // namespace cita
