// OCSP responses (RFC 6960), read and verified by OpenSSL: what a responder said of a certificate, and when.
//
//   const OcspReading reading = read_ocsp(bytes, {issuer_certificate});
//   if (reading.check == OcspCheck::good) for (const OcspAnswer& each : reading.answers) …
#pragma once

#include <cita/evidence/signature.hpp>
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
  std::size_t issuer = 0;  ///< index in the reading's issuers
  std::string issuer_key;  ///< that of its issuer, or, where that is not known, the response's hash of it
  OcspStatus status = OcspStatus::unknown;
  Instant this_update{};  ///< the status was known to be right then
  std::optional<Instant> next_update;
  std::optional<Instant> revoked;
  std::optional<CrlReason> reason;
  bool is_reason_unread = false;  ///< there is a reason code, and nobody can say which
};

enum class OcspCheck : std::uint8_t {
  good,
  not_verified,        ///< nobody gave the issuer's certificate
  not_a_response,      ///< the bytes are no OCSP response
  error,               ///< the responder answered with an error: it says nothing of any certificate
  no_answer,           ///< it has none that can be read
  bad_time,            ///< nobody can say when it was made
  critical_extension,  ///< it, all of its answers or the responder's certificate have a critical extension that is not known
  other_issuer,        ///< it speaks of certificates of other issuers
  other_name,          ///< its answers or the responder's certificate name an issuer of a given key, and not by the name given
  unknown_responder,   ///< neither it nor anybody else has the certificate of who signed it
  bad,                 ///< the signature is not of the responder's key over these bytes
  wrong_responder,     ///< the issuer did not entrust whoever signed it with that, or not then
};
/// What it means, as a sentence without a full stop.
std::string_view text(OcspCheck check);
/// Whether what it says may be held against anybody: it is verified, or nobody asked for that.
bool is_evidence(OcspCheck check);

struct OcspReading {
  OcspCheck check = OcspCheck::not_a_response;
  std::string because;  ///< what is wrong with a signature or responder; may be empty
  Instant produced_at{};
  std::vector<IssuerName> issuers;  ///< of the certificates; none where it is not good
  std::vector<OcspAnswer> answers;
  std::uint64_t unreadable = 0;      ///< answers whose times or numbers cannot be read
  std::uint64_t not_understood = 0;  ///< answers with a critical extension that is not known: they are left out
  std::uint64_t unread_reasons = 0;  ///< answers with a reason code that cannot be read
  std::uint64_t left_out = 0;        ///< answers on certificates of issuers who did not entrust the responder, or are not given

  /// Whether it is a response that tells when it was made.
  bool is_read() const { return check != OcspCheck::not_a_response && check != OcspCheck::error && check != OcspCheck::bad_time; }
  /// Whether it is evidence, with nothing wrong in it.
  bool is_sound() const { return is_evidence(check) && unreadable + not_understood + unread_reasons == 0; }
};

/// Reads a response (DER). `issuers` are certificates (DER or PEM): those of the issuers of the certificates that it speaks of,
/// and of responders whose own is not in it. An issuer is known by its name and key. Whoever signed it is the issuer, by its key,
/// or was entrusted by it; the certificate of a responder is judged at the time of the response, and that of an issuer at none,
/// for it may have been renewed.
OcspReading read_ocsp(std::string_view der, const std::vector<std::string>& issuers);

}  // namespace cita::evidence
