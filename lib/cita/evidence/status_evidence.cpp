#include <cita/evidence/der.hpp>
#include <cita/evidence/status_evidence.hpp>

#include <algorithm>

namespace cita::evidence {

namespace {

// The keyIdentifier of an AuthorityKeyIdentifier, as an extension's value.
std::string key_of(std::string_view value) {
  constexpr std::uint8_t key_identifier = 0x80;
  der::take(value, der::boolean);
  const auto octets = der::take(value, der::octet_string);
  std::string_view inside = octets ? octets->content : std::string_view();
  const auto identifier = der::take(inside, der::sequence);
  std::string_view parts = identifier ? identifier->content : std::string_view();
  const auto key = der::take(parts, key_identifier);
  return key ? std::string(key->content) : std::string();
}

}  // namespace

CrlScope scope_of(const CrlOutline& crl) {
  constexpr std::uint8_t extensions = 0xA0;
  constexpr std::string_view distribution_point = "\x55\x1D\x1C", delta = "\x55\x1D\x1B", authority_key = "\x55\x1D\x23";
  CrlScope scope;
  std::string_view part = crl.signed_part;
  const auto whole = der::take(part, der::sequence);
  std::string_view rest = whole ? whole->content : std::string_view(), all;
  while (const auto value = der::take(rest))
    if (value->tag == extensions) all = value->content;
  const auto list = der::take(all, der::sequence);
  std::string_view left = list ? list->content : std::string_view();
  while (const auto extension = der::take(left, der::sequence)) {
    std::string_view inside = extension->content;
    const auto name = der::take(inside, der::object_identifier);
    if (name && name->content == distribution_point) scope.distribution_point = extension->whole;
    if (name && name->content == delta) scope.is_delta = true;
    if (name && name->content == authority_key) scope.key = key_of(inside);
  }
  return scope;
}

std::size_t StatusEvidence::issuer_called(const IssuerName& name) {
  const auto found = std::find(issuers_.begin(), issuers_.end(), name);
  if (found != issuers_.end()) return static_cast<std::size_t>(found - issuers_.begin());
  issuers_.push_back(name);
  return issuers_.size() - 1;
}

void StatusEvidence::add(Crl crl) {
  const std::size_t issuer = issuer_called(IssuerName::of_der(crl.outline().issuer));
  CrlScope scope = scope_of(crl.outline());
  crls_.push_back({std::move(crl), std::move(scope), issuer});
}

void StatusEvidence::add(const OcspReading& reading) {
  const std::size_t issuer = issuer_called(reading.issuer);
  for (const OcspAnswer& each : reading.answers) answers_[each.serial].push_back({issuer, each});
}

void StatusEvidence::finish() {
  std::stable_sort(crls_.begin(), crls_.end(), [](const Held& a, const Held& b) { return a.issued() < b.issued(); });
  for (auto& [serial, all] : answers_)
    std::stable_sort(all.begin(), all.end(),
                     [](const HeldAnswer& a, const HeldAnswer& b) { return a.answer.this_update < b.answer.this_update; });
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

// Of several issuers only the one counts that the row surely names. A single one counts unless the row surely names another,
// and so does an answer of which nobody knows whose certificates it speaks of.
StatusEvidence::Issuer StatusEvidence::issuer_named(const IssuerName& name) const {
  std::vector<Truth> is_of;
  is_of.reserve(issuers_.size());
  for (const IssuerName& each : issuers_)
    is_of.push_back(name.is_empty() || each.is_empty() ? Truth::unknown : is_same(name, each));
  const bool is_sure = std::count(is_of.begin(), is_of.end(), Truth::yes) == 1;
  const auto is_named = [](const IssuerName& each) { return !each.is_empty(); };
  const bool is_single = std::count_if(issuers_.begin(), issuers_.end(), is_named) <= 1;
  Issuer issuer;
  for (std::size_t i = 0; i < issuers_.size(); ++i)
    issuer.counts.push_back(is_sure && is_named(issuers_[i]) ? is_of[i] == Truth::yes : is_single && is_of[i] != Truth::no);
  return issuer;
}

void StatusEvidence::prefetch(const ListRow& row, const Issuer& issuer, unsigned step) const {
  if (!row.serial) return;
  for (const Held& each : crls_) {
    if (!issuer.counts[each.issuer]) continue;
    if (step == 0) each.crl.prefetch(row.serial->bytes());
    else each.crl.prefetch_entry(row.serial->bytes());
  }
}

std::optional<SeenRevocation> StatusEvidence::on_crls(const ListRow& row, const Issuer& issuer) const {
  if (!row.serial) return std::nullopt;
  for (std::size_t i = 0; i < crls_.size(); ++i) {
    const Held& first = crls_[i];
    if (!issuer.counts[first.issuer]) continue;
    const auto entry = first.crl.find(row.serial->bytes());
    // What a delta CRL takes from the list is not on it.
    if (!entry || entry->reason == CrlReason::remove_from_crl) continue;
    SeenRevocation seen{entry->revoked, entry->reason, std::nullopt, first.issued(), static_cast<std::uint32_t>(i), false};
    for (std::size_t k = i; k-- > 0 && !first.scope.is_delta && !seen.after;)
      if (crls_[k].covers_as(first) && crls_[k].issued() < seen.by) seen.after = crls_[k].issued();
    look_at_later_crls(i, row, seen);
    return seen;
  }
  return std::nullopt;
}

void StatusEvidence::look_at_later_crls(std::size_t first, const ListRow& row, SeenRevocation& seen) const {
  for (std::size_t k = first + 1; k < crls_.size(); ++k) {
    if (crls_[k].issuer != crls_[first].issuer) continue;
    const auto later = crls_[k].crl.find(row.serial->bytes());
    if (later && later->reason != CrlReason::remove_from_crl) {
      // The date and the reason may be amended: the last word counts.
      seen.revoked = later->revoked;
      seen.reason = later->reason;
      continue;
    }
    // An expired certificate may leave the CRL.
    const bool is_due = !crls_[first].scope.is_delta && crls_[k].covers_as(crls_[first]) && row.not_after &&
                        row.not_after->first > crls_[k].issued();
    seen.is_gone = seen.is_gone || later || is_due;
  }
}

bool StatusEvidence::is_surely_missing(const ListRow& row, const Issuer& issuer) const {
  if (!row.serial || !row.not_after || !row.revocation_date) return false;
  // An expired certificate leaves the CRL, so one that may have expired says nothing.
  const auto would_show = [&row](const Held& each) {
    return row.revocation_date->last <= each.issued() && row.not_after->first > each.issued();
  };
  bool has_any = false;
  for (const Held& each : crls_) {
    if (!issuer.counts[each.issuer]) continue;
    if (!each.crl.is_complete() || each.scope.is_delta || !each.scope.distribution_point.empty()) return false;
    if (std::none_of(crls_.begin(), crls_.end(), [&](const Held& other) { return other.covers_as(each) && would_show(other); }))
      return false;
    has_any = true;
  }
  return has_any;
}

std::span<const StatusEvidence::HeldAnswer> StatusEvidence::answers_of(const ListRow& row) const {
  if (!row.serial || answers_.empty()) return {};
  const auto found = answers_.find(std::string(row.serial->bytes()));
  return found == answers_.end() ? std::span<const HeldAnswer>() : found->second;
}

std::optional<SeenRevocation> StatusEvidence::in_answers(const ListRow& row, const Issuer& issuer) const {
  std::optional<SeenRevocation> seen;
  std::string_view key;
  const auto all = answers_of(row);
  for (const auto& [of, answer] : all) {
    if (!issuer.counts[of]) continue;
    if (answer.status == OcspStatus::good && seen && answer.issuer_key == key) seen->is_gone = true;
    if (answer.status != OcspStatus::revoked) continue;
    if (seen) {
      seen->revoked = *answer.revoked;
      seen->reason = answer.reason;
      continue;
    }
    key = answer.issuer_key;
    seen = SeenRevocation{*answer.revoked, answer.reason, std::nullopt, answer.this_update, 0, false};
    for (const auto& [before_of, before] : all)
      if (issuer.counts[before_of] && before.status == OcspStatus::good && before.issuer_key == key &&
          before.this_update < seen->by)
        seen->after = before.this_update;
  }
  return seen;
}

std::optional<Instant> StatusEvidence::last_good(const ListRow& row, const Issuer& issuer) const {
  std::optional<Instant> good;
  for (const auto& [of, answer] : answers_of(row))
    if (answer.status == OcspStatus::good && issuer.counts[of] && (!row.not_after || row.not_after->first > answer.this_update))
      good = answer.this_update;
  return good;
}

}  // namespace cita::evidence
