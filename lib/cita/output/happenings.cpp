#include <cita/output/happenings.hpp>
#include <cita/time/format.hpp>
#include <cita/time/placing.hpp>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <map>

namespace cita {

namespace {

// Whose telling the report goes by; null when nobody says that it happened.
const Telling* main_telling(const Incident& incident, const Event& event) {
  const Telling* result = nullptr;
  for (const Telling& telling : event.tellings) {
    if (telling.denied) continue;
    if (incident.accounts[static_cast<std::size_t>(telling.account)].kind == AccountKind::ca) return &telling;
    if (result == nullptr) result = &telling;
  }
  return result;
}

bool has_ca_account(const Incident& incident) {
  return std::any_of(incident.accounts.begin(), incident.accounts.end(),
                     [](const Account& a) { return a.kind == AccountKind::ca; });
}

// Where it stands in the order of time: at its earliest bound, or the only one it has, or at the end.
Instant place(const Happening& happening) {
  if (!happening.moment) return open_future;
  return happening.moment->is_open_before() ? happening.moment->latest() : happening.moment->earliest();
}

// What an event without words of its own is about.
std::string subject(const Incident& incident, const Event& event) {
  const auto at = [](const auto& all, int index) { return all[static_cast<std::size_t>(index)].text; };
  std::string text;
  if (event.question != none) text = at(incident.questions, event.question);
  else if (event.action_item != none) text = at(incident.action_items, event.action_item);
  else if (event.commitment != none) text = at(incident.commitments, event.commitment);
  return text.empty() ? text : ": " + text;
}

std::string addressees(const Event& event) {
  std::vector<std::string_view> names;
  for (const Addressee each : event.to) names.push_back(called(each));
  return names.empty() ? std::string() : fmt::format("to {}", fmt::join(names, " and "));
}

std::string with_remarks(std::string text, const std::vector<std::string>& remarks) {
  return remarks.empty() ? text : fmt::format("{}{}({})", text, text.empty() ? "" : " ", fmt::join(remarks, "; "));
}

// By event, whether one of those that appear takes it back by as-of. Its own teller's word decides, anybody else's leaves it
// open.
std::vector<Truth> withdrawn_by(const Incident& incident, Instant as_of) {
  Incident shown = incident;
  for (Event& each : shown.events)
    if (each.internal) each.withdraws = none;
  Recollection recollection(shown);
  std::vector<Truth> withdrawn(shown.events.size(), Truth::no);
  for (std::size_t i = 0; i < withdrawn.size(); ++i) {
    const Event& event = shown.events[i];
    const Telling* telling = main_telling(shown, event);
    if (telling == nullptr) continue;
    Told told;
    told.event = static_cast<int>(i);
    told.telling = static_cast<int>(telling - event.tellings.data());
    for (const int account : {telling->account, none}) {
      View view;
      view.account = account;
      withdrawn[i] = withdrawn[i] | Scene(shown, view, as_of, recollection).is_withdrawn(told);
    }
  }
  return withdrawn;
}

}  // namespace

std::string in_utc(const Moment& moment) {
  constexpr std::string_view suffix = " UTC";
  std::string text = show(moment);
  if (text.ends_with(suffix)) text.resize(text.size() - suffix.size());
  return text;
}

Happenings::Happenings(const Incident& incident, const People& people, Instant as_of)
    : incident_(incident), people_(people), as_of_(as_of), recollection_(incident), withdrawn_(withdrawn_by(incident, as_of)) {
  for (std::size_t i = 0; i < incident.events.size(); ++i) {
    const Event& event = incident.events[i];
    const Telling* telling = shown_telling(event);
    if (telling == nullptr) continue;
    all_.push_back({static_cast<int>(i), resolved(telling->at, false), false});
  }
  add_plans();
  std::stable_sort(all_.begin(), all_.end(), [](const Happening& a, const Happening& b) { return place(a) < place(b); });
}

const Telling* Happenings::shown_telling(const Event& event) const {
  return event.internal ? nullptr : main_telling(incident_, event);
}

// The expected completion of a revocation is the last plan for each case or cohort.
void Happenings::add_plans() {
  std::map<std::pair<int, int>, Happening> last;
  for (const Happening& each : all_) {
    const Event& plan = event(each);
    if (plan.kind != EventKind::revocation_planned || !plan.planned) continue;
    const auto [found, is_new] = last.try_emplace({plan.in_case, plan.cohort}, each);
    if (!is_new && place(found->second) <= place(each)) found->second = each;
  }
  for (const auto& [about, each] : last) all_.push_back({each.event, resolved(*event(each).planned, true), true});
}

std::optional<Moment> Happenings::resolved(const TimeRef& time, bool as_due) const {
  const View view;
  const auto moment = Scene(incident_, view, open_future, recollection_).resolve(time, as_due);
  const bool says_nothing = !moment || (moment->is_open_before() && moment->is_open_after());
  return says_nothing ? std::nullopt : moment;
}

std::optional<Happening> Happenings::first(std::span<const EventKind> kinds) const {
  const auto found = std::find_if(all_.begin(), all_.end(), [&](const Happening& each) {
    return !each.is_plan && each.moment && std::find(kinds.begin(), kinds.end(), event(each).kind) != kinds.end();
  });
  return found == all_.end() ? std::nullopt : std::optional(*found);
}

std::optional<Happening> Happenings::last(std::span<const EventKind> kinds) const {
  std::optional<Happening> result;
  for (const Happening& each : all_)
    if (!each.is_plan && each.moment && std::find(kinds.begin(), kinds.end(), event(each).kind) != kinds.end()) result = each;
  return result;
}

bool Happenings::has_happened(const Happening& happening) const { return !happening.is_plan && place(happening) <= as_of_; }

std::optional<Happening> Happenings::last_so_far(std::span<const EventKind> kinds) const {
  std::optional<Happening> result;
  for (const Happening& each : all_)
    if (each.moment && has_happened(each) && std::find(kinds.begin(), kinds.end(), event(each).kind) != kinds.end())
      result = each;
  return result;
}

std::vector<const Happening*> Happenings::since(const std::optional<Happening>& other) const {
  std::vector<const Happening*> result;
  for (const Happening& each : all_) {
    const bool is_before = other && each.moment && each.moment->latest() <= other->moment->earliest();
    const bool is_other = other && each.event == other->event && each.is_plan == other->is_plan;
    if (!is_before && !is_other) result.push_back(&each);
  }
  return result;
}

std::string Happenings::time(const Happening& happening) const {
  return happening.moment ? in_utc(*happening.moment) : std::string();
}

std::string Happenings::time_in_full(const Happening& happening) const {
  return with_remarks(happening.moment ? show(*happening.moment) : std::string(), remarks_on_time(happening));
}

std::string Happenings::text(const Happening& happening, std::string_view expected_revocation) const {
  const Event& told = event(happening);
  std::string text;
  if (told.in_case != none) text = fmt::format("Case {}: ", incident_.cases[static_cast<std::size_t>(told.in_case)].id);
  else if (told.cohort != none) text = fmt::format("Cohort {}: ", incident_.cohorts[static_cast<std::size_t>(told.cohort)].id);
  if (happening.is_plan) return text.append(expected_revocation);
  text += told.text.empty() ? std::string(description(told.kind)) + subject(incident_, told) : told.text;
  std::vector<std::string> remarks = remarks_on_event(happening);
  for (std::string& each : remarks_on_time(happening)) remarks.push_back(std::move(each));
  return with_remarks(std::move(text), remarks);
}

std::string Happenings::due(const std::optional<TimeRef>& time) const {
  const auto moment = time ? resolved(*time, true) : std::nullopt;
  return moment ? in_utc(*moment) : std::string();
}

bool Happenings::is_over(const std::optional<TimeRef>& time) const {
  const auto moment = time ? resolved(*time, true) : std::nullopt;
  return moment && moment->latest() < as_of_;
}

std::vector<std::string> Happenings::remarks_on_event(const Happening& happening) const {
  const Event& told = event(happening);
  const Telling& telling = *main_telling(incident_, told);
  std::vector<std::string> remarks;
  const auto add = [&](std::string remark) {
    if (!remark.empty()) remarks.push_back(std::move(remark));
  };
  if (told.text.empty()) add(addressees(told));
  if (told.done && told.of) add(fmt::format("{} of {}", *told.done, *told.of));
  else if (told.done) add(fmt::format("number: {}", *told.done));
  if (told.reason) add(fmt::format("CRLReason {}", name_of(*told.reason)));
  if (told.planned) add(fmt::format("for {}", due(told.planned)));
  if (telling.delivery == Delivery::bounced) add("not delivered, it bounced");
  if (telling.delivery == Delivery::wrong_address) add("not delivered, it went to a wrong address");
  if (!told.still_open.empty()) {
    std::vector<std::string_view> kinds;
    for (const EventKind each : told.still_open) kinds.push_back(name(each));
    add(fmt::format("not done: {}", fmt::join(kinds, ", ")));
  }
  if (const Truth withdrawn = is_withdrawn(happening); withdrawn != Truth::no)
    add(withdrawn == Truth::yes ? "withdrawn later" : "perhaps withdrawn later");
  if (told.withdraws != none)
    if (const Telling* entry = shown_telling(incident_.events[static_cast<std::size_t>(told.withdraws)]))
      add(fmt::format("withdraws the entry of {}", time({told.withdraws, resolved(entry->at, false), false})));
  return remarks;
}

std::vector<std::string> Happenings::remarks_on_time(const Happening& happening) const {
  const Event& told = event(happening);
  const Telling& telling = *main_telling(incident_, told);
  std::vector<std::string> remarks;
  if (happening.moment && place(happening) > as_of_) remarks.emplace_back("expected");
  if (has_assumption(telling.at.stamp, AssumptionKind::unknown_zone)) remarks.emplace_back("time zone not stated");
  for (const Alternative& each : telling.at.stamp.alternatives)
    remarks.push_back(fmt::format("or {}{}{}", show(each.moment), each.label.empty() ? "" : " if ", each.label));
  if (std::string others = other_tellings(told, telling); !others.empty()) remarks.push_back(std::move(others));
  const bool is_ca = incident_.accounts[static_cast<std::size_t>(telling.account)].kind == AccountKind::ca;
  if (!is_ca && has_ca_account(incident_)) remarks.push_back(fmt::format("as told by {}", people_.called(telling.account)));
  return remarks;
}

// What other accounts say that does not agree, and whose the time is that stands here.
std::string Happenings::other_tellings(const Event& event, const Telling& main) const {
  const auto moment = resolved(main.at, false);
  std::vector<std::string> others;
  for (const Telling& each : event.tellings) {
    if (&each == &main) continue;
    const auto at = resolved(each.at, false);
    if (each.denied) others.push_back(fmt::format("{} says that it did not happen", people_.called(each.account)));
    else if (at && !(moment && agree_within_rounding(*at, *moment)))
      others.push_back(fmt::format("{} says {}", people_.called(each.account), show(*at)));
  }
  if (others.empty()) return {};
  return fmt::format("accounts differ: {} says this, {}", people_.called(main.account), fmt::join(others, ", "));
}

}  // namespace cita
