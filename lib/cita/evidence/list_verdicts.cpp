#include <cita/evidence/list_verdicts.hpp>
#include <cita/policy/report_template.hpp>
#include <cita/time/format.hpp>

#include <algorithm>
#include <limits>

namespace cita::evidence {

namespace {

constexpr std::size_t duplicates_kept = 100;
constexpr std::size_t most_candidates = 64;  // each row is judged for each of them
constexpr std::uint64_t most_counted = std::numeric_limits<std::int64_t>::max();

std::string joined(const std::vector<std::string>& all, std::string_view last_link) {
  std::string text;
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (i > 0) text += i + 1 == all.size() ? last_link : std::string_view(", ");
    text += all[i];
  }
  return text;
}

// "the list first.csv", "the 12 lists"
std::string called(const std::vector<std::string>& files) {
  constexpr std::size_t most_named = 3;
  if (files.size() > most_named) return "the " + std::to_string(files.size()) + " lists";
  return (files.size() == 1 ? "the list " : "the lists ") + joined(files, " and ");
}

// "the list first.csv shows", "the 12 lists show"
std::string called_to_show(const std::vector<std::string>& files) {
  return called(files) + (files.size() == 1 ? " shows" : " show");
}

bool has_standing(const Judgement& judgement, Standing standing) {
  return judgement.applicability == Applicability::applies && judgement.standing == standing;
}

// What the events tell, and where.
std::string told_by_events(const Judgement& judgement, const Incident& incident) {
  const auto& done = judgement.shown().discharge;
  std::string teller = "the events tell";
  if (done && done->told.event != none) {
    const Event& event = incident.events[static_cast<std::size_t>(done->told.event)];
    teller = "the event " + event.id;
    if (event.span)
      teller += " (" + event.span.source->name() + ":" + std::to_string(event.span.source->position(event.span.begin).line) + ")";
    teller += " tells";
  }
  return teller + (judgement.standing == Standing::met ? " that it was met" : " of no revocation in time");
}

void set_open(Verdict& verdict, const std::string& because, const std::string& would_decide) {
  verdict.standing = Standing::undetermined;
  verdict.because = because;
  verdict.would_decide = would_decide;
}

class Holder {
 public:
  Holder(const Incident& incident, Assessment& assessment, const IncidentLists& lists)
      : incident_(incident), assessment_(assessment), lists_(lists), scene_(incident, nobody_, lists.as_of()) {}

  ListVerdicts all() {
    result_.files = lists_.files();
    result_.rows = lists_.reading().rows;
    const auto& groups = lists_.grouping().groups();
    for (std::size_t i = 0; i < groups.size(); ++i) {
      if (lists_.tally().groups()[i].rows == 0) continue;
      if (static_cast<int>(i) == lists_.grouping().mixed()) continue;
      for (std::size_t k = 0; k < groups[i].clocks.size(); ++k) hold(i, k);
      for (std::size_t k = 0; k < groups[i].publications.size(); ++k) hold_publication(i, k);
    }
    hold_mixed();
    hold_candidates();
    std::sort(result_.all.begin(), result_.all.end(),
              [](const ListVerdict& a, const ListVerdict& b) { return a.judgement < b.judgement; });
    if (!no_longer_missed_.empty()) doubt_what_followed();
    return std::move(result_);
  }

 private:
  Judgement& judgement(const RevocationClock& clock) { return assessment_.judgements[static_cast<std::size_t>(clock.judgement)]; }

  // The lists that a group's rows may stand in.
  std::vector<std::string> files_of(std::size_t group) const {
    std::vector<std::string> own;
    for (std::size_t i = 0; i < lists_.files().size(); ++i)
      if (lists_.grouping().may_have_any_of(group, static_cast<std::uint32_t>(i))) own.push_back(lists_.files()[i]);
    return own;
  }

  // "first.csv:4": where the first of these rows stands; empty where there is none.
  template <class Row>
  std::string first_place(const std::vector<Row>& rows) const {
    return rows.empty() ? std::string() : lists_.files()[rows.front().file] + ":" + std::to_string(rows.front().line);
  }

  ListVerdict verdict_of(std::size_t group_index, const RevocationClock& clock, const ClockTally& tally) const {
    ListVerdict verdict;
    verdict.judgement = clock.judgement;
    verdict.files = files_of(group_index);
    verdict.rows = rows_of(group_index).rows;
    verdict.are_certificates = lists_.different() == CountRange{lists_.reading().rows, lists_.reading().rows};
    verdict.are_all_readable = are_all_readable();
    for (std::size_t i = 0; i < standing_count; ++i) verdict.standings[i] = tally.count(static_cast<CertificateStanding>(i));
    verdict.median = tally.lateness(50);
    verdict.longest = tally.lateness(100);
    verdict.latest = first_place(tally.worst());
    return verdict;
  }

