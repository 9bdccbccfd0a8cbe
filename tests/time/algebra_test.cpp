// The time algebra against brute force: every Moment of a small universe, and every concrete time that it allows.
#include <cita/time/limit.hpp>
#include <cita/time/moment.hpp>
#include <cita/time/period.hpp>

#include <doctest/doctest.h>

#include <array>
#include <optional>
#include <vector>

using namespace cita;

namespace {

template <typename T>
concept ordered = requires(T a, T b) {
  a < b;
};

static_assert(ordered<Instant>);
static_assert(!ordered<Moment>, "bounds that overlap have no order");

constexpr std::array truths{Truth::no, Truth::unknown, Truth::yes};
constexpr int last_second = 5;

Instant at(std::int64_t seconds) { return Instant{Seconds{seconds}}; }
Seconds unit(std::int64_t seconds) { return Seconds{seconds}; }

// A stretch of whole seconds; an open side has no bound.
struct Stretch {
  std::optional<int> from;
  std::optional<int> to;

  Instant earliest() const { return from ? at(*from) : open_past; }
  Instant latest() const { return to ? at(*to) : open_future; }
  Moment moment() const { return Moment::between(earliest(), latest(), Unit::second); }
};

std::vector<Stretch> all_stretches(bool with_open) {
  std::vector<Stretch> result;
  for (int from = 0; from <= last_second; ++from)
    for (int to = from; to <= last_second; ++to) result.push_back({from, to});
  if (!with_open) return result;
  for (int bound = 0; bound <= last_second; ++bound) {
    result.push_back({std::nullopt, bound});
    result.push_back({bound, std::nullopt});
  }
  result.push_back({std::nullopt, std::nullopt});
  return result;
}

// Every answer that concrete times give; an open side reaches far beyond all the others.
std::vector<int> members(const Stretch& stretch) {
  constexpr int far = 9;
  std::vector<int> result;
  for (int i = stretch.from.value_or(-far); i <= stretch.to.value_or(last_second + far); ++i) result.push_back(i);
  return result;
}

Truth joined(bool some_yes, bool some_no) {
  if (some_yes && some_no) return Truth::unknown;
  return truth(some_yes);
}

template <typename Question>
Truth brute(const Stretch& a, const Stretch& b, Question question) {
  bool yes = false;
  bool no = false;
  for (const int x : members(a))
    for (const int y : members(b)) (question(x, y) ? yes : no) = true;
  return joined(yes, no);
}

bool lies_in(const Elapsed& inner, const Elapsed& outer) { return inner.least >= outer.least && inner.most <= outer.most; }

// `narrow` may decide what `wide` leaves open, and nothing else.
bool refines(Truth narrow, Truth wide) { return wide == Truth::unknown || narrow == wide; }

}  // namespace

TEST_CASE("Kleene's tables") {
  for (const Truth a : truths) {
    CHECK(!!a == a);
    CHECK((a & Truth::yes) == a);
    CHECK((a & Truth::no) == Truth::no);
    CHECK((a | Truth::no) == a);
    CHECK((a | Truth::yes) == Truth::yes);
    CHECK((a & a) == a);
    for (const Truth b : truths) {
      CHECK((a & b) == (b & a));
      CHECK((a | b) == (b | a));
      CHECK(!(a & b) == ((!a) | (!b)));
      CHECK(!(a | b) == ((!a) & (!b)));
      for (const Truth c : truths) CHECK((a & (b | c)) == ((a & b) | (a & c)));
    }
  }
  CHECK((Truth::unknown & Truth::unknown) == Truth::unknown);
  CHECK((!Truth::unknown) == Truth::unknown);
}

TEST_CASE("order is unknown exactly when both orders occur") {
  for (const Stretch& a : all_stretches(true)) {
    for (const Stretch& b : all_stretches(true)) {
      REQUIRE(before(a.moment(), b.moment()) == brute(a, b, [](int x, int y) { return x < y; }));
      REQUIRE(not_after(a.moment(), b.moment()) == brute(a, b, [](int x, int y) { return x <= y; }));
    }
  }
}

TEST_CASE("elapsed is the least and the most that concrete times allow") {
  for (const Stretch& a : all_stretches(true)) {
    for (const Stretch& b : all_stretches(true)) {
      const Elapsed gap = elapsed(a.moment(), b.moment());
      REQUIRE(gap.open_below() == (!a.to || !b.from));
      REQUIRE(gap.open_above() == (!a.from || !b.to));
      if (!gap.open_below()) REQUIRE(gap.least == unit(*b.from - *a.to));
      if (!gap.open_above()) REQUIRE(gap.most == unit(*b.to - *a.from));
    }
  }
}

TEST_CASE("one unknown clock cancels, two do not") {
  for (const Stretch& a : all_stretches(true)) {
    for (const Stretch& b : all_stretches(true)) {
      const auto on = [](const Stretch& s, std::uint32_t clock) {
        return Moment::on_unknown_clock(s.earliest(), s.latest(), Unit::second, clock);
      };
      REQUIRE(elapsed(on(a, 1), on(b, 1)) == elapsed(a.moment(), b.moment()));
      REQUIRE(before(on(a, 1), on(b, 1)) == before(a.moment(), b.moment()));
      const Elapsed apart = elapsed(on(a, 1), on(b, 2));
      const Elapsed gap = elapsed(a.moment(), b.moment());
      if (!gap.open_below()) REQUIRE(apart.least == gap.least - (easternmost - westernmost));
      if (!gap.open_above()) REQUIRE(apart.most == gap.most + (easternmost - westernmost));
    }
  }
}

