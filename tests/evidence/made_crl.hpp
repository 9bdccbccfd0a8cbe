// CRLs as a test wants them, right or wrong, signed by a CA that is made for it.
#pragma once

#include <openssl/evp.h>
#include <openssl/rsa.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

#include <initializer_list>
#include <string>

namespace made {

inline std::string value(int tag, const std::string& content) {
  std::string out(1, static_cast<char>(tag));
  const std::size_t size = content.size();
  if (size < 0x80) out += static_cast<char>(size);
  else if (size < 0x100) out += {'\x81', static_cast<char>(size)};
  else if (size < 0x10000) out += {'\x82', static_cast<char>(size >> 8U), static_cast<char>(size)};
  else out += {'\x83', static_cast<char>(size >> 16U), static_cast<char>(size >> 8U), static_cast<char>(size)};
  return out + content;
}

inline std::string sequence(const std::string& content) { return value(0x30, content); }

inline std::string extension(const std::string& name, const std::string& content) {
  return sequence(value(6, name) + value(4, content));
}

inline std::string reason(int code) { return extension("\x55\x1D\x15", value(10, std::string(1, static_cast<char>(code)))); }

inline std::string time(const std::string& text) { return value(text.size() == 13 ? 0x17 : 0x18, text); }

inline std::string entry(const std::string& serial, const std::string& revoked = "260322100000Z",
                         const std::string& extensions = {}) {
  return sequence(value(2, serial) + time(revoked) + (extensions.empty() ? "" : sequence(extensions)));
}

inline std::string in_pem(const std::string& der, const std::string& kind) {
  std::string text(der.size() * 2 + 8, '\0');
  text.resize(static_cast<std::size_t>(EVP_EncodeBlock(reinterpret_cast<unsigned char*>(text.data()),
                                                       reinterpret_cast<const unsigned char*>(der.data()),
                                                       static_cast<int>(der.size()))));
  std::string lines;
  for (std::size_t i = 0; i < text.size(); i += 64) lines += text.substr(i, 64) + "\n";
  return "-----BEGIN " + kind + "-----\n" + lines + "-----END " + kind + "-----\n";
}

inline const std::string far_future = "99991231235959Z";

/// A CA with a key of a kind ("RSA", "EC", "ED25519") and its certificate.
class Authority {
 public:
  explicit Authority(const char* kind, const char* name = "made", bool may_sign = true) {
    const std::string_view wanted = kind;
    key_ = wanted == "RSA"  ? EVP_PKEY_Q_keygen(nullptr, nullptr, "RSA", std::size_t{2048})
           : wanted == "EC" ? EVP_PKEY_Q_keygen(nullptr, nullptr, "EC", "P-256")
                            : EVP_PKEY_Q_keygen(nullptr, nullptr, kind);
    certify(name, may_sign);
  }
  /// Another one with the same key.
  Authority(const Authority& other, const char* name) : key_(other.key_) {
    EVP_PKEY_up_ref(key_);
    certify(name, true);
  }
  Authority(const Authority&) = delete;
  Authority& operator=(const Authority&) = delete;
  ~Authority() { EVP_PKEY_free(key_); }

  const std::string& certificate() const { return certificate_; }
  EVP_PKEY* key() const { return key_; }

  std::string signed_part(const std::string& algorithm, const std::string& entries, const std::string& issued = "260401000000Z",
                          const std::string& extensions = {}) const {
    return sequence(value(2, "\x01") + algorithm + name_ + time(issued) + value(0x17, "260408000000Z") +
                    (entries.empty() ? "" : sequence(entries)) + (extensions.empty() ? "" : value(0xA0, sequence(extensions))));
  }

  /// A CRL of the entries, signed with the usual algorithm of the key, or RSASSA-PSS.
  std::string crl(const std::string& entries, bool pss = false, const std::string& issued = "260401000000Z",
                  const std::string& extensions = {}) const {
    EVP_MD_CTX* context = EVP_MD_CTX_new();
    EVP_PKEY_CTX* parameters = nullptr;
    EVP_DigestSignInit(context, &parameters, EVP_PKEY_is_a(key_, "ED25519") == 1 ? nullptr : EVP_sha256(), nullptr, key_);
    if (pss) {
      EVP_PKEY_CTX_set_rsa_padding(parameters, RSA_PKCS1_PSS_PADDING);
      EVP_PKEY_CTX_set_rsa_pss_saltlen(parameters, 32);
    }
    const std::string sha256 = sequence(value(6, "\x60\x86\x48\x01\x65\x03\x04\x02\x01") + value(5, ""));
    std::string algorithm;
    if (pss)
      algorithm = sequence(value(6, "\x2A\x86\x48\x86\xF7\x0D\x01\x01\x0A") +
                           sequence(value(0xA0, sha256) +
                                    value(0xA1, sequence(value(6, "\x2A\x86\x48\x86\xF7\x0D\x01\x01\x08") + sha256)) +
                                    value(0xA2, value(2, "\x20"))));
    else if (EVP_PKEY_is_a(key_, "RSA") == 1)
      algorithm = sequence(value(6, "\x2A\x86\x48\x86\xF7\x0D\x01\x01\x0B") + value(5, ""));
    else algorithm = sequence(value(6, EVP_PKEY_is_a(key_, "EC") == 1 ? "\x2A\x86\x48\xCE\x3D\x04\x03\x02" : "\x2B\x65\x70"));
    const std::string part = signed_part(algorithm, entries, issued, extensions);
    std::string signature(1024, '\0');
    std::size_t size = signature.size();
    EVP_DigestSign(context, reinterpret_cast<unsigned char*>(signature.data()), &size,
                   reinterpret_cast<const unsigned char*>(part.data()), part.size());
    EVP_MD_CTX_free(context);
    return sequence(part + algorithm + value(3, std::string(1, '\0') + signature.substr(0, size)));
  }

 private:
  void certify(const char* name, bool may_sign) {
    X509* certificate = X509_new();
    X509_set_version(certificate, 2);
    ASN1_INTEGER_set(X509_get_serialNumber(certificate), 1);
    ASN1_TIME_set_string(X509_getm_notBefore(certificate), "20200101000000Z");
    ASN1_TIME_set_string(X509_getm_notAfter(certificate), "20400101000000Z");
    X509_NAME* subject = X509_get_subject_name(certificate);
    X509_NAME_add_entry_by_txt(subject, "CN", MBSTRING_UTF8, reinterpret_cast<const unsigned char*>(name), -1, -1, 0);
    X509_set_issuer_name(certificate, subject);
    X509_set_pubkey(certificate, key_);
    X509_EXTENSION* usage =
        X509V3_EXT_conf_nid(nullptr, nullptr, NID_key_usage, may_sign ? "critical,cRLSign,keyCertSign" : "critical,keyCertSign");
    X509_add_ext(certificate, usage, -1);
    X509_EXTENSION_free(usage);
    X509_sign(certificate, key_, EVP_PKEY_is_a(key_, "ED25519") == 1 ? nullptr : EVP_sha256());
    certificate_ = encoded(certificate, i2d_X509);
    name_ = encoded(subject, i2d_X509_NAME);
    X509_free(certificate);
  }

  template <class T, class Encode>
  static std::string encoded(T* what, Encode encode) {
    unsigned char* bytes = nullptr;
    const int size = encode(what, &bytes);
    std::string out(reinterpret_cast<const char*>(bytes), static_cast<std::size_t>(size));
    OPENSSL_free(bytes);
    return out;
  }

  EVP_PKEY* key_ = nullptr;
  std::string certificate_, name_;
};

}  // namespace made
