// Loads a CRL that bench_certificates wrote, verifies it and looks up serial numbers: with cita, or with OpenSSL.
//
//   bench_crl_lookups cita|openssl FOLDER LOOKUPS
#include "made_serials.hpp"

#include <cita/evidence/byte_source.hpp>
#include <cita/evidence/crl.hpp>
#include <cita/evidence/signature.hpp>

#include <openssl/pem.h>
#include <openssl/x509.h>

#include <charconv>
#include <cstdio>
#include <future>
#include <string_view>

namespace {

using namespace cita::evidence;

constexpr std::size_t most = std::size_t{1} << 30U;

// How many were found; nothing where the signature is not good.
std::optional<std::uint64_t> look_up_with_cita(const std::string& folder, std::uint64_t count) {
  std::string problem;
  const std::string issuer = read_whole(folder + "/issuer.pem", most, problem).value_or("");
  CrlProblems problems;
  auto crl = Crl::open(read_whole(folder + "/crl.der", most, problem).value_or(""), problems);
  if (!crl) return std::nullopt;
  auto check = std::async(std::launch::async, [&] { return verify(crl->outline(), issuer); });
  crl->index(problems);
  std::uint64_t found = 0;
  for (std::uint64_t i = 0; i < count; ++i) found += crl->find(made::octets_of(made::serial_of(i))) ? 1U : 0U;
  return check.get() == SignatureCheck::good ? std::optional(found) : std::nullopt;
}

std::optional<std::uint64_t> look_up_with_openssl(const std::string& folder, std::uint64_t count) {
  BIO* file = BIO_new_file((folder + "/issuer.pem").c_str(), "r");
  X509* issuer = PEM_read_bio_X509(file, nullptr, nullptr, nullptr);
  BIO_free(file);
  file = BIO_new_file((folder + "/crl.der").c_str(), "r");
  X509_CRL* crl = d2i_X509_CRL_bio(file, nullptr);
  BIO_free(file);
  if (issuer == nullptr || crl == nullptr || X509_CRL_verify(crl, X509_get0_pubkey(issuer)) != 1) return std::nullopt;
  std::uint64_t found = 0;
  for (std::uint64_t i = 0; i < count; ++i) {
    const std::string octets = made::octets_of(made::serial_of(i));
    ASN1_INTEGER* serial = ASN1_INTEGER_new();
    ASN1_STRING_set(serial, octets.data(), static_cast<int>(octets.size()));
    X509_REVOKED* entry = nullptr;
    found += X509_CRL_get0_by_serial(crl, &entry, serial) == 1 ? 1U : 0U;
    ASN1_INTEGER_free(serial);
  }
  return found;
}

}  // namespace

int main(int argc, char** words) {
  std::uint64_t count = 0;
  const std::string_view with = argc > 1 ? words[1] : "", how_many = argc > 3 ? words[3] : "";
  if (std::from_chars(how_many.data(), how_many.data() + how_many.size(), count).ec != std::errc() ||
      (with != "cita" && with != "openssl")) {
    std::fputs("bench_crl_lookups cita|openssl FOLDER LOOKUPS\n", stderr);
    return 2;
  }
  const auto found = with == "cita" ? look_up_with_cita(words[2], count) : look_up_with_openssl(words[2], count);
  std::printf("%llu\n", static_cast<unsigned long long>(found.value_or(0)));
  return found == count ? 0 : 2;
}