  // What the list shows as too late, or still to be done, is not met.
  bool hold_met(Judgement& held, ListVerdict& verdict, std::size_t group, const RevocationClock& clock, const ClockTally& tally) {
    const bool is_to_come = verdict.count(CertificateStanding::planned) + verdict.count(CertificateStanding::running) > 0;
    if (!has_standing(held, Standing::met) || (verdict.against() == 0 && !is_to_come)) return false;
    contradict(held, verdict, verdict.against() > 0 ? Standing::breached : Standing::running, group, clock, tally);
    return true;
  }

  // A list tells that a publication was too late, or is to come. That it was in time no list tells.
  void hold_publication(std::size_t group, std::size_t index) {
    const RevocationClock& clock = lists_.grouping().groups()[group].publications[index];
    const ClockTally& tally = rows_of(group).publications[index];
    ListVerdict verdict = verdict_of(group, clock, tally);
    if (hold_met(judgement(clock), verdict, group, clock, tally) || verdict.against() > 0)
      result_.all.push_back(std::move(verdict));
  }

  void hold(std::size_t group_index, std::size_t clock_index) {
    const RevocationClock& clock = lists_.grouping().groups()[group_index].clocks[clock_index];
    const GroupTally& rows = rows_of(group_index);
    const ClockTally& tally = rows.clocks[clock_index];
    ListVerdict verdict = verdict_of(group_index, clock, tally);
    Judgement& held = judgement(clock);
    const bool is_held = hold_met(held, verdict, group_index, clock, tally);
    if (!is_held && are_all_done(rows.rows, tally) && shows_all(group_index) != Truth::no)
      hold_done(held, verdict, group_index, clock_index);
    result_.all.push_back(std::move(verdict));
  }

  // Where nothing is left of all that the file tells of, or of as many as these rows may be.
  void hold_done(Judgement& held, ListVerdict& verdict, std::size_t group, std::size_t clock_index) {
    const RevocationClock& clock = lists_.grouping().groups()[group].clocks[clock_index];
    const ClockTally& tally = rows_of(group).clocks[clock_index];
    const bool is_breached = has_standing(held, Standing::breached);
    if (is_breached && not_late(tally) == verdict.rows) {
      contradict(held, verdict, shows_all(group) == Truth::yes ? Standing::met : Standing::undetermined, group, clock, tally);
      no_longer_missed_.push_back(verdict.judgement);
    } else if (is_breached ? held.shown().still_open : may_not_apply(held)) {
      end_by_list(held, verdict, tally, clock, group);
    } else if (is_breached && tally.done_in_doubt() == 0) {
      end_by_expiry(held, verdict, group, clock_index);
    }
  }

  bool are_all_readable() const { return lists_.reading().unreadable == 0 && !lists_.reading().faults.unread(); }

  // Whether every certificate of the group stands in the lists; where its rows may repeat each other, it may be.
  Truth shows_all(std::size_t group) const {
    const auto& told = lists_.grouping().groups()[group].told_count;
    if (!are_all_readable()) return Truth::no;
    return told ? reaches(different_in(group), *told) : Truth::yes;
  }
  static Truth reaches(const CountRange& found, std::int64_t told) {
    if (told <= static_cast<std::int64_t>(found.least)) return Truth::yes;
    return told <= static_cast<std::int64_t>(std::min<std::uint64_t>(found.most, most_counted)) ? Truth::unknown : Truth::no;
  }

  static std::uint64_t not_late(const ClockTally& tally) {
    return tally.count(CertificateStanding::met) + tally.count(CertificateStanding::expired) +
           tally.count(CertificateStanding::short_lived);
  }
  // Whether nothing is left to be done of so many rows, late or not.
  static bool are_all_done(std::uint64_t rows, const ClockTally& tally) {
    const std::uint64_t done = not_late(tally) + tally.count(CertificateStanding::late) + tally.ended() + tally.done_in_doubt();
    return done == rows && tally.late_in_doubt() == 0;
  }
  // How late the last one was revoked, or expired.
  static std::optional<Elapsed> longest(const ListVerdict& verdict, const ClockTally& tally) {
    if (tally.ended() == 0) return verdict.longest;
    const Elapsed& ended = tally.longest_ended();
    if (!verdict.longest) return ended;
    return Elapsed{std::max(verdict.longest->least, ended.least), std::max(verdict.longest->most, ended.most)};
  }

  // What would be late if it applied, and is still open by the events.
  static bool may_not_apply(const Judgement& held) {
    return held.applicability == Applicability::undetermined && held.shown().still_open && held.shown().margin &&
           held.shown().margin->most < Seconds{0};
  }
  static void forget_lateness(Judgement& held) {
    for (ViewVerdict& each : held.views) {
      each.verdict.margin.reset();
      each.verdict.still_open = false;
    }
    held.margin.reset();
  }

