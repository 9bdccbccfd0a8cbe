#include <cita/evidence/status_evidence.hpp>

#include <algorithm>
#include <tuple>

namespace cita::evidence {

std::size_t StatusEvidence::issuer_called(const IssuerName& name) {
  const auto found = std::find_if(issuers_.begin(), issuers_.end(), [&](const KnownIssuer& each) { return each.name == name; });
  if (found != issuers_.end()) return static_cast<std::size_t>(found - issuers_.begin());
  issuers_.push_back({name, {}, false});
  return issuers_.size() - 1;
}

void StatusEvidence::add(Crl crl, std::string key) {
  const IssuerName name = IssuerName::of_der(crl.outline().issuer);
  CrlScope scope = scope_of(crl.outline());
  if (key.empty()) key = scope.key;
  add_key({name, key});
  crls_.push_back({std::move(crl), std::move(scope), std::move(key), issuer_called(name)});
}

void StatusEvidence::add(const OcspReading& reading) {
  const std::size_t issuer = issuer_called(reading.issuer);
  for (const OcspAnswer& each : reading.answers) answers_[each.serial].push_back({issuer, reading.produced_at, each});
}

void StatusEvidence::finish() {
  for (KnownIssuer& each : issuers_) {
    each.is_left_out = std::find(left_out_.begin(), left_out_.end(), each.name) != left_out_.end();
    for (const auto& [name, key] : keys_)
      if (name == each.name && std::find(each.keys.begin(), each.keys.end(), key) == each.keys.end()) each.keys.push_back(key);
  }
  std::stable_sort(crls_.begin(), crls_.end(),
                   [](const Held& a, const Held& b) { return is_before(a.crl.outline(), b.crl.outline()); });
  for (auto& [serial, all] : answers_)
    std::stable_sort(all.begin(), all.end(), [](const HeldAnswer& a, const HeldAnswer& b) {
      const auto order = [](const HeldAnswer& of) {
        return std::tie(of.answer.this_update, of.produced, of.answer.status, of.answer.revoked, of.answer.reason);
      };
      return order(a) < order(b);
    });
}

const StatusEvidence::Issuer& StatusEvidence::issuer_of(const ListRow& row, Memory& memory) const {
  const std::string_view written = row.written(Column::issuer);
  auto& near = memory.near_[keyed_hash(written, usual_hash_key) % memory.near_.size()];
  if (near != nullptr && near->first == written) return near->second;
  auto found = memory.issuers_.find(std::string(written));
  if (found == memory.issuers_.end())
    found = memory.issuers_.emplace(written, issuer_named(IssuerName::of_text(row.text(Column::issuer)))).first;
  near = &*found;
  return found->second;
}

// The only one counts that the row surely names; else the only one that it may name. An answer of which nobody knows whose
// certificates it speaks of counts where there is one issuer at most.
StatusEvidence::Issuer StatusEvidence::issuer_named(const IssuerName& name) const {
  std::vector<Truth> is_of;
  std::size_t named = 0, surely = 0, maybe = 0;
  for (const KnownIssuer& each : issuers_) {
    is_of.push_back(name.is_empty() || each.name.is_empty() ? Truth::unknown : is_same(name, each.name));
    if (each.name.is_empty()) continue;
    ++named;
    surely += is_of.back() == Truth::yes ? 1 : 0;
    maybe += is_of.back() != Truth::no ? 1 : 0;
  }
  Issuer issuer;
  issuer.is_sure = surely == 1;
  issuer.is_another = std::count(is_of.begin(), is_of.end(), Truth::no) == static_cast<std::ptrdiff_t>(is_of.size());
  for (std::size_t i = 0; i < issuers_.size(); ++i) {
    const bool is_only = issuer.is_sure ? is_of[i] == Truth::yes : maybe == 1 && is_of[i] != Truth::no;
    issuer.counts.push_back(issuers_[i].name.is_empty() ? named <= 1 : is_only);
  }
  return issuer;
}

bool StatusEvidence::has_one_key(const Issuer& issuer) const {
  for (std::size_t i = 0; i < issuers_.size(); ++i)
    if (issuer.counts[i] && (issuers_[i].keys.size() > 1 || issuers_[i].is_left_out)) return false;
  return true;
}

void StatusEvidence::prefetch(const ListRow& row, const Issuer& issuer, unsigned step) const {
  if (!row.serial) return;
  for (const Held& each : crls_) {
    if (!issuer.counts[each.issuer]) continue;
    if (step == 0) each.crl.prefetch(row.serial->bytes());
    else each.crl.prefetch_entry(row.serial->bytes());
  }
}

namespace {

bool is_on_hold(const std::optional<CrlReason>& reason) { return reason == CrlReason::certificate_hold; }

// What a delta CRL takes from the list is not on it.
bool shows_revocation(const std::optional<CrlEntry>& entry) {
  return entry && !is_on_hold(entry->reason) && entry->reason != CrlReason::remove_from_crl;
}

// A serial number of decimal digits alone may be one in decimal.
bool may_be_decimal(const Serial& serial) {
  const std::string_view octets = serial.bytes();
  return std::all_of(octets.begin(), octets.end(), [](char c) {
    const auto octet = static_cast<unsigned char>(c);
    return octet >> 4U < 10 && (octet & 15U) < 10;
  });
}

}  // namespace

std::optional<SeenRevocation> StatusEvidence::on_crls(const ListRow& row, const Issuer& issuer) const {
  if (!row.serial) return std::nullopt;
  bool was_on_hold = false;
  for (std::size_t i = 0; i < crls_.size(); ++i) {
    const Held& first = crls_[i];
    if (!issuer.counts[first.issuer]) continue;
    const auto entry = first.crl.find(row.serial->bytes());
    was_on_hold = was_on_hold || (entry && is_on_hold(entry->reason));
    if (!shows_revocation(entry)) continue;
    SeenRevocation seen{entry->revoked, entry->reason, std::nullopt, first.crl.made(), static_cast<std::uint32_t>(i),
                        entry->revoked, false,         was_on_hold};
    for (std::size_t k = i; k-- > 0 && !first.scope.is_delta && !seen.after;)
      if (crls_[k].covers_as(first) && crls_[k].issued() < first.issued()) seen.after = crls_[k].issued();
    look_at_later_crls(i, row, seen);
    return seen;
  }
  return std::nullopt;
}

void StatusEvidence::look_at_later_crls(std::size_t first, const ListRow& row, SeenRevocation& seen) const {
  const std::string_view serial = row.serial->bytes();
  for (std::size_t k = first + 1; k < crls_.size(); ++k) {
    const Held& held = crls_[k];
    if (held.issuer != crls_[first].issuer) continue;
    const auto later = held.crl.find(serial);
    if (shows_revocation(later)) {
      // The date and the reason may be amended: the last word counts.
      seen.revoked = later->revoked;
      seen.reason = later->reason;
      seen.first_dated = std::min(seen.first_dated, later->revoked);
    } else if (later) {
      seen.is_gone = seen.is_gone || later->reason == CrlReason::remove_from_crl;
    } else if (!crls_[first].scope.is_delta && held.covers_as(crls_[first]) && held.issued() > crls_[first].issued()) {
      // An expired certificate may leave the CRL.
      const bool is_due = row.not_after && row.not_after->first > held.issued();
      seen.is_gone = seen.is_gone || (is_due && !is_elsewhere(k, first, serial));
    }
  }
}

// Whether another CRL of the same time shows it, or a later one of other certificates, to which it may have moved.
bool StatusEvidence::is_elsewhere(std::size_t missing, std::size_t first, std::string_view serial) const {
  const Held& from = crls_[missing];
  for (std::size_t k = first + 1; k < crls_.size(); ++k) {
    const Held& to = crls_[k];
    const bool is_near = to.issued() == from.issued() || (to.issued() > from.issued() && !to.covers_as(from));
    if (to.issuer == from.issuer && is_near && shows_revocation(to.crl.find(serial))) return true;
  }
  return false;
}

bool StatusEvidence::is_surely_missing(const ListRow& row, const Issuer& issuer) const {
  if (!row.serial || !row.not_after || !row.revocation_date || !issuer.is_sure || may_be_decimal(*row.serial)) return false;
  const Instant revoked = unrounded(*row.revocation_date).last;
  std::vector<std::string_view> silent;  // keys whose CRLs had to show it
  std::size_t keys = 0;
  for (std::size_t i = 0; i < issuers_.size(); ++i) {
    if (!issuer.counts[i]) continue;
    if (issuers_[i].is_left_out) return false;
    keys += issuers_[i].keys.size();
  }
  for (const Held& each : crls_) {
    if (!issuer.counts[each.issuer]) continue;
    if (!each.crl.is_complete() || each.scope.is_delta || !each.scope.distribution_point.empty()) return false;
    if (each.crl.find(row.serial->bytes())) return false;
    // An expired certificate leaves the CRL, so one that may have expired says nothing.
    if (each.key.empty()) return false;
    const bool had_to_show = revoked <= each.issued() && row.not_after->first > each.issued();
    if (had_to_show && std::find(silent.begin(), silent.end(), each.key) == silent.end()) silent.push_back(each.key);
  }
  return !silent.empty() && silent.size() == keys;
}

std::span<const StatusEvidence::HeldAnswer> StatusEvidence::answers_of(const ListRow& row) const {
  if (!row.serial || answers_.empty()) return {};
  const auto found = answers_.find(std::string(row.serial->bytes()));
  return found == answers_.end() ? std::span<const HeldAnswer>() : found->second;
}

std::optional<SeenRevocation> StatusEvidence::in_answers(const ListRow& row, const Issuer& issuer) const {
  std::optional<SeenRevocation> seen;
  const OcspAnswer* first = nullptr;
  bool was_on_hold = false;
  const auto all = answers_of(row);
  for (const auto& [of, produced, answer] : all) {
    if (!issuer.counts[of]) continue;
    if (answer.status == OcspStatus::good && first != nullptr && answer.issuer_key == first->issuer_key &&
        answer.this_update > first->this_update)
      seen->is_gone = true;
    was_on_hold = was_on_hold || (answer.status == OcspStatus::revoked && is_on_hold(answer.reason));
    if (answer.status != OcspStatus::revoked || is_on_hold(answer.reason)) continue;
    // What an answer says was so when it says, and was published when it was made.
    const Instant published = std::max(produced, *answer.revoked);
    if (first != nullptr) {
      seen->revoked = *answer.revoked;
      seen->reason = answer.reason;
      seen->first_dated = std::min(seen->first_dated, *answer.revoked);
      seen->by = std::min(seen->by, published);
      continue;
    }
    first = &answer;
    seen = SeenRevocation{*answer.revoked, answer.reason, std::nullopt, published, 0, *answer.revoked, false, was_on_hold};
    for (const auto& [before_of, before_produced, before] : all)
      if (issuer.counts[before_of] && before.status == OcspStatus::good && before.issuer_key == first->issuer_key &&
          before.this_update < first->this_update)
        seen->after = before.this_update;
  }
  return seen;
}

std::optional<Instant> StatusEvidence::last_good(const ListRow& row, const Issuer& issuer) const {
  if (!row.serial || !issuer.is_sure || may_be_decimal(*row.serial) || !has_one_key(issuer)) return std::nullopt;
  std::optional<Instant> good;
  for (const auto& [of, produced, answer] : answers_of(row))
    if (answer.status == OcspStatus::good && issuer.counts[of] && !issuers_[of].name.is_empty() &&
        (!row.not_after || row.not_after->first > answer.this_update))
      good = answer.this_update;
  return good;
}

}  // namespace cita::evidence
