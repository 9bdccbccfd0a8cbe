// Certificates that an incident file names one by one: by hash, by serial number, in links.
#pragma once

#include <cita/evidence/list_row.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cita::evidence {

/// Certificates that are named one by one.
struct CertificateNames {
  std::vector<Digest> digests;
  std::vector<Serial> serials;
  std::vector<std::string> ids;  ///< of crt.sh, which no list has

  /// Whether no row can be one of them.
  bool is_empty() const { return digests.empty() && serials.empty(); }
  /// Whether a row is one of them, whose precertificate is this.
  bool has(const ListRow& row, const std::optional<Digest>& precertificate) const;

  friend bool operator==(const CertificateNames&, const CertificateNames&) = default;
};
/// The hash of the precertificate of a row that has a certificate too; of several the first. Nothing when the row is read no
/// longer.
std::optional<Digest> precertificate_of(const ListRow& row);
/// What a text names: SHA-256 hashes, in links too, and serial numbers of at least eight octets. `all` becomes false where it
/// names something else too.
CertificateNames names_in(std::string_view text, bool& all);

}  // namespace cita::evidence
