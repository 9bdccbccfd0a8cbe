// Time zones: the only home of <date/tz.h>. Numeric offsets and UTC never load the zone database.
#pragma once

#include <cita/time/moment.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cita {

/// A zone named in a file: "UTC", "Z", "+02:00", "UTC+8", "Europe/Berlin".
/// Whether the name means something.
bool is_zone(std::string_view name);

/// The UTC bounds of a stretch of local time (both ends inclusive) in a zone. Where the local clock repeats an hour both
/// passes are allowed for, and so are the offsets before and after the jump for a time that it skips. Nothing for a name that
/// is no zone.
std::optional<std::pair<Instant, Instant>> to_utc(date::local_seconds earliest, date::local_seconds latest,
                                                  std::string_view zone);

/// Whether the clock of a zone jumps over this time.
bool is_skipped(date::local_seconds time, std::string_view zone);

/// A UTC instant as the clock of a zone shows it. Nothing for a name that is no zone.
std::optional<date::local_seconds> to_local(Instant instant, std::string_view zone);

/// What an abbreviation ("PST", "CET", "HKT") can mean on a day.
struct AbbreviationMeaning {
  std::vector<Seconds> offsets;  ///< the offsets it stands for on that day; empty when unknown or out of season
  bool known = false;            ///< whether the abbreviation is one that cita knows at all
  std::string out_of_season;     ///< when a sense of it is not in force that day: what holds instead ("PDT")
  Seconds literal{0};            ///< … the offset that the abbreviation itself stands for
  Seconds instead{0};            ///< … and the one in force
};
AbbreviationMeaning abbreviation(std::string_view text, date::local_days day);

/// The zone that people call "ET", "Arizona time" or "europe/berlin", in any case: its name, or empty when it is none.
std::string zone_called(std::string_view phrase);

/// "UTC", "+02:00".
std::string describe_offset(Seconds offset);

}  // namespace cita
