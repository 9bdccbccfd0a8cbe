// A table of open bugs for whoever looks after many: what is overdue, what is due soon, who is waited for.
//
//   rows.push_back(triage_row(incident, assessment, due_in(assessment, incident, name), verification, {}, as_of, soon));
//   sort_by_urgency(rows);
//   std::cout << triage_text(rows, as_of, style);
#pragma once

#include <cita/output/due.hpp>
#include <cita/reconcile/verification.hpp>

#include <string>
#include <vector>

namespace cita {

enum class Urgency : std::uint8_t {
  overdue,          ///< a duty that is late for sure and still open
  perhaps_overdue,  ///< one whose deadline has passed, and nobody can say whether it was met
  due_soon,
  later,
  nothing,  ///< no duty is open
};
/// "overdue", "perhaps overdue", "due soon", "later", "nothing due".
std::string_view name(Urgency urgency);

struct TriageRow {
  std::int64_t bug = 0;
  std::string ca, title;
  Urgency urgency = Urgency::nothing;
  std::string what;  ///< the most urgent duty, and whom or what it is about
  std::string rule;
  std::optional<RequirementLevel> level;
  std::optional<Moment> deadline;
  std::vector<std::string> waiting_for;  ///< "the CA: 2 questions", "needinfo: x@ca.example"
};

/// The row of one bug. `due` is what is open of it for sure, `requests` whom open needinfo flags ask; `soon` is how far ahead a
/// deadline counts as due soon.
TriageRow triage_row(const Incident& incident, const Assessment& assessment, const std::vector<Due>& due,
                     const Verification& verification, const std::vector<std::string>& requests, Instant as_of, Seconds soon);

/// The most urgent first; of equal ones a MUST first, then the earlier deadline, then the lower bug number.
void sort_by_urgency(std::vector<TriageRow>& rows);

std::string triage_text(const std::vector<TriageRow>& rows, Instant as_of, const TextStyle& style);
std::string triage_markdown(const std::vector<TriageRow>& rows, Instant as_of);
/// RFC 4180, with no cell that a spreadsheet takes for a formula.
std::string triage_csv(const std::vector<TriageRow>& rows);
/// json-v1, described by schemas/triage.schema.json.
std::string triage_json(const std::vector<TriageRow>& rows, Instant as_of, const std::string& as_of_origin);

}  // namespace cita
