#include <cita/evidence/revocation_tally.hpp>

#include <algorithm>
#include <bit>
#include <limits>
#include <tuple>

namespace cita::evidence {

namespace {

constexpr std::array<std::string_view, standing_count> standing_names{
    "met", "late", "not revoked", "expired before the deadline", "short-lived, exempt", "planned", "running", "undetermined"};
constexpr std::array<std::array<std::string_view, disagreement_count>, channel_count> disagreement_names{
    {{"said to be revoked, and on no CRL", "on a CRL, and not said to be revoked", "another date than on the CRL",
      "another reason than on the CRL", "dated before a CRL that does not list it",
      "on a CRL with a reason code that the ground does not have", "on a CRL without the reason code that the ground has",
      "revoked on a CRL, and on a later one not any more", "in the list with a reason code that the ground does not have"},
     {"said to be revoked, and good in a later OCSP answer", "revoked in an OCSP answer, and not said to be revoked",
      "another date than in the OCSP answer", "another reason than in the OCSP answer",
      "dated before an OCSP answer that says that it is good",
      "in an OCSP answer with a reason code that the ground does not have",
      "in an OCSP answer without the reason code that the ground has",
      "revoked in an OCSP answer, and in a later one not any more", ""}}};
constexpr std::array<std::string_view, publication_count> publication_names{"published in time", "published late",
                                                                            "published in time or late"};

constexpr std::array<DoubtTexts, doubt_count> doubt_texts{{
#define DOUBT(name, code, text) {code, text},
#include <cita/evidence/doubts.def>
#undef DOUBT
}};

constexpr std::uint32_t most_stored = std::numeric_limits<std::uint32_t>::max();

// A date of certificates has a year below 10000, so 32 bits of seconds hold what is late by less than 136 years; the last of
// them stands for all that is more.
std::uint32_t stored(Seconds lateness) {
  return static_cast<std::uint32_t>(std::clamp<std::int64_t>(lateness.count(), 0, most_stored));
}
Seconds shown(std::uint32_t lateness) { return lateness == most_stored ? unbounded : Seconds{lateness}; }

// Some bits of it at a time, from the first on: those that begin as it does are counted by their next bits, and none is copied.
std::uint32_t nth(const std::vector<std::uint32_t>& of, std::size_t rank) {
  constexpr int most_bits = 11;
  const std::uint32_t most = *std::max_element(of.begin(), of.end());
  if (rank + 1 == of.size()) return most;
  std::uint32_t found = 0;
  for (int left = static_cast<int>(std::bit_width(most)); left > 0;) {
    const int bits = std::min(most_bits, left);
    left -= bits;
    std::array<std::size_t, std::size_t{1} << most_bits> counts{};
    for (const std::uint32_t each : of) {
      const std::uint32_t beginning = each >> left;
      if (std::uint64_t{beginning} >> bits == found) ++counts[beginning & ((1U << bits) - 1)];
    }
    std::uint32_t next = 0;
    while (rank >= counts[next]) rank -= counts[next++];
    found = found << bits | next;
  }
  return found;
}

bool later(const LateCertificate& a, const LateCertificate& b) {
  if (a.least != b.least) return a.least > b.least;
  if (a.most != b.most) return a.most > b.most;
  return std::pair(a.file, a.line) < std::pair(b.file, b.line);
}

Instant moved(Instant instant, Seconds by) { return instant <= open_past || instant >= open_future ? instant : instant + by; }

Seconds between(Instant from, Instant to) {
  return from <= open_past || to >= open_future ? unbounded : from >= open_future || to <= open_past ? -unbounded : to - from;
}

// Nobody says that it is revoked who says that it is on hold, or that it left the CRL.
bool is_in_doubt(CrlReason reason) { return reason == CrlReason::certificate_hold || reason == CrlReason::remove_from_crl; }

// The instants up to which a revocation of this certificate is on time, with the rounding of people allowed for.
Bounds deciding_bounds(const ListRow& row, const RevocationClock& clock) {
  Bounds bounds{moved(clock.last_on_time.first, -clock.rounding), moved(clock.last_on_time.last, clock.rounding)};
  // Nobody can have known of it before it was issued: then its own clock began later, and nobody tells when.
  if (!row.not_before || moved(row.not_before->last, signing_tolerance) > moved(clock.start.first, -clock.rounding))
    bounds.last = open_future;
  return bounds;
}

// What is found of a row, and why it is undetermined where it is.
struct Judged {
  CertificateStanding standing;
  Doubt doubt;

