#include <cita/evidence/crl.hpp>
#include <cita/evidence/der.hpp>
#include <cita/evidence/issuers.hpp>
#include <cita/evidence/openssl.hpp>

#include <openssl/ocsp.h>
#include <openssl/x509v3.h>

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <unordered_map>

namespace cita::evidence {

namespace {

using namespace ssl;

using Response = std::unique_ptr<OCSP_RESPONSE, Freed<OCSP_RESPONSE_free>>;
using Basic = std::unique_ptr<OCSP_BASICRESP, Freed<OCSP_BASICRESP_free>>;
using GeneralNames = std::unique_ptr<GENERAL_NAMES, Freed<GENERAL_NAMES_free>>;
struct FreedStack {
  void operator()(STACK_OF(X509) * stack) const { sk_X509_free(stack); }
};
using Stack = std::unique_ptr<STACK_OF(X509), FreedStack>;

std::optional<Instant> instant_of(const ASN1_GENERALIZEDTIME* time) {
  if (time == nullptr) return std::nullopt;
  return time_of(der::generalized_time, {reinterpret_cast<const char*>(ASN1_STRING_get0_data(time)),
                                         static_cast<std::size_t>(ASN1_STRING_length(time))});
}

// The issuer of the certificate that an answer is on, as that names it.
struct NamedIssuer {
  const ASN1_OBJECT* hash = nullptr;
  std::string name, key;  // by that hash
};
NamedIssuer named_issuer(OCSP_SINGLERESP* single) {
  ASN1_OCTET_STRING *name = nullptr, *key = nullptr;
  ASN1_OBJECT* hash = nullptr;
  OCSP_id_get0_info(&name, &hash, &key, nullptr, const_cast<OCSP_CERTID*>(OCSP_SINGLERESP_get0_id(single)));
  return {hash, octets_of(name), octets_of(key)};
}

template <class Of>
std::string digest_of(const Of* what, const EVP_MD* hash,
                      int (*digest)(const Of*, const EVP_MD*, unsigned char*, unsigned int*)) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> octets{};
  unsigned int size = 0;
  if (digest(what, hash, octets.data(), &size) != 1) return {};
  return {reinterpret_cast<const char*>(octets.data()), size};
}

std::string key_of(const X509* certificate) { return digest_of(certificate, EVP_sha256(), X509_pubkey_digest); }

// Whether one of the extensions of a response, an answer or a certificate is critical and not known.
template <class Of, class ExtensionOf, class IsKnown>
bool has_unknown_critical(Of* of, int count, ExtensionOf extension_of, IsKnown is_known) {
  for (int i = 0; i < count; ++i) {
    X509_EXTENSION* each = extension_of(of, i);
    if (X509_EXTENSION_get_critical(each) != 0 && !is_known(each)) return true;
  }
  return false;
}

int name_of(X509_EXTENSION* extension) { return OBJ_obj2nid(X509_EXTENSION_get_object(extension)); }
bool is_known_of_response(X509_EXTENSION* extension) { return name_of(extension) == NID_id_pkix_OCSP_Nonce; }
bool is_known_of_certificate(X509_EXTENSION* extension) {
  return X509_supported_extension(extension) == 1 || name_of(extension) == NID_id_pkix_OCSP_noCheck;
}

// The DER of the reason code of a revocation; empty where there is none. OpenSSL has numbers that it cannot hold as others.
std::string reason_code(const OCSP_SINGLERESP* single) {
  constexpr std::uint8_t revoked_tag = 0xA1, reason_tag = 0xA0;
  const std::string der = encoded(single, i2d_OCSP_SINGLERESP);
  std::string_view rest = der;
  const auto content = [](const std::optional<der::Value>& value) { return value ? value->content : std::string_view(); };
  std::string_view answer = content(der::take(rest, der::sequence));
  der::take(answer, der::sequence);
  std::string_view status = content(der::take(answer, revoked_tag));
  der::take(status, der::generalized_time);
  return std::string(content(der::take(status, reason_tag)));
}

// Whether the extension of an entry of a CRL names the issuer that the answer names.
bool names(X509_EXTENSION* certificate_issuer, const NamedIssuer& issuer) {
  const EVP_MD* hash = EVP_get_digestbyobj(issuer.hash);
  const GeneralNames all(static_cast<GENERAL_NAMES*>(X509V3_EXT_d2i(certificate_issuer)));
  for (int i = 0; hash != nullptr && i < sk_GENERAL_NAME_num(all.get()); ++i) {
    const GENERAL_NAME* each = sk_GENERAL_NAME_value(all.get(), i);
    if (each->type == GEN_DIRNAME && digest_of(each->d.directoryName, hash, X509_NAME_digest) == issuer.name) return true;
  }
  return false;
}

// The extensions of a CRL's entry are known here, too (RFC 6960 4.4.5), where they say the same as the answer.
bool is_understood(OCSP_SINGLERESP* single) {
  const auto is_known = [&](X509_EXTENSION* extension) {
    switch (name_of(extension)) {
      case NID_id_pkix_OCSP_archiveCutoff:
      case NID_id_pkix_OCSP_CrlID:
      case NID_invalidity_date:
      case NID_hold_instruction_code:
      case NID_ct_cert_scts: return true;
      case NID_crl_reason: return octets_of(X509_EXTENSION_get_data(extension)) == reason_code(single);
      case NID_certificate_issuer: return names(extension, named_issuer(single));
      default: return false;
    }
  };
  return !has_unknown_critical(single, OCSP_SINGLERESP_get_ext_count(single), OCSP_SINGLERESP_get_ext, is_known);
}

// Nothing where its times or its number cannot be read.
std::optional<OcspAnswer> answer_of(OCSP_SINGLERESP* single) {
  ASN1_GENERALIZEDTIME *revoked = nullptr, *from = nullptr, *until = nullptr;
  const int status = OCSP_single_get0_status(single, nullptr, &revoked, &from, &until);
  OcspAnswer answer;
  ASN1_INTEGER* serial = nullptr;
  OCSP_id_get0_info(nullptr, nullptr, nullptr, &serial, const_cast<OCSP_CERTID*>(OCSP_SINGLERESP_get0_id(single)));
  answer.serial = magnitude_of(octets_of(serial));
  const auto this_update = instant_of(from);
  // Of a negative number OpenSSL has the magnitude, which is another number.
  if (!this_update || answer.serial.empty() || ASN1_STRING_type(serial) != V_ASN1_INTEGER) return std::nullopt;
  answer.this_update = *this_update;
  answer.next_update = instant_of(until);
  if (until != nullptr && !answer.next_update) return std::nullopt;
  if (status == V_OCSP_CERTSTATUS_GOOD) answer.status = OcspStatus::good;
  if (status != V_OCSP_CERTSTATUS_REVOKED) return answer;
  answer.status = OcspStatus::revoked;
  answer.revoked = instant_of(revoked);
  if (!answer.revoked) return std::nullopt;
  const std::string code = reason_code(single);
  answer.reason = reason_of(code);
  answer.is_reason_unread = !code.empty() && !answer.reason;
  return answer;
}

// Index of the certificate that has the issuer's key and name, and whether any has its key.
struct FoundIssuer {
  std::optional<std::size_t> index;
  bool has_key = false;
};
// Those that are known, by each hash of their keys that a response names them by.
class ByKey {
 public:
  explicit ByKey(const std::vector<Issuers::Known>& known) : known_(known) {}

