#include <cita/evidence/crl.hpp>
#include <cita/evidence/der.hpp>
#include <cita/evidence/ocsp.hpp>
#include <cita/evidence/openssl.hpp>

#include <openssl/ocsp.h>
#include <openssl/x509v3.h>

#include <array>

namespace cita::evidence {

namespace {

using namespace ssl;

using Response = std::unique_ptr<OCSP_RESPONSE, Freed<OCSP_RESPONSE_free>>;
using Basic = std::unique_ptr<OCSP_BASICRESP, Freed<OCSP_BASICRESP_free>>;
using Identity = std::unique_ptr<OCSP_CERTID, Freed<OCSP_CERTID_free>>;
using Store = std::unique_ptr<X509_STORE, Freed<X509_STORE_free>>;
struct FreedStack {
  void operator()(STACK_OF(X509) * stack) const { sk_X509_free(stack); }
};
using Stack = std::unique_ptr<STACK_OF(X509), FreedStack>;

std::optional<Instant> instant_of(const ASN1_GENERALIZEDTIME* time) {
  if (time == nullptr) return std::nullopt;
  return time_of(der::generalized_time, {reinterpret_cast<const char*>(ASN1_STRING_get0_data(time)),
                                         static_cast<std::size_t>(ASN1_STRING_length(time))});
}

// Nothing where its times cannot be read.
std::optional<OcspAnswer> answer_of(OCSP_SINGLERESP* single) {
  int reason = OCSP_REVOKED_STATUS_NOSTATUS;
  ASN1_GENERALIZEDTIME *revoked = nullptr, *from = nullptr, *until = nullptr;
  const int status = OCSP_single_get0_status(single, &reason, &revoked, &from, &until);
  OcspAnswer answer;
  ASN1_INTEGER* serial = nullptr;
  ASN1_OCTET_STRING* key = nullptr;
  OCSP_id_get0_info(nullptr, nullptr, &key, &serial, const_cast<OCSP_CERTID*>(OCSP_SINGLERESP_get0_id(single)));
  answer.serial = magnitude_of(octets_of(serial));
  answer.issuer_key = octets_of(key);
  const auto this_update = instant_of(from);
  if (!this_update || answer.serial.empty()) return std::nullopt;
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

void read_answers(OCSP_BASICRESP* basic, OcspReading& reading) {
  for (int i = 0; i < OCSP_resp_count(basic); ++i) {
    if (auto answer = answer_of(OCSP_resp_get0(basic, i))) reading.answers.push_back(std::move(*answer));
    else ++reading.unreadable;
  }
}

// Whether all of it speaks of certificates of this issuer.
bool speaks_of(OCSP_BASICRESP* basic, X509* issuer) {
  const int count = OCSP_resp_count(basic);
  for (int i = 0; i < count; ++i) {
    auto* id = const_cast<OCSP_CERTID*>(OCSP_SINGLERESP_get0_id(OCSP_resp_get0(basic, i)));
    ASN1_OBJECT* algorithm = nullptr;
    ASN1_INTEGER* serial = nullptr;
    OCSP_id_get0_info(nullptr, &algorithm, nullptr, &serial, id);
    const EVP_MD* hash = EVP_get_digestbyobj(algorithm);
    if (hash == nullptr || serial == nullptr) return false;
    const Identity own(OCSP_cert_id_new(hash, X509_get_subject_name(issuer), X509_get0_pubkey_bitstr(issuer), serial));
    if (!own || OCSP_id_issuer_cmp(own.get(), id) != 0) return false;
  }
  return count > 0;
}

std::string reason_of_failure() {
  const char* reason = ERR_reason_error_string(ERR_peek_last_error());
  return reason == nullptr ? std::string() : std::string(reason);
}

OcspCheck verify(OCSP_BASICRESP* basic, X509* issuer, Instant at, std::string& because) {
  const Store store(X509_STORE_new());
  const Stack known(sk_X509_new_null());
  if (!store || !known || X509_STORE_add_cert(store.get(), issuer) != 1 || sk_X509_push(known.get(), issuer) == 0)
    return OcspCheck::bad;
  X509_VERIFY_PARAM* how = X509_STORE_get0_param(store.get());
  X509_VERIFY_PARAM_set_flags(how, X509_V_FLAG_PARTIAL_CHAIN);
  X509_VERIFY_PARAM_set_time(how, static_cast<time_t>(at.time_since_epoch().count()));
  ERR_clear_error();
  if (OCSP_basic_verify(basic, known.get(), store.get(), 0) == 1) return OcspCheck::good;
  because = reason_of_failure();
  const int code = ERR_GET_REASON(ERR_peek_last_error());
  const bool is_about_responder = code == OCSP_R_CERTIFICATE_VERIFY_ERROR || code == OCSP_R_MISSING_OCSPSIGNING_USAGE ||
                                  code == OCSP_R_ROOT_CA_NOT_TRUSTED || code == OCSP_R_SIGNER_CERTIFICATE_NOT_FOUND ||
                                  code == OCSP_R_RESPONSE_CONTAINS_NO_REVOCATION_DATA;
  return is_about_responder ? OcspCheck::wrong_responder : OcspCheck::bad;
}

OcspReading read(std::string_view der, const std::vector<std::string>& issuers) {
  OcspReading reading;
  const auto response = decoded<Response>(der, d2i_OCSP_RESPONSE);
  if (!response) return reading;
  if (OCSP_response_status(response.get()) != OCSP_RESPONSE_STATUS_SUCCESSFUL) {
    reading.check = OcspCheck::no_answer;
    return reading;
  }
  const Basic basic(OCSP_response_get1_basic(response.get()));
  const auto produced = basic ? instant_of(OCSP_resp_get0_produced_at(basic.get())) : std::nullopt;
  if (!produced) return reading;
  reading.produced_at = *produced;
  read_answers(basic.get(), reading);
  reading.check = issuers.empty() ? OcspCheck::not_verified : OcspCheck::other_issuer;
  for (const std::string& each : issuers) {
    const Certificate issuer = certificate_of(each);
    if (!issuer || !speaks_of(basic.get(), issuer.get())) continue;
    reading.check = verify(basic.get(), issuer.get(), *produced, reading.because);
    reading.issuer = IssuerName::of_der(encoded(X509_get_subject_name(issuer.get()), i2d_X509_NAME));
    if (reading.check == OcspCheck::good) break;
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
    case OcspCheck::no_answer: return "the responder answered with an error";
    case OcspCheck::bad: return "the signature is not the responder's";
    case OcspCheck::other_issuer: return "it speaks of certificates of another issuer";
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
