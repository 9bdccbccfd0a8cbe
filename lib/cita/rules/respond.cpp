// After a trigger, a discharge within a limit.
#include <cita/rules/matter.hpp>

#include <algorithm>

namespace cita {

namespace {

constexpr int deepest_missed = 4;  // duties triggered by the miss of duties: no pack needs more than one step

/// Collects the misses of other duties that start this one: at their deadlines, for sure or perhaps.
class Misses {
 public:
  explicit Misses(Matter& matter) : matter_(matter) {
    if (matter_.depth >= deepest_missed) return;
    for (const std::string_view id : matter_.duty.trigger.missed) add(id);
  }

  const std::vector<Told>& collected() const { return misses_; }
  /// The duty that was missed first.
  std::string_view first_id() const { return first_id_; }

  /// Whether there was something to miss, and all of it was done in time.
  bool were_all_avoided() const { return judged_ > 0 && judged_ == avoided_; }

 private:
  void add(std::string_view id) {
    const Duty* other = matter_.engine.catalog().duty(id);
    const Pack* pack = other == nullptr ? nullptr : matter_.engine.catalog().pack_of(*other);
    if (pack == nullptr) return;
    for (const Subject& subject : matter_.engine.subjects(*other, *pack)) {
      const bool is_part = matter_.subject.per == Per::incident ||
                           (subject.in_case == matter_.subject.in_case && subject.cohort == matter_.subject.cohort);
      if (!is_part) continue;
      const Judged& judged = matter_.engine.judge_for_miss(*other, *pack, subject, matter_.scene.view(), matter_.depth + 1);
      matter_.scene.consult(judged.consulted);
      auto miss = judged.verdict ? missed(*judged.verdict) : std::nullopt;
      if (!miss) continue;
      if (first_id_.empty() || miss->moment.earliest() < first_) {
        first_id_ = id;
        first_ = miss->moment.earliest();
      }
      misses_.push_back(std::move(*miss));
    }
  }

  std::optional<Told> missed(const Verdict& verdict) {
    if (verdict.applicability == Applicability::not_applicable || verdict.applicability == Applicability::not_in_force)
      return std::nullopt;
    ++judged_;
    const bool is_certain = verdict.applicability == Applicability::applies && verdict.standing != Standing::undetermined;
    if (is_certain && verdict.standing == Standing::met) ++avoided_;
    if (is_certain && verdict.standing != Standing::breached) return std::nullopt;
    if (verdict.deadline && verdict.deadline->earliest() >= matter_.scene.as_of()) return std::nullopt;
    Told miss;
    miss.moment =
        verdict.deadline ? *verdict.deadline : Moment::between(first_known(verdict.subject), matter_.scene.as_of(), Unit::second);
    if (verdict.trigger && verdict.trigger->told.event != none) miss.from.push_back(verdict.trigger->told.event);
    if (!is_certain) miss.may_not_count("whether a revocation deadline was missed is itself undetermined");
    return miss;
  }

  // Nothing can be missed before anything is known of it.
  Instant first_known(const Subject& subject) {
    Instant first = matter_.scene.as_of();
    for (std::size_t i = 0; i < matter_.incident.events.size(); ++i) {
      if (!belongs(matter_.incident.events[i], subject)) continue;
      const auto told = matter_.scene.told(static_cast<int>(i));
      if (told && !told->moment.is_open_before()) first = std::min(first, told->moment.earliest());
    }
    return first;
  }

  Matter& matter_;
  std::vector<Told> misses_;
  std::string_view first_id_;
  Instant first_;
  int judged_ = 0, avoided_ = 0;
};

class Response {
 public:
  explicit Response(Matter& matter) : matter_(matter), verdict_(matter.verdict), misses_(matter) {}

  bool judge() {
    const Start begin = start();
    if (!begin.told) return without_trigger();
    verdict_.trigger = End{*begin.told, what_started(begin)};
    if (!matter_.take(begin)) return true;
    if (is_closed(*begin.choice.edition, begin.told->moment)) return true;
    note_announcement();
    settle(verdict_, begin.choice.edition->limit, begin.told->moment, matter_.ending(begin.told->moment), matter_.scene.as_of());
    count_partial();
    doubt_start(*begin.told);
    doubt_existence();
    doubt_stop(begin.told->moment);
    return true;
  }

 private:
  bool is_by_miss() const { return !matter_.duty.trigger.missed.empty(); }
  std::string what_started(const Start& begin) const {
    if (is_by_miss() && begin.told->event == none) return "missed: " + std::string(misses_.first_id());
    return matter_.what_started(*begin.told, matter_.trigger_kinds(begin.choice.edition));
  }

  // ---- the start, under the edition that counts from it

