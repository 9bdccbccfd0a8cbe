#include <cita/evidence/certificate_group.hpp>

#include <algorithm>
#include <tuple>

namespace cita::evidence {

namespace {

// The CRLReasons that the asserted reasons ask for. One that asks for none leaves the choice free.
class Reasons {
 public:
  explicit Reasons(CertificateGroup& group) : group_(group) {}

  void add(const Judgement& judgement) {
    const ReasonTable* table = judgement.pack->reason_table(judgement.duty->reason_table);
    const Ground* ground = judgement.subject.ground;
    const Reason* reason = table == nullptr || ground == nullptr ? nullptr : table->find(ground->reason);
    if (reason == nullptr) return;
    if (!ground->contested) group_.reasons_are_contested = false;
    if (!reason->crl_reason) is_free_ = true;
    else if (std::find(group_.reasons.begin(), group_.reasons.end(), *reason->crl_reason) == group_.reasons.end())
      group_.reasons.push_back(*reason->crl_reason);
    // Of several documents the last to ask is the first that all of them are sure of.
    group_.reasons_from = any_ ? std::max(group_.reasons_from, table->crl_reasons_from) : table->crl_reasons_from;
    any_ = true;
  }
  void finish() {
    if (is_free_) group_.reasons.clear();
  }

 private:
  CertificateGroup& group_;
  bool any_ = false, is_free_ = false;
};

// Whether what is told of the incident is told of this case or cohort: there is no other, and the incident has no certificates
// beside it.
bool has_all_of_incident(const Incident& incident, const Subject& subject) {
  if (!has_one_set(incident)) return false;
  const CertificateSet &whole = incident.certificate_set, &own = certificates_of(incident, subject);
  const auto are_others = [](const std::string& list, const std::string& other) {
    return !list.empty() && !other.empty() && list != other;
  };
  if (are_others(whole.list_file, own.list_file)) return false;
  const Truth has_any_beside = whole_numbers(incident).has_any_beside;
  if (subject.in_case != none && !is_the_only_one(incident, subject)) return false;
  const bool is_judged = !whole.grounds.empty();
  return has_any_beside == Truth::no || (has_any_beside == Truth::unknown && (subject.in_case != none || !is_judged));
}

// The largest number that the file tells of: of the set itself, or of what its events are about.
std::optional<std::int64_t> told_count(const Incident& incident, const Subject& subject, Instant as_of) {
  std::optional<std::int64_t> largest = certificates_of(incident, subject).total();
  const auto consider = [&largest](const std::optional<std::int64_t>& count) {
    if (count && (!largest || *count > *largest)) largest = count;
  };
  const bool is_of_all = subject.in_case == none && subject.cohort == none;
  const bool is_only_one = is_of_all || has_all_of_incident(incident, subject);
  const View view;
  Scene scene(incident, view, as_of);
  for (std::size_t i = 0; i < incident.events.size(); ++i) {
    const Event& each = incident.events[i];
    const bool is_own = each.in_case == subject.in_case && each.cohort == subject.cohort;
    const bool is_on_revocation = each.kind == EventKind::revocation || each.kind == EventKind::revocation_published ||
                                  each.kind == EventKind::revocation_partial || each.kind == EventKind::expired;
    if (!is_on_revocation || (!is_own && !(is_only_one && each.in_case == none && each.cohort == none))) continue;
    if ((!each.of && !each.done) || !told_for_sure(scene, static_cast<int>(i))) continue;
    consider(each.of);
    consider(each.done);
  }
  if (is_only_one) consider(incident.report.total_certificates);
  return largest;
}

}  // namespace

bool has_one_set(const Incident& incident) { return incident.cases.size() + incident.cohorts.size() == 1; }

std::optional<Told> told_for_sure(Scene& scene, int event) {
  const auto told = scene.told(event);
  const bool is_unsure = !scene.incident().events[static_cast<std::size_t>(event)].unsure.empty();
  return told && !is_unsure && scene.is_withdrawn(*told) == Truth::no ? told : std::nullopt;
}

CertificateGroup group_of(const Incident& incident, const Assessment& assessment, int in_case, int cohort, ClockChoice clocks) {
  CertificateGroup group;
  Subject subject;
  subject.per = Per::certificates;
  group.in_case = subject.in_case = in_case;
  group.cohort = subject.cohort = cohort;
  if (in_case != none) group.id = incident.cases[static_cast<std::size_t>(in_case)].id;
  if (cohort != none) group.id = incident.cohorts[static_cast<std::size_t>(cohort)].id;
  group.name = group.id.empty() ? "the incident" : describe(subject, incident);
  const CertificateSet& set = certificates_of(incident, subject);
  group.list_file = set.list_file;
  group.told_count = told_count(incident, subject, assessment.as_of);
  group.count_span = set.count_span;
  group.reasons_are_contested = true;
  Reasons reasons(group);
  for (std::size_t i = 0; i < assessment.judgements.size(); ++i) {
    const Judgement& judgement = assessment.judgements[i];
    if (judgement.subject.in_case != in_case || judgement.subject.cohort != cohort) continue;
    const bool is_publication = asks_to_publish(judgement) && binds(judgement);
    const bool is_revocation = asks_to_revoke(judgement) && (binds(judgement) || clocks == ClockChoice::all);
    if (!is_publication && !is_revocation) continue;
    RevocationClock clock = clock_of(judgement, incident);
    clock.judgement = static_cast<int>(i);
    if (is_publication) {
      if (clock.last_on_time != Bounds{}) group.publications.push_back(std::move(clock));
      continue;
    }
    group.clocks.push_back(std::move(clock));
    if (binds(judgement)) reasons.add(judgement);
  }
  if (group.main_clock() != nullptr && !group.main_clock()->binds) group.clocks.clear();
  reasons.finish();
  const auto restrain = [&group](const CertificateSet& of) {
    for (const Restraint& each : of.restraints) {
      RestraintMark mark;
      bool all = true;
      mark.text = each.text;
      mark.is_on_all = each.certificates.empty();
      mark.on = names_in(each.certificates, all);
      mark.names_all = all;
      group.restraints.push_back(std::move(mark));
    }
  };
  restrain(set);
  if (&set != &incident.certificate_set) restrain(incident.certificate_set);
  return group;
}

const RevocationClock* CertificateGroup::main_clock() const {
  const RevocationClock* main = nullptr;
  const auto order = [](const RevocationClock& each) {
    return std::tuple(!each.binds, !each.governs, !each.is_certain(), each.is_guessed, each.last_on_time.last);
  };
  for (const RevocationClock& each : clocks)
    if (main == nullptr || order(each) < order(*main)) main = &each;
  return main;
}

}  // namespace cita::evidence
