// What can be settled only when the whole file is read: to which case an event belongs, which event a mention means.
#pragma once

#include <cita/input/draft.hpp>

namespace cita::input {

/// Gives events of problem reports their case, cases the grounds that their events allege, and events without an id one.
/// Turns mentions into event indices. Reports what names nothing, more than one thing, or itself.
void settle(Draft& draft);

}  // namespace cita::input
