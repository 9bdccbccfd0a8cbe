// How far a revocation has come: of the certificates of each case and cohort, and of all. Only what the file tells is
// counted, and what follows from it; what nobody tells has no number.
#pragma once

#include <cita/output/happenings.hpp>
#include <cita/output/listed_certificates.hpp>

#include <optional>
#include <string>
#include <vector>

namespace cita {

struct RevocationProgress {
  std::string of;  ///< "Case 4711", "Cohort late", "all certificates"; not escaped
  std::optional<std::int64_t> total, revoked;
  std::optional<std::int64_t> expired;  ///< before their planned revocation
  bool is_total_listed = false, is_revoked_listed = false,
       is_expired_listed = false;     ///< counted from lists, for nobody tells it
  bool is_complete = false;           ///< nothing remains to be revoked
  std::optional<Happening> finished;  ///< of a complete one: the last revocation
  std::optional<Happening> plan;      ///< the expected completion; nothing when none is to come

  /// How many remain; where nobody knows how many have expired, at most so many.
  std::optional<std::int64_t> remaining() const;
  bool is_remainder_certain() const { return is_complete || expired.has_value(); }
};

/// One entry for each case and cohort that has certificates, or one where the file tells of the revocation as a whole.
std::vector<RevocationProgress> revocation_progress(const Incident& incident, const Happenings& happenings, Instant as_of,
                                                    std::optional<std::int64_t> total,
                                                    const ListedCertificates* listed = nullptr);

/// The sum. Without the number of a part there is none of the whole, nor where the parts are not as many as the whole: then
/// certificates belong to several of them, or to none. What lists have and what the file tells are not added up.
RevocationProgress sum(const std::vector<RevocationProgress>& parts, std::optional<std::int64_t> total,
                       bool is_total_listed = false);

}  // namespace cita
