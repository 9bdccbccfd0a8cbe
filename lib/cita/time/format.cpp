#include <cita/time/format.hpp>

#include <fmt/format.h>

#include <array>

namespace cita {

namespace {

struct Civil {
  date::year_month_day day;
  date::hh_mm_ss<Seconds> time;
};

// Beyond these the calendar of `date` ends; no stamp reaches them.
constexpr Instant calendar_begin{date::sys_days{date::year{-30'000} / 1 / 1}};
constexpr Instant calendar_end{date::sys_days{date::year{30'000} / 1 / 1}};

bool on_calendar(Instant instant) { return instant >= calendar_begin && instant < calendar_end; }

Civil civil(Instant instant) {
  const auto day = date::floor<date::days>(instant);
  return {date::year_month_day{day}, date::hh_mm_ss<Seconds>{instant - day}};
}

// Every time that is shown comes by here, and a general formatter is slow at it.
void append_two_digits(std::string& to, char before, unsigned value) {
  to += before;
  to += static_cast<char>('0' + value / 10 % 10);
  to += static_cast<char>('0' + value % 10);
}

// The time as far as a unit is fine: "2020", "2020-02", "2020-02-26", "2020-02-26 00:48", "2020-02-26 00:48:11".
std::string text_of(Instant instant, Unit unit, char before_time = ' ') {
  const Civil at = civil(instant);
  std::string text = fmt::format_int(int{at.day.year()}).str();
  if (const int year{at.day.year()}; year < 1'000) text = fmt::format("{:04}", year);
  if (unit == Unit::year) return text;
  append_two_digits(text, '-', unsigned{at.day.month()});
  if (unit == Unit::month) return text;
  append_two_digits(text, '-', unsigned{at.day.day()});
  if (unit == Unit::day) return text;
  append_two_digits(text, before_time, static_cast<unsigned>(at.time.hours().count()));
  append_two_digits(text, ':', static_cast<unsigned>(at.time.minutes().count()));
  if (unit != Unit::second) return text;
  append_two_digits(text, ':', static_cast<unsigned>(at.time.seconds().count()));
  return text;
}

bool starts(Instant instant, Unit unit) {
  const Civil at = civil(instant);
  if (unit >= Unit::minute && at.time.seconds().count() != 0) return false;
  if (unit >= Unit::hour && at.time.minutes().count() != 0) return false;
  if (unit >= Unit::day && at.time.hours().count() != 0) return false;
  if (unit >= Unit::month && at.day.day() != date::day{1}) return false;
  return unit < Unit::year || at.day.month() == date::January;
}

bool ends(Instant instant, Unit unit) { return starts(instant + Seconds{1}, unit); }

// The coarsest unit that both ends are whole in.
Unit coarsest(Instant earliest, Instant latest) {
  for (const Unit unit : {Unit::year, Unit::month, Unit::day, Unit::minute})
    if (starts(earliest, unit) && ends(latest, unit)) return unit;
  return Unit::second;
}

std::string bounded(Instant earliest, Instant latest) {
  const Unit unit = coarsest(earliest, latest);
  const std::string from = text_of(earliest, unit);
  const std::string to = text_of(latest, unit);
  if (from == to) return from + " UTC";
  const std::string_view day = std::string_view(from).substr(0, from.find(' '));
  if (unit < Unit::day && std::string_view(to).starts_with(day)) return from + "…" + to.substr(day.size() + 1) + " UTC";
  return from + " … " + to + " UTC";
}

// One end alone: whole days as days, whole minutes as minutes.
std::string since(Instant instant) { return text_of(instant, starts(instant, Unit::day) ? Unit::day : Unit::second) + " UTC"; }
std::string until(Instant instant) { return text_of(instant, ends(instant, Unit::day) ? Unit::day : Unit::second) + " UTC"; }

}  // namespace

std::string rfc3339(Instant instant) {
  if (!on_calendar(instant)) return "unknown";
  return text_of(instant, Unit::second, 'T') + 'Z';
}

std::string show(Instant instant) {
  if (!on_calendar(instant)) return "unknown";
  return text_of(instant, Unit::second) + " UTC";
}

std::string show_date(Instant instant) {
  if (!on_calendar(instant)) return "unknown";
  return text_of(instant, Unit::day);
}

std::string show(const Moment& moment) {
  const bool from = on_calendar(moment.earliest());
  const bool to = on_calendar(moment.latest());
  if (from && to) return bounded(moment.earliest(), moment.latest());
  if (from) return "not before " + since(moment.earliest());
  if (to) return "not after " + until(moment.latest());
  return "unknown";
}

std::string show_amount(Seconds amount) {
  struct Part {
    std::int64_t seconds;
    const char* unit;
  };
  constexpr std::array<Part, 4> parts{{{86'400, "d"}, {3'600, "h"}, {60, "min"}, {1, "s"}}};
  std::int64_t rest = amount.count() < 0 ? -amount.count() : amount.count();
  std::string text;
  for (const Part& part : parts) {
    if (const std::int64_t count = rest / part.seconds; count > 0)
      text.append(text.empty() ? "" : " ").append(fmt::format_int(count).str()).append(" ").append(part.unit);
    rest %= part.seconds;
  }
  return text.empty() ? "0 s" : text;
}

std::string show_date_or(Instant instant, std::string_view otherwise) {
  return instant <= open_past || instant >= open_future ? std::string(otherwise) : show_date(instant);
}

std::string show_margin(const Elapsed& margin) {
  const auto side = [](Seconds amount) { return amount < Seconds{0} ? " late" : " to spare"; };
  const std::string worst = show_amount(margin.least);
  const std::string best = show_amount(margin.most);
  if (margin.open_below() && margin.open_above()) return "unknown";
  if (margin.open_below()) return (margin.most < Seconds{0} ? "at least " : "at most ") + best + side(margin.most);
  if (margin.open_above()) return (margin.least < Seconds{0} ? "at most " : "at least ") + worst + side(margin.least);
  if (margin.least == margin.most) return best + side(margin.most);
  if (margin.most < Seconds{0}) return best + " … " + worst + " late";
  if (margin.least >= Seconds{0}) return worst + " … " + best + " to spare";
  return best + " to spare … " + worst + " late";
}

}  // namespace cita
