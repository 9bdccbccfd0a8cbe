// How one certificate stands by one clock, at every boundary.
#include <cita/evidence/revocation_tally.hpp>

#include <doctest/doctest.h>

#include <map>
#include <random>

using namespace cita;
using namespace cita::evidence;

namespace {

Instant at(unsigned month, unsigned day, unsigned hour = 0, unsigned minute = 0, unsigned second = 0) {
  return *instant_of(2026, month, day, hour, minute, second);
}
const Instant now = at(6, 1);
constexpr Seconds one{1};

// From 4 May 08:10:00 to 9 May 08:10:00.
RevocationClock may_clock() {
  RevocationClock made;
  made.start = Bounds::exact(at(5, 4, 8, 10));
  made.last_on_time = Bounds::exact(at(5, 9, 8, 10));
  return made;
}

ListRow row(Claim claim, std::optional<Bounds> revoked = {}) {
  ListRow row;
  row.not_before = Bounds::exact(at(3, 1));
  row.not_after = Bounds::exact(at(9, 1));
  row.claim = claim;
  row.revocation_date = revoked;
  return row;
}
ListRow revoked(Instant when) { return row(Claim::revoked, Bounds::exact(when)); }

std::string standing(const ListRow& row, const RevocationClock& clock, Instant as_of = now) {
  Elapsed lateness;
  const CertificateStanding standing = judge(row, clock, as_of, lateness);
  std::string text(name(standing));
  if (standing == CertificateStanding::late)
    text += " " + std::to_string(lateness.least.count()) + ".." +
            (lateness.most >= unbounded ? std::string("open") : std::to_string(lateness.most.count()));
  return text;
}

}  // namespace

TEST_CASE("the last second is on time, and the next is late") {
  CHECK(standing(revoked(at(5, 9, 8, 10)), may_clock()) == "met");
  CHECK(standing(revoked(at(5, 9, 8, 10) + one), may_clock()) == "late 1..1");
  CHECK(standing(row(Claim::planned, Bounds::exact(at(6, 1))), may_clock(), at(5, 9, 8, 10)) == "planned");
  CHECK(standing(row(Claim::planned, Bounds::exact(at(6, 1))), may_clock(), at(5, 9, 8, 10) + one) == "not revoked");
  CHECK(standing(row(Claim::delayed), may_clock(), at(5, 9, 8, 10)) == "running");
  CHECK(standing(row(Claim::not_revoked), may_clock()) == "not revoked");
  CHECK(standing(row(Claim::nothing), may_clock()) == "undetermined");
}

TEST_CASE("what CRLs or answers say instead leaves open whether a deadline was kept, where they decide it otherwise") {
  const auto beside = [](const ListRow& row, const Instead& instead, Instant as_of = now) {
    std::string all;
    for (const Contradictions& each : {Contradictions{instead, std::nullopt}, Contradictions{std::nullopt, instead}}) {
      Elapsed lateness;
      Doubt doubt{};
      const CertificateStanding standing = judge(row, may_clock(), as_of, each, lateness, doubt);
      const std::string text(standing == CertificateStanding::undetermined ? texts(doubt).code : name(standing));
      CHECK((all.empty() || all == text));
      all = text;
    }
    return all;
  };
  const auto then = [](Instant when) { return Instead{Bounds::exact(when)}; };
  const Instead in_time = then(at(5, 9, 8, 10)), late = then(at(5, 9, 8, 10) + one), never{},
                either{Bounds{at(5, 9, 8, 10), at(5, 9, 8, 10) + one}};
  const ListRow said_in_time = revoked(at(5, 9, 8, 10)), said_late = revoked(at(5, 9, 8, 10) + one),
                open = row(Claim::not_revoked), planned = row(Claim::planned, Bounds::exact(at(6, 2)));
  CHECK(beside(said_in_time, in_time) == "met");
  for (const Instead& each : {late, never, either}) CHECK(beside(said_in_time, each) == "evidence-differs");
  for (const ListRow& each : {open, planned}) {
    CHECK(beside(each, in_time) == "evidence-differs");
    CHECK(beside(each, late) == "not revoked");
  }
  CHECK(beside(said_late, in_time) == "evidence-differs");
  CHECK(beside(said_late, either) == "evidence-differs");
  CHECK(beside(said_late, late) == "late");
  CHECK(beside(said_late, never) == "late");
  CHECK(beside(open, then(at(5, 5)), at(5, 9)) == "evidence-differs");
  CHECK(beside(row(Claim::nothing), in_time) == "no-claim");
}

