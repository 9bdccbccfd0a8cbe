#include <cita/time/calendar_words.hpp>
#include <cita/time/placing.hpp>
#include <cita/time/reading_meaning.hpp>
#include <cita/time/zone.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace cita::reading {

namespace {

constexpr date::days unmoved{0};

unsigned weekday_of(date::local_days day) { return date::weekday{day}.c_encoding(); }

// "Thu 27 Feb 2020"
std::string named_day(date::local_days day) {
  const date::year_month_day civil{day};
  return fmt::format("{} {} {} {}", weekday_abbreviation(weekday_of(day)), unsigned{civil.day()},
                     month_abbreviation(unsigned{civil.month()}), int{civil.year()});
}

std::string iso(int year, unsigned month, unsigned day) { return fmt::format("{:04}-{:02}-{:02}", year, month, day); }

// The day nearest to `day` that is that weekday.
date::days to_nearest(date::local_days day, unsigned weekday) {
  const int forward = (static_cast<int>(weekday) - static_cast<int>(weekday_of(day)) + 7) % 7;
  return date::days{forward > 3 ? forward - 7 : forward};
}

int hour_of_day(const WrittenTime& time) {
  if (time.meridiem == Meridiem::none) return time.hour;
  return time.hour % 12 + (time.meridiem == Meridiem::pm ? 12 : 0);
}

// What people can mean by a part of the day, generously.
struct Hours {
  std::string_view name;
  int from;
  int until;
};

Hours hours_of(DayPart part) {
  switch (part) {
    case DayPart::morning: return {"morning", 0, 12};
    case DayPart::afternoon: return {"afternoon", 12, 19};
    case DayPart::evening: return {"evening", 17, 24};
    case DayPart::none: break;
  }
  return {"day", 0, 24};
}

class Reader {
 public:
  Reader(Phrase phrase, const StampContext& context) : phrase_(std::move(phrase)), context_(context) {}

  StampResult run() {
    if (!complete()) return {std::nullopt, error_};
    if (!settle(phrase_.first) || (phrase_.second && !settle(*phrase_.second))) return {std::nullopt, error_};
    if (!settle_zones()) return {std::nullopt, error_};
    check_order();
    if (!error_.code.empty()) return {std::nullopt, error_};
    note_words();
    stamp_.moment = moment({}, false);
    fork_on_weekday();
    fork_on_hour_24();
    fork_on_season();
    return {std::move(stamp_), {}};
  }

 private:
  // A part with everything that was missing filled in.
  struct Settled {
    LocalBounds bounds;
    WrittenZone zone;
    std::string other_zone;  // what an abbreviation out of season may have meant
    bool ends_day = false;   // "24:00"
  };

  // By how many days the written dates are moved, to believe their weekdays.
  struct Shift {
    date::days first{0};
    date::days second{0};
  };

  // Each part of a range takes from the other what it leaves out.
  bool complete() {
    if (!phrase_.second) return true;
    Part& first = phrase_.first;
    Part& second = *phrase_.second;
    if (second.weekday && !second.date && second.weekday != first.weekday)
      return refuse("relative", "the end has a weekday and no date", "write the date of the end");
    if (first.date && second.date && !first.date->year && second.date->month != 0) {
      first.date->year = second.date->year;
      first.date->short_year = second.date->short_year;
    }
    if (first.date && second.date && !second.date->year) second.date->year = first.date->year;
    if (!first.date) first.date = second.date;
    second_copies_date_ = !second.date;
    if (!second.date) second.date = first.date;
    if (!first.zone) first.zone = second.zone;
    if (!second.zone) second.zone = first.zone;
    // "3:00 to 4:30 pm", but not "11:00 to 1:30 pm".
    const bool same_half = first.time && second.time && first.time->meridiem == Meridiem::none && first.time->hour <= 12 &&
                           first.time->hour % 12 <= second.time->hour % 12;
    if (same_half) first.time->meridiem = second.time->meridiem;
    return true;
  }

