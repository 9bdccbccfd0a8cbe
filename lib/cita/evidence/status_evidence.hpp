// What CRLs and OCSP answers say of certificates, of one issuer or of several, and since when they say it.
//
//   StatusEvidence evidence;
//   evidence.add(std::move(crl));                                   // those whose signature is not known to be wrong
//   evidence.finish();
//   if (const auto seen = evidence.on_crls(row)) seen->by …         // the revocation was on a CRL by then
//
// A CRL that covers only some of an issuer's certificates says nothing of those that it does not list, except beside another
// CRL of the same ones. So do CRLs and answers of an issuer that has several keys: a list does not tell which of them signed a
// certificate.
#pragma once

#include <cita/evidence/crl.hpp>
#include <cita/evidence/issuer_name.hpp>
#include <cita/evidence/ocsp.hpp>

#include <algorithm>
#include <array>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace cita::evidence {

/// Which of its issuer's certificates a CRL covers.
struct CrlScope {
  std::string distribution_point;  ///< DER of its IssuingDistributionPoint; empty: all certificates
  std::string key;                 ///< identifier of its issuer's key; empty: not told
  bool is_delta = false;           ///< it tells only what changed
};
CrlScope scope_of(const CrlOutline& crl);

/// A revocation as CRLs or OCSP answers show it: not before `after` (the last of them that did not show it), and by `by`. Date
/// and reason are those of the last of them that show it.
struct SeenRevocation {
  Instant revoked{};
  std::optional<CrlReason> reason;
  std::optional<Instant> after;
  Instant by{};
  std::uint32_t first_shown = 0;  ///< index of the CRL, by date
  bool is_gone = false;           ///< a later one did not show it any more, although it covers it
};

class StatusEvidence {
 public:
  void add(Crl crl);
  void add(const OcspReading& reading);
  /// Sorts them by their dates.
  void finish();

  bool has_crls() const { return !crls_.empty(); }
  bool has_answers() const { return !answers_.empty(); }
  /// By date.
  std::size_t crls() const { return crls_.size(); }
  const CrlOutline& outline(std::size_t index) const { return crls_[index].crl.outline(); }

  /// Whose CRLs and answers count for the certificates of an issuer, as a row writes it.
  struct Issuer {
    std::vector<bool> counts;  ///< for each issuer of whom there is one
    /// Whether there is surely neither CRL nor answer of it.
    bool is_another() const { return std::find(counts.begin(), counts.end(), true) == counts.end(); }
  };
  /// One reader's memory of the issuers that rows wrote.
  class Memory;
  /// Of a row that has its source. What is answered lives as long as the memory, and until that is cleared.
  const Issuer& issuer_of(const ListRow& row, Memory& memory) const;

  /// Bring near what the questions will look at: first with step 0, and, when that is there, with step 1.
  void prefetch(const ListRow& row, const Issuer& issuer, unsigned step) const;

  /// Nothing where no CRL of its issuer lists it.
  std::optional<SeenRevocation> on_crls(const ListRow& row, const Issuer& issuer) const;
  /// Whether all of its issuer's certificates are covered, and it was valid and revoked, as its row says, before the last CRL of
  /// every key.
  bool is_surely_missing(const ListRow& row, const Issuer& issuer) const;

  std::optional<SeenRevocation> in_answers(const ListRow& row, const Issuer& issuer) const;
  /// The latest answer that it is good; nothing where none says so.
  std::optional<Instant> last_good(const ListRow& row, const Issuer& issuer) const;

 private:
  struct Held {
    Crl crl;
    CrlScope scope;
    std::size_t issuer = 0;

    Instant issued() const { return crl.outline().this_update; }
    /// Whether a certificate that the other covers, and this one does not list, was not revoked then.
    bool covers_as(const Held& other) const {
      return !scope.is_delta && crl.is_complete() && issuer == other.issuer && scope.key == other.scope.key &&
             scope.distribution_point == other.scope.distribution_point;
    }
  };
  struct HeldAnswer {
    std::size_t issuer = 0;
    OcspAnswer answer;
  };

  std::size_t issuer_called(const IssuerName& name);
  Issuer issuer_named(const IssuerName& name) const;
  void look_at_later_crls(std::size_t first, const ListRow& row, SeenRevocation& seen) const;
  std::span<const HeldAnswer> answers_of(const ListRow& row) const;

  std::vector<Held> crls_;
  std::vector<IssuerName> issuers_;
  std::unordered_map<std::string, std::vector<HeldAnswer>> answers_;  // by serial
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
