#include <cita/base/text.hpp>
#include <cita/rules/matter.hpp>
#include <cita/time/format.hpp>

#include <algorithm>

namespace cita {

namespace {

bool contains(std::span<const EventKind> kinds, EventKind kind) {
  return std::find(kinds.begin(), kinds.end(), kind) != kinds.end();
}

/// The kinds that count under the chosen options, if any of them names some.
const OptionKinds* chosen_option(const Selector& selector, const Pack& pack, const Scene& scene) {
  for (const OptionKinds& with : selector.by_option) {
    const Reading* reading = pack.reading(with.reading);
    if (reading != nullptr && scene.option(*reading) == with.option) return &with;
  }
  return nullptr;
}

std::span<const EventKind> chosen_kinds(const Selector& selector, const Pack& pack, const Scene& scene) {
  const OptionKinds* chosen = chosen_option(selector, pack, scene);
  return chosen != nullptr ? chosen->kinds : selector.kinds;
}

// What the CA tells somebody or posts: done by anybody else, it is not the CA's.
bool is_message_or_post(EventKind kind) {
  switch (kind) {
    case EventKind::auto_acknowledgement:
    case EventKind::holding_reply:
    case EventKind::preliminary_report:
    case EventKind::incident_disclosed:
    case EventKind::preliminary_incident_report:
    case EventKind::full_incident_report:
    case EventKind::delayed_revocation_report:
    case EventKind::update:
    case EventKind::revocation_progress:
    case EventKind::question_acknowledged:
    case EventKind::question_answered:
    case EventKind::correction:
    case EventKind::closure_requested: return true;
    default: return false;
  }
}

// What a CA does, as opposed to what it learns, says or promises: told wrongly, it was not done.
bool is_act(EventKind kind) {
  switch (kind) {
    case EventKind::issuance:
    case EventKind::modified_issuance:
    case EventKind::subordinate_ca_issued:
    case EventKind::revocation:
    case EventKind::revocation_published:
    case EventKind::revocation_partial:
    case EventKind::crl_published:
    case EventKind::ocsp_updated:
    case EventKind::action_item_completed:
    case EventKind::requirement_modified:
    case EventKind::policy_document_published:
    case EventKind::organization_change: return true;
    default: return false;
  }
}

// What passes between a CA and one root program, not in public.
bool is_with_a_root_program(EventKind kind) {
  switch (kind) {
    case EventKind::root_program_notified:
    case EventKind::root_program_informed:
    case EventKind::root_program_report:
    case EventKind::root_program_asked:
    case EventKind::root_program_answered:
    case EventKind::revocation_demanded: return true;
    default: return false;
  }
}

}  // namespace

std::string joined(std::span<const EventKind> kinds, std::string_view word) {
  std::string text;
  std::size_t length = 0;
  for (const EventKind kind : kinds) length += name(kind).size() + word.size() + 2;
  text.reserve(length + sizeof " to the root-program");  // an addressee may follow
  for (std::size_t i = 0; i < kinds.size(); ++i) {
    const bool is_last = i + 1 == kinds.size();
    if (i > 0) (is_last ? text.append(" ").append(word) : text.append(",")) += ' ';
    text += name(kinds[i]);
  }
  return text;
}

void drop_before(std::vector<Told>& all, const Moment& start) {
  std::erase_if(all, [&start](const Told& told) { return before(told.moment, start) == Truth::yes; });
  for (Told& told : all)
    if (before(told.moment, start) == Truth::unknown) told.may_not_count("it may have come before the clock started");
}

Matter::Matter(const Engine& e, const Duty& d, const Pack& p, const Subject& s, Scene& shown, int inside_of)
    : engine(e), incident(shown.incident()), duty(d), pack(p), subject(s), scene(shown), depth(inside_of) {
  verdict.duty = &duty;
  verdict.pack = &pack;
  verdict.subject = subject;
}

const Reason* Matter::reason() const {
  const ReasonTable* table = duty.reason_table.empty() ? nullptr : pack.reason_table(duty.reason_table);
  return table == nullptr || subject.ground == nullptr ? nullptr : table->find(subject.ground->reason);
}

std::span<const EventKind> Matter::trigger_kinds(const Edition* edition) const {
  if (edition != nullptr && !edition->trigger.empty()) return edition->trigger;
  const auto kinds = chosen_kinds(duty.trigger, pack, scene);
  if (!duty.trigger.by_ground || reason() == nullptr) return kinds;
  // A reading of what counts as obtaining evidence says nothing about reasons that count from awareness.
  const auto own = reason()->trigger;
  return kinds.empty() || !contains(own, EventKind::evidence_obtained) ? own : kinds;
}

std::span<const EventKind> Matter::discharge_kinds() const { return chosen_kinds(duty.discharge, pack, scene); }
std::span<const EventKind> Matter::stop_kinds() const { return chosen_kinds(duty.stop, pack, scene); }
bool Matter::chosen_by_reading(const Selector& selector) const { return chosen_option(selector, pack, scene) != nullptr; }

std::string Matter::happening(std::span<const EventKind> kinds) const {
  std::string text = joined(kinds, "or");
  if (subject.addressee) text.append(" to the ").append(name_of(*subject.addressee));
  return text;
}

std::string Matter::what_started(const Told& told, std::span<const EventKind> kinds) const {
  if (told.event != none) return std::string(name(event(told).kind));
  return kinds.empty() ? std::string("the start") : joined(kinds, "or");
}

// ---- which events count

std::vector<Told> Matter::events(std::span<const EventKind> kinds, Role role, Scope scope) {
  std::vector<Told> all = scene.occurrences(kinds, subject, scope);
  bool is_told_of_some = false;
  std::erase_if(all, [&](Told& told) {
    const bool is_of_some = role == Role::end && !tells_of_all(told, subject);
    is_told_of_some = is_told_of_some || is_of_some;
    return is_of_some || !counts(told, role, kinds);
  });
  if (!all.empty() || !is_told_of_some || scope != Scope::own_or_whole) return all;
  // Its own events tell of some of the certificates; then what is told of the whole may be of all of them.
  all = of_the_whole(kinds, subject);
  std::erase_if(all, [&](Told& told) { return !tells_of_all(told, subject) || !counts(told, role, kinds); });
  return all;
}

bool Matter::counts(Told& told, Role role, std::span<const EventKind> kinds) {
  const Event& self = event(told);
  // A report without a finding is a holding reply, whatever it is called.
  if (self.kind == EventKind::preliminary_report && !self.findings && !contains(kinds, EventKind::holding_reply)) return false;
  const Truth withdrawn = is_withdrawn(told, role);
  if (withdrawn == Truth::yes || !is_by_the_right_one(self, role)) return false;
  if (withdrawn == Truth::unknown) told.may_not_count("whether it was withdrawn is not certain");
  const Truth is_meant = is_about_this_program(self);
  if (is_meant == Truth::no) return false;
  if (is_meant == Truth::unknown) told.may_not_count("the file does not say which root program it was");
  return role == Role::start || is_addressed(self, told);
}

// What one root program is told or asks is nothing to another's rules. A pack that several programs bind to asks nobody.
Truth Matter::is_about_this_program(const Event& self) const {
  std::vector<std::string_view> programs;
  for (const Binding& binding : pack.bindings)
    if (std::find(programs.begin(), programs.end(), binding.program) == programs.end()) programs.push_back(binding.program);
  if (programs.size() != 1 || !is_with_a_root_program(self.kind)) return Truth::yes;
  const auto is_it = [&](const std::string& named) { return is_same_program(named, programs.front()); };
  if (!self.program.empty()) return truth(is_it(self.program));
  const bool is_the_only_one = incident.root_programs.size() == 1 && is_it(incident.root_programs.front());
  return is_the_only_one ? Truth::yes : Truth::unknown;
}

// What this view's readings of the pack say of an effect; nothing when none of its readings speaks of it.
std::optional<bool> Matter::takes(OptionEffect effect) const {
  std::optional<bool> taken;
  for (const Reading& reading : pack.readings)
    for (const ReadingOption& option : reading.options)
      if (option.effect == effect) taken = taken.value_or(false) || scene.option(reading) == option.id;
  return taken;
}

// What somebody else posts discharges no duty of the CA. Whether it starts one is a reading where the pack has one.
bool Matter::is_by_the_right_one(const Event& self, Role role) const {
  if (!self.by || *self.by == Actor::ca || !is_message_or_post(self.kind)) return true;
  if (role == Role::end) return false;
  return takes(OptionEffect::counts_third_party_posts).value_or(true);
}

// Whoever withdraws a message has sent it all the same: whether it counts is a reading. A fact that ends a clock, told and
// withdrawn, is none, and nor is an act that starts one. What the CA learned or promised starts its clock whatever it says later.
Truth Matter::is_withdrawn(const Told& told, Role role) {
  const EventKind kind = event(told).kind;
  const bool is_fact = role == Role::end ? !is_message_or_post(kind) : is_act(kind);
  return is_fact || takes(OptionEffect::drops_withdrawn).value_or(false) ? scene.is_withdrawn(told) : Truth::no;
}

bool Matter::is_addressed(const Event& self, Told& told) const {
  if (!subject.addressee || actor(self.kind) != Actor::ca) return true;
  const auto to = [&self](Addressee who) { return std::find(self.to.begin(), self.to.end(), who) != self.to.end(); };
  if (self.to.empty()) {
    if (subscriber_reported()) return true;
    // An acknowledgement or a reply goes to whoever wrote; a report on findings may go to either.
    if (self.kind != EventKind::preliminary_report) return *subject.addressee == Addressee::reporter;
    told.may_not_count("the file does not say to whom it went");
    return true;
  }
  if (to(*subject.addressee) || to(Addressee::everybody)) return true;
  return subscriber_reported() && (to(Addressee::reporter) || to(Addressee::subscriber));
}

bool Matter::subscriber_reported() const {
  return subject.in_case != none && incident.cases[static_cast<std::size_t>(subject.in_case)].subscriber_is_reporter;
}

// ---- the start

std::optional<Told> Matter::first_trigger(std::span<const EventKind> kinds) {
  if (subject.per == Per::event) {
    auto told = scene.told(subject.event);
    return told && counts(*told, Role::start, kinds) ? told : std::nullopt;
  }
  // A cohort has an awareness of its own. A reading that looks for the earliest candidate looks everywhere.
  const bool looks_everywhere = subject.per == Per::incident && chosen_by_reading(duty.trigger);
  const Scope scope = subject.cohort != none ? Scope::own : looks_everywhere ? Scope::everything : Scope::own_or_whole;
  if (auto told = first_of(events(kinds, Role::start, scope))) return told;
  if (scene.denies(kinds, subject)) return std::nullopt;
  std::optional<Told> bounded;
  for (const EventKind kind : kinds)
    if (!bounded) bounded = scene.bounded_by_order(kind, subject);
  return not_before_the_report(std::move(bounded));
}

// What the reporter asserts the CA cannot have learned from this case before the report reached it.
std::optional<Told> Matter::not_before_the_report(std::optional<Told> bounded) {
  const bool from_report =
      duty.trigger.by_ground && subject.in_case != none && subject.ground != nullptr && subject.ground->by == Actor::reporter;
  if (!from_report) return bounded;
  const EventKind received[] = {EventKind::problem_report_received};
  auto report = first_of(scene.occurrences(received, subject, Scope::own));
  if (!report) report = scene.bounded_by_order(received[0], subject);
  if (!report || report->moment.is_open_before()) return bounded;
  if (!bounded) {
    bounded = Told{};
    bounded->moment = Moment::between(report->moment.earliest(), scene.as_of(), report->moment.unit());
  } else {
    bounded->moment = bounded->moment.not_before(report->moment.earliest());
  }
  if (report->event != none) bounded->from.push_back(report->event);
  return bounded;
}

// ---- the end

Ending Matter::ending(const Moment& start) {
  const auto kinds = discharge_kinds();
  Ending result;
  result.what = happening(kinds);
  result.not_before = scene.not_before(kinds, subject);
  // Any post about an incident is one, of whatever part of it it speaks.
  std::vector<Told> done = events(kinds, Role::end, subject.per == Per::incident ? Scope::everything : Scope::own_or_whole);
  if (contains(kinds, EventKind::revocation)) {
    std::vector<Told> counted = counts_of_all(subject, Scope::own_or_whole, kinds);
    done.insert(done.end(), counted.begin(), counted.end());
    drop_ruled_out(done, kinds);
    doubt_by_later(done, kinds, subject);
    if (const Subject whole = whole_of(subject); !(whole == subject)) doubt_by_later(done, kinds, whole);
  }
  if (std::any_of(kinds.begin(), kinds.end(), is_revocation)) add_of_same_certificates(done, kinds);
  // What only shows that it had happened by then can have been preceded by it at any time since the clock started.
  for (Told& told : events(duty.discharge.by_then, Role::end)) {
    told.moment = Moment::between(std::min(start.earliest(), told.moment.earliest()), told.moment.latest(), told.moment.unit());
    done.push_back(std::move(told));
  }
  for (Told& told : events(duty.discharge.perhaps, Role::end)) {
    told.may_not_count("whether " + std::string(name(event(told).kind)) + " is that is not told");
    done.push_back(std::move(told));
  }
  if (duty.discharge.after_trigger) drop_before(done, start);
  for (Told& told : done) {
    if (told.of_the_whole && before(told.moment, start) == Truth::yes)
      told.may_not_count("it is told of the incident as a whole, and came before");
    doubt_order(told, start);
    allow_for_earlier(told, kinds);
    allow_for_other_parts(told, kinds);
  }
  if (duty.expiry_discharges) add_expiry(done, kinds);
  result.done = first_of(std::move(done));
  return result;
}

// An answer that is told as before what it answers is no answer to it, or one of the two times is wrong.
void Matter::doubt_order(Told& told, const Moment& start) const {
  if (!verdict.trigger || verdict.trigger->told.event == none || told.event == none) return;
  const EventKind cause = event(verdict.trigger->told).kind, effect = event(told).kind;
  const bool cannot_come_first = std::any_of(event_orders().begin(), event_orders().end(), [&](const EventOrder& order) {
    return order.cause == cause && order.effect == effect;
  });
  if (cannot_come_first && before(told.moment, start) == Truth::yes && !agree_within_rounding(told.moment, start))
    told.may_not_count("it is told as before " + std::string(name(cause)));
}

// Where an alternative that comes before the told one would do (the CA's record before the published revocation), and nobody
// would have told of it, it may have happened earlier.
void Matter::allow_for_earlier(Told& done, std::span<const EventKind> kinds) {
  for (const EventOrder& order : event_orders()) {
    if (order.effect != event(done).kind || !contains(kinds, order.cause)) continue;
    const EventKind cause[] = {order.cause};
    if (!events(cause, Role::end).empty() || scene.complete_for(cause, done.moment.latest())) continue;
    const Instant from = std::min(scene.not_before(cause, subject).moment.earliest(), done.moment.earliest());
    done.moment = Moment::between(from, done.moment.latest(), done.moment.unit());
  }
}

// The last of all may have been another part's: where nobody would have told of a part's own, it may have come before.
void Matter::allow_for_other_parts(Told& done, std::span<const EventKind> kinds) {
  const auto& beside = scene.numbers().beside;
  const bool is_of_parts_too = is_beside_parts(scene, subject) && !(beside && event(done).of == beside);
  const bool is_of_several = done.of_the_whole ? !is_the_only_one(incident, subject) : is_of_parts_too;
  if (!is_of_several || !is_revocation(event(done).kind)) return;
  if (scene.complete_for(kinds, done.moment.latest())) return;
  const Instant from = std::min(scene.not_before(kinds, subject).moment.earliest(), done.moment.earliest());
  done.moment = Moment::between(from, done.moment.latest(), done.moment.unit());
}

// From the day the last of the certificates expired there is nothing left to revoke. Where nobody would have told of a
// revocation before, expiry is only the latest that the duty can have ended.
void Matter::add_expiry(std::vector<Told>& done, std::span<const EventKind> kinds) {
  const auto is_certain = [](const Told& told) { return told.certain; };
  std::vector<Told> ends = expiries(subject, Scope::own_or_whole, kinds);
  if (const auto last = expiry()) ends.emplace_back().moment = *last;
  const bool is_told = std::any_of(done.begin(), done.end(), is_certain);
  for (Told& end : ends) {
    if (!is_told && !scene.complete_for(kinds, end.moment.latest())) {
      const Instant from = std::min(scene.not_before(kinds, subject).moment.earliest(), end.moment.earliest());
      end.moment = Moment::between(from, end.moment.latest(), end.moment.unit());
    }
    done.push_back(std::move(end));
  }
}

// When the last of the certificates had expired; nothing while one may be valid.
std::optional<Moment> Matter::expiry() {
  const auto& certificates = certificates_of(incident, subject);
  if (certificates.listed.empty() || !certificates.list_file.empty()) return std::nullopt;
  if (certificates.total() != static_cast<std::int64_t>(certificates.listed.size())) return std::nullopt;
  Moment last = Moment::exact(open_past);
  for (const Certificate& each : certificates.listed) {
    if (!each.not_after || each.not_after->moment.earliest() > scene.as_of()) return std::nullopt;
    last = later(last, each.not_after->moment);
  }
  return last;
}

// ---- the last word

bool Matter::not_applicable(std::string because) {
  verdict.applicability = Applicability::not_applicable;
  verdict.applicability_because = std::move(because);
  return true;
}

void Matter::doubt(std::string because, std::string would_decide) {
  doubts_.push_back({std::move(because), std::move(would_decide)});
}

void Matter::decide_doubts() {
  if (doubts_.empty() || verdict.applicability != Applicability::applies) return;
  verdict.applicability = Applicability::undetermined;
  verdict.applicability_because = doubts_.front().because;
  if (verdict.standing == Standing::undetermined && !verdict.because.empty()) return;
  verdict.standing = Standing::undetermined;
  verdict.because = doubts_.front().because;
  verdict.would_decide = doubts_.front().would_decide;
}

// A court order is said where it restrains, and moves no deadline.
void Matter::note_restraints() {
  if (!duty.expiry_discharges) return;  // only who has to revoke can be kept from it
  std::vector<const Restraint*> all;
  const auto add = [&all](const CertificateSet& set) {
    for (const Restraint& each : set.restraints) all.push_back(&each);
  };
  const CertificateSet& own = certificates_of(incident, subject);
  add(own);
  if (&own != &incident.certificate_set) add(incident.certificate_set);
  for (const Restraint* each : all) {
    std::string order = each->text;
    if (!each->certificates.empty()) order += " (" + each->certificates + ")";
    const auto from = scene.resolve(each->from, false);
    const auto until = each->until ? scene.resolve(*each->until, true) : std::nullopt;
    if (from && !from->is_open_before()) order += ", from " + show(*from);
    if (until && !until->is_open_after()) order += ", until " + show(*until);
    verdict.restraints.push_back(std::move(order) + "; this moves no deadline");
  }
}

void Matter::finish() {
  decide_doubts();
  note_restraints();
  const bool is_late = scene.as_of() > pack.checked_until || (verdict.trigger && !verdict.trigger->told.moment.is_open_after() &&
                                                              verdict.trigger->told.moment.latest() > pack.checked_until);
  if (is_late)
    verdict.notes.push_back("the facts of " + std::string(pack.short_title) + " were checked up to " +
                            show_date(pack.checked_until) +
                            (pack.checked_version.empty() ? "" : " (version " + std::string(pack.checked_version) + ")"));
  if (verdict.standing == Standing::met || verdict.applicability == Applicability::not_applicable) return;
  if (verdict.deadline && verdict.edition != nullptr && duty.pattern != Pattern::precede && !verdict.deadline->is_open_before())
    verdict.would_have_met = happening(discharge_kinds()) + " by " + show(verdict.deadline->earliest());
}

}  // namespace cita