TEST_CASE("two times counted from one event do not count its uncertainty") {
  for (const Stretch& base : all_stretches(true)) {
    for (const Stretch& a : all_stretches(false)) {
      for (const Stretch& b : all_stretches(false)) {
        const Elapsed a_after{unit(*a.from), unit(*a.to)};
        const Elapsed b_after{unit(*b.from), unit(*b.to)};
        const Moment event = base.moment().anchored(7);
        const Moment one = Moment::after(event, a_after, Unit::second, 7);
        const Moment other = Moment::after(event, b_after, Unit::second, 7);
        REQUIRE(elapsed(one, other) == Elapsed{b_after.least - a_after.most, b_after.most - a_after.least});
        REQUIRE(elapsed(event, one) == a_after);
        REQUIRE(lies_in(elapsed(one, other), elapsed(one, Moment::after(base.moment(), b_after, Unit::second, 8))));
      }
    }
  }
}

TEST_CASE("within a limit is unknown exactly when both answers occur") {
  for (const Boundary boundary : {Boundary::inclusive, Boundary::strict}) {
    for (int amount = 0; amount <= last_second + 1; ++amount) {
      const Limit limit = Limit::within(unit(amount), boundary);
      for (const Stretch& start : all_stretches(true)) {
        for (const Stretch& end : all_stretches(true)) {
          const auto in_time = [&](int s, int e) { return boundary == Boundary::strict ? e - s < amount : e - s <= amount; };
          REQUIRE(within(limit, start.moment(), end.moment()) == brute(start, end, in_time));
          const auto left = margin(limit, start.moment(), end.moment());
          REQUIRE(left);
          const int strict = boundary == Boundary::strict ? 1 : 0;
          if (start.from && end.to) REQUIRE(left->least == unit(amount - strict - (*end.to - *start.from)));
          if (start.to && end.from) REQUIRE(left->most == unit(amount - strict - (*end.from - *start.to)));
          REQUIRE(left->open_below() == (!start.from || !end.to));
          REQUIRE(left->open_above() == (!start.to || !end.from));
        }
      }
    }
  }
}

TEST_CASE("narrowing a Moment never flips an answer and only narrows a margin") {
  const auto stretches = all_stretches(true);
  const Limit limit = Limit::within(unit(2));
  for (const Stretch& wide : stretches) {
    for (const Stretch& other : stretches) {
      for (int bound = 0; bound <= last_second; ++bound) {
        for (const Moment& narrow : {wide.moment().not_before(at(bound)), wide.moment().not_after(at(bound))}) {
          REQUIRE(refines(before(narrow, other.moment()), before(wide.moment(), other.moment())));
          REQUIRE(refines(within(limit, narrow, other.moment()), within(limit, wide.moment(), other.moment())));
          REQUIRE(refines(within(limit, other.moment(), narrow), within(limit, other.moment(), wide.moment())));
          REQUIRE(lies_in(*margin(limit, narrow, other.moment()), *margin(limit, wide.moment(), other.moment())));
          REQUIRE(lies_in(*margin(limit, other.moment(), narrow), *margin(limit, other.moment(), wide.moment())));
        }
      }
    }
  }
}

TEST_CASE("earlier and later hold every concrete earlier and later") {
  for (const Stretch& a : all_stretches(false)) {
    for (const Stretch& b : all_stretches(false)) {
      const Moment first = earlier(a.moment(), b.moment());
      const Moment last = later(a.moment(), b.moment());
      REQUIRE(first.earliest() == std::min(a.earliest(), b.earliest()));
      REQUIRE(first.latest() == std::min(a.latest(), b.latest()));
      REQUIRE(last.earliest() == std::max(a.earliest(), b.earliest()));
      REQUIRE(last.latest() == std::max(a.latest(), b.latest()));
    }
  }
}

TEST_CASE("a period contains a Moment, or straddles it") {
  const Period period{at(2), at(4)};
  for (const Stretch& a : all_stretches(true)) {
    bool yes = false;
    bool no = false;
    for (const int x : members(a)) (x >= 2 && x < 4 ? yes : no) = true;
    REQUIRE(period.contains(a.moment()) == joined(yes, no));
  }
  CHECK(Period{}.contains(Moment{}) == Truth::unknown);
}

TEST_CASE("people round") {
  const auto minute = [](std::int64_t from) { return Moment::between(at(from), at(from + 59), Unit::minute); };
  const Moment second = Moment::exact(at(5 * 3'600 + 7 * 60 + 34));
  CHECK(agree_within_rounding(second, minute(5 * 3'600 + 8 * 60)));
  CHECK(agree_within_rounding(minute(5 * 3'600 + 8 * 60), second));
  CHECK_FALSE(agree_within_rounding(second, minute(5 * 3'600 + 9 * 60)));
  CHECK_FALSE(agree_within_rounding(second, Moment::exact(at(5 * 3'600 + 7 * 60 + 35))));
  CHECK(agree_within_rounding(second, second));
}

TEST_CASE("moving keeps open sides open") {
  const Moment until = Moment::between(open_past, at(10), Unit::second).shifted(unit(5));
  CHECK(until.is_open_before());
  CHECK(until.latest() == at(15));
  CHECK(Moment{}.shifted(unit(-5)) == Moment{});
}
