// Again at least every so often, until a stop.
//
// The series is walked once: each post ends one stretch and begins the next; a closure report or a stop ends the last one,
// a question after the closure report or a reopened bug begins another. It is walked twice when some of what is told may
// not count: where the two differ, nothing is decided.
#include <cita/rules/matter.hpp>

#include <algorithm>
#include <tuple>

namespace cita {

namespace {

/// Something on the way of a series.
struct Mark {
  enum class Kind : std::uint8_t { post, closure, stop, question, reopening };
  Kind kind = Kind::post;
  Told told;
};

/// One walk along a series.
struct Walk {
  std::vector<Cycle> cycles;
  bool is_open_edition = false;  ///< a stretch began when two editions could have been in force
  bool is_open_end = false;      ///< whether a question came after the closure report, or a bug was reopened after it was closed
  bool any_edition = false;
  std::optional<Moment> deadline;
  const Edition* last_edition = nullptr;
};

class Series {
 public:
  explicit Series(Matter& matter) : matter_(matter), verdict_(matter.verdict) {}

  bool judge() {
    const auto begin = matter_.first_trigger(matter_.trigger_kinds());
    if (!begin) return false;
    verdict_.trigger = End{*begin, matter_.what_started(*begin, matter_.trigger_kinds())};
    collect(*begin);
    Walk all = walk(*begin, marks_);
    if (!all.any_edition) return not_in_force(*begin);
    const Edition* edition = sum_up(all);
    if (!matter_.take({{edition, all.is_open_edition}, begins(edition, *begin, all)})) return true;
    if (all.is_open_end)
      matter_.doubt("a question may have come after the closure report, or the bug have been reopened after it was closed",
                    "the order of the two");
    compare_certain(*begin, all);
    compare_relief(*begin, all);
    if (!begin->certain) matter_.doubt(begin->doubt, "whether and when the clock started");
    return true;
  }

 private:
  bool not_in_force(const Told& begin) {
    matter_.take(matter_.start_at(begin));
    return true;
  }

  // ---- what there is on the way

  void add(std::span<const EventKind> kinds, Mark::Kind kind, Role role = Role::end) {
    for (Told& told : matter_.events(kinds, role, Scope::everything)) add(std::move(told), kind);
  }
  void add(Told told, Mark::Kind kind) { marks_.push_back({kind, std::move(told)}); }

  void collect(const Told& begin) {
    std::vector<Told> posts = matter_.events(matter_.discharge_kinds(), Role::end, Scope::everything);
    std::erase_if(posts, [&begin](const Told& post) { return post.event == begin.event; });
    drop_before(posts, begin.moment);
    for (Told& post : posts) {
      const bool is_closure = matter_.event(post).kind == EventKind::closure_requested;
      add(std::move(post), is_closure ? Mark::Kind::closure : Mark::Kind::post);
    }
    const EventKind asked[] = {EventKind::question_asked}, reopened[] = {EventKind::bug_reopened};
    add(asked, Mark::Kind::question);
    add(reopened, Mark::Kind::reopening);
    collect_stops();
    // What may have come before the series began may not belong to it.
    for (Mark& mark : marks_)
      if (before(mark.told.moment, begin.moment) == Truth::unknown)
        mark.told.may_not_count("it may have come before the series began");
    std::stable_sort(marks_.begin(), marks_.end(), [](const Mark& a, const Mark& b) {
      const Moment &first = a.told.moment, &second = b.told.moment;
      return std::tuple(first.earliest(), first.latest(), a.kind) < std::tuple(second.earliest(), second.latest(), b.kind);
    });
  }

  // A revocation stops a series when it was the last one.
  void collect_stops() {
    std::vector<EventKind> ends, others;
    for (const EventKind kind : matter_.stop_kinds()) (is_revocation(kind) ? ends : others).push_back(kind);
    add(others, Mark::Kind::stop);
    if (ends.empty()) return;
    if (auto last = last_revocation(ends)) add(std::move(*last), Mark::Kind::stop);
  }