  Start start() {
    EditionSearch search = matter_.editions();
    std::optional<Told> first, last;
    std::vector<const Edition*> untold;
    for (const Edition& edition : matter_.duty.editions) {
      const auto told = trigger(edition);
      if (!told) {
        untold.push_back(&edition);
        continue;
      }
      last = told;
      if (search.add(edition, selecting_moment(*told)) && !first) first = told;
    }
    // An edition that counts from something nobody tells of may be the one in force.
    for (const Edition* edition : untold)
      if (!first && last && edition->in_force.contains(last->moment) != Truth::no) awaited_ = edition;
    if (awaited_ != nullptr) return {};
    return {search.found(), first ? first : last};
  }

  std::optional<Told> trigger(const Edition& edition) {
    const auto kinds = matter_.trigger_kinds(&edition);
    if (!is_by_miss()) return matter_.first_trigger(kinds);
    std::vector<Told> misses = misses_.collected();
    const Scope scope = matter_.subject.per == Per::incident ? Scope::everything : Scope::own_or_whole;
    for (Told& told : matter_.events(kinds, Role::start, scope)) {
      if (misses_.were_all_avoided()) told.may_not_count("the miss was announced, and the deadline was met after all");
      misses.push_back(std::move(told));
    }
    return first_of(std::move(misses));
  }

  std::optional<Moment> selecting_moment(const Told& trigger) {
    switch (matter_.duty.selects_edition) {
      case EditionSelector::trigger:
      case EditionSelector::cycle: break;
      case EditionSelector::posting:
      case EditionSelector::revocation:
        if (const auto done = first_of(matter_.events(matter_.discharge_kinds(), Role::end))) return done->moment;
        break;
      case EditionSelector::issuance: return issuance();
    }
    return trigger.moment;
  }

  // From the first to the last of the certificates; nothing where one does not say.
  std::optional<Moment> issuance() const {
    std::optional<Moment> all;
    for (const Certificate& each : certificates_of(matter_.incident, matter_.subject).listed) {
      if (!each.not_before) return std::nullopt;
      const Moment& issued = each.not_before->moment;
      all = all ? Moment::between(std::min(all->earliest(), issued.earliest()), std::max(all->latest(), issued.latest()),
                                  issued.unit())
                : issued;
    }
    return all;
  }

  // A report or a reason exists, so the clock does run; when it started nobody tells. Elsewhere the end without a start
  // raises the question, and neither raises nothing.
  bool without_trigger() {
    if (is_by_miss() || matter_.subject.per == Per::event || was_told_wrongly() || may_not_exist()) return false;
    const Per per = matter_.subject.per;
    const bool exists = per == Per::problem_report || per == Per::certificates || per == Per::question;
    const auto done = first_of(matter_.events(matter_.discharge_kinds(), Role::end));
    if (!exists && !done && awaited_ == nullptr) return false;
    if (is_self_found()) return matter_.not_applicable("the CA found it itself; nobody tells of a report");
    Start guess;
    guess.told = Told{};
    guess.told->moment = done ? done->moment : first_known();
    guess.choice.edition = awaited_ != nullptr ? awaited_ : matter_.edition_at(guess.told->moment).edition;
    if (guess.choice.edition == nullptr || !matter_.take(guess)) return false;
    const auto kinds = matter_.trigger_kinds(guess.choice.edition);
    if (matter_.scene.denies(kinds, matter_.subject))
      return matter_.not_applicable("the account that is believed denies " + joined(kinds, "or"));
    if (done) verdict_.discharge = End{*done, matter_.happening(matter_.discharge_kinds())};
    verdict_.standing = Standing::undetermined;
    verdict_.because = "no account tells when the clock started (" + joined(kinds, "or") + ")";
    verdict_.would_decide = "the time of " + joined(kinds, "or");
    return true;
  }

  // What the CA does itself is there where it is told, and no longer where all of it was withdrawn.
  bool was_told_wrongly() const {
    return matter_.subject.per == Per::certificates && matter_.subject.ground == nullptr &&
           !matter_.scene.occurrences(matter_.trigger_kinds(), matter_.subject, Scope::own).empty();
  }

  // A duty that counts from a report does not exist where there was none (TLS BR 4.9.5 speaks of reports and notices).
  bool is_self_found() const {
    const auto& kinds = matter_.duty.trigger.kinds;
    const bool from_report = std::find(kinds.begin(), kinds.end(), EventKind::problem_report_received) != kinds.end();
    return from_report && matter_.subject.per == Per::certificates && matter_.incident.cases.empty() &&
           matter_.incident.disclosure_stated && matter_.incident.disclosure != DisclosureSource::third_party_reported;
  }

  // The first thing told of this subject: good enough to know which edition was in force, never to count from.
  Moment first_known() {
    std::optional<Moment> first;
    for (std::size_t i = 0; i < matter_.incident.events.size(); ++i) {
      if (!belongs(matter_.incident.events[i], matter_.subject)) continue;
      const auto told = matter_.scene.told(static_cast<int>(i));
      if (told && !told->moment.is_open_before()) first = first ? earlier(*first, told->moment) : told->moment;
    }
    return first.value_or(Moment::exact(matter_.scene.as_of()));
  }

