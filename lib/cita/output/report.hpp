// Reports for Bugzilla: an incident in the form of the template that is in force.
//
//   const auto report = render_report(incident, {.date = as_of}, diagnostics);
//   report->parts[0]       // the comment; of several, the description comes first
//
// Dates, counts and tables are derived from the incident. Prose is the author's (output/prose.hpp). What is missing is
// diagnosed and left as an explicit gap, "(to be written: …)"; where it does not apply, the template's word stands.
// Internal events are never shown, and nobody is named without consent.
#pragma once

#include <cita/base/diagnostic.hpp>
#include <cita/model/incident.hpp>
#include <cita/policy/report_template.hpp>

#include <optional>
#include <string>
#include <vector>

namespace cita {

struct ListedCertificates;

struct ReportRequest {
  FormKind kind = FormKind::full;
  std::string template_id;                     ///< "3.2", "seven-topics"; empty: the edition in force on the date
  Instant date{};                              ///< as-of
  bool allow_embargoed = false;                ///< a report on an embargoed incident, asked for by name
  const ListedCertificates* listed = nullptr;  ///< what the lists that the file names tell; it outlives the report
  std::string attachment = {};                 ///< the list to attach; empty: those that the file names
};

struct RenderedReport {
  std::vector<std::string> parts;  ///< a comment each
  std::string bug_title;           ///< "Example CA: What happened"
  std::vector<std::string> notes;  ///< how to post it
};

/// The report; nothing when the diagnostics say why there is none. Missing fields ("missing-field") and what the guidelines
/// expect besides ("missing-entry") are warnings.
std::optional<RenderedReport> render_report(const Incident& incident, const ReportRequest& request, Diagnostics& diagnostics);

}  // namespace cita
