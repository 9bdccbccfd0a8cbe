// An OCSP response and, behind it, the certificate of an issuer: what is verified, and what is not, says the same of
// certificates.
#include "fuzz.hpp"

#include <cita/evidence/der.hpp>
#include <cita/evidence/ocsp.hpp>

#include <openssl/err.h>

using namespace cita::evidence;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::string_view certificate = fuzz::bytes_of(data, size);
  const auto response = der::take(certificate, der::sequence);
  const std::string_view whole = response ? response->whole : certificate;
  const OcspReading unverified = read_ocsp(whole, {}), verified = read_ocsp(whole, {std::string(certificate)});
  for (const OcspReading* reading : {&unverified, &verified}) {
    fuzz::require(!text(reading->check).empty(), "the answer has a meaning");
    for (const OcspAnswer& each : reading->answers) {
      fuzz::require(each.serial.empty() || each.serial.front() != '\0', "a serial number has no leading zeros");
      fuzz::require(each.revoked.has_value() == (each.status == OcspStatus::revoked), "what is revoked has a time");
    }
  }
  fuzz::require(unverified.check != OcspCheck::good, "nothing is good that nobody verified");
  if (verified.check == OcspCheck::good)
    fuzz::require(verified.answers.size() + verified.left_out == unverified.answers.size(),
                  "the same certificates are answered for");
  fuzz::require(ERR_peek_error() == 0, "no error of OpenSSL is left behind");
  return 0;
}