TEST_CASE("what is revoked at a time that is to come, or at any, is undetermined") {
  CHECK(standing(revoked(now + one), may_clock()) == "undetermined");
  CHECK(standing(row(Claim::revoked), may_clock()) == "undetermined");
  // Nobody knows that the list is as old as that.
  CHECK(standing(row(Claim::revoked), may_clock(), at(5, 9, 8, 10)) == "undetermined");
  CHECK(standing(row(Claim::revoked, Bounds{at(5, 9), at(5, 9, 23, 59, 59)}), may_clock()) == "undetermined");
}

TEST_CASE("a time that is rounded decides nothing within one of its units") {
  const auto within = [](Instant first, Seconds wide) {
    return standing(row(Claim::revoked, Bounds{first, first + wide - one}), may_clock());
  };
  const Seconds minute{60}, hour{3'600}, day{86'400};
  CHECK(within(at(5, 9, 8, 8), minute) == "met");
  CHECK(within(at(5, 9, 8, 9), minute) == "undetermined");
  CHECK(within(at(5, 9, 8, 11), minute) == "undetermined");
  CHECK(within(at(5, 9, 8, 12), minute) == "late 120..179");
  CHECK(within(at(5, 9, 6), hour) == "met");
  CHECK(within(at(5, 9, 9), hour) == "undetermined");
  CHECK(within(at(5, 9, 10), hour) == "late 6600..10199");
  CHECK(within(at(5, 7), day) == "met");
  CHECK(within(at(5, 8), day) == "undetermined");
  CHECK(within(at(5, 10), day) == "undetermined");
  CHECK(within(at(5, 11), day) == "late 143400..229799");
  // A time to the second whose zone nobody tells is not rounded.
  CHECK(standing(row(Claim::revoked, Bounds{at(5, 9, 8, 10) + one, at(5, 10, 10, 10) + one}), may_clock()) == "late 1..93601");
}

TEST_CASE("what is delayed and on hold is not late") {
  ListRow held = row(Claim::delayed, Bounds::exact(at(5, 12)));
  held.reason = CrlReason::superseded;
  CHECK(standing(held, may_clock()).starts_with("late"));
  held.reason = CrlReason::certificate_hold;
  CHECK(standing(held, may_clock()) == "undetermined");
}

TEST_CASE("what is on hold, or left the CRL, is not said to be revoked") {
  for (const CrlReason reason : {CrlReason::certificate_hold, CrlReason::remove_from_crl}) {
    ListRow held = revoked(at(5, 5));
    held.reason = reason;
    CHECK(standing(held, may_clock()) == "undetermined");
  }
}

TEST_CASE("what is said to be revoked before it was issued is undetermined") {
  ListRow before = revoked(at(5, 1));
  before.not_before = Bounds::exact(at(5, 1) + one);
  CHECK(standing(before, may_clock()) == "undetermined");
  before.not_before = Bounds::exact(at(5, 1));
  CHECK(standing(before, may_clock()) == "met");
}

TEST_CASE("without its validity nobody is late") {
  ListRow late = revoked(at(5, 10));
  CHECK(standing(late, may_clock()) == "late 57000..57000");
  late.not_after.reset();
  CHECK(standing(late, may_clock()) == "undetermined");
  late = revoked(at(5, 10));
  late.not_before.reset();
  CHECK(standing(late, may_clock()) == "undetermined");
  ListRow in_time = revoked(at(5, 9, 8, 10));
  in_time.not_before.reset();
  in_time.not_after.reset();
  CHECK(standing(in_time, may_clock()) == "met");
}

TEST_CASE("Delayed with a date that has passed and a reason code tells of a late revocation") {
  ListRow delayed = row(Claim::delayed, Bounds::exact(at(5, 12)));
  CHECK(standing(delayed, may_clock()) == "undetermined");
  delayed.reason = CrlReason::superseded;
  CHECK(standing(delayed, may_clock()) == "late 229800..229800");
  CHECK(standing(delayed, may_clock(), at(5, 12)) == "late 229800..229800");
  CHECK(standing(delayed, may_clock(), at(5, 12) - one) == "not revoked");
  // In time nobody is delayed.
  delayed.revocation_date = Bounds::exact(at(5, 9, 8, 10));
  CHECK(standing(delayed, may_clock()) == "undetermined");
  // A plan of a date that has passed does not say what became of it.
  delayed.claim = Claim::planned;
  CHECK(standing(delayed, may_clock()) == "undetermined");
}

