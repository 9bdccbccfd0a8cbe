// What CRLs and OCSP answers say of certificates, of one issuer or of several, and since when they say it.
//
//   StatusEvidence evidence;
//   evidence.add(std::move(crl));                                   // those whose signature is not known to be wrong
//   evidence.finish();
//   if (const auto seen = evidence.on_crls(row)) seen->by …         // the revocation was on a CRL by then
//
// A CRL that covers only some of an issuer's certificates says nothing of those that it does not list, except beside another
// CRL of the same ones.
#pragma once

#include <cita/evidence/crl.hpp>
#include <cita/evidence/issuer_name.hpp>
#include <cita/evidence/ocsp.hpp>

#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

namespace cita::evidence {

/// Which of its issuer's certificates a CRL covers.
struct CrlScope {
  std::string distribution_point;  ///< DER of its IssuingDistributionPoint; empty: all certificates
  bool is_delta = false;           ///< it tells only what changed
};
CrlScope scope_of(const CrlOutline& crl);

/// A revocation as CRLs or OCSP answers show it: not before `after` (the last of them that did not show it), and by `by`.
struct SeenRevocation {
  Instant revoked{};
  std::optional<CrlReason> reason;
  std::optional<Instant> after;
  Instant by{};
  std::uint32_t first_shown = 0;  ///< index of the CRL, by date
  bool is_gone = false;           ///< a later CRL does not list it any more, although it covers it
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

  /// One reader's memory of which CRLs are of the issuer that it saw last.
  struct Memory {
    std::string issuer;
    bool is_known = false;
    std::vector<Truth> is_of;  // each issuer
    bool is_sure = false;      // exactly one of them is
  };

  /// Nothing where no CRL of its issuer lists it.
  std::optional<SeenRevocation> on_crls(const ListRow& row, Memory& memory) const;
  /// Whether all of its issuer's certificates are covered, and it was valid and revoked, as its row says, before the last CRL.
  bool is_surely_missing(const ListRow& row, Memory& memory) const;

  std::optional<SeenRevocation> in_answers(const ListRow& row, Memory& memory) const;
  /// The latest answer that it is good; nothing where none says so.
  std::optional<Instant> last_good(const ListRow& row, Memory& memory) const;
  /// Whether it is of an issuer of whom there is surely neither CRL nor answer.
  bool is_of_another_issuer(const ListRow& row, Memory& memory) const;

 private:
  struct Held {
    Crl crl;
    CrlScope scope;
    std::size_t issuer = 0;
  };

  std::size_t issuer_called(const IssuerName& name);
  void look_at_issuer(const ListRow& row, Memory& memory) const;
  bool is_of(const Memory& memory, std::size_t issuer) const;
  const std::vector<std::pair<std::size_t, OcspAnswer>>* answers_of(const ListRow& row) const;

  std::vector<Held> crls_;
  std::vector<IssuerName> issuers_;
  std::unordered_map<std::string, std::vector<std::pair<std::size_t, OcspAnswer>>> answers_;  // by serial; with the issuer
};

}  // namespace cita::evidence