  // What events tell of certificates that were not revoked then: whether surely after all that the list shows, and how late they
  // were at least, by all of these events and by the others.
  struct ToldOpen {
    bool is_after = false;
    Seconds late{0}, late_before{0};
  };
  ToldOpen told_open(const Judgement& held, const ClockTally& tally, const RevocationClock& clock) {
    const auto end = tally.ended() > 0 ? std::nullopt : end_of(tally);
    ToldOpen open;
    const auto add = [&](const Moment& when) {
      const bool is_after = end && before(end->told.moment, when) == Truth::yes;
      open.is_after = open.is_after || is_after;
      if (clock.last_on_time.last >= open_future) return;
      const Seconds late = when.earliest() - clock.last_on_time.last;
      open.late = std::max(open.late, late);
      if (!is_after) open.late_before = std::max(open.late_before, late);
    };
    for (const Told& each : scene_.statements_of_open(EventKind::revocation, held.subject)) add(each.moment);
    // Fewer may be all that were revoked where others expired.
    if (tally.ended() > 0 || tally.count(CertificateStanding::expired) > 0) return open;
    constexpr EventKind recorded[] = {EventKind::revocation};
    for (const Told& each : scene_.occurrences(with_counts(recorded), held.subject, Scope::own))
      if (each.certain && scene_.is_withdrawn(each) == Truth::no && is_of_all(scene_, held.subject, each) == Truth::no)
        add(each.moment);
    return open;
  }

  // Nobody tells of the end but the list. By it all were revoked, too late for some, or at a time that it does not tell.
  void end_by_list(Judgement& held, ListVerdict& verdict, const ClockTally& tally, const RevocationClock& clock,
                   std::size_t group) {
    const ToldOpen open = told_open(held, tally, clock);
    const auto late = longest(verdict, tally);
    if (late || open.late_before > Seconds{0} || open.is_after) return close(held, verdict, tally, open);
    if (may_not_apply(held)) return forget_lateness(held);
    contradict(held, verdict, Standing::undetermined, group, clock, tally);
  }

  // By the list it was breached as well, and less. Who tells that it was open after that has it open still.
  void close(Judgement& held, const ListVerdict& verdict, const ClockTally& tally, const ToldOpen& open) const {
    const auto late = longest(verdict, tally);
    const Elapsed lateness{std::max(open.late_before, late ? late->least : Seconds{0}), unbounded};
    const auto end = end_of(tally);
    const bool is_end_told = end && !end->told.moment.is_open_after() && !end->told.moment.is_open_before();
    const std::string shows = called_to_show(verdict.files);
    for (ViewVerdict& each : held.views) {
      const bool is_late =
          each.verdict.standing == Standing::breached || each.verdict.applicability == Applicability::undetermined;
      if (!each.verdict.still_open || !is_late) continue;
      each.verdict.still_open = open.is_after;
      each.verdict.because += "; " + shows;
      if (is_end_told) each.verdict.because += " the last revocation at " + show(end->told.moment);
      else if (tally.ended() == 0) each.verdict.because += " that nothing is left of them, and does not tell since when";
      if (tally.ended() > 0)
        each.verdict.because += (is_end_told ? ", and " : " ") + std::to_string(tally.ended()) + " that expired without one";
      if (late || open.late_before > Seconds{0}) lessen(each.verdict.margin, lateness);
    }
    if (late || open.late_before > Seconds{0}) lessen(held.margin, lateness);
  }

  bool is_told_of_expiry(const Judgement& held) const {
    const auto& done = held.shown().discharge;
    return done && done->told.event != none &&
           incident_.events[static_cast<std::size_t>(done->told.event)].kind == EventKind::expired;
  }

  static bool is_then(const Bounds& time, const Moment& told) {
    const Bounds maybe = unrounded(time);
    return maybe.first <= told.latest() && maybe.last >= told.earliest();
  }

