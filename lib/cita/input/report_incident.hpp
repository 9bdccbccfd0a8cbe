// What a report tells, as an incident: its timeline as events of one account, its fields as the report's prose. Nothing is
// added: what the report does not say is not in it, and what was read from words alone is remarked.
#pragma once

#include <cita/input/report_reader.hpp>
#include <cita/model/incident.hpp>

namespace cita {

struct ReportedIncident {
  Incident incident;
  std::vector<Certainty> certainties;             ///< of each event's kind
  std::vector<std::vector<std::string>> remarks;  ///< for each event, what a human has to look at; a line each
};

/// `title` is the bug's summary, where it is known.
ReportedIncident incident_of(const ReportReading& report, std::string_view title);

/// As somebody's telling that is held against another: the account has that name, is complete for nothing, since what is read
/// from words may have been missed, and an event whose kind is read from words is marked as unsure.
Incident told_by_report(const ReportReading& report, std::string_view title, std::string account);

}  // namespace cita
