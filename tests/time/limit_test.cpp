#include <cita/time/limit.hpp>

#include <doctest/doctest.h>

using namespace cita;

namespace {

Instant utc(int year, unsigned month, unsigned day, int hour = 0, int minute = 0, int second = 0) {
  return date::sys_days{date::year{year} / static_cast<int>(month) / static_cast<int>(day)} +
         Seconds{hour * 3'600 + minute * 60 + second};
}

constexpr Limit day_limit = Limit::within(Seconds{86'400});

}  // namespace

TEST_CASE("24 hours end with the last of their seconds") {
  const Moment start = Moment::exact(utc(2020, 2, 26, 0, 48, 11));
  const auto end = [&](int seconds) { return Moment::exact(start.earliest() + Seconds{seconds}); };
  CHECK(within(day_limit, start, end(86'399)) == Truth::yes);
  CHECK(within(day_limit, start, end(86'400)) == Truth::yes);
  CHECK(within(day_limit, start, end(86'401)) == Truth::no);
  CHECK(margin(day_limit, start, end(86'401)) == Elapsed{Seconds{-1}, Seconds{-1}});

  const Limit strict = Limit::within(Seconds{86'400}, Boundary::strict);
  CHECK(within(strict, start, end(86'399)) == Truth::yes);
  CHECK(within(strict, start, end(86'400)) == Truth::no);
  CHECK(deadline(strict, start)->latest() == start.latest() + Seconds{86'399});
}

TEST_CASE("the three reports of the seed incident") {
  const auto received = [](int hour, int minute, int from, int to) {
    return Moment::between(utc(2020, 2, 26, hour, minute, from), utc(2020, 2, 26, hour, minute, to), Unit::second);
  };
  const auto minute = [](unsigned day, unsigned month, int hour, int minutes) {
    return Moment::between(utc(2020, month, day, hour, minutes), utc(2020, month, day, hour, minutes, 59), Unit::minute);
  };
  const auto days = [](int d, int h, int m, int s) { return Seconds{((d * 24 + h) * 60 + m) * 60 + s}; };
  CHECK(margin(day_limit, received(0, 48, 11, 24), minute(6, 3, 19, 22)) == Elapsed{-days(8, 18, 34, 48), -days(8, 18, 33, 36)});
  CHECK(margin(day_limit, minute(26, 2, 0, 48), minute(26, 2, 19, 15)) == Elapsed{days(0, 5, 32, 1), days(0, 5, 33, 59)});
  CHECK(margin(day_limit, minute(26, 2, 5, 8), minute(26, 2, 19, 15)) == Elapsed{days(0, 9, 52, 1), days(0, 9, 53, 59)});
  CHECK(margin(day_limit, minute(26, 2, 5, 8), minute(27, 2, 19, 15)) == Elapsed{-days(0, 14, 7, 59), -days(0, 14, 6, 1)});
}

TEST_CASE("calendar days and months end with their day") {
  CHECK(last_on_time(Limit::days(5), utc(2020, 2, 26, 13)) == utc(2020, 3, 2, 23, 59, 59));
  CHECK(last_on_time(Limit::days(0), utc(2020, 2, 26, 13)) == utc(2020, 2, 26, 23, 59, 59));
  CHECK(last_on_time(Limit::months(1), utc(2020, 1, 31, 13)) == utc(2020, 2, 29, 23, 59, 59));
  CHECK(last_on_time(Limit::months(1), utc(2019, 1, 31)) == utc(2019, 2, 28, 23, 59, 59));
  CHECK(last_on_time(Limit::months(13), utc(2020, 12, 15)) == utc(2022, 1, 15, 23, 59, 59));
  CHECK_FALSE(last_on_time(Limit{}, utc(2020, 1, 1)));
}

TEST_CASE("a later start never has an earlier deadline") {
  for (const Limit& limit : {day_limit, Limit::days(3), Limit::months(1), Limit::months(3), Limit::months(12)}) {
    Instant previous = open_past;
    for (Instant start = utc(2019, 11, 1); start < utc(2021, 4, 1); start += Seconds{6 * 3'600}) {
      const auto last = last_on_time(limit, start);
      REQUIRE(last);
      REQUIRE(*last >= previous);
      REQUIRE(*last >= start);
      previous = *last;
    }
  }
}

TEST_CASE("a date that somebody set ends with its last second") {
  const Moment set = Moment::between(utc(2024, 3, 29), utc(2024, 3, 29, 23, 59, 59), Unit::day);
  CHECK(within(Limit::date(), set, Moment::exact(utc(2024, 3, 29, 23, 59, 59))) == Truth::yes);
  CHECK(within(Limit::date(), set, Moment::exact(utc(2024, 3, 30))) == Truth::no);
  const Moment somewhere = Moment::on_unknown_clock(utc(2024, 3, 29), utc(2024, 3, 29, 23, 59, 59), Unit::day, 1);
  CHECK(within(Limit::date(), somewhere, Moment::exact(utc(2024, 3, 29, 9, 59, 59))) == Truth::yes);
  CHECK(within(Limit::date(), somewhere, Moment::exact(utc(2024, 3, 30))) == Truth::unknown);
  CHECK(within(Limit::date(), somewhere, Moment::exact(utc(2024, 3, 30, 12))) == Truth::no);
  const Moment until = Moment::between(open_past, utc(2024, 3, 29, 23, 59, 59), Unit::day);
  CHECK(within(Limit::date(), until, Moment::exact(utc(2024, 3, 30))) == Truth::no);
}

TEST_CASE("a duty without a number is never late") {
  CHECK(within(Limit{}, Moment::exact(utc(2020, 1, 1)), Moment{}) == Truth::yes);
  CHECK_FALSE(margin(Limit{}, Moment{}, Moment{}));
  CHECK_FALSE(deadline(Limit{}, Moment{}));
}

TEST_CASE("durations") {
  const auto seconds = [](std::string_view text) {
    const auto limit = parse_duration(text);
    return limit && limit->kind == LimitKind::elapsed ? limit->amount : -1;
  };
  CHECK(seconds("P1D") == 86'400);
  CHECK(seconds("P7D") == 7 * 86'400);
  CHECK(seconds("P1W") == 7 * 86'400);
  CHECK(seconds("PT24H") == 86'400);
  CHECK(seconds("PT90M") == 5'400);
  CHECK(seconds("PT30S") == 30);
  CHECK(seconds("PT0S") == 0);
  CHECK(parse_duration("P3M") == Limit::months(3));
  CHECK(parse_duration("P1Y") == Limit::months(12));
  for (const std::string_view wrong : {"", "P", "PT", "P1", "1D", "p1d", "P-1D", "P1.5D", "P1DT1H", "PT1D", "P1H", "PD", "P1X",
                                       "P 1D", "P99999999999D", "P36526D", "P101Y", "P1201M"})
    CHECK_FALSE(parse_duration(wrong));
  CHECK(describe(*parse_duration("PT24H")) == "24 hours");
  CHECK(describe(*parse_duration("P1D")) == "1 day");
  CHECK(describe(*parse_duration("P5D")) == "5 days");
  CHECK(describe(*parse_duration("P3M")) == "3 months");
  CHECK(describe(*parse_duration("PT90M")) == "90 minutes");
  CHECK(describe(Limit{}) == "no number");
}
