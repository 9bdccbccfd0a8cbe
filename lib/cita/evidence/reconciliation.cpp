#include <cita/evidence/reconciliation.hpp>
#include <cita/rules/view.hpp>
#include <cita/rules/whole.hpp>

#include <algorithm>
#include <array>
#include <limits>

namespace cita::evidence {

namespace {

// What the clocks of duties to revoke start with.
constexpr std::array starts{EventKind::problem_report_received, EventKind::evidence_obtained, EventKind::made_aware};

template <class Kinds>
bool is_one_of(const Kinds& kinds, EventKind kind) {
  return std::find(kinds.begin(), kinds.end(), kind) != kinds.end();
}

using What = ToldFigure::What;

// People round what they tell.
Bounds with_rounding(const Moment& told) {
  const Seconds unit = told.unit() == Unit::second ? Seconds{0} : longest(told.unit());
  return {told.is_open_before() ? open_past : told.earliest() - unit, told.is_open_after() ? open_future : told.latest() + unit};
}

class Figures {
 public:
  Figures(const Incident& incident, const Grouping& grouping, Instant as_of)
      : incident_(incident), grouping_(grouping), as_of_(as_of), scene_(incident, view_, as_of) {}

  std::vector<ToldFigure> all() {
    const ReportFields& report = incident_.report;
    if (report.total_certificates)
      add({What::total, "report.certificates.total", report.total_span, *report.total_certificates, none, {}});
    if (report.remaining_valid)
      add({What::remaining_valid,
           "report.certificates.remaining-valid",
           report.remaining_span,
           *report.remaining_valid,
           none,
           {last_post(), as_of_}});
    for (std::size_t i = 0; i < grouping_.groups().size(); ++i) add_set(static_cast<int>(i));
    add_number_of_all();
    look_at_times();
    for (std::size_t i = 0; i < incident_.events.size(); ++i) add_event(static_cast<int>(i));
    for (std::size_t i = 0; i < last_of_.size(); ++i)
      if (last_of_[i]) add(*last_of_[i]);
    return std::move(figures_);
  }

 private:
  void add(ToldFigure figure) {
    const bool is_asked_for = figure.group == none ? grouping_.is_selected(grouping_.groups().size())
                                                   : grouping_.is_selected(static_cast<std::size_t>(figure.group));
    if (is_asked_for) figures_.push_back(std::move(figure));
  }

  // What the report tells was so when it was posted, or is so now that a draft is written. A post that may be none may have been
  // the one.
  Instant last_post() {
    constexpr EventKind posts[] = {EventKind::preliminary_incident_report, EventKind::full_incident_report, EventKind::update,
                                   EventKind::revocation_progress, EventKind::closure_requested};
    Instant last = open_past, perhaps = as_of_;
    for (std::size_t i = 0; i < incident_.events.size(); ++i) {
      const Event& event = incident_.events[i];
      if (std::find(std::begin(posts), std::end(posts), event.kind) == std::end(posts)) continue;
      if (event.by && *event.by != Actor::ca) continue;
      const auto told = scene_.told(static_cast<int>(i));
      if (!told || told->moment.is_open_before() || scene_.is_withdrawn(*told) == Truth::yes) continue;
      const Instant first = with_rounding(told->moment).first;
      if (told_for_sure(scene_, static_cast<int>(i))) last = std::max(last, first);
      else perhaps = std::min(perhaps, first);
    }
    return last <= open_past ? perhaps : std::min(last, as_of_);
  }

  void look_at_times() {
    for (std::size_t i = 0; i < incident_.events.size(); ++i) {
      const auto told = scene_.told(static_cast<int>(i));
      const bool is_told = told && scene_.is_withdrawn(*told) != Truth::yes;
      latest_.push_back(is_told ? told->moment.latest() : open_past);
    }
  }

  void add_set(int index) {
    const CertificateGroup& group = grouping_.groups()[static_cast<std::size_t>(index)];
    if (index == grouping_.mixed()) return;
    Subject subject;
    subject.in_case = group.in_case;
    subject.cohort = group.cohort;
    const auto total = certificates_of(incident_, subject).total();
    if (!total) return;
    Span span = group.count_span;
    if (!span && group.in_case != none) span = incident_.cases[static_cast<std::size_t>(group.in_case)].span;
    if (!span && group.cohort != none) span = incident_.cohorts[static_cast<std::size_t>(group.cohort)].span;
    if (!span) span = incident_.span;
    add({What::total, group.name, span, *total, group.id.empty() ? none : index, {}});
  }

