#include <cita/output/check_report.hpp>
#include <cita/output/list_findings.hpp>
#include <cita/output/result.hpp>
#include <cita/time/format.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace cita {

namespace {

constexpr std::array<std::string_view, 5> kind_names = {"fail", "open", "review", "pass", "notApplicable"};
constexpr std::array<std::string_view, 4> level_names = {"must", "expected", "should", "advisory"};

constexpr std::string_view file_rule = "incident-file";
constexpr std::string_view contradiction_rule = "contradiction";

template <class Value, std::size_t count>
std::optional<Value> value_of(const std::array<std::string_view, count>& names, std::string_view name) {
  const auto found = std::find(names.begin(), names.end(), name);
  if (found == names.end()) return std::nullopt;
  return static_cast<Value>(found - names.begin());
}

ResultLevel level_of(RequirementLevel level) {
  if (is_must(level)) return ResultLevel::must;
  return is_expected(level) ? ResultLevel::expected : ResultLevel::should;
}

RuleInfo rule_of(const Duty& duty, const Pack& pack) {
  RuleInfo rule;
  rule.id = duty.id;
  rule.title = duty.title;
  rule.text = duty.text;
  rule.group = pack.short_title;
  rule.source = pack.url;
  // Only the rules that are built in have pages.
  if (!pack.digest.empty()) rule.page = "docs/rules/" + rule.id + ".md";
  if (duty.editions.empty()) return rule;
  const Edition& newest = duty.editions.back();
  rule.level = is_weak(newest.confidence) || pack.draft ? ResultLevel::advisory : level_of(newest.level);
  return rule;
}

ResultKind kind_of(const Judgement& judgement) {
  if (judgement.is_draft()) return ResultKind::not_applicable;
  switch (judgement.applicability) {
    case Applicability::not_in_force:
    case Applicability::not_applicable: return ResultKind::not_applicable;
    case Applicability::undetermined: return ResultKind::review;
    case Applicability::applies: break;
  }
  switch (judgement.standing) {
    case Standing::met: return ResultKind::pass;
    case Standing::breached: return ResultKind::fail;
    case Standing::running: return ResultKind::open;
    case Standing::undetermined: break;
  }
  return ResultKind::review;
}

// As the exit code weighs it, see Tally.
ResultLevel level_of(const Judgement& judgement) {
  if (judgement.shown().advisory || judgement.is_draft()) return ResultLevel::advisory;
  return judgement.level ? level_of(*judgement.level) : ResultLevel::should;
}

std::string message_of(const Judgement& judgement, const std::string& subject) {
  std::string text = standing_words(judgement) + ": " + std::string(judgement.duty->title);
  if (!subject.empty()) text += ", " + subject;
  if (const std::string margin = margin_words(judgement); !margin.empty()) text += " — " + margin;
  return text;
}

std::vector<std::string> notes_of(const Judgement& judgement, ResultKind kind) {
  const Verdict& verdict = judgement.shown();
  std::vector<std::string> notes;
  const auto add = [&notes](const char* what, const std::string& text) {
    if (!text.empty()) notes.push_back(std::string(what) + ": " + text);
  };
  if (kind == ResultKind::not_applicable && !judgement.is_draft()) {
    add("because", verdict.applicability_because);
    return notes;
  }
  add("rule", full_citation(verdict));
  add("deadline", deadline_words(verdict));
  add("because", kind == ResultKind::review ? why_open(judgement) : verdict.because);
  add("depends", judgement.depends_text);
  add("would decide", verdict.would_decide);
  if (kind == ResultKind::fail) add("would have met it", verdict.would_have_met);
  for (const std::string& order : verdict.restraints) add("restrained", order);
  return notes;
}

// Where the file speaks of what a duty is judged for, else of the incident.
Span span_of(const Subject& subject, const Incident& incident) {
  const auto at = [](const auto& list, int index) { return list[static_cast<std::size_t>(index)].span; };
  Span span;
  if (subject.event != none) span = at(incident.events, subject.event);
  if (!span && subject.question != none) span = at(incident.questions, subject.question);
  if (!span && subject.action_item != none) span = at(incident.action_items, subject.action_item);
  if (!span && subject.commitment != none) span = at(incident.commitments, subject.commitment);
  if (!span && subject.in_case != none) span = at(incident.cases, subject.in_case);
  if (!span && subject.cohort != none) span = at(incident.cohorts, subject.cohort);
  return span ? span : incident.span;
}

// What an incident stays itself by: its bug, else its title.
std::string identity(const Incident& incident) { return incident.bug ? "bug " + std::to_string(*incident.bug) : incident.title; }

Result result_of(const Contradiction& contradiction, const Incident& incident, const RuleSet& rules) {
  const auto event = [&incident](int index) -> const Event& { return incident.events[static_cast<std::size_t>(index)]; };
  constexpr std::array<std::string_view, 4> kinds = {"time", "denial", "order", "duration"};
  Result result;
  result.rule = rules.find(contradiction_rule);
  result.code = kinds[static_cast<std::size_t>(contradiction.kind)];
  result.kind = ResultKind::fail;
  result.level = ResultLevel::advisory;
  result.message = contradiction.text;
  result.span = event(contradiction.event).span;
  const bool has_other = contradiction.other_event != none;
  if (has_other) result.related.push_back({event(contradiction.other_event).span, "does not go together with this"});
  result.fingerprint = fingerprint_of({result.rule->id, identity(incident), result.code, event(contradiction.event).id,
                                       has_other ? event(contradiction.other_event).id : std::string()});
  return result;
}

Result result_of(const Diagnostic& diagnostic, const std::string& whose, const RuleSet& rules) {
  Result result;
  result.rule = rules.find(file_rule);
  result.code = diagnostic.code;
  result.kind = ResultKind::fail;
  result.level = diagnostic.severity == Severity::error ? ResultLevel::must : ResultLevel::advisory;
  result.message = std::string(name(diagnostic.severity)) + ": " + diagnostic.message;
  if (!diagnostic.help.empty()) result.notes.push_back("help: " + diagnostic.help);
  result.span = diagnostic.span;
  result.related = diagnostic.related;
  result.fingerprint = fingerprint_of({result.rule->id, whose, diagnostic.code, diagnostic.message});
  return result;
}

}  // namespace

