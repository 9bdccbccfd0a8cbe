#include <cita/base/suggest.hpp>
#include <cita/input/certificate_fields.hpp>
#include <cita/input/references.hpp>

#include <algorithm>
#include <array>

namespace cita::input {

namespace {

// ---- cases

// What can only be told of one Certificate Problem Report.
bool needs_case(EventKind kind) {
  return kind == EventKind::problem_report_sent || kind == EventKind::problem_report_received ||
         kind == EventKind::problem_report_noticed || kind == EventKind::problem_report_actionable ||
         kind == EventKind::preliminary_report;
}

// The first section of event_kinds.def.
bool is_about_problem_reports(EventKind kind) { return kind <= EventKind::finding; }

// A file that tells of one problem report need not name it.
void imply_single_case(Draft& draft) {
  Incident& incident = draft.incident;
  const auto first = std::find_if(incident.events.begin(), incident.events.end(), [](const Event& event) {
    return needs_case(event.kind) && event.kind != EventKind::preliminary_report;
  });
  if (!incident.cases.empty() || first == incident.events.end()) return;
  Case implied;
  implied.id = "1";
  implied.span = first->span;
  incident.cases.push_back(std::move(implied));
}

// With one case in the file there is nothing to ask; with several an event of a problem report has to say which.
void give_cases(Draft& draft) {
  imply_single_case(draft);
  const std::size_t cases = draft.incident.cases.size();
  if (cases == 0) return;
  int received = 0;  // a case is one report: a second one that names no case is another case
  for (Event& event : draft.incident.events) {
    const bool unnamed = event.in_case == none && event.cohort == none;
    const bool second = cases == 1 && event.kind == EventKind::problem_report_received && received++ > 0;
    if (cases == 1 && unnamed && !second && is_about_problem_reports(event.kind)) event.in_case = 0;
    if (unnamed && (second || (cases > 1 && needs_case(event.kind))))
      draft.diagnostics.error("which-case", event.span, "this event does not say to which case it belongs",
                              "write 'case: ID', or put the event under the case's 'events'");
  }
}

// Whatever is told and judged by nothing is told about.
void warn_of_unjudged(Draft& draft) {
  std::vector<int> first_report(draft.incident.cases.size(), none);
  for (std::size_t i = 0; i < draft.incident.events.size(); ++i) {
    const Event& event = draft.incident.events[i];
    if (event.kind == EventKind::question_asked && event.question == none)
      draft.diagnostics.warning("which-question", event.span, "this question has no name, so nothing is judged for it",
                                "declare it under 'questions', and write 'question: ID' here and at its answer");
    if (event.kind != EventKind::problem_report_received || event.in_case == none) continue;
    int& first = first_report[static_cast<std::size_t>(event.in_case)];
    if (first == none) {
      first = static_cast<int>(i);
      continue;
    }
    Diagnostic second;
    second.severity = Severity::warning;
    second.code = "second-report";
    second.span = event.span;
    second.message = "the case has a problem report already, so no preliminary report is judged for this one";
    second.help = "make it a case of its own; what one and the same report says of a time goes into one event";
    second.related.push_back({draft.incident.events[static_cast<std::size_t>(first)].span, "this is the report that is judged"});
    draft.diagnostics.add(std::move(second));
  }
}

void give_grounds(Draft& draft) {
  Incident& incident = draft.incident;
  for (const Allegation& allegation : draft.allegations) {
    const Event& event = incident.events[static_cast<std::size_t>(allegation.event)];
    const Actor by = event.by.value_or(Actor::reporter);
    if (event.in_case != none)
      read_allegations(allegation.reasons, by, incident.cases[static_cast<std::size_t>(event.in_case)].certificates, draft);
    else if (event.cohort != none)
      read_allegations(allegation.reasons, by, incident.cohorts[static_cast<std::size_t>(event.cohort)].certificates, draft);
    else
      draft.diagnostics.error("which-case", allegation.reasons.span(), "'alleges' belongs to a case, and this event names none",
                              "write 'case: ID' at the event");
  }
  for (Case& each : incident.cases) drop_repeated_grounds(each.certificates);
  for (Cohort& cohort : incident.cohorts) drop_repeated_grounds(cohort.certificates);
}

// ---- ids

void give_ids(Draft& draft) {
  std::array<int, 256> running{};
  for (Event& event : draft.incident.events) {
    if (!event.id.empty()) continue;
    int& number = running[static_cast<std::size_t>(event.kind)];
    do event.id = std::string(name(event.kind)) + '-' + std::to_string(++number);
    while (draft.events.find(event.id) != none);
  }
}

// ---- mentions

// The events of one kind, as far as a mention by kind asks: which is it, and is there only one?
struct Seen {
  int first = none;
  int count = 0;

