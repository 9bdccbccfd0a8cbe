// The small closed vocabularies of incident files, each with the names that files use.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace cita {

/// Whose telling an account is.
enum class AccountKind : std::uint8_t {
  ca,
  reporter,
  subscriber,
  bugzilla,
  crl,
  ocsp,
  certificate_transparency,
  auditor,
  root_program,
  press,
  other
};

/// To whom a message went.
enum class Addressee : std::uint8_t { reporter, subscriber, root_program, everybody };

/// What became of a message. Sent is not delivered; a bounced or misaddressed one discharges nothing.
enum class Delivery : std::uint8_t { unstated, sent, delivered, bounced, wrong_address };

/// What the certificates are for.
enum class CertificateUse : std::uint8_t { tls, ev, smime, code_signing };

/// What sort of certificates they are.
enum class CertificateKind : std::uint8_t { subscriber, subordinate_ca };

/// RFC 5280 CRLReason.
enum class CrlReason : std::uint8_t {
  unspecified = 0,
  key_compromise = 1,
  ca_compromise = 2,
  affiliation_changed = 3,
  superseded = 4,
  cessation_of_operation = 5,
  certificate_hold = 6,
  remove_from_crl = 8,
  privilege_withdrawn = 9,
  aa_compromise = 10,
};

/// How the incident came to light (CCADB template vocabulary).
enum class DisclosureSource : std::uint8_t { self_reported, third_party_reported, audit };

/// The names of an enumeration, in the order of its enumerators, as files write them.
template <class Enumeration>
std::span<const std::string_view> names();

template <class Enumeration>
std::string_view name_of(Enumeration value);

template <class Enumeration>
std::optional<Enumeration> named(std::string_view text);

}  // namespace cita
