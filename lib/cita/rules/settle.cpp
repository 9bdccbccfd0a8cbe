#include <cita/rules/settle.hpp>
#include <cita/time/format.hpp>

namespace cita {

namespace {

constexpr Seconds boundary_shown{60};

bool is_coarse(const Moment& moment) { return moment.unit() >= Unit::day; }

void mark_boundary(Verdict& verdict) {
  if (!verdict.margin) return;
  const Seconds nearest = verdict.standing == Standing::breached ? -verdict.margin->most : verdict.margin->least;
  verdict.at_boundary = nearest >= Seconds{0} && nearest < boundary_shown;
}

void undetermined(Verdict& verdict, std::string because, std::string would_decide) {
  verdict.standing = Standing::undetermined;
  verdict.because = std::move(because);
  verdict.would_decide = std::move(would_decide);
}

void decide_by_rounding(Verdict& verdict, const Limit& limit, const Moment& start, const Moment& end, Truth on_time) {
  if (!turns_on_rounding(limit, start, end, on_time)) return;
  verdict.by_rounding = true;
  const Unit unit = std::max(start.unit(), end.unit());
  const Standing other = verdict.standing == Standing::met ? Standing::breached : Standing::met;
  undetermined(verdict,
               "by the bounds " + std::string(name(verdict.standing)) + ", but people round: a " + std::string(name(unit)) +
                   " more or less would make it " + std::string(name(other)),
               "both times more exactly than to the " + std::string(name(unit)));
}

// It happened, and the bounds say when.
void settle_done(Verdict& verdict, const Limit& limit, const Moment& start, const Told& done, const Ending& ending) {
  const Truth on_time = within(limit, start, done.moment);
  verdict.margin = margin(limit, start, done.moment);
  if (on_time == Truth::yes) {
    verdict.standing = Standing::met;
    verdict.because = limit.kind == LimitKind::none ? "done; the document gives no number"
                                                    : "done within the limit by every time that the bounds allow";
  } else if (on_time == Truth::no) {
    verdict.standing = Standing::breached;
    verdict.because = "done after the deadline by every time that the bounds allow";
  } else {
    undetermined(verdict, "the bounds straddle the deadline",
                 "narrower times of " + verdict.trigger->what + " and " + ending.what);
    return;
  }
  decide_by_rounding(verdict, limit, start, done.moment, on_time);
}

// Nobody tells of it as done; what is known is until when it was not.
void settle_open(Verdict& verdict, const Limit& limit, const Moment& start, const Ending& ending, Instant as_of) {
  verdict.still_open = true;
  const std::optional<Moment> due = deadline(limit, start);
  if (!due) {
    verdict.standing = Standing::running;
    verdict.because = "not done; the document gives no number, so it is not late by the clock";
    return;
  }
  // At the deadline itself it can still be done in time.
  if (as_of <= due->earliest()) {
    verdict.standing = Standing::running;
    verdict.margin = margin(limit, start, Moment::exact(as_of));
    verdict.because =
        verdict.announced ? "announced to be missed; the deadline is still to come" : "not done; the deadline is still to come";
    return;
  }
  if (ending.not_before.known()) {
    const Moment undone_until = ending.not_before.moment;
    const std::optional<Elapsed> late = margin(limit, start, undone_until);
    verdict.margin = Elapsed{-unbounded, late->most};
    if (late->most < Seconds{0}) {
      verdict.standing = Standing::breached;
      verdict.approximate = is_coarse(undone_until) && (is_coarse(start) || start.anchor() == undone_until.anchor());
      verdict.because = "not done when the deadline passed: " + ending.not_before.why;
      decide_by_rounding(verdict, limit, start, undone_until, Truth::no);
      return;
    }
  }
  if (as_of < due->latest()) {
    undetermined(verdict, "the deadline lies before or after " + show(as_of) + "; its bounds allow both",
                 "a narrower time of " + verdict.trigger->what);
    return;
  }
  verdict.margin = std::nullopt;
  undetermined(verdict, "no account tells of " + ending.what + ", and none is complete in this respect",
               "whether and when " + ending.what + " happened");
}

}  // namespace

bool turns_on_rounding(const Limit& limit, const Moment& start, const Moment& end, Truth decided) {
  const auto flips = [&](const Moment& from, const Moment& to) { return within(limit, from, to) != decided; };
  const auto moved = [](const Moment& moment, int units) { return moment.shifted(longest(moment.unit()) * units); };
  if (limit.kind == LimitKind::none || decided == Truth::unknown) return false;
  // Where one end is counted from the other, or both from one event, how that was rounded cancels out.
  if (start.anchor() != 0 && start.anchor() == end.anchor()) return false;
  // An end that is counted from the start moves with it.
  const bool move_together = start.anchor() != 0 && start.anchor() == end.anchor();
  if (!move_together && start.unit() != Unit::second && (flips(moved(start, 1), end) || flips(moved(start, -1), end)))
    return true;
  return end.unit() != Unit::second && (flips(start, moved(end, 1)) || flips(start, moved(end, -1)));
}

void settle(Verdict& verdict, const Limit& limit, const Moment& start, const Ending& ending, Instant as_of) {
  verdict.deadline = deadline(limit, start);
  if (ending.done && ending.done->certain) {
    verdict.discharge = End{*ending.done, ending.what};
    settle_done(verdict, limit, start, *ending.done, ending);
  } else if (ending.done && within(limit, start, ending.done->moment) != Truth::no) {
    verdict.discharge = End{*ending.done, ending.what};
    verdict.margin = margin(limit, start, ending.done->moment);
    undetermined(verdict, "it may not count: " + ending.done->doubt, "whether " + ending.what + " counts");
  } else if (ending.done) {
    // Even if it counts it came too late, and nothing before it counts for sure: later than that is not known either.
    Ending without = ending;
    Scene::NotBefore& bound = without.not_before;
    if (!bound.known() || ending.done->moment.earliest() < bound.moment.earliest())
      bound = {ending.done->moment, "what there is came later, and may not even count", ending.done->event};
    settle_open(verdict, limit, start, without, as_of);
  } else {
    settle_open(verdict, limit, start, ending, as_of);
  }
  mark_boundary(verdict);
}

}  // namespace cita
