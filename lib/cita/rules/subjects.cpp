// What a duty is judged for: each report, each set of certificates and reason to revoke, each question, …
#include <cita/rules/engine.hpp>
#include <cita/rules/whole.hpp>

#include <algorithm>

namespace cita {

namespace {

bool contains(std::span<const EventKind> kinds, EventKind kind) {
  return std::find(kinds.begin(), kinds.end(), kind) != kinds.end();
}

bool has_tier(const Reason& reason, std::string_view tier) {
  return std::any_of(reason.items.begin(), reason.items.end(), [tier](const ReasonItem& item) { return item.tier == tier; });
}

/// Collects the sets of certificates that a duty is about.
class CertificateSubjects {
 public:
  CertificateSubjects(const Incident& incident, const Duty& duty, const Pack& pack)
      : incident_(incident), duty_(duty), table_(duty.reason_table.empty() ? nullptr : pack.reason_table(duty.reason_table)) {}

  std::vector<Subject> collect(Truth has_any_beside_parts) {
    for (std::size_t i = 0; i < incident_.cases.size(); ++i) add(static_cast<int>(i), none, grounds_of_case(incident_, i));
    for (std::size_t i = 0; i < incident_.cohorts.size(); ++i) add(none, static_cast<int>(i), grounds_of_cohort(incident_, i));
    // The incident as a whole, unless its parts are all there is to it.
    if (table_ == nullptr || has_any_beside_parts != Truth::no) add(none, none, grounds_of_whole(incident_));
    return std::move(subjects_);
  }

 private:
  void add(int in_case, int cohort, const std::vector<const Ground*>& grounds) {
    Subject subject;
    subject.per = Per::certificates;
    subject.in_case = in_case;
    subject.cohort = cohort;
    if (table_ == nullptr) {
      if (is_concerned(subject)) subjects_.push_back(subject);
      return;
    }
    for (const Ground* ground : grounds) {
      const Reason* reason = table_->find(ground->reason);
      if (reason == nullptr || (!duty_.tier.empty() && !has_tier(*reason, duty_.tier))) continue;
      subject.ground = ground;
      subjects_.push_back(subject);
    }
  }

  bool is_concerned(const Subject& subject) const {
    return !duty_.trigger.missed.empty() ||
           std::any_of(incident_.events.begin(), incident_.events.end(),
                       [&](const Event& event) { return belongs(event, subject) && contains(duty_.trigger.kinds, event.kind); });
  }

  const Incident& incident_;
  const Duty& duty_;
  const ReasonTable* table_;
  std::vector<Subject> subjects_;
};

template <class T>
void add_each(std::vector<Subject>& subjects, Per per, const std::vector<T>& things, int Subject::*index) {
  for (std::size_t i = 0; i < things.size(); ++i) {
    Subject subject;
    subject.per = per;
    subject.*index = static_cast<int>(i);
    subjects.push_back(subject);
  }
}

void add_each_event(std::vector<Subject>& subjects, const Incident& incident, std::span<const EventKind> kinds) {
  for (std::size_t i = 0; i < incident.events.size(); ++i) {
    if (!contains(kinds, incident.events[i].kind)) continue;
    Subject subject;
    subject.per = Per::event;
    subject.event = static_cast<int>(i);
    subjects.push_back(subject);
  }
}

}  // namespace

std::vector<Subject> Engine::subjects(const Duty& duty, const Pack& pack) const {
  std::vector<Subject> subjects;
  switch (duty.per) {
    case Per::incident: subjects.emplace_back(); break;
    case Per::problem_report: add_each(subjects, Per::problem_report, incident_.cases, &Subject::in_case); break;
    case Per::question: add_each(subjects, Per::question, incident_.questions, &Subject::question); break;
    case Per::action_item: add_each(subjects, Per::action_item, incident_.action_items, &Subject::action_item); break;
    case Per::commitment: add_each(subjects, Per::commitment, incident_.commitments, &Subject::commitment); break;
    case Per::certificates:
      subjects = CertificateSubjects(incident_, duty, pack).collect(recollection_.numbers().has_any_beside);
      break;
    case Per::event: add_each_event(subjects, incident_, duty.trigger.kinds); break;
  }
  if (duty.addressees.empty()) return subjects;
  std::vector<Subject> addressed;
  for (const Subject& subject : subjects)
    for (const Addressee addressee : duty.addressees) {
      addressed.push_back(subject);
      addressed.back().addressee = addressee;
    }
  return addressed;
}

}  // namespace cita
