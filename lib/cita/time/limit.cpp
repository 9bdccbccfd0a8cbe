#include <cita/time/limit.hpp>

#include <algorithm>
#include <limits>

namespace cita {

namespace {

constexpr std::int64_t day_seconds = 86'400;

Instant end_of_day(date::sys_days day) { return Instant{day + date::days{1}} - Seconds{1}; }

date::sys_days months_later(date::sys_days day, std::int64_t count) {
  const date::year_month_day start{day};
  const date::year_month month = date::year_month{start.year(), start.month()} + date::months{static_cast<int>(count)};
  const date::day last = date::year_month_day_last{month.year(), date::month_day_last{month.month()}}.day();
  return date::sys_days{month / std::min(start.day(), last)};
}

Seconds difference(Instant a, Instant b) {
  if (a >= open_future || b <= open_past) return unbounded;
  if (a <= open_past || b >= open_future) return -unbounded;
  return a - b;
}

}  // namespace

std::optional<Instant> last_on_time(const Limit& limit, Instant start) {
  if (limit.kind == LimitKind::none) return std::nullopt;
  if (start <= open_past || start >= open_future) return start;
  const Seconds strict{limit.boundary == Boundary::strict ? 1 : 0};
  const auto day = date::floor<date::days>(start);
  switch (limit.kind) {
    case LimitKind::elapsed: return start + Seconds{limit.amount} - strict;
    case LimitKind::calendar_days: return end_of_day(day + date::days{static_cast<int>(limit.amount)}) - strict;
    case LimitKind::months: return end_of_day(months_later(day, limit.amount)) - strict;
    case LimitKind::by_date: return start - strict;
    case LimitKind::none: break;
  }
  return std::nullopt;
}

std::optional<Moment> deadline(const Limit& limit, const Moment& start) {
  if (limit.kind == LimitKind::none) return std::nullopt;
  // A date that somebody set ends with its last instant: nobody is late before the whole day is over everywhere it could be.
  if (limit.kind == LimitKind::by_date) {
    const Seconds strict{limit.boundary == Boundary::strict ? 1 : 0};
    if (start.is_open_after()) return Moment::between(start.earliest(), open_future, start.unit());
    // Without a stated zone the day may end up to 26 hours apart; with one it ends at one instant.
    const Seconds slack = start.clock() != 0 ? easternmost - westernmost : Seconds{0};
    const Instant last = start.latest() - strict;
    return Moment::between(std::max(last - slack, std::min(start.earliest(), last)), last, Unit::second);
  }
  const Instant earliest = *last_on_time(limit, start.earliest());
  const Instant latest = *last_on_time(limit, start.latest());
  return Moment::between(earliest, latest, start.unit());
}

std::optional<Elapsed> margin(const Limit& limit, const Moment& start, const Moment& end) {
  const std::optional<Moment> due = deadline(limit, start);
  if (!due) return std::nullopt;
  if (limit.kind == LimitKind::elapsed) {
    const Seconds allowed = Seconds{limit.amount} - Seconds{limit.boundary == Boundary::strict ? 1 : 0};
    const Elapsed took = elapsed(start, end);
    return Elapsed{took.open_above() ? -unbounded : allowed - took.most, took.open_below() ? unbounded : allowed - took.least};
  }
  return Elapsed{difference(due->earliest(), end.latest()), difference(due->latest(), end.earliest())};
}

Truth within(const Limit& limit, const Moment& start, const Moment& end) {
  const std::optional<Elapsed> left = margin(limit, start, end);
  if (!left) return Truth::yes;
  if (left->least >= Seconds{0}) return Truth::yes;
  if (left->most < Seconds{0}) return Truth::no;
  return Truth::unknown;
}

std::optional<Limit> parse_duration(std::string_view text) {
  if (text.size() < 3 || text.front() != 'P') return std::nullopt;
  text.remove_prefix(1);
  const bool time = text.front() == 'T';
  if (time) text.remove_prefix(1);
  std::int64_t amount = 0;
  std::size_t digits = 0;
  while (digits < text.size() && text[digits] >= '0' && text[digits] <= '9' && digits < 10)
    amount = amount * 10 + (text[digits++] - '0');
  if (digits == 0 || digits + 1 != text.size()) return std::nullopt;
  const char unit = text[digits];
  constexpr std::int64_t century_days = 36'525;
  std::int64_t seconds = 0;
  if (time && unit == 'H') seconds = amount * 3'600;
  else if (time && unit == 'M') seconds = amount * 60;
  else if (time && unit == 'S') seconds = amount;
  else if (!time && unit == 'D') seconds = amount * day_seconds;
  else if (!time && unit == 'W') seconds = amount * 7 * day_seconds;
  else if (!time && unit == 'M' && amount <= 1'200) return Limit::months(static_cast<int>(amount));
  else if (!time && unit == 'Y' && amount <= 100) return Limit::months(static_cast<int>(amount * 12));
  else return std::nullopt;
  if (seconds > century_days * day_seconds) return std::nullopt;
  Limit limit = Limit::within(Seconds{seconds});
  limit.written_in_days = !time;
  return limit;
}

std::string describe(const Limit& limit) {
  const auto plural = [](std::int64_t count, const char* unit) {
    return std::to_string(count) + ' ' + unit + (count == 1 ? "" : "s");
  };
  switch (limit.kind) {
    case LimitKind::none: return "no number";
    case LimitKind::calendar_days: return plural(limit.amount, "calendar day");
    case LimitKind::months: return plural(limit.amount, "month");
    case LimitKind::by_date: return "on or before the date";
    case LimitKind::elapsed: break;
  }
  if (limit.written_in_days && limit.amount % day_seconds == 0) return plural(limit.amount / day_seconds, "day");
  if (limit.amount % 3'600 == 0) return plural(limit.amount / 3'600, "hour");
  if (limit.amount % 60 == 0) return plural(limit.amount / 60, "minute");
  return plural(limit.amount, "second");
}

}  // namespace cita