  // From its end on a certificate needs no revocation: whenever an event tells of that, so late it was at most. Where the list
  // has an earlier last revocation of a valid one it is another telling, and not shorter for that reason.
  void end_by_expiry(Judgement& held, const ListVerdict& verdict, std::size_t group, std::size_t clock_index) const {
    const GroupTally& rows = rows_of(group);
    const ClockTally& tally = rows.clocks[clock_index];
    const Bounds& last_on_time = lists_.grouping().groups()[group].clocks[clock_index].last_on_time;
    const bool are_all = shows_all(group) == Truth::yes;
    const auto& done = held.shown().discharge;
    const bool was_any_valid = verdict.count(CertificateStanding::late) > tally.late_after_end();
    // Who expired in time may be told to be revoked after that as well.
    const auto& last = verdict.count(CertificateStanding::short_lived) > 0 ? tally.last_revoked() : rows.last_revoked;
    const bool has_expired = !was_any_valid || (done && last && is_then(*last, done->told.moment));
    if (!has_expired && !is_told_of_expiry(held)) return;
    const Elapsed lateness = *longest(verdict, tally), margin{-lateness.most, -lateness.least};
    const std::string because = "; by " + called(verdict.files) + " the last of them expired before";
    const auto is_shorter = [&margin](const std::optional<Elapsed>& told) { return told && told->most < margin.least; };
    const bool is_held_shorter = is_shorter(held.margin);
    bool is_exact = true;
    for (ViewVerdict& each : held.views) {
      Verdict& late = each.verdict;
      if (late.standing != Standing::breached || late.still_open || !is_shorter(late.margin)) continue;
      const auto& deadline = late.deadline;
      const bool is_sure = are_all && has_expired && deadline && deadline->earliest() == last_on_time.first &&
                           deadline->latest() == last_on_time.last;
      if (is_sure) late.margin = margin;
      else lessen(late.margin, lateness);
      is_exact = is_exact && is_sure;
      late.because += because;
    }
    if (is_held_shorter && is_exact) held.margin = margin;
    else if (is_held_shorter) lessen(held.margin, lateness);
  }

  static void lessen(std::optional<Elapsed>& margin, const Elapsed& lateness) {
    if (margin) margin->most = std::max(margin->most, -lateness.least);
  }

  // How many certificates the rows of a group are.
  CountRange different_in(std::size_t group) const {
    const std::uint64_t rows = rows_of(group).rows;
    const CountRange all = lists_.different();
    if (rows == lists_.tally().rows()) return {std::min(all.least, rows), std::min(all.most, rows)};
    const CountRange repeated = repeated_in(group);
    return {less(rows, repeated.most), std::min(less(rows, repeated.least), all.most)};
  }
  static std::uint64_t less(std::uint64_t from, std::uint64_t what) { return from - std::min(from, what); }

  // How many rows of a group repeat another one of it, or are its precertificate. Of some repetitions it is not known where they
  // stand: places are kept of few, and what has no serial number may be another's precertificate wherever it stands.
  CountRange repeated_in(std::size_t group) const {
    const ListReading& reading = lists_.reading();
    const Grouping& grouping = lists_.grouping();
    CountRange repeated;
    std::uint64_t placed = 0;
    for (const DuplicateRows& each : reading.duplicates) {
      const bool is_named = grouping.names(group, each.digest);
      const auto repeats = [&each](auto is_own) {
        const auto own = std::count_if(each.places.begin(), each.places.end(), is_own);
        return static_cast<std::uint64_t>(std::max<std::ptrdiff_t>(own - 1, 0));
      };
      placed += each.places.size() - 1;
      repeated.least += repeats([&](const auto& place) { return is_named || grouping.has_all_of(group, place.file); });
      repeated.most += repeats([&](const auto& place) { return is_named || grouping.may_have_any_of(group, place.file); });
    }
    repeated.most = std::min(repeated.most + less(repeated_in_all(), placed), repeated_in_all());
    return repeated;
  }
  // How many certificates one may have at least, of its own rows and of those of nobody knows whom but so many.
  std::uint64_t different_without(std::size_t group, std::uint64_t against) const {
    const auto mixed = static_cast<std::size_t>(lists_.grouping().mixed());
    const std::uint64_t left = rows_of(mixed).rows - against;
    return std::max(
        {different_in(group).least, less(left, repeated_in(mixed).most), less(rows_of(group).rows + left, repeated_in_all())});
  }
  // How many rows repeat others in all lists, at most.
  std::uint64_t repeated_in_all() const { return less(lists_.tally().rows(), lists_.different().least); }

  std::string counted(const ListVerdict& verdict, const ClockTally& tally) const {
    std::vector<std::string> parts;
    for (std::size_t i = 0; i < standing_count; ++i) {
      const auto standing = static_cast<CertificateStanding>(i);
      if (verdict.count(standing) == 0) continue;
      std::string part = std::to_string(verdict.count(standing)) + " " + std::string(name(standing));
      if (standing == CertificateStanding::late) part += " (" + verdict.latest + ", by " + show_lateness(*verdict.longest) + ")";
      if (standing == CertificateStanding::not_revoked && !tally.not_revoked().empty())
        part += " (" + first_place(tally.not_revoked()) + ")";
      parts.push_back(std::move(part));
    }
    return "of " + std::to_string(verdict.rows) + " " + std::string(verdict.unit()) + " " + joined(parts, " and ");
  }