  void add(int event) {
    if (count++ == 0) first = event;
  }
};

class Mentions {
 public:
  explicit Mentions(Draft& draft) : draft_(draft), known_(draft.mentions.size()) {
    const auto& events = draft.incident.events;
    for (std::size_t i = 0; i < events.size(); ++i) {
      in_file_[static_cast<std::size_t>(events[i].kind)].add(static_cast<int>(i));
      if (events[i].in_case != none) in_case_[key(events[i].kind, events[i].in_case)].add(static_cast<int>(i));
    }
  }

  /// Turns the mentions of a time, told within a case, into events. What is due after an event that is not told yet
  /// has no date yet; that is no error.
  void settle(TimeRef& time, int in_case, bool may_be_to_come) {
    if (!time.relative) return;
    time.relative->after = event(time.relative->after, in_case, may_be_to_come);
    time.relative->before = event(time.relative->before, in_case, may_be_to_come);
  }

  /// The event that a mention means. An entry's due date stands at the event that set it too: it is looked up once.
  int event(int mention, int in_case, bool may_be_to_come) {
    if (mention == none) return none;
    auto& known = known_[static_cast<std::size_t>(mention)];
    if (!known) known = look_up(draft_.mentions[static_cast<std::size_t>(mention)], in_case, may_be_to_come);
    return *known;
  }

 private:
  int look_up(const Mention& wanted, int in_case, bool may_be_to_come) {
    if (const int named = draft_.events.find(wanted.name); named != none)
      return draft_.event_of_id[static_cast<std::size_t>(named)];
    if (const auto kind = event_kind(wanted.name)) return of_kind(*kind, wanted, in_case, may_be_to_come);
    report_unknown(wanted, may_be_to_come);
    return none;
  }

  static std::uint64_t key(EventKind kind, int in_case) {
    return (std::uint64_t{static_cast<std::uint8_t>(kind)} << 32U) | static_cast<std::uint32_t>(in_case);
  }

  int of_kind(EventKind kind, const Mention& wanted, int in_case, bool may_be_to_come) {
    Seen seen = in_file_[static_cast<std::size_t>(kind)];
    if (in_case != none)
      if (const auto found = in_case_.find(key(kind, in_case)); found != in_case_.end()) seen = found->second;
    if (seen.count == 1) return seen.first;
    if (seen.count == 0) {
      report_missing(wanted, may_be_to_come);
    } else {
      draft_.diagnostics.error(
          "ambiguous-event", wanted.span,
          "there are " + std::to_string(seen.count) + " events of the kind '" + std::string(wanted.name) + "'",
          "give the one that is meant an 'id' and write that");
    }
    return none;
  }

  void report_missing(const Mention& wanted, bool may_be_to_come) {
    std::string message = "no event '" + std::string(wanted.name) + "' is told";
    if (may_be_to_come)
      draft_.diagnostics.warning("event-not-told", wanted.span, std::move(message), "there is no date until the event is told");
    else
      draft_.diagnostics.error("unknown-event", wanted.span, std::move(message),
                               "tell that event, or name another one by its 'id'");
  }

  void report_unknown(const Mention& wanted, bool may_be_to_come) {
    const bool kept = draft_.diagnostics.all().size() < Diagnostics::most_kept;
    const std::string_view near = kept ? near_name(wanted.name) : std::string_view();
    if (near.empty()) {
      report_missing(wanted, may_be_to_come);
      return;
    }
    draft_.diagnostics.error("unknown-event", wanted.span, "there is no event '" + std::string(wanted.name) + "'",
                             "did you mean '" + std::string(near) + "'?");
  }

