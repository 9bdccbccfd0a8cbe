// From what a stamp says to when it was: completes a phrase from its context and judges it.
#pragma once

#include <cita/time/reading_phrase.hpp>

namespace cita::reading {

/// The Moment that a phrase means in a context, with all that had to be supposed.
StampResult meaning(Phrase phrase, const StampContext& context);

}  // namespace cita::reading