  Judged(CertificateStanding found) : standing(found), doubt() {}
  Judged(Doubt why) : standing(CertificateStanding::undetermined), doubt(why) {}
  bool is(Doubt why) const { return standing == CertificateStanding::undetermined && doubt == why; }
};

// Why a time that is not before the deadline decides nothing: it allows for both, or the deadline is open.
Doubt doubt_of(Instant time, Doubt both, const ListRow& row, const RevocationClock& clock) {
  if (clock.last_on_time == Bounds{}) return Doubt::no_deadline;
  if (time <= moved(clock.last_on_time.last, clock.rounding)) return both;
  return row.not_before ? Doubt::issued_later : Doubt::no_not_before;
}

Doubt doubt_of_end(const ListRow& row, const RevocationClock& clock) {
  return row.not_after ? doubt_of(row.not_after->first, Doubt::end_allows_both, row, clock) : Doubt::no_not_after;
}

// Why nobody can have revoked it then who says that it is revoked.
std::optional<Doubt> contradiction_of(const ListRow& row, const Bounds& told, Instant as_of) {
  if (told.first > as_of) return Doubt::revoked_later;
  // Nor is anything revoked before it is issued.
  if (row.not_before && told.last < row.not_before->first) return Doubt::revoked_before_issued;
  return std::nullopt;
}

// The date of a key compromise is often dated back. One from before the clock began does not tell when the CA acted.
bool may_be_dated_back(const ListRow& row, const Bounds& date, const RevocationClock& clock) {
  return row.reason == CrlReason::key_compromise && date.last < moved(clock.start.first, -clock.rounding);
}

Judged judge_revoked(const ListRow& row, const RevocationClock& clock, const Bounds& deadline, Instant as_of, Elapsed& lateness) {
  const Bounds told = row.revocation_date.value_or(Bounds{});
  const bool surely_expired = row.not_after && row.not_after->last <= deadline.first;
  const bool maybe_expired = !row.not_after || row.not_after->first <= deadline.last;
  if (const auto contradiction = contradiction_of(row, told, as_of)) return *contradiction;
  const Bounds maybe = unrounded(told);
  if (maybe.last <= deadline.first && !surely_expired && may_be_dated_back(row, maybe, clock)) return Doubt::dated_back;
  if (maybe.last <= deadline.first) return CertificateStanding::met;
  if (surely_expired && maybe.first > deadline.last) return CertificateStanding::expired;
  if (!row.revocation_date) return Doubt::no_date;
  if (surely_expired || maybe.first <= deadline.last)
    return doubt_of(maybe.first, maybe.first == maybe.last ? Doubt::deadline_allows_both : Doubt::date_allows_both, row, clock);
  if (maybe_expired) return doubt_of_end(row, clock);
  // From its end on there is nothing to revoke. Rounding widens what is decided, not by how much it is late.
  const Bounds done{std::min(told.first, row.not_after->first),
                    std::min({told.last, std::max(as_of, told.first), row.not_after->last})};
  lateness = {between(clock.last_on_time.last, done.first), between(clock.last_on_time.first, done.last)};
  return CertificateStanding::late;
}

Judged judge_by_clock(const ListRow& row, const RevocationClock& clock, Instant as_of, Elapsed& lateness) {
  const Bounds deadline = deciding_bounds(row, clock);
  const Truth is_revoked = says_revoked(row, as_of);
  // Revoked late, as some write it, or not at all: it is late only where the date is, too.
  const bool is_delayed = is_revoked == Truth::unknown && row.claim == Claim::delayed && row.reason &&
                          !is_in_doubt(*row.reason) && row.revocation_date->last <= as_of;
  if (is_revoked == Truth::yes || is_delayed) {
    const Judged judged = judge_revoked(row, clock, deadline, as_of, lateness);
    const bool is_in_time = judged.standing == CertificateStanding::met || judged.is(Doubt::dated_back);
    return is_delayed && is_in_time ? Doubt::delay_has_passed : judged;
  }
  const bool ends_in_time = row.not_after && row.not_after->last <= deadline.first;
  if (ends_in_time && row.not_after->last <= as_of) return CertificateStanding::expired;
  if (row.claim == Claim::nothing) return Doubt::no_claim;
  if (is_revoked == Truth::unknown)
    return row.claim == Claim::delayed   ? Doubt::delay_has_passed
           : row.claim == Claim::expired ? Doubt::expired_and_revoked
                                         : Doubt::hold;
  // A plan whose date has passed, or that has none, does not say what became of it.
  const bool is_past_plan = row.revocation_date ? row.revocation_date->first <= as_of : as_of > deadline.first;
  if (row.claim == Claim::planned && is_past_plan) return row.revocation_date ? Doubt::plan_has_passed : Doubt::plan_without_date;
  // One that is to end before the deadline may still be revoked before.
  const bool is_to_end = ends_in_time && row.not_after->first > as_of;
  const bool maybe_expired = !row.not_after || row.not_after->first <= deadline.last;
  if (maybe_expired && !is_to_end) return doubt_of_end(row, clock);
  // One that is said to have expired, and has not, contradicts itself.
  const bool is_contradictory = row.claim == Claim::expired && row.not_after && row.not_after->last > as_of;
  if (is_contradictory && as_of > deadline.first) return Doubt::not_expired;
  if (as_of > deadline.last && row.not_after->last <= as_of)
    lateness = {between(clock.last_on_time.last, row.not_after->first), between(clock.last_on_time.first, row.not_after->last)};
  if (as_of > deadline.last) return CertificateStanding::not_revoked;
  if (as_of > deadline.first) return doubt_of(as_of, Doubt::deadline_may_have_passed, row, clock);
  const bool has_plan = row.claim == Claim::planned || row.claim == Claim::delayed;
  return has_plan && row.revocation_date && row.revocation_date->last >= as_of ? CertificateStanding::planned
                                                                               : CertificateStanding::running;
}

Truth is_revoked_by(const ListRow& row, const Bounds& by, Instant as_of) {
  const Bounds told = row.revocation_date.value_or(Bounds{});
  // One that contradicts the certificate tells of no time.
  const bool is_told = contradiction_of(row, told, as_of) != Doubt::revoked_before_issued;
  const Bounds date = is_told ? unrounded(told) : Bounds{};
  // A plan whose date has passed, or that has none, may have come true since.
  const bool is_past_plan = row.claim == Claim::planned && (!row.revocation_date || row.revocation_date->first <= as_of);
  if (is_past_plan) return row.revocation_date && date.first > by.last ? Truth::no : Truth::unknown;
  if (row.claim == Claim::revoked && date.first > as_of) return Truth::unknown;
  // Whoever says that it is revoked does not tell of what is to come.
  const Instant last = row.claim == Claim::revoked ? std::min(date.last, as_of) : date.last;
  const Truth by_date = last <= by.first ? Truth::yes : date.first <= by.last ? Truth::unknown : Truth::no;
  // The date of a key compromise is often dated back: then it was revoked later, by as-of.
  const bool may_be_later = row.reason == CrlReason::key_compromise && by.first < as_of;
  const Truth in_time = by_date & (may_be_later ? Truth::unknown : Truth::yes);
  // N/A, though it has not ended, contradicts itself.
  if (row.claim == Claim::expired && !row.revocation_date && row.not_after && row.not_after->first > as_of) return Truth::unknown;
  // One that had ended before may be counted among the expired.
  const bool may_have_ended = row.not_after && row.not_after->first < last;
  return says_revoked(row, as_of) & in_time & (may_have_ended ? Truth::unknown : Truth::yes);
}

// Whether a row counts for a figure, at least and at most.
std::pair<bool, bool> counted(const ListRow& row, const ToldFigure& figure, Instant as_of) {
  const bool has_ended = row.not_after && row.not_after->last <= figure.at.first;
  const bool may_have_ended = !row.not_after || row.not_after->first <= figure.at.last;
  const Truth by_then = is_revoked_by(row, figure.at, as_of);
  const bool is_revoked = by_then == Truth::yes, may_be_revoked = by_then != Truth::no;
  const bool says_nothing = row.claim == Claim::nothing;
  switch (figure.what) {
    case ToldFigure::What::total: return {true, true};
    case ToldFigure::What::revoked: return {is_revoked, may_be_revoked || says_nothing};
    case ToldFigure::What::revoked_or_expired: return {is_revoked || has_ended, may_be_revoked || says_nothing || may_have_ended};
    case ToldFigure::What::expired: {
      // One that was revoked afterwards may be counted as revoked from the first.
      const bool is_never_revoked = !may_be_revoked && !says_nothing && says_revoked(row, as_of) == Truth::no;
      return {has_ended && is_never_revoked, may_have_ended && !is_revoked};
    }
    case ToldFigure::What::remaining_valid: {
      // One that is said to have expired, and has not, contradicts itself.
      const bool is_consistent = !says_nothing && !(row.claim == Claim::expired && row.not_after && row.not_after->first > as_of);
      const bool may_be_there = !row.not_before || row.not_before->first <= figure.at.last;
      return {!may_be_revoked && is_consistent && may_be_there && row.not_after && row.not_after->first > figure.at.last,
              !is_revoked && (!row.not_after || row.not_after->last > figure.at.first)};
    }
  }
  return {false, true};
}

}  // namespace

std::string_view name(CertificateStanding standing) { return standing_names[static_cast<std::size_t>(standing)]; }
const DoubtTexts& texts(Doubt doubt) { return doubt_texts[static_cast<std::size_t>(doubt)]; }
std::string_view name(Publication publication) { return publication_names[static_cast<std::size_t>(publication)]; }
std::string_view name(Disagreement disagreement, Channel channel) {
  return disagreement_names[static_cast<std::size_t>(channel)][static_cast<std::size_t>(disagreement)];
}

Bounds last_on_time(const Limit& limit, const Moment& clock) {
  const auto due = deadline(limit, clock);
  return due ? Bounds{due->earliest(), due->latest()} : Bounds{};
}

Truth says_revoked(const ListRow& row, Instant as_of) {
  if (row.claim == Claim::revoked) return row.reason && is_in_doubt(*row.reason) ? Truth::unknown : Truth::yes;
  if (!row.revocation_date || row.revocation_date->first > as_of) return Truth::no;
  // Delayed until a day that has passed; or not revoked before its end, and dated all the same.
  return row.claim == Claim::delayed || row.claim == Claim::expired ? Truth::unknown : Truth::no;
}

namespace {

bool ends_before_it_begins(const ListRow& row) {
  return row.not_before && row.not_after && row.not_after->last < row.not_before->first;
}

}  // namespace

Truth is_exempt(const ListRow& row, const RevocationClock& clock) {
  if (clock.exempts_short_lived == Truth::no || clock.short_lived.empty()) return Truth::no;
  if (!row.not_before || !row.not_after || ends_before_it_begins(row)) return Truth::unknown;
  const Seconds one{1};  // both ends count: a difference of exactly the limit is a second too long
  Truth any = Truth::no;
  for (const ShortLived& rule : clock.short_lived) {
    const auto in_force = rule.issued.contains(Moment::between(moved(row.not_before->first, -signing_tolerance),
                                                               moved(row.not_before->last, signing_tolerance), Unit::second));
    const bool surely = between(row.not_before->first, row.not_after->last) + one <= rule.longest;
    const bool maybe = between(row.not_before->last, row.not_after->first) + one <= rule.longest;
    any = any | (in_force & (surely ? Truth::yes : maybe ? Truth::unknown : Truth::no));
  }
  return any & clock.exempts_short_lived;
}

CertificateStanding judge(const ListRow& row, const RevocationClock& clock, Instant as_of, Elapsed& lateness, Doubt& doubt) {
  const Truth exempt = is_exempt(row, clock);
  if (exempt == Truth::yes) return CertificateStanding::short_lived;
  Judged judged = judge_by_clock(row, clock, as_of, lateness);
  const bool is_against = judged.standing == CertificateStanding::late || judged.standing == CertificateStanding::not_revoked;
  if (judged.standing == CertificateStanding::expired && ends_before_it_begins(row)) judged = Doubt::ends_before_it_begins;
  else if (is_against && !clock.is_certain()) judged = Doubt::duty_in_doubt;
  else if (is_against && exempt == Truth::unknown) judged = Doubt::may_be_short_lived;
  doubt = judged.doubt;
  return judged.standing;
}

namespace {

// What becomes of a deadline by a standing.
enum class Outcome : std::uint8_t { kept, missed, to_come, open };

Outcome outcome_of(CertificateStanding standing) {
  switch (standing) {
    case CertificateStanding::met:
    case CertificateStanding::expired:
    case CertificateStanding::short_lived: return Outcome::kept;
    case CertificateStanding::late:
    case CertificateStanding::not_revoked: return Outcome::missed;
    case CertificateStanding::planned:
    case CertificateStanding::running: return Outcome::to_come;
    case CertificateStanding::undetermined: break;
  }
  return Outcome::open;
}

// Of one that was revoked between two times, what both come to.
bool allows_another(const Instead& instead, Outcome outcome, const ListRow& row, const RevocationClock& clock, Instant as_of) {
  ListRow other = row;
  other.claim = instead.revoked ? Claim::revoked : Claim::not_revoked;
  other.reason.reset();
  const auto differs = [&](std::optional<Bounds> revoked) {
    Elapsed lateness;
    other.revocation_date = revoked;
    return outcome_of(judge(other, clock, as_of, lateness)) != outcome;
  };
  if (!instead.revoked) return differs(std::nullopt);
  return differs(Bounds::exact(instead.revoked->first)) || differs(Bounds::exact(instead.revoked->last));
}

}  // namespace

CertificateStanding judge(const ListRow& row, const RevocationClock& clock, Instant as_of, const Contradictions& contradictions,
                          Elapsed& lateness, Doubt& doubt) {
  const CertificateStanding standing = judge(row, clock, as_of, lateness, doubt);
  if (standing == CertificateStanding::undetermined) return standing;
  const Outcome outcome = outcome_of(standing);
  const bool is_open = std::any_of(contradictions.begin(), contradictions.end(), [&](const std::optional<Instead>& each) {
    return each && allows_another(*each, outcome, row, clock, as_of);
  });
  if (!is_open) return standing;
  doubt = Doubt::evidence_differs;
  return CertificateStanding::undetermined;
}

CertificateStanding judge(const ListRow& row, const RevocationClock& clock, Instant as_of, Elapsed& lateness) {
  Doubt doubt{};
  return judge(row, clock, as_of, lateness, doubt);
}

std::string RowText::placed(std::uint64_t lines_before) const {
  if (lines.empty()) return text;
  std::string all;
  std::size_t begin = 0;
  for (const auto& [at, line] : lines) {
    all.append(text, begin, at - begin).append(std::to_string(lines_before + line));
    begin = at;
  }
  return all.append(text, begin);
}

// ---- one clock

namespace {

// Whether one that is undetermined by a clock was revoked all the same.
bool is_surely_revoked(const ListRow& row, Doubt doubt) {
  return row.claim == Claim::revoked && doubt != Doubt::hold && doubt != Doubt::revoked_later && doubt != Doubt::evidence_differs;
}

// When it was, where its date tells it: not where it may be dated back.
Bounds time_of_revocation(const ListRow& row, Doubt doubt) {
  const bool tells_no_time = row.reason == CrlReason::key_compromise || doubt == Doubt::revoked_before_issued;
  return row.revocation_date && !tells_no_time ? *row.revocation_date : Bounds{};
}

}  // namespace

void ClockTally::add(CertificateStanding standing, const Elapsed& lateness, Doubt doubt, const ListRow& row, Instant as_of,
                     std::size_t kept) {
  ++standings_[static_cast<std::size_t>(standing)];
  if (standing == CertificateStanding::undetermined) ++doubts_[static_cast<std::size_t>(doubt)];
  if (standing == CertificateStanding::not_revoked && lateness.least > Seconds{0}) keep_ended(lateness, 1);
  if (standing == CertificateStanding::not_revoked || standing == CertificateStanding::undetermined) {
    const bool is_in_doubt = standing == CertificateStanding::undetermined, is_revoked = is_surely_revoked(row, doubt);
    if (is_in_doubt && (is_revoked || (row.not_after && row.not_after->last <= as_of))) ++done_in_doubt_;
    if (is_in_doubt) keep_last(last_revoked_, is_revoked ? time_of_revocation(row, doubt) : Bounds{});
    auto& open = is_in_doubt ? undetermined_ : not_revoked_;
    if (open.size() < kept) open.push_back({0, row.line, row.digest.value_or(Digest{}), doubt, row.claim, row.revocation_date});
    return;
  }
  const bool is_done = standing == CertificateStanding::met || standing == CertificateStanding::late;
  if (is_done && row.claim == Claim::revoked && row.revocation_date) keep_last(last_revoked_, *row.revocation_date);
  if (standing != CertificateStanding::late) return;
  if (row.claim != Claim::revoked) ++late_in_doubt_;
  if (row.not_after->last <= unrounded(*row.revocation_date).first) ++late_after_end_;
  if (most_.empty() && lateness.least != lateness.most) most_ = least_;
  const bool in_bounds = !most_.empty() || lateness.least != lateness.most;
  least_.push_back(stored(lateness.least));
  if (in_bounds) most_.push_back(stored(lateness.most));
  keep_worst({0, row.line, row.digest.value_or(Digest{}), lateness.least, lateness.most}, kept);
}

void ClockTally::keep_ended(const Elapsed& lateness, std::uint64_t count) {
  if (count == 0) return;
  if (ended_ == 0) longest_ended_ = lateness;
  longest_ended_ = {std::max(longest_ended_.least, lateness.least), std::max(longest_ended_.most, lateness.most)};
  ended_ += count;
}

void ClockTally::keep_worst(const LateCertificate& late, std::size_t kept) {
  if (worst_.size() == kept && (worst_.empty() || !later(late, worst_.back()))) return;
  worst_.insert(std::upper_bound(worst_.begin(), worst_.end(), late, later), late);
  if (worst_.size() > kept) worst_.pop_back();
}

void ClockTally::append(const ClockTally& other, std::uint32_t file, std::uint64_t lines_before, std::size_t kept) {
  for (std::size_t i = 0; i < standing_count; ++i) standings_[i] += other.standings_[i];
  for (std::size_t i = 0; i < publication_count; ++i) publications_[i] += other.publications_[i];
  for (std::size_t i = 0; i < doubt_count; ++i) doubts_[i] += other.doubts_[i];
  planned_late_ += other.planned_late_;
  late_in_doubt_ += other.late_in_doubt_;
  done_in_doubt_ += other.done_in_doubt_;
  late_after_end_ += other.late_after_end_;
  keep_ended(other.longest_ended_, other.ended_);
  if (other.last_revoked_) keep_last(last_revoked_, *other.last_revoked_);
  if (!other.most_.empty() || !most_.empty()) {
    if (most_.empty()) most_ = least_;
    const auto& from = other.most_.empty() ? other.least_ : other.most_;
    most_.insert(most_.end(), from.begin(), from.end());
  }
  least_.insert(least_.end(), other.least_.begin(), other.least_.end());
  for (LateCertificate each : other.worst_) {
    each.file = file;
    each.line += lines_before;
    keep_worst(each, kept);
  }
  const auto append_open = [&](std::vector<OpenCertificate>& to, const std::vector<OpenCertificate>& from) {
    for (std::size_t i = 0; i < from.size() && to.size() < kept; ++i) {
      to.push_back(from[i]);
      to.back().file = file;
      to.back().line += lines_before;
    }
  };
  append_open(not_revoked_, other.not_revoked_);
  append_open(undetermined_, other.undetermined_);
}

std::optional<Elapsed> ClockTally::lateness(unsigned hundredths) const {
  if (least_.empty()) return std::nullopt;
  const std::size_t rank = std::max<std::size_t>(1, (least_.size() * hundredths + 99) / 100) - 1;
  const std::uint32_t least = nth(least_, rank);
  return Elapsed{shown(least), shown(most_.empty() ? least : nth(most_, rank))};
}

// ---- times and groups

bool RevocationTimes::add(const Bounds& revoked) {
  const auto hour = [](Instant instant) { return std::chrono::floor<std::chrono::hours>(instant.time_since_epoch()).count(); };
  const auto day = [](Instant instant) { return std::chrono::floor<date::days>(instant.time_since_epoch()).count(); };
  if (revoked.is_exact() || hour(revoked.first) == hour(revoked.last)) by_hour.add(hour(revoked.first));
  else if (day(revoked.first) == day(revoked.last)) by_day.add(day(revoked.first));
  else return false;
  return true;
}

void RevocationTimes::append(const RevocationTimes& later_times) {
  by_hour.append(later_times.by_hour);
  by_day.append(later_times.by_day);
}

void RevocationHistory::add(const ListRow& row, Instant as_of, CertificateStanding by_main_clock) {
  const Bounds date = row.revocation_date.value_or(Bounds{});
  RevocationTimes& times = by_main_clock == CertificateStanding::met    ? met
                           : by_main_clock == CertificateStanding::late ? late
                                                                        : open;
  if (date.first <= open_past || date.last >= open_future) ++undated;
  else if (contradiction_of(row, date, as_of)) ++contradictory;
  else if (!times.add(date)) ++several_days;
}

void RevocationHistory::append(const RevocationHistory& later_ones) {
  met.append(later_ones.met);
  late.append(later_ones.late);
  open.append(later_ones.open);
  several_days += later_ones.several_days;
  undated += later_ones.undated;
  contradictory += later_ones.contradictory;
}

void GroupTally::add(const ListRow& row, Instant as_of, bool counts_revoked, CertificateStanding by_main_clock) {
  ++rows;
  if (counts_revoked) count_revoked(row, as_of);
  if (says_revoked(row, as_of) != Truth::yes) return;
  history.add(row, as_of, by_main_clock);
  const Bounds date = row.revocation_date.value_or(Bounds{});
  keep_last(last_revoked, date);
}

namespace {

void count_now(const ListRow& row, ToldFigure::What what, Instant as_of, CountRange& to) {
  ToldFigure now;
  now.what = what;
  now.at = Bounds::exact(as_of);
  const auto [least, most] = counted(row, now, as_of);
  to.least += least ? 1 : 0;
  to.most += most ? 1 : 0;
}

}  // namespace

void GroupTally::count_revoked(const ListRow& row, Instant as_of) {
  count_now(row, ToldFigure::What::revoked, as_of, revoked);
  count_now(row, ToldFigure::What::expired, as_of, expired);
}

void GroupTally::append(const GroupTally& other, std::uint32_t file, std::uint64_t lines_before, std::size_t kept) {
  rows += other.rows;
  for (std::size_t i = 0; i < clocks.size(); ++i) clocks[i].append(other.clocks[i], file, lines_before, kept);
  for (std::size_t i = 0; i < publications.size(); ++i) publications[i].append(other.publications[i], file, lines_before, kept);
  history.append(other.history);
  revoked.add(other.revoked);
  expired.add(other.expired);
  if (other.last_revoked) keep_last(last_revoked, *other.last_revoked);
  for (std::size_t i = 0; i < restrained.size(); ++i) {
    restrained[i] += other.restrained[i];
    restrained_late[i] += other.restrained_late[i];
  }
}

// ---- all

RevocationTally::RevocationTally(const TallyOptions& options)
    : options_(&options),
      figures_(options.figures.size()),
      first_shown_(options.evidence == nullptr ? 0 : options.evidence->crls()),
      serial_rows_(options.serials),
      extracts_(options.extracts.size()) {
  RevocationTally::begin(0);
  if (options.grouping == nullptr) return;
  groups_.resize(options.grouping->groups().size());
  main_clocks_.reserve(groups_.size());
  if (options.judges_candidates) candidates_.resize(groups_.size());
  for (std::size_t i = 0; i < groups_.size(); ++i) {
    const CertificateGroup& group = options.grouping->groups()[i];
    main_clocks_.push_back(group.main_clock());
    groups_[i].clocks.resize(group.clocks.size());
    groups_[i].publications.resize(group.publications.size());
    if (options.judges_candidates) candidates_[i].perhaps_kept.resize(group.clocks.size());
    groups_[i].restrained.resize(group.restraints.size());
    groups_[i].restrained_late.resize(group.restraints.size());
    requires_reasons_ = requires_reasons_ || !group.reasons.empty();
    names_restrained_ = names_restrained_ || std::any_of(group.restraints.begin(), group.restraints.end(),
                                                         [](const auto& each) { return !each.is_on_all; });
  }
}

void RevocationTally::begin(std::uint32_t file) {
  file_ = file;
  groups_of_all_ = options_->grouping == nullptr ? Groups() : options_->grouping->groups_of_all(file);
}

void RevocationTally::add(const ListRow& row) {
  ++rows_;
  ++claims_[static_cast<std::size_t>(row.claim)];
  if (row.claim == Claim::nothing && row.text(Column::is_revoked).empty()) ++silent_;
  if (!row.digest) ++nameless_;
  if (row.has_certificate && row.has_precertificate) ++pairs_;
  if (!row.has_certificate && row.has_precertificate) ++only_precertificates_;
  if (row.source == nullptr) ++of_unknown_kind_;
  if (row.not_before) issued_.add({*row.not_before, 0, row.line});
  for (std::size_t i = 0; i < extracts_.size(); ++i)
    if (const auto& of_row = options_->extracts[i].of_row) of_row(row, file_, extracts_[i]);
  static const SeenBy nobody;
  const Groups groups = groups_of(row, groups_of_row_);
  if (options_->serials) serial_rows_.add(row, count_figures(row, groups));
  if (options_->evidence != nullptr) return put_off(row, groups);
  extract_judged(row, nobody.instead);
  if (options_->grouping != nullptr) judge_row(row, restrained_precertificate(row), groups, nobody);
}

void RevocationTally::extract_judged(const ListRow& row, const Contradictions& contradictions) {
  for (std::size_t i = 0; i < extracts_.size(); ++i)
    if (const auto& of_judged = options_->extracts[i].of_judged) of_judged(row, file_, contradictions, extracts_[i]);
}

RevocationTally::Groups RevocationTally::groups_of(const ListRow& row, std::vector<std::uint32_t>& memory) const {
  return groups_of_all_                  ? *groups_of_all_
         : options_->grouping == nullptr ? Groups()
                                         : options_->grouping->groups_of(row, file_, memory);
}

std::optional<Digest> RevocationTally::restrained_precertificate(const ListRow& row) const {
  return names_restrained_ ? precertificate_of(row) : std::nullopt;
}

// Looking for a serial number among a million waits for memory; so what is needed for some rows is fetched at once.
void RevocationTally::put_off(const ListRow& row, Groups groups) {
  constexpr std::size_t most = 32;
  if (awaiting_.empty()) awaiting_.resize(most);
  AwaitingRow& next = awaiting_[awaiting_rows_++];
  next.row = row;
  next.row.source = nullptr;  // the reader goes on to other rows
  next.issuer = &options_->evidence->issuer_of(row, issuers_);
  next.precertificate = restrained_precertificate(row);
  next.groups = groups;
  // What stands in memory is of this row alone.
  if (!groups_of_all_) {
    next.memory.assign(groups.begin(), groups.end());
    next.groups = next.memory;
  }
  options_->evidence->prefetch(row, *next.issuer, 0);
  if (awaiting_rows_ == most) finish();
}

namespace {

using SeenRevocations = std::array<std::optional<SeenRevocation>, channel_count>;

// A row of a key compromise may know of what amends date and reason, and is only shown afterwards.
Instant last_word(const ListRow& row, Instant as_of) {
  return row.claim == Claim::revoked && row.reason == CrlReason::key_compromise ? open_future : as_of;
}

// On a CRL no reason code means unspecified; an OCSP answer may leave out what the CRL has. One that cannot be read may be any.
std::optional<CrlReason> told_reason(const SeenRevocation& seen, Channel channel) {
  const bool may_be_any = channel == Channel::answers || seen.is_reason_unread;
  return seen.reason || may_be_any ? seen.reason : CrlReason::unspecified;
}

bool date_differs(const ListRow& row, const SeenRevocation& seen) {
  if (!row.revocation_date) return false;
  const Bounds date = unrounded(*row.revocation_date);
  return seen.revoked < date.first || seen.revoked > date.last;
}

bool reason_differs(const ListRow& row, const SeenRevocation& seen, Channel channel) {
  const auto reason = told_reason(seen, channel);
  return row.reason && reason && *row.reason != *reason;
}

bool any_differs(const ListRow& row, const SeenRevocations& seen) {
  for (const Channel channel : {Channel::crls, Channel::answers})
    if (const auto& each = seen[static_cast<std::size_t>(channel)])
      if (date_differs(row, *each) || reason_differs(row, *each, channel)) return true;
  return false;
}

}  // namespace

// The last word as of then, and what came afterwards only where it may excuse a row that this contradicts.
void RevocationTally::look_up(const ListRow& row, const StatusEvidence::Issuer& issuer, SeenBy& seen) const {
  const StatusEvidence& evidence = *options_->evidence;
  const auto look = [&](Instant until) {
    seen.revoked[0] = evidence.on_crls(row, issuer, until);
    if (evidence.has_answers()) seen.revoked[1] = evidence.in_answers(row, issuer, until);
  };
  look(options_->as_of);
  const Instant until = last_word(row, options_->as_of);
  if (until > options_->as_of && any_differs(row, seen.revoked)) look(until);
}

void RevocationTally::finish() {
  const std::span<AwaitingRow> all(awaiting_.data(), awaiting_rows_);
  for (const AwaitingRow& each : all) options_->evidence->prefetch(each.row, *each.issuer, 1);
  for (const AwaitingRow& each : all) {
    const ListRow& row = each.row;
    SeenBy seen;
    if (row.serial) {
      if (each.issuer->is_another) ++of_other_issuers_;
      else if (!each.issuer->is_sure) ++of_unsure_issuers_;
      look_up(row, *each.issuer, seen);
      compare(row, *each.issuer, seen);
    } else {
      ++without_serial_;
    }
    extract_judged(row, seen.instead);
    if (options_->grouping != nullptr) judge_row(row, each.precertificate, each.groups, seen);
  }
  awaiting_rows_ = 0;
  if (issuers_.is_full()) issuers_.clear();
}

namespace {

// Of rows with the same bound the one with the further other bound, then the first.
void keep_least(std::optional<IssuedRow>& kept, const IssuedRow& row, Instant Bounds::*by, Instant Bounds::*then) {
  const auto order = [&](const IssuedRow& of) { return std::tie(of.issued.*by, of.issued.*then); };
  if (!kept || order(row) < order(*kept)) kept = row;
}
void keep_most(std::optional<IssuedRow>& kept, const IssuedRow& row, Instant Bounds::*by, Instant Bounds::*then) {
  const auto order = [&](const IssuedRow& of) { return std::tie(of.issued.*by, of.issued.*then); };
  if (!kept || order(row) > order(*kept)) kept = row;
}

}  // namespace

void IssuanceExtremes::add(const IssuedRow& row) {
  const Bounds& at = row.issued;
  const bool is_between = first && at.first > first->issued.first && at.last > surely_first->issued.last &&
                          at.last < last->issued.last && at.first < surely_last->issued.first;
  if (is_between) return;
  keep_least(first, row, &Bounds::first, &Bounds::last);
  keep_least(surely_first, row, &Bounds::last, &Bounds::first);
  keep_most(last, row, &Bounds::last, &Bounds::first);
  keep_most(surely_last, row, &Bounds::first, &Bounds::last);
}

void IssuanceExtremes::append(const IssuanceExtremes& later, std::uint32_t file, std::uint64_t lines_before) {
  for (const auto& each : {later.first, later.surely_first, later.last, later.surely_last})
    if (each) add({each->issued, file, each->line + lines_before});
}

namespace {

// Published on a CRL or in an OCSP answer: at the latest when the first of them showed it, and not before it was revoked. That
// one of the two did not show it is no proof while nobody knows of the other. Late is only who had to be in time.
Publication published(const ListRow& row, const RevocationClock& clock,
                      const std::array<std::optional<SeenRevocation>, channel_count>& seen, Instant as_of) {
  const Bounds deadline = deciding_bounds(row, clock);
  bool all_know = true, all_unshown = true, all_revoked_later = true;
  for (const auto& each : seen) {
    if (each && !each->is_gone && each->by <= deadline.first) return Publication::in_time;
    all_know = all_know && each;
    all_unshown = all_unshown && each && each->after && *each->after > deadline.last;
    all_revoked_later = all_revoked_later && (!each || each->first_dated > deadline.last);
  }
  const bool had_to_be = clock.is_certain() && is_exempt(row, clock) == Truth::no && as_of > deadline.last && row.not_after &&
                         row.not_after->first > deadline.last;
  return had_to_be && (all_revoked_later || (all_know && all_unshown)) ? Publication::late : Publication::undetermined;
}

// Of one that needs no revocation, or not yet, nobody asks when it was published.
bool has_to_be_published(CertificateStanding standing) {
  return standing == CertificateStanding::met || standing == CertificateStanding::late ||
         standing == CertificateStanding::not_revoked || standing == CertificateStanding::undetermined;
}

}  // namespace

void RevocationTally::judge_row(const ListRow& row, const std::optional<Digest>& precertificate, Groups groups,
                                const SeenBy& seen) {
  const Grouping& grouping = *options_->grouping;
  bool is_asked_for = false;
  for (const std::uint32_t index : groups) {
    if (!grouping.is_selected(index)) continue;
    is_asked_for = true;
    const CertificateGroup& group = grouping.groups()[index];
    GroupTally& tally = groups_[index];
    auto by_main_clock = CertificateStanding::undetermined;
    for (std::size_t i = 0; i < group.clocks.size(); ++i) {
      const RevocationClock& clock = group.clocks[i];
      Elapsed lateness;
      Doubt doubt{};
      const CertificateStanding standing = judge(row, clock, options_->as_of, seen.instead, lateness, doubt);
      tally.clocks[i].add(standing, lateness, doubt, row, options_->as_of, options_->kept);
      // One that expires before the deadline needs no revocation after it.
      const auto is_after = [&](const Bounds& time) { return time.first > clock.last_on_time.last; };
      if (standing == CertificateStanding::planned && is_after(*row.revocation_date) && is_after(*row.not_after))
        tally.clocks[i].add_planned_late();
      if ((seen.revoked[0] || seen.revoked[1]) && has_to_be_published(standing))
        tally.clocks[i].add(published(row, clock, seen.revoked, options_->as_of));
      if (&clock == main_clocks_[index]) by_main_clock = standing;
    }
    judge_publications(row, group, seen, tally);
    if (options_->judges_candidates && grouping.mixed() == static_cast<int>(index)) judge_for_candidates(row);
    tally.add(row, options_->as_of, options_->serials != nullptr, by_main_clock);
    const bool is_late = by_main_clock == CertificateStanding::late || by_main_clock == CertificateStanding::not_revoked;
    for (std::size_t i = 0; i < group.restraints.size(); ++i) {
      if (!group.restraints[i].is_on_all && !group.restraints[i].on.has(row, precertificate)) continue;
      ++tally.restrained[i];
      if (is_late) ++tally.restrained_late[i];
    }
  }
  if (!is_asked_for && !groups.empty()) ++not_asked_for_;
  if (requires_reasons_) check_reasons(row, groups, seen);
}

void RevocationTally::judge_for_candidates(const ListRow& row) {
  const Grouping& grouping = *options_->grouping;
  for (const std::uint32_t index : grouping.candidates()) {
    if (!grouping.shares(index, file_)) continue;
    const CertificateGroup& group = grouping.groups()[index];
    ++candidates_[index].rows;
    for (std::size_t i = 0; i < group.clocks.size(); ++i) {
      Elapsed lateness;
      const CertificateStanding standing = judge(row, group.clocks[i], options_->as_of, lateness);
      if (outcome_of(standing) != Outcome::missed) ++candidates_[index].perhaps_kept[i];
    }
  }
}

// Nothing is published before it is so: what is revoked late, or not at all, is published late. Of what is revoked in time only
// CRLs and answers tell it.
void RevocationTally::judge_publications(const ListRow& row, const CertificateGroup& group, const SeenBy& seen,
                                         GroupTally& tally) const {
  const bool is_shown = seen.revoked[0] || seen.revoked[1];
  for (std::size_t i = 0; i < group.publications.size(); ++i) {
    const RevocationClock& clock = group.publications[i];
    Elapsed lateness;
    Doubt doubt{};
    CertificateStanding standing = judge(row, clock, options_->as_of, seen.instead, lateness, doubt);
    const bool is_untold = standing == CertificateStanding::met &&
                           !(is_shown && published(row, clock, seen.revoked, options_->as_of) == Publication::in_time);
    if (is_untold) standing = CertificateStanding::undetermined, doubt = Doubt::publication_untold;
    if (standing == CertificateStanding::late) lateness.most = unbounded;
    tally.publications[i].add(standing, lateness, doubt, row, options_->as_of, options_->kept);
  }
}

FigureBits RevocationTally::count_figures(const ListRow& row, Groups groups) {
  FigureBits bits;
  const auto is_in = [&groups](int group) {
    return std::find(groups.begin(), groups.end(), static_cast<std::uint32_t>(group)) != groups.end();
  };
  // One of which nobody says whose it is may be of every group.
  const int mixed = options_->grouping->mixed();
  const bool is_mixed = mixed != none && is_in(mixed);
  for (std::size_t i = 0; i < figures_.size(); ++i) {
    const ToldFigure& figure = options_->figures[i];
    const bool is_among = figure.group == none || is_in(figure.group), may_be_among = is_among || is_mixed;
    const auto [least, most] = counted(row, figure, options_->as_of);
    figures_[i].least += least && is_among ? 1 : 0;
    figures_[i].most += most && may_be_among ? 1 : 0;
    if (i < FigureBits::revoked_now) bits.set(i, {least, most}, {is_among, may_be_among});
  }
  ToldFigure now;
  now.what = ToldFigure::What::revoked;
  now.at = Bounds::exact(options_->as_of);
  const auto [least, most] = counted(row, now, options_->as_of);
  const bool is_asked_for =
      std::any_of(groups.begin(), groups.end(), [this](std::uint32_t group) { return options_->grouping->is_selected(group); });
  bits.set(FigureBits::revoked_now, {least, most}, {is_asked_for, is_asked_for});
  return bits;
}

void RevocationTally::disagree(Disagreement what, Channel channel, const ListRow& row, const SeenRevocation* seen,
                               const std::vector<CrlReason>& required) {
  std::uint64_t& count = disagreements_[static_cast<std::size_t>(channel)][static_cast<std::size_t>(what)];
  if (count++ >= options_->kept) return;
  DisagreeingRow& kept = disagreeing_.emplace_back();
  kept.what = what;
  kept.channel = channel;
  kept.line = row.line;
  kept.said = row.revocation_date;
  kept.said_reason = row.reason;
  kept.required = required;
  if (seen == nullptr) return;
  kept.listed = seen->revoked;
  kept.listed_reason = seen->reason;
  kept.after = what == Disagreement::back_dated ? seen->clear : seen->after;
}

void RevocationTally::FirstShown::add(const FirstShown& other) {
  if (other.count == 0) return;
  after = count == 0 ? other.after : std::min(after, other.after);  // nothing is the least
  count += other.count;
}

namespace {

// A key compromise may be dated back, and amend the date and reason of a revocation: its date does not tell when the CA acted.
bool may_be_compromise(const SeenRevocation& seen, Channel channel) {
  return told_reason(seen, channel).value_or(CrlReason::key_compromise) == CrlReason::key_compromise;
}

// As the row tells it where an answer leaves it out.
bool is_compromise(const ListRow& row, const SeenRevocation& seen, Channel channel) {
  return may_be_compromise(seen, channel) && (seen.reason ? seen.reason : row.reason) == CrlReason::key_compromise;
}

bool may_be_dated_back(const ListRow& row, const SeenRevocations& seen) {
  return row.reason == CrlReason::key_compromise || std::any_of(seen.begin(), seen.end(), [](const auto& each) {
           return each && each->reason == CrlReason::key_compromise;
         });
}

// Whether date and reason were amended for a key compromise: by the other channel as of then, or after it.
bool is_amended(const ListRow& row, const SeenRevocations& all, Channel channel, Instant as_of) {
  const Channel other = channel == Channel::crls ? Channel::answers : Channel::crls;
  const SeenRevocation& seen = *all[static_cast<std::size_t>(channel)];
  const auto& newer = all[static_cast<std::size_t>(other)];
  if (seen.told > as_of)
    return row.revocation_date && seen.revoked <= row.revocation_date->last && may_be_compromise(seen, channel);
  return newer && newer->told >= seen.told && newer->told <= last_word(row, as_of) && is_compromise(row, *newer, other) &&
         newer->revoked <= seen.revoked && (newer->revoked < seen.revoked || !is_compromise(row, seen, channel));
}

}  // namespace

void RevocationTally::compare(const ListRow& row, const StatusEvidence::Issuer& issuer, SeenBy& seen) {
  const StatusEvidence& evidence = *options_->evidence;
  const bool is_claimed = says_revoked(row, options_->as_of) == Truth::yes;
  const Instant since = may_be_dated_back(row, seen.revoked) ? options_->as_of : open_past;
  if (const auto& on_crls = seen.revoked[0]) {
    first_shown_[on_crls->first_shown].add({1, on_crls->after});
    compare(row, issuer, seen, Channel::crls);
  } else if (is_claimed && evidence.is_surely_missing(row, issuer, since)) {
    seen.instead[0].emplace();
    disagree(Disagreement::not_listed, Channel::crls, row, nullptr);
  } else if (is_claimed) {
    compare_hold(row, evidence.held_on_crls(row, issuer, since), seen, Channel::crls);
  }
  if (!evidence.has_answers()) return;
  if (seen.revoked[1]) return compare(row, issuer, seen, Channel::answers);
  if (!is_claimed || !row.revocation_date) return;
  const auto good = evidence.last_good(row, issuer);
  if (good && std::max(unrounded(*row.revocation_date).last, since) < *good) {
    seen.instead[1].emplace();
    return disagree(Disagreement::not_listed, Channel::answers, row, nullptr);
  }
  compare_hold(row, evidence.held_in_answers(row, issuer, since), seen, Channel::answers);
}

void RevocationTally::compare(const ListRow& row, const StatusEvidence::Issuer& issuer, SeenBy& all, Channel channel) {
  const std::size_t index = static_cast<std::size_t>(channel);
  const SeenRevocation& seen = *all.revoked[index];
  std::optional<Instead>& instead = all.instead[index];
  ++listed_[index];
  if (seen.is_gone) disagree(Disagreement::gone, channel, row, &seen);
  if (seen.clear && seen.revoked < *seen.clear) {
    // Whatever it is dated, it was not revoked by then.
    instead = Instead{Bounds{*seen.clear, std::max(*seen.clear, seen.by)}};
    disagree(Disagreement::back_dated, channel, row, &seen);
    if (is_compromise(row, seen, channel)) ++back_dated_for_compromise_[index];
  }
  // A row that says nothing, or nothing that can be read, contradicts nothing.
  if (row.claim == Claim::nothing) return;
  const Instant as_of = options_->as_of;
  // Of a revocation that is told afterwards its date tells that it was one by then, unless it may be dated back, or is.
  const auto was_revoked = [&] {
    return seen.told <= as_of || (seen.revoked <= as_of && !may_be_compromise(seen, channel) &&
                                  !options_->evidence->may_be_younger(seen, row, issuer, as_of));
  };
  const Truth says = says_revoked(row, as_of);
  if (says != Truth::yes && !was_revoked()) return;
  const auto contradict = [&](Disagreement what) {
    if (!instead) instead = Instead{Bounds::exact(seen.revoked)};
    disagree(what, channel, row, &seen);
  };
  // A plan that came true to the day contradicts nothing.
  const bool is_plan_kept = row.claim == Claim::planned && row.revocation_date && !date_differs(row, seen);
  if (says == Truth::no && !is_plan_kept) return contradict(Disagreement::listed);
  if (is_amended(row, all.revoked, channel, as_of)) return;
  if (date_differs(row, seen)) contradict(Disagreement::date_differs);
  if (reason_differs(row, seen, channel)) disagree(Disagreement::reason_differs, channel, row, &seen);
}

namespace {

SeenRevocation hold_since(Instant since) {
  SeenRevocation hold;
  hold.revoked = since;
  hold.reason = CrlReason::certificate_hold;
  return hold;
}

}  // namespace

// Nobody revoked by that who put it on hold.
void RevocationTally::compare_hold(const ListRow& row, const std::optional<Instant>& since, SeenBy& seen, Channel channel) {
  if (!since) return;
  seen.held_since[static_cast<std::size_t>(channel)] = since;
  const SeenRevocation hold = hold_since(*since);
  if (!row.reason) return;
  seen.instead[static_cast<std::size_t>(channel)].emplace();
  disagree(Disagreement::reason_differs, channel, row, &hold);
}

namespace {

Instant first_start(const CertificateGroup& group) {
  Instant first = open_future;
  for (const RevocationClock& each : group.clocks) first = std::min(first, each.start.first);
  return group.clocks.empty() ? open_past : first;
}

}  // namespace

// The reason code that the asserted reasons to revoke ask for, where all of them ask for one from that day on.
void RevocationTally::check_reasons(const ListRow& row, std::span<const std::uint32_t> groups, const SeenBy& seen) {
  std::vector<CrlReason>& allowed = allowed_;
  allowed.clear();
  Instant from = open_past;
  for (const std::uint32_t index : groups) {
    const CertificateGroup& group = options_->grouping->groups()[index];
    if (group.reasons.empty() || group.reasons_are_contested) return;
    allowed.insert(allowed.end(), group.reasons.begin(), group.reasons.end());
    // What was revoked before the reason was known was revoked for another.
    from = std::max({from, group.reasons_from, first_start(group)});
  }
  if (allowed.empty()) return;
  const auto is_wrong = [&](Instant revoked, CrlReason reason) {
    return revoked >= from && std::find(allowed.begin(), allowed.end(), reason) == allowed.end();
  };
  const auto check = [&](const SeenRevocation& each, Channel channel) {
    const auto reason = told_reason(each, channel);
    if (!reason || !is_wrong(each.revoked, *reason)) return;
    const bool is_none = *reason == CrlReason::unspecified;
    disagree(is_none ? Disagreement::missing_reason : Disagreement::wrong_reason, channel, row, &each, allowed);
  };
  for (const Channel channel : {Channel::crls, Channel::answers}) {
    const auto& revoked = seen.revoked[static_cast<std::size_t>(channel)];
    const auto& held_since = seen.held_since[static_cast<std::size_t>(channel)];
    if (held_since) check(hold_since(*held_since), channel);
    else if (revoked && !is_amended(row, seen.revoked, channel, options_->as_of)) check(*revoked, channel);
  }
  const bool is_claimed = says_revoked(row, options_->as_of) == Truth::yes;
  if (is_claimed && row.reason && row.revocation_date && is_wrong(row.revocation_date->first, *row.reason))
    disagree(Disagreement::claimed_reason, Channel::crls, row, nullptr, allowed);
}

void RevocationTally::append(const RowSum& other, std::uint32_t file, std::uint64_t lines_before) {
  const auto& later_rows = static_cast<const RevocationTally&>(other);
  rows_ += later_rows.rows_;
  silent_ += later_rows.silent_;
  nameless_ += later_rows.nameless_;
  pairs_ += later_rows.pairs_;
  only_precertificates_ += later_rows.only_precertificates_;
  of_other_issuers_ += later_rows.of_other_issuers_;
  of_unsure_issuers_ += later_rows.of_unsure_issuers_;
  without_serial_ += later_rows.without_serial_;
  not_asked_for_ += later_rows.not_asked_for_;
  for (std::size_t i = 0; i < claims_.size(); ++i) claims_[i] += later_rows.claims_[i];
  auto had = disagreements_;
  for (std::size_t channel = 0; channel < channel_count; ++channel) {
    listed_[channel] += later_rows.listed_[channel];
    back_dated_for_compromise_[channel] += later_rows.back_dated_for_compromise_[channel];
    for (std::size_t i = 0; i < disagreement_count; ++i) disagreements_[channel][i] += later_rows.disagreements_[channel][i];
  }
  of_unknown_kind_ += later_rows.of_unknown_kind_;
  issued_.append(later_rows.issued_, file, lines_before);
  for (std::size_t i = 0; i < groups_.size(); ++i) groups_[i].append(later_rows.groups_[i], file, lines_before, options_->kept);
  for (std::size_t i = 0; i < candidates_.size(); ++i) {
    candidates_[i].rows += later_rows.candidates_[i].rows;
    for (std::size_t k = 0; k < candidates_[i].perhaps_kept.size(); ++k)
      candidates_[i].perhaps_kept[k] += later_rows.candidates_[i].perhaps_kept[k];
  }
  for (std::size_t i = 0; i < figures_.size(); ++i) figures_[i].add(later_rows.figures_[i]);
  for (std::size_t i = 0; i < first_shown_.size(); ++i) first_shown_[i].add(later_rows.first_shown_[i]);
  serial_rows_.append(later_rows.serial_rows_, file, lines_before);
  for (std::size_t i = 0; i < extracts_.size(); ++i) options_->extracts[i].sink(later_rows.extracts_[i].placed(lines_before));
  for (DisagreeingRow each : later_rows.disagreeing_) {
    if (had[static_cast<std::size_t>(each.channel)][static_cast<std::size_t>(each.what)]++ >= options_->kept) continue;
    each.file = file;
    each.line += lines_before;
    disagreeing_.push_back(each);
  }
}

}  // namespace cita::evidence
