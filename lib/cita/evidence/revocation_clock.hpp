// By when which certificates of a list had to be revoked: as one asks for it, or as an incident's duties are judged.
//
//   Grouping grouping = Grouping::of(incident, assessment, …);
//   const Groups& groups = grouping.groups_of(row, file);          // a case or cohort each, with a clock for each duty
//
// Nothing of any document is known here: limits, reasons and exemptions come with the judged duties.
#pragma once

#include <cita/evidence/list_row.hpp>
#include <cita/reconcile/judgement.hpp>

#include <optional>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

namespace cita::evidence {

/// One duty's clock for a set of certificates.
struct RevocationClock {
  std::string title;     ///< what it asks, and for which reason
  std::string duty;      ///< its id; empty: somebody asked for this clock
  int judgement = none;  ///< that duty's, by its place in the assessment
  std::string document;  ///< "TLS BR 4.9.1.1"
  std::string started;   ///< what started it
  std::string limit;     ///< "5 days"
  Bounds start;          ///< when it began, over all accounts and under the default readings
  Bounds last_on_time;   ///< up to when a revocation is on time
  Seconds rounding{0};   ///< the unit to which people rounded the start: within it nothing is decided
  bool governs = false;  ///< the earliest deadline that nobody disputes
  std::string doubt;     ///< why it may not apply; empty: it applies
  Truth exempts_short_lived = Truth::no;
  std::span<const ShortLived> short_lived;

  bool is_certain() const { return doubt.empty(); }
};

/// Certificates that are named one by one.
struct CertificateNames {
  std::vector<Digest> digests;
  std::vector<Serial> serials;
  std::vector<std::string> ids;  ///< of crt.sh, which no list has

  /// Whether no row can be one of them.
  bool is_empty() const { return digests.empty() && serials.empty(); }
  bool has(const ListRow& row) const;
};
/// What a text names: SHA-256 hashes, in links too, and serial numbers of at least eight octets. `all` becomes false where it
/// names something else too.
CertificateNames names_in(std::string_view text, bool& all);

/// A court order or the like. It moves no deadline.
struct RestraintMark {
  std::string text;
  bool is_on_all = false;
  CertificateNames on;  ///< empty, and not on all: nobody can say which of the list's certificates it names
};

/// The certificates of a case, of a cohort, or of the incident as a whole.
struct CertificateGroup {
  std::string name;  ///< "cohort found-later"; "the incident"
  std::string id;    ///< of the case or cohort; empty: of neither
  int in_case = none, cohort = none;
  std::string list_file;  ///< as the incident file names it
  std::vector<RevocationClock> clocks;
  std::vector<CrlReason> reasons;      ///< those that the asserted reasons to revoke require; empty: none is required
  Instant reasons_from = open_future;  ///< from when on
  bool reasons_are_contested = false;  ///< every reason is
  std::vector<RestraintMark> restraints;
  std::optional<std::int64_t> told_count;  ///< how many the file says there are: the largest number that it tells
  Span count_span;
  bool names_any = false, names_all = false;  ///< of its certificates, one by one

  /// The one that governs, else of those that surely apply the earliest; null where none is judged.
  const RevocationClock* main_clock() const;
};

/// Which group a row belongs to.
class Grouping {
 public:
  Grouping() = default;
  /// One group with this clock, for all rows.
  static Grouping with(RevocationClock clock);
  /// The cases and cohorts of an incident with their duties to revoke. A row belongs to those that name it and to the one
  /// whose list it stands in (`lists` are the lists by the names that the file has for them, empty where it has none). Other
  /// rows belong to `selected` ("4711") where that is not empty; else to the only group that neither names all of its
  /// certificates nor has one of these lists; else to a last group, whose clock is that of all that they may belong to. So do
  /// rows that nobody names in a list that several share. Nothing where no case or cohort is called so.
  static std::optional<Grouping> of(const Incident& incident, const Assessment& assessment, const std::string& selected,
                                    const std::vector<std::string>& lists);

  const std::vector<CertificateGroup>& groups() const { return groups_; }
  /// Whether rows of this group surely are not all there: its list is not given, or it has none and each that is given is
  /// another's own. `lists` as for of().
  bool lacks_list(std::size_t group, const std::vector<std::string>& lists) const;
  /// The same of any group.
  bool lacks_any_list(const std::vector<std::string>& lists) const;
  /// Whether rows of this group are asked for.
  bool is_selected(std::size_t group) const { return selected_ == none || selected_ == static_cast<int>(group); }

  /// The indices of the groups that a row of this list belongs to; empty: to none of them. They may stand in `memory`.
  std::span<const std::uint32_t> groups_of(const ListRow& row, std::uint32_t file, std::vector<std::uint32_t>& memory) const;
  /// The same of every row of this list, where no group names any.
  std::optional<std::span<const std::uint32_t>> groups_of_all(std::uint32_t file) const;
  /// The group of rows that may belong to several; `none` where there are no such rows.
  int mixed() const { return mixed_; }
  /// The groups that those rows may belong to.
  const std::vector<std::uint32_t>& candidates() const { return candidates_; }

 private:
  // Whose the rows of a list are that nobody names; where it is one case's or cohort's, the others', too.
  struct OfFile {
    std::vector<std::uint32_t> groups;
    bool is_shared = false;  // by several, so that a row that somebody names is theirs alone
  };

  void add_naming(const ListRow& row, std::vector<std::uint32_t>& groups) const;
  void add_names(const CertificateSet& set, std::uint32_t group, bool& all);
  void add_mixed(std::vector<std::uint32_t> candidates);
  void add_lists(const std::vector<std::string>& lists);
  std::vector<std::uint32_t> share_lists();

  std::vector<CertificateGroup> groups_;
  std::unordered_map<std::string, std::vector<std::uint32_t>> named_;  // by the bytes of a hash or serial number
  std::vector<std::string> lists_;                                     // by the names that the file has for them
  std::vector<OfFile> by_file_;
  std::vector<std::uint32_t> rest_, candidates_;
  int selected_ = none, mixed_ = none;
};

}  // namespace cita::evidence
