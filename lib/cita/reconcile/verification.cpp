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

std::vector<ActionItemEntry> action_item_ledger(const Incident& incident, const Assessment& assessment) {
  std::vector<ActionItemEntry> ledger(incident.action_items.size());
  for (std::size_t i = 0; i < ledger.size(); ++i) ledger[i].action_item = static_cast<int>(i);
  for (std::size_t i = 0; i < incident.events.size(); ++i)
    if (const int item = incident.events[i].action_item; item != none)
      ledger[static_cast<std::size_t>(item)].events.push_back(static_cast<int>(i));
  for (ActionItemEntry& each : ledger)
    each.judgement = strictest(assessment, [&each](const Subject& subject) {
      return subject.action_item == each.action_item ||
             std::find(each.events.begin(), each.events.end(), subject.event) != each.events.end();
    });
  return ledger;
}

namespace {

class Verifier {
 public:
  Verifier(const Incident& incident, const Assessment& assessment, Verification& verification)
      : incident_(incident), assessment_(assessment), verification_(verification) {}

  void hold(int event, int telling) {
    const Event& self = event_at(incident_, event);
    const HeldAgainst* complete = nullptr;
    bool is_told = false;
    for (const HeldAgainst& each : verification_.against) {
      const int other = telling_of(self, each.account);
      if (other != none) is_told = true, compare(event, telling, each, other);
      const bool would_tell = incident_.accounts[static_cast<std::size_t>(each.account)].is_complete_for(self.kind);
      if (would_tell && complete == nullptr) complete = &each;
    }
    if (is_told) return;
    if (complete == nullptr) ++verification_.beyond;
    else verification_.claims.push_back({event, telling, complete->account, none, Claim::Outcome::unsupported, {}, false, false});
  }

 private:
  void compare(int event, int telling, const HeldAgainst& against, int other) {
    Claim claim{event, telling, against.account, other, Claim::Outcome::unsupported, {}, false, false};
    const auto claimed = moment_of(incident_, assessment_.as_of, event, telling);
    const auto shown = moment_of(incident_, assessment_.as_of, event, other);
    if (claimed && shown) {
      claim.delta = elapsed(*claimed, *shown);
      claim.outcome = claimed->contains(shown->earliest()) || shown->contains(claimed->earliest()) ? Claim::Outcome::agrees
                      : agree_within_rounding(*claimed, *shown) ? Claim::Outcome::agrees_within_rounding
                                                                : Claim::Outcome::contradicts;
    } else if (event_at(incident_, event).tellings[static_cast<std::size_t>(other)].denied) {
      claim.outcome = Claim::Outcome::contradicts;
    }
    if (claim.outcome == Claim::Outcome::contradicts) {
      claim.decides = std::any_of(assessment_.contradictions.begin(), assessment_.contradictions.end(),
                                  [&](const Contradiction& each) { return each.decides && is_told_by(claim, each, incident_); });
      claim.decides_must = claim.decides && !against.by_words && rests_a_must_on(event);
    }
    verification_.claims.push_back(claim);
  }

  bool rests_a_must_on(int event) const {
    const auto rests_on_it = [event](const ViewVerdict& view) {
      return (view.verdict.trigger && view.verdict.trigger->told.event == event) ||
             (view.verdict.discharge && view.verdict.discharge->told.event == event);
    };
    return std::any_of(assessment_.judgements.begin(), assessment_.judgements.end(), [&](const Judgement& each) {
      return is_must_of(each) && each.views.size() > 1 && std::any_of(each.views.begin(), each.views.end(), rests_on_it);
    });
  }

  const Incident& incident_;
  const Assessment& assessment_;
  Verification& verification_;
};

}  // namespace

bool is_told_by(const Claim& claim, const Contradiction& contradiction, const Incident& incident) {
  const int claims = event_at(incident, claim.event).tellings[static_cast<std::size_t>(claim.telling)].account;
  const bool is_of_two = contradiction.kind == Contradiction::Kind::time || contradiction.kind == Contradiction::Kind::denial;
  const auto is_pair = [&](int a, int b) { return contradiction.account == a && contradiction.other_account == b; };
  return is_of_two && claim.outcome == Claim::Outcome::contradicts && contradiction.event == claim.event &&
         (is_pair(claims, claim.against) || is_pair(claim.against, claims));
}

Verification verify(const Incident& incident, const Assessment& assessment, std::vector<HeldAgainst> against,
                    std::vector<int> comments) {
  Verification verification;
  verification.against = std::move(against);
  verification.comments = std::move(comments);
  Verifier verifier(incident, assessment, verification);
  const auto is_held_against = [&](int account) {
    return std::any_of(verification.against.begin(), verification.against.end(),
                       [account](const HeldAgainst& each) { return each.account == account; });
  };
  for (std::size_t i = 0; i < incident.events.size(); ++i) {
    const std::vector<Telling>& tellings = incident.events[i].tellings;
    for (std::size_t j = 0; j < tellings.size(); ++j)
      if (!tellings[j].denied && !is_held_against(tellings[j].account)) verifier.hold(static_cast<int>(i), static_cast<int>(j));
  }
  verification.questions = question_ledger(incident, assessment);
  verification.promises = promise_ledger(incident, assessment);
  verification.action_items = action_item_ledger(incident, assessment);
  return verification;
}

}  // namespace cita