  // The incident's number where all lists are those of its cases and cohorts: it may have certificates beside them.
  void add_number_of_all() {
    const CertificateSet& set = incident_.certificate_set;
    const auto is_of_all = [this](const CertificateGroup& group) {
      return group.id.empty() && &group - grouping_.groups().data() != grouping_.mixed();
    };
    if (!set.total() || std::any_of(grouping_.groups().begin(), grouping_.groups().end(), is_of_all)) return;
    ToldFigure number{What::total, "the incident", set.count_span ? set.count_span : incident_.span, *set.total(), none, {}};
    number.may_have_others = true;
    add(std::move(number));
  }

  // The group of an event; `none` where it is told of all.
  std::optional<int> group_of(const Event& event) const {
    if (event.in_case == none && event.cohort == none) return none;
    for (std::size_t i = 0; i < grouping_.groups().size(); ++i) {
      const CertificateGroup& group = grouping_.groups()[i];
      if (group.in_case == event.in_case && group.cohort == event.cohort && static_cast<int>(i) != grouping_.mixed())
        return static_cast<int>(i);
    }
    return std::nullopt;
  }

  void add_event(int index) {
    const Event& event = incident_.events[static_cast<std::size_t>(index)];
    const bool is_revocation = event.kind == EventKind::revocation || event.kind == EventKind::revocation_published;
    if (!is_revocation && event.kind != EventKind::revocation_partial && event.kind != EventKind::expired) return;
    const auto group = group_of(event);
    const auto told = group ? told_for_sure(scene_, index) : std::nullopt;
    if (!told) return;
    Bounds at = with_rounding(told->moment);
    at.last = std::min(at.last, as_of_);
    const What what = event.kind == EventKind::expired ? What::expired : What::revoked;
    const std::string name_of_event = "the event " + event.id;
    const bool may_be_more = (event.of && is_more_told(event, *event.of)) || may_have_grown(event, told->moment.earliest());
    // Those of which nothing is published yet may be revoked as well, and those that were found later.
    const bool is_the_least = event.kind == EventKind::revocation_published || may_be_more;
    if (event.done) add({what, name_of_event, event.span, *event.done, *group, at, is_the_least ? event.done : std::nullopt});
    else if (is_revocation) add_whole(event, *group, told->moment, at);
    // The number of all may have grown since: the last one told is the one to compare.
    if (!event.of) return;
    const std::size_t slot = *group == none ? 0 : static_cast<std::size_t>(*group) + 1;
    if (last_of_.size() <= slot) last_of_.resize(slot + 1);
    if (last_of_[slot] && last_of_[slot]->at.last > at.last) return;
    last_of_[slot] = {What::total, name_of_event + ", the number of all", event.span, *event.of, *group,
                      at,          may_be_more ? event.of : std::nullopt};
  }

  // Whether the file has a larger number of the same certificates, which is held against the lists itself.
  bool is_more_told(const Event& event, std::int64_t number) const {
    const auto is_more = [number](const std::optional<std::int64_t>& told) { return told && *told > number; };
    Subject subject;
    subject.in_case = event.in_case;
    subject.cohort = event.cohort;
    if (is_more(certificates_of(incident_, subject).total())) return true;
    if (!is_of_the_whole(event) && !has_one_set(incident_)) return false;
    if (is_more(incident_.report.total_certificates) || is_more(incident_.certificate_set.total())) return true;
    return has_one_set(incident_) && is_more(sum_of_parts(incident_));
  }

  // Whether more certificates may have been found since: the scope was looked at again, or another case or cohort came up.
  bool may_have_grown(const Event& event, Instant since) const {
    constexpr std::array looks{EventKind::scope_updated, EventKind::impact_found_wrong};
    return is_any_later(since, [&](const Event& each) {
      const bool is_own = each.in_case == event.in_case && each.cohort == event.cohort;
      if (is_one_of(looks, each.kind)) return is_own || is_of_the_whole(each) || is_of_the_whole(event);
      return is_one_of(starts, each.kind) && is_of_the_whole(event) && !is_own;
    });
  }

  // Whether such an event is told that may be later.
  template <class Is>
  bool is_any_later(Instant since, Is is_such) const {
    for (std::size_t i = 0; i < incident_.events.size(); ++i)
      if (latest_[i] > since && is_such(incident_.events[i])) return true;
    return false;
  }