TEST_CASE("an expired certificate needs no revocation from its end on") {
  ListRow expired = row(Claim::expired);
  expired.not_after = Bounds::exact(at(5, 9, 8, 10));
  CHECK(standing(expired, may_clock()) == "expired before the deadline");
  expired.not_after = Bounds::exact(at(5, 9, 8, 10) + one);
  CHECK(standing(expired, may_clock()) == "not revoked");
  expired.not_after.reset();
  CHECK(standing(expired, may_clock()) == "undetermined");
  ListRow late = revoked(at(5, 9, 8, 10) + one);
  late.not_after = Bounds::exact(at(5, 9, 8, 10));
  CHECK(standing(late, may_clock()) == "expired before the deadline");
  late.not_after = Bounds{at(5, 9), at(5, 9, 23, 59, 59)};
  CHECK(standing(late, may_clock()) == "undetermined");
}

TEST_CASE("a certificate that is to end before the deadline may still be revoked until then") {
  ListRow ending = row(Claim::not_revoked);
  ending.not_after = Bounds::exact(at(5, 8));
  CHECK(standing(ending, may_clock(), at(5, 8) - one) == "running");
  CHECK(standing(ending, may_clock(), at(5, 8)) == "expired before the deadline");
  ending.not_after = Bounds{at(5, 8), at(5, 8, 23, 59, 59)};
  CHECK(standing(ending, may_clock(), at(5, 8) - one) == "running");
  CHECK(standing(ending, may_clock(), at(5, 8)) == "undetermined");
  CHECK(standing(ending, may_clock(), at(5, 8, 23, 59, 59)) == "expired before the deadline");
  ending.claim = Claim::nothing;
  CHECK(standing(ending, may_clock(), at(5, 8) - one) == "undetermined");
  ending.claim = Claim::planned;
  ending.revocation_date = Bounds::exact(at(5, 7));
  CHECK(standing(ending, may_clock(), at(5, 6)) == "planned");
}

TEST_CASE("what was issued after the clock began has a clock of its own that nobody tells") {
  ListRow later = revoked(at(5, 9, 8, 10) + one);
  // A certificate may say that it is valid from two days before it was signed.
  later.not_before = Bounds::exact(at(5, 2, 8, 10));
  CHECK(standing(later, may_clock()) == "late 1..1");
  later.not_before = Bounds::exact(at(5, 2, 8, 10) + one);
  CHECK(standing(later, may_clock()) == "undetermined");
  later.revocation_date = Bounds::exact(at(5, 9, 8, 10));  // its own deadline is not earlier
  CHECK(standing(later, may_clock()) == "met");
  ListRow open = row(Claim::not_revoked);
  open.not_before = Bounds::exact(at(5, 20));
  CHECK(standing(open, may_clock()) == "undetermined");
}

TEST_CASE("a clock that is told in bounds decides only what all of them decide") {
  RevocationClock bounds = may_clock();
  bounds.last_on_time = {at(5, 9, 8, 10), at(5, 9, 8, 10, 59)};
  CHECK(standing(revoked(at(5, 9, 8, 10)), bounds) == "met");
  CHECK(standing(revoked(at(5, 9, 8, 10, 1)), bounds) == "undetermined");
  CHECK(standing(revoked(at(5, 9, 8, 10, 59)), bounds) == "undetermined");
  CHECK(standing(revoked(at(5, 9, 8, 11)), bounds) == "late 1..60");
  bounds.rounding = Seconds{60};
  CHECK(standing(revoked(at(5, 9, 8, 9)), bounds) == "met");
  CHECK(standing(revoked(at(5, 9, 8, 9, 1)), bounds) == "undetermined");
  CHECK(standing(revoked(at(5, 9, 8, 11, 59)), bounds) == "undetermined");
  CHECK(standing(revoked(at(5, 9, 8, 12)), bounds) == "late 61..120");
  bounds.last_on_time = {};
  for (const ListRow& each : {revoked(at(5, 1)), revoked(at(5, 30)), row(Claim::not_revoked), row(Claim::delayed)})
    CHECK(standing(each, bounds) == "undetermined");
  bounds.last_on_time = {open_past, at(5, 9, 8, 10)};
  bounds.rounding = Seconds{0};
  CHECK(standing(revoked(at(5, 9, 8, 10) + one), bounds) == "late 1..open");
  CHECK(standing(revoked(at(5, 1)), bounds) == "undetermined");
}

