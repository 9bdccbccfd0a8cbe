// What `cita certs` found in lists of certificates, as text and as JSON.
#pragma once

#include <cita/evidence/reconciliation.hpp>
#include <cita/evidence/signature.hpp>
#include <cita/output/terminal.hpp>

#include <optional>
#include <string>
#include <vector>

namespace cita {

/// A CRL that was read: what is wrong with it and who signed it.
struct CrlReport {
  std::string file;
  std::string issuer;  ///< DER of the name
  std::string key;     ///< identifier of the issuer's key, as the list tells it; empty: not told
  std::string signer;  ///< the key itself, where a certificate has it; else its identifier
  std::uint64_t entries = 0;
  Instant this_update{};
  Instant made{};  ///< by it a revocation that it shows was published: not before the last revocation that it lists
  bool is_complete = true;
  bool covers_all = true;  ///< of its issuer's certificates, as far as it says
  evidence::CrlProblems problems;
  std::optional<evidence::SignatureCheck> signature;  ///< nothing: nobody gave the issuer's certificate
  bool is_joined = true;                              ///< whether it is evidence

  /// Whether it is as it should be.
  bool is_good() const { return is_joined && is_complete && (!signature || *signature == evidence::SignatureCheck::good); }
};

/// An OCSP response that was read.
struct OcspReport {
  std::string file;
  evidence::OcspReading reading;
};

/// What was written of the rows, in the form of a template or as links.
struct AppendixReport {
  std::string file;
  std::string edition;  ///< "CCADB Incident Reporting Guidelines 3, 3.2"
  bool is_links = false;
  std::uint64_t rows = 0;        ///< that were written
  std::uint64_t incomplete = 0;  ///< of them, rows that do not say all that the template asks for, or not in its words
  std::uint64_t left_out = 0;  ///< rows of the lists that cannot be read, or name no certificate, but its precertificate at most,
                               ///< where links are written
};

struct CertificateReport {
  std::vector<std::string> files;
  std::string incident_file;  ///< empty: none
  Instant as_of{};
  std::string clock;                           ///< as asked for; empty: not asked for
  std::optional<evidence::Grouping> grouping;  ///< nothing: nobody is judged
  evidence::ListReading lists;
  std::vector<CrlReport> crls;           ///< by date
  std::vector<OcspReport> answers;       ///< as given
  evidence::SerialRows::Result serials;  ///< with an incident file
  std::size_t held_figures = 0;          ///< so many were held against the lists
  std::vector<evidence::Mismatch> mismatches;
  std::optional<AppendixReport> appendix;

  const evidence::RevocationTally& tally() const { return static_cast<const evidence::RevocationTally&>(*lists.sum); }
  bool has_incident() const { return !incident_file.empty(); }
  /// The CRLs that are evidence, as the tally counts them.
  std::vector<const CrlReport*> joined_crls() const;
  /// Whether any of the CRLs, or of the OCSP answers, is.
  bool has_evidence(evidence::Channel channel) const;
};

/// "3,048,289".
std::string count_text(std::uint64_t count);

/// "1 row", "3,048,289 rows".
std::string counted(std::uint64_t count, std::string_view one, std::string_view several);

/// Why a certificate is undetermined or not revoked; empty for every other standing.
std::string why_open(evidence::CertificateStanding standing, const evidence::OpenCertificate& open);

/// "report.certificates.total: how many certificates there are: told 10, found 9 (first.csv, second.csv)".
std::string difference_text(const evidence::Mismatch& mismatch, const std::vector<std::string>& files);

/// The event that tells how many certificates of a group are revoked at as-of, as a line of an incident file; empty where the
/// lists leave it open, or tell of none.
std::string event_to_tell(const CertificateReport& report, std::size_t group);

std::string certificate_text(const CertificateReport& report, const TextStyle& style);
std::string certificate_json(const CertificateReport& report);

}  // namespace cita
