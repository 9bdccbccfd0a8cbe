// What the lists of an incident say of its duties to revoke, and what becomes of a verdict that they contradict.
//
//   const IncidentLists lists(incident, assessment, {"first.csv"}, {"dir/first.csv"});
//   const ListVerdicts verdicts = hold_against_lists(incident, assessment, lists);
//
// A list is one more telling of the revocations, beside that of the events. Where one of the two shows a duty met and the other
// does not, it is undetermined: met only if the one is believed. A list alone neither meets nor breaches a duty.
#pragma once

#include <cita/evidence/reconciliation.hpp>

#include <array>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cita::evidence {

/// "1 s", "1 s … 2 h", "at least 1 s".
std::string show_lateness(const Elapsed& late);

/// What else is done while lists are read.
struct ListExtras {
  std::vector<ToldFigure> figures = {};   ///< counted beside those that the file tells
  std::vector<RowExtract> extracts = {};  ///< want to hear of every row
  unsigned threads = 1;
  std::function<void(std::uint64_t read, std::uint64_t in_all)> progress = {};             ///< as that of ListOptions
  std::function<void(std::uint64_t done, std::uint64_t in_all)> duplicates_progress = {};  ///< the same
};

/// Lists that were read, with their rows judged by an incident's duties. It stays where it is, for its parts refer to each other.
class IncidentLists {
 public:
  /// `names` are the files by the names that the incident file has for them, empty where it has none. The incident outlives it.
  IncidentLists(const Incident& incident, const Assessment& assessment, std::vector<std::string> files,
                std::vector<std::string> names, ListExtras extras = {});
  IncidentLists(const IncidentLists&) = delete;
  IncidentLists& operator=(const IncidentLists&) = delete;
  ~IncidentLists() = default;

  /// Why lists cannot be read: a sentence each. Nothing is to be held against them then.
  const std::vector<std::string>& problems() const { return problems_; }
  const std::vector<std::string>& files() const { return files_; }
  /// As the incident file names the list; empty where it does not.
  const std::string& name(std::size_t file) const { return names_[file]; }
  const Grouping& grouping() const { return grouping_; }
  Instant as_of() const { return options_.as_of; }
  const ListReading& reading() const { return reading_; }
  const RevocationTally& tally() const { return static_cast<const RevocationTally&>(*reading_.sum); }
  /// How many different certificates there are, at least and at most.
  CountRange different() const { return different_certificates(reading_, serials_); }
  const Incident& incident() const { return incident_; }
  /// Whether certificates of a group surely stand in none of these lists.
  bool lacks_list(std::size_t group) const { return grouping_.lacks_list(group, names_); }
  /// How many certificates a figure counts: the first ones are those that the file tells, then come the extra ones.
  const std::vector<ToldFigure>& figures() const { return options_.figures; }
  CountRange count(std::size_t figure) const;
  /// The figures of the file that differ.
  std::vector<Mismatch> mismatches() const;

 private:
  ListOptions how() const;

  const Incident& incident_;
  std::vector<std::string> files_, names_, problems_;
  Grouping grouping_;
  unsigned threads_;
  std::function<void(std::uint64_t read, std::uint64_t in_all)> progress_;
  std::function<void(std::uint64_t done, std::uint64_t in_all)> duplicates_progress_;
  TallyOptions options_;
  std::size_t told_ = 0;  // figures of the file
  ListReading reading_;
  SerialRows::Result serials_;
};

/// How the certificates of one judged duty stand by its clock.
struct ListVerdict {
  int judgement = none;            ///< by its place in the assessment
  std::vector<std::string> files;  ///< the lists that they may stand in
  std::uint64_t rows = 0;
  bool are_certificates = true;  ///< each row is one of its own; else some repeat others
  bool are_all_readable = true;
  std::array<std::uint64_t, standing_count> standings{};
  std::optional<Elapsed> median, longest;  ///< how late those are that are late
  std::string latest;                      ///< "first.csv:4", the latest one; empty: none is late
  bool contradicts = false;                ///< the events say otherwise

  std::uint64_t count(CertificateStanding standing) const { return standings[static_cast<std::size_t>(standing)]; }
  /// What the rows are: "certificates", or "row".
  std::string_view unit() const;
  /// Those of which the deadline is breached.
  std::uint64_t against() const { return count(CertificateStanding::late) + count(CertificateStanding::not_revoked); }
};

struct ListVerdicts {
  std::vector<ListVerdict> all;    ///< in the order of the assessment; of duties without a row there is none
  std::uint64_t rows = 0;          ///< of all lists
  std::uint64_t unassigned = 0;    ///< rows that may belong to several cases or cohorts, so that they are of no one's duty
  std::vector<std::string> files;  ///< that were read

  const ListVerdict* of(std::size_t judgement) const;
};

/// Holds each duty to revoke against the lists. A duty that only one of them shows as met becomes undetermined, with the reason,
/// and so does what started when it was missed.
ListVerdicts hold_against_lists(const Incident& incident, Assessment& assessment, const IncidentLists& lists);

}  // namespace cita::evidence
