#include <cita/evidence/status_evidence.hpp>

#include <algorithm>
#include <set>
#include <tuple>

namespace cita::evidence {

std::size_t StatusEvidence::issuer_called(const std::optional<IssuerName>& name) {
  const auto found = std::find_if(issuers_.begin(), issuers_.end(), [&](const KnownIssuer& each) { return each.name == name; });
  if (found != issuers_.end()) return static_cast<std::size_t>(found - issuers_.begin());
  issuers_.push_back({name, {}, false, false});
  return issuers_.size() - 1;
}

void StatusEvidence::add(Crl crl, std::string key) {
  const IssuerName name = IssuerName::of_der(crl.outline().issuer);
  if (key.empty()) key = crl.outline().scope.key;
  if (!key.empty()) add_key({name, key});
  crls_.push_back({std::move(crl), std::move(key), issuer_called(name)});
}

void StatusEvidence::add(const OcspReading& reading) {
  const bool is_verified = reading.check == OcspCheck::good;
  for (const OcspAnswer& each : reading.answers) {
    const std::size_t issuer = issuer_called(is_verified ? std::optional(reading.issuers[each.issuer]) : std::nullopt);
    answers_[each.serial].push_back({issuer, reading.produced_at, each, false});
  }
}

void StatusEvidence::finish() {
  for (KnownIssuer& each : issuers_) each.has_evidence = true;
  // A row may also be of one of whom there is no evidence.
  for (const IssuerKey& each : keys_) issuer_called(each.name);
  for (const IssuerName& each : left_out_) issuer_called(each);
  for (KnownIssuer& each : issuers_) {
    each.is_left_out = std::find(left_out_.begin(), left_out_.end(), each.name) != left_out_.end();
    for (const auto& [name, key] : keys_)
      if (name == each.name && std::find(each.keys.begin(), each.keys.end(), key) == each.keys.end()) each.keys.push_back(key);
  }
  std::stable_sort(crls_.begin(), crls_.end(),
                   [](const Held& a, const Held& b) { return is_before(a.crl.outline(), b.crl.outline()); });
  // Those of one key stand together.
  for (auto& [serial, all] : answers_) {
    std::stable_sort(all.begin(), all.end(), [](const HeldAnswer& a, const HeldAnswer& b) {
      const auto order = [](const HeldAnswer& of) {
        const OcspAnswer& answer = of.answer;
        return std::tie(answer.issuer_key, of.produced, answer.this_update, answer.status, answer.revoked, answer.reason,
                        answer.is_reason_unread);
      };
      return order(a) < order(b);
    });
    find_holds(serial, all);
  }
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

// Whether a row that writes this name is of each issuer. One that has exactly this name is meant where others have more to it.
std::vector<Truth> StatusEvidence::who_is(const IssuerName& name) const {
  // A label that is the common name of one of them does not mean another.
  const auto has_this_name = [&](const KnownIssuer& each) { return each.name && each.name->common_name() == name.common_name(); };
  const auto is_exactly = [&](const KnownIssuer& each) { return each.name && *each.name == name; };
  const bool is_common_name = name.is_label && std::any_of(issuers_.begin(), issuers_.end(), has_this_name);
  const bool is_exact = !name.is_empty() && std::any_of(issuers_.begin(), issuers_.end(), is_exactly);
  std::vector<Truth> all;
  for (const KnownIssuer& each : issuers_) {
    const bool is_other = (is_common_name && !has_this_name(each)) || (is_exact && !is_exactly(each));
    all.push_back(!each.name || name.is_empty() ? Truth::unknown : is_other ? Truth::no : is_same(name, *each.name));
  }
  return all;
}

// The only one counts that the row surely names; else the only one that it may name. An answer of which nobody knows whose
// certificates it speaks of counts where there is one issuer at most.
StatusEvidence::Issuer StatusEvidence::issuer_named(const IssuerName& name) const {
  const std::vector<Truth> is_of = who_is(name);
  std::size_t named = 0, surely = 0, maybe = 0;
  for (std::size_t i = 0; i < issuers_.size(); ++i) {
    if (!issuers_[i].name) continue;
    ++named;
    surely += is_of[i] == Truth::yes ? 1 : 0;
    maybe += is_of[i] != Truth::no ? 1 : 0;
  }
  Issuer issuer;
  issuer.is_sure = surely == 1;
  issuer.is_another = true;
  for (std::size_t i = 0; i < issuers_.size(); ++i) {
    const bool is_only = issuer.is_sure ? is_of[i] == Truth::yes : maybe == 1 && is_of[i] != Truth::no;
    issuer.counts.push_back(issuers_[i].name ? is_only : named <= 1);
    const bool may_be_it = issuer.is_sure && issuers_[i].name ? is_of[i] == Truth::yes : is_of[i] != Truth::no;
    issuer.is_another = issuer.is_another && !(issuers_[i].has_evidence && may_be_it);
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

bool shows_hold(const std::optional<CrlEntry>& entry) { return entry && !entry->is_doubtful && is_on_hold(entry->reason); }

bool shows_removal(const std::optional<CrlEntry>& entry) {
  return entry && !entry->is_doubtful && entry->reason == CrlReason::remove_from_crl;
}

// What a delta CRL takes from the list is not on it.
bool shows_revocation(const std::optional<CrlEntry>& entry) {
  return entry && !entry->is_doubtful && !is_on_hold(entry->reason) && entry->reason != CrlReason::remove_from_crl;
}

// Date and reason may be amended: the last entry or answer has the last word of those whose word was so by then, else the first.
template <class Word>
void amend(SeenRevocation& seen, Instant made, Instant told, const Word& word, Instant revoked, Instant as_of) {
  seen.first_dated = std::min({seen.first_dated, revoked, made});
  const bool is_nearer = told > as_of ? told < seen.told : seen.told > as_of || made >= seen.made;
  if (!is_nearer) return;
  seen.made = made;
  seen.told = told;
  seen.revoked = revoked;
  seen.reason = word.reason;
  seen.is_reason_unread = word.is_reason_unread;
}

// When a row's certificate was revoked, at the latest.
Instant revoked_by(const ListRow& row, Instant since) { return std::max(unrounded(*row.revocation_date).last, since); }

// Whether what says to be of then has to show a certificate that is revoked. One that may have expired when it was made need not
// be shown.
bool is_due(const ListRow& row, Instant then) { return row.not_after && row.not_after->first > then + most_set_back; }

// A serial number of decimal digits alone may be one in decimal.
bool may_be_decimal(const Serial& serial) {
  const std::string_view octets = serial.bytes();
  return std::all_of(octets.begin(), octets.end(), [](char c) {
    const auto octet = static_cast<unsigned char>(c);
    return octet >> 4U < 10 && (octet & 15U) < 10;
  });
}

}  // namespace

std::optional<SeenRevocation> StatusEvidence::on_crls(const ListRow& row, const Issuer& issuer, Instant as_of) const {
  if (!row.serial) return std::nullopt;
  for (std::size_t i = 0; i < crls_.size(); ++i) {
    if (!issuer.counts[crls_[i].issuer]) continue;
    const auto entry = crls_[i].crl.find(row.serial->bytes());
    if (!shows_revocation(entry)) continue;
    SeenRevocation seen;
    seen.key = crls_[i].key;
    seen.by = crls_[i].told(*entry);
    seen.first_shown = static_cast<std::uint32_t>(i);
    seen.first_dated = entry->revoked;
    amend(seen, crls_[i].crl.made(), seen.by, *entry, entry->revoked, open_future);
    look_at_earlier_crls(i, row, seen);
    look_at_later_crls(i, row, as_of, seen);
    return seen;
  }
  return std::nullopt;
}

// That is one of the same time, or, where the other covers some certificates alone, any that it does not cover.
bool StatusEvidence::Held::may_list(std::string_view serial, const Held& missing) const {
  if (issuer != missing.issuer) return false;
  if (issued() == missing.issued()) return true;
  return !missing.crl.outline().scope.is_of_all() && !missing.covers_as(*this) && !missing.crl.find(serial);
}

// From when it was on hold the revocation may be dated, though not from before a list that has it not at all, unless it was on
// hold on another.
void StatusEvidence::look_at_earlier_crls(std::size_t first, const ListRow& row, SeenRevocation& seen) const {
  const std::string_view serial = row.serial->bytes();
  const auto is_held_elsewhere = [&](const Held& missing) {
    return std::any_of(crls_.begin(), crls_.begin() + static_cast<std::ptrdiff_t>(first), [&](const Held& each) {
      return &each != &missing && each.may_list(serial, missing) && shows_hold(each.crl.find(serial));
    });
  };
  for (std::size_t k = first; k-- > 0 && !seen.clear;) {
    const Held& before = crls_[k];
    const bool covers = before.covers_as(crls_[first]);
    if (!covers && !before.is_delta_beside(crls_[first])) continue;
    if (before.issued() >= crls_[first].issued() || !is_due(row, before.issued())) continue;
    const auto earlier = before.crl.find(serial);
    const bool is_clear = (earlier ? shows_removal(earlier) && !covers : covers) && !is_held_elsewhere(before);
    if (is_clear) seen.clear = before.issued();
    if (!seen.after && (is_clear || (covers && shows_hold(earlier)))) seen.after = before.issued();
  }
}

void StatusEvidence::look_at_later_crls(std::size_t first, const ListRow& row, Instant as_of, SeenRevocation& seen) const {
  const std::string_view serial = row.serial->bytes();
  for (std::size_t k = first + 1; k < crls_.size(); ++k) {
    const Held& held = crls_[k];
    if (held.issuer != crls_[first].issuer) continue;
    const auto later = held.crl.find(serial);
    if (shows_revocation(later)) {
      amend(seen, held.crl.made(), held.told(*later), *later, later->revoked, as_of);
      seen.by = std::min(seen.by, held.told(*later));
    } else if (is_due(row, held.issued())) {
      const bool is_removed = shows_removal(later) && held.is_delta_beside(crls_[first]);
      const bool is_held = shows_hold(later) && held.has_key_of(crls_[first]);
      const bool is_silent = !later && held.covers_as(crls_[first]);
      const bool is_off = (is_removed || is_held || is_silent) && held.issued() > seen.by;
      seen.is_gone = seen.is_gone || (is_off && !is_elsewhere(k, first, serial));
    }
  }
}

// Whether another CRL shows it, where it may belong.
bool StatusEvidence::is_elsewhere(std::size_t missing, std::size_t first, std::string_view serial) const {
  return std::any_of(crls_.begin() + static_cast<std::ptrdiff_t>(first) + 1, crls_.end(), [&](const Held& each) {
    return each.may_list(serial, crls_[missing]) && shows_revocation(each.crl.find(serial));
  });
}

namespace {

// Whether a CRL may list it, be it on hold or in doubt: nobody can say that it does not.
bool may_have(const Crl& crl, const std::optional<CrlEntry>& entry) {
  return !crl.is_complete() || (entry && !(crl.outline().scope.is_delta && shows_removal(entry)));
}

}  // namespace

bool StatusEvidence::Held::had_to_list(const ListRow& row, Instant revoked) const {
  return crl.lists_all_that_it_covers() && crl.outline().scope.is_of_all() && revoked < issued() && is_due(row, issued());
}

// Whether the last CRL of a key that says anything of it had to list it, and does not, and none shows a revocation.
bool StatusEvidence::is_missing_by(std::string_view key, std::size_t issuer, const ListRow& row, Instant revoked) const {
  Instant silent = open_past, listed = open_past;
  for (const Held& each : crls_) {
    if (each.issuer != issuer || each.key != key) continue;
    const auto entry = each.crl.find(row.serial->bytes());
    if (shows_revocation(entry)) return false;
    if (may_have(each.crl, entry)) listed = std::max(listed, each.issued());
    else if (each.had_to_list(row, revoked)) silent = std::max(silent, each.issued());
  }
  return silent > listed;
}

// Whether an answer speaks of it under a key of which there may be no CRL.
bool StatusEvidence::may_have_another_key(const ListRow& row, const Issuer& issuer) const {
  const auto answers = answers_of(row);
  return std::any_of(answers.begin(), answers.end(), [&](const HeldAnswer& each) {
    const auto& keys = issuers_[each.issuer].keys;
    return issuer.counts[each.issuer] && std::find(keys.begin(), keys.end(), each.answer.issuer_key) == keys.end();
  });
}

bool StatusEvidence::is_surely_missing(const ListRow& row, const Issuer& issuer, Instant since) const {
  if (!row.serial || !row.not_after || !row.revocation_date || !issuer.is_sure || may_be_decimal(*row.serial)) return false;
  if (may_have_another_key(row, issuer)) return false;
  const Instant revoked = revoked_by(row, since);
  // One that names no key may be of another.
  const bool may_be_of_another = std::any_of(crls_.begin(), crls_.end(), [&](const Held& each) {
    return issuer.counts[each.issuer] && each.key.empty() &&
           (may_have(each.crl, each.crl.find(row.serial->bytes())) || !each.had_to_list(row, revoked));
  });
  bool has_keys = false;
  for (std::size_t i = 0; i < issuers_.size(); ++i) {
    if (!issuer.counts[i]) continue;
    const KnownIssuer& each = issuers_[i];
    const auto is_missing = [&](const std::string& key) { return is_missing_by(key, i, row, revoked); };
    if (each.is_left_out || !std::all_of(each.keys.begin(), each.keys.end(), is_missing)) return false;
    has_keys = has_keys || !each.keys.empty();
  }
  return has_keys && !may_be_of_another;
}

// Whether a CRL or answer shows a revocation that is no older than a hold.
bool StatusEvidence::is_revoked_since(const ListRow& row, const Issuer& issuer, Instant hold) const {
  const auto answers = answers_of(row);
  return std::any_of(crls_.begin(), crls_.end(),
                     [&](const Held& each) {
                       if (!issuer.counts[each.issuer]) return false;
                       const auto entry = each.crl.find(row.serial->bytes());
                       return shows_revocation(entry) && each.told(*entry) >= hold;
                     }) ||
         std::any_of(answers.begin(), answers.end(), [&](const HeldAnswer& each) {
           return issuer.counts[each.issuer] && each.answer.status == OcspStatus::revoked && !each.shows_hold() &&
                  each.told() >= hold;
         });
}

std::optional<Instant> StatusEvidence::held_on_crls(const ListRow& row, const Issuer& issuer, Instant since) const {
  if (!row.serial || !row.revocation_date) return std::nullopt;
  for (auto each = crls_.rbegin(); each != crls_.rend(); ++each) {
    if (!issuer.counts[each->issuer]) continue;
    const auto entry = each->crl.find(row.serial->bytes());
    if (!shows_hold(entry)) continue;
    const bool had_to_show = revoked_by(row, since) < each->issued() && !is_revoked_since(row, issuer, each->issued());
    return had_to_show ? std::optional(entry->revoked) : std::nullopt;
  }
  return std::nullopt;
}

std::optional<Instant> StatusEvidence::held_in_answers(const ListRow& row, const Issuer& issuer, Instant since) const {
  if (!row.serial || !row.revocation_date) return std::nullopt;
  const HeldAnswer* last = nullptr;
  for (const HeldAnswer& each : answers_of(row)) {
    const bool is_held = issuer.counts[each.issuer] && each.shows_hold();
    if (is_held && (last == nullptr || each.answer.this_update > last->answer.this_update)) last = &each;
  }
  if (last == nullptr || revoked_by(row, since) >= last->known()) return std::nullopt;
  return is_revoked_since(row, issuer, last->answer.this_update) ? std::nullopt : last->answer.revoked;
}

std::span<const StatusEvidence::HeldAnswer> StatusEvidence::answers_of(const ListRow& row) const {
  if (!row.serial || answers_.empty()) return {};
  const auto found = answers_.find(row.serial->bytes());
  return found == answers_.end() ? std::span<const HeldAnswer>() : found->second;
}

// An answer may leave out its reason; a CRL or another answer that has the certificate on hold since then may tell it.
void StatusEvidence::find_holds(std::string_view serial, std::vector<HeldAnswer>& all) const {
  const auto is_reasonless = [](const HeldAnswer& each) {
    return each.answer.status == OcspStatus::revoked && !each.answer.reason && !each.answer.is_reason_unread;
  };
  if (std::none_of(all.begin(), all.end(), is_reasonless)) return;
  constexpr auto nobody = static_cast<std::size_t>(-1);
  const auto issuer_of = [&](const HeldAnswer& each) { return issuers_[each.issuer].name ? each.issuer : nobody; };
  std::set<std::pair<std::size_t, Instant>> holds;
  for (const Held& each : crls_) {
    const auto entry = each.crl.find(serial);
    if (shows_hold(entry)) holds.insert({{each.issuer, entry->revoked}, {nobody, entry->revoked}});
  }
  for (const HeldAnswer& each : all)
    if (each.shows_hold()) holds.emplace(issuer_of(each), *each.answer.revoked);
  for (HeldAnswer& each : all) each.may_be_hold = is_reasonless(each) && holds.count({issuer_of(each), *each.answer.revoked}) > 0;
}

std::optional<SeenRevocation> StatusEvidence::in_answers(const ListRow& row, const Issuer& issuer, Instant as_of) const {
  std::optional<SeenRevocation> seen;
  const HeldAnswer* first = nullptr;  // the first that was published
  const auto all = answers_of(row);
  for (const HeldAnswer& each : all) {
    if (!issuer.counts[each.issuer] || !each.shows_revocation()) continue;
    const Instant revoked = *each.answer.revoked;
    if (!seen) seen.emplace().first_dated = revoked;
    amend(*seen, each.made(), each.told(), each.answer, revoked, first == nullptr ? open_future : as_of);
    if (first == nullptr || each.published() < first->published()) first = &each;
  }
  if (!seen) return seen;
  seen->key = first->answer.issuer_key;
  seen->by = first->published();
  Instant known = open_future;  // since when the revocation was known to those of a key that were made so far
  const HeldAnswer* last = nullptr;
  for (const HeldAnswer& other : all) {
    if (!issuer.counts[other.issuer]) continue;
    if (last != nullptr && !other.has_issuer_of(*last)) known = open_future;
    last = &other;
    if (other.shows_revocation()) known = std::min(known, other.told());
    const Instant then = other.answer.this_update;
    const bool is_good = other.answer.status == OcspStatus::good;
    if ((!is_good && !other.shows_hold()) || !is_due(row, then)) continue;
    seen->is_gone = seen->is_gone || known < then;
    const bool is_earlier = other.produced < first->produced || then < first->told();
    if (!other.has_issuer_of(*first) || !is_earlier || other.known() >= seen->by) continue;
    seen->after = std::max(seen->after, std::optional(other.known()));
    if (is_good) seen->clear = std::max(seen->clear, std::optional(other.known()));
  }
  return seen;
}

std::optional<Instant> StatusEvidence::last_good(const ListRow& row, const Issuer& issuer) const {
  if (!row.serial || !issuer.is_sure || may_be_decimal(*row.serial) || !has_one_key(issuer)) return std::nullopt;
  std::optional<Instant> good;
  for (const HeldAnswer& each : answers_of(row)) {
    const bool is_good = each.answer.status == OcspStatus::good && issuer.counts[each.issuer] && issuers_[each.issuer].name;
    if (is_good && is_due(row, each.known())) good = std::max(good, std::optional(each.known()));
  }
  return good;
}

bool StatusEvidence::may_be_younger(const SeenRevocation& seen, const ListRow& row, const Issuer& issuer, Instant than) const {
  if (seen.after >= than) return true;
  const bool is_of_any_key = has_one_key(issuer);
  // A hold names its certificate, whichever key signed it; of who is silent, or says that it is good, the key counts.
  const auto may_clear = [&](std::string_view key) { return is_of_any_key || key == seen.key; };
  const auto answers = answers_of(row);
  return std::any_of(crls_.begin(), crls_.end(),
                     [&](const Held& each) {
                       if (!issuer.counts[each.issuer]) return false;
                       const auto entry = each.crl.find(row.serial->bytes());
                       if (shows_hold(entry)) return entry->revoked == seen.revoked || each.issued() >= than;
                       return !entry && may_clear(each.key) && each.issued() >= than && each.had_to_list(row, seen.revoked);
                     }) ||
         std::any_of(answers.begin(), answers.end(), [&](const HeldAnswer& each) {
           if (!issuer.counts[each.issuer]) return false;
           if (each.shows_hold()) return each.answer.revoked == seen.revoked || each.known() >= than;
           const bool is_good = each.answer.status == OcspStatus::good && may_clear(each.answer.issuer_key);
           return is_good && each.known() >= than && is_due(row, each.known());
         });
}

}  // namespace cita::evidence
