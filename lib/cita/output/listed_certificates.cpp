#include <cita/output/certificate_report.hpp>
#include <cita/output/check_report.hpp>
#include <cita/output/list_findings.hpp>
#include <cita/output/listed_certificates.hpp>
#include <cita/time/format.hpp>

#include <fmt/format.h>

#include <algorithm>

namespace cita {

namespace {

using namespace evidence;

std::optional<std::int64_t> exact(const CountRange& range) {
  return range.least == range.most ? std::optional(static_cast<std::int64_t>(range.least)) : std::nullopt;
}

// What is counted by row counts certificates only where each row is one, and can be read.
bool are_rows_certificates(const IncidentLists& lists) {
  const ListReading& reading = lists.reading();
  return lists.different() == CountRange{reading.rows, reading.rows} && reading.unreadable == 0 && !reading.faults.unread();
}

// Whether no certificate of a group is left out, as far as the file tells how many it has.
bool is_whole(const IncidentLists& lists, std::size_t group) {
  const auto& told = lists.grouping().groups()[group].told_count;
  const std::uint64_t rows = lists.tally().groups()[group].rows;
  // Of several groups nobody knows whose rows name a certificate twice.
  const std::uint64_t most = rows == lists.reading().rows ? std::min(rows, lists.different().least) : rows;
  return !lists.lacks_list(group) && (!told || *told <= static_cast<std::int64_t>(most));
}

// Whether the lists have all certificates of the incident, as far as the file tells which it has.
bool are_whole(const IncidentLists& lists) {
  const Incident& incident = lists.incident();
  const auto& groups = lists.grouping().groups();
  std::size_t parts = 0;
  for (std::size_t i = 0; i < groups.size(); ++i) {
    if (static_cast<int>(i) == lists.grouping().mixed()) continue;
    if (!is_whole(lists, i)) return false;
    parts += groups[i].id.empty() ? 0 : 1;
  }
  // A case or cohort of which nothing is told may have any number.
  if (parts < incident.cases.size() + incident.cohorts.size()) return false;
  const auto told = incident.report.total_certificates ? incident.report.total_certificates : incident.certificate_set.total();
  const bool is_enough = !told || *told <= static_cast<std::int64_t>(lists.different().least);
  return is_enough && lists.reading().rows > 0;
}

ListedCertificates::Counts counts_of(const CertificateGroup& group, const GroupTally& tally, bool are_known) {
  ListedCertificates::Counts counts{group.in_case, group.cohort, {}, {}, {}};
  if (are_known) counts.total = static_cast<std::int64_t>(tally.rows);
  if (are_known) counts.revoked = exact(tally.revoked);
  if (are_known) counts.expired = exact(tally.expired);
  return counts;
}

std::string by_deadline(const CertificateGroup& group, const RevocationClock& clock, const ListVerdict& verdict) {
  std::string whose = group.name;
  if (!whose.empty() && whose.front() >= 'a' && whose.front() <= 'z') whose.front() = static_cast<char>(whose.front() - 32);
  const Moment due = Moment::between(clock.last_on_time.first, clock.last_on_time.last, Unit::second);
  return fmt::format("{}: to be revoked by {} ({}); {}", whose, show(due), clock.document, standings_words(verdict));
}

}  // namespace

const ListedCertificates::Counts* ListedCertificates::part(int in_case, int cohort) const {
  if (in_case == none && cohort == none) return &all;
  const auto found = std::find_if(parts.begin(), parts.end(),
                                  [&](const Counts& each) { return each.in_case == in_case && each.cohort == cohort; });
  return found == parts.end() ? nullptr : &*found;
}

ToldFigure remaining_valid_figure(Instant as_of) {
  return {ToldFigure::What::remaining_valid, {}, {}, 0, none, Bounds::exact(as_of)};
}

ListedCertificates listed_certificates(const Assessment& assessment, const IncidentLists& lists, const ListVerdicts& verdicts) {
  ListedCertificates listed;
  for (std::size_t i = 0; i < lists.files().size(); ++i) listed.files.push_back(lists.name(i));
  const bool have_all = are_whole(lists);
  if (have_all) listed.all.total = exact(lists.different());
  const auto& groups = lists.grouping().groups();
  const auto& tallies = lists.tally().groups();
  std::uint64_t assigned = 0;
  CountRange revoked, expired;
  for (const GroupTally& each : tallies) {
    assigned += each.rows;
    revoked.add(each.revoked);
    expired.add(each.expired);
  }
  const bool are_certificates = are_rows_certificates(lists);
  if (are_certificates && have_all) listed.remaining_valid = exact(lists.count(lists.figures().size() - 1));
  // A certificate of two cases counts once.
  if (are_certificates && have_all && assigned == lists.tally().rows()) {
    listed.all.revoked = exact(revoked);
    listed.all.expired = exact(expired);
  }
  for (std::size_t i = 0; i < groups.size(); ++i)
    if (!groups[i].id.empty() && (tallies[i].rows > 0 || verdicts.unassigned > 0))
      listed.parts.push_back(
          counts_of(groups[i], tallies[i], are_certificates && verdicts.unassigned == 0 && is_whole(lists, i)));
  for (const CertificateGroup& group : groups) {
    const RevocationClock* clock = group.main_clock();
    const ListVerdict* verdict =
        clock == nullptr || clock->judgement == none ? nullptr : verdicts.of(static_cast<std::size_t>(clock->judgement));
    const bool applies =
        verdict != nullptr && clock->last_on_time != Bounds{} &&
        assessment.judgements[static_cast<std::size_t>(clock->judgement)].applicability == Applicability::applies;
    if (applies) listed.by_deadline.push_back(by_deadline(group, *clock, *verdict));
  }
  return listed;
}

}  // namespace cita
