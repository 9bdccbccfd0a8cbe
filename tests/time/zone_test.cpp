#include <cita/time/zone.hpp>

#include <doctest/doctest.h>

using namespace cita;

namespace {

date::local_days day(int year, int month, int number) { return date::local_days{date::year{year} / month / number}; }
Instant utc(int year, int month, int number, int hour, int minute = 0, int second = 0) {
  return date::sys_days{date::year{year} / month / number} + Seconds{hour * 3'600 + minute * 60 + second};
}

// The whole civil day in a zone, in hours.
std::int64_t hours(date::local_days local, std::string_view zone) {
  const auto bounds = to_utc(local, local + date::days{1} - Seconds{1}, zone);
  return bounds ? (bounds->second - bounds->first + Seconds{1}).count() / 3'600 : -1;
}

}  // namespace

TEST_CASE("names of zones") {
  for (const std::string_view zone : {"UTC", "utc", "GMT", "Z", "+02:00", "-0700", "+8", "UTC+8", "UTC-07:00", "GMT+2", "+05:30",
                                      "+14:00", "-12:00", "Europe/Berlin", "Asia/Kolkata"})
    CHECK(is_zone(zone));
  for (const std::string_view zone : {"", "+", "UTC+", "+15:00", "-12:30", "+02:60", "+2:0", "+123", "+02:00:00", "02:00", "Z+1",
                                      "Nowhere/City", "../etc/passwd", "+1:2:3", "UTC8"})
    CHECK_FALSE(is_zone(zone));
}

TEST_CASE("days have the length that their clock gives them") {
  CHECK(hours(day(2020, 3, 29), "Europe/Berlin") == 23);
  CHECK(hours(day(2020, 10, 25), "Europe/Berlin") == 25);
  CHECK(hours(day(2020, 7, 1), "Europe/Berlin") == 24);
  CHECK(hours(day(2020, 3, 29), "UTC") == 24);
  CHECK(hours(day(2020, 3, 29), "Nowhere/City") == -1);
}

TEST_CASE("an hour that comes twice and one that never comes") {
  const auto twice = date::local_seconds{day(2020, 10, 25)} + Seconds{2 * 3'600 + 30 * 60};
  CHECK(to_utc(twice, twice, "Europe/Berlin") == std::pair{utc(2020, 10, 25, 0, 30), utc(2020, 10, 25, 1, 30)});
  const auto never = date::local_seconds{day(2020, 3, 29)} + Seconds{2 * 3'600 + 30 * 60};
  CHECK(to_utc(never, never, "Europe/Berlin") == std::pair{utc(2020, 3, 29, 0, 30), utc(2020, 3, 29, 1, 30)});
  CHECK(is_skipped(never, "Europe/Berlin"));
  CHECK_FALSE(is_skipped(twice, "Europe/Berlin"));
  CHECK_FALSE(is_skipped(never, "UTC"));
  CHECK_FALSE(is_skipped(never, "Nowhere/City"));
  const auto bounds = to_utc(never, never + Seconds{45 * 60}, "Europe/Berlin");
  REQUIRE(bounds);
  CHECK(bounds->first <= bounds->second);
  CHECK(to_local(utc(2020, 3, 29, 1), "Europe/Berlin") == date::local_seconds{day(2020, 3, 29)} + Seconds{3 * 3'600});
  CHECK(to_local(utc(2020, 3, 29, 1), "+02:00") == date::local_seconds{day(2020, 3, 29)} + Seconds{3 * 3'600});
  CHECK_FALSE(to_local(utc(2020, 3, 29, 1), "Nowhere/City"));
}

TEST_CASE("abbreviations mean what is in force that day") {
  const auto offsets = [](std::string_view text, date::local_days on) { return abbreviation(text, on).offsets; };
  const auto hour = [](int count) { return Seconds{count * 3'600}; };
  const auto winter = day(2020, 1, 15);
  const auto summer = day(2020, 7, 15);
  CHECK(offsets("PST", winter) == std::vector{hour(-8)});
  CHECK(offsets("pdt", summer) == std::vector{hour(-7)});
  CHECK(offsets("PST", summer).empty());
  CHECK(abbreviation("PST", summer).out_of_season == "PDT");
  CHECK(abbreviation("PST", summer).instead == hour(-7));
  CHECK(abbreviation("PST", winter).out_of_season.empty());
  CHECK(offsets("PST", day(2020, 3, 8)) == std::vector{hour(-8)});  // the day of the change knows both
  CHECK(offsets("PDT", day(2020, 3, 8)) == std::vector{hour(-7)});
  CHECK(offsets("MST", summer) == std::vector{hour(-7)});  // Arizona
  CHECK(abbreviation("MST", summer).out_of_season.empty());
  CHECK(offsets("MET", winter) == std::vector{hour(1)});
  CHECK(offsets("CST", winter) == std::vector{hour(-6), hour(8)});
  CHECK(offsets("BST", summer) == std::vector{hour(1), hour(6)});
  CHECK(abbreviation("BST", winter).out_of_season == "GMT");
  CHECK(offsets("HKT", summer) == std::vector{hour(8)});
  CHECK_FALSE(abbreviation("XYZ", summer).known);
}

TEST_CASE("zones by what people call them") {
  CHECK(zone_called("ET") == "America/New_York");
  CHECK(zone_called("arizona time") == "America/Phoenix");
  CHECK(zone_called("europe/berlin") == "Europe/Berlin");
  CHECK(zone_called("nowhere/city").empty());
  CHECK(zone_called("").empty());
}

TEST_CASE("offsets as they are written") {
  CHECK(describe_offset(Seconds{0}) == "UTC");
  CHECK(describe_offset(Seconds{2 * 3'600}) == "+02:00");
  CHECK(describe_offset(Seconds{-9 * 3'600 - 30 * 60}) == "-09:30");
}