  // A revocation without counts is one of all certificates of its case or cohort, who may have been fewer then. Where nobody
  // tells how many they are, none of those that the lists have was left.
  void add_whole(const Event& event, int group, const Moment& told, const Bounds& at) {
    Subject subject;
    subject.in_case = event.in_case;
    subject.cohort = event.cohort;
    const auto total = group == none ? total_of_all(event) : event.of ? event.of : certificates_of(incident_, subject).total();
    const bool were_fewer = !event.of && (may_have_grown(event, told.earliest()) || are_parts_later(event, told.earliest()));
    const std::string name_of_event = "the event " + event.id;
    if (total)
      add({What::revoked_or_expired, name_of_event, event.span, *total, group, at,
           were_fewer ? std::min<std::int64_t>(1, *total) : *total});
    else if (!were_fewer && (group != none || is_of_all_rows()))
      add({What::remaining_valid, name_of_event + ", when all were revoked", event.span, 0, group, at});
  }

  // Whether an event of the incident, of whose certificates nobody tells a number, is of all rows: of lists of the incident and
  // of its only part nobody tells whether they are of the same certificates.
  bool is_of_all_rows() const {
    if (incident_.cases.empty() && incident_.cohorts.empty()) return true;
    if (!has_one_set(incident_) || sum_of_parts(incident_)) return false;
    const CertificateSet& part =
        incident_.cases.empty() ? incident_.cohorts.front().certificates : incident_.cases.front().certificates;
    return incident_.certificate_set.list_file.empty() || part.list_file.empty();
  }

  // How many an event of the incident is about; nothing where the incident may have others beside its cases and cohorts.
  std::optional<std::int64_t> total_of_all(const Event& event) const {
    const auto& affected = incident_.certificate_set;
    const auto told = event.of ? event.of : affected.total() ? affected.total() : incident_.report.total_certificates;
    if (incident_.cases.empty() && incident_.cohorts.empty()) return told;
    const auto parts = sum_of_parts(incident_);
    if (has_one_set(incident_) && !(told && parts)) return told ? told : parts;
    return told == parts ? told : std::nullopt;
  }

  // Whether cases or cohorts tell of revocations after one of the incident.
  bool are_parts_later(const Event& event, Instant since) const {
    return is_of_the_whole(event) && is_any_later(since, [](const Event& each) {
             const bool is_on_some = each.kind == EventKind::revocation || each.kind == EventKind::revocation_partial;
             return is_on_some && !is_of_the_whole(each);
           });
  }

  const Incident& incident_;
  const Grouping& grouping_;
  Instant as_of_;
  View view_;
  Scene scene_;
  std::vector<ToldFigure> figures_;
  std::vector<std::optional<ToldFigure>> last_of_;  // by group, the first of all
  std::vector<Instant> latest_;                     // of each event; of one that is not told, or withdrawn, open_past
};

std::string_view meaning(What what) {
  switch (what) {
    case What::total: return "how many certificates there are";
    case What::remaining_valid: return "how many are still valid";
    case What::revoked: return "how many were revoked by then";
    case What::expired: return "how many had expired by then, and were not revoked";
    case What::revoked_or_expired: return "all were revoked by then";
  }
  return {};
}

class Issuance {
 public:
  /// `are_all_there`: no list is left out.
  Issuance(const Incident& incident, const Grouping& grouping, const RevocationTally& tally, Instant as_of, bool are_all_there,
           std::vector<Mismatch>& found)
      : incident_(incident),
        grouping_(grouping),
        tally_(tally),
        scene_(incident, view_, as_of),
        are_all_there_(are_all_there),
        found_(found) {}

  void compare() {
    const IssuanceExtremes& issued = tally_.issued();
    if (!issued.first) return;
    if (const auto began = first_told(EventKind::non_compliance_began);
        began && began_with_issuance(*began) && issued.surely_first->issued.last < began->bounds.first - signing_tolerance)
      add("the non-compliance began, and a certificate was issued before", *began, *issued.surely_first);
    const bool resumed = may_be_told(EventKind::issuance_resumed);
    for (const EventKind kind : {EventKind::issuance_stopped, EventKind::non_compliance_ended})
      if (const auto end = last_told(kind);
          end && !resumed && issued.surely_last->issued.first > end->bounds.last + signing_tolerance)
        add(std::string(name(kind)) + ", and a certificate was issued after it", *end, *issued.surely_last);
    compare_issuances();
  }

 private:
  struct At {
    Bounds told, bounds;  // as it is told, and with rounding
    Span span;
  };

