// What the tests of verdicts share: an incident file, judged, and its findings as short lines.
//
//   JudgedFile file = judged(text, "2026-05-06T00:00:00Z");
//   file.lines("tls-br.preliminary-report-within-24-hours")
//     → "case 1, to the reporter: must met, 11 h 39 min to spare"
#pragma once

#include <cita/input/incident_file.hpp>
#include <cita/reconcile/finding.hpp>
#include <cita/time/format.hpp>
#include <cita/time/reading.hpp>

#include <doctest/doctest.h>

#include <fstream>
#include <sstream>
#include <stdexcept>
#include <string>
#include <vector>

namespace cita::testing {

inline std::string path_of(const std::string& name) { return std::string(CITA_SOURCE_DIR) + "/" + name; }

inline std::string content_of(const std::string& name) {
  std::ifstream in(path_of(name), std::ios::binary);
  if (!in) throw std::runtime_error("cannot read " + name);
  std::ostringstream content;
  content << in.rdbuf();
  return content.str();
}

inline Instant instant(const std::string& text) {
  StampContext utc;
  utc.zone = "UTC";
  const StampResult read = read_stamp(text, utc);
  if (!read) throw std::runtime_error("not a time: " + text);
  return read.stamp->moment.earliest();
}

inline const Catalog& catalog() {
  static const Catalog built_in = Catalog::built_in();
  return built_in;
}

inline Incident incident_of(const std::string& text, const std::string& name = "incident.yaml") {
  Diagnostics diagnostics;
  auto incident = read_incident(std::make_shared<const Source>(name, text), diagnostics);
  if (!incident) {
    std::string why = name + " cannot be read:";
    for (const Diagnostic& each : diagnostics.all()) why += "\n  " + each.message + " | " + each.help;
    throw std::runtime_error(why);
  }
  return std::move(*incident);
}

/// An incident and its assessment, which refers to it.
struct JudgedFile {
  std::unique_ptr<Incident> incident;
  Assessment assessment;
  Diagnostics diagnostics;

  std::vector<const Judgement*> of(const std::string& duty) const {
    std::vector<const Judgement*> all;
    for (const Judgement& each : assessment.judgements)
      if (each.duty->id == duty) all.push_back(&each);
    return all;
  }

  std::string subject(const Judgement& judgement) const {
    const std::string text = describe(judgement.subject, *incident);
    return text.empty() ? "incident" : text;
  }

  /// One line for each finding of a duty: "case 1, to the reporter: must met, 11 h 39 min to spare".
  std::vector<std::string> lines(const std::string& duty) const {
    std::vector<std::string> all;
    for (const Judgement* each : of(duty)) all.push_back(finding_line(*each, *incident));
    return all;
  }

  /// The finding of a duty for one subject, without the subject.
  std::string line(const std::string& duty, const std::string& wanted = "incident") const {
    for (const Judgement* each : of(duty))
      if (subject(*each) == wanted) return finding(*each);
    return "nothing";
  }

  const Judgement& judgement(const std::string& duty, const std::string& wanted = "incident") const {
    for (const Judgement* each : of(duty))
      if (subject(*each) == wanted) return *each;
    throw std::runtime_error("no judgement of " + duty + " for " + wanted);
  }
};

inline JudgedFile judged(Incident incident, Instant as_of, const std::vector<const Rule*>& rules = {},
                         const Catalog& packs = catalog()) {
  JudgedFile result;
  result.incident = std::make_unique<Incident>(std::move(incident));
  result.assessment = assess(*result.incident, packs, as_of, result.diagnostics, rules);
  return result;
}

inline JudgedFile judged(const std::string& text, const std::string& as_of) { return judged(incident_of(text), instant(as_of)); }

/// The head of a file about TLS certificates, told by the CA alone unless `accounts` says otherwise, and what follows it.
inline std::string tls(const std::string& rest, const std::string& accounts = "accounts: {ca: {kind: ca, zone: UTC}}\n") {
  return "cita: 1\nincident: {title: \"Example CA: Test\", certificates: tls}\n" + accounts + rest;
}

}  // namespace cita::testing
