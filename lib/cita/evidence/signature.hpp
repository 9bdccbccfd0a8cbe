// Who signed a CRL: the only questions that OpenSSL is asked.
#pragma once

#include <cita/evidence/issuer_name.hpp>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace cita::evidence {

struct CrlOutline;

/// Of checks with several certificates the first of these says most.
enum class SignatureCheck : std::uint8_t {
  good,
  bad,             ///< the signature is not of this certificate's key over these bytes
  unsupported,     ///< the algorithm is not known
  may_not_sign,    ///< the certificate's key usage does not allow to sign CRLs
  other_key,       ///< the list names another key of that issuer than the certificate's
  other_issuer,    ///< it names another issuer than the certificate's subject
  no_certificate,  ///< the issuer's bytes are no certificate
};
/// What it means, as a sentence without a full stop.
std::string_view text(SignatureCheck check);

/// Who issues with which key: the subject of a certificate (DER or PEM), and a hash of its public key. Empty for what is none.
struct IssuerKey {
  IssuerName name;
  std::string key;
};
IssuerKey issuer_key(std::string_view certificate);

/// The certificates of a file, DER or any number of them in PEM, as DER each. Empty: there is none, or one cannot be read.
std::vector<std::string> certificates_in(std::string_view file);

/// Verifies a CRL's signature with its issuer's certificate (DER or PEM). May run while the list is indexed.
SignatureCheck verify(const CrlOutline& crl, std::string_view issuer_certificate);

}  // namespace cita::evidence
