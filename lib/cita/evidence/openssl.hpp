// OpenSSL's objects, owned; and whole values of DER as them. For the sources of this room alone.
#pragma once

#include <cita/evidence/pem.hpp>

#include <openssl/err.h>
#include <openssl/x509.h>

#include <memory>
#include <string>
#include <string_view>

namespace cita::evidence::ssl {

template <auto Free>
struct Freed {
  template <class T>
  void operator()(T* each) const {
    Free(each);
  }
};
using Certificate = std::unique_ptr<X509, Freed<X509_free>>;

inline const unsigned char* octets(std::string_view bytes) { return reinterpret_cast<const unsigned char*>(bytes.data()); }

// Whole values only: what d2i_… leaves over was not meant to be there.
template <class T, class Read>
T decoded(std::string_view bytes, Read read) {
  const unsigned char* at = octets(bytes);
  T value(read(nullptr, &at, static_cast<long>(bytes.size())));
  if (at != octets(bytes) + bytes.size()) return nullptr;
  return value;
}

/// Empty for none.
inline std::string octets_of(const ASN1_STRING* text) {
  if (text == nullptr) return {};
  return {reinterpret_cast<const char*>(ASN1_STRING_get0_data(text)), static_cast<std::size_t>(ASN1_STRING_length(text))};
}

template <class T, class Write>
std::string encoded(T* value, Write write) {
  unsigned char* bytes = nullptr;
  const int size = write(value, &bytes);
  std::string out(reinterpret_cast<const char*>(bytes), size > 0 ? static_cast<std::size_t>(size) : 0);
  OPENSSL_free(bytes);
  return out;
}

inline bool has_pem(std::string_view file) { return file.find("-----BEGIN") != std::string_view::npos; }

/// DER or PEM.
inline Certificate certificate_of(std::string_view text) {
  if (!has_pem(text)) return decoded<Certificate>(text, d2i_X509);
  const auto bytes = from_pem(text, "CERTIFICATE");
  return bytes ? decoded<Certificate>(*bytes, d2i_X509) : nullptr;
}

}  // namespace cita::evidence::ssl