  // When the last of the sets of certificates was revoked. A revocation of "the incident" may leave out a set that tells of
  // none itself.
  std::optional<Told> last_revocation(std::span<const EventKind> kinds) {
    auto whole = first_revocation(kinds, incident_itself());
    std::optional<Told> last;
    bool all_told = true;
    for (const Subject& set : sets_of_certificates()) {
      auto revoked = first_revocation(kinds, set);
      if (!revoked) all_told = false;
      else if (!last || last->moment.latest() < revoked->moment.latest()) last = std::move(revoked);
    }
    if (all_told && last) return last;
    if (whole && !all_told) whole->may_not_count("whether it left nothing to be revoked is not told");
    return whole;
  }

  // Of all certificates that the set has.
  std::optional<Told> first_revocation(std::span<const EventKind> kinds, const Subject& set) {
    std::vector<Told> all = matter_.scene.occurrences(kinds, set, Scope::own);
    std::erase_if(all, [&](Told& told) {
      const Truth withdrawn = matter_.scene.is_withdrawn(told);
      if (withdrawn == Truth::unknown) told.may_not_count("whether it was withdrawn is not certain");
      return withdrawn == Truth::yes || !matter_.tells_of_all(told, set);
    });
    for (const auto& more : {matter_.counts_of_all(set, Scope::own, kinds), matter_.expiries(set, Scope::own, kinds)})
      all.insert(all.end(), more.begin(), more.end());
    return first_of(std::move(all));
  }

  // Events of the incident itself, and not of a case or a cohort.
  static Subject incident_itself() {
    Subject whole;
    whole.per = Per::certificates;
    return whole;
  }

  std::vector<Subject> sets_of_certificates() const {
    std::vector<Subject> sets;
    const auto is_concerned = [this](const Subject& subject, const CertificateSet& certificates) {
      return !certificates.grounds.empty() || certificates.total() ||
             std::any_of(matter_.incident.events.begin(), matter_.incident.events.end(), [&](const Event& event) {
               return belongs(event, subject) &&
                      (is_revocation(event.kind) || event.kind == EventKind::revocation_partial ||
                       event.kind == EventKind::revocation_planned || event.kind == EventKind::delay_announced);
             });
    };
    const auto add_set = [&](int in_case, int cohort, const CertificateSet& certificates) {
      Subject set = incident_itself();
      set.in_case = in_case;
      set.cohort = cohort;
      if (is_concerned(set, certificates)) sets.push_back(set);
    };
    for (std::size_t i = 0; i < matter_.incident.cases.size(); ++i)
      add_set(static_cast<int>(i), none, matter_.incident.cases[i].certificates);
    for (std::size_t i = 0; i < matter_.incident.cohorts.size(); ++i)
      add_set(none, static_cast<int>(i), matter_.incident.cohorts[i].certificates);
    return sets;
  }

  // ---- the walk

  enum class State : std::uint8_t { running, closed, stopped };

  Walk walk(const Told& begin, const std::vector<Mark>& marks) {
    Walk result;
    Moment anchor = begin.moment;
    State state = State::running;
    for (const Mark& mark : marks) {
      const Moment& when = mark.told.moment;
      const Truth is_before = before(when, anchor);
      if (is_before == Truth::yes) continue;
      switch (mark.kind) {
        case Mark::Kind::post:
        case Mark::Kind::closure:
          if (state != State::running) break;
          // Of two posts of one day either may be the last; there is no stretch between them.
          if (is_before == Truth::no) add_cycle(result, anchor, when);
          anchor = is_before == Truth::unknown ? later(anchor, when) : when;
          if (mark.kind != Mark::Kind::closure || !stops_at_closure(when)) break;
          state = State::closed;
          result.is_open_end |= may_follow(marks, Mark::Kind::question, when);
          break;
        case Mark::Kind::stop:
          if (state == State::running) add_last_cycle(result, anchor, when);
          anchor = when;
          state = State::stopped;
          result.is_open_end |= may_follow(marks, Mark::Kind::reopening, when);
          break;
        case Mark::Kind::question:
          if (state != State::closed || matter_.event(mark.told).by == Actor::ca) break;
          if (before(anchor, when) != Truth::yes) break;
          anchor = when;
          state = State::running;
          break;
        case Mark::Kind::reopening:
          if (state != State::stopped) break;
          anchor = when;
          state = State::running;
          break;
      }
    }
    if (state == State::running) add_cycle(result, anchor, std::nullopt);
    return result;
  }

  // Whether it is open if something came after an end.
  static bool may_follow(const std::vector<Mark>& marks, Mark::Kind kind, const Moment& end) {
    return std::any_of(marks.begin(), marks.end(),
                       [&](const Mark& mark) { return mark.kind == kind && before(end, mark.told.moment) == Truth::unknown; });
  }

