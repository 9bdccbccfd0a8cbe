// What CRLs and OCSP answers say of certificates, of one issuer or of several, and since when they say it.
//
//   StatusEvidence evidence;
//   evidence.add_key({subject, key});                               // of each issuer's certificate that is known
//   evidence.add(std::move(crl), key);                              // those whose signature is not known to be wrong
//   evidence.finish();
//   if (const auto seen = evidence.on_crls(row)) seen->by …         // the revocation was on a CRL by then
//
// A CRL that covers only some of an issuer's certificates says nothing of those that it does not list, except beside another
// CRL of the same ones. So do CRLs and answers of an issuer that has several keys: a list does not tell which of them signed a
// certificate. Nor does any that need not show the certificate, for it may have expired. A certificate that is on hold is not
// revoked.
#pragma once

#include <cita/evidence/crl.hpp>
#include <cita/evidence/issuer_name.hpp>
#include <cita/evidence/ocsp.hpp>
#include <cita/evidence/signature.hpp>

#include <algorithm>
#include <array>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace cita::evidence {

/// A revocation as CRLs or OCSP answers show it: not before `after` (the last of them that did not show it), and by `by`. Date
/// and reason are those of the last of them that show it as of a time, or of the first one afterwards.
struct SeenRevocation {
  std::string_view key;      ///< of the first of them; empty: not told
  Instant made = open_past;  ///< when that one was made
  Instant told = open_past;  ///< by when they were so
  Instant revoked{};
  std::optional<CrlReason> reason;
  bool is_reason_unread = false;  ///< there is a reason code, and nobody can say which
  std::optional<Instant> after;
  std::optional<Instant> clear;  ///< the last of them that has it neither revoked nor on hold: nothing is dated from before
  Instant by{};
  std::uint32_t first_shown = 0;  ///< index of the CRL, by date
  Instant first_dated{};          ///< the earliest date that any of them has, or when it was made, where its date is later
  bool is_gone = false;           ///< a later one does not show it any more, although it covers it, or has it on hold alone
};

class StatusEvidence {
 public:
  /// `key` is that of the certificate that verified it; where none did, the key is the one that the CRL names.
  void add(Crl crl, std::string key = {});
  void add(const OcspReading& reading);
  /// An issuer has this key, whether or not there is a CRL of it.
  void add_key(IssuerKey issuer) { keys_.push_back(std::move(issuer)); }
  /// There is a CRL that is no evidence: what it may list is not known.
  void leave_out(const CrlOutline& crl) { left_out_.push_back(IssuerName::of_der(crl.issuer)); }
  /// When all are there, before the first question.
  void finish();

  bool has_crls() const { return !crls_.empty(); }
  bool has_answers() const { return !answers_.empty(); }
  /// By date.
  std::size_t crls() const { return crls_.size(); }
  const CrlOutline& outline(std::size_t index) const { return crls_[index].crl.outline(); }

  /// Whose CRLs and answers count for the certificates of an issuer, as a row writes it.
  struct Issuer {
    std::vector<bool> counts;  ///< for each issuer of whom there is one
    bool is_sure = false;      ///< the row surely names the one that counts
    bool is_another = false;   ///< it surely names none of them
  };
  /// One reader's memory of the issuers that rows wrote.
  class Memory;
  /// Of a row that has its source. What is answered lives as long as the memory, and until that is cleared.
  const Issuer& issuer_of(const ListRow& row, Memory& memory) const;

  /// Bring near what the questions will look at: first with step 0, and, when that is there, with step 1.
  void prefetch(const ListRow& row, const Issuer& issuer, unsigned step) const;

  /// Nothing where no CRL of its issuer shows that it is revoked.
  std::optional<SeenRevocation> on_crls(const ListRow& row, const Issuer& issuer, Instant as_of = open_future) const;
  /// Whether no CRL of its issuer shows the revocation that its row tells of, and the last one of every key that says anything
  /// of the certificate had to. It was revoked by `since` at the latest where its date does not tell when.
  bool is_surely_missing(const ListRow& row, const Issuer& issuer, Instant since = open_past) const;
  /// Since when a CRL has it on hold that had to show that revocation, where nothing newer shows one; the last of them counts.
  std::optional<Instant> held_on_crls(const ListRow& row, const Issuer& issuer, Instant since = open_past) const;

  std::optional<SeenRevocation> in_answers(const ListRow& row, const Issuer& issuer, Instant as_of = open_future) const;
  /// The latest answer that it is surely good; nothing where none says so.
  std::optional<Instant> last_good(const ListRow& row, const Issuer& issuer) const;
  /// As on CRLs.
  std::optional<Instant> held_in_answers(const ListRow& row, const Issuer& issuer, Instant since = open_past) const;

  /// Whether a revocation that is dated by a time, and only shown afterwards, may be younger than that time: a CRL or answer of
  /// then or later has the certificate not revoked, or one has it on hold since the date of the revocation.
  bool may_be_younger(const SeenRevocation& seen, const ListRow& row, const Issuer& issuer, Instant than) const;

