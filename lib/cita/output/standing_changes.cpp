#include <cita/output/check_report.hpp>
#include <cita/output/result.hpp>
#include <cita/output/standing_changes.hpp>

#include <map>

namespace cita {

namespace {

struct Stand {
  std::string what, how;
};

// By what stays when an event is added; equal ones are told apart by their order.
using Key = std::pair<std::string, int>;

bool is_judged(const Judgement& judgement) {
  return judgement.applicability != Applicability::not_in_force && judgement.applicability != Applicability::not_applicable;
}

std::vector<std::pair<Key, Stand>> stands(const Assessment& assessment, const Incident& incident) {
  std::vector<std::pair<Key, Stand>> all;
  std::map<std::string, int> seen;
  for (const Judgement& each : assessment.judgements) {
    const std::string identity = subject_fingerprint(each, incident);
    const Key key{identity, seen[identity]++};
    if (!is_judged(each)) continue;
    const std::string subject = subject_words(each, incident), margin = margin_words(each);
    all.push_back({key,
                   {std::string(each.duty->title) + (subject.empty() ? "" : ", " + subject),
                    standing_words(each) + (margin.empty() ? "" : ", " + margin)}});
  }
  return all;
}

}  // namespace

std::vector<StandingChange> standing_changes(const Assessment& before, const Incident& incident_before, const Assessment& after,
                                             const Incident& incident_after) {
  const auto old_stands = stands(before, incident_before), new_stands = stands(after, incident_after);
  std::map<Key, Stand> old_by_key(old_stands.begin(), old_stands.end());
  std::vector<StandingChange> changes;
  for (const auto& [key, stand] : new_stands) {
    const auto found = old_by_key.find(key);
    const std::string old_how = found == old_by_key.end() ? std::string() : found->second.how;
    if (found != old_by_key.end()) old_by_key.erase(found);
    if (old_how != stand.how) changes.push_back({stand.what, old_how, stand.how});
  }
  for (const auto& [key, stand] : old_stands)
    if (old_by_key.count(key) > 0) changes.push_back({stand.what, stand.how, {}});
  return changes;
}

}  // namespace cita
