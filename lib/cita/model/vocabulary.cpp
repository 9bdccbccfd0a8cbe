#include <cita/model/vocabulary.hpp>

#include <algorithm>

namespace cita {

namespace {

constexpr std::string_view account_kinds[] = {"ca", "reporter", "subscriber",   "bugzilla", "crl",  "ocsp",
                                              "ct", "auditor",  "root-program", "press",    "other"};
constexpr std::string_view addressees[] = {"reporter", "subscriber", "root-program", "everybody"};
constexpr std::string_view deliveries[] = {"unstated", "sent", "delivered", "bounced", "wrong-address"};
constexpr std::string_view uses[] = {"tls", "ev", "smime", "code-signing"};
constexpr std::string_view certificate_kinds[] = {"subscriber", "subordinate-ca"};
constexpr std::string_view disclosure_sources[] = {"self-reported", "third-party-reported", "audit"};
// RFC 5280 leaves 7 unused.
constexpr std::string_view crl_reasons[] = {"unspecified",   "keyCompromise",        "cACompromise",    "affiliationChanged",
                                            "superseded",    "cessationOfOperation", "certificateHold", "(unused)",
                                            "removeFromCRL", "privilegeWithdrawn",   "aACompromise"};

}  // namespace

template <>
std::span<const std::string_view> names<AccountKind>() {
  return account_kinds;
}
template <>
std::span<const std::string_view> names<Addressee>() {
  return addressees;
}
template <>
std::span<const std::string_view> names<Delivery>() {
  return deliveries;
}
template <>
std::span<const std::string_view> names<CertificateUse>() {
  return uses;
}
template <>
std::span<const std::string_view> names<CertificateKind>() {
  return certificate_kinds;
}
template <>
std::span<const std::string_view> names<DisclosureSource>() {
  return disclosure_sources;
}
template <>
std::span<const std::string_view> names<CrlReason>() {
  return crl_reasons;
}

template <class Enumeration>
std::string_view name_of(Enumeration value) {
  return names<Enumeration>()[static_cast<std::size_t>(value)];
}

template <class Enumeration>
std::optional<Enumeration> named(std::string_view text) {
  const auto all = names<Enumeration>();
  const auto found = std::find(all.begin(), all.end(), text);
  if (found == all.end() || text.front() == '(') return std::nullopt;
  return static_cast<Enumeration>(found - all.begin());
}

#define CITA_VOCABULARY(Enumeration)                           \
  template std::string_view name_of<Enumeration>(Enumeration); \
  template std::optional<Enumeration> named<Enumeration>(std::string_view);
CITA_VOCABULARY(AccountKind)
CITA_VOCABULARY(Addressee)
CITA_VOCABULARY(Delivery)
CITA_VOCABULARY(CertificateUse)
CITA_VOCABULARY(CertificateKind)
CITA_VOCABULARY(DisclosureSource)
CITA_VOCABULARY(CrlReason)
#undef CITA_VOCABULARY

}  // namespace cita
