// The Gregorian calendar as tables: what dates by the million are looked up in.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

namespace cita::evidence {

/// How many days of a year come before a month, and how many it has.
struct Month {
  unsigned days_before, days;
};
/// Of a year that is no leap year, and of one that is.
inline constexpr Month calendar[2][12] = {{{0, 31},
                                           {31, 28},
                                           {59, 31},
                                           {90, 30},
                                           {120, 31},
                                           {151, 30},
                                           {181, 31},
                                           {212, 31},
                                           {243, 30},
                                           {273, 31},
                                           {304, 30},
                                           {334, 31}},
                                          {{0, 31},
                                           {31, 29},
                                           {60, 31},
                                           {91, 30},
                                           {121, 31},
                                           {152, 30},
                                           {182, 31},
                                           {213, 31},
                                           {244, 30},
                                           {274, 31},
                                           {305, 30},
                                           {335, 31}}};

/// On which day since 1970 each month of the years 2000 to 2099 begins, and the one behind them.
inline constexpr auto first_days = [] {
  constexpr std::int32_t from_1970 = 10'957;
  constexpr std::size_t months = 1'200;
  std::array<std::int32_t, months + 1> days{};
  days[0] = from_1970;
  for (std::size_t i = 0; i < months; ++i)
    days[i + 1] = days[i] + static_cast<std::int32_t>(calendar[i / 12 % 4 == 0 ? 1 : 0][i % 12].days);
  return days;
}();

}  // namespace cita::evidence