  void contradict(Judgement& held, ListVerdict& verdict, Standing by_list, std::size_t group, const RevocationClock& clock,
                  const ClockTally& tally) {
    verdict.contradicts = true;
    const std::string list = called(verdict.files);
    const std::string shows =
        counted(verdict, tally) + (shows_all(group) == Truth::unknown ? ", and how many certificates these are is open" : "");
    held.open_because =
        told_by_events(held, incident_) + ", and by the same clock " + called_to_show(verdict.files) + " " + shows;
    ViewVerdict by = held.views.front();
    by.verdict.standing = by_list;
    by.verdict.because = called_to_show(verdict.files) + " " + shows;
    by.verdict.discharge = asks_to_publish(held) ? std::nullopt : end_of(tally);
    if (by.verdict.discharge && by.verdict.discharge->told.moment.is_open_after()) by.verdict.discharge.reset();
    by.verdict.margin = margin_of(by_list, verdict, tally, clock);
    by.verdict.still_open = by_list == Standing::breached && left(tally) > 0;
    by.verdict.at_boundary = by.verdict.by_rounding = by.verdict.approximate = false;
    believe_either(held, std::move(by), list, verdict.files);
  }

  const GroupTally& rows_of(std::size_t group) const { return lists_.tally().groups()[group]; }

  // Those that are not revoked and have to be.
  static std::uint64_t left(const ClockTally& tally) { return tally.count(CertificateStanding::not_revoked) - tally.ended(); }

  // The last revocation that the lists tell, where none is left.
  static std::optional<End> end_of(const ClockTally& tally) {
    const std::uint64_t open = left(tally) + tally.count(CertificateStanding::planned) +
                               tally.count(CertificateStanding::running) + tally.count(CertificateStanding::undetermined) -
                               tally.done_in_doubt();
    const auto& last = tally.last_revoked();
    if (open > 0 || !last) return std::nullopt;
    End end;
    end.what = "the last revocation of the list";
    end.told.moment = Moment::between(last->first, last->last, Unit::second);
    return end;
  }

  std::optional<Elapsed> margin_of(Standing by_list, const ListVerdict& verdict, const ClockTally& tally,
                                   const RevocationClock& clock) const {
    if (by_list != Standing::breached) return std::nullopt;
    const auto longest_done = longest(verdict, tally);
    if (left(tally) == 0) return Elapsed{-longest_done->most, -longest_done->least};
    // Still open: so late at least.
    const Seconds open = clock.last_on_time.last >= open_future ? Seconds{0} : lists_.as_of() - clock.last_on_time.last;
    const Seconds least = longest_done ? std::max(open, longest_done->least) : open;
    return Elapsed{-unbounded, -least};
  }

  void believe_either(Judgement& held, ViewVerdict by_list, const std::string& list, const std::vector<std::string>& files) {
    const Belief events{"the events are believed", "list", "events", false};
    const Belief rows{list + (files.size() == 1 ? " is" : " are") + " believed", "list", joined(files, ", "), false};
    const std::string before = held.depends_on.empty() ? std::string() : held.depends_text;
    const Standing by_events = held.standing;
    for (ViewVerdict& each : held.views) {
      each.beliefs.push_back(events);
      each.verdict.would_decide = "which of the two is right: the events or the rows of " + list;
    }
    by_list.verdict.would_decide = held.shown().would_decide;
    by_list.beliefs.push_back(rows);
    held.depends_on.insert(held.depends_on.begin(), {{by_events, {{events}}, Applicability::applies},
                                                     {by_list.verdict.standing, {{rows}}, Applicability::applies}});
    held.depends_text = std::string(name(by_events)) + " only if " + events.text + "; " +
                        std::string(name(by_list.verdict.standing)) + " only if " + rows.text;
    if (!before.empty()) held.depends_text += "; by the events " + before;
    const auto& margin = by_list.verdict.margin;
    held.margin =
        held.margin && margin
            ? std::optional(Elapsed{std::min(held.margin->least, margin->least), std::max(held.margin->most, margin->most)})
            : std::nullopt;
    held.standing = Standing::undetermined;
    const auto first_other =
        std::find_if(held.views.begin(), held.views.end(), [](const ViewVerdict& each) { return !each.default_readings; });
    held.views.insert(first_other, std::move(by_list));
  }

