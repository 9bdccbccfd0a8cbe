// What is due next as a calendar (RFC 5545): an event for each deadline, with a reminder.
//
// Times are UTC, lines end in CR LF and are folded at 75 octets, never inside a character. An event keeps its UID from run to
// run, so a calendar that is read again moves it. There is no METHOD: a file that names PUBLISH needs an ORGANIZER, and nobody is
// one.
#pragma once

#include <cita/output/due.hpp>

#include <cstdint>
#include <string>
#include <vector>

namespace cita {

/// Of several versions of an event a calendar keeps the one with the highest SEQUENCE. Nothing is kept between two runs, so the
/// number comes from as-of: the seconds since 2020, which fit the 31 bits that calendars count with until 2088.
std::int64_t sequence_at(Instant as_of);

/// An event stands at the earliest instant that the deadline may be, takes no time of its own, and reminds `run.within` before.
/// What is overdue reminds nobody any more; what has no deadline is left out.
std::string due_calendar(const DueRun& run, const std::vector<Due>& all, std::int64_t sequence);

}  // namespace cita
