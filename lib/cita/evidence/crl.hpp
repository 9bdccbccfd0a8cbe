// Certificate revocation lists of millions of entries: walked where they lie, indexed by serial number.
//
//   CrlProblems problems;
//   auto crl = Crl::read(std::move(bytes), problems);          // DER or PEM
//   if (auto entry = crl->find(serial.bytes())) entry->revoked …
//
// An entry that is wrong is counted and named and hides no other; where the walk cannot go on, the list is not complete,
// and nobody may conclude from it that a certificate is not listed. Nor from an entry that contradicts another, or is of a
// certificate that nobody can tell, that one is revoked: it is doubtful.
#pragma once

#include <cita/evidence/keyed_hash.hpp>
#include <cita/evidence/list_row.hpp>

#include <algorithm>
#include <array>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cita::evidence {

struct CrlEntry {
  std::string_view serial;  ///< the content of its INTEGER
  Instant revoked{};
  std::optional<CrlReason> reason;  ///< absent: no reason code, which means unspecified, or one that cannot be read
  std::optional<Instant> invalid_from;
  bool is_doubtful = false;       ///< neither that the certificate is revoked follows from it, nor that it is not
  bool is_reason_unread = false;  ///< there is a reason code, and nobody can say which
};

enum class CrlProblem : std::uint8_t {
  not_a_crl,          ///< neither DER nor PEM of a CRL
  broken_crl,         ///< what begins as one has a part that it cannot have there
  algorithms_differ,  ///< the signed part names another signature algorithm than the list
  cut_short,          ///< the walk stopped at this entry
  bad_entry,          ///< an entry is not what RFC 5280 asks for
  negative_serial,
  long_serial,    ///< more than 20 octets
  padded_serial,  ///< not in the shortest form
  duplicate,      ///< a serial number comes twice; where they differ, both are doubtful
  bad_time,
  time_form,             ///< a GeneralizedTime of a year before 2050
  future_date,           ///< revoked after the list was issued
  bad_reason,            ///< none that there is
  explicit_unspecified,  ///< reason code 0, which is to be left out
  other_issuer,          ///< an entry that is or may be of another issuer than the list
  bad_extension,
  critical_extension,        ///< an unknown one of the list
  critical_entry_extension,  ///< an unknown one of an entry
  trailing_bytes,
};
/// "long-serial"; what is wrong, a sentence without a full stop.
std::string_view code(CrlProblem problem);
std::string_view text(CrlProblem problem);

struct CrlFault {
  CrlProblem problem = CrlProblem::not_a_crl;
  std::uint64_t entry = 0;   ///< from 1; 0: the list as a whole
  std::uint64_t offset = 0;  ///< in the DER
  friend bool operator==(const CrlFault&, const CrlFault&) = default;
};

/// "entry 5, at offset 345 of the DER"; empty for the list as a whole.
std::string place_text(const CrlFault& fault);

/// All counted, the first of each kind kept.
class CrlProblems {
 public:
  explicit CrlProblems(std::size_t most_kept = 5) : most_kept_(most_kept) {}
  void add(CrlProblem problem, std::uint64_t entry, std::uint64_t offset);
  std::uint64_t count(CrlProblem problem) const { return counts_[static_cast<std::size_t>(problem)]; }
  const std::vector<CrlFault>& kept() const { return kept_; }

 private:
  std::size_t most_kept_;
  std::array<std::uint64_t, static_cast<std::size_t>(CrlProblem::trailing_bytes) + 1> counts_{};
  std::vector<CrlFault> kept_;
};

/// Which of its issuer's certificates a CRL covers.
struct CrlScope {
  std::string distribution_point;   ///< DER of its IssuingDistributionPoint; empty: all certificates
  std::string key;                  ///< identifier of its issuer's key; empty: not told
  bool is_delta = false;            ///< it tells only what changed
  bool is_of_some_reasons = false;  ///< it lists what was revoked for some reasons alone
  bool is_indirect = false;         ///< it may list certificates of other issuers
  bool is_readable = true;          ///< else nobody knows the rest of these
  bool is_known = true;             ///< else a critical extension says something that is not known