  bool refuse(std::string code, std::string message, std::string help) {
    error_ = {std::move(code), std::move(message), std::move(help), 0, 0};
    return false;
  }

  bool refuse(std::optional<StampError> error) {
    if (!error) return true;
    error_ = std::move(*error);
    return false;
  }

  bool settle(const Part& part) {
    Settled settled;
    settled.zone = part.zone;
    const bool ok = part.date ? settle_date(part, settled) : settle_context_date(part, settled);
    if (!ok || !settle_time(part, settled)) return false;
    if (part.about) widen(settled.bounds);
    settled_.push_back(std::move(settled));
    return true;
  }

  bool settle_context_date(const Part& part, Settled& settled) {
    const bool weekday_fits = !part.weekday || (context_.date && weekday_of(*context_.date) == *part.weekday);
    if (!part.time || phrase_.relative || !weekday_fits)
      return refuse("relative", "this does not say which day it was",
                    "write it as {after: EVENT, least: P28D, most: P29D}, or state the date");
    if (!context_.date) return refuse("no-date", "this is a time of day without a day", "write the date before the time");
    settled.bounds.first = *context_.date;
    settled.bounds.last = *context_.date + date::days{1} - Seconds{1};
    settled.bounds.unit = Unit::day;
    const date::year_month_day civil{*context_.date};
    note(stamp_, AssumptionKind::date,
         fmt::format("the day is not written here: {} from the context",
                     iso(int{civil.year()}, unsigned{civil.month()}, unsigned{civil.day()})));
    return true;
  }

  std::optional<int> settle_year(const WrittenDate& date) {
    if (date.short_year) {
      note(stamp_, AssumptionKind::year, fmt::format("the year '{:02}' is read as {}", *date.year, 2000 + *date.year));
      return 2000 + *date.year;
    }
    if (date.year) return date.year;
    std::optional<int> year = context_.year;
    if (!year && context_.date) year = int{date::year_month_day{*context_.date}.year()};
    if (year) note(stamp_, AssumptionKind::year, fmt::format("the year is not written here: {} from the context", *year));
    else refuse("no-year", "this date has no year, and nothing around it states one", "write the year");
    return year;
  }

  bool settle_date(const Part& part, Settled& settled) {
    WrittenDate date = *part.date;
    const std::optional<int> year = settle_year(date);
    if (!year) return false;
    if (date.either_order && !settle_order(date, *year, part.weekday)) return false;
    settled.bounds = whole(*year, 1, 1);
    if (date.month == 0) {
      settled.bounds = whole(*year, 0, 0);
    } else {
      for (const unsigned day : {date.day, date.last_day})
        if (!refuse(impossible_day(*year, date.month, day == 0 ? 1 : day))) return false;
      settled.bounds = whole(*year, date.month, date.day);
      if (date.last_day < date.day) return refuse("backwards", "these days end before they start", "write the earlier day first");
      if (date.last_day > date.day) settled.bounds.last = whole(*year, date.month, date.last_day).last;
    }
    return settle_edge(settled.bounds);
  }

  // Day and month in doubt: the weekday, the context's own day or the writer's other dates may tell them apart, nothing else
  // does.
  bool settle_order(WrittenDate& date, int year, std::optional<unsigned> weekday) {
    // The reader of dates takes the first number for the day.
    const std::array<std::pair<unsigned, unsigned>, 2> orders{{{date.month, date.day}, {date.day, date.month}}};
    std::vector<std::pair<unsigned, unsigned>> fitting;
    for (const auto& [month, day] : orders) {
      if (impossible_day(year, month, day)) continue;
      const date::local_days candidate{date::year{year} / date::month{month} / date::day{day}};
      const bool by_weekday = weekday && weekday_of(candidate) == *weekday;
      if (by_weekday || (context_.date && *context_.date == candidate)) fitting.emplace_back(month, day);
    }
    if (fitting.size() == 1) {
      std::tie(date.month, date.day) = fitting.front();
      date.last_day = date.day;
      note(stamp_, AssumptionKind::other,
           fmt::format("day and month could be either way round: read as {}", iso(year, date.month, date.day)));
      return true;
    }
    if ((fitting.size() == 2 || !weekday) && context_.order != DateOrder::unknown) {
      const bool month_first = context_.order == DateOrder::month_first;
      std::tie(date.month, date.day) = orders[month_first ? 1 : 0];
      date.last_day = date.day;
      note(stamp_, AssumptionKind::other,
           fmt::format("the {} comes first, as in other dates of the same text", month_first ? "month" : "day"));
      return true;
    }
    const std::string one = iso(year, orders[0].first, orders[0].second);
    const std::string other = iso(year, orders[1].first, orders[1].second);
    return refuse("ambiguous-order", fmt::format("this may be {} or {}", one, other), fmt::format("write {} or {}", one, other));
  }

