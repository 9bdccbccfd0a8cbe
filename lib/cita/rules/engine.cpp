#include <cita/rules/engine.hpp>
#include <cita/rules/settle.hpp>
#include <cita/time/format.hpp>

#include <algorithm>
#include <exception>

namespace cita {

namespace {

constexpr int deepest_missed = 4;  // duties triggered by the miss of duties: no pack needs more than one step

std::span<const EventKind> chosen_kinds(const Selector& selector, const Pack& pack, const Scene& scene) {
  for (const OptionKinds& with : selector.by_option) {
    const Reading* reading = pack.reading(with.reading);
    if (reading != nullptr && scene.option(*reading) == with.option) return with.kinds;
  }
  return selector.kinds;
}

std::string joined(std::span<const EventKind> kinds, std::string_view word) {
  std::string text;
  for (std::size_t i = 0; i < kinds.size(); ++i) {
    if (i > 0) text += i + 1 == kinds.size() ? " " + std::string(word) + " " : ", ";
    text += name(kinds[i]);
  }
  return text;
}

std::string happening(std::span<const EventKind> kinds, const Subject& subject) {
  std::string text = joined(kinds, "or");
  if (subject.addressee) text += " to the " + std::string(name_of(*subject.addressee));
  return text;
}

// Whether two editions ask the same.
bool ask_the_same(const Edition& a, const Edition& b) { return a.level == b.level && a.limit == b.limit; }

const ReasonEpoch* epoch_at(const ReasonTable& table, const Moment& moment) {
  for (const ReasonEpoch& epoch : table.epochs)
    if (epoch.in_force.contains(moment) != Truth::no) return &epoch;
  return nullptr;
}

const ReasonItem* item_in(const Reason& reason, std::string_view epoch) {
  for (const ReasonItem& item : reason.items)
    if (item.epoch == epoch) return &item;
  return nullptr;
}

bool has_tier(const Reason& reason, std::string_view tier) {
  return std::any_of(reason.items.begin(), reason.items.end(), [tier](const ReasonItem& item) { return item.tier == tier; });
}

void add_sets_of_certificates(std::vector<Subject>& subjects, const Incident& incident, const Duty& duty, const Pack& pack) {
  const ReasonTable* table = duty.reason_table.empty() ? nullptr : pack.reason_table(duty.reason_table);
  const auto add = [&](int in_case, int cohort, const std::vector<Ground>& grounds) {
    Subject subject;
    subject.per = Per::certificates;
    subject.in_case = in_case;
    subject.cohort = cohort;
    if (table == nullptr) {
      const bool concerned = std::any_of(incident.events.begin(), incident.events.end(), [&](const Event& event) {
        return belongs(event, subject) && std::find(duty.trigger.kinds.begin(), duty.trigger.kinds.end(), event.kind) != duty.trigger.kinds.end();
      });
      if (concerned || !duty.trigger.missed.empty()) subjects.push_back(subject);
      return;
    }
    for (const Ground& ground : grounds) {
      const Reason* reason = table->find(ground.reason);
      if (reason == nullptr || (!duty.tier.empty() && !has_tier(*reason, duty.tier))) continue;
      subject.ground = &ground;
      subjects.push_back(subject);
    }
  };
  const std::vector<Ground>& whole = incident.certificate_set.grounds;
  for (std::size_t i = 0; i < incident.cases.size(); ++i) {
    const auto& own = incident.cases[i].certificates.grounds;
    add(static_cast<int>(i), none, own);
  }
  for (std::size_t i = 0; i < incident.cohorts.size(); ++i) {
    const auto& own = incident.cohorts[i].certificates.grounds;
    add(none, static_cast<int>(i), own.empty() ? whole : own);
  }
  // The incident as a whole, unless its cohorts are all there is to it.
  if (incident.cohorts.empty() || table == nullptr) add(none, none, whole);
}

template <class T>
void add_each(std::vector<Subject>& subjects, Per per, const std::vector<T>& things, int Subject::*index) {
  for (std::size_t i = 0; i < things.size(); ++i) {
    Subject subject;
    subject.per = per;
    subject.*index = static_cast<int>(i);
    subjects.push_back(subject);
  }
}

}  // namespace

Truth holds(const Condition& condition, const Incident& incident, const Subject& subject) {
  switch (condition.kind) {
    case ConditionKind::always: return Truth::yes;
    case ConditionKind::negation: return !holds(condition.of.front(), incident, subject);
    case ConditionKind::all: {
      Truth all = Truth::yes;
      for (const Condition& each : condition.of) all = all & holds(each, incident, subject);
      return all;
    }
    case ConditionKind::any: {
      Truth any = Truth::no;
      for (const Condition& each : condition.of) any = any | holds(each, incident, subject);
      return any;
    }
    case ConditionKind::attribute: break;
  }
  switch (condition.attribute) {
    case Attribute::certificates:
      return incident.certificates ? truth(name_of(*incident.certificates) == condition.value) : Truth::unknown;
    case Attribute::certificate_kind: return truth(name_of(certificate_kind(incident, subject)) == condition.value);
    case Attribute::disclosure:
      return incident.disclosure_stated ? truth(name_of(incident.disclosure) == condition.value) : Truth::unknown;
    case Attribute::whiteboard: return truth(incident.revocation_delay);
  }
  return Truth::unknown;
}

std::vector<Subject> Engine::subjects(const Duty& duty, const Pack& pack) const {
  std::vector<Subject> subjects;
  switch (duty.per) {
    case Per::incident: subjects.emplace_back(); break;
    case Per::problem_report: add_each(subjects, Per::problem_report, incident_.cases, &Subject::in_case); break;
    case Per::question: add_each(subjects, Per::question, incident_.questions, &Subject::question); break;
    case Per::action_item: add_each(subjects, Per::action_item, incident_.action_items, &Subject::action_item); break;
    case Per::commitment: add_each(subjects, Per::commitment, incident_.commitments, &Subject::commitment); break;
    case Per::certificates: add_sets_of_certificates(subjects, incident_, duty, pack); break;
    case Per::event:
      for (std::size_t i = 0; i < incident_.events.size(); ++i) {
        if (std::find(duty.trigger.kinds.begin(), duty.trigger.kinds.end(), incident_.events[i].kind) == duty.trigger.kinds.end()) continue;
        Subject subject;
        subject.per = Per::event;
        subject.event = static_cast<int>(i);
        subjects.push_back(subject);
      }
      break;
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

/// Judges one duty by its pattern.
class PatternJudge {
 public:
  PatternJudge(const Engine& engine, const Duty& duty, const Pack& pack, const Subject& subject, Scene& scene, int depth)
      : engine_(engine), incident_(scene.incident()), duty_(duty), pack_(pack), subject_(subject), scene_(scene), depth_(depth) {
    verdict_.duty = &duty;
    verdict_.pack = &pack;
    verdict_.subject = subject;
  }

  std::optional<Verdict> judge() {
    const Truth applies = holds(duty_.applies, incident_, subject_);
    if (applies == Truth::no) return not_applicable("the incident is not of the sort that this duty is about");
    if (excused()) return std::move(verdict_);
    bool raised = false;
    switch (duty_.pattern) {
      case Pattern::respond: raised = respond(); break;
      case Pattern::recur: raised = recur(); break;
      case Pattern::by_date: raised = by_date(); break;
      case Pattern::precede: raised = precede(); break;
      case Pattern::contain: raised = contain(); break;
      case Pattern::agree: break;  // needs a rule of its own
    }
    if (!raised) return std::nullopt;
    if (applies == Truth::unknown) doubt("the file does not say what the certificates are or how the incident came to light", "'certificates:' and 'disclosure:' of the incident");
    finish();
    return std::move(verdict_);
  }

 private:
  std::optional<Verdict> not_applicable(std::string because) {
    verdict_.applicability = Applicability::not_applicable;
    verdict_.applicability_because = std::move(because);
    return std::move(verdict_);
  }

  // Addressees who are not there, or who are one and the same.
  bool excused() {
    if (!subject_.addressee || subject_.in_case == none) return false;
    const Case& report = incident_.cases[static_cast<std::size_t>(subject_.in_case)];
    if (*subject_.addressee != Addressee::reporter || !report.anonymous_reporter) return false;
    not_applicable_in_place("the report was anonymous: there is nobody to answer");
    return true;
  }
  void not_applicable_in_place(std::string because) {
    verdict_.applicability = Applicability::not_applicable;
    verdict_.applicability_because = std::move(because);
  }

  // It is open whether the duty applies; what the clock says is kept as what it would be.
  void doubt(std::string because, std::string would_decide) {
    if (verdict_.applicability != Applicability::applies) return;
    verdict_.applicability = Applicability::undetermined;
    verdict_.applicability_because = because;
    if (verdict_.standing == Standing::undetermined) return;
    verdict_.standing = Standing::undetermined;
    verdict_.because = std::move(because);
    verdict_.would_decide = std::move(would_decide);
  }

  // ---- finding what started and what ended it

  enum class Role : std::uint8_t { start, end };

  std::vector<Told> events(std::span<const EventKind> kinds, Role role, bool own_only = false) {
    std::vector<Told> all = scene_.occurrences(kinds, subject_, own_only);
    std::vector<Told> counted;
    for (Told& told : all)
      if (counts(told, role)) counted.push_back(std::move(told));
    return counted;
  }

  bool counts(Told& told, Role role) {
    if (told.event == none) return true;
    const Event& event = incident_.events[static_cast<std::size_t>(told.event)];
    if (event.kind == EventKind::preliminary_report && !event.findings) return false;
    if (is_withdrawn(told.event) || !is_by_the_right_one(event, role)) return false;
    return addressed(event, told);
  }

  // What somebody else posts discharges no duty of the CA. Whether it starts one is a reading where the pack has one.
  bool is_by_the_right_one(const Event& event, Role role) {
    if (event.kind != EventKind::incident_disclosed || !event.by || *event.by == Actor::ca) return true;
    if (role == Role::end) return false;
    const Reading* reading = pack_.reading("initial-disclosure");
    return reading == nullptr || scene_.option(*reading) == "third-party-post";
  }

  bool is_withdrawn(int event) {
    const Reading* reading = pack_.reading("withdrawn-finding");
    if (reading == nullptr || scene_.option(*reading) != "corrected-only") return false;
    return std::any_of(incident_.events.begin(), incident_.events.end(), [event](const Event& other) { return other.withdraws == event; });
  }

  bool addressed(const Event& event, Told& told) {
    if (!subject_.addressee || actor(event.kind) != Actor::ca || event.kind == EventKind::problem_report_received) return true;
    const auto to = [&event](Addressee who) { return std::find(event.to.begin(), event.to.end(), who) != event.to.end(); };
    if (event.to.empty()) {
      // An acknowledgement or a reply goes to whoever wrote; a report on findings may go to either.
      if (event.kind != EventKind::preliminary_report) return *subject_.addressee == Addressee::reporter || subscriber_reported();
      told.certain = false;
      told.doubt = "the file does not say to whom it went";
      return true;
    }
    if (to(*subject_.addressee) || to(Addressee::everybody)) return true;
    return subscriber_reported() && (to(Addressee::reporter) || to(Addressee::subscriber));
  }

  bool subscriber_reported() const {
    return subject_.in_case != none && incident_.cases[static_cast<std::size_t>(subject_.in_case)].subscriber_is_reporter;
  }

  std::optional<Told> first_trigger(std::span<const EventKind> kinds) {
    if (subject_.per == Per::event) return scene_.told(subject_.event);
    const bool own_only = subject_.cohort != none;
    if (auto told = first_of(events(kinds, Role::start, own_only))) return told;
    for (const EventKind kind : kinds)
      if (auto told = scene_.bounded_by_order(kind, subject_)) return told;
    return std::nullopt;
  }

  std::span<const EventKind> trigger_kinds(const Edition* edition) {
    if (edition != nullptr && !edition->trigger.empty()) return edition->trigger;
    const auto kinds = chosen_kinds(duty_.trigger, pack_, scene_);
    if (!duty_.trigger.by_ground || reason() == nullptr) return kinds;
    // A reading of what counts as obtaining evidence says nothing about reasons that count from awareness.
    const auto own = reason()->trigger;
    const bool from_evidence = std::find(own.begin(), own.end(), EventKind::evidence_obtained) != own.end();
    return kinds.empty() || !from_evidence ? own : kinds;
  }

  const Reason* reason() const {
    const ReasonTable* table = duty_.reason_table.empty() ? nullptr : pack_.reason_table(duty_.reason_table);
    return table == nullptr || subject_.ground == nullptr ? nullptr : table->find(subject_.ground->reason);
  }

  Ending ending(std::span<const EventKind> kinds, const Moment& start) {
    Ending result;
    result.what = happening(kinds, subject_);
    std::vector<Told> done = events(kinds, Role::end);
    if (duty_.discharge.after_trigger) drop_before(done, start);
    if (duty_.expiry_discharges) add_expiry(done);
    result.done = first_of(std::move(done));
    result.not_before = scene_.not_before(kinds, subject_);
    return result;
  }

  static void drop_before(std::vector<Told>& all, const Moment& start) {
    std::erase_if(all, [&start](const Told& told) { return before(told.moment, start) == Truth::yes; });
    for (Told& told : all) {
      if (before(told.moment, start) != Truth::unknown) continue;
      told.certain = false;
      told.doubt = "it may have come before the clock started";
    }
  }

  // From the day the last of the certificates expired there is nothing left to revoke.
  void add_expiry(std::vector<Told>& done) {
    const EventKind expired[] = {EventKind::expired};
    for (Told& told : scene_.occurrences(expired, subject_)) done.push_back(std::move(told));
    const auto& certificates = certificates_of(incident_, subject_);
    if (certificates.listed.empty() || certificates.total() != static_cast<std::int64_t>(certificates.listed.size())) return;
    Told last;
    last.moment = Moment::exact(open_past);
    for (const Certificate& each : certificates.listed) {
      if (!each.not_after || each.not_after->moment.earliest() > scene_.as_of()) return;
      last.moment = later(last.moment, each.not_after->moment);
    }
    done.push_back(std::move(last));
  }

  // ---- editions

  struct Start {
    const Edition* edition = nullptr;
    std::optional<Told> told;
    bool certain = false;
  };

  // The edition in force at the event that selects it, and what started the clock under that edition.
  Start start() {
    Start best;
    bool any_trigger = false, straddles = false;
    for (const Edition& edition : duty_.editions) {
      auto told = missed_or_trigger(edition);
      if (!told) continue;
      any_trigger = true;
      const std::optional<Moment> selecting = selecting_moment(*told);
      const Truth in_force = selecting ? edition.in_force.contains(*selecting) : Truth::unknown;
      if (in_force == Truth::no) continue;
      if (best.edition == nullptr) {
        best = {&edition, told, in_force == Truth::yes};
      } else if (!ask_the_same(*best.edition, edition)) {
        straddles = true;
      } else {
        best.certain = true;
      }
    }
    if (any_trigger && best.edition == nullptr) best.told = missed_or_trigger(duty_.editions.back());
    edition_open_ = best.edition != nullptr && (straddles || !best.certain);
    return best;
  }

  std::optional<Moment> selecting_moment(const Told& trigger) {
    switch (duty_.selects_edition) {
      case EditionSelector::trigger:
      case EditionSelector::cycle: return trigger.moment;
      case EditionSelector::posting:
      case EditionSelector::revocation:
        if (const auto done = first_of(events(chosen_kinds(duty_.discharge, pack_, scene_), Role::end))) return done->moment;
        return trigger.moment;
      case EditionSelector::issuance: {
        const auto& listed = certificates_of(incident_, subject_).listed;
        if (!listed.empty() && listed.front().not_before) return listed.front().not_before->moment;
        return std::nullopt;
      }
    }
    return trigger.moment;
  }

  std::optional<Told> missed_or_trigger(const Edition& edition) {
    const auto kinds = trigger_kinds(&edition);
    if (duty_.trigger.missed.empty()) return first_trigger(kinds);
    std::vector<Told> misses = kinds.empty() ? std::vector<Told>() : events(kinds, Role::start);
    if (depth_ < deepest_missed)
      for (const std::string_view id : duty_.trigger.missed) add_miss(misses, id);
    return first_of(std::move(misses));
  }

  // A duty that was missed, or will be as the CA says, starts this one: at its deadline, or when the CA said so.
  void add_miss(std::vector<Told>& misses, std::string_view id) {
    const Duty* other = engine_.catalog().duty(id);
    const Pack* pack = other == nullptr ? nullptr : engine_.catalog().pack_of(*other);
    if (pack == nullptr) return;
    for (const Subject& subject : engine_.subjects(*other, *pack)) {
      if (subject.in_case != subject_.in_case || subject.cohort != subject_.cohort) continue;
      const auto verdict = engine_.judge(*other, *pack, subject, scene_, depth_ + 1);
      if (!verdict || verdict->applicability != Applicability::applies) {
        miss_open_ = miss_open_ || (verdict && verdict->applicability == Applicability::undetermined);
        continue;
      }
      if (verdict->standing == Standing::undetermined) miss_open_ = true;
      if (verdict->standing != Standing::breached || !verdict->deadline) continue;
      Told miss;
      miss.moment = *verdict->deadline;
      if (verdict->trigger && verdict->trigger->told.event != none) miss.from.push_back(verdict->trigger->told.event);
      miss_of_ = id;
      misses.push_back(std::move(miss));
    }
  }

  // ---- what all patterns check before they count

  bool set_edition(const Start& start) {
    verdict_.edition = start.edition;
    if (start.edition == nullptr) {
      verdict_.applicability = Applicability::not_in_force;
      verdict_.applicability_because = "no edition of this rule was in force at " + show(start.told->moment);
      return false;
    }
    verdict_.version = pack_.version_at(start.told->moment.earliest());
    verdict_.advisory = start.edition->confidence == Confidence::low || start.edition->confidence == Confidence::background;
    if (edition_open_) verdict_.notes.push_back("the start straddles the date on which the rule changed");
    return bind(start.told->moment) && !is_exempt(*start.edition) && has_right_tier(start.told->moment);
  }

  bool bind(const Moment& when) {
    if (pack_.bindings.empty()) return true;
    for (const Binding& binding : pack_.bindings) {
      const auto& named = incident_.root_programs;
      if (!named.empty() && std::find(named.begin(), named.end(), binding.program) == named.end()) continue;
      if (binding.in_force.contains(when) != Truth::no) verdict_.bound_by.push_back(std::string(binding.program) + " (" + std::string(binding.document) + ")");
    }
    if (!verdict_.bound_by.empty()) return true;
    verdict_.applicability = Applicability::not_in_force;
    verdict_.applicability_because = "no root program bound CAs to " + std::string(pack_.short_title) + " at " + show(when);
    return false;
  }

  bool is_exempt(const Edition& edition) {
    if (!edition.short_lived_exempt) return false;
    const auto& listed = certificates_of(incident_, subject_).listed;
    const bool all = !listed.empty() && std::all_of(listed.begin(), listed.end(), [this](const Certificate& each) { return is_short_lived(each); });
    if (all) not_applicable_in_place("all certificates are short-lived; they need not be revoked");
    return all;
  }

  bool is_short_lived(const Certificate& certificate) const {
    if (!certificate.not_before || !certificate.not_after) return false;
    const Elapsed validity = elapsed(certificate.not_before->moment, certificate.not_after->moment);
    return std::any_of(pack_.short_lived.begin(), pack_.short_lived.end(), [&](const ShortLived& rule) {
      // Both ends count: a difference of exactly the limit is a second too long.
      return rule.issued.contains(certificate.not_before->moment) == Truth::yes && validity.most + Seconds{1} <= rule.longest;
    });
  }

  bool has_right_tier(const Moment& when) {
    const Reason* why = reason();
    if (why == nullptr || duty_.tier.empty()) return true;
    const ReasonEpoch* epoch = epoch_at(*pack_.reason_table(duty_.reason_table), when);
    const ReasonItem* item = epoch == nullptr ? nullptr : item_in(*why, epoch->id);
    if (item != nullptr && item->tier == duty_.tier) {
      verdict_.notes.push_back("reason: " + std::string(why->meaning) + " (" + std::string(epoch->section) + " item " + std::to_string(item->item) + ")");
      return true;
    }
    not_applicable_in_place("on that date the reason '" + std::string(why->key) + "' does not stand among those of this duty");
    return false;
  }

  // ---- the patterns

  bool respond() {
    const Start begin = start();
    if (!begin.told) return without_trigger();
    verdict_.trigger = End{*begin.told, what_started(begin)};
    if (!set_edition(begin)) return true;
    const auto kinds = chosen_kinds(duty_.discharge, pack_, scene_);
    note_announcement();
    settle(verdict_, begin.edition->limit, begin.told->moment, ending(kinds, begin.told->moment), scene_.as_of());
    count_partial();
    if (subject_.ground != nullptr && subject_.ground->contested && !duty_.trigger.by_ground)
      doubt("it is contested whether the reason to revoke was given: " + subject_.ground->contested_because, "whether what was reported sufficed");
    if (begin.told->certain) return true;
    if (verdict_.standing != Standing::undetermined && !begin.told->doubt.empty()) doubt(begin.told->doubt, "when the clock started");
    return true;
  }

  std::string what_started(const Start& begin) const {
    if (begin.told->event != none) return std::string(name(incident_.events[static_cast<std::size_t>(begin.told->event)].kind));
    if (!miss_of_.empty()) return "missed: " + std::string(miss_of_);
    const auto kinds = begin.edition != nullptr && !begin.edition->trigger.empty() ? begin.edition->trigger : chosen_kinds(duty_.trigger, pack_, scene_);
    return kinds.empty() ? std::string("the start") : joined(kinds, "or");
  }

  // A report or a reason exists, so the clock does run; when it started nobody tells. Elsewhere the end without a start
  // raises the question, and neither raises nothing.
  bool without_trigger() {
    if (miss_open_) {
      verdict_.edition = &duty_.editions.back();
      doubt("whether a revocation deadline was missed is itself undetermined", "the verdicts of the revocation duties");
      verdict_.standing = Standing::undetermined;
      return true;
    }
    if (!duty_.trigger.missed.empty()) return false;
    const bool exists = subject_.per == Per::problem_report || subject_.per == Per::certificates || subject_.per == Per::question;
    const auto done = first_of(events(chosen_kinds(duty_.discharge, pack_, scene_), Role::end));
    if (!exists && !done) return false;
    const Moment about = done ? done->moment : first_known();
    Start guess;
    for (const Edition& edition : duty_.editions)
      if (edition.in_force.contains(about) != Truth::no && guess.edition == nullptr) guess.edition = &edition;
    if (guess.edition == nullptr) return false;
    guess.told = Told{};
    guess.told->moment = about;
    if (!set_edition(guess)) return false;
    if (done) verdict_.discharge = End{*done, happening(chosen_kinds(duty_.discharge, pack_, scene_), subject_)};
    const std::string what = joined(trigger_kinds(guess.edition), "or");
    verdict_.standing = Standing::undetermined;
    verdict_.because = "no account tells when the clock started (" + what + ")";
    verdict_.would_decide = "the time of " + what;
    return true;
  }

  // The first thing told of this subject: good enough to know which edition was in force, never to count from.
  Moment first_known() {
    std::optional<Moment> first;
    for (std::size_t i = 0; i < incident_.events.size(); ++i) {
      if (!belongs(incident_.events[i], subject_)) continue;
      const auto told = scene_.told(static_cast<int>(i));
      if (told && !told->moment.is_open_before()) first = first ? earlier(*first, told->moment) : told->moment;
    }
    return first.value_or(Moment::exact(scene_.as_of()));
  }

  void note_announcement() {
    const EventKind announced[] = {EventKind::delay_announced};
    verdict_.announced = !scene_.occurrences(announced, subject_).empty() &&
                         std::any_of(duty_.discharge.kinds.begin(), duty_.discharge.kinds.end(),
                                     [](EventKind kind) { return kind == EventKind::revocation || kind == EventKind::revocation_published; });
  }

  // How many of how many, by the last count that is not later than the deadline.
  void count_partial() {
    verdict_.of = certificates_of(incident_, subject_).total();
    if (!verdict_.deadline || subject_.per != Per::certificates) return;
    const EventKind partial[] = {EventKind::revocation_partial};
    for (const Told& told : scene_.occurrences(partial, subject_)) {
      const Event& event = incident_.events[static_cast<std::size_t>(told.event)];
      if (!event.done || not_after(told.moment, *verdict_.deadline) != Truth::yes) continue;
      verdict_.done = event.done;
      if (event.of) verdict_.of = event.of;
    }
  }

  bool recur() {
    const auto post_kinds = chosen_kinds(duty_.discharge, pack_, scene_);
    auto begin = first_trigger(chosen_kinds(duty_.trigger, pack_, scene_));
    if (!begin) return false;
    std::vector<Told> posts = events(post_kinds, Role::end);
    drop_before(posts, begin->moment);
    std::stable_sort(posts.begin(), posts.end(), [](const Told& a, const Told& b) { return a.moment.earliest() < b.moment.earliest(); });
    const auto stop = first_of(events(chosen_kinds(duty_.stop, pack_, scene_), Role::end));
    verdict_.trigger = End{*begin, begin->event != none ? std::string(name(incident_.events[static_cast<std::size_t>(begin->event)].kind)) : "the start"};

    Moment anchor = begin->moment;
    bool closed = false;
    for (const Told& post : posts) {
      if (closed || before(post.moment, anchor) == Truth::yes || (begin->event != none && post.event == begin->event)) continue;
      if (stop && before(stop->moment, post.moment) == Truth::yes) break;
      add_cycle(anchor, post.moment, post_kinds);
      anchor = post.moment;
      closed = is_closure(post, anchor);
      if (closed) reopen(anchor, closed);
    }
    if (!closed) add_last_cycle(anchor, stop, post_kinds);
    if (verdict_.cycles.empty() && verdict_.edition == nullptr) {
      verdict_.applicability = Applicability::not_in_force;
      verdict_.applicability_because = "no edition of this rule was in force at " + show(begin->moment);
      return true;
    }
    sum_up_cycles();
    return true;
  }

  const Edition* edition_at(const Moment& moment) const {
    for (const Edition& edition : duty_.editions)
      if (edition.in_force.contains(moment) != Truth::no) return &edition;
    return nullptr;
  }

  bool is_closure(const Told& post, const Moment& when) const {
    const Edition* edition = edition_at(when);
    return edition != nullptr && edition->closure_stops && incident_.events[static_cast<std::size_t>(post.event)].kind == EventKind::closure_requested;
  }

  // A question after the closure report starts the clock again.
  void reopen(Moment& anchor, bool& closed) {
    const EventKind asked[] = {EventKind::question_asked};
    for (const Told& question : scene_.occurrences(asked, Subject{})) {
      if (before(anchor, question.moment) != Truth::yes) continue;
      anchor = question.moment;
      closed = false;
      return;
    }
  }

  // A recorded Next update date replaces the cadence until that day is over.
  Moment suspended(const Moment& anchor, const Edition& edition) {
    if (!edition.next_update_suspends) return anchor;
    Moment result = anchor;
    const EventKind set[] = {EventKind::next_update_set};
    for (const Told& each : scene_.occurrences(set, Subject{})) {
      const Event& event = incident_.events[static_cast<std::size_t>(each.event)];
      const auto date = event.planned ? scene_.resolve(*event.planned, true) : std::nullopt;
      const auto due = deadline(edition.limit, result);
      if (!date || !due || before(each.moment, *due) == Truth::no || before(*date, anchor) == Truth::yes) continue;
      result = later(result, Moment::exact(date->latest()));
    }
    return result;
  }

  void add_cycle(const Moment& from, const std::optional<Moment>& to, std::span<const EventKind> kinds) {
    const Edition* edition = edition_at(from);
    if (edition == nullptr) return;
    if (verdict_.edition == nullptr) {
      Start begin{edition, Told{}, true};
      begin.told->moment = from;
      if (!set_edition(begin)) return;
    }
    verdict_.edition = edition;
    const Moment anchor = suspended(from, *edition);
    Verdict cycle;
    cycle.trigger = verdict_.trigger;
    Ending end;
    end.what = joined(kinds, "or");
    if (to) {
      end.done = Told{};
      end.done->moment = *to;
    } else {
      end.not_before = scene_.not_before(kinds, Subject{});
    }
    settle(cycle, edition->limit, anchor, end, scene_.as_of());
    // A gap between two told posts is only a gap when somebody would tell of those between.
    if (to && cycle.standing == Standing::breached && !scene_.complete_for(kinds)) cycle.standing = Standing::undetermined;
    verdict_.cycles.push_back({anchor, to, cycle.standing, cycle.margin});
    if (!to) {
      verdict_.deadline = cycle.deadline;
      verdict_.still_open = cycle.still_open;
    }
  }

  void add_last_cycle(const Moment& anchor, const std::optional<Told>& stop, std::span<const EventKind> kinds) {
    if (!stop) {
      add_cycle(anchor, std::nullopt, kinds);
      return;
    }
    const Edition* edition = edition_at(anchor);
    if (edition == nullptr || within(edition->limit, suspended(anchor, *edition), stop->moment) == Truth::yes) {
      if (verdict_.edition == nullptr && edition != nullptr) {
        Start begin{edition, Told{}, true};
        begin.told->moment = anchor;
        set_edition(begin);
      }
      return;
    }
    add_cycle(anchor, stop->moment, kinds);
  }

  void sum_up_cycles() {
    if (verdict_.applicability != Applicability::applies) return;
    const auto count = [this](Standing standing) {
      return std::count_if(verdict_.cycles.begin(), verdict_.cycles.end(), [standing](const Cycle& c) { return c.standing == standing; });
    };
    const auto worst = [this](Standing standing) {
      for (const Cycle& cycle : verdict_.cycles)
        if (cycle.standing == standing && cycle.margin && (!verdict_.margin || cycle.margin->most < verdict_.margin->most)) verdict_.margin = cycle.margin;
    };
    const std::string all = std::to_string(verdict_.cycles.size());
    if (count(Standing::breached) > 0) {
      verdict_.standing = Standing::breached;
      worst(Standing::breached);
      const bool open = !verdict_.cycles.back().to && verdict_.cycles.back().standing == Standing::breached;
      verdict_.still_open = open && verdict_.cycles.back().margin == verdict_.margin;
      verdict_.because = std::to_string(count(Standing::breached)) + " of " + all + " intervals were longer than the limit";
    } else if (count(Standing::undetermined) > 0) {
      verdict_.standing = Standing::undetermined;
      verdict_.because = std::to_string(count(Standing::undetermined)) + " of " + all + " intervals cannot be decided";
      verdict_.would_decide = "the times of all updates, from an account that is complete in this respect";
    } else if (count(Standing::running) > 0) {
      verdict_.standing = Standing::running;
      worst(Standing::running);
      verdict_.because = "the next update is still to come";
    } else {
      verdict_.standing = Standing::met;
      worst(Standing::met);
      verdict_.because = verdict_.cycles.empty() ? "it ended before the first update was due" : "all " + all + " intervals were within the limit";
    }
  }

  bool by_date() {
    const auto due = due_date();
    if (!due) return false;
    Start begin;
    begin.told = due->set;
    begin.edition = edition_at(due->set.moment);
    verdict_.trigger = End{due->set, due->what};
    if (!set_edition(begin)) return true;
    const auto kinds = chosen_kinds(duty_.discharge, pack_, scene_);
    if (subject_.per == Per::event && is_superseded(due->set, due->date)) {
      not_applicable_in_place("another date was set before this one came");
      return true;
    }
    Ending end = ending(kinds, due->set.moment);
    const bool counted_from_event = due->date.anchor() != 0;
    const Limit limit = counted_from_event ? Limit::within(Seconds{0}) : Limit::date();
    // A date that was set is exact, however many days it spans.
    settle(verdict_, limit, due->date.in_units(Unit::second), end, scene_.as_of());
    return true;
  }

  struct Due {
    Told set;     ///< when the date was set, as far as known
    Moment date;  ///< what it is
    std::string what;
  };

  std::optional<Due> due_date() {
    if (subject_.per == Per::event) {
      const Event& event = incident_.events[static_cast<std::size_t>(subject_.event)];
      const auto set = scene_.told(subject_.event);
      if (!event.planned || !set) return std::nullopt;
      const auto date = scene_.resolve(*event.planned, true);
      if (!date) return std::nullopt;
      return Due{*set, *date, std::string(name(event.kind))};
    }
    const std::optional<TimeRef>* due = nullptr;
    if (subject_.commitment != none) due = &incident_.commitments[static_cast<std::size_t>(subject_.commitment)].due;
    if (subject_.action_item != none) due = &incident_.action_items[static_cast<std::size_t>(subject_.action_item)].due;
    if (due == nullptr || !*due) return std::nullopt;
    const auto date = scene_.resolve(**due, true);
    if (!date) return std::nullopt;
    auto set = first_of(scene_.occurrences(chosen_kinds(duty_.trigger, pack_, scene_), subject_, true));
    std::string what = "the date that was set";
    if (set) {
      what = std::string(name(incident_.events[static_cast<std::size_t>(set->event)].kind));
    } else {
      set = Told{};
      set->moment = date->is_open_before() ? Moment::exact(scene_.as_of()) : Moment::exact(date->earliest());
    }
    return Due{*set, *date, what};
  }

  bool is_superseded(const Told& set, const Moment& date) {
    const EventKind kind[] = {incident_.events[static_cast<std::size_t>(subject_.event)].kind};
    for (const Told& other : scene_.occurrences(kind, Subject{}))
      if (other.event != subject_.event && before(set.moment, other.moment) == Truth::yes && before(other.moment, date) == Truth::yes) return true;
    return false;
  }

  bool precede() {
    const auto act = first_of(scene_.occurrences(chosen_kinds(duty_.trigger, pack_, scene_), Subject{}));
    if (!act) return false;
    Start begin;
    begin.told = act;
    begin.edition = edition_at(act->moment);
    verdict_.trigger = End{*act, joined(chosen_kinds(duty_.trigger, pack_, scene_), "or")};
    if (!set_edition(begin)) return true;
    const auto kinds = chosen_kinds(duty_.discharge, pack_, scene_);
    const auto notice = first_of(events(kinds, Role::end));
    const Seconds ahead{begin.edition->limit.kind == LimitKind::elapsed ? begin.edition->limit.amount : 0};
    verdict_.deadline = act->moment.shifted(-ahead);
    if (notice) {
      verdict_.discharge = End{*notice, joined(kinds, "or")};
      const Elapsed lead = elapsed(notice->moment, act->moment);
      verdict_.margin = Elapsed{lead.open_below() ? lead.least : lead.least - ahead, lead.open_above() ? lead.most : lead.most - ahead};
      const Truth in_time = verdict_.margin->least >= Seconds{0} ? Truth::yes : verdict_.margin->most < Seconds{0} ? Truth::no : Truth::unknown;
      verdict_.standing = in_time == Truth::yes ? Standing::met : in_time == Truth::no ? Standing::breached : Standing::undetermined;
      verdict_.because = in_time == Truth::yes ? "done before" : in_time == Truth::no ? "done after" : "the bounds allow both orders";
      if (in_time == Truth::unknown) verdict_.would_decide = "narrower times of both";
      return true;
    }
    const Scene::NotBefore open = scene_.not_before(kinds, subject_);
    if (open.known() && before(act->moment, open.moment) != Truth::no) {
      verdict_.standing = Standing::breached;
      verdict_.still_open = true;
      verdict_.because = "not done before: " + open.why;
    } else {
      verdict_.because = "no account tells of " + joined(kinds, "or") + ", and none is complete in this respect";
      verdict_.would_decide = "whether and when " + joined(kinds, "or") + " happened";
    }
    return true;
  }

  bool contain() {
    const auto posted = first_of(scene_.occurrences(chosen_kinds(duty_.trigger, pack_, scene_), Subject{}));
    if (!posted) return false;
    Start begin;
    begin.told = posted;
    begin.edition = edition_at(posted->moment);
    verdict_.trigger = End{*posted, joined(chosen_kinds(duty_.trigger, pack_, scene_), "or")};
    if (!set_edition(begin)) return true;
    bool would_be_told = true;
    for (const EventKind element : duty_.elements) {
      const bool there = std::any_of(incident_.events.begin(), incident_.events.end(), [element](const Event& event) { return event.kind == element; });
      if (there) continue;
      verdict_.missing.emplace_back(name(element));
      const EventKind kind[] = {element};
      would_be_told = would_be_told && scene_.complete_for(kind);
    }
    if (verdict_.missing.empty()) {
      verdict_.standing = Standing::met;
      verdict_.because = "every element is there";
      return true;
    }
    verdict_.standing = would_be_told ? Standing::breached : Standing::undetermined;
    verdict_.because = "not in the timeline: " + listed(verdict_.missing);
    if (!would_be_told) verdict_.would_decide = "whether the report holds " + listed(verdict_.missing);
    return true;
  }

  static std::string listed(const std::vector<std::string>& all) {
    std::string text;
    for (const std::string& each : all) text += (text.empty() ? "" : ", ") + each;
    return text;
  }

  void finish() {
    if (edition_open_ && verdict_.applicability == Applicability::applies)
      doubt("the start straddles the date on which the rule changed", "a narrower time of " + (verdict_.trigger ? verdict_.trigger->what : std::string("the start")));
    const bool later_than_checked = scene_.as_of() > pack_.checked_until || (verdict_.trigger && !verdict_.trigger->told.moment.is_open_after() &&
                                                                            verdict_.trigger->told.moment.latest() > pack_.checked_until);
    if (later_than_checked)
      verdict_.notes.push_back("the facts of " + std::string(pack_.short_title) + " were checked up to " + show_date(pack_.checked_until) +
                               (pack_.checked_version.empty() ? "" : " (version " + std::string(pack_.checked_version) + ")"));
    if (verdict_.standing == Standing::met || verdict_.applicability == Applicability::not_applicable) return;
    if (verdict_.deadline && verdict_.edition != nullptr && duty_.pattern != Pattern::precede && !verdict_.deadline->is_open_before())
      verdict_.would_have_met = happening(chosen_kinds(duty_.discharge, pack_, scene_), subject_) + " by " + show(verdict_.deadline->earliest());
  }

  const Engine& engine_;
  const Incident& incident_;
  const Duty& duty_;
  const Pack& pack_;
  const Subject& subject_;
  Scene& scene_;
  int depth_;
  Verdict verdict_;
  bool edition_open_ = false;
  bool miss_open_ = false;
  std::string_view miss_of_;
};

const Rule* Engine::rule(std::string_view name) const {
  for (const Rule* each : rules_)
    if (each->name() == name) return each;
  return built_in_rule(name);
}

std::optional<Verdict> Engine::judge(const Duty& duty, const Pack& pack, const Subject& subject, Scene& scene, int depth) const {
  if (duty.rule.empty()) return PatternJudge(*this, duty, pack, subject, scene, depth).judge();
  Verdict verdict;
  verdict.duty = &duty;
  verdict.pack = &pack;
  verdict.subject = subject;
  const Rule* written = rule(duty.rule);
  if (written == nullptr) {
    verdict.because = "there is no rule '" + std::string(duty.rule) + "' in this program";
    return verdict;
  }
  if (holds(duty.applies, incident_, subject) == Truth::no || !written->raised(duty, pack, scene, subject)) return std::nullopt;
  written->judge(duty, pack, scene, verdict);
  return verdict;
}

Judged Engine::judge(const Duty& duty, const Pack& pack, const Subject& subject, const View& view) const {
  Scene scene(incident_, view, as_of_);
  Judged result;
  try {
    result.verdict = judge(duty, pack, subject, scene, 0);
  } catch (const std::exception& problem) {
    Verdict verdict;
    verdict.duty = &duty;
    verdict.pack = &pack;
    verdict.subject = subject;
    verdict.because = std::string("internal error in this rule: ") + problem.what();
    result.verdict = std::move(verdict);
  }
  result.consulted = scene.consulted();
  return result;
}

std::string_view name(Standing standing) {
  switch (standing) {
    case Standing::met: return "met";
    case Standing::breached: return "breached";
    case Standing::running: return "running";
    case Standing::undetermined: return "undetermined";
  }
  return "undetermined";
}

std::string_view name(Applicability applicability) {
  switch (applicability) {
    case Applicability::applies: return "applies";
    case Applicability::not_in_force: return "not_in_force";
    case Applicability::not_applicable: return "not_applicable";
    case Applicability::undetermined: return "undetermined";
  }
  return "undetermined";
}

}  // namespace cita
