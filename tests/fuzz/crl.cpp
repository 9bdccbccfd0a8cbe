// A CRL, DER or PEM: every entry is counted as read or wrong, and what is found is what stands there. Where OpenSSL reads the
// list too, both have found the same entries.
#include "fuzz.hpp"

#include <cita/evidence/crl.hpp>
#include <cita/evidence/der.hpp>

#include <openssl/err.h>
#include <openssl/x509.h>

#include <set>

using namespace cita;
using namespace cita::evidence;

namespace {

// The serial numbers of the list as a plain walk sees them.
std::set<std::string> serials_in(std::string_view rest) {
  std::set<std::string> all;
  while (const auto entry = der::take(rest)) {
    if (entry->tag != der::sequence) continue;
    std::string_view inside = entry->content;
    if (const auto serial = der::take(inside, der::integer)) all.emplace(magnitude_of(serial->content));
  }
  return all;
}

void compare_with_openssl(std::string_view der, const Crl& crl, const CrlProblems& problems) {
  const auto* at = reinterpret_cast<const unsigned char*>(der.data());
  X509_CRL* other = d2i_X509_CRL(nullptr, &at, static_cast<long>(der.size()));
  ERR_clear_error();
  if (other == nullptr) return;
  const int count = sk_X509_REVOKED_num(X509_CRL_get_REVOKED(other));
  if (crl.is_complete())
    fuzz::require(static_cast<std::uint64_t>(count < 0 ? 0 : count) == crl.entries(), "OpenSSL counts as many entries");
  for (int i = 0; i < count; ++i) {
    const ASN1_INTEGER* serial = X509_REVOKED_get0_serialNumber(sk_X509_REVOKED_value(X509_CRL_get_REVOKED(other), i));
    // OpenSSL takes the sign apart; a list with negative numbers says something else to it.
    if (ASN1_STRING_type(serial) == V_ASN1_NEG_INTEGER || problems.count(CrlProblem::other_issuer) > 0) continue;
    const std::string_view octets(reinterpret_cast<const char*>(ASN1_STRING_get0_data(serial)),
                                  static_cast<std::size_t>(ASN1_STRING_length(serial)));
    if (crl.is_complete()) fuzz::require(crl.find(magnitude_of(octets)).has_value(), "what OpenSSL reads is found");
  }
  X509_CRL_free(other);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes = fuzz::bytes_of(data, size);
  CrlProblems problems;
  const auto crl = Crl::read(std::string(bytes), problems);
  fuzz::require(crl.has_value() == (problems.count(CrlProblem::not_a_crl) + problems.count(CrlProblem::broken_crl) == 0),
                "what is no CRL is said to be none");
  if (!crl) return 0;
  const std::set<std::string> serials = serials_in(crl->outline().entries);
  std::uint64_t found = 0;
  for (const std::string& each : serials) {
    const auto entry = crl->find(each);
    if (!entry) continue;
    ++found;
    fuzz::require(magnitude_of(entry->serial) == each, "the entry that is found is the one that was looked for");
    std::string other = each + '\x01';
    fuzz::require(serials.contains(other) || !crl->find(other), "nothing is found that is not listed");
  }
  // An entry of another issuer may be found all the same, as a doubtful one; and a negative number beside that of its octets.
  if (problems.count(CrlProblem::other_issuer) == 0 && problems.count(CrlProblem::negative_serial) == 0)
    fuzz::require(crl->entries() == found + problems.count(CrlProblem::bad_entry) + problems.count(CrlProblem::bad_time) +
                                        problems.count(CrlProblem::duplicate),
                  "every entry is found or counted as wrong");
  if (!bytes.starts_with("-----BEGIN")) compare_with_openssl(bytes, *crl, problems);
  return 0;
}
