// The lists of certificates that an incident file names, and what they say of it.
#pragma once

#include "list_progress.hpp"

#include <cita/base/diagnostic.hpp>
#include <cita/evidence/told_counts.hpp>

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace cita::tool {

/// The lists that the file names, once each, as it names them.
std::vector<std::string> told_lists(const Incident& incident);
/// Where such a list is: beside the incident file or in a folder below. Empty for a name that leads anywhere else.
std::string path_of_list(const std::string& incident, const std::string& list);

/// How the lists of one of so many files are read, which are judged several at a time: those of a single file on all processors.
evidence::ListExtras extras_for(std::size_t files, ListProgress& progress);

/// For each list the name that the file has for it, empty where it has none.
std::vector<std::string> names_of_lists(const std::vector<std::string>& lists, const std::string& incident,
                                        const std::vector<std::string>& told);

/// Lists that the file at this path names, read; nothing where there are none, or they are not all there. One that cannot be read
/// is a warning.
std::unique_ptr<evidence::IncidentLists> read_told_lists(const std::string& path, const std::vector<std::string>& told,
                                                         const Incident& incident, const Assessment& assessment,
                                                         Diagnostics& diagnostics, evidence::ListExtras extras);
/// Holds the duties to revoke against lists, and warns of every figure of the file that they contradict.
evidence::ListVerdicts hold_against(const evidence::IncidentLists& lists, const Incident& incident, Assessment& assessment,
                                    Diagnostics& diagnostics);
/// Both, for one of so many files; nothing where there is nothing to hold it against.
std::optional<evidence::ListVerdicts> hold_against_told_lists(const std::string& path, const Incident& incident,
                                                              Assessment& assessment, Diagnostics& diagnostics,
                                                              std::size_t files = 1);

}  // namespace cita::tool
