#include <cita/evidence/openssl.hpp>
#include <cita/evidence/sha256.hpp>

#include <openssl/evp.h>

namespace cita::evidence {

struct Sha256::Context {
  std::unique_ptr<EVP_MD_CTX, ssl::Freed<EVP_MD_CTX_free>> digest{EVP_MD_CTX_new()};
};

void Sha256::FreeContext::operator()(Context* context) const { delete context; }

Sha256::Sha256() : context_(new Context) { EVP_DigestInit_ex(context_->digest.get(), EVP_sha256(), nullptr); }

void Sha256::add(std::string_view bytes) { EVP_DigestUpdate(context_->digest.get(), bytes.data(), bytes.size()); }

Digest Sha256::finish() {
  Digest digest{};
  EVP_DigestFinal_ex(context_->digest.get(), digest.data(), nullptr);
  // The same algorithm again: looking for it takes longer than hashing a few bytes.
  EVP_DigestInit_ex(context_->digest.get(), nullptr, nullptr);
  return digest;
}

Digest sha256(std::string_view bytes) {
  Sha256 hash;
  hash.add(bytes);
  return hash.finish();
}

}  // namespace cita::evidence
