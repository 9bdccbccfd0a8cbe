#include "lists.hpp"

#include <cita/output/certificate_report.hpp>

#include <algorithm>
#include <filesystem>

namespace cita::tool {

std::vector<std::string> told_lists(const Incident& incident) {
  std::vector<std::string> all;
  const auto add = [&all](const CertificateSet& set) {
    if (!set.list_file.empty() && std::find(all.begin(), all.end(), set.list_file) == all.end()) all.push_back(set.list_file);
  };
  add(incident.certificate_set);
  for (const Case& each : incident.cases) add(each.certificates);
  for (const Cohort& each : incident.cohorts) add(each.certificates);
  return all;
}

std::string path_of_list(const std::string& incident, const std::string& list) {
  // Whoever wrote the file does not choose what is read elsewhere on this machine.
  const std::filesystem::path name = std::filesystem::path(list).lexically_normal();
  if (list.find('\0') != std::string::npos || name.is_absolute() || name.empty() || name == "-" || *name.begin() == "..")
    return {};
  return (std::filesystem::path(incident).parent_path() / name).lexically_normal().string();
}

void warn_of_figures(const std::string& path, const Incident& incident, const Assessment& assessment, Instant as_of,
                     Diagnostics& diagnostics) {
  using namespace evidence;
  const std::vector<std::string> told = told_lists(incident);
  std::vector<std::string> lists;
  for (const std::string& each : told) {
    std::error_code error;
    lists.push_back(path_of_list(path, each));
    if (path == "-" || lists.back().empty() || !std::filesystem::is_regular_file(lists.back(), error)) return;
  }
  const auto grouping = lists.empty() ? std::nullopt : Grouping::of(incident, assessment, {}, told);
  if (!grouping) return;
  TallyOptions tally;
  tally.as_of = as_of;
  tally.grouping = &*grouping;
  tally.pairs_serials = true;
  tally.figures = told_figures(incident, *grouping, as_of);
  ListOptions how;
  how.context.as_of = as_of;
  const ListReading reading = read_lists(lists, how, [&] { return std::make_unique<RevocationTally>(tally); });
  if (!reading.unopened.empty() || reading.faults.has_no_list()) return;
  const SerialRows::Result serials = static_cast<const RevocationTally&>(*reading.sum).serial_rows().result(0);
  for (const Mismatch& each : mismatches(incident, tally.figures, reading, serials, as_of))
    diagnostics.warning("figure-differs", each.told_at, difference_text(each, lists),
                        "correct the figure or the list; cita certs --incident shows more");
}

}  // namespace cita::tool
