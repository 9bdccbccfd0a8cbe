// The certificates that CRLs and OCSP responses are verified with, read once for all of them.
//
//   const Issuers issuers(certificates);
//   for (const std::string& each : responses) use(read_ocsp(each, issuers));
#pragma once

#include <cita/evidence/crl.hpp>
#include <cita/evidence/ocsp.hpp>
#include <cita/evidence/signature.hpp>

#include <memory>
#include <string>
#include <string_view>
#include <vector>

struct x509_st;  // of OpenSSL

namespace cita::evidence {

class Issuers {
 public:
  /// DER or PEM. What is no certificate is left out.
  explicit Issuers(const std::vector<std::string>& certificates);

  struct Known {
    std::shared_ptr<x509_st> certificate;
    IssuerKey of;
    bool is_responder = false;  ///< it is for OCSP responses alone: its key issues nothing, though it may have its issuer's name
  };
  const std::vector<Known>& known() const { return known_; }
  /// Whether anything is, be it a certificate or not.
  bool are_given() const { return are_given_; }

 private:
  std::vector<Known> known_;
  bool are_given_;
};

/// As with the certificates themselves (ocsp.hpp).
OcspReading read_ocsp(std::string_view der, const Issuers& issuers);

struct VerifiedCrl {
  SignatureCheck check = SignatureCheck::no_certificate;
  std::string key;  ///< of the certificate that it is good by
};
/// By the certificate that the list is of; where it is of none of them, the check that says most. May run while it is indexed.
VerifiedCrl verify(const CrlOutline& crl, const Issuers& issuers);

}  // namespace cita::evidence