  std::string_view near_name(std::string_view wanted) const {
    if (const std::string_view near = draft_.events.near(wanted); !near.empty()) return near;
    return nearest(wanted, event_kind_names());
  }

  Draft& draft_;
  std::vector<std::optional<int>> known_;  // by mention
  std::array<Seen, 256> in_file_{};
  std::unordered_map<std::uint64_t, Seen> in_case_;
};

void settle_mentions(Draft& draft) {
  Mentions mentions(draft);
  Incident& incident = draft.incident;
  for (Event& event : incident.events) {
    for (Telling& telling : event.tellings) {
      mentions.settle(telling.at, event.in_case, false);
      if (telling.stated) mentions.settle(*telling.stated, event.in_case, false);
    }
    if (event.planned) mentions.settle(*event.planned, event.in_case, true);
    event.withdraws = mentions.event(event.withdraws, event.in_case, false);
  }
  const auto settle_set = [&mentions](CertificateSet& set, int in_case) {
    for (Restraint& restraint : set.restraints) {
      mentions.settle(restraint.from, in_case, false);
      if (restraint.until) mentions.settle(*restraint.until, in_case, true);
    }
  };
  settle_set(incident.certificate_set, none);
  for (std::size_t i = 0; i < incident.cases.size(); ++i) settle_set(incident.cases[i].certificates, static_cast<int>(i));
  for (Cohort& cohort : incident.cohorts) settle_set(cohort.certificates, none);
  for (ActionItem& item : incident.action_items)
    if (item.due) mentions.settle(*item.due, none, true);
  for (Commitment& commitment : incident.commitments)
    if (commitment.due) mentions.settle(*commitment.due, none, true);
}

// ---- cycles

// Finds times that are counted from themselves, by a walk along the references without recursion.
class Cycles {
 public:
  explicit Cycles(Draft& draft) : draft_(draft), state_(draft.incident.events.size(), State::unseen) {}

  void report() {
    for (std::size_t i = 0; i < state_.size(); ++i)
      if (state_[i] == State::unseen) walk(static_cast<int>(i));
  }

 private:
  enum class State : std::uint8_t { unseen, on_path, done };
  struct Step {
    int event;
    std::size_t next = 0;  // the reference to follow next
  };

  State& state(int event) { return state_[static_cast<std::size_t>(event)]; }
  const Event& event(int index) const { return draft_.incident.events[static_cast<std::size_t>(index)]; }

  // The n-th reference of an event, two for each telling; `none` where a telling has none.
  int reference(const Event& from, std::size_t n) const {
    const auto& relative = from.tellings[n / 2].at.relative;
    if (!relative) return none;
    return n % 2 == 0 ? relative->after : relative->before;
  }

  void walk(int start) {
    std::vector<Step> path{{start}};
    state(start) = State::on_path;
    while (!path.empty()) {
      Step& step = path.back();
      const Event& from = event(step.event);
      if (step.next == from.tellings.size() * 2) {
        state(step.event) = State::done;
        path.pop_back();
        continue;
      }
      const std::size_t n = step.next++;
      const int to = reference(from, n);
      if (to == none || state(to) == State::done) continue;
      if (state(to) == State::on_path) {
        report_cycle(from.tellings[n / 2].at.stamp.span, to);
        continue;
      }
      state(to) = State::on_path;
      path.push_back({to});
    }
  }

  void report_cycle(Span span, int event_index) {
    Diagnostic cycle;
    cycle.code = "cyclic-time";
    cycle.message = "this time is counted from itself";
    cycle.span = span;
    cycle.help = "give one of the events a stamp or bounds of its own";
    cycle.related.push_back({event(event_index).span, "it leads back to this event"});
    draft_.diagnostics.add(std::move(cycle));
  }

  Draft& draft_;
  std::vector<State> state_;
};

}  // namespace

void settle(Draft& draft) {
  give_cases(draft);
  warn_of_unjudged(draft);
  give_grounds(draft);
  give_ids(draft);
  settle_mentions(draft);
  Cycles(draft).report();
}

}  // namespace cita::input
