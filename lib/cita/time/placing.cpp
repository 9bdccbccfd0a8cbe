#include <cita/time/placing.hpp>
#include <cita/time/zone.hpp>

#include <fmt/format.h>

#include <algorithm>

namespace cita {

namespace {

Instant as_if_utc(date::local_seconds local) { return Instant{local.time_since_epoch()}; }

Moment on_any_clock(const LocalBounds& bounds, std::uint32_t clock) {
  return Moment::on_unknown_clock(bounds.open_before ? open_past : as_if_utc(bounds.first),
                                  bounds.open_after ? open_future : as_if_utc(bounds.last), bounds.unit, clock);
}

unsigned days_in(int year, unsigned month) { return unsigned{(date::year{year} / date::month{month} / date::last).day()}; }

}  // namespace

Moment placed(const LocalBounds& bounds, std::string_view zone, const StampContext& context, Stamp& notes) {
  const bool stated = !zone.empty();
  if (!stated) zone = context.zone;
  const auto utc = zone.empty() ? std::nullopt : to_utc(bounds.first, bounds.last, zone);
  if (!utc) {
    note(notes, AssumptionKind::unknown_zone, "no zone is stated: every offset in use, UTC-12 to UTC+14, is allowed for");
    complain(notes, "zone-unknown", "nobody says on which clock this was read",
             "write the offset behind the time (Z, +01:00), or state the account's zone");
    return on_any_clock(bounds, context.clock);
  }
  if (is_skipped(bounds.first, zone) && is_skipped(bounds.last, zone))
    complain(notes, "skipped-time", fmt::format("the clock of {} jumped over this time that day", zone),
             "write the offset behind the time (Z, +01:00)");
  if (!stated) note(notes, AssumptionKind::zone, fmt::format("no zone is stated here: read in the account's zone, {}", zone));
  return Moment::between(bounds.open_before ? open_past : utc->first, bounds.open_after ? open_future : utc->second, bounds.unit);
}

std::optional<StampError> impossible_day(int year, unsigned month, unsigned day) {
  if (month < 1 || month > 12)
    return StampError{"no-such-day", fmt::format("there is no month {}", month), "months are 01 to 12"};
  const unsigned last = days_in(year, month);
  if (day >= 1 && day <= last) return std::nullopt;
  return StampError{"no-such-day", fmt::format("there is no day {} in {:04}-{:02}", day, year, month),
                    fmt::format("that month has {} days", last)};
}

std::optional<StampError> impossible_time(int hour, int minute, int second) {
  if (hour == 24 && minute == 0 && second == 0)
    return StampError{"hour-24", "24:00 could be taken for either day", "write 00:00 of the next day"};
  if (minute < 60 && second == 60)
    return StampError{"leap-second", "leap seconds are not counted here", "write :59, or 00 of the next minute"};
  if (hour < 24 && minute < 60 && second < 60) return std::nullopt;
  return StampError{"no-such-time", fmt::format("no clock shows {:02}:{:02}:{:02}", hour, minute, second),
                    "a day runs from 00:00:00 to 23:59:59"};
}

LocalBounds whole(int year, unsigned month, unsigned day) {
  const date::year y{year};
  const date::month from_month{month == 0 ? 1 : month};
  const date::month to_month{month == 0 ? 12 : month};
  const date::day from_day{day == 0 ? 1 : day};
  const date::day to_day = day == 0 ? (y / to_month / date::last).day() : from_day;
  const date::local_days first{y / from_month / from_day};
  const date::local_days last{y / to_month / to_day};
  return {first, last + date::days{1} - Seconds{1}, month == 0 ? Unit::year : day == 0 ? Unit::month : Unit::day};
}

void note(Stamp& stamp, AssumptionKind kind, std::string text) {
  Assumption assumption{kind, std::move(text)};
  auto& all = stamp.assumptions;
  if (std::find(all.begin(), all.end(), assumption) == all.end()) all.push_back(std::move(assumption));
}

void complain(Stamp& stamp, std::string code, std::string text, std::string help) {
  Complaint complaint{std::move(code), std::move(text), std::move(help)};
  auto& all = stamp.complaints;
  if (std::find(all.begin(), all.end(), complaint) == all.end()) all.push_back(std::move(complaint));
}

bool has_assumption(const Stamp& stamp, AssumptionKind kind) {
  return std::any_of(stamp.assumptions.begin(), stamp.assumptions.end(),
                     [kind](const Assumption& each) { return each.kind == kind; });
}

}  // namespace cita