  FoundIssuer find(const NamedIssuer& issuer) {
    const EVP_MD* hash = EVP_get_digestbyobj(issuer.hash);
    if (hash == nullptr || issuer.key.empty()) return {};
    const auto& all = by(hash);
    const auto found = all.find(issuer.key);
    if (found == all.end()) return {};
    const auto named = found->second.find(issuer.name);
    return {named == found->second.end() ? std::nullopt : std::optional(named->second), true};
  }

 private:
  using Names = std::unordered_map<std::string, std::size_t>;
  using Keys = std::unordered_map<std::string, Names>;
  const Keys& by(const EVP_MD* hash) {
    const auto [at, is_new] = keys_.try_emplace(EVP_MD_get_type(hash));
    for (std::size_t i = 0; is_new && i < known_.size(); ++i) {
      const X509* certificate = known_[i].certificate.get();
      Names& names = at->second[digest_of(certificate, hash, X509_pubkey_digest)];
      names.try_emplace(digest_of(X509_get_subject_name(certificate), hash, X509_NAME_digest), i);
    }
    return at->second;
  }

  const std::vector<Issuers::Known>& known_;
  std::map<int, Keys> keys_;
};

// The certificates with whose key a response is signed, for one may have been renewed; or why there is none.
struct Signers {
  std::vector<X509*> certificates;
  OcspCheck check = OcspCheck::unknown_responder;
  std::string because;
};
// One that is named alone may have more certificates than are there, unless it is the issuer itself: that is known by its key.
Signers signers_of(OCSP_BASICRESP* basic, const std::vector<Issuers::Known>& known, const std::set<std::string>& issuer_keys) {
  Signers signers;
  const ASN1_OCTET_STRING* key_hash = nullptr;
  const X509_NAME* name = nullptr;
  OCSP_resp_get0_id(basic, &key_hash, &name);
  bool is_bad = false, may_be_another = false;
  // False where it is not the responder's, by its name or key.
  const auto verify_with = [&](X509* certificate) {
    const Stack only(sk_X509_new_null());
    if (!only || sk_X509_push(only.get(), certificate) <= 0) return false;
    ERR_clear_error();
    if (OCSP_basic_verify(basic, only.get(), nullptr, OCSP_NOVERIFY | OCSP_NOINTERN) == 1) {
      signers.certificates.push_back(certificate);
      return true;
    }
    const auto error = ERR_peek_last_error();
    if (ERR_GET_REASON(error) == OCSP_R_SIGNER_CERTIFICATE_NOT_FOUND) return false;
    const char* reason = ERR_reason_error_string(error);
    is_bad = true;
    signers.because = reason == nullptr ? "" : reason;
    may_be_another = may_be_another || (name != nullptr && issuer_keys.count(key_of(certificate)) == 0);
    return true;
  };
  for (const Issuers::Known& each : known) verify_with(each.certificate.get());
  // Each that is the responder's costs a look at all of the response.
  constexpr int most_tried = 32;
  const STACK_OF(X509)* embedded = OCSP_resp_get0_certs(basic);
  for (int i = 0, tried = 0; i < sk_X509_num(embedded) && tried < most_tried; ++i)
    tried += verify_with(sk_X509_value(embedded, i)) ? 1 : 0;
  if (!signers.certificates.empty()) signers.check = OcspCheck::good;
  else if (may_be_another) signers.because = "none of those of its name verifies it";
  else if (is_bad) signers.check = OcspCheck::bad;
  return signers;
}

// Both ends are in it (RFC 5280 4.1.2.5).
bool is_valid_at(const X509* certificate, Instant at) {
  const auto then = static_cast<time_t>(at.time_since_epoch().count());
  const int begin = ASN1_TIME_cmp_time_t(X509_get0_notBefore(certificate), then),
            end = ASN1_TIME_cmp_time_t(X509_get0_notAfter(certificate), then);
  return (begin == -1 || begin == 0) && (end == 0 || end == 1);
}

// Why whoever signed the response is not known to be entrusted by the issuer; good where it is, or signed it itself.
struct Objection {
  OcspCheck check = OcspCheck::good;
  std::string_view because;
};
Objection objection(X509* signer, X509* issuer, Instant at) {
  EVP_PKEY* key = X509_get0_pubkey(issuer);
  const auto wrong = [](std::string_view because) { return Objection{OcspCheck::wrong_responder, because}; };
  if (key == nullptr) return wrong("the issuer's key cannot be read");
  if (EVP_PKEY_eq(X509_get0_pubkey(signer), key) == 1) return {};
  if (X509_verify(signer, key) != 1) return wrong("the responder's certificate is not of this issuer");
  if (X509_NAME_cmp(X509_get_issuer_name(signer), X509_get_subject_name(issuer)) != 0)
    return {OcspCheck::other_name, "in the responder's certificate"};
  const bool has_purposes = (X509_get_extension_flags(signer) & EXFLAG_XKUSAGE) != 0;
  const bool may_sign = (X509_get_key_usage(signer) & (KU_DIGITAL_SIGNATURE | KU_NON_REPUDIATION)) != 0;
  if (!may_sign || !has_purposes || (X509_get_extended_key_usage(signer) & XKU_OCSP_SIGN) == 0)
    return wrong("the responder's certificate is not for signing OCSP responses");
  if (has_unknown_critical(signer, X509_get_ext_count(signer), X509_get_ext, is_known_of_certificate))
    return {OcspCheck::critical_extension, "in the responder's certificate"};
  return is_valid_at(signer, at) ? Objection() : wrong("the responder's certificate was not valid then");
}

// What a response says of each certificate, and who issued that.
struct Told {
  OcspAnswer answer;
  NamedIssuer issuer;
};

// Leaves the answers that are good, or all of them as they are where none is.
void verify(OCSP_BASICRESP* basic, std::vector<Told>& all, const std::vector<Issuers::Known>& known, OcspReading& reading) {
  std::vector<FoundIssuer> issuer_of;
  issuer_of.reserve(all.size());
  ByKey by_key(known);
  for (const Told& each : all) issuer_of.push_back(by_key.find(each.issuer));
  if (std::none_of(issuer_of.begin(), issuer_of.end(), [](const FoundIssuer& each) { return each.index.has_value(); })) {
    const bool has_key = std::any_of(issuer_of.begin(), issuer_of.end(), [](const FoundIssuer& each) { return each.has_key; });
    reading.check = has_key ? OcspCheck::other_name : OcspCheck::other_issuer;
    if (has_key) reading.because = "in its answers: --issuer takes the certificate of that name, too";
    return;
  }
  std::set<std::string> issuer_keys;
  for (const FoundIssuer& each : issuer_of)
    if (each.index) issuer_keys.insert(key_of(known[*each.index].certificate.get()));
  Signers signers = signers_of(basic, known, issuer_keys);
  reading.check = signers.check;
  if (signers.check != OcspCheck::good) {
    reading.because = std::move(signers.because);
    return;
  }
  const auto least_objection = [&](X509* issuer) {
    Objection to_all;
    for (X509* signer : signers.certificates) {
      to_all = objection(signer, issuer, reading.produced_at);
      if (to_all.check == OcspCheck::good) break;
    }
    return to_all;
  };
  struct Judged {
    Objection objection;
    std::size_t index = 0;  // in the reading
  };
  std::unordered_map<std::size_t, Judged> issuers;
  const auto judged = [&](std::size_t index) {
    const auto [at, is_new] = issuers.try_emplace(index);
    if (!is_new) return at->second;
    at->second = {least_objection(known[index].certificate.get()), reading.issuers.size()};
    if (at->second.objection.check == OcspCheck::good) reading.issuers.push_back(known[index].of.name);
    return at->second;
  };
  Objection last;
  std::vector<Told> good;
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (!issuer_of[i].index) continue;
    const Judged issuer = judged(*issuer_of[i].index);
    if (issuer.objection.check != OcspCheck::good) {
      last = issuer.objection;
      continue;
    }
    good.push_back(all[i]);
    good.back().answer.issuer = issuer.index;
    good.back().answer.issuer_key = known[*issuer_of[i].index].of.key;
  }
  if (good.empty()) {
    reading.check = last.check;
    reading.because = last.because;
    return;
  }
  reading.left_out = all.size() - good.size();
  all = std::move(good);
}

