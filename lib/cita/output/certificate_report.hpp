// What `cita certs` found in lists of certificates, as text and as JSON.
#pragma once

#include <cita/evidence/revocation_tally.hpp>
#include <cita/evidence/signature.hpp>
#include <cita/output/terminal.hpp>

#include <optional>
#include <string>
#include <vector>

namespace cita {

/// A CRL that was read: what is wrong with it and who signed it.
struct CrlReport {
  std::string file;
  std::uint64_t entries = 0;
  Instant this_update{};
  bool is_complete = true;
  evidence::CrlProblems problems;
  std::optional<evidence::SignatureCheck> signature;  ///< nothing: nobody gave the issuer's certificate
};

struct CertificateReport {
  std::vector<std::string> files;
  Instant as_of{};
  std::string clock, limit;  ///< as asked for; empty: nobody was judged
  std::optional<evidence::Bounds> last_on_time;
  evidence::ListReading lists;
  std::vector<CrlReport> crls;

  const evidence::RevocationTally& tally() const { return static_cast<const evidence::RevocationTally&>(*lists.sum); }
};

std::string certificate_text(const CertificateReport& report, const TextStyle& style);
std::string certificate_json(const CertificateReport& report);

}  // namespace cita
