// What the rows of lists say of one duty to revoke: how many certificates were revoked in time, how late the others, and
// whether the CRLs say the same.
#pragma once

#include <cita/evidence/crl.hpp>
#include <cita/evidence/list_files.hpp>
#include <cita/time/limit.hpp>

#include <array>
#include <optional>
#include <vector>

namespace cita::evidence {

/// How one certificate stands against its deadline.
enum class CertificateStanding : std::uint8_t {
  met,           ///< revoked by the deadline
  late,          ///< revoked after it
  not_revoked,   ///< the deadline has passed, and the list tells of no revocation
  expired,       ///< not revoked, and expired by the deadline
  planned,       ///< the deadline is to come, and so is the planned date
  running,       ///< the deadline is to come, and there is no date to come
  undetermined,  ///< what the list says allows for more than one of these, or says nothing
};
inline constexpr std::size_t standing_count = 7;
/// "met", "late", "not revoked", …
std::string_view name(CertificateStanding standing);

/// A certificate's place and how late it is, at least and at most.
struct LateCertificate {
  std::uint32_t file = 0;
  std::uint64_t line = 0;
  Digest digest{};
  Seconds least{}, most{};
};

/// How many rows disagree with the CRLs, and the first places.
enum class Disagreement : std::uint8_t {
  not_listed,      ///< said to be revoked, and on no CRL, although it had not expired
  listed,          ///< on a CRL, and not said to be revoked
  date_differs,    ///< another date than the CRL's
  reason_differs,  ///< another reason than the CRL's
  back_dated,      ///< a revocation date from before a CRL that does not list it
};
inline constexpr std::size_t disagreement_count = 5;
std::string_view name(Disagreement disagreement);

struct DisagreeingRow {
  Disagreement what = Disagreement::not_listed;
  std::uint32_t file = 0;
  std::uint64_t line = 0;
  std::optional<Instant> listed;
};

struct TallyOptions {
  std::optional<Bounds> last_on_time;  ///< the deadline; nothing: nobody is judged
  Instant as_of;
  const std::vector<Crl>* crls = nullptr;  ///< by their dates of issue
  std::size_t kept = 5;                    ///< worst ones, and places of each disagreement
};

/// The instants up to which a revocation is on time.
Bounds last_on_time(const Limit& limit, const Moment& clock);
/// How a row stands; `lateness` receives how late it is.
CertificateStanding judge(const ListRow& row, const Bounds& last_on_time, Instant as_of, Elapsed& lateness);

class RevocationTally : public RowSum {
 public:
  explicit RevocationTally(const TallyOptions& options) : options_(&options) {}

  void add(const ListRow& row) override;
  bool looks_ahead() const override { return options_->crls != nullptr && !options_->crls->empty(); }
  void look_ahead(const ListRow& row, unsigned step) override {
    if (!row.serial) return;
    for (const Crl& crl : *options_->crls)
      step == 0 ? crl.prefetch(row.serial->bytes()) : crl.prefetch_entry(row.serial->bytes());
  }
  void append(const RowSum& later, std::uint32_t file, std::uint64_t lines_before) override;

  std::uint64_t rows() const { return rows_; }
  std::uint64_t count(CertificateStanding standing) const { return standings_[static_cast<std::size_t>(standing)]; }
  std::uint64_t count(Claim claim) const { return claims_[static_cast<std::size_t>(claim)]; }
  std::uint64_t count(Disagreement what) const { return disagreements_[static_cast<std::size_t>(what)]; }
  std::uint64_t planned_late() const { return planned_late_; }
  std::uint64_t pairs() const { return pairs_; }
  std::uint64_t only_precertificates() const { return only_precertificates_; }
  std::uint64_t listed() const { return listed_; }
  std::optional<Bounds> first_issued() const { return first_issued_; }
  std::optional<Bounds> last_issued() const { return last_issued_; }
  /// The latest first; of equally late ones the first of the lists.
  const std::vector<LateCertificate>& worst() const { return worst_; }
  const std::vector<DisagreeingRow>& disagreeing() const { return disagreeing_; }

  /// The lateness that so many hundredths of the late certificates do not exceed (nearest rank): exact, in the bounds of their
  /// dates. Nothing where none is late.
  std::optional<Elapsed> lateness(unsigned hundredths) const;

 private:
  void judge_row(const ListRow& row);
  void compare(const ListRow& row);
  void disagree(Disagreement what, const ListRow& row, std::optional<Instant> listed);
  void keep_worst(const LateCertificate& late);

  const TallyOptions* options_;
  std::uint64_t rows_ = 0, planned_late_ = 0, pairs_ = 0, only_precertificates_ = 0, listed_ = 0;
  std::array<std::uint64_t, standing_count> standings_{};
  std::array<std::uint64_t, 6> claims_{};
  std::array<std::uint64_t, disagreement_count> disagreements_{};
  std::optional<Bounds> first_issued_, last_issued_;
  std::vector<std::uint32_t> least_, most_;  // of each late one; `most_` stays empty while all are exact
  std::vector<LateCertificate> worst_;
  std::vector<DisagreeingRow> disagreeing_;
};

}  // namespace cita::evidence
