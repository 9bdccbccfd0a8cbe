#include <cita/base/text.hpp>
#include <cita/output/due.hpp>
#include <cita/output/people.hpp>
#include <cita/output/result.hpp>
#include <cita/time/format.hpp>
#include <cita/time/zone.hpp>
#include <cita/version.hpp>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <map>

namespace cita {

namespace {

using Json = nlohmann::ordered_json;

// What one view leaves to be done.
struct OpenEnd {
  Standing standing = Standing::running;
  std::optional<Moment> deadline;  // nothing: the document gives no number
};

// A recurring duty goes on with its last stretch, whatever became of those before.
std::optional<OpenEnd> open_end(const Verdict& verdict) {
  if (verdict.applicability == Applicability::not_in_force || verdict.applicability == Applicability::not_applicable)
    return std::nullopt;
  if (!verdict.cycles.empty()) {
    const Cycle& last = verdict.cycles.back();
    if (last.to) return std::nullopt;
    return OpenEnd{last.standing, verdict.deadline};
  }
  const bool may_not_count = verdict.standing == Standing::undetermined && verdict.discharge && !verdict.discharge->told.certain;
  if (!verdict.still_open && !may_not_count) return std::nullopt;
  return OpenEnd{verdict.standing, verdict.deadline};
}

Moment hull(const Moment& a, const Moment& b) {
  return Moment::between(std::min(a.earliest(), b.earliest()), std::max(a.latest(), b.latest()), std::max(a.unit(), b.unit()));
}

// What the views together leave open: each adds its deadline, and that they differ makes it undetermined.
class Openness {
 public:
  void add(const Verdict& verdict) {
    const auto end = open_end(verdict);
    if (!end) {
      all_open_ = false;
      return;
    }
    all_running_ = all_running_ && end->standing == Standing::running;
    all_late_ = all_late_ && end->standing == Standing::breached;
    if (end->deadline) deadline_ = deadline_ ? hull(*deadline_, *end->deadline) : *end->deadline;
    any_ = true;
  }
  bool any() const { return any_; }
  void doubt() { all_open_ = false; }
  DueState state() const {
    if (all_open_ && all_late_) return DueState::overdue;
    return all_open_ && all_running_ ? DueState::running : DueState::undetermined;
  }
  Moment deadline() const { return deadline_.value_or(Moment()); }

