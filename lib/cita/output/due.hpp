// What is due next, over one or many incidents: every duty that nobody has done yet, with its deadline.
//
//   std::vector<Due> all = due_in(assessment, incident, file);    // of each file
//   sort_by_deadline(all);
//   std::cout << due_text(run, all, style);
//
// A duty is listed while it is running, when it is late and still open, and when it cannot be decided but its deadline may lie
// ahead. Promises, action items, questions and Next update dates are duties like all others.
#pragma once

#include <cita/output/check_report.hpp>
#include <cita/output/terminal.hpp>

#include <optional>
#include <string>
#include <vector>

namespace cita {

enum class DueState : std::uint8_t { overdue, running, undetermined };

/// "overdue", "running", "undetermined".
std::string_view name(DueState state);

/// One duty that is still to be done. It keeps nothing of the incident, so that many files can be gone through.
struct Due {
  DueState state = DueState::running;
  std::string file;
  std::string incident;  ///< its title; may be empty
  std::optional<std::int64_t> bug;
  std::string rule;      ///< "tls-br.revoke-within-24-hours"
  std::string title;     ///< what is to be done
  std::string citation;  ///< as full_citation says it
  std::string subject;   ///< "case 4711, to the reporter"; empty: the incident
  std::string who;       ///< who owes it: "CA"
  std::string to_whom;   ///< "the reporter"; empty: nobody in particular
  std::optional<RequirementLevel> level;
  Moment deadline;  ///< over all that one may believe; open on both sides where the document gives no number
  bool governing = false;
  bool contested_earlier = false;
  bool announced = false;  ///< the CA said that it will miss it
  bool counts = true;      ///< neither a draft nor a rule whose facts are uncertain
  std::string because;     ///< undetermined: why
  std::string identity;    ///< 16 hexadecimal digits from the incident, the rule and the subject

  bool has_deadline() const { return !deadline.is_open_before(); }
  /// Below zero when it is late; both ends, as the deadline may be a range.
  Elapsed remaining(Instant as_of) const;
};

/// What a whole answer is made with.
struct DueRun {
  Instant as_of;
  std::string as_of_origin;
  std::string zone;  ///< shown beside UTC; empty: UTC alone
  Seconds within{0};
  FailOn fail_on = FailOn::must;
  Profile profile = Profile::author;
};

/// A file that was gone through.
struct DueFile {
  std::string file;
  bool readable = false;
  Diagnostics diagnostics;
};

/// What is due of one incident, in the order of its assessment. Suppressed duties are left out.
std::vector<Due> due_in(const Assessment& assessment, const Incident& incident, const std::string& file);

/// The earliest deadline first; of equal ones the governing first; those without a number last. Equal identities get a number
/// each, so that every entry of a calendar is one of its own.
void sort_by_deadline(std::vector<Due>& all);

/// Whether it is overdue, or the earliest that its deadline may be is at most `within` after as-of.
bool is_pressing(const Due& due, const DueRun& run);
/// Whether it is pressing and weighs enough for --fail-on. What is undetermined fails only who asks for that.
bool fails(const Due& due, const DueRun& run);

/// "2026-05-05 10:10:00 Europe/Berlin", or a range. The zone has to be one.
std::string show_in(const Moment& moment, const std::string& zone);
/// "due in 3 h", "at least 2 h late", "late by up to 2 h, or due in up to 3 h"; empty without a deadline.
std::string remaining_words(const Due& due, Instant as_of);
/// "The CA owes it to the reporter".
std::string owes_words(const Due& due);

std::string due_text(const DueRun& run, const std::vector<Due>& all, const TextStyle& style);
/// json-v1, described by schemas/due.schema.json.
std::string due_json(const DueRun& run, const std::vector<Due>& all, const std::vector<DueFile>& files);

}  // namespace cita