  // Rows that are late by every clock that they may have: one of the duties is not met, and nobody can say which. Where one of
  // them is known to be breached, they may be its own.
  void hold_mixed() {
    const Grouping& grouping = lists_.grouping();
    if (grouping.mixed() == none) return;
    const GroupTally& rows = rows_of(static_cast<std::size_t>(grouping.mixed()));
    result_.unassigned = rows.rows;
    const ClockTally& tally = rows.clocks.front();
    const RevocationClock& hull = grouping.groups()[static_cast<std::size_t>(grouping.mixed())].clocks.front();
    const std::uint64_t against = tally.against();
    if (against == 0) hold_all_in_time(rows, tally, hull);
    end_what_nobody_tells(rows, tally);
    if (against == 0) return;
    std::vector<Judgement*> met;
    const bool may_be_anothers = std::any_of(grouping.candidates().begin(), grouping.candidates().end(), [&](std::uint32_t each) {
      const RevocationClock* clock = grouping.groups()[each].main_clock();
      return clock == nullptr || !has_standing(judgement(*clock), Standing::met);
    });
    for (const std::uint32_t each : grouping.candidates()) {
      // Where others have missed theirs, the late ones are these', unless too few are left.
      const auto left = static_cast<std::int64_t>(different_without(each, against));
      if (may_be_anothers && grouping.groups()[each].told_count.value_or(0) <= left) continue;
      for (const RevocationClock& own : grouping.groups()[each].clocks)
        if (own.last_on_time.last <= hull.last_on_time.last && has_standing(judgement(own), Standing::met))
          met.push_back(&judgement(own));
    }
    const std::string list = called(lists_.files());
    const std::string late = first_place(tally.worst()), row = late.empty() ? first_place(tally.not_revoked()) : late;
    for (Judgement* each : met) {
      leave_open(*each,
                 called_to_show(lists_.files()) + " " + std::to_string(against) + (against == 1 ? " row" : " rows") +
                     " late or not revoked that may be its own" + (row.empty() ? std::string() : " (" + row + ")"),
                 list + (lists_.files().size() == 1 ? " does" : " do") + " not say whose certificates are late",
                 "which certificates these are");
    }
  }

  // Rows that only some may have, and that are more than the others have, are one's own. Where fewer of them are in time by its
  // clock, it did not meet it by the list.
  void hold_candidates() {
    const Grouping& grouping = lists_.grouping();
    const bool is_counted = grouping.mixed() != none && !lists_.tally().candidates().empty();
    if (!is_counted || !incident_.certificate_set.list_file.empty() || !are_all_readable()) return;
    for (const std::uint32_t each : grouping.candidates()) {
      const CandidateRows& rows = lists_.tally().candidates()[each];
      const std::uint64_t own =
          less(less(rows.rows, repeated_in(static_cast<std::size_t>(grouping.mixed())).most), of_others(each));
      for (std::size_t k = 0; k < rows.perhaps_kept.size(); ++k) {
        Judgement& held = judgement(grouping.groups()[each].clocks[k]);
        if (own <= rows.perhaps_kept[k] || !has_standing(held, Standing::met)) continue;
        const std::string shows = called_to_show(lists_.files()) + " at least " + std::to_string(own) +
                                  " of its own, and not more than " + std::to_string(rows.perhaps_kept[k]) +
                                  " in time by its clock";
        leave_open(held, shows, shows, "which of the two is right");
      }
    }
  }

  // How many rows may be of others that share a list with this one; as many as there are, where one has no number.
  std::uint64_t of_others(std::uint32_t group) const {
    const Grouping& grouping = lists_.grouping();
    std::uint64_t all = 0;
    for (const std::uint32_t each : grouping.candidates()) {
      if (each == group) continue;
      bool may_share = false;
      for (std::uint32_t file = 0; file < lists_.files().size(); ++file)
        may_share = may_share || (grouping.shares(group, file) && grouping.shares(each, file));
      if (!may_share) continue;
      const auto& told = grouping.groups()[each].told_count;
      if (!told) return lists_.reading().rows;
      all += static_cast<std::uint64_t>(*told);
    }
    return all;
  }

  // By the lists it is open, whatever the events tell.
  void leave_open(Judgement& held, const std::string& shown, const std::string& because, const std::string& would_decide) {
    held.open_because = told_by_events(held, incident_) + ", and " + shown;
    ViewVerdict by = held.views.front();
    set_open(by.verdict, because, would_decide);
    by.verdict.margin.reset();
    by.verdict.still_open = false;
    believe_either(held, std::move(by), called(lists_.files()), lists_.files());
    held.margin.reset();
  }

  // Whether the rows of which nobody knows whose they are, with those that are known to be a part's, are all certificates that
  // the file tells of.
  Truth covers_all() const {
    const auto mixed = static_cast<std::size_t>(lists_.grouping().mixed());
    if (rows_of(mixed).rows == 0 || !are_all_readable()) return Truth::no;
    std::int64_t in_parts = 0, in_all = 0;
    for (const std::uint32_t each : lists_.grouping().candidates()) {
      const CertificateGroup& group = lists_.grouping().groups()[each];
      if (group.id.empty()) in_all = group.told_count.value_or(0);
      else if (rows_of(each).rows == 0) in_parts += group.told_count.value_or(0);
    }
    return reaches(lists_.different(), in_all) & reaches(different_in(mixed), in_parts);
  }

