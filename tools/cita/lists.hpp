// The lists of certificates that an incident file names, and whether the file's figures are those of its lists.
#pragma once

#include <cita/base/diagnostic.hpp>
#include <cita/reconcile/judgement.hpp>

#include <string>
#include <vector>

namespace cita::tool {

/// The lists that the file names, once each, as it names them.
std::vector<std::string> told_lists(const Incident& incident);
/// Where such a list is: beside the incident file or in a folder below. Empty for a name that leads anywhere else.
std::string path_of_list(const std::string& incident, const std::string& list);

/// Warns of every figure of the file that its lists contradict. Says nothing where the file names no lists, or where they are
/// not all there.
void warn_of_figures(const std::string& path, const Incident& incident, const Assessment& assessment, Instant as_of,
                     Diagnostics& diagnostics);

}  // namespace cita::tool