  // ---- what else there is to say

  bool is_closed(const Edition& edition, const Moment& when) {
    const Truth closed = matter_.is_closed_at(edition, when);
    if (closed == Truth::yes) return matter_.not_applicable("the closure report was posted, and nobody asked further");
    if (closed == Truth::unknown)
      matter_.doubt("whether the closure report had ended it is open",
                    "the order of the closure report, the questions and " + verdict_.trigger->what);
    return false;
  }

  void note_announcement() {
    const EventKind announced[] = {EventKind::delay_announced};
    const auto& kinds = matter_.duty.discharge.kinds;
    verdict_.announced =
        std::any_of(kinds.begin(), kinds.end(), is_revocation) && !matter_.scene.occurrences(announced, matter_.subject).empty();
  }

  // How many certificates the subject has, as far as the file tells; of the whole those that are in none of its parts.
  std::optional<std::int64_t> own_total() const {
    if (is_beside_parts(matter_.scene, matter_.subject)) return matter_.scene.numbers().beside;
    return certificates_of(matter_.incident, matter_.subject).total();
  }

  // How many of how many, by the last count that is not later than the deadline.
  void count_partial() {
    verdict_.of = own_total();
    if (!verdict_.deadline || matter_.subject.per != Per::certificates) return;
    Instant last = open_past;
    for (const Told& told : matter_.scene.occurrences(with_counts(revocation_kinds), matter_.subject)) {
      const Event& event = matter_.event(told);
      if (!event.done || !event.unsure.empty() || matter_.scene.is_withdrawn(told) != Truth::no ||
          not_after(told.moment, *verdict_.deadline) != Truth::yes || told.moment.latest() < last)
        continue;
      last = told.moment.latest();
      const bool is_of_a_part = told.of_the_whole && !is_the_only_one(matter_.incident, matter_.subject);
      if (is_of_a_part || is_beside_parts(matter_.scene, matter_.subject)) {
        // How many of them are among those that are counted is certain where all or none are.
        const bool is_all = is_of_all(matter_.scene, matter_.subject, told) == Truth::yes;
        verdict_.done = is_all ? verdict_.of : *event.done == 0 ? event.done : std::nullopt;
        continue;
      }
      verdict_.done = event.done;
      if (event.of) verdict_.of = event.of;
    }
  }

  // What the CA determined or had evidence of was given. What it was only told of, or made aware of, others can dispute.
  bool shows_the_reason(const Told& told) const {
    const auto shows = [](EventKind kind) {
      return kind == EventKind::evidence_obtained || kind == EventKind::verified || kind == EventKind::determined;
    };
    if (told.event != none) return shows(matter_.event(told).kind);
    const auto kinds = matter_.trigger_kinds(verdict_.edition);
    return std::all_of(kinds.begin(), kinds.end(), shows);
  }

  void doubt_start(const Told& told) {
    const Ground* ground = matter_.subject.ground;
    if (ground != nullptr && ground->contested && !shows_the_reason(told))
      matter_.doubt("it is contested whether the reason to revoke was given" +
                        (ground->contested_because.empty() ? "" : ": " + ground->contested_because),
                    "whether what was reported sufficed");
    if (!told.certain) matter_.doubt(told.doubt, "whether and when the clock started");
  }

  // Whether it is open whether the incident has certificates beside its parts.
  bool may_not_exist() const {
    return matter_.subject.ground != nullptr && is_beside_parts(matter_.scene, matter_.subject) &&
           matter_.scene.numbers().has_any_beside == Truth::unknown;
  }

  void doubt_existence() {
    if (may_not_exist())
      matter_.doubt("whether the incident has certificates beside its cohorts and cases is not told",
                    "how many are affected in all, and how many in each cohort and case");
  }

  // What ended before it was due was perhaps not asked for any more.
  void doubt_stop(const Moment& start) {
    if (matter_.stop_kinds().empty() || verdict_.standing == Standing::met) return;
    for (const Told& told : matter_.events(matter_.stop_kinds(), Role::start, Scope::everything)) {
      if (before(told.moment, start) == Truth::yes) continue;
      if (verdict_.deadline && not_after(told.moment, *verdict_.deadline) == Truth::no) continue;
      return matter_.doubt(matter_.what_started(told, matter_.stop_kinds()) + " came before it was due, and " +
                               std::string(matter_.pack.short_title) + " does not say whether it was still owed then",
                           "whether it was still asked for after " + matter_.what_started(told, matter_.stop_kinds()));
    }
  }

  Matter& matter_;
  Verdict& verdict_;
  Misses misses_;
  const Edition* awaited_ = nullptr;
};

}  // namespace

bool judge_respond(Matter& matter) { return Response(matter).judge(); }

}  // namespace cita