  bool stops_at_closure(const Moment& when) const {
    const EditionChoice choice = matter_.edition_at(when);
    if (choice.edition == nullptr) return false;
    return choice.edition->closure_stops || (takes_disputed_relief_ && choice.edition->closure_disputed);
  }

  void add_cycle(Walk& walk, const Moment& from, const std::optional<Moment>& to) {
    const EditionChoice choice = matter_.edition_at(from);
    if (choice.edition == nullptr || matter_.is_bound(from) == Truth::no) return;
    walk.any_edition = true;
    walk.is_open_edition = walk.is_open_edition || choice.is_open;
    const Limit& limit = choice.edition->limit;
    const Moment anchor = suspended(from, *choice.edition);
    Verdict cycle;
    cycle.trigger = verdict_.trigger;
    Ending end;
    end.what = joined(matter_.discharge_kinds(), "or");
    if (to) {
      end.done = Told{};
      end.done->moment = *to;
    } else {
      end.not_before = matter_.scene.not_before(matter_.discharge_kinds(), Subject{});
    }
    settle(cycle, limit, anchor, end, matter_.scene.as_of());
    // A gap between two told posts is only a gap when somebody would tell of those between.
    const auto due = deadline(limit, anchor);
    if (to && due && cycle.standing == Standing::breached &&
        !matter_.scene.complete_for(matter_.discharge_kinds(), due->latest()))
      cycle.standing = Standing::undetermined;
    walk.cycles.push_back({anchor, to, cycle.standing, cycle.margin, choice.edition});
    if (to) return;
    walk.deadline = cycle.deadline;
  }

  // A stop within the limit leaves nothing to post.
  void add_last_cycle(Walk& walk, const Moment& from, const Moment& stop) {
    const EditionChoice choice = matter_.edition_at(from);
    if (choice.edition == nullptr || matter_.is_bound(from) == Truth::no) return;
    walk.any_edition = true;
    walk.last_edition = choice.edition;
    if (within(choice.edition->limit, suspended(from, *choice.edition), stop) != Truth::yes) add_cycle(walk, from, stop);
  }

  // A recorded Next update date replaces the cadence until that day is over; the date that was set last counts.
  Moment suspended(const Moment& anchor, const Edition& edition) {
    if (!edition.next_update_suspends) return anchor;
    Moment result = anchor;
    for (const NextUpdate& each : next_updates()) {
      const auto due = deadline(edition.limit, result);
      if (!due || before(each.set, *due) == Truth::no) continue;
      const Moment until = later(anchor, Moment::exact(each.until));
      // A date in place of another counts from when it was set; which was set last may be open.
      const bool is_open =
          each.is_order_open || before(each.set, result) == Truth::unknown || before(each.set, *due) == Truth::unknown;
      result = is_open ? hull(result, until) : later(until, earlier(result, each.set));
    }
    return result;
  }

  struct NextUpdate {
    Moment set;
    Instant until;
    bool is_order_open = false;  ///< another one may have been set before or after it
  };

  std::vector<NextUpdate> next_updates() {
    std::vector<NextUpdate> all;
    const EventKind set[] = {EventKind::next_update_set};
    for (const Told& each : matter_.scene.occurrences(set, Subject{}, Scope::everything)) {
      if (matter_.is_usurped(each)) continue;
      const auto& planned = matter_.event(each).planned;
      const auto date = planned ? matter_.scene.resolve(*planned, true) : std::nullopt;
      if (date) all.push_back({each.moment, date->latest()});
    }
    for (NextUpdate& a : all)
      a.is_order_open = std::any_of(all.begin(), all.end(), [&a](const NextUpdate& b) {
        return &a != &b && before(a.set, b.set) != Truth::yes && before(b.set, a.set) != Truth::yes;
      });
    std::stable_sort(all.begin(), all.end(),
                     [](const NextUpdate& a, const NextUpdate& b) { return a.set.earliest() < b.set.earliest(); });
    return all;
  }

  static Moment hull(const Moment& a, const Moment& b) {
    return Moment::between(std::min(a.earliest(), b.earliest()), std::max(a.latest(), b.latest()), std::max(a.unit(), b.unit()));
  }

  // ---- the sum

