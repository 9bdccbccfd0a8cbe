// By a date that somebody set.
#include <cita/rules/matter.hpp>

#include <algorithm>

namespace cita {

namespace {

class DateSet {
 public:
  explicit DateSet(Matter& matter) : matter_(matter), verdict_(matter.verdict) {}

  bool judge() {
    const TimeRef* due = due_time();
    if (due == nullptr) return false;
    const auto date = matter_.scene.resolve(*due, true);
    const auto set = when_set(date);
    if (!date || !set) return false;
    verdict_.trigger = End{*set, set->event == none ? "the date that was set" : std::string(name(matter_.event(*set).kind))};
    Start begin = matter_.start_at(*set);
    // Made at some time before something: the latest that it can have been picks the edition.
    if (set->moment.is_open_before()) begin = matter_.start_at(at_latest(*set));
    if (!matter_.take(begin) || is_moot(*begin.choice.edition, *set, *date)) return true;
    const Ending end = ending(set->moment);
    decide(*date, end);
    judge_other_dates(*due, end);
    if (!set->certain) matter_.doubt(set->doubt, "whether the date was set");
    return true;
  }

 private:
  const TimeRef* due_time() const {
    const Subject& subject = matter_.subject;
    const auto at = [](const auto& list, int index) -> const auto& { return list[static_cast<std::size_t>(index)]; };
    const std::optional<TimeRef>* due = nullptr;
    if (subject.per == Per::event) due = &at(matter_.incident.events, subject.event).planned;
    if (subject.commitment != none) due = &at(matter_.incident.commitments, subject.commitment).due;
    if (subject.action_item != none) due = &at(matter_.incident.action_items, subject.action_item).due;
    return due == nullptr || !*due ? nullptr : &**due;
  }

  // When the date was set. A promise was made at some time before its date; which edition asks hangs on nothing finer.
  std::optional<Told> when_set(const std::optional<Moment>& date) {
    if (matter_.subject.per == Per::event) return matter_.scene.told(matter_.subject.event);
    if (auto set = first_of(matter_.scene.occurrences(matter_.trigger_kinds(), matter_.subject, Scope::own))) return set;
    if (!date) return std::nullopt;
    Told unknown;
    unknown.moment = Moment::exact(date->is_open_before() ? matter_.scene.as_of() : date->earliest());
    return unknown;
  }

  static Told at_latest(Told set) {
    set.moment = Moment::exact(set.moment.latest());
    return set;
  }

  // Another date in its place, or a closure report and nobody who asks further: nothing is due by this date.
  bool is_moot(const Edition& edition, const Told& set, const Moment& date) {
    if (matter_.subject.per != Per::event) return false;
    if (matter_.is_usurped(set)) return matter_.not_applicable("the CA set it itself, which is not for a CA to do");
    const Truth superseded = is_superseded(set, date), closed = matter_.is_closed_at(edition, set.moment);
    if (superseded == Truth::yes) return matter_.not_applicable("another date was set before this one came");
    if (closed == Truth::yes) return matter_.not_applicable("the closure report was posted, and nobody asked further");
    if (superseded == Truth::unknown)
      matter_.doubt("another date may have taken its place", "the order in which the dates were set");
    if (closed == Truth::unknown)
      matter_.doubt("whether the closure report had ended it is open",
                    "the order of the closure report, the questions and the date that was set");
    return false;
  }

  Truth is_superseded(const Told& set, const Moment& date) {
    const EventKind kind[] = {matter_.event(set).kind};
    Truth any = Truth::no;
    for (const Told& other : matter_.scene.occurrences(kind, Subject{}, Scope::everything))
      if (other.event != set.event)
        any =
            any | (before(set.moment, other.moment) & before(other.moment, date) & (other.certain ? Truth::yes : Truth::unknown));
    return any;
  }

  Ending ending(const Moment& set) {
    Ending end = matter_.ending(set);
    if (!end.done && is_called_complete()) {
      // The file says that it is done, and nobody says when.
      end.done = Told{};
      end.done->moment = Moment::between(open_past, matter_.scene.as_of(), Unit::second);
    }
    return end;
  }

  bool is_called_complete() const {
    const int item = matter_.subject.action_item;
    return item != none && matter_.incident.action_items[static_cast<std::size_t>(item)].status == "Complete";
  }

  void decide(const Moment& date, const Ending& end) {
    // A day that was set is exact, however long it is; what is counted from an event is as coarse as the event.
    const bool is_counted = date.anchor() != 0 || is_counted_from_event();
    if (is_counted) settle(verdict_, Limit::within(Seconds{0}), date, end, matter_.scene.as_of());
    else settle(verdict_, Limit::date(), date.in_units(Unit::second), end, matter_.scene.as_of());
  }

  bool is_counted_from_event() const {
    const TimeRef* due = due_time();
    return due->relative && due->relative->after != none;
  }

  // A date that contradicts its weekday can be read in another way: what stands differently then is open.
  void judge_other_dates(const TimeRef& due, const Ending& end) {
    if (due.relative) return;
    const Verdict main = verdict_;
    for (const Alternative& other : due.stamp.alternatives) {
      verdict_ = main;
      decide(other.moment, end);
      if (verdict_.standing == main.standing) continue;
      verdict_ = main;
      verdict_.standing = Standing::undetermined;
      verdict_.because = "it stands otherwise if " + other.label;
      verdict_.would_decide = "which date was meant";
      return;
    }
    verdict_ = main;
  }

  Matter& matter_;
  Verdict& verdict_;
};

}  // namespace

bool judge_by_date(Matter& matter) { return DateSet(matter).judge(); }

}  // namespace cita