  /// Whether it covers all certificates of its issuer's key.
  bool is_of_all() const { return distribution_point.empty() && is_readable; }
};

/// By so much a thisUpdate may be set back. A revocation that is dated later still is dated wrongly.
inline constexpr Seconds most_set_back{3'600};

/// What a CRL says of itself, and what its signature is over.
struct CrlOutline {
  std::string_view signed_part, algorithm, signature;  ///< DER of the first two; the bits of the third
  std::string_view issuer;                             ///< DER of the name
  Instant this_update{};
  std::optional<Instant> next_update;
  std::string_view entries;  ///< content of the list of revoked certificates; empty when there is none
  CrlScope scope;
};

/// Whether one comes before the other: by its date, and of one second in an order that depends on nothing but the two.
bool is_before(const CrlOutline& a, const CrlOutline& b);

class Crl {
 public:
  /// At most 4 GiB. Nothing where the bytes are no CRL at all.
  static std::optional<Crl> read(std::string bytes, CrlProblems& problems);
  Crl(Crl&&) = default;
  Crl& operator=(Crl&&) = default;

  const CrlOutline& outline() const { return outline_; }
  std::uint64_t entries() const { return entries_; }
  /// Whether it was read to its end, with all of its entries, and nothing follows it.
  bool is_complete() const { return complete_ && !is_followed_; }
  /// Whether it may be used: RFC 5280 forbids it where an extension that is critical is not known.
  bool is_usable() const { return usable_; }
  /// Whether a revoked certificate that it covers had to be on it.
  bool lists_all_that_it_covers() const {
    const CrlScope& scope = outline_.scope;
    return is_complete() && scope.is_readable && !scope.is_delta && !scope.is_of_some_reasons;
  }
  /// When it was made, at the earliest: as it says, or, where that is set back, at the last revocation that it lists.
  Instant made() const { return std::max(outline_.this_update, last_revocation_); }

  /// The entry of a serial number: its magnitude without leading zeros. That of a negative number is doubtful.
  std::optional<CrlEntry> find(std::string_view magnitude) const;
  /// Bring near what `find` will look at: first its slot, and, when that is there, its entry.
  void prefetch(std::string_view magnitude) const;
  void prefetch_entry(std::string_view magnitude) const;

  /// Parts of reading, for who does something else with the outline meanwhile.
  static std::optional<Crl> open(std::string bytes, CrlProblems& problems);
  void index(CrlProblems& problems);

 private:
  struct Slot {
    std::uint32_t mark;  // of the hash
    std::uint32_t end;   // offset of the entry, plus one; 0: empty
  };

  enum class Filling : std::uint8_t { done, full, crowded };
  enum class Inserted : std::uint8_t { yes, twice, crowded };
  struct Pending;

  Crl() = default;
  Filling fill(CrlProblems& problems);
  Filling insert_all(std::vector<Pending>& pending, CrlProblems& problems);
  Inserted insert(const Pending& entry);
  CrlEntry entry_at(std::uint32_t offset) const;
  bool is_foreign(std::uint32_t offset) const { return std::binary_search(foreign_.begin(), foreign_.end(), offset); }

  std::unique_ptr<const std::string> bytes_;
  CrlOutline outline_;
  std::vector<Slot> slots_;
  std::vector<std::uint32_t> foreign_,
      contradicted_;  // offsets, in order: of entries that may be of others; of those that differ
  HashKey key_{};
  std::size_t most_steps_ = 0;  // from where an entry should stand to where it may stand
  std::uint64_t entries_ = 0;
  Instant last_revocation_ = open_past;
  bool complete_ = true, usable_ = true, is_followed_ = false;
};

/// The magnitude of an INTEGER's content, without leading zeros.
std::string_view magnitude_of(std::string_view integer);
/// The reason that a reason code (DER) stands for; nothing where it is none of RFC 5280.
std::optional<CrlReason> reason_of(std::string_view code);
/// A UTCTime or GeneralizedTime as RFC 5280 has them: with seconds, in Zulu time. A GeneralizedTime may be of any year.
std::optional<Instant> time_of(std::uint8_t tag, std::string_view content);

}  // namespace cita::evidence