  static const Cycle* worst(const std::vector<Cycle>& cycles, Standing standing) {
    const auto is_worse = [](const Cycle& a, const Cycle& b) {
      // A breach of a MUST is worse than any of what is only asked for.
      const bool a_must = a.edition != nullptr && is_must(a.edition->level),
                 b_must = b.edition != nullptr && is_must(b.edition->level);
      if (a.standing == Standing::breached && a_must != b_must) return a_must;
      if (a.margin.has_value() != b.margin.has_value()) return a.margin.has_value();
      return a.margin && a.margin->most < b.margin->most;
    };
    const Cycle* found = nullptr;
    for (const Cycle& cycle : cycles)
      if (cycle.standing == standing && (found == nullptr || is_worse(cycle, *found))) found = &cycle;
    return found;
  }

  static Standing standing_of(const std::vector<Cycle>& cycles) {
    for (const Standing standing : {Standing::breached, Standing::undetermined, Standing::running})
      if (worst(cycles, standing) != nullptr) return standing;
    return Standing::met;
  }

  // Sets the standing, and returns the edition of the stretch that it rests on.
  const Edition* sum_up(const Walk& walk) {
    verdict_.cycles = walk.cycles;
    verdict_.deadline = walk.deadline;
    verdict_.standing = standing_of(walk.cycles);
    const Cycle* decisive = worst(walk.cycles, verdict_.standing);
    const std::string all = std::to_string(walk.cycles.size());
    const auto count =
        std::count_if(walk.cycles.begin(), walk.cycles.end(), [this](const Cycle& c) { return c.standing == verdict_.standing; });
    if (decisive != nullptr && verdict_.standing != Standing::undetermined) {
      verdict_.margin = decisive->margin;
      verdict_.still_open = !decisive->to;
    }
    switch (verdict_.standing) {
      case Standing::breached:
        verdict_.because = std::to_string(count) + " of " + all + " intervals were longer than the limit";
        break;
      case Standing::running: verdict_.because = "the next update is still to come"; break;
      case Standing::met:
        verdict_.because =
            walk.cycles.empty() ? "it ended before the first update was due" : "all " + all + " intervals were within the limit";
        break;
      case Standing::undetermined:
        verdict_.because = std::to_string(count) + " of " + all + " intervals cannot be decided";
        verdict_.would_decide = "the times of all updates, from an account that is complete in this respect";
        break;
    }
    return decisive != nullptr ? decisive->edition : walk.last_edition;
  }

  // The start of the stretch that decides: its edition has to be in force and bind then.
  Told begins(const Edition* edition, const Told& begin, const Walk& walk) const {
    const Cycle* decisive = worst(walk.cycles, verdict_.standing);
    Told start = begin;
    if (decisive != nullptr) start.moment = decisive->from;
    else if (edition != nullptr && before(begin.moment, Moment::exact(edition->in_force.from)) == Truth::yes)
      start.moment = Moment::exact(edition->in_force.from);
    return start;
  }

  // What is told and may not count decides nothing.
  void compare_certain(const Told& begin, const Walk& all) {
    std::vector<Mark> certain;
    std::copy_if(marks_.begin(), marks_.end(), std::back_inserter(certain), [](const Mark& mark) { return mark.told.certain; });
    if (certain.size() == marks_.size()) return;
    const Standing without = standing_of(walk(begin, certain).cycles);
    if (without == standing_of(all.cycles)) return;
    verdict_.standing = Standing::undetermined;
    verdict_.because = "it stands otherwise if what may not count does not";
    verdict_.would_decide = "which of the posts count";
  }

  // Where a text has no relief after a closure report, and nobody wanted it kept then, what rests on it alone is open.
  void compare_relief(const Told& begin, const Walk& all) {
    takes_disputed_relief_ = true;
    const Standing with = standing_of(walk(begin, marks_).cycles);
    takes_disputed_relief_ = false;
    if (with != standing_of(all.cycles))
      matter_.doubt("the text has no relief after a closure report, but those who enforce it did not want updates then",
                    "whether updates were due after the closure report");
  }

  Matter& matter_;
  Verdict& verdict_;
  std::vector<Mark> marks_;
  bool takes_disputed_relief_ = false;
};

}  // namespace

bool judge_recur(Matter& matter) { return Series(matter).judge(); }

}  // namespace cita
