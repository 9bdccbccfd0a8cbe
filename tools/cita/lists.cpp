#include "lists.hpp"

#include "command.hpp"

#include <cita/base/text.hpp>
#include <cita/output/certificate_report.hpp>

#include <algorithm>
#include <filesystem>
#include <thread>

namespace cita::tool {

namespace {

// The sets that have a list.
std::vector<const CertificateSet*> listed_sets(const Incident& incident) {
  std::vector<const CertificateSet*> all;
  const auto add = [&all](const CertificateSet& set) {
    if (!set.list_file.empty()) all.push_back(&set);
  };
  add(incident.certificate_set);
  for (const Case& each : incident.cases) add(each.certificates);
  for (const Cohort& each : incident.cohorts) add(each.certificates);
  return all;
}

// Where the file names a list for the first time.
Span place_of(const std::string& list, const Incident& incident) {
  for (const CertificateSet* set : listed_sets(incident))
    if (set->list_file == list) return set->list_span;
  return incident.span;
}

// Of each list the first place where certificates may be hidden.
void warn_of_hidden_rows(const evidence::IncidentLists& lists, const Incident& incident, Diagnostics& diagnostics) {
  std::vector<std::uint32_t> files;
  for (const evidence::ListFault& each : lists.reading().faults.kept()) {
    if (!evidence::hides_rows(each.problem) || std::find(files.begin(), files.end(), each.file) != files.end()) continue;
    files.push_back(each.file);
    const std::string place = text::shown(lists.files()[each.file]) + ":" + std::to_string(each.line);
    diagnostics.warning("list-incomplete", place_of(lists.name(each.file), incident),
                        place + ": " + std::string(texts(each.problem).text) +
                            "; the list may have more certificates than can be read, so it proves no number",
                        std::string(texts(each.problem).help) + "; cita certs shows all such places");
  }
}

void warn_of_few_links(const evidence::IncidentLists& lists, const Incident& incident, Diagnostics& diagnostics) {
  for (const evidence::ListFault& each : lists.reading().faults.kept()) {
    if (each.problem != evidence::ListProblem::too_few_links) continue;
    const auto& texts = evidence::texts(each.problem);
    diagnostics.warning(std::string(texts.code), place_of(lists.name(each.file), incident),
                        text::shown(lists.files()[each.file]) + ": " + std::string(texts.text) + " (" + each.value + ")",
                        std::string(texts.help));
  }
}

}  // namespace

std::vector<std::string> told_lists(const Incident& incident) {
  std::vector<std::string> all;
  for (const CertificateSet* set : listed_sets(incident))
    if (std::find(all.begin(), all.end(), set->list_file) == all.end()) all.push_back(set->list_file);
  return all;
}

std::string path_of_list(const std::string& incident, const std::string& list) {
  // Whoever wrote the file does not choose what is read elsewhere on this machine.
  const std::filesystem::path name = std::filesystem::path(list).lexically_normal();
  if (list.find('\0') != std::string::npos || name.is_absolute() || name.empty() || name == "-" || *name.begin() == "..")
    return {};
  return (std::filesystem::path(incident).parent_path() / name).lexically_normal().string();
}

evidence::ListExtras extras_for(std::size_t files, ListProgress& progress) {
  evidence::ListExtras extras;
  if (files > 1) return extras;
  extras.threads = std::max(1U, std::thread::hardware_concurrency());
  extras.progress = progress.shower();
  extras.duplicates_progress = progress.duplicates_shower();
  return extras;
}

std::vector<std::string> names_of_lists(const std::vector<std::string>& lists, const std::string& incident,
                                        const std::vector<std::string>& told) {
  std::vector<std::string> names;
  for (const std::string& list : lists) {
    const auto is_it = [&](const std::string& name) { return is_one_file(list, path_of_list(incident, name)); };
    const auto found = std::find_if(told.begin(), told.end(), is_it);
    names.push_back(found == told.end() ? std::string() : *found);
  }
  return names;
}

std::unique_ptr<evidence::IncidentLists> read_told_lists(const std::string& path, const std::vector<std::string>& told,
                                                         const Incident& incident, const Assessment& assessment,
                                                         Diagnostics& diagnostics, evidence::ListExtras extras) {
  std::vector<std::string> files;
  bool are_there = !told.empty();
  for (const std::string& each : told) {
    std::error_code error;
    files.push_back(path_of_list(path, each));
    if (path != "-" && !files.back().empty() && std::filesystem::is_regular_file(files.back(), error)) continue;
    are_there = false;
    diagnostics.warning("list-missing", place_of(each, incident),
                        "the list " + each + " is not " +
                            (path == "-" ? "read, for the incident file comes from standard input"
                                         : "there, beside the incident file or in a folder below") +
                            "; nothing is held against the lists",
                        "put the list there, or correct its name");
  }
  if (!are_there) return nullptr;
  auto lists = std::make_unique<evidence::IncidentLists>(incident, assessment, std::move(files), told, std::move(extras));
  for (const std::string& each : lists->problems())
    diagnostics.warning("list-unreadable", place_of(told.front(), incident), "nothing is held against the lists: " + each,
                        "mend the list, or name another");
  return lists->problems().empty() ? std::move(lists) : nullptr;
}

evidence::ListVerdicts hold_against(const evidence::IncidentLists& lists, const Incident& incident, Assessment& assessment,
                                    Diagnostics& diagnostics) {
  warn_of_hidden_rows(lists, incident, diagnostics);
  warn_of_few_links(lists, incident, diagnostics);
  for (const evidence::Mismatch& each : lists.mismatches())
    diagnostics.warning("figure-differs", each.told_at, difference_text(each, lists.files()),
                        "correct the figure or the list; cita certs --incident shows more");
  return hold_against_lists(incident, assessment, lists);
}

std::optional<evidence::ListVerdicts> hold_against_told_lists(const std::string& path, const Incident& incident,
                                                              Assessment& assessment, Diagnostics& diagnostics,
                                                              std::size_t files) {
  ListProgress progress;
  const auto lists = read_told_lists(path, told_lists(incident), incident, assessment, diagnostics, extras_for(files, progress));
  return lists ? std::optional(hold_against(*lists, incident, assessment, diagnostics)) : std::nullopt;
}

}  // namespace cita::tool
