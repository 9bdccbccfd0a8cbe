#include <cita/evidence/crl.hpp>
#include <cita/evidence/der.hpp>
#include <cita/evidence/ocsp.hpp>
#include <cita/evidence/openssl.hpp>

#include <openssl/ocsp.h>
#include <openssl/x509v3.h>

#include <algorithm>
#include <array>

namespace cita::evidence {

namespace {

using namespace ssl;

using Response = std::unique_ptr<OCSP_RESPONSE, Freed<OCSP_RESPONSE_free>>;
using Basic = std::unique_ptr<OCSP_BASICRESP, Freed<OCSP_BASICRESP_free>>;
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

// Nothing where its times or its number cannot be read.
std::optional<OcspAnswer> answer_of(OCSP_SINGLERESP* single) {
  int reason = OCSP_REVOKED_STATUS_NOSTATUS;
  ASN1_GENERALIZEDTIME *revoked = nullptr, *from = nullptr, *until = nullptr;
  const int status = OCSP_single_get0_status(single, &reason, &revoked, &from, &until);
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
  constexpr int unused = 7;
  if (reason >= 0 && reason <= static_cast<int>(CrlReason::aa_compromise) && reason != unused)
    answer.reason = static_cast<CrlReason>(reason);
  return answer;
}

std::string digest_of(const X509* certificate, const EVP_MD* hash,
                      int (*digest)(const X509*, const EVP_MD*, unsigned char*, unsigned int*)) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> octets{};
  unsigned int size = 0;
  if (digest(certificate, hash, octets.data(), &size) != 1) return {};
  return {reinterpret_cast<const char*>(octets.data()), size};
}

int digest_of_subject(const X509* certificate, const EVP_MD* hash, unsigned char* octets, unsigned int* size) {
  return X509_NAME_digest(X509_get_subject_name(certificate), hash, octets, size);
}

// Index of the certificate of the issuer's key: where several have it, the one of its name, which may be written in another type
// of string than in the certificate.
std::optional<std::size_t> find(const NamedIssuer& issuer, const std::vector<Certificate>& known) {
  const EVP_MD* hash = EVP_get_digestbyobj(issuer.hash);
  std::optional<std::size_t> found;
  for (std::size_t i = 0; hash != nullptr && i < known.size(); ++i) {
    if (issuer.key.empty() || digest_of(known[i].get(), hash, X509_pubkey_digest) != issuer.key) continue;
    if (digest_of(known[i].get(), hash, digest_of_subject) == issuer.name) return i;
    found = found.value_or(i);
  }
  return found;
}

// The certificates with whose key a response is signed, for one may have been renewed; or why there is none.
struct Signers {
  std::vector<X509*> certificates;
  OcspCheck check = OcspCheck::unknown_responder;
  std::string because;
};
Signers signers_of(OCSP_BASICRESP* basic, const std::vector<Certificate>& known) {
  Signers signers;
  const auto has_signed = [&](STACK_OF(X509) * among, unsigned long flags) {
    ERR_clear_error();
    if (OCSP_basic_verify(basic, among, nullptr, OCSP_NOVERIFY | flags) == 1) return true;
    const auto error = ERR_peek_last_error();
    if (ERR_GET_REASON(error) == OCSP_R_SIGNER_CERTIFICATE_NOT_FOUND) return false;
    const char* reason = ERR_reason_error_string(error);
    signers.check = OcspCheck::bad;
    signers.because = reason == nullptr ? "" : reason;
    return false;
  };
  for (const Certificate& each : known) {
    const Stack only(sk_X509_new_null());
    if (only && sk_X509_push(only.get(), each.get()) > 0 && has_signed(only.get(), OCSP_NOINTERN))
      signers.certificates.push_back(each.get());
  }
  X509* embedded = nullptr;
  if (has_signed(nullptr, 0) && OCSP_resp_get0_signer(basic, &embedded, nullptr) == 1) signers.certificates.push_back(embedded);
  if (!signers.certificates.empty()) signers.check = OcspCheck::good;
  return signers;
}

// Why the issuer did not entrust whoever signed the response; empty where it did, or signed it itself.
std::string_view objection(X509* signer, X509* issuer, Instant at) {
  EVP_PKEY* key = X509_get0_pubkey(issuer);
  if (key == nullptr) return "the issuer's key cannot be read";
  if (EVP_PKEY_eq(X509_get0_pubkey(signer), key) == 1) return {};
  if (X509_verify(signer, key) != 1) return "the responder's certificate is not of this issuer";
  const bool has_usages = (X509_get_extension_flags(signer) & EXFLAG_XKUSAGE) != 0;
  if (!has_usages || (X509_get_extended_key_usage(signer) & XKU_OCSP_SIGN) == 0)
    return "the responder's certificate is not for signing OCSP responses";
  auto then = static_cast<time_t>(at.time_since_epoch().count());
  const bool is_valid =
      X509_cmp_time(X509_get0_notBefore(signer), &then) < 0 && X509_cmp_time(X509_get0_notAfter(signer), &then) > 0;
  return is_valid ? std::string_view() : "the responder's certificate was not valid then";
}

// What a response says of each certificate, and who issued that.
struct Told {
  OcspAnswer answer;
  NamedIssuer issuer;
};

// Leaves the answers that are good, or all of them as they are where none is.
void verify(OCSP_BASICRESP* basic, std::vector<Told>& all, const std::vector<std::string>& issuers, OcspReading& reading) {
  std::vector<Certificate> known;
  std::vector<IssuerKey> keys;
  for (const std::string& each : issuers) {
    auto certificate = certificate_of(each);
    if (!certificate) continue;
    known.push_back(std::move(certificate));
    keys.push_back(issuer_key(each));
  }
  std::vector<std::optional<std::size_t>> issuer_of;
  issuer_of.reserve(all.size());
  for (const Told& each : all) issuer_of.push_back(find(each.issuer, known));
  reading.check = OcspCheck::other_issuer;
  if (std::none_of(issuer_of.begin(), issuer_of.end(), [](const auto& each) { return each.has_value(); })) return;
  Signers signers = signers_of(basic, known);
  reading.check = signers.check;
  if (signers.check != OcspCheck::good) {
    reading.because = std::move(signers.because);
    return;
  }
  std::vector<std::optional<std::string_view>> objections(known.size());
  const auto least_objection = [&](X509* issuer) {
    std::string_view objection_to_all;
    for (X509* signer : signers.certificates) {
      objection_to_all = objection(signer, issuer, reading.produced_at);
      if (objection_to_all.empty()) break;
    }
    return objection_to_all;
  };
  std::vector<Told> good;
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (!issuer_of[i]) continue;
    const std::size_t issuer = *issuer_of[i];
    if (!objections[issuer]) objections[issuer] = least_objection(known[issuer].get());
    if (!objections[issuer]->empty()) {
      reading.because = *objections[issuer];
      continue;
    }
    good.push_back(all[i]);
    good.back().answer.issuer = issuer;
    good.back().answer.issuer_key = keys[issuer].key;
  }
  reading.check = good.empty() ? OcspCheck::wrong_responder : OcspCheck::good;
  if (good.empty()) return;
  reading.because.clear();
  reading.left_out = all.size() - good.size();
  for (IssuerKey& each : keys) reading.issuers.push_back(std::move(each.name));
  all = std::move(good);
}