  // Where all rows are done, whosever they are, none of those who may have them has any left, unless somebody tells so of after
  // that; and where enough rows are not surely late, and nobody tells so of after the deadline, they may all have been in time.
  void end_what_nobody_tells(const GroupTally& rows, const ClockTally& tally) {
    if (!are_all_done(rows.rows, tally) || covers_all() == Truth::no) return;
    const std::string nothing =
        "by " + called(lists_.files()) + " nothing is left of them, and when each ended, or whose it is, is open";
    for (const std::uint32_t each : lists_.grouping().candidates()) {
      if (rows_of(each).rows > 0) continue;  // those that it has besides are held against it themselves
      const auto enough = std::max<std::int64_t>(1, lists_.grouping().groups()[each].told_count.value_or(1));
      const bool may_be_in_time = static_cast<std::int64_t>(rows.rows - tally.against()) >= enough;
      for (const RevocationClock& own : lists_.grouping().groups()[each].clocks) {
        Judgement& held = judgement(own);
        if (!has_standing(held, Standing::breached) || !held.shown().still_open) continue;
        const ToldOpen open = told_open(held, tally, own);
        if (open.late > Seconds{0} || !may_be_in_time) {
          end_untold(held, nothing, open);
          continue;
        }
        leave_open(held, nothing, nothing, "which certificates these are, and when each was revoked");
        no_longer_missed_.push_back(own.judgement);
      }
    }
  }

  // It was missed, by as much as events tell. Who tells that it was open after all that the list shows has it open still.
  static void end_untold(Judgement& held, const std::string& because, const ToldOpen& open) {
    const auto lessen_to = [&open](std::optional<Elapsed>& margin) {
      if (open.late > Seconds{0}) lessen(margin, {open.late, unbounded});
      else margin.reset();
    };
    for (ViewVerdict& each : held.views) {
      if (!each.verdict.still_open || each.verdict.standing != Standing::breached) continue;
      each.verdict.still_open = open.is_after;
      lessen_to(each.verdict.margin);
      each.verdict.because += "; " + because;
    }
    lessen_to(held.margin);
  }

  // Rows that are in time by a clock that they may have, where the file tells of no more: nothing was missed by that.
  void hold_all_in_time(const GroupTally& rows, const ClockTally& tally, const RevocationClock& hull) {
    // Those of which the date alone is open, or the deadline, were revoked.
    const std::uint64_t revoked = tally.count(Doubt::date_allows_both) + tally.count(Doubt::deadline_allows_both);
    const Truth covers = covers_all();
    if (not_late(tally) + revoked != rows.rows || tally.done_in_doubt() != revoked || covers == Truth::no) return;
    const auto is_in_time = [&](const RevocationClock& own) {
      if (own.last_on_time.first < hull.last_on_time.first) return false;
      const auto& last = tally.last_revoked();
      return tally.done_in_doubt() == 0 || (last && unrounded(*last).last + own.rounding <= own.last_on_time.first);
    };
    const std::string list = called(lists_.files());
    const std::string shows = called_to_show(lists_.files()) + " every row in time";
    for (const std::uint32_t each : lists_.grouping().candidates()) {
      if (rows_of(each).rows > 0) continue;  // those that it has besides are held against it themselves
      for (const RevocationClock& own : lists_.grouping().groups()[each].clocks) {
        Judgement& held = judgement(own);
        if (!has_standing(held, Standing::breached) || !is_in_time(own)) continue;
        held.open_because = told_by_events(held, incident_) + ", and " + shows;
        ViewVerdict by = held.views.front();
        by.verdict.standing = covers == Truth::yes ? Standing::met : Standing::undetermined;
        by.verdict.because = shows + (covers == Truth::yes ? "" : ", and how many certificates these are is open");
        by.verdict.discharge.reset();
        by.verdict.margin.reset();
        by.verdict.still_open = by.verdict.at_boundary = by.verdict.by_rounding = by.verdict.approximate = false;
        believe_either(held, std::move(by), list, lists_.files());
        no_longer_missed_.push_back(own.judgement);
      }
    }
  }

  static bool starts_when_missed(const Judgement& follower, const Judgement& missed) {
    const auto& starts = follower.duty->trigger.missed;
    return std::find(starts.begin(), starts.end(), missed.duty->id) != starts.end() &&
           (follower.subject.per == Per::incident ||
            (follower.subject.in_case == missed.subject.in_case && follower.subject.cohort == missed.subject.cohort));
  }

  // Whether a deadline that surely was missed is what started it.
  bool is_surely_started(const Judgement& follower, const Moment& start) const {
    const auto is_start = [&start](const ViewVerdict& view) {
      const auto& deadline = view.verdict.deadline;
      return deadline && deadline->earliest() == start.earliest() && deadline->latest() == start.latest();
    };
    return std::any_of(assessment_.judgements.begin(), assessment_.judgements.end(), [&](const Judgement& each) {
      return has_standing(each, Standing::breached) && starts_when_missed(follower, each) &&
             std::any_of(each.views.begin(), each.views.end(), is_start);
    });
  }

