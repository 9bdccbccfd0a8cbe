#include <cita/evidence/revocation_tally.hpp>

#include <algorithm>
#include <limits>

namespace cita::evidence {

namespace {

constexpr std::array<std::string_view, standing_count> standing_names{
    "met", "late", "not revoked", "expired before the deadline", "planned", "running", "undetermined"};
constexpr std::array<std::string_view, disagreement_count> disagreement_names{
    "said to be revoked, and on no CRL", "on a CRL, and not said to be revoked", "another date than on the CRL",
    "another reason than on the CRL", "dated before a CRL that does not list it"};

// A date of certificates has a year below 10000, so 32 bits of seconds hold what is late by less than 136 years.
std::uint32_t stored(Seconds lateness) {
  return static_cast<std::uint32_t>(std::clamp<std::int64_t>(lateness.count(), 0, std::numeric_limits<std::uint32_t>::max()));
}

std::uint32_t nth(std::vector<std::uint32_t> values, std::size_t rank) {
  std::nth_element(values.begin(), values.begin() + static_cast<std::ptrdiff_t>(rank), values.end());
  return values[rank];
}

bool later(const LateCertificate& a, const LateCertificate& b) {
  if (a.least != b.least) return a.least > b.least;
  if (a.most != b.most) return a.most > b.most;
  return std::pair(a.file, a.line) < std::pair(b.file, b.line);
}

}  // namespace

std::string_view name(CertificateStanding standing) { return standing_names[static_cast<std::size_t>(standing)]; }
std::string_view name(Disagreement disagreement) { return disagreement_names[static_cast<std::size_t>(disagreement)]; }

Bounds last_on_time(const Limit& limit, const Moment& clock) {
  const auto due = deadline(limit, clock);
  return due ? Bounds{due->earliest(), due->latest()} : Bounds{};
}

CertificateStanding judge(const ListRow& row, const Bounds& last_on_time, Instant as_of, Elapsed& lateness) {
  // One that was issued after the deadline has a clock of its own.
  if (row.not_before && row.not_before->last > last_on_time.first) return CertificateStanding::undetermined;
  const bool surely_expired = row.not_after && row.not_after->last <= last_on_time.first;
  const bool maybe_expired = !row.not_after || row.not_after->first <= last_on_time.last;
  if (row.claim == Claim::revoked) {
    const Bounds told = row.revocation_date.value_or(Bounds{});
    // It is revoked, so that was not after as-of; a date that is to come contradicts it.
    if (told.first > as_of) return CertificateStanding::undetermined;
    const Bounds revoked{told.first, std::min(told.last, as_of)};
    if (revoked.last <= last_on_time.first) return CertificateStanding::met;
    if (surely_expired)
      return revoked.first > last_on_time.last ? CertificateStanding::expired : CertificateStanding::undetermined;
    if (revoked.first <= last_on_time.last || (row.not_after && maybe_expired)) return CertificateStanding::undetermined;
    lateness = {revoked.first - last_on_time.last, revoked.last - last_on_time.first};
    return CertificateStanding::late;
  }
  if (row.claim == Claim::nothing) return surely_expired ? CertificateStanding::expired : CertificateStanding::undetermined;
  if (surely_expired) return CertificateStanding::expired;
  // Without its end, one that is said to have expired may have done so in time.
  if (row.not_after ? maybe_expired : row.claim == Claim::expired) return CertificateStanding::undetermined;
  if (as_of > last_on_time.last) return CertificateStanding::not_revoked;
  if (as_of > last_on_time.first) return CertificateStanding::undetermined;
  const bool has_plan = row.claim == Claim::planned || row.claim == Claim::delayed;
  return has_plan && row.revocation_date && row.revocation_date->last >= as_of ? CertificateStanding::planned
                                                                               : CertificateStanding::running;
}

void RevocationTally::add(const ListRow& row) {
  ++rows_;
  ++claims_[static_cast<std::size_t>(row.claim)];
  if (row.has_certificate && row.has_precertificate) ++pairs_;
  if (!row.has_certificate && row.has_precertificate) ++only_precertificates_;
  if (const auto& issued = row.not_before) {
    if (!first_issued_ || issued->first < first_issued_->first) first_issued_ = issued;
    if (!last_issued_ || issued->last > last_issued_->last) last_issued_ = issued;
  }
  if (options_->last_on_time) judge_row(row);
  if (options_->crls != nullptr && !options_->crls->empty() && row.serial) compare(row);
}

void RevocationTally::judge_row(const ListRow& row) {
  Elapsed lateness;
  const CertificateStanding standing = judge(row, *options_->last_on_time, options_->as_of, lateness);
  ++standings_[static_cast<std::size_t>(standing)];
  if (standing == CertificateStanding::planned && row.revocation_date->first > options_->last_on_time->last) ++planned_late_;
  if (standing != CertificateStanding::late) return;
  if (most_.empty() && lateness.least != lateness.most) most_ = least_;
  const bool in_bounds = !most_.empty() || lateness.least != lateness.most;
  least_.push_back(stored(lateness.least));
  if (in_bounds) most_.push_back(stored(lateness.most));
  keep_worst({0, row.line, row.digest.value_or(Digest{}), lateness.least, lateness.most});
}

void RevocationTally::keep_worst(const LateCertificate& late) {
  if (worst_.size() == options_->kept && (worst_.empty() || !later(late, worst_.back()))) return;
  worst_.insert(std::upper_bound(worst_.begin(), worst_.end(), late, later), late);
  if (worst_.size() > options_->kept) worst_.pop_back();
}

void RevocationTally::disagree(Disagreement what, const ListRow& row, std::optional<Instant> listed) {
  if (disagreements_[static_cast<std::size_t>(what)]++ < options_->kept) disagreeing_.push_back({what, 0, row.line, listed});
}

void RevocationTally::compare(const ListRow& row) {
  const std::vector<Crl>& crls = *options_->crls;
  std::optional<CrlEntry> entry;
  const Crl* shows = nullptr;
  const Crl* without = nullptr;  // the last complete one before it that does not list it
  bool all_complete = true;
  for (const Crl& crl : crls) {
    all_complete = all_complete && crl.is_complete();
    if (auto found = crl.find(row.serial->bytes())) {
      entry = found;
      shows = &crl;
      break;
    }
    if (crl.is_complete()) without = &crl;
  }
  const bool claimed = row.claim == Claim::revoked;
  if (!entry) {
    // An expired certificate leaves the CRL, so one that may have expired says nothing.
    const bool should_be = row.not_after && row.not_after->first > crls.front().outline().this_update && row.revocation_date &&
                           row.revocation_date->last <= crls.back().outline().this_update;
    if (claimed && all_complete && should_be) disagree(Disagreement::not_listed, row, std::nullopt);
    return;
  }
  ++listed_;
  if (!claimed) return disagree(Disagreement::listed, row, entry->revoked);
  const auto& date = row.revocation_date;
  if (date && (entry->revoked < date->first || entry->revoked > date->last))
    disagree(Disagreement::date_differs, row, entry->revoked);
  if (row.reason && *row.reason != entry->reason.value_or(CrlReason::unspecified))
    disagree(Disagreement::reason_differs, row, entry->revoked);
  if (without != nullptr && without->outline().issuer == shows->outline().issuer &&
      entry->revoked < without->outline().this_update)
    disagree(Disagreement::back_dated, row, entry->revoked);
}

void RevocationTally::append(const RowSum& other, std::uint32_t file, std::uint64_t lines_before) {
  const auto& later_rows = static_cast<const RevocationTally&>(other);
  rows_ += later_rows.rows_;
  planned_late_ += later_rows.planned_late_;
  pairs_ += later_rows.pairs_;
  only_precertificates_ += later_rows.only_precertificates_;
  listed_ += later_rows.listed_;
  std::array<std::uint64_t, disagreement_count> had = disagreements_;
  for (std::size_t i = 0; i < standing_count; ++i) standings_[i] += later_rows.standings_[i];
  for (std::size_t i = 0; i < claims_.size(); ++i) claims_[i] += later_rows.claims_[i];
  for (std::size_t i = 0; i < disagreement_count; ++i) disagreements_[i] += later_rows.disagreements_[i];
  const auto& first = later_rows.first_issued_;
  const auto& last = later_rows.last_issued_;
  if (first && (!first_issued_ || first->first < first_issued_->first)) first_issued_ = first;
  if (last && (!last_issued_ || last->last > last_issued_->last)) last_issued_ = last;
  if (!later_rows.most_.empty() || !most_.empty()) {
    if (most_.empty()) most_ = least_;
    const auto& from = later_rows.most_.empty() ? later_rows.least_ : later_rows.most_;
    most_.insert(most_.end(), from.begin(), from.end());
  }
  least_.insert(least_.end(), later_rows.least_.begin(), later_rows.least_.end());
  for (LateCertificate each : later_rows.worst_) {
    each.file = file;
    each.line += lines_before;
    keep_worst(each);
  }
  for (DisagreeingRow each : later_rows.disagreeing_) {
    if (had[static_cast<std::size_t>(each.what)]++ >= options_->kept) continue;
    each.file = file;
    each.line += lines_before;
    disagreeing_.push_back(each);
  }
}

std::optional<Elapsed> RevocationTally::lateness(unsigned hundredths) const {
  if (least_.empty()) return std::nullopt;
  const std::size_t rank = std::max<std::size_t>(1, (least_.size() * hundredths + 99) / 100) - 1;
  const std::uint32_t least = nth(least_, rank);
  return Elapsed{Seconds{least}, Seconds{most_.empty() ? least : nth(most_, rank)}};
}

}  // namespace cita::evidence
