#include <cita/evidence/crl.hpp>
#include <cita/evidence/digest.hpp>
#include <cita/evidence/issuers.hpp>
#include <cita/evidence/openssl.hpp>
#include <cita/evidence/sha256.hpp>
#include <cita/evidence/signature.hpp>

#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>
#include <openssl/x509v3.h>

#include <algorithm>
#include <memory>

namespace cita::evidence {

namespace {

using namespace ssl;

using Name = std::unique_ptr<X509_NAME, Freed<X509_NAME_free>>;
using Algorithm = std::unique_ptr<X509_ALGOR, Freed<X509_ALGOR_free>>;
using PssParameters = std::unique_ptr<RSA_PSS_PARAMS, Freed<RSA_PSS_PARAMS_free>>;
using Memory = std::unique_ptr<BIO, Freed<BIO_free>>;
using Context = std::unique_ptr<EVP_MD_CTX, Freed<EVP_MD_CTX_free>>;

const EVP_MD* hash_of(const X509_ALGOR* algorithm) {
  return algorithm == nullptr ? EVP_sha1() : EVP_get_digestbyobj(algorithm->algorithm);
}

// The parameters of RSASSA-PSS; false for those that are not known.
bool set_pss(EVP_PKEY_CTX* key, const RSA_PSS_PARAMS& parameters) {
  const EVP_MD* masked_by = EVP_sha1();
  if (parameters.maskGenAlgorithm != nullptr) {
    const ASN1_TYPE* of = parameters.maskGenAlgorithm->parameter;
    if (OBJ_obj2nid(parameters.maskGenAlgorithm->algorithm) != NID_mgf1 || of == nullptr || of->type != V_ASN1_SEQUENCE)
      return false;
    const std::string_view bytes(reinterpret_cast<const char*>(ASN1_STRING_get0_data(of->value.sequence)),
                                 static_cast<std::size_t>(ASN1_STRING_length(of->value.sequence)));
    const auto hash = decoded<Algorithm>(bytes, d2i_X509_ALGOR);
    masked_by = hash ? hash_of(hash.get()) : nullptr;
  }
  constexpr long default_salt = 20, most_salt = 1024;
  const long salt = parameters.saltLength == nullptr ? default_salt : ASN1_INTEGER_get(parameters.saltLength);
  return masked_by != nullptr && salt >= 0 && salt <= most_salt && EVP_PKEY_CTX_set_rsa_padding(key, RSA_PKCS1_PSS_PADDING) > 0 &&
         EVP_PKEY_CTX_set_rsa_pss_saltlen(key, static_cast<int>(salt)) > 0 && EVP_PKEY_CTX_set_rsa_mgf1_md(key, masked_by) > 0;
}

// Prepares to verify by an algorithm; false where it is not known or not one of the key's.
bool prepare(EVP_MD_CTX* context, const X509_ALGOR& algorithm, EVP_PKEY* key) {
  EVP_PKEY_CTX* key_context = nullptr;
  const int name = OBJ_obj2nid(algorithm.algorithm);
  if (name == NID_rsassaPss) {
    if (algorithm.parameter == nullptr || algorithm.parameter->type != V_ASN1_SEQUENCE) return false;
    const ASN1_STRING* sequence = algorithm.parameter->value.sequence;
    const auto parameters = decoded<PssParameters>(
        {reinterpret_cast<const char*>(ASN1_STRING_get0_data(sequence)), static_cast<std::size_t>(ASN1_STRING_length(sequence))},
        d2i_RSA_PSS_PARAMS);
    const EVP_MD* hash = parameters ? hash_of(parameters->hashAlgorithm) : nullptr;
    return hash != nullptr && EVP_DigestVerifyInit(context, &key_context, hash, nullptr, key) > 0 &&
           set_pss(key_context, *parameters);
  }
  int hash = NID_undef, key_kind = NID_undef;
  if (OBJ_find_sigid_algs(name, &hash, &key_kind) == 0) return false;
  if (EVP_PKEY_is_a(key, OBJ_nid2sn(key_kind)) == 0 && EVP_PKEY_get_base_id(key) != key_kind) return false;
  const EVP_MD* digest = hash == NID_undef ? nullptr : EVP_get_digestbynid(hash);
  if (hash != NID_undef && digest == nullptr) return false;
  return EVP_DigestVerifyInit(context, &key_context, digest, nullptr, key) > 0;
}

SignatureCheck check(const CrlOutline& crl, X509* issuer) {
  if (issuer == nullptr) return SignatureCheck::no_certificate;
  const auto name = decoded<Name>(crl.issuer, d2i_X509_NAME);
  if (!name || X509_NAME_cmp(name.get(), X509_get_subject_name(issuer)) != 0) return SignatureCheck::other_issuer;
  if ((X509_get_key_usage(issuer) & KU_CRL_SIGN) == 0) return SignatureCheck::may_not_sign;
  const auto algorithm = decoded<Algorithm>(crl.algorithm, d2i_X509_ALGOR);
  const Context context(EVP_MD_CTX_new());
  EVP_PKEY* key = X509_get0_pubkey(issuer);
  if (!algorithm || key == nullptr || !prepare(context.get(), *algorithm, key)) return SignatureCheck::unsupported;
  const bool is_good = EVP_DigestVerify(context.get(), octets(crl.signature), crl.signature.size(), octets(crl.signed_part),
                                        crl.signed_part.size()) == 1;
  if (is_good) return SignatureCheck::good;
  const std::string& key_of_list = crl.scope.key;
  const std::string key_of_issuer = octets_of(X509_get0_subject_key_id(issuer));
  const bool are_told = !key_of_list.empty() && !key_of_issuer.empty();
  return are_told && key_of_list != key_of_issuer ? SignatureCheck::other_key : SignatureCheck::bad;
}

IssuerKey key_of(X509* certificate) {
  const Digest key = sha256(encoded(X509_get_X509_PUBKEY(certificate), i2d_X509_PUBKEY));
  return {IssuerName::of_der(encoded(X509_get_subject_name(certificate), i2d_X509_NAME)), hex(key)};
}

// Whether a certificate says that it is for OCSP responses, and neither a CA's nor for CRLs.
bool is_responder(X509* certificate) {
  const bool is_for_crls =
      (X509_get_extension_flags(certificate) & EXFLAG_KUSAGE) != 0 && (X509_get_key_usage(certificate) & KU_CRL_SIGN) != 0;
  const bool is_for_answers = (X509_get_extension_flags(certificate) & EXFLAG_XKUSAGE) != 0 &&
                              (X509_get_extended_key_usage(certificate) & XKU_OCSP_SIGN) != 0;
  return is_for_answers && !is_for_crls && X509_check_ca(certificate) == 0;
}

}  // namespace

std::string_view text(SignatureCheck check) {
  switch (check) {
    case SignatureCheck::good: return "the signature is good";
    case SignatureCheck::bad: return "the signature is not the issuer's";
    case SignatureCheck::other_issuer: return "the CRL is of another issuer than the certificate";
    case SignatureCheck::other_key: return "the CRL is of another key of its issuer than the certificate's";
    case SignatureCheck::may_not_sign: return "the certificate may not sign CRLs";
    case SignatureCheck::no_certificate: return "the issuer's bytes are no certificate";
    case SignatureCheck::unsupported: return "the signature's algorithm is not known";
  }
  return "";
}

IssuerKey issuer_key(std::string_view certificate) {
  const Certificate read = certificate_of(certificate);
  ERR_clear_error();
  return read ? key_of(read.get()) : IssuerKey();
}

std::vector<std::string> certificates_in(std::string_view file) {
  std::vector<std::string> all;
  if (!has_pem(file)) {
    if (certificate_of(file)) all.emplace_back(file);
    ERR_clear_error();
    return all;
  }
  const Memory memory(BIO_new_mem_buf(file.data(), static_cast<int>(file.size())));
  while (const auto each = Certificate(PEM_read_bio_X509(memory.get(), nullptr, nullptr, nullptr)))
    all.push_back(encoded(each.get(), i2d_X509));
  const bool is_at_end = ERR_GET_REASON(ERR_peek_last_error()) == PEM_R_NO_START_LINE;
  ERR_clear_error();
  if (!is_at_end) all.clear();
  return all;
}

SignatureCheck verify(const CrlOutline& crl, std::string_view issuer_certificate) {
  const SignatureCheck result = check(crl, certificate_of(issuer_certificate).get());
  ERR_clear_error();
  return result;
}

VerifiedCrl verify(const CrlOutline& crl, const Issuers& issuers) {
  VerifiedCrl verified;
  for (const Issuers::Known& each : issuers.known()) {
    const SignatureCheck by_this = check(crl, each.certificate.get());
    ERR_clear_error();
    if (by_this == SignatureCheck::good) return {by_this, each.of.key};
    verified.check = std::min(verified.check, by_this);
  }
  return verified;
}

Issuers::Issuers(const std::vector<std::string>& certificates) : are_given_(!certificates.empty()) {
  known_.reserve(certificates.size());
  for (const std::string& each : certificates)
    if (auto certificate = certificate_of(each)) {
      IssuerKey of = key_of(certificate.get());
      const bool is_of_responder = is_responder(certificate.get());
      known_.push_back({std::move(certificate), std::move(of), is_of_responder});
    }
  ERR_clear_error();
}

}  // namespace cita::evidence