 private:
  struct KnownIssuer {
    std::optional<IssuerName> name;  // nothing: of answers that nobody verified
    std::vector<std::string> keys;
    bool is_left_out = false;  // there is a CRL of it that is no evidence
    bool has_evidence = false;
  };
  struct Held {
    Crl crl;
    std::string key;  // empty: not told
    std::size_t issuer = 0;

    Instant issued() const { return crl.outline().this_update; }
    /// By when what an entry says was so, and published: a date that is later than its CRL tells of its entry alone.
    Instant told(const CrlEntry& entry) const { return std::max(crl.made(), entry.revoked); }
    bool has_key_of(const Held& other) const { return issuer == other.issuer && !key.empty() && key == other.key; }
    /// Whether it may take from the list what the other has.
    bool is_delta_beside(const Held& other) const { return crl.outline().scope.is_delta && has_key_of(other); }
    /// Whether a certificate that another does not list may be on this one.
    bool may_list(std::string_view serial, const Held& missing) const;
    /// Whether a certificate that was revoked then had to be on it.
    bool had_to_list(const ListRow& row, Instant revoked) const;
    /// Whether a certificate that the other covers had to be on it, revoked and not expired.
    bool covers_as(const Held& other) const {
      const auto& own = crl.outline().scope;
      return crl.lists_all_that_it_covers() && has_key_of(other) &&
             (own.is_of_all() || own.distribution_point == other.crl.outline().scope.distribution_point);
    }
  };
  struct HeldAnswer {
    std::size_t issuer = 0;
    Instant produced{};
    OcspAnswer answer;
    bool may_be_hold = false;  // it gives no reason, and the certificate was on hold since the date that it gives

    bool shows_hold() const { return answer.reason == CrlReason::certificate_hold; }
    bool shows_revocation() const { return answer.status == OcspStatus::revoked && !shows_hold() && !may_be_hold; }
    /// When what it says was so, as it says, and when it was made.
    Instant known() const { return std::min(answer.this_update, produced); }
    bool has_issuer_of(const HeldAnswer& other) const {
      return issuer == other.issuer && answer.issuer_key == other.answer.issuer_key;
    }
    /// By when what it says was so.
    Instant told() const { return std::max(answer.this_update, answer.revoked.value_or(answer.this_update)); }
    /// When what it says was so, at the earliest: as it says, or, where that is set back, at the revocation.
    Instant made() const {
      const Instant last_possible = std::max(produced, answer.this_update + most_set_back);
      return told() <= last_possible ? told() : answer.this_update;
    }
    /// By when it was published: what it says was so when it says, and was published when it was made.
    Instant published() const { return std::max({produced, answer.this_update, answer.revoked.value_or(produced)}); }
  };

  std::size_t issuer_called(const std::optional<IssuerName>& name);
  std::vector<Truth> who_is(const IssuerName& name) const;
  Issuer issuer_named(const IssuerName& name) const;
  bool has_one_key(const Issuer& issuer) const;
  bool may_have_another_key(const ListRow& row, const Issuer& issuer) const;
  void look_at_earlier_crls(std::size_t first, const ListRow& row, SeenRevocation& seen) const;
  void look_at_later_crls(std::size_t first, const ListRow& row, Instant as_of, SeenRevocation& seen) const;
  bool is_elsewhere(std::size_t missing, std::size_t first, std::string_view serial) const;
  bool is_missing_by(std::string_view key, std::size_t issuer, const ListRow& row, Instant revoked) const;
  std::span<const HeldAnswer> answers_of(const ListRow& row) const;
  bool is_revoked_since(const ListRow& row, const Issuer& issuer, Instant hold) const;
  void find_holds(std::string_view serial, std::vector<HeldAnswer>& all) const;

  std::vector<Held> crls_;
  std::vector<KnownIssuer> issuers_;  // of whom there is a CRL or an answer
  std::vector<IssuerKey> keys_;
  std::vector<IssuerName> left_out_;
  struct SerialHash {
    using is_transparent = void;  // NOLINT: its name in the standard
    std::size_t operator()(std::string_view serial) const { return std::hash<std::string_view>()(serial); }
  };
  std::unordered_map<std::string, std::vector<HeldAnswer>, SerialHash, std::equal_to<>> answers_;  // by serial
};

class StatusEvidence::Memory {
 public:
  /// Of many issuers none is worth remembering.
  bool is_full() const { return issuers_.size() >= most; }
  void clear() {
    near_ = {};
    issuers_.clear();
  }

 private:
  friend class StatusEvidence;
  static constexpr std::size_t most = 4096;

  std::unordered_map<std::string, Issuer> issuers_;
  std::array<const std::pair<const std::string, Issuer>*, 64> near_{};  // some of them, by their hashes
};

}  // namespace cita::evidence
