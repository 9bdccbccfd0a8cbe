// What a report derives from an incident beside its timeline: which of the template's conditions hold, how many
// certificates are affected, and what is known of each action item and question at a time.
#pragma once

#include <cita/output/happenings.hpp>
#include <cita/output/listed_certificates.hpp>
#include <cita/policy/report_template.hpp>

#include <optional>
#include <string>
#include <vector>

namespace cita {

/// A question that nobody has answered yet.
struct OpenQuestion {
  Actor by = Actor::community;
  std::string text;
  const Happening* asked = nullptr;         ///< null when nobody says when
  const Happening* acknowledged = nullptr;  ///< the last time that the CA announced its answer
};

class ReportFacts {
 public:
  ReportFacts(const Incident& incident, const Happenings& happenings, Instant as_of, const ListedCertificates* listed = nullptr);

  /// Whether a place that is needed under this condition has to be filled.
  bool holds(Needed needed) const;
  /// Whether some entry of the timeline tells what is expected; of action items, whether one mentions it.
  bool has(const ExpectedEntry& expected) const;

  /// The file's number; else that of the whole incident; else the certificates that are listed one by one; else what lists have.
  std::optional<std::int64_t> total_certificates() const;
  /// The same without the lists.
  std::optional<std::int64_t> told_total() const;
  std::optional<std::int64_t> remaining_valid() const;
  /// " (counted from first.csv)" behind a number that the file itself does not tell; empty behind one that it tells.
  std::string origin_of_total() const;
  std::string origin_of_remaining() const;
  /// What the lists say of the deadlines; empty where there are none.
  std::vector<std::string> by_deadline() const;
  /// By when an action item is due, after all its changes.
  const std::optional<TimeRef>& due(const ActionItem& item) const;
  /// The questions that had been asked by as-of and not answered, in the order of the file; then those that only an event
  /// tells of, which any later answer may have answered that names no question.
  std::vector<OpenQuestion> open_questions() const;
  /// The year in which the audit period ended; empty when nobody says.
  std::string audit_year() const;

  /// The names of the certificate lists beside the file, without their folders.
  std::vector<std::string> list_files() const;

 private:
  template <class Visit>
  void for_each_set(Visit visit) const {
    visit(incident_.certificate_set);
    for (const Case& each : incident_.cases) visit(each.certificates);
    for (const Cohort& each : incident_.cohorts) visit(each.certificates);
  }
  void add_loose_questions(std::vector<OpenQuestion>& open) const;
  const Event& event(const Happening& happening) const { return incident_.events[static_cast<std::size_t>(happening.event)]; }
  std::string counted_from() const;
  bool concerns_certificates() const;
  bool had_problem_report() const;
  bool can_answer_reporter() const;
  bool is_revocation_over() const;
  bool went_to(const Event& event, std::span<const Addressee> to) const;

  const Incident& incident_;
  const Happenings& happenings_;
  Instant as_of_;
  const ListedCertificates* listed_;
  std::vector<const Event*> last_due_change_;  // of each action item; null where it is due as it was
};

}  // namespace cita
