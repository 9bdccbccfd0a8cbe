// Writes made-up evidence for benchmarks, the same at every run: a list of certificates as the CCADB wants it, one row in a
// hundred twice, and the signed CRL that lists them.
//
//   bench_certificates list ROWS            the list on standard output
//   bench_certificates twice ROWS           the same, where the second half of the rows repeats the first
//   bench_certificates crl ENTRIES FOLDER   crl.der and issuer.pem in a folder; the serial numbers are the list's
#include "made_serials.hpp"

#include <fmt/format.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <cstdio>
#include <memory>
#include <string>
#include <string_view>

namespace {

using namespace made;

using File = std::unique_ptr<std::FILE, int (*)(std::FILE*)>;

// One in a hundred repeats an earlier one.
std::uint64_t certificate_of(std::uint64_t row) { return row % 100 == 99 ? row / 2 : row; }

// Seconds of the two weeks in which all are revoked.
std::uint64_t revoked_of(std::uint64_t certificate) { return mixed(certificate, 10) % (14 * 86'400); }

std::string row(std::uint64_t certificate) {
  std::array<std::uint64_t, 8> hash{};
  for (std::uint64_t i = 0; i < hash.size(); ++i) hash[i] = mixed(certificate, i);
  const auto serial = serial_of(certificate);
  const std::uint64_t second = revoked_of(certificate);
  const std::string host = fmt::format("host-{:012x}.example", hash[0] >> 16U);
  std::string names = host;
  constexpr std::array<std::string_view, 3> more{"www", "mail", "api"};
  for (std::size_t i = 0; i < hash[1] % 4; ++i) names += fmt::format(", {}.{}", more[i], host);
  return fmt::format(
      "{:016x}{:016x}{:016x}{:016x},{:016x}{:016x}{:016x}{:016x},\"CN={}, O=Example Organization {}, C=DE\","
      "\"CN=Example Issuing CA {}, O=Example\",2026-01-{:02}T00:00:00Z,2027-01-{:02}T00:00:00Z,{:016x}{:016x},\"{}\","
      "Yes,2026-03-{:02}T{:02}:{:02}:{:02}Z,superseded\n",
      hash[4], hash[5], hash[6], hash[7], hash[0], hash[1], hash[2], hash[3], host, certificate % 977, certificate % 7,
      1 + certificate % 28, 1 + certificate % 28, serial[0], serial[1], names, 10 + second / 86'400, second / 3'600 % 24,
      second / 60 % 60, second % 60);
}

std::uint64_t repeated_in_half(std::uint64_t row, std::uint64_t rows) { return row % std::max<std::uint64_t>((rows + 1) / 2, 1); }

bool write_list(std::uint64_t rows, bool is_twice) {
  std::string text =
      "Precertificate SHA-256 hash,Certificate SHA-256 hash,Subject,Issuer,Not before,Not after,Serial #,dNSNames,"
      "Is revoked?,Revocation date,Revocation reason\n";
  constexpr std::size_t piece = 1U << 18U, aligned = 1U << 20U;
  // Written as who copies a file writes it: the kernel keeps it in memory in pieces as large as these.
  std::setvbuf(stdout, nullptr, _IOFBF, aligned);
  for (std::uint64_t i = 0; i < rows; ++i) {
    text += row(is_twice ? repeated_in_half(i, rows) : certificate_of(i));
    if (text.size() < piece && i + 1 < rows) continue;
    if (std::fwrite(text.data(), 1, text.size(), stdout) != text.size()) return false;
    text.clear();
  }
  return true;
}

std::string value(unsigned tag, const std::string& content) {
  std::string out(1, static_cast<char>(tag));
  const std::size_t size = content.size();
  constexpr std::size_t short_form = 0x80;
  if (size < short_form) return out + static_cast<char>(size) + content;
  out += "\x84";
  for (unsigned shift = 32; shift > 0; shift -= 8) out += static_cast<char>(size >> (shift - 8));
  // The shortest form of the length.
  while (out[2] == 0) {
    out.erase(2, 1);
    --out[1];
  }
  return out + content;
}

std::string sequence(const std::string& content) { return value(0x30, content); }

std::string entries_of(std::uint64_t count) {
  const std::string reason = sequence(sequence(value(6, "\x55\x1D\x15") + value(4, value(10, "\x04"))));
  std::string out;
  for (std::uint64_t i = 0; i < count; ++i) {
    const std::uint64_t second = revoked_of(i);
    const std::string time =
        fmt::format("2603{:02}{:02}{:02}{:02}Z", 10 + second / 86'400, second / 3'600 % 24, second / 60 % 60, second % 60);
    out += sequence(value(2, octets_of(serial_of(i))) + value(0x17, time) + reason);
  }
  return out;
}

template <class T, class Encode>
std::string encoded(T* what, Encode encode) {
  unsigned char* bytes = nullptr;
  const int size = encode(what, &bytes);
  std::string out(reinterpret_cast<const char*>(bytes), static_cast<std::size_t>(size));
  OPENSSL_free(bytes);
  return out;
}

bool write_crl(std::uint64_t count, const std::string& folder) {
  EVP_PKEY* key = EVP_PKEY_Q_keygen(nullptr, nullptr, "RSA", std::size_t{2048});
  X509* certificate = X509_new();
  X509_set_version(certificate, 2);
  ASN1_INTEGER_set(X509_get_serialNumber(certificate), 1);
  ASN1_TIME_set_string(X509_getm_notBefore(certificate), "20200101000000Z");
  ASN1_TIME_set_string(X509_getm_notAfter(certificate), "20400101000000Z");
  X509_NAME* name = X509_get_subject_name(certificate);
  X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_UTF8, reinterpret_cast<const unsigned char*>("Example Issuing CA"), -1, -1, 0);
  X509_set_issuer_name(certificate, name);
  X509_set_pubkey(certificate, key);
  for (const auto& [what, content] :
       {std::pair{NID_basic_constraints, "critical,CA:TRUE"}, {NID_key_usage, "critical,keyCertSign,cRLSign"}}) {
    X509_EXTENSION* extension = X509V3_EXT_conf_nid(nullptr, nullptr, what, content);
    X509_add_ext(certificate, extension, -1);
    X509_EXTENSION_free(extension);
  }
  X509_sign(certificate, key, EVP_sha256());

  const std::string algorithm = sequence(value(6, "\x2A\x86\x48\x86\xF7\x0D\x01\x01\x0B") + value(5, ""));
  const std::string number = value(0xA0, sequence(sequence(value(6, "\x55\x1D\x14") + value(4, value(2, "\x01")))));
  const std::string part = sequence(value(2, "\x01") + algorithm + encoded(name, i2d_X509_NAME) + value(0x17, "260401000000Z") +
                                    value(0x17, "490408000000Z") + sequence(entries_of(count)) + number);
  EVP_MD_CTX* context = EVP_MD_CTX_new();
  std::string signature(1024, '\0');
  std::size_t size = signature.size();
  const bool is_signed = EVP_DigestSignInit(context, nullptr, EVP_sha256(), nullptr, key) == 1 &&
                         EVP_DigestSign(context, reinterpret_cast<unsigned char*>(signature.data()), &size,
                                        reinterpret_cast<const unsigned char*>(part.data()), part.size()) == 1;
  EVP_MD_CTX_free(context);
  const std::string crl = sequence(part + algorithm + value(3, std::string(1, '\0') + signature.substr(0, size)));
  const File list(std::fopen((folder + "/crl.der").c_str(), "wb"), std::fclose);
  const File issuer(std::fopen((folder + "/issuer.pem").c_str(), "wb"), std::fclose);
  return is_signed && list && issuer && std::fwrite(crl.data(), 1, crl.size(), list.get()) == crl.size() &&
         PEM_write_X509(issuer.get(), certificate) == 1;
}

}  // namespace

int main(int count, char** words) {
  std::uint64_t number = 0;
  const std::string_view what = count > 1 ? words[1] : "", how_many = count > 2 ? words[2] : "";
  const bool is_number = std::from_chars(how_many.data(), how_many.data() + how_many.size(), number).ec == std::errc();
  if (is_number && (what == "list" || what == "twice") && count == 3) return write_list(number, what == "twice") ? 0 : 1;
  if (is_number && what == "crl" && count == 4) return write_crl(number, words[3]) ? 0 : 1;
  std::fputs("bench_certificates list ROWS | bench_certificates twice ROWS | bench_certificates crl ENTRIES FOLDER\n", stderr);
  return 2;
}