 private:
  bool any_ = false, all_open_ = true, all_running_ = true, all_late_ = true;
  std::optional<Moment> deadline_;
};

// By the default readings; what only another reading asks for is open to doubt.
Openness openness(const Judgement& judgement) {
  Openness result;
  const auto is_default = [](const ViewVerdict& view) { return view.default_readings; };
  const bool has_default = std::any_of(judgement.views.begin(), judgement.views.end(), is_default);
  for (const ViewVerdict& view : judgement.views)
    if (!has_default || is_default(view)) result.add(view.verdict);
  if (!has_default || judgement.applicability == Applicability::undetermined) result.doubt();
  return result;
}

// Whoever asked is owed the answer.
std::string to_whom(const Subject& subject, const Incident& incident) {
  if (subject.addressee) return std::string(called(*subject.addressee));
  if (subject.question == none) return {};
  return "the " + std::string(name(incident.questions[static_cast<std::size_t>(subject.question)].by));
}

bool is_judged(const Judgement& judgement) {
  return !judgement.suppressed && judgement.applicability != Applicability::not_in_force &&
         judgement.applicability != Applicability::not_applicable;
}

}  // namespace

std::string_view name(DueState state) {
  constexpr std::string_view names[] = {"overdue", "running", "undetermined"};
  return names[static_cast<std::size_t>(state)];
}

Elapsed Due::remaining(Instant as_of) const { return elapsed(Moment::exact(as_of), deadline); }

std::vector<Due> due_in(const Assessment& assessment, const Incident& incident, const std::string& file) {
  std::vector<Due> all;
  for (const Judgement& each : assessment.judgements) {
    if (!is_judged(each)) continue;
    const Openness open = openness(each);
    if (!open.any()) continue;
    const Verdict& verdict = each.shown();
    Due due;
    due.state = open.state();
    due.deadline = open.deadline();
    // Undetermined with a deadline that is past, or none: there is nothing to wait for.
    if (due.state == DueState::undetermined && (!due.has_deadline() || due.deadline.latest() < assessment.as_of)) continue;
    due.file = file;
    due.incident = incident.title;
    due.bug = incident.bug;
    due.rule = each.duty->id;
    due.title = each.duty->title;
    due.citation = full_citation(verdict);
    due.subject = subject_words(each, incident);
    due.who = each.duty->who;
    due.to_whom = to_whom(each.subject, incident);
    due.level = each.level;
    if (!due.level && verdict.edition != nullptr) due.level = verdict.edition->level;
    due.governing = each.governing;
    due.contested_earlier = each.contested_earlier;
    due.announced = verdict.announced;
    due.counts = !verdict.advisory && !each.is_draft();
    if (due.state == DueState::undetermined) {
      due.because = why_open(each);
      if (!each.depends_text.empty()) due.because += (due.because.empty() ? "" : "; ") + each.depends_text;
    }
    due.identity = subject_fingerprint(each, incident);
    all.push_back(std::move(due));
  }
  return all;
}

void sort_by_deadline(std::vector<Due>& all) {
  const auto at = [](const Due& due) { return due.has_deadline() ? due.deadline.earliest() : open_future; };
  std::stable_sort(all.begin(), all.end(), [&](const Due& a, const Due& b) {
    if (at(a) != at(b)) return at(a) < at(b);
    return a.governing && !b.governing;
  });
  std::map<std::string, int> seen;
  for (Due& each : all)
    if (const int before = seen[each.identity]++; before > 0)
      each.identity = fingerprint_of({each.identity, std::to_string(before)});
}

bool is_pressing(const Due& due, const DueRun& run) {
  if (!due.has_deadline()) return false;
  return due.state == DueState::overdue || due.deadline.earliest() <= run.as_of + run.within;
}

bool fails(const Due& due, const DueRun& run) {
  if (run.fail_on == FailOn::never || !due.counts || !is_pressing(due, run)) return false;
  if (due.state == DueState::undetermined) return run.fail_on == FailOn::undetermined;
  if (run.fail_on >= FailOn::should || !due.level) return run.fail_on >= FailOn::should;
  return is_must(*due.level) || (run.fail_on == FailOn::expected && is_expected(*due.level));
}

namespace {

std::string counted(std::size_t number, std::string_view what) { return fmt::format("{} {}", number, what); }

}  // namespace

std::string show_in(const Moment& moment, const std::string& zone) {
  const auto on_its_clock = [&zone](Instant instant) {
    const auto local = instant <= open_past || instant >= open_future ? std::nullopt : to_local(instant, zone);
    return local ? Instant{local->time_since_epoch()} : instant;
  };
  // At the end of summer time the later end can show an earlier hour.
  const Instant from = on_its_clock(moment.earliest()), to = on_its_clock(moment.latest());
  std::string text = from <= to ? show(Moment::between(from, to, moment.unit())) : show(from) + " … " + show(to);
  constexpr std::string_view utc = " UTC";
  for (std::size_t at = 0; (at = text.find(utc, at)) != std::string::npos;) text.replace(at, utc.size(), "");
  return text + " " + zone;
}

std::string remaining_words(const Due& due, Instant as_of) {
  if (!due.has_deadline()) return {};
  const Elapsed left = due.remaining(as_of);
  const auto range = [](Seconds from, Seconds to) {
    if (to >= unbounded) return show_amount(from) + " or more";
    return from == to ? show_amount(from) : show_amount(from) + " … " + show_amount(to);
  };
  if (due.state == DueState::overdue) return range(-left.most, -left.least) + " late, still open";
  if (left.least >= Seconds{0}) return "due in " + range(left.least, left.most);
  return "late by up to " + show_amount(-left.least) + ", or due in up to " + show_amount(left.most);
}

std::string owes_words(const Due& due) {
  std::string text = "the " + due.who + " owes it";
  if (!due.to_whom.empty()) text += " to " + due.to_whom;
  return text;
}

namespace {

Colour colour_of(const Due& due, const DueRun& run) {
  if (due.state == DueState::undetermined) return Colour::blue;
  if (due.state == DueState::overdue) return due.level && is_must(*due.level) ? Colour::red : Colour::yellow;
  return is_pressing(due, run) ? Colour::yellow : Colour::bold;
}

std::string heading(const Due& due, const DueRun& run, const TextStyle& style) {
  std::string state(name(due.state));
  if (due.announced) state += ", announced to be missed";
  std::string rest = due.has_deadline() ? show(due.deadline) + " — " + remaining_words(due, run.as_of)
                                        : std::string("the document gives no number");
  std::string out;
  for (const std::string& line : text::wrapped(state + ": " + rest, style.width - 4)) {
    if (out.empty() && line.starts_with(state)) out += coloured(state, colour_of(due, run), style) + line.substr(state.size());
    else out += (out.empty() ? "" : "    ") + line;
    out += "\n";
  }
  return out;
}

std::string entry(const Due& due, const DueRun& run, const TextStyle& style) {
  std::string out = heading(due, run, style);
  const auto note = [&](std::string_view label, const std::string& text) {
    if (!text.empty()) out += note_line(label, text::shown(text), style);
  };
  note("what", due.title + (due.subject.empty() ? "" : ", " + due.subject) + ": " + owes_words(due));
  note("rule", due.rule + ": " + due.citation + (due.level ? " (" + std::string(name(*due.level)) + ")" : ""));
  if (due.has_deadline() && !run.zone.empty()) note("local", show_in(due.deadline, run.zone));
  if (due.governing) note("governs", "the earliest deadline that is not disputed");
  if (due.contested_earlier) note("contested", "earlier than the deadline that governs, but it hangs on an open question");
  if (!due.counts) note("counts not", "a draft, or a fact about the document is not certain");
  note("because", due.because);
  note("in", (due.incident.empty() ? due.file : due.incident) + (due.bug ? " (bug " + std::to_string(*due.bug) + ")" : ""));
  return out;
}

std::string summary(const DueRun& run, const std::vector<Due>& all) {
  std::size_t overdue = 0, soon = 0, open = 0;
  for (const Due& each : all) {
    overdue += each.state == DueState::overdue ? 1 : 0;
    open += each.state == DueState::undetermined ? 1 : 0;
    soon += each.state == DueState::running && is_pressing(each, run) ? 1 : 0;
  }
  std::string text = all.empty() ? "nothing is due" : counted(overdue, "overdue") + ", " + counted(soon, "due within ");
  if (!all.empty()) text += show_amount(run.within) + ", " + counted(open, "undetermined, ") + counted(all.size(), "in all");
  return text;
}

}  // namespace

std::string due_text(const DueRun& run, const std::vector<Due>& all, const TextStyle& style) {
  std::string out = coloured(summary(run, all), Colour::bold, style) + "\n" +
                    coloured("as of " + show(run.as_of) + " (" + run.as_of_origin + ")", Colour::dim, style) + "\n";
  for (const Due& each : all) out += "\n" + entry(each, run, style);
  return out;
}

namespace {

Json side(Instant instant) { return instant <= open_past || instant >= open_future ? Json() : Json(rfc3339(instant)); }
Json amount(Seconds seconds) { return seconds <= -unbounded || seconds >= unbounded ? Json() : Json(seconds.count()); }

Json deadline_json(const Due& due, const DueRun& run) {
  if (!due.has_deadline()) return {};
  return {{"earliest", side(due.deadline.earliest())},
          {"latest", side(due.deadline.latest())},
          {"local", run.zone.empty() ? Json() : Json(show_in(due.deadline, run.zone))}};
}

Json as_json(const Due& due, const DueRun& run) {
  const Elapsed left = due.remaining(run.as_of);
  return {{"state", name(due.state)},
          {"deadline", deadline_json(due, run)},
          {"remaining", due.has_deadline() ? Json{{"least", amount(left.least)}, {"most", amount(left.most)}} : Json()},
          {"remaining_text", remaining_words(due, run.as_of)},
          {"pressing", is_pressing(due, run)},
          {"fails", fails(due, run)},
          {"title", due.title},
          {"subject", due.subject},
          {"who", due.who},
          {"to_whom", due.to_whom.empty() ? Json() : Json(due.to_whom)},
          {"duty", due.rule},
          {"citation", due.citation},
          {"level", due.level ? Json(level_keys()[static_cast<std::size_t>(*due.level)]) : Json()},
          {"governing", due.governing},
          {"contested_earlier", due.contested_earlier},
          {"announced", due.announced},
          {"counts", due.counts},
          {"because", due.because},
          {"identity", due.identity},
          {"file", due.file},
          {"incident", due.incident},
          {"bug", due.bug ? Json(*due.bug) : Json()}};
}

Json as_json(const DueFile& file) {
  Json problems = Json::array();
  for (const Diagnostic& each : file.diagnostics.all())
    if (each.severity == Severity::error)
      problems.push_back({{"place", each.span ? Json(place(each.span)) : Json()}, {"message", each.message}});
  return {{"file", file.file}, {"readable", file.readable}, {"problems", problems}};
}

}  // namespace

std::string due_json(const DueRun& run, const std::vector<Due>& all, const std::vector<DueFile>& files) {
  Json json = {{"format", "json-v1"},          {"cita", version},
               {"as_of", rfc3339(run.as_of)},  {"as_of_origin", run.as_of_origin},
               {"profile", name(run.profile)}, {"zone", run.zone.empty() ? "UTC" : run.zone},
               {"within", run.within.count()}, {"due", Json::array()},
               {"files", Json::array()}};
  for (const Due& each : all) json["due"].push_back(as_json(each, run));
  for (const DueFile& each : files) json["files"].push_back(as_json(each));
  return json.dump(2, ' ', true, Json::error_handler_t::replace) + "\n";
}

}  // namespace cita
