#include <cita/rules/engine.hpp>
#include <cita/rules/matter.hpp>

#include <algorithm>
#include <exception>

namespace cita {

namespace {

// Why nobody owes this: the addressee is not there, or it is somebody else's promise or question.
std::string excuse(const Matter& matter) {
  const Subject& subject = matter.subject;
  const auto at = [](const auto& list, int index) -> const auto& { return list[static_cast<std::size_t>(index)]; };
  if (subject.addressee == Addressee::reporter && subject.in_case != none &&
      at(matter.incident.cases, subject.in_case).anonymous_reporter)
    return "the report was anonymous: there is nobody to answer";
  if (subject.commitment != none && at(matter.incident.commitments, subject.commitment).by != Actor::ca)
    return "it was not the CA who promised this";
  if (subject.question != none && at(matter.incident.questions, subject.question).by == Actor::ca)
    return "the CA itself asked this";
  return {};
}

bool judge_by_pattern(Matter& matter) {
  switch (matter.duty.pattern) {
    case Pattern::respond: return judge_respond(matter);
    case Pattern::recur: return judge_recur(matter);
    case Pattern::by_date: return judge_by_date(matter);
    case Pattern::precede: return judge_precede(matter);
    case Pattern::contain: return judge_contain(matter);
    case Pattern::agree: return false;  // needs a rule of its own
  }
  return false;
}

bool judge_by_rule(Matter& matter, const Rule* rule) {
  if (rule == nullptr) {
    matter.verdict.because = "there is no rule '" + std::string(matter.duty.rule) + "' in this program";
    return true;
  }
  if (!rule->raised(matter.duty, matter.pack, matter.scene, matter.subject)) return false;
  rule->judge(matter.duty, matter.pack, matter.scene, matter.verdict);
  return true;
}

}  // namespace

bool Engine::may_raise(const Duty& duty, const Subject& subject) const {
  if (holds(duty.applies, incident_, subject) == Truth::no) return false;
  const bool looks_for_events = duty.pattern == Pattern::respond || duty.pattern == Pattern::recur;
  if (subject.per != Per::incident || !looks_for_events || !duty.rule.empty() || !duty.trigger.missed.empty()) return true;
  const auto is_told = [this](EventKind kind) { return !recollection_.events_of(kind).empty(); };
  const auto any_is_told = [&](std::span<const EventKind> kinds) { return std::any_of(kinds.begin(), kinds.end(), is_told); };
  // What the order of other events says of the start counts as told.
  const auto is_implied = [&](EventKind kind) {
    return std::any_of(event_orders().begin(), event_orders().end(), [&](const EventOrder& order) {
      return (order.cause == kind && is_told(order.effect)) || (order.effect == kind && is_told(order.cause));
    });
  };
  const auto may_start = [&](std::span<const EventKind> kinds) {
    return any_is_told(kinds) || std::any_of(kinds.begin(), kinds.end(), is_implied);
  };
  const auto by_option = [](const Selector& selector, const auto& holds_for) {
    return std::any_of(selector.by_option.begin(), selector.by_option.end(),
                       [&](const OptionKinds& option) { return holds_for(option.kinds); });
  };
  return may_start(duty.trigger.kinds) || by_option(duty.trigger, may_start) || any_is_told(duty.discharge.kinds) ||
         any_is_told(duty.discharge.by_then) || by_option(duty.discharge, any_is_told) ||
         std::any_of(duty.editions.begin(), duty.editions.end(),
                     [&](const Edition& edition) { return may_start(edition.trigger); });
}

const Rule* Engine::rule(std::string_view name) const {
  for (const Rule* each : rules_)
    if (each->name() == name) return each;
  return built_in_rule(name);
}

std::optional<Verdict> Engine::judge(const Duty& duty, const Pack& pack, const Subject& subject, Scene& scene, int depth) const {
  Matter matter(*this, duty, pack, subject, scene, depth);
  const Truth applies = holds(duty.applies, incident_, subject);
  if (applies == Truth::no) return std::nullopt;  // the incident is not of the sort that this duty is about
  if (std::string because = excuse(matter); !because.empty()) {
    matter.not_applicable(std::move(because));
    return std::move(matter.verdict);
  }
  const bool is_raised = duty.rule.empty() ? judge_by_pattern(matter) : judge_by_rule(matter, rule(duty.rule));
  if (!is_raised) return std::nullopt;
  if (applies == Truth::unknown)
    matter.doubt("the file does not say what the certificates are or how the incident came to light",
                 "'certificates:' and 'disclosure:' of the incident");
  matter.finish();
  return std::move(matter.verdict);
}

Judged Engine::judge(const Duty& duty, const Pack& pack, const Subject& subject, const View& view) const {
  return judge(duty, pack, subject, view, 0);
}

const Judged& Engine::judge_for_miss(const Duty& duty, const Pack& pack, const Subject& subject, const View& view,
                                     int depth) const {
  constexpr std::size_t most_kept = 512;  // a file with very many views and cases
  for (const Known& each : known_)
    if (each.duty == &duty && each.depth == depth && each.subject == subject && each.view == view) return each.judged;
  if (known_.size() >= most_kept) known_.pop_front();
  return known_.emplace_back(Known{&duty, subject, view, depth, judge(duty, pack, subject, view, depth)}).judged;
}

Judged Engine::judge(const Duty& duty, const Pack& pack, const Subject& subject, const View& view, int depth) const {
  Scene scene(incident_, view, as_of_, recollection_);
  Judged result;
  try {
    result.verdict = judge(duty, pack, subject, scene, depth);
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

}  // namespace cita
