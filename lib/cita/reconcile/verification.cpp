#include <cita/reconcile/verification.hpp>

#include <algorithm>
#include <array>
#include <functional>

namespace cita {

namespace {

const Event& event_at(const Incident& incident, int index) { return incident.events[static_cast<std::size_t>(index)]; }

int telling_of(const Event& event, int account) {
  for (std::size_t i = 0; i < event.tellings.size(); ++i)
    if (event.tellings[i].account == account) return static_cast<int>(i);
  return none;
}

// The account's telling alone, narrowed by its own order of events.
std::optional<Moment> moment_of(const Incident& incident, Instant as_of, int event, int telling) {
  View view;
  view.account = event_at(incident, event).tellings[static_cast<std::size_t>(telling)].account;
  Scene scene(incident, view, as_of);
  const auto told = scene.told(event);
  if (!told || told->telling != telling) return std::nullopt;
  return told->moment.anchored(0);
}

bool is_must_of(const Judgement& judgement) {
  return judgement.applicability != Applicability::not_applicable && judgement.level && is_must(*judgement.level);
}

// The strictest first: what applies, then by level, then by the earliest deadline.
const Judgement* strictest(const Assessment& assessment, const std::function<bool(const Subject&)>& is_about) {
  const Judgement* best = nullptr;
  for (const Judgement& each : assessment.judgements) {
    const bool is_in_force = each.applicability == Applicability::applies || each.applicability == Applicability::undetermined;
    if (!is_about(each.subject) || !is_in_force || each.is_draft() || each.duty->pattern == Pattern::precede) continue;
    if (best == nullptr || (is_must_of(each) && !is_must_of(*best))) best = &each;
  }
  return best;
}

}  // namespace

std::string_view name(Claim::Outcome outcome) {
  constexpr std::array<std::string_view, 4> names = {"agrees", "agrees within rounding", "contradicts", "unsupported"};
  return names[static_cast<std::size_t>(outcome)];
}

int Verification::count(Claim::Outcome outcome) const {
  return static_cast<int>(
      std::count_if(claims.begin(), claims.end(), [outcome](const Claim& each) { return each.outcome == outcome; }));
}

int Verification::comment_of(int event) const {
  return event != none && static_cast<std::size_t>(event) < comments.size() ? comments[static_cast<std::size_t>(event)] : none;
}

std::vector<QuestionEntry> question_ledger(const Incident& incident, const Assessment& assessment) {
  std::vector<QuestionEntry> ledger(incident.questions.size());
  for (std::size_t i = 0; i < ledger.size(); ++i) {
    ledger[i].question = static_cast<int>(i);
    ledger[i].judgement = strictest(assessment, [i](const Subject& subject) { return subject.question == static_cast<int>(i); });
  }
  for (std::size_t i = 0; i < incident.events.size(); ++i) {
    const Event& event = incident.events[i];
    if (event.question == none) continue;
    QuestionEntry& entry = ledger[static_cast<std::size_t>(event.question)];
    if (event.kind == EventKind::question_asked && entry.asked == none) entry.asked = static_cast<int>(i);
    if (event.kind == EventKind::question_answered || event.kind == EventKind::question_acknowledged)
      entry.replies.push_back(static_cast<int>(i));
  }
  return ledger;
}

std::vector<PromiseEntry> promise_ledger(const Incident& incident, const Assessment& assessment) {
  std::vector<PromiseEntry> ledger(incident.commitments.size());
  for (std::size_t i = 0; i < ledger.size(); ++i) {
    ledger[i].commitment = static_cast<int>(i);
    ledger[i].judgement =
        strictest(assessment, [i](const Subject& subject) { return subject.commitment == static_cast<int>(i); });
  }
  for (std::size_t i = 0; i < incident.events.size(); ++i) {
    const Event& event = incident.events[i];
    if (event.commitment == none) continue;
    PromiseEntry& entry = ledger[static_cast<std::size_t>(event.commitment)];
    if (event.kind == EventKind::commitment_made && entry.made == none) entry.made = static_cast<int>(i);
    if (event.kind == EventKind::commitment_kept) entry.kept.push_back(static_cast<int>(i));
  }
  return ledger;
}

Verification verify(const Incident& incident, const Assessment& assessment, int account, std::vector<int> comments) {
  Verification verification;
  verification.account = account;
  verification.comments = std::move(comments);
  const Account& record = incident.accounts[static_cast<std::size_t>(account)];
  for (std::size_t i = 0; i < incident.events.size(); ++i) {
    const int index = static_cast<int>(i);
    const Event& event = incident.events[i];
    const int record_telling = telling_of(event, account);
    for (std::size_t j = 0; j < event.tellings.size(); ++j) {
      const int telling = static_cast<int>(j);
      if (telling == record_telling || event.tellings[j].denied) continue;
      if (record_telling == none && !record.is_complete_for(event.kind)) {
        ++verification.beyond;
        continue;
      }
      Claim claim{index, telling, record_telling, Claim::Outcome::unsupported, {}, false, false};
      const auto claimed = moment_of(incident, assessment.as_of, index, telling);
      const auto shown = record_telling == none ? std::nullopt : moment_of(incident, assessment.as_of, index, record_telling);
      if (claimed && shown) {
        claim.delta = elapsed(*claimed, *shown);
        claim.outcome = claimed->contains(shown->earliest()) || shown->contains(claimed->earliest()) ? Claim::Outcome::agrees
                        : agree_within_rounding(*claimed, *shown) ? Claim::Outcome::agrees_within_rounding
                                                                  : Claim::Outcome::contradicts;
      }
      for (const Contradiction& each : assessment.contradictions)
        if (each.event == index && each.decides) claim.decides = claim.outcome == Claim::Outcome::contradicts;
      claim.decides_must =
          claim.decides &&
          std::any_of(assessment.judgements.begin(), assessment.judgements.end(), [&](const Judgement& judgement) {
            return is_must_of(judgement) && judgement.views.size() > 1 &&
                   std::any_of(judgement.views.begin(), judgement.views.end(), [&](const ViewVerdict& view) {
                     return (view.verdict.trigger && view.verdict.trigger->told.event == index) ||
                            (view.verdict.discharge && view.verdict.discharge->told.event == index);
                   });
          });
      verification.claims.push_back(claim);
    }
  }
  verification.questions = question_ledger(incident, assessment);
  verification.promises = promise_ledger(incident, assessment);
  return verification;
}

}  // namespace cita