  // What started when a deadline was missed that lists show as met may not have started.
  void doubt_what_followed() {
    const std::string because = "whether a revocation deadline was missed is itself undetermined";
    for (Judgement& each : assessment_.judgements) {
      const bool follows = std::any_of(no_longer_missed_.begin(), no_longer_missed_.end(), [&](int index) {
        return starts_when_missed(each, assessment_.judgements[static_cast<std::size_t>(index)]);
      });
      if (!follows || each.applicability != Applicability::applies) continue;
      for (ViewVerdict& view : each.views) {
        const auto& trigger = view.verdict.trigger;
        const bool is_certain = trigger && (trigger->told.event != none || is_surely_started(each, trigger->told.moment));
        if (view.verdict.applicability != Applicability::applies || is_certain) continue;
        view.verdict.applicability = Applicability::undetermined;
        view.verdict.applicability_because = because;
        set_open(view.verdict, because, "whether and when the clock started");
        each.applicability = Applicability::undetermined;
        each.standing = Standing::undetermined;
      }
    }
  }

  const Incident& incident_;
  Assessment& assessment_;
  const IncidentLists& lists_;
  const View nobody_;  // whom the scene believes: nobody in particular
  Scene scene_;
  ListVerdicts result_;
  std::vector<int> no_longer_missed_;
};

}  // namespace

std::string show_lateness(const Elapsed& late) {
  if (late.least == late.most) return show_amount(late.least);
  if (late.open_above()) return "at least " + show_amount(late.least);
  return show_amount(late.least) + " … " + show_amount(late.most);
}

IncidentLists::IncidentLists(const Incident& incident, const Assessment& assessment, std::vector<std::string> files,
                             std::vector<std::string> names, ListExtras extras)
    : incident_(incident),
      files_(std::move(files)),
      names_(std::move(names)),
      grouping_(*Grouping::of(incident, assessment, {}, names_, ClockChoice::all)),
      threads_(extras.threads),
      progress_(std::move(extras.progress)),
      duplicates_progress_(std::move(extras.duplicates_progress)) {
  options_.as_of = assessment.as_of;
  options_.grouping = &grouping_;
  options_.serials = std::make_shared<SerialStore>();
  options_.kept = 1;
  options_.judges_candidates = grouping_.candidates().size() <= most_candidates;
  options_.figures = told_figures(incident, grouping_, options_.as_of);
  told_ = options_.figures.size();
  options_.figures.insert(options_.figures.end(), extras.figures.begin(), extras.figures.end());
  options_.extracts = std::move(extras.extracts);
  reading_ = read_lists(files_, how(), [this] { return std::make_unique<RevocationTally>(options_); });
  if (const auto asked = template_in_force(options_.as_of); asked && asked.form->links_from)
    note_too_few_links(reading_, static_cast<std::uint64_t>(*asked.form->links_from));
  problems_ = reading_.unopened;
  for (const ListFault& each : reading_.faults.kept())
    if (is_no_list(each.problem))
      problems_.push_back(files_[each.file] + ": " + std::string(texts(each.problem).text) + "; what can be read is " +
                          std::string(texts(each.problem).help));
  if (problems_.empty()) serials_ = tally().serial_rows().result(0, threads_);
}

ListOptions IncidentLists::how() const {
  ListOptions options;
  options.context.as_of = options_.as_of;
  options.threads = threads_;
  options.progress = progress_;
  options.duplicates_progress = duplicates_progress_;
  options.duplicates_kept = duplicates_kept;
  return options;
}

CountRange IncidentLists::count(std::size_t figure) const {
  return counted_certificates(reading_, serials_, options_.figures, figure);
}

std::vector<Mismatch> IncidentLists::mismatches() const {
  const auto told =
      std::vector<ToldFigure>(options_.figures.begin(), options_.figures.begin() + static_cast<std::ptrdiff_t>(told_));
  return reconciled(incident_, grouping_, names_, told, reading_, serials_, options_.as_of).differ;
}

std::string_view ListVerdict::unit() const {
  const bool is_one = rows == 1;
  if (are_certificates) return is_one ? "certificate" : "certificates";
  if (are_all_readable) return is_one ? "row" : "rows";
  return is_one ? "readable row" : "readable rows";
}

const ListVerdict* ListVerdicts::of(std::size_t judgement) const {
  const auto found = std::find_if(all.begin(), all.end(),
                                  [judgement](const ListVerdict& each) { return each.judgement == static_cast<int>(judgement); });
  return found == all.end() ? nullptr : &*found;
}

ListVerdicts hold_against_lists(const Incident& incident, Assessment& assessment, const IncidentLists& lists) {
  return Holder(incident, assessment, lists).all();
}

}  // namespace cita::evidence