  // "end of April" is its last day as a bound; as a time it may be any day of the month.
  bool settle_edge(LocalBounds& bounds) {
    if (!phrase_.end_of && !phrase_.vague) return true;
    if (phrase_.end_of && phrase_.bound == Bound::until) return true;
    if (bounds.unit <= Unit::day) return refuse("not-a-time", "a day has no such part", "write the time of day");
    note(stamp_, AssumptionKind::other,
         fmt::format("where in the {} this was is not said exactly: all of it is allowed for", name(bounds.unit)));
    return true;
  }

  bool settle_time(const Part& part, Settled& settled) {
    LocalBounds& bounds = settled.bounds;
    if (!part.time) {
      if (part.day_part != DayPart::none) settle_day_part(part.day_part, bounds);
      return true;
    }
    const WrittenTime& time = *part.time;
    if (bounds.last - bounds.first >= date::days{1})
      return refuse("not-a-time", "a time of day needs one day", "write the date of the day, or only the days");
    if (time.meridiem != Meridiem::none && (time.hour < 1 || time.hour > 12))
      return refuse("no-such-time", fmt::format("there is no hour {} in a half day", time.hour), "write the hour from 00 to 23");
    const int hour = hour_of_day(time);
    settled.ends_day = hour == 24 && time.minute == 0 && time.second.value_or(0) == 0;
    if (!settled.ends_day && !refuse(impossible_time(hour, time.minute.value_or(0), time.second.value_or(0)))) return false;
    bounds.first += Seconds{hour * 3'600 + time.minute.value_or(0) * 60 + time.second.value_or(0)};
    bounds.unit = time.second ? Unit::second : time.minute ? Unit::minute : Unit::hour;
    bounds.last = bounds.first + longest(bounds.unit) - Seconds{1};
    return true;
  }

  void settle_day_part(DayPart part, LocalBounds& bounds) {
    const Hours hours = hours_of(part);
    note(stamp_, AssumptionKind::other,
         fmt::format("'{}' is read as {:02}:00 to {:02}:59", hours.name, hours.from, hours.until - 1));
    const auto last_day = date::floor<date::days>(bounds.last);
    bounds.first += Seconds{hours.from * 3'600};
    bounds.last = last_day + Seconds{hours.until * 3'600} - Seconds{1};
    bounds.unit = Unit::hour;
  }

  void widen(LocalBounds& bounds) {
    note(stamp_, AssumptionKind::other, fmt::format("only about then: one {} more on each side", name(bounds.unit)));
    bounds.first -= longest(bounds.unit);
    bounds.last += longest(bounds.unit);
  }

  bool settle_zones() {
    return std::all_of(settled_.begin(), settled_.end(),
                       [this](Settled& settled) { return settled.zone.abbreviation.empty() || settle_abbreviation(settled); });
  }

  bool settle_abbreviation(Settled& settled) {
    std::string abbreviated = settled.zone.abbreviation;
    std::transform(abbreviated.begin(), abbreviated.end(), abbreviated.begin(),
                   [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; });
    const auto found = abbreviation(abbreviated, date::floor<date::days>(settled.bounds.first));
    const bool several = found.offsets.size() > 1 || (found.offsets.size() == 1 && !found.out_of_season.empty());
    if (several) {
      const auto own = context_offset(settled.bounds.first);
      if (own && std::find(found.offsets.begin(), found.offsets.end(), *own) != found.offsets.end())
        return take_offset_of(settled, abbreviated, *own, "so it is in the account's zone");
      return refuse("ambiguous-zone", fmt::format("{} is the name of several zones: {}", abbreviated, listed(found)),
                    fmt::format("write the offset: {}", listed(found)));
    }
    if (!found.offsets.empty()) return take_offset_of(settled, abbreviated, found.offsets.front(), "so it was on that day");
    complain(stamp_, "abbreviation-out-of-season",
             fmt::format("{} was not in force that day, {} was", abbreviated, found.out_of_season),
             fmt::format("write the offset: {} or {}", describe_offset(found.literal), describe_offset(found.instead)));
    settled.other_zone = describe_offset(found.instead);
    season_label_ = fmt::format("{} is meant as written ({})", abbreviated, describe_offset(found.literal));
    other_season_label_ = fmt::format("{} is meant ({})", found.out_of_season, settled.other_zone);
    settled.zone.offset_or_name = describe_offset(found.literal);
    return true;
  }

  bool take_offset_of(Settled& settled, const std::string& abbreviated, Seconds offset, std::string_view why) {
    settled.zone.offset_or_name = describe_offset(offset);
    if (abbreviated != settled.zone.offset_or_name)
      note(stamp_, AssumptionKind::abbreviation,
           fmt::format("{} is read as {}: {}", abbreviated, settled.zone.offset_or_name, why));
    return true;
  }

  static std::string listed(const AbbreviationMeaning& meaning) {
    std::vector<Seconds> offsets = meaning.offsets;
    if (!meaning.out_of_season.empty() && std::find(offsets.begin(), offsets.end(), meaning.literal) == offsets.end())
      offsets.push_back(meaning.literal);
    std::string text;
    for (const Seconds offset : offsets) text += (text.empty() ? "" : ", ") + describe_offset(offset);
    return text;
  }

  std::optional<Seconds> context_offset(date::local_seconds time) const {
    if (context_.zone.empty()) return std::nullopt;
    const auto utc = to_utc(time, time, context_.zone);
    if (!utc) return std::nullopt;
    return time.time_since_epoch() - utc->first.time_since_epoch();
  }

  void check_order() {
    if (settled_.size() < 2) return;
    const Settled& first = settled_.front();
    const Settled& second = settled_.back();
    const bool backwards = first.zone == second.zone ? first.bounds.first > second.bounds.last
                                                     : placed(first.bounds, zone(first, false), context_, stamp_).earliest() >
                                                           placed(second.bounds, zone(second, false), context_, stamp_).latest();
    if (backwards) refuse("backwards", "this ends before it starts", "write the earlier time first, with its date");
  }

  void note_words() {
    const bool has_words = std::any_of(phrase_.remark.begin(), phrase_.remark.end(), [](char c) { return c >= 'a' && c <= 'z'; });
    if (has_words && phrase_.remark.find_first_of(" abcdefghijklmnopqrstuvwxyz", 1) != std::string::npos)
      note(stamp_, AssumptionKind::other, fmt::format("the words '{}' are taken to say nothing about the time", phrase_.remark));
  }

  // The whole stretch in local time.
  LocalBounds stretch(Shift shift) const {
    LocalBounds bounds = settled_.front().bounds;
    bounds.first += shift.first;
    bounds.last += shift.first;
    if (settled_.size() > 1) {
      bounds.last = settled_[1].bounds.last + shift.second;
      bounds.unit = std::max(bounds.unit, settled_[1].bounds.unit);
    }
    return bounded(bounds);
  }

  LocalBounds bounded(LocalBounds bounds) const {
    // "before 5 March" ends with the 4th; "before 16:48" may still be 16:48:20.
    const bool whole_days = bounds.unit >= Unit::day;
    switch (phrase_.bound) {
      case Bound::at: break;
      case Bound::until: bounds.open_before = true; break;
      case Bound::from: bounds.open_after = true; break;
      case Bound::before:
        bounds.open_before = true;
        if (whole_days) bounds.last = bounds.first - Seconds{1};
        break;
      case Bound::after:
        bounds.open_after = true;
        if (whole_days) bounds.first = bounds.last + Seconds{1};
        break;
    }
    return bounds;
  }

  const std::string& zone(const Settled& settled, bool other) const {
    return other && !settled.other_zone.empty() ? settled.other_zone : settled.zone.offset_or_name;
  }

  Moment moment(Shift shift, bool other_season) {
    const LocalBounds all = stretch(shift);
    const std::string& first_zone = zone(settled_.front(), other_season);
    const std::string& last_zone = zone(settled_.back(), other_season);
    if (first_zone == last_zone) return placed(all, first_zone, context_, stamp_);
    LocalBounds begin = settled_.front().bounds;
    LocalBounds end = settled_.back().bounds;
    begin.first = all.first;
    end.last = all.last;
    const Instant from = placed(begin, first_zone, context_, stamp_).earliest();
    const Instant to = placed(end, last_zone, context_, stamp_).latest();
    return Moment::between(all.open_before ? open_past : std::min(from, to), all.open_after ? open_future : to, all.unit);
  }

  void fork_on_weekday() {
    fork_on_weekday_of(phrase_.first, settled_.front(), true);
    if (phrase_.second && !second_copies_date_) fork_on_weekday_of(*phrase_.second, settled_.back(), false);
  }

  void fork_on_weekday_of(const Part& part, const Settled& settled, bool is_first) {
    if (!part.weekday || !part.date || part.date->day == 0) return;
    const date::local_seconds inside = part.about ? settled.bounds.first + longest(settled.bounds.unit) : settled.bounds.first;
    const auto day = date::floor<date::days>(settled.ends_day ? inside - date::days{1} : inside);
    if (weekday_of(day) == *part.weekday) return;
    const date::days nearest = to_nearest(day, *part.weekday);
    const Shift shift = is_first ? Shift{nearest, second_copies_date_ ? nearest : unmoved} : Shift{unmoved, nearest};
    complain(stamp_, "weekday-contradicts-date",
             fmt::format("{} was a {}, not a {}", named_day(day).substr(4), weekday_name(weekday_of(day)),
                         weekday_name(*part.weekday)),
             "find out which of the two is right and write only that");
    stamp_.label += fmt::format("{}the date is right ({})", stamp_.label.empty() ? "" : ", ", named_day(day));
    const LocalBounds moved = stretch(shift);
    if (moved.first > moved.last) return;
    stamp_.alternatives.push_back({moment(shift, false), fmt::format("the weekday is right ({})", named_day(day + nearest))});
  }

  // "24:00" ends the day by the standard, and some write it for the midnight that begins it.
  void fork_on_hour_24() {
    const bool first = settled_.front().ends_day;
    if (!first && !settled_.back().ends_day) return;
    const Shift shift = first ? Shift{-date::days{1}, unmoved} : Shift{unmoved, -date::days{1}};
    const LocalBounds moved = stretch(shift);
    if (moved.first > moved.last) return;
    complain(stamp_, "hour-24", "24:00 could be taken for either day", "write 00:00 of the day that is meant");
    stamp_.label += fmt::format("{}24:00 ends the day", stamp_.label.empty() ? "" : ", ");
    stamp_.alternatives.push_back({moment(shift, false), "24:00 begins the day"});
  }

  void fork_on_season() {
    if (season_label_.empty()) return;
    stamp_.label += (stamp_.label.empty() ? "" : ", ") + season_label_;
    stamp_.alternatives.push_back({moment({}, true), other_season_label_});
  }

  Phrase phrase_;
  const StampContext& context_;
  Stamp stamp_;
  StampError error_;
  std::vector<Settled> settled_;
  bool second_copies_date_ = false;
  std::string season_label_;
  std::string other_season_label_;
};

}  // namespace

StampResult meaning(Phrase phrase, const StampContext& context) { return Reader(std::move(phrase), context).run(); }

}  // namespace cita::reading