std::string_view name(ResultKind kind) { return kind_names[static_cast<std::size_t>(kind)]; }
std::string_view name(ResultLevel level) { return level_names[static_cast<std::size_t>(level)]; }
std::optional<ResultKind> result_kind(std::string_view name) { return value_of<ResultKind>(kind_names, name); }
std::optional<ResultLevel> result_level(std::string_view name) { return value_of<ResultLevel>(level_names, name); }

RuleSet::RuleSet(std::vector<RuleInfo> rules) : rules_(std::move(rules)) {
  for (std::size_t i = 0; i < rules_.size(); ++i) by_id_.emplace(rules_[i].id, i);
}

const RuleInfo* RuleSet::find(std::string_view id) const {
  const auto found = by_id_.find(id);
  return found == by_id_.end() ? nullptr : &rules_[found->second];
}

std::string Result::id() const { return code.empty() ? rule->id : rule->id + "/" + code; }

bool Result::is_problem() const { return (kind == ResultKind::fail || kind == ResultKind::review) && !suppressed && !known; }

std::string Result::set_aside_because() const {
  if (suppressed) return "suppressed: " + suppressed_because;
  return known ? "known from the baseline" : std::string();
}

std::string fingerprint_of(const std::vector<std::string_view>& parts) {
  // FNV-1a, with a byte between two parts that no text holds.
  constexpr std::uint64_t prime = 0x100000001b3;
  std::uint64_t hash = 0xcbf29ce484222325;
  const auto take = [&hash](char c) { hash = (hash ^ static_cast<unsigned char>(c)) * prime; };
  for (const std::string_view part : parts) {
    for (const char c : part) take(c);
    take('\xff');
  }
  return fmt::format("{:016x}", hash);
}

namespace {

std::string_view event_id(const Incident& incident, int index) {
  return index == none ? std::string_view() : std::string_view(incident.events[static_cast<std::size_t>(index)].id);
}

// The rule, the incident and the subject; `whose` has to live as long as the parts.
std::vector<std::string_view> identifying_parts(const Judgement& judgement, const Incident& incident, const std::string& whose) {
  const Subject& subject = judgement.subject;
  const auto id = [](const auto& list, int index) {
    return index == none ? std::string_view() : std::string_view(list[static_cast<std::size_t>(index)].id);
  };
  return {judgement.duty->id,
          whose,
          id(incident.cases, subject.in_case),
          id(incident.cohorts, subject.cohort),
          id(incident.questions, subject.question),
          id(incident.action_items, subject.action_item),
          id(incident.commitments, subject.commitment),
          event_id(incident, subject.event),
          subject.addressee ? name_of(*subject.addressee) : std::string_view(),
          subject.ground == nullptr ? std::string_view() : subject.ground->reason,
          subject.ground == nullptr ? std::string_view() : name(subject.ground->by)};
}

}  // namespace

