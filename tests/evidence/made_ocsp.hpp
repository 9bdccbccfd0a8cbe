// OCSP responses as a test wants them, signed by whom it wants.
#pragma once

#include "made_crl.hpp"

#include <openssl/ocsp.h>

#include <string>
#include <string_view>
#include <vector>

namespace made {

inline constexpr std::string_view octets = "\x5A\x02\x03\x04\x05\x06\x07\x08";

struct Single {
  std::string_view serial = octets;
  int status = V_OCSP_CERTSTATUS_REVOKED;
  int reason = OCSP_REVOKED_STATUS_SUPERSEDED;
  const char* revoked = "20260401100000Z";
  const char* this_update = "20260402000000Z";
  const Authority* issuer = nullptr;  ///< nothing: who made the response
  const EVP_MD* hash = EVP_sha1();    ///< by which it names its issuer
  bool is_negative = false;           ///< the serial number is
  bool has_unknown = false;           ///< it has a critical extension that nobody knows
  int critical = NID_undef;           ///< it has this critical extension, of this DER
  std::string critical_content{};
};

template <class T, class Encode>
std::string encoded_as(T* what, Encode encode) {
  unsigned char* bytes = nullptr;
  const int size = encode(what, &bytes);
  std::string out(reinterpret_cast<const char*>(bytes), static_cast<std::size_t>(size));
  OPENSSL_free(bytes);
  return out;
}

inline X509* decoded(const std::string& der) {
  const auto* at = reinterpret_cast<const unsigned char*>(der.data());
  return d2i_X509(nullptr, &at, static_cast<long>(der.size()));
}

/// A critical extension that nobody knows.
inline X509_EXTENSION* unknown_extension() {
  ASN1_OBJECT* name = OBJ_txt2obj("1.2.3.4.5", 1);
  ASN1_OCTET_STRING* content = ASN1_OCTET_STRING_new();
  ASN1_OCTET_STRING_set(content, reinterpret_cast<const unsigned char*>("\x05"), 2);
  X509_EXTENSION* extension = X509_EXTENSION_create_by_OBJ(nullptr, name, 1, content);
  ASN1_OCTET_STRING_free(content);
  ASN1_OBJECT_free(name);
  return extension;
}

/// A certificate for a responder, of this issuer.
inline X509* responder(const Authority& ca, EVP_PKEY* key, bool is_entrusted) {
  X509* issuer = decoded(ca.certificate());
  X509* certificate = X509_new();
  X509_set_version(certificate, 2);
  ASN1_INTEGER_set(X509_get_serialNumber(certificate), 2);
  ASN1_TIME_set_string(X509_getm_notBefore(certificate), "20200101000000Z");
  ASN1_TIME_set_string(X509_getm_notAfter(certificate), "20400101000000Z");
  X509_NAME_add_entry_by_txt(X509_get_subject_name(certificate), "CN", MBSTRING_UTF8,
                             reinterpret_cast<const unsigned char*>("responder"), -1, -1, 0);
  X509_set_issuer_name(certificate, X509_get_subject_name(issuer));
  X509_set_pubkey(certificate, key);
  if (is_entrusted) {
    X509_EXTENSION* usage = X509V3_EXT_conf_nid(nullptr, nullptr, NID_ext_key_usage, "OCSPSigning");
    X509_add_ext(certificate, usage, -1);
    X509_EXTENSION_free(usage);
  }
  X509_sign(certificate, ca.key(), EVP_sha256());
  X509_free(issuer);
  return certificate;
}

inline constexpr const char* produced = "20260402000000Z";

enum class Signer { issuer, delegated, delegated_and_silent, not_entrusted, stranger };

/// To be signed.
inline OCSP_BASICRESP* answers(const Authority& ca, const std::vector<Single>& singles, const char* produced_at) {
  OCSP_BASICRESP* basic = OCSP_BASICRESP_new();
  for (const Single& each : singles) {
    BIGNUM* number =
        BN_bin2bn(reinterpret_cast<const unsigned char*>(each.serial.data()), static_cast<int>(each.serial.size()), nullptr);
    BN_set_negative(number, each.is_negative ? 1 : 0);
    ASN1_INTEGER* serial = BN_to_ASN1_INTEGER(number, nullptr);
    X509* named = decoded(each.issuer == nullptr ? ca.certificate() : each.issuer->certificate());
    OCSP_CERTID* id = OCSP_cert_id_new(each.hash, X509_get_subject_name(named), X509_get0_pubkey_bitstr(named), serial);
    X509_free(named);
    ASN1_TIME *revoked = ASN1_TIME_new(), *from = ASN1_TIME_new();
    ASN1_TIME_set_string(revoked, each.revoked);
    ASN1_TIME_set_string(from, each.this_update);
    const bool is_revoked = each.status == V_OCSP_CERTSTATUS_REVOKED;
    OCSP_SINGLERESP* single =
        OCSP_basic_add1_status(basic, id, each.status, each.reason, is_revoked ? revoked : nullptr, from, nullptr);
    if (each.has_unknown) {
      X509_EXTENSION* extension = unknown_extension();
      OCSP_SINGLERESP_add_ext(single, extension, -1);
      X509_EXTENSION_free(extension);
    }
    if (each.critical != NID_undef) {
      ASN1_OCTET_STRING* content = ASN1_OCTET_STRING_new();
      ASN1_STRING_set(content, each.critical_content.data(), static_cast<int>(each.critical_content.size()));
      X509_EXTENSION* extension = X509_EXTENSION_create_by_NID(nullptr, each.critical, 1, content);
      OCSP_SINGLERESP_add_ext(single, extension, -1);
      X509_EXTENSION_free(extension);
      ASN1_OCTET_STRING_free(content);
    }
    ASN1_TIME_free(revoked);
    ASN1_TIME_free(from);
    OCSP_CERTID_free(id);
    ASN1_INTEGER_free(serial);
    BN_free(number);
  }
  const ASN1_GENERALIZEDTIME* made = OCSP_resp_get0_produced_at(basic);
  ASN1_STRING_set(const_cast<ASN1_GENERALIZEDTIME*>(made), produced_at, -1);
  return basic;
}

/// The response that has signed answers, which are freed.
inline std::string finished(OCSP_BASICRESP* basic) {
  OCSP_RESPONSE* whole = OCSP_response_create(OCSP_RESPONSE_STATUS_SUCCESSFUL, basic);
  const std::string der = encoded_as(whole, i2d_OCSP_RESPONSE);
  OCSP_RESPONSE_free(whole);
  OCSP_BASICRESP_free(basic);
  return der;
}

/// `certificate_of` gets the one of the responder to whom it was delegated.
inline std::string response(const Authority& ca, const std::vector<Single>& singles, Signer signer = Signer::issuer,
                            const char* produced_at = produced, std::string* certificate_of = nullptr) {
  X509* issuer = decoded(ca.certificate());
  OCSP_BASICRESP* basic = answers(ca, singles, produced_at);
  EVP_PKEY* own = EVP_PKEY_Q_keygen(nullptr, nullptr, "EC", "P-256");
  if (signer == Signer::issuer) OCSP_basic_sign(basic, issuer, ca.key(), EVP_sha256(), nullptr, OCSP_NOCERTS | OCSP_NOTIME);
  else if (signer == Signer::stranger) {
    const Authority stranger("EC", "stranger");
    X509* certificate = responder(stranger, own, true);
    OCSP_basic_sign(basic, certificate, own, EVP_sha256(), nullptr, OCSP_NOTIME);
    X509_free(certificate);
  } else {
    X509* certificate = responder(ca, own, signer != Signer::not_entrusted);
    const unsigned long silence = signer == Signer::delegated_and_silent ? OCSP_NOCERTS : 0;
    OCSP_basic_sign(basic, certificate, own, EVP_sha256(), nullptr, OCSP_NOTIME | silence);
    if (certificate_of != nullptr) *certificate_of = encoded_as(certificate, i2d_X509);
    X509_free(certificate);
  }
  EVP_PKEY_free(own);
  X509_free(issuer);
  return finished(basic);
}

}  // namespace made