  // One that may be of what replaces another needs no certificate of its time, and may be the last.
  void compare_issuances() {
    const IssuanceExtremes& issued = tally_.issued();
    const auto all = told(EventKind::issuance);
    std::vector<At> own;
    std::copy_if(all.begin(), all.end(), std::back_inserter(own), [this](const At& each) { return !may_replace(each); });
    if (own.empty()) return;
    const At first = *first_of(own), last = *last_of(own), last_of_any = *last_of(all);
    if (are_all_there_ && first.bounds.last < issued.first->issued.first - signing_tolerance)
      add("the first issuance that is told, and no certificate was issued so early", first, *issued.first);
    if (are_all_there_ && last.bounds.first > issued.last->issued.last + signing_tolerance)
      add("the last issuance that is told, and no certificate was issued so late", last, *issued.last);
    // A single one is of some certificate, and neither the first nor the last.
    if (own.size() == 1) return;
    if (issued.surely_first->issued.last < first.bounds.first - signing_tolerance)
      add("the first issuance that is told, and a certificate was issued before", first, *issued.surely_first);
    if (issued.surely_last->issued.first > last_of_any.bounds.last + signing_tolerance)
      add("the last issuance that is told, and a certificate was issued after it", last_of_any, *issued.surely_last);
  }

  // What is issued after a clock began may replace what is to be revoked.
  bool may_replace(const At& issuance) const {
    return is_any_clock([&issuance](const RevocationClock& clock) { return clock.start.first < issuance.told.last; });
  }

  template <class Is>
  bool is_any_clock(Is is_such) const {
    const auto& groups = grouping_.groups();
    return std::any_of(groups.begin(), groups.end(), [&is_such](const CertificateGroup& group) {
      return std::any_of(group.clocks.begin(), group.clocks.end(), is_such);
    });
  }

  // A certificate may be older than what is wrong, a late revocation for one. Its issuance is what is wrong where one is told of
  // that time, and nothing had to be revoked yet: later on it may be what replaces another.
  bool began_with_issuance(const At& began) {
    const auto issuances = told(EventKind::issuance);
    const auto is_then = [&began](const At& each) {
      return each.told.first <= began.told.last && began.told.first <= each.told.last;
    };
    return std::any_of(issuances.begin(), issuances.end(), is_then) &&
           !is_any_clock([&began](const RevocationClock& clock) { return clock.start.last < began.told.first; });
  }

  // The events of a kind that may be told of all rows.
  std::vector<Told> perhaps_told(EventKind kind) {
    std::vector<Told> all;
    for (std::size_t i = 0; i < incident_.events.size(); ++i) {
      const Event& event = incident_.events[i];
      // What is told of one of several cases or cohorts is told of some of the rows.
      const bool is_of_all = event.in_case == none && event.cohort == none;
      if (event.kind != kind || !(is_of_all || has_one_set(incident_))) continue;
      const auto told = scene_.told(static_cast<int>(i));
      if (told && scene_.is_withdrawn(*told) != Truth::yes) all.push_back(*told);
    }
    return all;
  }
  bool may_be_told(EventKind kind) { return !perhaps_told(kind).empty(); }
  // Those that are told; nothing where one of them may be none, or may be any time before or after: it may be the first or last.
  std::vector<At> told(EventKind kind) {
    std::vector<At> all;
    for (const Told& each : perhaps_told(kind)) {
      if (!told_for_sure(scene_, each.event) || each.moment.is_open_before() || each.moment.is_open_after()) return {};
      all.push_back({{each.moment.earliest(), each.moment.latest()},
                     with_rounding(each.moment),
                     incident_.events[static_cast<std::size_t>(each.event)].span});
    }
    return all;
  }
  std::optional<At> first_told(EventKind kind) { return first_of(told(kind)); }
  std::optional<At> last_told(EventKind kind) { return last_of(told(kind)); }

  static std::optional<At> first_of(const std::vector<At>& all) {
    const auto found =
        std::min_element(all.begin(), all.end(), [](const At& a, const At& b) { return a.bounds.first < b.bounds.first; });
    return found == all.end() ? std::nullopt : std::optional(*found);
  }
  static std::optional<At> last_of(const std::vector<At>& all) {
    const auto found =
        std::max_element(all.begin(), all.end(), [](const At& a, const At& b) { return a.bounds.last < b.bounds.last; });
    return found == all.end() ? std::nullopt : std::optional(*found);
  }

