// A report holds elements.
#include <cita/rules/matter.hpp>

#include <algorithm>

namespace cita {

namespace {

// Whether an account shows what the CA's report holds: the CA's own, and where the file has none, whichever retells it.
bool is_the_cas(const Incident& incident, int account) {
  const auto is_ca = [](const Account& each) { return each.kind == AccountKind::ca; };
  return is_ca(incident.accounts[static_cast<std::size_t>(account)]) ||
         std::none_of(incident.accounts.begin(), incident.accounts.end(), is_ca);
}

// What the CA itself tells stands in its timeline; what only others tell does not.
bool is_told(const Incident& incident, EventKind element) {
  return std::any_of(incident.events.begin(), incident.events.end(), [&](const Event& event) {
    return event.kind == element && std::any_of(event.tellings.begin(), event.tellings.end(), [&](const Telling& telling) {
             return !telling.denied && is_the_cas(incident, telling.account);
           });
  });
}

bool would_be_told(const Incident& incident, EventKind element) {
  return std::any_of(incident.accounts.begin(), incident.accounts.end(), [element](const Account& account) {
    return account.kind == AccountKind::ca && account.is_complete_for(element);
  });
}

std::string listed(const std::vector<std::string>& all) {
  std::string text;
  for (const std::string& each : all) text += (text.empty() ? "" : ", ") + each;
  return text;
}

}  // namespace

bool judge_contain(Matter& matter) {
  Verdict& verdict = matter.verdict;
  const auto posted = first_of(matter.events(matter.trigger_kinds(), Role::end, Scope::everything));
  if (!posted) return false;
  verdict.trigger = End{*posted, matter.what_started(*posted, matter.trigger_kinds())};
  if (!matter.take(matter.start_at(*posted))) return true;
  if (!posted->certain) matter.doubt(posted->doubt, "whether it was posted");
  bool all_would_be_told = true;
  for (const EventKind element : matter.duty.elements) {
    if (is_told(matter.incident, element)) continue;
    verdict.missing.emplace_back(name(element));
    all_would_be_told = all_would_be_told && would_be_told(matter.incident, element);
  }
  if (verdict.missing.empty()) {
    verdict.standing = Standing::met;
    verdict.because = "every element is there";
    return true;
  }
  verdict.standing = all_would_be_told ? Standing::breached : Standing::undetermined;
  verdict.because = "not in the timeline: " + listed(verdict.missing);
  if (!all_would_be_told) verdict.would_decide = "whether the report holds " + listed(verdict.missing);
  return true;
}

}  // namespace cita
