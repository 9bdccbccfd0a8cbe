// The certificates of a case, of a cohort, or of an incident as a whole: by when they had to be revoked, and with which reason.
#pragma once

#include <cita/evidence/certificate_names.hpp>
#include <cita/evidence/revocation_clock.hpp>
#include <cita/rules/view.hpp>

#include <optional>
#include <string>
#include <vector>

namespace cita::evidence {

/// A court order or the like. It moves no deadline.
struct RestraintMark {
  std::string text;
  bool is_on_all = false;
  CertificateNames on;    ///< empty, and not on all: nobody can say which of the list's certificates it names
  bool names_all = true;  ///< it names nothing else that might be one of them

  friend bool operator==(const RestraintMark&, const RestraintMark&) = default;
};

/// The certificates of a case, of a cohort, or of the incident as a whole.
struct CertificateGroup {
  std::string name;  ///< "cohort found-later"; "the incident"
  std::string id;    ///< of the case or cohort; empty: of neither
  int in_case = none, cohort = none;
  std::string list_file;                ///< as the incident file names it
  std::vector<RevocationClock> clocks;  ///< none without one that binds
  std::vector<RevocationClock>
      publications;  ///< by when the revocations have to be published: those that bind, and of which somebody tells the start
  std::vector<CrlReason> reasons;      ///< those that the asserted reasons to revoke require; empty: none is required
  Instant reasons_from = open_future;  ///< from when on
  bool reasons_are_contested = false;  ///< every reason is
  std::vector<RestraintMark> restraints;
  std::optional<std::int64_t> told_count;  ///< how many the file says there are: the largest number that it tells
  Span count_span;
  bool names_any = false, names_all = false;  ///< of its certificates, one by one

  /// The one that governs, else of those that surely apply, and of which somebody tells the start, the earliest; null where none
  /// is judged.
  const RevocationClock* main_clock() const;
};

/// Whether there is one case or cohort and no other.
bool has_one_set(const Incident& incident);
/// An event that can be held against lists: told by as-of, surely what its kind says, and not withdrawn; else nothing.
std::optional<Told> told_for_sure(Scene& scene, int event);
/// `in_case` and `cohort` are indices, `none` for neither.
CertificateGroup group_of(const Incident& incident, const Assessment& assessment, int in_case, int cohort, ClockChoice clocks);

}  // namespace cita::evidence
