// Something that lasts: half-open, from its first instant to the first that no longer belongs to it.
//
//   Period edition{from, until};
//   Truth in_force = edition.contains(received);            // unknown when the Moment straddles an end
#pragma once

#include <cita/time/moment.hpp>

namespace cita {

struct Period {
  Instant from = open_past;     ///< first instant inside
  Instant until = open_future;  ///< first instant after it

  Truth contains(const Moment& moment) const {
    if (moment.earliest() >= from && moment.latest() < until) return Truth::yes;
    if (moment.latest() < from || moment.earliest() >= until) return Truth::no;
    return Truth::unknown;
  }
  friend bool operator==(const Period&, const Period&) = default;
};

}  // namespace cita
