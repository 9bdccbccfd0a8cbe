// The names of months and weekdays in the languages that CAs write in.
#pragma once

#include <optional>
#include <string_view>

namespace cita {

/// The month (1–12) that a simplified word names: "mar", "märz", "março". Nothing for a word that names none, or that
/// different languages use for different months.
std::optional<unsigned> month_called(std::string_view word);
/// The weekday (0 = Sunday) that a simplified word names: "wed", "mercredi", "星期三".
std::optional<unsigned> weekday_called(std::string_view word);

/// "Wednesday".
std::string_view weekday_name(unsigned weekday);
/// "Mar", "Wed".
std::string_view month_abbreviation(unsigned month);
std::string_view weekday_abbreviation(unsigned weekday);

}  // namespace cita