OcspReading read(std::string_view der, const std::vector<std::string>& issuers) {
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
  reading.check = OcspCheck::no_answer;
  std::vector<Told> all;
  for (int i = 0; i < OCSP_resp_count(basic.get()); ++i) {
    OCSP_SINGLERESP* single = OCSP_resp_get0(basic.get(), i);
    auto answer = answer_of(single);
    if (!answer) {
      ++reading.unreadable;
      continue;
    }
    NamedIssuer issuer = named_issuer(single);
    answer->issuer_key = std::to_string(OBJ_obj2nid(issuer.hash)) + ":" + issuer.key;
    all.push_back({std::move(*answer), std::move(issuer)});
  }
  if (all.empty()) return reading;
  reading.check = OcspCheck::not_verified;
  if (!issuers.empty()) verify(basic.get(), all, issuers, reading);
  reading.answers.reserve(all.size());
  for (Told& each : all) reading.answers.push_back(std::move(each.answer));
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
    case OcspCheck::other_issuer: return "it speaks of certificates of another issuer";
    case OcspCheck::unknown_responder: return "nobody gave the certificate of who signed it: --issuer takes it, too";
    case OcspCheck::bad: return "the signature is not the responder's";
    case OcspCheck::wrong_responder: return "the issuer did not entrust whoever signed it with that";
  }
  return "";
}

bool is_evidence(OcspCheck check) { return check == OcspCheck::good || check == OcspCheck::not_verified; }

OcspReading read_ocsp(std::string_view der, const std::vector<std::string>& issuers) {
  OcspReading reading = read(der, issuers);
  ERR_clear_error();
  return reading;
}

}  // namespace cita::evidence
