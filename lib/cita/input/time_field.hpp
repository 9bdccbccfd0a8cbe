// Times in an incident file: a stamp as somebody wrote it, bounds, or a time relative to another event.
//
//   at: Wed 26-Feb 17:15 to 17:18
//   at: {earliest: 2020-02-26T17:15Z, latest: 2020-02-26T17:18Z}
//   due: {after: full-report, most: P7D}
#pragma once

#include <cita/input/draft.hpp>

#include <optional>

namespace cita::input {

/// Reads a stamp on the clock of an account. Complaints become warnings; a text that is no stamp is an error.
std::optional<Stamp> read_stamp_of(yaml::Node node, int account, Draft& draft);

/// Reads a stamp that belongs to no account (a certificate's notAfter): without an offset it is UTC.
std::optional<Stamp> read_utc_stamp(yaml::Node node, Draft& draft);

/// Reads a time in any of the three forms. Events that it mentions are looked up later.
std::optional<TimeRef> read_time(yaml::Node node, int account, Draft& draft);

}  // namespace cita::input
