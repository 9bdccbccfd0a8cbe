// OCSP responses (RFC 6960), read and verified by OpenSSL: what a responder said of a certificate, and when.
//
//   const OcspReading reading = read_ocsp(bytes, {issuer_certificate});
//   if (reading.check == OcspCheck::good) for (const OcspAnswer& each : reading.answers) …
#pragma once

#include <cita/evidence/issuer_name.hpp>
#include <cita/model/vocabulary.hpp>
#include <cita/time/moment.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cita::evidence {

enum class OcspStatus : std::uint8_t { good, revoked, unknown };
/// "good", "revoked", "unknown".
std::string_view name(OcspStatus status);

/// What a response says of one certificate.
struct OcspAnswer {
  std::string serial;      ///< its magnitude, without leading zeros
  std::string issuer_key;  ///< hash of the key that its issuer signs with
  OcspStatus status = OcspStatus::unknown;
  Instant this_update{};  ///< the status was known to be right then
  std::optional<Instant> next_update;
  std::optional<Instant> revoked;
  std::optional<CrlReason> reason;
};

enum class OcspCheck : std::uint8_t {
  good,
  not_verified,     ///< nobody gave the issuer's certificate
  not_a_response,   ///< the bytes are no OCSP response
  no_answer,        ///< the responder answered with an error: it says nothing of any certificate
  bad,              ///< the signature is not of the responder's key over these bytes
  other_issuer,     ///< it speaks of certificates of another issuer
  wrong_responder,  ///< the issuer did not entrust whoever signed it with that, or not then
};
/// What it means, as a sentence without a full stop.
std::string_view text(OcspCheck check);
/// Whether what it says may be held against anybody: it is verified, or nobody asked for that.
bool is_evidence(OcspCheck check);

struct OcspReading {
  OcspCheck check = OcspCheck::not_a_response;
  std::string because;  ///< what OpenSSL says of a signature or responder that is wrong; may be empty
  Instant produced_at{};
  IssuerName issuer;  ///< of the certificates; empty where it was not verified
  std::vector<OcspAnswer> answers;
  std::uint64_t unreadable = 0;  ///< answers whose times cannot be read
};

/// Reads a response (DER). `issuers` are certificates (DER or PEM), of which the one is taken whose certificates it speaks of;
/// the responder is that issuer or was entrusted by it, and its certificate is judged at the time of the response.
OcspReading read_ocsp(std::string_view der, const std::vector<std::string>& issuers);

}  // namespace cita::evidence
