#include <cita/evidence/told_counts.hpp>

#include <algorithm>

namespace cita::evidence {

namespace {

using Outcome = HeldCount::Outcome;

constexpr const char* may_be_older = "the list tells of no revocation as late as the comment, so it may be older";

// The lists are of then at least: they tell of a revocation at that time.
Instant made_after(const RevocationTally& tally) {
  Instant last = open_past;
  for (const GroupTally& each : tally.groups())
    if (each.last_revoked) last = std::max(last, each.last_revoked->first);
  return last;
}

bool is_above(std::int64_t told, std::uint64_t count) { return told > 0 && static_cast<std::uint64_t>(told) > count; }

class Counts {
 public:
  explicit Counts(const IncidentLists& lists) : lists_(lists), made_after_(made_after(lists.tally())) {}

  // `with_expired` counts those that had expired by then, too.
  HeldCount held(const ToldCount& count, const CountRange& found, const CountRange& with_expired) const {
    HeldCount held{count.event, count.figure.what, count.figure.at.last, count.figure.told, found, Outcome::open, {}};
    const bool is_of_its_time = held.what == ToldFigure::What::total || count.figure.at.first > open_past;
    if (found.contains(held.told) && is_of_its_time) held.outcome = Outcome::agrees;
    else if (found.contains(held.told)) held.because = "the comment counts for another time than its own";
    else if (held.what == ToldFigure::What::total) judge_total(held);
    else judge_revoked(held, count, with_expired);
    return held;
  }

 private:
  void judge_total(HeldCount& held) const {
    if (!is_above(held.told, held.found.most)) held.because = "the comment may count a part of them, or some were found later";
    else if (made_after_ < held.at) held.because = may_be_older;
    else held.outcome = Outcome::contradicts;
  }

  void judge_revoked(HeldCount& held, const ToldCount& count, const CountRange& with_expired) const {
    const std::uint64_t all = lists_.different().most;
    if (!is_above(held.told, held.found.most)) held.because = "the comment may count a part of them, or an earlier time";
    else if (count.of && is_above(*count.of, all)) held.because = "the comment counts more certificates than the list has";
    else if (!is_above(held.told, with_expired.most)) held.because = "the comment may count expired ones";
    else if (made_after_ < held.at && !is_above(held.told, all)) held.because = may_be_older;
    else held.outcome = Outcome::contradicts;
  }

  const IncidentLists& lists_;
  Instant made_after_;
};

}  // namespace

std::string_view name(HeldCount::Outcome outcome) {
  constexpr std::array<std::string_view, 3> names = {"agrees", "contradicts", "open"};
  return names[static_cast<std::size_t>(outcome)];
}

std::vector<ToldCount> counts_in_comments(const Incident& incident) {
  std::vector<ToldCount> counts;
  std::optional<ToldCount> total;
  for (std::size_t i = 0; i < incident.events.size(); ++i) {
    const Event& event = incident.events[i];
    const bool is_from_words = event.kind == EventKind::revocation_partial && event.done && !event.unsure.empty();
    if (!is_from_words || event.tellings.empty() || event.tellings.front().at.relative) continue;
    const Moment& when = event.tellings.front().at.stamp.moment;
    ToldCount count;
    count.event = static_cast<int>(i);
    count.of = event.of;
    count.figure = {ToldFigure::What::revoked,       "the event " + event.id, event.span, *event.done, none,
                    {when.earliest(), when.latest()}};
    counts.push_back(count);
    // The number of all may have grown since: the last one told is the one to compare.
    if (!event.of || (total && total->figure.at.last > when.latest())) continue;
    total = count;
    total->figure.what = ToldFigure::What::total;
    total->figure.told = *event.of;
  }
  if (total) counts.push_back(*total);
  return counts;
}

std::vector<ToldFigure> figures_of(const std::vector<ToldCount>& counts) {
  std::vector<ToldFigure> figures;
  figures.reserve(2 * counts.size());
  for (const ToldCount& each : counts) {
    figures.push_back(each.figure);
    figures.push_back(each.figure);
    figures.back().what = ToldFigure::What::revoked_or_expired;
  }
  return figures;
}

std::vector<HeldCount> hold_counts(const std::vector<ToldCount>& counts, const IncidentLists& lists) {
  const std::size_t first = lists.figures().size() - 2 * counts.size();
  const Counts by_lists(lists);
  std::vector<HeldCount> held;
  held.reserve(counts.size());
  for (std::size_t i = 0; i < counts.size(); ++i)
    held.push_back(by_lists.held(counts[i], lists.count(first + 2 * i), lists.count(first + 2 * i + 1)));
  return held;
}

}  // namespace cita::evidence
