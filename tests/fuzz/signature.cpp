// A CRL and, behind it, the certificate that it is verified with. Nothing is good that OpenSSL, given both, does not call good.
#include "fuzz.hpp"

#include <cita/evidence/crl.hpp>
#include <cita/evidence/der.hpp>
#include <cita/evidence/pem.hpp>
#include <cita/evidence/signature.hpp>

#include <openssl/err.h>
#include <openssl/x509.h>

using namespace cita::evidence;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::string_view certificate = fuzz::bytes_of(data, size);
  const auto list = der::take(certificate, der::sequence);
  CrlProblems problems;
  const auto crl = list ? Crl::open(std::string(list->whole), problems) : std::nullopt;
  if (!crl) {
    from_pem(fuzz::bytes_of(data, size), "CERTIFICATE");
    return 0;
  }
  const SignatureCheck check = verify(crl->outline(), certificate);
  fuzz::require(!text(check).empty(), "the answer has a meaning");
  fuzz::require(ERR_peek_error() == 0, "no error of OpenSSL is left behind");
  if (check != SignatureCheck::good || certificate.starts_with("-----BEGIN")) return 0;
  const auto* at = reinterpret_cast<const unsigned char*>(list->whole.data());
  X509_CRL* other = d2i_X509_CRL(nullptr, &at, static_cast<long>(list->whole.size()));
  at = reinterpret_cast<const unsigned char*>(certificate.data());
  X509* issuer = d2i_X509(nullptr, &at, static_cast<long>(certificate.size()));
  if (other != nullptr && issuer != nullptr && problems.count(CrlProblem::algorithms_differ) == 0)
    fuzz::require(X509_CRL_verify(other, X509_get0_pubkey(issuer)) == 1, "OpenSSL calls the signature good");
  X509_CRL_free(other);
  X509_free(issuer);
  ERR_clear_error();
  return 0;
}
