#include <cita/time/moment.hpp>

#include <algorithm>
#include <cassert>

namespace cita {

namespace {

// Sums that keep an open side open.
Seconds add(Seconds a, Seconds b) {
  if (a <= -unbounded || b <= -unbounded) return -unbounded;
  if (a >= unbounded || b >= unbounded) return unbounded;
  return a + b;
}

Instant move(Instant instant, Seconds by) { return Instant{add(instant.time_since_epoch(), by)}; }

// b - a where a may be open towards either side.
Seconds least_between(Instant a_latest, Instant b_earliest) {
  if (a_latest >= open_future || b_earliest <= open_past) return -unbounded;
  return b_earliest - a_latest;
}
Seconds most_between(Instant a_earliest, Instant b_latest) {
  if (a_earliest <= open_past || b_latest >= open_future) return unbounded;
  return b_latest - a_earliest;
}

}  // namespace

std::string_view name(Unit unit) {
  switch (unit) {
    case Unit::second: return "second";
    case Unit::minute: return "minute";
    case Unit::hour: return "hour";
    case Unit::day: return "day";
    case Unit::month: return "month";
    case Unit::year: return "year";
  }
  return "second";
}

Seconds longest(Unit unit) {
  constexpr std::int64_t day = 86'400;
  switch (unit) {
    case Unit::second: return Seconds{1};
    case Unit::minute: return Seconds{60};
    case Unit::hour: return Seconds{3'600};
    case Unit::day: return Seconds{day};
    case Unit::month: return Seconds{31 * day};
    case Unit::year: return Seconds{366 * day};
  }
  return Seconds{1};
}

Moment Moment::on_unknown_clock(Instant earliest_local, Instant latest_local, Unit unit, std::uint32_t clock) {
  Moment moment{move(earliest_local, -easternmost), move(latest_local, -westernmost), unit};
  moment.clock_ = clock;
  moment.local_earliest_ = earliest_local;
  moment.local_latest_ = latest_local;
  return moment;
}

Moment Moment::after(const Moment& base, Elapsed amount, Unit unit, std::uint32_t anchor) {
  Moment moment{move(base.earliest_, amount.least), move(base.latest_, amount.most), unit};
  moment.anchor_ = anchor;
  moment.from_anchor_ = amount;
  if (anchor != 0 && base.anchor_ == anchor)
    moment.from_anchor_ = {add(base.from_anchor_.least, amount.least), add(base.from_anchor_.most, amount.most)};
  return moment;
}

Moment Moment::not_before(Instant bound) const {
  if (bound <= earliest_ || bound > latest_) return *this;
  Moment moment = *this;
  moment.earliest_ = bound;
  return moment;
}

Moment Moment::not_after(Instant bound) const {
  if (bound >= latest_ || bound < earliest_) return *this;
  Moment moment = *this;
  moment.latest_ = bound;
  return moment;
}

Moment Moment::shifted(Seconds by) const {
  Moment moment = *this;
  moment.earliest_ = move(earliest_, by);
  moment.latest_ = move(latest_, by);
  if (clock_ != 0) {
    moment.local_earliest_ += by;
    moment.local_latest_ += by;
  }
  if (anchor_ != 0) moment.from_anchor_ = {add(from_anchor_.least, by), add(from_anchor_.most, by)};
  return moment;
}

Moment Moment::in_units(Unit unit) const {
  Moment moment = *this;
  moment.unit_ = unit;
  return moment;
}

Moment Moment::anchored(std::uint32_t anchor) const {
  Moment moment = *this;
  moment.anchor_ = anchor;
  moment.from_anchor_ = {};
  return moment;
}

Elapsed elapsed(const Moment& from, const Moment& to) {
  Elapsed result{least_between(from.latest_, to.earliest_), most_between(from.earliest_, to.latest_)};
  const auto narrow = [&result](Seconds least, Seconds most) {
    result.least = std::max(result.least, least);
    result.most = std::min(result.most, most);
  };
  if (from.clock_ != 0 && from.clock_ == to.clock_)
    narrow(least_between(from.local_latest_, to.local_earliest_), most_between(from.local_earliest_, to.local_latest_));
  if (from.anchor_ != 0 && from.anchor_ == to.anchor_)
    narrow(add(to.from_anchor_.least, -from.from_anchor_.most), add(to.from_anchor_.most, -from.from_anchor_.least));
  return result;
}

Truth before(const Moment& a, const Moment& b) {
  const Elapsed gap = elapsed(a, b);
  if (gap.least > Seconds{0}) return Truth::yes;
  if (gap.most <= Seconds{0}) return Truth::no;
  return Truth::unknown;
}

Truth not_after(const Moment& a, const Moment& b) { return !before(b, a); }

bool agree_within_rounding(const Moment& a, const Moment& b) {
  const Seconds tolerance = std::max(a.unit(), b.unit()) == Unit::second ? Seconds{0} : longest(std::max(a.unit(), b.unit()));
  const Elapsed gap = elapsed(a, b);
  return gap.least <= tolerance && gap.most >= -tolerance;
}

Moment earlier(const Moment& a, const Moment& b) {
  if (a.latest() <= b.earliest()) return a;
  if (b.latest() <= a.earliest()) return b;
  return Moment::between(std::min(a.earliest(), b.earliest()), std::min(a.latest(), b.latest()), std::max(a.unit(), b.unit()));
}

Moment later(const Moment& a, const Moment& b) {
  if (a.earliest() >= b.latest()) return a;
  if (b.earliest() >= a.latest()) return b;
  return Moment::between(std::max(a.earliest(), b.earliest()), std::max(a.latest(), b.latest()), std::max(a.unit(), b.unit()));
}

}  // namespace cita