TEST_CASE("where it is open whether the duty applies, nobody is found late") {
  RevocationClock contested = may_clock();
  contested.doubt = "the reason is contested";
  CHECK(standing(revoked(at(5, 9, 8, 10)), contested) == "met");
  CHECK(standing(revoked(at(5, 9, 8, 10) + one), contested) == "undetermined");
  CHECK(standing(row(Claim::not_revoked), contested) == "undetermined");
}

TEST_CASE("short-lived certificates are exempt where the document says so, to the second") {
  const ShortLived rules[] = {{{at(3, 15), open_future}, Seconds{10 * 86'400}}};
  RevocationClock exempting = may_clock();
  exempting.short_lived = rules;
  ListRow brief = row(Claim::not_revoked);
  brief.not_before = Bounds::exact(at(5, 1));
  brief.not_after = Bounds::exact(at(5, 11) - one);  // both ends count: ten days
  CHECK(standing(brief, exempting) == "not revoked");
  exempting.exempts_short_lived = Truth::yes;
  CHECK(standing(brief, exempting) == "short-lived, exempt");
  brief.not_after = Bounds::exact(at(5, 11));
  CHECK(standing(brief, exempting) == "not revoked");
  exempting.exempts_short_lived = Truth::unknown;
  brief.not_after = Bounds::exact(at(5, 11) - one);
  CHECK(standing(brief, exempting) == "undetermined");
  exempting.exempts_short_lived = Truth::yes;
  brief.not_after = Bounds{at(5, 10), at(5, 11)};
  CHECK(standing(brief, exempting) == "undetermined");
  brief.not_before = Bounds::exact(at(3, 13) - one);  // issued before the rule, however it is dated: never short-lived
  brief.not_after = Bounds::exact(at(3, 16));
  Elapsed lateness;
  CHECK(is_exempt(brief, exempting) == Truth::no);
  CHECK(judge(brief, exempting, now, lateness) == CertificateStanding::expired);
  brief.not_before = Bounds::exact(at(3, 13));
  CHECK(is_exempt(brief, exempting) == Truth::unknown);
  brief.not_before = Bounds::exact(at(3, 17));
  CHECK(is_exempt(brief, exempting) == Truth::unknown);  // it ends before it begins
}

TEST_CASE("a certificate that ends before it begins is neither exempt nor expired in time") {
  const ShortLived rules[] = {{{open_past, open_future}, Seconds{7 * 86'400}}};
  RevocationClock exempting = may_clock();
  exempting.short_lived = rules;
  exempting.exempts_short_lived = Truth::yes;
  ListRow reversed = row(Claim::not_revoked);
  reversed.not_after = Bounds::exact(at(2, 1));
  CHECK(standing(reversed, exempting) == "undetermined");
  CHECK(standing(reversed, may_clock()) == "undetermined");
}

TEST_CASE("a plan without a date, and an expiry that is to come, say nothing after the deadline") {
  CHECK(standing(row(Claim::planned), may_clock(), at(5, 9, 8, 10)) == "running");
  CHECK(standing(row(Claim::planned), may_clock()) == "undetermined");
  CHECK(standing(row(Claim::expired), may_clock(), at(5, 9, 8, 10)) == "running");
  CHECK(standing(row(Claim::expired), may_clock()) == "undetermined");
}

TEST_CASE("what is undetermined says why") {
  const auto why = [](const ListRow& row, RevocationClock clock = may_clock(), Instant as_of = now) {
    Elapsed lateness;
    Doubt doubt{};
    const CertificateStanding standing = judge(row, clock, as_of, lateness, doubt);
    return standing == CertificateStanding::undetermined ? texts(doubt).code : name(standing);
  };
  const auto without = [](ListRow row, std::optional<Bounds> ListRow::*field) {
    row.*field = std::nullopt;
    return row;
  };
  const Instant deadline = at(5, 9, 8, 10);
  CHECK(why(row(Claim::nothing)) == "no-claim");
  ListRow held = revoked(at(5, 5));
  held.reason = CrlReason::certificate_hold;
  CHECK(why(held) == "hold");
  CHECK(why(row(Claim::revoked)) == "no-date");
  CHECK(why(row(Claim::revoked, Bounds{at(5, 9), at(5, 9, 23, 59, 59)})) == "date-allows-both");
  CHECK(why(revoked(now + one)) == "revoked-later");
  CHECK(why(revoked(at(2, 1))) == "revoked-before-issued");
  ListRow compromised = revoked(at(5, 4, 8, 10) - one);
  CHECK(why(compromised) == "met");
  compromised.reason = CrlReason::key_compromise;
  CHECK(why(compromised) == "dated-back");
  compromised.revocation_date = Bounds::exact(at(5, 4, 8, 10));
  CHECK(why(compromised) == "met");
  CHECK(why(row(Claim::planned, Bounds::exact(at(5, 20)))) == "plan-has-passed");
  CHECK(why(row(Claim::planned)) == "plan-without-date");
  CHECK(why(row(Claim::delayed, Bounds::exact(at(5, 20)))) == "delay-has-passed");
  CHECK(why(row(Claim::expired)) == "not-expired");
  for (const ListRow& open : {revoked(at(5, 12)), row(Claim::not_revoked)}) {
    ListRow later = open;
    later.not_before = Bounds::exact(at(5, 5));
    CHECK(why(later) == "issued-later");
    CHECK(why(without(open, &ListRow::not_before)) == "no-not-before");
    CHECK(why(without(open, &ListRow::not_after)) == "no-not-after");
    ListRow ends = open;
    ends.not_after = Bounds{at(5, 9), at(5, 10)};
    CHECK(why(ends) == "end-allows-both");
  }
  // The date decides before what the row does not say.
  CHECK(why(without(row(Claim::revoked, Bounds{at(5, 9), at(5, 9, 23, 59, 59)}), &ListRow::not_before)) == "date-allows-both");
  ListRow reversed = row(Claim::not_revoked);
  reversed.not_before = Bounds::exact(at(5, 1));
  reversed.not_after = Bounds::exact(at(4, 1));
  CHECK(why(reversed) == "ends-before-it-begins");
  RevocationClock bounds = may_clock();
  bounds.last_on_time.last = deadline + Seconds{60};
  CHECK(why(row(Claim::not_revoked), bounds, deadline + one) == "deadline-may-have-passed");
  RevocationClock open = may_clock();
  open.last_on_time = Bounds{};
  CHECK(why(revoked(at(5, 5)), open) == "no-deadline");
  CHECK(why(row(Claim::not_revoked), open) == "no-deadline");
  RevocationClock disputed = may_clock();
  disputed.doubt = "somebody disputes it";
  CHECK(why(revoked(at(5, 12)), disputed) == "duty-in-doubt");
}

TEST_CASE("certificates are named by hash or serial number, in whatever words stand around them") {
  const std::string hash = "8ed3f6ad685b959ead7022518e1af76cd816f8e8ec7ccdda1ed4018e8f2223f8";
  bool all = true;
  CHECK(names_in("https://crt.sh/?sha256=" + hash, all).digests.size() == 1);
  CHECK(names_in("5d:ee:75:5a:a5:d4:c7:92", all).serials.size() == 1);
  CHECK(names_in("0x005dee755aa5d4c792", all).serials[0].size == 8);
  CHECK(names_in(hash + ", " + hash + "; 5dee755aa5d4c792", all).digests.size() == 2);
  CHECK(all);
  CHECK(names_in("crt.sh:2455920199", all).is_empty());
  CHECK(names_in("crt.sh:2455920199", all).ids == std::vector<std::string>{"crt.sh:2455920199"});
  CHECK(names_in("(https://crt.sh/?id=1), https://crt.sh/?q=" + hash, all).ids ==
        std::vector<std::string>{"https://crt.sh/?id=1"});
  CHECK(!all);
  all = true;
  CHECK(names_in("the ones of 2026 and " + hash, all).digests.size() == 1);
  CHECK(!all);
  CHECK(names_in("", all).is_empty());
}

TEST_CASE("a link names a certificate by its hash or its serial number, and by nothing else") {
  const std::string hash = "8ed3f6ad685b959ead7022518e1af76cd816f8e8ec7ccdda1ed4018e8f2223f8", serial = "5dee755aa5d4c792";
  const auto names = [](const std::string& text) {
    bool all = true;
    const CertificateNames named = names_in(text, all);
    return std::to_string(named.digests.size()) + " " + std::to_string(named.serials.size()) + " " +
           std::to_string(named.ids.size()) + (all ? " all" : "");
  };
  const std::string host = "https://crt.sh/?";
  for (const std::string& link : {host + "sha256=" + hash + "&opt=zlint", host + "opt=zlint&sha256=" + hash + "#x",
                                  host + "q=" + hash + "#x", "<" + host + "q=" + hash + ">", "[one](" + host + "q=" + hash + ")"})
    CHECK(names(link).starts_with("1 0 0"));
  CHECK(names(host + "sha256=" + hash + "&opt=zlint") == "1 0 0 all");
  CHECK(names(host + "serial=" + serial) == "0 1 0 all");
  CHECK(names(host + "opt=zlint&serial=" + serial + "&x=1#y") == "0 1 0 all");
  CHECK(names("serial=" + serial + ", sha256=" + hash) == "1 1 0 all");
  const std::string forty = hash.substr(0, 40);
  for (const std::string& link : {host + "spkisha256=" + hash, host + "subjectsha256=" + hash, host + "sha1=" + forty,
                                  host + "ski=" + forty, host + "q=" + forty, host + "id=1&x=" + forty, host + "q=" + hash + "0"})
    CHECK(names(link) == "0 0 1");
  for (const std::string& word : {"spkisha256=" + hash, "sha1=" + forty, "https://example.com/?x=" + hash})
    CHECK(names(word) == "0 0 0");
}

TEST_CASE("numbers are counted as a map counts them, wherever they lie") {
  std::mt19937_64 random(4);
  NumberCounts first, second;
  std::map<std::int64_t, std::uint64_t> expected;
  for (int i = 0; i < 20'000; ++i) {
    const auto spread = std::int64_t{1} << (random() % 40);
    const std::int64_t number = static_cast<std::int64_t>(random() % 2'000) * (random() % 2 == 0 ? spread : -spread);
    (random() % 2 == 0 ? first : second).add(number);
    ++expected[number];
  }
  first.append(second);
  CHECK(first.all() == expected);
  CHECK(NumberCounts().all().empty());
}

TEST_CASE("revocations are counted by the hour, or by the day where no hour is known") {
  RevocationTimes times;
  CHECK(times.add(Bounds::exact(at(5, 9, 8, 10))));
  CHECK(times.add({at(5, 9, 8), at(5, 9, 8, 59, 59)}));
  CHECK(times.add({at(5, 9, 8), at(5, 9, 9)}));
  CHECK_FALSE(times.add({at(5, 9, 8), at(5, 10)}));
  CHECK(times.add(Bounds::exact(*instant_of(1, 1, 1, 0, 0, 0))));
  const auto by_hour = times.by_hour.all();
  CHECK(by_hour.size() == 2);
  CHECK(by_hour.rbegin()->second == 2);
  CHECK(times.by_day.all().size() == 1);
}

TEST_CASE("what contradicts itself has no place in the history of revocations, and is counted") {
  RevocationHistory history;
  const auto add = [&history](const std::optional<Bounds>& revoked, CertificateStanding standing) {
    ListRow row;
    row.claim = Claim::revoked;
    row.not_before = Bounds::exact(at(5, 1));
    row.revocation_date = revoked;
    history.add(row, at(5, 20), standing);
  };
  add(Bounds::exact(at(5, 9, 8)), CertificateStanding::met);
  add(Bounds::exact(at(5, 9, 9)), CertificateStanding::late);
  add(Bounds{at(5, 10), at(5, 10, 23, 59, 59)}, CertificateStanding::undetermined);
  add(Bounds::exact(at(5, 11)), CertificateStanding::expired);
  add(Bounds::exact(at(5, 1)), CertificateStanding::met);
  add(Bounds::exact(at(5, 20)), CertificateStanding::late);
  add(Bounds::exact(at(5, 20, 0, 0, 1)), CertificateStanding::undetermined);
  add(Bounds::exact(at(4, 30, 23, 59, 59)), CertificateStanding::undetermined);
  add(Bounds{at(5, 9, 8), at(5, 10)}, CertificateStanding::undetermined);
  add(std::nullopt, CertificateStanding::undetermined);
  CHECK(history.met.by_hour.all().size() == 2);
  CHECK(history.late.by_hour.all().size() == 2);
  CHECK(history.open.by_hour.all().size() == 1);
  CHECK(history.open.by_day.all().size() == 1);
  CHECK(history.contradictory == 2);
  CHECK(history.several_days == 1);
  CHECK(history.undated == 1);
  RevocationHistory both;
  both.append(history);
  both.append(history);
  CHECK(both.met.by_hour.all().begin()->second == 2);
  CHECK(both.contradictory == 4);
  CHECK(both.several_days == 2);
  CHECK(both.undated == 2);
}