std::string subject_fingerprint(const Judgement& judgement, const Incident& incident) {
  const std::string whose = identity(incident);
  return fingerprint_of(identifying_parts(judgement, incident, whose));
}

std::string fingerprint(const Judgement& judgement, const Incident& incident) {
  const std::string whose = identity(incident);
  std::vector<std::string_view> parts = identifying_parts(judgement, incident, whose);
  const auto& trigger = judgement.shown().trigger;
  parts.push_back(trigger ? event_id(incident, trigger->told.event) : std::string_view());
  return fingerprint_of(parts);
}

void make_unique(std::vector<Result>& results) {
  std::map<std::string, int> seen;
  for (Result& each : results)
    if (const int before = seen[each.fingerprint]++; before > 0)
      each.fingerprint = fingerprint_of({each.fingerprint, std::to_string(before)});
}

RuleSet check_rules(const Catalog& catalog) {
  std::vector<RuleInfo> rules;
  for (const Pack* pack : catalog.packs())
    for (const Duty& duty : pack->duties) rules.push_back(rule_of(duty, *pack));
  rules.push_back({std::string(contradiction_rule),
                   "Accounts go together",
                   "Two accounts of one happening, or two times of one account, do not contradict each other.",
                   "cita",
                   {},
                   {},
                   ResultLevel::advisory});
  rules.push_back({std::string(file_rule),
                   "The file says what it means",
                   "An incident file can be read, and everything in it is used: what it names is known, its suppressions hold.",
                   "cita",
                   "docs/incident-file.md",
                   {},
                   ResultLevel::must});
  return RuleSet(std::move(rules));
}

Result result_of(const Judgement& judgement, const Incident& incident, const RuleSet& rules) {
  Result result;
  result.rule = rules.find(judgement.duty->id);
  result.kind = kind_of(judgement);
  result.level = level_of(judgement);
  result.subject = subject_words(judgement, incident);
  result.message = message_of(judgement, result.subject);
  result.notes = notes_of(judgement, result.kind);
  result.citation = citation(judgement.shown());
  for (Related& each : ends_of(judgement.shown(), incident))
    if (each.span) result.related.push_back(std::move(each));
  result.span = result.related.empty() ? span_of(judgement.subject, incident) : result.related.front().span;
  result.fingerprint = fingerprint(judgement, incident);
  result.suppressed = judgement.suppressed;
  result.suppressed_because = judgement.suppressed_because;
  result.known = judgement.known;
  return result;
}

const std::string& file_of(const FileReport& report, const Span& span) {
  // Standard input and the comments of a bug have names that are no paths, and nothing beside them.
  const bool has_beside = report.incident == nullptr && report.file != "-";
  return span && has_beside ? span.source->name() : report.file;
}

std::vector<Result> results_of(const FileReport& report, const RuleSet& rules) {
  std::vector<Result> results;
  if (report.results != nullptr) results = *report.results;
  const Incident* incident = report.incident;
  const std::string whose = incident == nullptr ? report.file : identity(*incident);
  if (incident != nullptr) {
    if (incident->embargoed)
      results.push_back(
          result_of({Severity::note, "embargoed", std::string(embargo_note), incident->span, {}, {}}, whose, rules));
    const auto& judgements = report.assessment->judgements;
    for (std::size_t i = 0; i < judgements.size(); ++i) {
      results.push_back(result_of(judgements[i], *incident, rules));
      const auto* by_list = report.lists == nullptr ? nullptr : report.lists->of(i);
      if (by_list != nullptr) results.back().notes.push_back("list: " + list_words(*by_list));
    }
    for (const Contradiction& each : report.assessment->contradictions) results.push_back(result_of(each, *incident, rules));
  }
  if (report.diagnostics == nullptr) return results;
  for (const Diagnostic& each : report.diagnostics->all()) results.push_back(result_of(each, whose, rules));
  if (const std::size_t more = report.diagnostics->dropped(); more > 0)
    results.push_back(result_of({Severity::note, "more", "and " + std::to_string(more) + " more", {}, {}, {}}, whose, rules));
  make_unique(results);
  return results;
}

}  // namespace cita
