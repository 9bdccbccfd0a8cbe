#include <cita/time/format.hpp>

#include <doctest/doctest.h>

using namespace cita;

namespace {

constexpr std::int64_t hour = 3'600;
constexpr std::int64_t day = 24 * hour;

// 2020-02-26 00:00:00 UTC
const Instant midnight = date::sys_days{date::year{2020} / 2 / 26};

Moment span(std::int64_t from, std::int64_t to) {
  return Moment::between(midnight + Seconds{from}, midnight + Seconds{to}, Unit::second);
}

std::string margin(std::int64_t least, std::int64_t most) { return show_margin({Seconds{least}, Seconds{most}}); }

}  // namespace

TEST_CASE("instants") {
  CHECK(rfc3339(midnight + Seconds{2'891}) == "2020-02-26T00:48:11Z");
  CHECK(show(midnight + Seconds{2'891}) == "2020-02-26 00:48:11 UTC");
  CHECK(show_date(midnight) == "2020-02-26");
  CHECK(rfc3339(date::sys_days{date::year{1} / 1 / 1}) == "0001-01-01T00:00:00Z");
  CHECK(rfc3339(date::sys_days{date::year{1969} / 12 / 31} + Seconds{86'399}) == "1969-12-31T23:59:59Z");
  CHECK(rfc3339(open_past) == "unknown");
  CHECK(show(open_future) == "unknown");
  CHECK(show_date(open_future) == "unknown");
}

TEST_CASE("moments, as short as they say everything") {
  CHECK(show(span(2'891, 2'891)) == "2020-02-26 00:48:11 UTC");
  CHECK(show(span(2'891, 2'904)) == "2020-02-26 00:48:11…00:48:24 UTC");
  CHECK(show(span(2'880, 2'939)) == "2020-02-26 00:48 UTC");
  CHECK(show(span(2'880, 2'999)) == "2020-02-26 00:48…00:49 UTC");
  CHECK(show(span(0, hour - 1)) == "2020-02-26 00:00…00:59 UTC");
  CHECK(show(span(0, day - 1)) == "2020-02-26 UTC");
  CHECK(show(span(0, 2 * day - 1)) == "2020-02-26 … 2020-02-27 UTC");
  CHECK(show(span(-14 * hour, day + 12 * hour - 1)) == "2020-02-25 10:00 … 2020-02-27 11:59 UTC");
  CHECK(show(span(1, day + 1)) == "2020-02-26 00:00:01 … 2020-02-27 00:00:01 UTC");
  CHECK(show(span(-25 * day, 4 * day - 1)) == "2020-02 UTC");
  CHECK(show(span(-56 * day, 310 * day - 1)) == "2020 UTC");
  CHECK(show(Moment::between(open_past, midnight + Seconds{day - 1}, Unit::day)) == "not after 2020-02-26 UTC");
  CHECK(show(Moment::between(open_past, midnight + Seconds{59}, Unit::day)) == "not after 2020-02-26 00:00:59 UTC");
  CHECK(show(Moment::between(midnight, open_future, Unit::day)) == "not before 2020-02-26 UTC");
  CHECK(show(Moment{}) == "unknown");
}

TEST_CASE("amounts") {
  CHECK(show_amount(Seconds{0}) == "0 s");
  CHECK(show_amount(Seconds{8 * day + 18 * hour + 33 * 60 + 36}) == "8 d 18 h 33 min 36 s");
  CHECK(show_amount(Seconds{-90}) == "1 min 30 s");
  CHECK(show_amount(Seconds{21 * day}) == "21 d");
  CHECK(show_amount(Seconds{day + 1}) == "1 d 1 s");
}

TEST_CASE("margins") {
  const std::int64_t open = unbounded.count();
  CHECK(margin(5 * hour + 32 * 60 + 1, 5 * hour + 33 * 60 + 59) == "5 h 32 min 1 s … 5 h 33 min 59 s to spare");
  CHECK(margin(-(8 * day + 18 * hour + 34 * 60 + 48), -(8 * day + 18 * hour + 33 * 60 + 36)) ==
        "8 d 18 h 33 min 36 s … 8 d 18 h 34 min 48 s late");
  CHECK(margin(-(8 * day + 19 * hour + 4 * 60 + 48), 23 * hour + 32 * 60 + 59) ==
        "23 h 32 min 59 s to spare … 8 d 19 h 4 min 48 s late");
  CHECK(margin(0, 0) == "0 s to spare");
  CHECK(margin(-1, 0) == "0 s to spare … 1 s late");
  CHECK(margin(-1, -1) == "1 s late");
  CHECK(margin(60, 60) == "1 min to spare");
  CHECK(margin(-open, -(2 * hour + 43 * 60)) == "at least 2 h 43 min late");
  CHECK(margin(-open, 60) == "at most 1 min to spare");
  CHECK(margin(60, open) == "at least 1 min to spare");
  CHECK(margin(-60, open) == "at most 1 min late");
  CHECK(margin(-open, open) == "unknown");
}