OcspReading read(std::string_view der, const Issuers& issuers) {
  OcspReading reading;
  const auto response = decoded<Response>(der, d2i_OCSP_RESPONSE);
  if (!response) return reading;
  if (OCSP_response_status(response.get()) != OCSP_RESPONSE_STATUS_SUCCESSFUL) {
    reading.check = OcspCheck::error;
    return reading;
  }
  const Basic basic(OCSP_response_get1_basic(response.get()));
  if (!basic) return reading;
  const auto produced = instant_of(OCSP_resp_get0_produced_at(basic.get()));
  reading.check = OcspCheck::bad_time;
  if (!produced) return reading;
  reading.produced_at = *produced;
  if (has_unknown_critical(basic.get(), OCSP_BASICRESP_get_ext_count(basic.get()), OCSP_BASICRESP_get_ext,
                           is_known_of_response)) {
    reading.check = OcspCheck::critical_extension;
    return reading;
  }
  std::vector<Told> all;
  for (int i = 0; i < OCSP_resp_count(basic.get()); ++i) {
    OCSP_SINGLERESP* single = OCSP_resp_get0(basic.get(), i);
    if (!is_understood(single)) {
      ++reading.not_understood;
      continue;
    }
    auto answer = answer_of(single);
    if (!answer) {
      ++reading.unreadable;
      continue;
    }
    NamedIssuer issuer = named_issuer(single);
    answer->issuer_key = std::to_string(OBJ_obj2nid(issuer.hash)) + ":" + issuer.key + ":" + issuer.name;
    all.push_back({std::move(*answer), std::move(issuer)});
  }
  reading.check = reading.not_understood > 0 ? OcspCheck::critical_extension : OcspCheck::no_answer;
  if (all.empty()) return reading;
  reading.check = OcspCheck::not_verified;
  if (issuers.are_given()) verify(basic.get(), all, issuers.known(), reading);
  reading.answers.reserve(all.size());
  for (Told& each : all) {
    reading.unread_reasons += each.answer.is_reason_unread ? 1 : 0;
    reading.answers.push_back(std::move(each.answer));
  }
  return reading;
}

}  // namespace