  void add(std::string what, const At& told, const IssuedRow& row) {
    Mismatch mismatch;
    mismatch.what = std::move(what);
    mismatch.told_at = told.span;
    mismatch.told_time = told.bounds;
    mismatch.row = row;
    found_.push_back(std::move(mismatch));
  }

  const Incident& incident_;
  const Grouping& grouping_;
  const RevocationTally& tally_;
  View view_;
  Scene scene_;
  bool are_all_there_;
  std::vector<Mismatch>& found_;
};

}  // namespace

std::vector<ToldFigure> told_figures(const Incident& incident, const Grouping& grouping, Instant as_of) {
  return Figures(incident, grouping, as_of).all();
}

namespace {

// How many pairs of a certificate and its precertificate there may be among so many of each, and so many that may be either.
std::uint64_t most_pairs(std::uint64_t certificates, std::uint64_t precertificates, std::uint64_t unknown) {
  const std::uint64_t pairs = std::min(certificates, precertificates);
  const std::uint64_t with_unknown = std::min(std::max(certificates, precertificates) - pairs, unknown);
  return pairs + with_unknown + (unknown - with_unknown) / 2;
}

// Among the rows that can be read.
CountRange readable_certificates(const ListReading& lists, const SerialRows::Result& serials) {
  const auto& tally = static_cast<const RevocationTally&>(*lists.sum);
  const auto less = [](std::uint64_t from, std::uint64_t what) { return from - std::min(from, what); };
  // A row without a hash may be of any certificate, or of none.
  const std::uint64_t nameless = tally.nameless(), named = less(tally.rows(), nameless);
  const std::uint64_t hashes = less(named, lists.duplicate_rows), without_serial = less(serials.without_serial, nameless);
  // Without a serial number a hash may be that of a precertificate whose certificate stands in another row, or the other way
  // round, unless both stand beside each other. A link does not even say which of the two it is.
  const std::uint64_t together = tally.pairs(), alone = less(tally.only_precertificates(), serials.split_pairs);
  const std::uint64_t unknown = less(less(named, together), tally.only_precertificates());
  const std::uint64_t pairs = std::min(most_pairs(serials.certificates, 0, std::min(without_serial, hashes)),
                                       most_pairs(together, alone, std::min(unknown, hashes)));
  // Of one hash there is one certificate, under however many serial numbers it stands.
  const std::uint64_t least =
      std::min(less(hashes, serials.joined_precertificates), serials.certificates + less(without_serial, lists.duplicate_rows));
  return {less(least, pairs + serials.possible_pairs + serials.possible_precertificates),
          std::min(hashes, serials.certificates + without_serial) + nameless};
}

// What cannot be read may be anything; a row of another form may be several.
CountRange with_unreadable(CountRange range, const ListReading& lists) {
  const auto has = [&lists](ListProblem problem) { return lists.faults.count(problem) > 0; };
  const bool is_open = lists.faults.unread() || has(ListProblem::field_count) || has(ListProblem::open_quote) ||
                       has(ListProblem::long_row) || has(ListProblem::packed_end);
  range.most = is_open ? std::numeric_limits<std::uint64_t>::max() : range.most + lists.unreadable;
  return range;
}

// Whether every certificate is told apart from all others by issuer and serial number, but for what may be its precertificate.
bool are_told_apart(const ListReading& lists, const SerialRows::Result& serials) {
  const CountRange all{serials.certificates - serials.possible_precertificates, serials.certificates};
  return serials.without_serial == 0 && readable_certificates(lists, serials) == all;
}

}  // namespace

CountRange different_certificates(const ListReading& lists, const SerialRows::Result& serials) {
  return with_unreadable(readable_certificates(lists, serials), lists);
}

CountRange counted_certificates(const ListReading& lists, const SerialRows::Result& serials,
                                const std::vector<ToldFigure>& figures, std::size_t index) {
  const auto& tally = static_cast<const RevocationTally&>(*lists.sum);
  const CountRange different = readable_certificates(lists, serials);
  const bool is_of_all = figures[index].what == ToldFigure::What::total && figures[index].group == none;
  if (is_of_all) return with_unreadable(different, lists);
  if (are_told_apart(lists, serials) && index < FigureBits::revoked_now) return with_unreadable(serials.counted[index], lists);
  CountRange rows = tally.figures()[index];
  rows.least -= std::min(rows.least, tally.rows() - std::min(tally.rows(), different.least));
  return with_unreadable(rows, lists);
}

std::optional<CountRange> revoked_certificates(const ListReading& lists, const SerialRows::Result& serials) {
  if (!are_told_apart(lists, serials)) return std::nullopt;
  return with_unreadable(serials.counted[FigureBits::revoked_now], lists);
}

namespace {

// Whether the incident has certificates beside its cases and cohorts, and every list is that of one of these; `listed` is how
// many different certificates the lists have at most.
bool lacks_the_wholes_own(const Incident& incident, const Grouping& grouping, const std::vector<std::string>& names,
                          std::int64_t listed) {
  const CertificateSet& whole = incident.certificate_set;
  if ((incident.cases.empty() && incident.cohorts.empty()) || !whole.list_file.empty()) return false;
  const bool are_of_parts = std::all_of(names.begin(), names.end(), [&grouping](const std::string& name) {
    return !name.empty() && std::any_of(grouping.groups().begin(), grouping.groups().end(),
                                        [&name](const CertificateGroup& each) { return each.list_file == name; });
  });
  if (!are_of_parts) return false;
  if (whole.total().value_or(0) > listed) return true;
  const bool has_a_start = std::any_of(incident.events.begin(), incident.events.end(),
                                       [](const Event& each) { return is_of_the_whole(each) && is_one_of(starts, each.kind); });
  const WholeNumbers numbers = whole_numbers(incident);
  return !incident.cohorts.empty() && !whole.grounds.empty() && numbers.has_any_beside != Truth::no &&
         (numbers.beside || has_a_start);
}

}  // namespace

Reconciled reconciled(const Incident& incident, const Grouping& grouping, const std::vector<std::string>& names,
                      const std::vector<ToldFigure>& figures, const ListReading& lists, const SerialRows::Result& serials,
                      Instant as_of) {
  const auto& tally = static_cast<const RevocationTally&>(*lists.sum);
  const auto listed = static_cast<std::int64_t>(different_certificates(lists, serials).most);
  const bool lacks_any = grouping.lacks_any_list(names) || lacks_the_wholes_own(incident, grouping, names, listed);
  Reconciled result;
  for (std::size_t i = 0; i < figures.size(); ++i) {
    const ToldFigure& figure = figures[i];
    const bool lacks = figure.group == none ? lacks_any : grouping.lacks_list(static_cast<std::size_t>(figure.group), names);
    if (lacks) continue;
    ++result.held;
    const CountRange range = counted_certificates(lists, serials, figures, i);
    if (figure.goes_with(range)) continue;
    Mismatch& mismatch = result.differ.emplace_back();
    mismatch.what = figure.text + ": " + std::string(meaning(figure.what));
    mismatch.told_at = figure.span;
    mismatch.told = figure.told;
    mismatch.found = range;
  }
  Issuance(incident, grouping, tally, as_of, !lacks_any, result.differ).compare();
  return result;
}

namespace {

void warn_of_ids(const std::vector<std::string>& ids, const std::string& whose, Span at, Diagnostics& diagnostics) {
  if (ids.empty()) return;
  const std::string more = ids.size() == 1 ? "" : " and " + std::to_string(ids.size() - 1) + " more";
  diagnostics.warning(
      "certificate-by-id", at,
      "no row of a list can be matched with '" + ids.front() + "'" + more + " of " + whose + ", for lists have no ids of crt.sh",
      "the SHA-256 hash of each certificate, or its serial number");
}

void warn_of_ids(const CertificateSet& set, const std::string& whose, Span at, Diagnostics& diagnostics) {
  const auto ids_in = [](std::string_view text) {
    bool all = true;
    return names_in(text, all).ids;
  };
  std::vector<std::string> listed;
  for (const Certificate& each : set.listed)
    for (std::string& id : ids_in(each.id)) listed.push_back(std::move(id));
  warn_of_ids(listed, whose, at, diagnostics);
  for (const Restraint& each : set.restraints)
    warn_of_ids(ids_in(each.certificates), "a restraint on " + whose, each.from.stamp.span ? each.from.stamp.span : at,
                diagnostics);
}

}  // namespace

void warn_of_ids(const Incident& incident, Diagnostics& diagnostics) {
  warn_of_ids(incident.certificate_set, "the incident", incident.certificate_set.count_span, diagnostics);
  for (const Case& each : incident.cases) warn_of_ids(each.certificates, "case " + each.id, each.span, diagnostics);
  for (const Cohort& each : incident.cohorts) warn_of_ids(each.certificates, "cohort " + each.id, each.span, diagnostics);
}

}  // namespace cita::evidence
