// Which case or cohort of an incident a row of a list belongs to.
//
//   Grouping grouping = *Grouping::of(incident, assessment, …);
//   for (const std::uint32_t group : grouping.groups_of(row, file, memory)) …  // grouping.groups()[group].clocks
#pragma once

#include <cita/evidence/certificate_group.hpp>

#include <optional>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

namespace cita::evidence {

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
                                    const std::vector<std::string>& lists, ClockChoice clocks = ClockChoice::binding);

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
  /// Whether every row of this list is the group's.
  bool has_all_of(std::size_t group, std::uint32_t file) const;
  /// Whether any may be.
  bool may_have_any_of(std::size_t group, std::uint32_t file) const;
  /// Whether it is one of several who have this list.
  bool shares(std::size_t group, std::uint32_t file) const;
  /// Whether it names this hash among its certificates, so that each row with it is the group's.
  bool names(std::size_t group, const Digest& digest) const;
  /// The group of rows that may belong to several; `none` where there are no such rows.
  int mixed() const { return mixed_; }
  /// The groups that those rows may belong to.
  const std::vector<std::uint32_t>& candidates() const { return candidates_; }

 private:
  // Whose the rows of a list are that nobody names; where it is one case's or cohort's, the others', too.
  struct OfFile {
    std::vector<std::uint32_t> sharers;  // who have it, where several do
    std::vector<std::uint32_t> groups;
    std::vector<std::uint32_t> only;  // whose a row of several is that the others would name, were it theirs
    bool is_shared = false;           // by several, or of the whole incident: a row that somebody names is theirs alone
  };

  const std::vector<std::uint32_t>& unnamed_in(std::uint32_t file) const;
  void add_naming(const ListRow& row, std::vector<std::uint32_t>& groups) const;
  void add_names(const CertificateSet& set, std::uint32_t group, bool& all);
  void add_mixed(std::vector<std::uint32_t> candidates);
  bool restrains_all(const std::vector<std::uint32_t>& groups, const RestraintMark& order) const;
  void add_lists(const std::vector<std::string>& lists);
  std::vector<std::uint32_t> share_lists();
  std::vector<std::uint32_t> only_one_left(std::vector<std::uint32_t> groups) const;
  bool has_only_one(const ListRow& row, std::uint32_t file) const;
  bool are_all_of_parts() const;

  std::vector<CertificateGroup> groups_;
  std::unordered_map<std::string, std::vector<std::uint32_t>> named_;  // by the bytes of a hash or serial number
  std::vector<OfFile> by_file_;
  std::vector<std::uint32_t> rest_, candidates_;
  int selected_ = none, mixed_ = none;
};

}  // namespace cita::evidence