std::string_view name(OcspStatus status) {
  constexpr std::array<std::string_view, 3> all{"good", "revoked", "unknown"};
  return all[static_cast<std::size_t>(status)];
}

std::string_view text(OcspCheck check) {
  switch (check) {
    case OcspCheck::good: return "the signature is good";
    case OcspCheck::not_verified: return "the signature was not verified: no --issuer";
    case OcspCheck::not_a_response: return "the file is no OCSP response in DER";
    case OcspCheck::error: return "the responder answered with an error";
    case OcspCheck::no_answer: return "it has no answer that can be read";
    case OcspCheck::bad_time: return "the time at which it was made is not in whole seconds of UTC, as RFC 6960 asks";
    case OcspCheck::critical_extension: return "a critical extension is not known, which forbids to use it";
    case OcspCheck::other_name:
      return "the issuer's key is there under another name, or the same in other octets, so nobody can say whose it is";
    case OcspCheck::other_issuer: return "it speaks of certificates of another issuer";
    case OcspCheck::unknown_responder: return "nobody gave the certificate of who signed it: --issuer takes it, too";
    case OcspCheck::bad: return "the signature is not the responder's";
    case OcspCheck::wrong_responder: return "the issuer did not entrust whoever signed it with that";
  }
  return "";
}

bool is_evidence(OcspCheck check) { return check == OcspCheck::good || check == OcspCheck::not_verified; }

OcspReading read_ocsp(std::string_view der, const std::vector<std::string>& issuers) { return read_ocsp(der, Issuers(issuers)); }

OcspReading read_ocsp(std::string_view der, const Issuers& issuers) {
  OcspReading reading = read(der, issuers);
  ERR_clear_error();
  return reading;
}

}  // namespace cita::evidence
