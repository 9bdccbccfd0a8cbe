#include <cita/base/suggest.hpp>
#include <cita/base/text.hpp>
#include <cita/reconcile/contradictions.hpp>
#include <cita/reconcile/judgement.hpp>
#include <cita/reconcile/views.hpp>

#include <algorithm>
#include <map>
#include <tuple>

namespace cita {

namespace {

bool is_among(EventKind kind, const Duty& duty) {
  return std::find(duty.discharge.kinds.begin(), duty.discharge.kinds.end(), kind) != duty.discharge.kinds.end();
}

/// What several documents ask for at once, so that the strictest of them counts.
enum class Due : std::uint8_t { revocation, disclosure, full_report, answer };

std::optional<Due> what_is_due(const Duty& duty) {
  if (duty.pattern != Pattern::respond || !duty.trigger.missed.empty()) return std::nullopt;
  if (duty.per == Per::certificates && !duty.reason_table.empty() &&
      (is_among(EventKind::revocation, duty) || is_among(EventKind::revocation_published, duty)))
    return Due::revocation;
  if (duty.per == Per::incident && is_among(EventKind::incident_disclosed, duty)) return Due::disclosure;
  if (duty.per == Per::incident && is_among(EventKind::full_incident_report, duty)) return Due::full_report;
  if (duty.per == Per::question && is_among(EventKind::question_answered, duty)) return Due::answer;
  return std::nullopt;
}

// The deadline over all accounts and stamps, under the default readings.
Moment deadline_of(const Judgement& judgement) {
  std::optional<Moment> all;
  for (const ViewVerdict& view : judgement.views) {
    if (!view.default_readings || !view.verdict.deadline) continue;
    const Moment& due = *view.verdict.deadline;
    all =
        all ? Moment::between(std::min(all->earliest(), due.earliest()), std::max(all->latest(), due.latest()), due.unit()) : due;
  }
  return all.value_or(Moment());
}

using DueOf = std::tuple<Due, int, int, int>;  // of which case, cohort and question

bool asks_with_a_must(const Judgement& judgement) {
  return judgement.level && (is_must(*judgement.level) || *judgement.level == RequirementLevel::lc_must);
}

// Where several documents ask for one thing the earliest deadline that nobody disputes governs; of the deadlines for revocation
// an earlier disputed one stands beside it.
void mark_governing(std::vector<Judgement>& judgements) {
  std::map<DueOf, std::vector<Judgement*>> sets;
  for (Judgement& each : judgements) {
    const auto due = what_is_due(*each.duty);
    if (!each.is_draft() && due && asks_with_a_must(each) && !deadline_of(each).is_open_after())
      sets[{*due, each.subject.in_case, each.subject.cohort, each.subject.question}].push_back(&each);
  }
  for (auto& [what, all] : sets) {
    // A single deadline to report is shown where it is judged.
    if (std::get<Due>(what) != Due::revocation && all.size() < 2) continue;
    Judgement* governing = nullptr;
    for (Judgement* each : all) {
      if (each->applicability != Applicability::applies || each->has_guessed_start()) continue;
      if (governing == nullptr || deadline_of(*each).latest() < deadline_of(*governing).latest()) governing = each;
    }
    if (governing != nullptr) governing->governing = true;
    if (std::get<Due>(what) != Due::revocation) continue;
    for (Judgement* each : all)
      each->contested_earlier = each->applicability == Applicability::undetermined &&
                                (governing == nullptr || deadline_of(*each).earliest() < deadline_of(*governing).earliest());
  }
}

// Whether there is anything that a suppression could keep from counting.
bool can_be_suppressed(const Judgement& judgement) {
  if (judgement.applicability == Applicability::undetermined) return true;
  const bool is_met_anyway = judgement.standing == Standing::met && judgement.depends_text.empty();
  return judgement.applicability == Applicability::applies && !is_met_anyway;
}

bool is_meant(const Suppression& suppression, const Judgement& judgement, const Incident& incident) {
  if (judgement.duty->id != suppression.duty) return false;
  const int in_case = judgement.subject.in_case;
  return suppression.in_case.empty() ||
         (in_case != none && incident.cases[static_cast<std::size_t>(in_case)].id == suppression.in_case);
}

// What is wrong with a suppression whatever it is held against; false when it suppresses nothing for that.
bool is_valid(const Suppression& suppression, const Catalog& catalog, Instant as_of, Diagnostics& diagnostics) {
  if (catalog.duty(suppression.duty) == nullptr) {
    diagnostics.warning("unknown-duty", suppression.span, "there is no duty '" + suppression.duty + "'",
                        suggestion(suppression.duty, catalog.duty_ids()));
    return false;
  }
  if (!suppression.until || suppression.until->moment.latest() >= as_of) return true;
  diagnostics.warning("suppression-expired", suppression.span, "this suppression has expired",
                      "renew it with a reason, or remove it");
  return false;
}

void suppress(std::vector<Judgement>& judgements, const Incident& incident, const Catalog& catalog, Instant as_of,
              Diagnostics& diagnostics) {
  for (const Suppression& suppression : incident.suppressions) {
    if (!is_valid(suppression, catalog, as_of, diagnostics)) continue;
    bool used = false, lacks_end = false;
    for (Judgement& each : judgements) {
      if (!is_meant(suppression, each, incident) || !can_be_suppressed(each)) continue;
      if (each.level && is_must(*each.level) && !suppression.until) {
        lacks_end = true;
        continue;
      }
      each.suppressed = true;
      each.suppressed_because = suppression.reason;
      used = true;
    }
    if (lacks_end)
      diagnostics.warning("suppression-without-end", suppression.span,
                          "a suppressed MUST needs a date until which it is suppressed", "add 'until: YYYY-MM-DD'");
    else if (!used)
      diagnostics.warning("suppression-unused", suppression.span, "this suppression suppresses nothing", "remove it");
  }
}

void check_reasons(const Incident& incident, const Catalog& catalog, Diagnostics& diagnostics) {
  std::vector<std::string_view> known;
  for (const Pack* pack : catalog.packs())
    for (const ReasonTable& table : pack->reason_tables)
      for (const Reason& reason : table.reasons)
        if (std::find(known.begin(), known.end(), reason.key) == known.end()) known.push_back(reason.key);
  const auto check = [&](const CertificateSet& set) {
    for (const Ground& ground : set.grounds)
      if (std::find(known.begin(), known.end(), ground.reason) == known.end())
        diagnostics.warning("unknown-reason", ground.span,
                            "no policy knows the reason '" + ground.reason + "', so no revocation duty is judged for it",
                            suggestion(ground.reason, known));
  };
  check(incident.certificate_set);
  for (const Case& each : incident.cases) check(each.certificates);
  for (const Cohort& each : incident.cohorts) check(each.certificates);
}

// Without it the same report is judged by the documents for all sorts of certificates.
void check_use(const Incident& incident, Diagnostics& diagnostics) {
  const bool has_certificates = !incident.cases.empty() || !incident.cohorts.empty() || !incident.certificate_set.grounds.empty();
  if (!incident.certificates && has_certificates)
    diagnostics.warning("no-certificates", incident.span,
                        "the file does not say what the certificates are, so every rule that may apply to them is open",
                        "write 'certificates: tls' (or ev, smime, code-signing) under 'incident'");
}

void check_root_programs(const Incident& incident, const Catalog& catalog, Diagnostics& diagnostics) {
  const std::vector<std::string_view> known = catalog.programs();
  for (const std::string& named : incident.root_programs) {
    const auto is_meant = [&named](std::string_view program) { return is_same_program(program, named); };
    if (std::none_of(known.begin(), known.end(), is_meant))
      diagnostics.warning("unknown-root-program", incident.span, "no policy says that '" + named + "' binds anybody",
                          suggestion(named, known));
  }
}

}  // namespace

bool Judgement::has_guessed_start() const {
  const auto& trigger = shown().trigger;
  return duty->trigger.by_ground && trigger && trigger->told.event == none;
}

bool Judgement::is_finding() const {
  return applicability == Applicability::applies && standing == Standing::breached && !suppressed && !shown().advisory &&
         !is_draft();
}

Assessment assess(const Incident& incident, const Catalog& catalog, Instant as_of, Diagnostics& diagnostics,
                  const std::vector<const Rule*>& rules, Profile profile) {
  Assessment assessment;
  assessment.as_of = as_of;
  check_reasons(incident, catalog, diagnostics);
  check_root_programs(incident, catalog, diagnostics);
  check_use(incident, diagnostics);
  const Engine engine(incident, catalog, as_of, rules, profile);
  for (const Pack* pack : catalog.packs())
    for (const Duty& duty : pack->duties)
      for (const Subject& subject : engine.subjects(duty, *pack))
        if (auto judgement = judge_all_views(engine, duty, *pack, subject))
          assessment.judgements.push_back(std::move(*judgement));
  mark_governing(assessment.judgements);
  if (profile == Profile::author) suppress(assessment.judgements, incident, catalog, as_of, diagnostics);
  assessment.contradictions = find_contradictions(incident, as_of, assessment.judgements);
  return assessment;
}

std::string describe(const Subject& subject, const Incident& incident) {
  const auto at = [](const auto& list, int index) -> const auto& { return list[static_cast<std::size_t>(index)]; };
  std::string text;
  if (subject.in_case != none) text = "case " + at(incident.cases, subject.in_case).id;
  if (subject.cohort != none) text = "cohort " + at(incident.cohorts, subject.cohort).id;
  if (subject.question != none) text = "question " + at(incident.questions, subject.question).id;
  if (subject.action_item != none) text = "action item " + at(incident.action_items, subject.action_item).id;
  if (subject.commitment != none) text = "commitment " + at(incident.commitments, subject.commitment).id;
  if (subject.event != none) text = at(incident.events, subject.event).id;
  const auto add = [&text](const std::string& part) { text += (text.empty() ? "" : ", ") + part; };
  if (subject.addressee) add("to the " + std::string(name_of(*subject.addressee)));
  if (subject.ground != nullptr)
    add(subject.ground->reason + " (asserted by the " +
        (subject.ground->by == Actor::ca ? std::string("CA") : std::string(name(subject.ground->by))) + ")");
  return text;
}

std::string possessive(const Incident& incident, int account) {
  const Account& self = incident.accounts[static_cast<std::size_t>(account)];
  const auto same = std::count_if(incident.accounts.begin(), incident.accounts.end(),
                                  [&self](const Account& each) { return each.kind == self.kind; });
  if (same == 1 && self.kind == AccountKind::ca) return "the CA's";
  if (same == 1 && self.kind == AccountKind::reporter) return "the reporter's";
  if (same == 1 && self.kind == AccountKind::bugzilla) return "Bugzilla's";
  return "account '" + self.name + "''s";
}

}  // namespace cita
