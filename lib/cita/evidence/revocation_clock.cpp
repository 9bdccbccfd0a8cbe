#include <cita/evidence/revocation_clock.hpp>

#include <algorithm>

namespace cita::evidence {

namespace {

constexpr std::size_t fewest_serial_digits = 16;

std::string_view bytes_of(const Digest& digest) { return {reinterpret_cast<const char*>(digest.data()), digest.size()}; }

bool contains(std::span<const EventKind> kinds, EventKind kind) {
  return std::find(kinds.begin(), kinds.end(), kind) != kinds.end();
}

bool asks_to_revoke(const Judgement& judgement) {
  const Duty& duty = *judgement.duty;
  const bool is_must_of_any_sort =
      judgement.level && (is_must(*judgement.level) || *judgement.level == RequirementLevel::lc_must);
  const bool is_open =
      judgement.applicability == Applicability::applies || judgement.applicability == Applicability::undetermined;
  return duty.pattern == Pattern::respond && duty.per == Per::certificates && !duty.reason_table.empty() &&
         duty.trigger.missed.empty() && contains(duty.discharge.kinds, EventKind::revocation) && is_must_of_any_sort && is_open &&
         !judgement.is_draft();
}

void widen(Bounds& bounds, const std::optional<Moment>& by, bool is_first) {
  const Bounds other = by ? Bounds{by->earliest(), by->latest()} : Bounds{};
  bounds = is_first ? other : Bounds{std::min(bounds.first, other.first), std::max(bounds.last, other.last)};
}

RevocationClock clock_of(const Judgement& judgement, const Incident& incident) {
  RevocationClock clock;
  const Verdict& shown = judgement.shown();
  Subject without_place = judgement.subject;
  without_place.in_case = without_place.cohort = none;
  clock.title = std::string(judgement.duty->title) + ", " + describe(without_place, incident);
  clock.duty = judgement.duty->id;
  clock.document =
      std::string(judgement.pack->short_title) + (shown.edition != nullptr ? " " + std::string(shown.edition->section) : "");
  if (shown.edition != nullptr) clock.limit = describe(shown.edition->limit);
  if (shown.trigger) clock.started = shown.trigger->what;
  clock.governs = judgement.governing;
  if (judgement.applicability != Applicability::applies)
    clock.doubt = shown.applicability_because.empty() ? "whether it applies is open" : shown.applicability_because;
  clock.short_lived = judgement.pack->short_lived;
  bool is_first = true;
  for (const ViewVerdict& view : judgement.views) {
    if (!view.default_readings) continue;
    const Verdict& verdict = view.verdict;
    const Truth exempts = truth(verdict.edition != nullptr && verdict.edition->short_lived_exempt);
    clock.exempts_short_lived = is_first || clock.exempts_short_lived == exempts ? exempts : Truth::unknown;
    widen(clock.start, verdict.trigger ? std::optional(verdict.trigger->told.moment) : std::nullopt, is_first);
    widen(clock.last_on_time, verdict.deadline, is_first);
    if (verdict.trigger && verdict.trigger->told.moment.unit() != Unit::second)
      clock.rounding = std::max(clock.rounding, longest(verdict.trigger->told.moment.unit()));
    is_first = false;
  }
  return clock;
}

// The CRLReasons that the asserted reasons ask for. One that asks for none leaves the choice free.
class Reasons {
 public:
  explicit Reasons(CertificateGroup& group) : group_(group) {}

  void add(const Judgement& judgement) {
    const ReasonTable* table = judgement.pack->reason_table(judgement.duty->reason_table);
    const Ground* ground = judgement.subject.ground;
    const Reason* reason = table == nullptr || ground == nullptr ? nullptr : table->find(ground->reason);
    if (reason == nullptr) return;
    if (!ground->contested) group_.reasons_are_contested = false;
    if (!reason->crl_reason) is_free_ = true;
    else if (std::find(group_.reasons.begin(), group_.reasons.end(), *reason->crl_reason) == group_.reasons.end())
      group_.reasons.push_back(*reason->crl_reason);
    // Of several documents the last to ask is the first that all of them are sure of.
    group_.reasons_from = any_ ? std::max(group_.reasons_from, table->crl_reasons_from) : table->crl_reasons_from;
    any_ = true;
  }
  void finish() {
    if (is_free_) group_.reasons.clear();
  }

 private:
  CertificateGroup& group_;
  bool any_ = false, is_free_ = false;
};

// The largest number that the file tells of: of the set itself, or of what its events are about.
std::optional<std::int64_t> told_count(const Incident& incident, const Subject& subject) {
  std::optional<std::int64_t> largest = certificates_of(incident, subject).total();
  const auto consider = [&largest](const std::optional<std::int64_t>& count) {
    if (count && (!largest || *count > *largest)) largest = count;
  };
  // Where there is one case or cohort, what is told of the incident is told of it.
  const bool is_of_all = subject.in_case == none && subject.cohort == none;
  const bool is_only_one = is_of_all || incident.cases.size() + incident.cohorts.size() == 1;
  for (const Event& each : incident.events) {
    const bool is_own = each.in_case == subject.in_case && each.cohort == subject.cohort;
    const bool is_on_revocation = each.kind == EventKind::revocation || each.kind == EventKind::revocation_published ||
                                  each.kind == EventKind::revocation_partial || each.kind == EventKind::expired;
    if (!is_on_revocation || (!is_own && !(is_only_one && each.in_case == none && each.cohort == none))) continue;
    consider(each.of);
    consider(each.done);
  }
  if (is_only_one) consider(incident.report.total_certificates);
  return largest;
}

CertificateGroup group_of(const Incident& incident, const Assessment& assessment, int in_case, int cohort) {
  CertificateGroup group;
  Subject subject;
  subject.per = Per::certificates;
  group.in_case = subject.in_case = in_case;
  group.cohort = subject.cohort = cohort;
  if (in_case != none) group.id = incident.cases[static_cast<std::size_t>(in_case)].id;
  if (cohort != none) group.id = incident.cohorts[static_cast<std::size_t>(cohort)].id;
  group.name = group.id.empty() ? "the incident" : describe(subject, incident);
  const CertificateSet& set = certificates_of(incident, subject);
  group.list_file = set.list_file;
  group.told_count = told_count(incident, subject);
  group.count_span = set.count_span;
  group.reasons_are_contested = true;
  Reasons reasons(group);
  for (std::size_t i = 0; i < assessment.judgements.size(); ++i) {
    const Judgement& judgement = assessment.judgements[i];
    if (judgement.subject.in_case != in_case || judgement.subject.cohort != cohort || !asks_to_revoke(judgement)) continue;
    group.clocks.push_back(clock_of(judgement, incident));
    group.clocks.back().judgement = static_cast<int>(i);
    reasons.add(judgement);
  }
  reasons.finish();
  const auto restrain = [&group](const CertificateSet& of) {
    for (const Restraint& each : of.restraints) {
      RestraintMark mark;
      bool all = true;
      mark.text = each.text;
      mark.is_on_all = each.certificates.empty();
      mark.on = names_in(each.certificates, all);
      group.restraints.push_back(std::move(mark));
    }
  };
  restrain(set);
  if (&set != &incident.certificate_set) restrain(incident.certificate_set);
  return group;
}

// What can be said of certificates that may belong to any of several groups: the bounds of all their clocks.
RevocationClock clock_over(const std::vector<CertificateGroup>& groups, const std::vector<std::uint32_t>& candidates) {
  RevocationClock all;
  all.title = "Revoke by the deadline of the case or cohort it belongs to, whichever that is";
  bool is_first = true, any_is_unjudged = false;
  for (const std::uint32_t index : candidates) {
    const RevocationClock* clock = groups[index].main_clock();
    if (clock == nullptr) {
      all.doubt = "it may belong to " + groups[index].name + ", for which no duty to revoke is judged";
      any_is_unjudged = true;
      continue;
    }
    if (!clock->is_certain() && all.doubt.empty()) all.doubt = clock->doubt;
    const auto hull = [is_first](Bounds& to, const Bounds& from) {
      to = is_first ? from : Bounds{std::min(to.first, from.first), std::max(to.last, from.last)};
    };
    hull(all.start, clock->start);
    hull(all.last_on_time, clock->last_on_time);
    all.rounding = std::max(all.rounding, clock->rounding);
    const bool is_alike = is_first || all.exempts_short_lived == clock->exempts_short_lived;
    all.exempts_short_lived = is_alike ? clock->exempts_short_lived : Truth::unknown;
    if (!clock->short_lived.empty()) all.short_lived = clock->short_lived;
    is_first = false;
  }
  // Nobody knows by when.
  if (any_is_unjudged) all.start = all.last_on_time = Bounds{};
  return all;
}

}  // namespace

bool CertificateNames::has(const ListRow& row) const {
  return (row.digest && std::find(digests.begin(), digests.end(), *row.digest) != digests.end()) ||
         (row.serial && std::find(serials.begin(), serials.end(), *row.serial) != serials.end());
}

CertificateNames names_in(std::string_view text, bool& all) {
  constexpr std::string_view between = " \t\r\n,;\"'()";
  CertificateNames names;
  for (std::size_t at = text.find_first_not_of(between); at != std::string_view::npos; at = text.find_first_not_of(between, at)) {
    const std::size_t end = std::min(text.find_first_of(between, at), text.size());
    const std::string_view whole = text.substr(at, end - at);
    std::string_view word = whole;
    at = end;
    if (const auto sign = word.rfind('='); sign != std::string_view::npos) word.remove_prefix(sign + 1);
    std::string digits;
    for (const char c : word.starts_with("0x") || word.starts_with("0X") ? word.substr(2) : word)
      if (c != ':') digits += c;
    Digest digest;
    if (read_digest(digits, digest)) {
      names.digests.push_back(digest);
      continue;
    }
    // Digits alone may be a number in decimal.
    const bool is_decimal = std::all_of(digits.begin(), digits.end(), [](char c) { return c >= '0' && c <= '9'; });
    if (is_decimal || !is_hex(digits) || digits.size() < fewest_serial_digits || digits.size() > 2 * Serial::most_octets) {
      all = false;
      if (whole.find("crt.sh") != std::string_view::npos) names.ids.emplace_back(whole);
      continue;
    }
    if (digits.size() % 2 != 0) digits.insert(digits.begin(), '0');
    Serial serial;
    for (std::size_t i = 0; i < digits.size(); i += 2) {
      const auto octet = static_cast<std::uint8_t>(hex_value(digits[i]) * 16 + hex_value(digits[i + 1]));
      if (serial.size > 0 || octet != 0) serial.octets[serial.size++] = octet;
    }
    names.serials.push_back(serial);
  }
  return names;
}

const RevocationClock* CertificateGroup::main_clock() const {
  const RevocationClock* earliest = nullptr;
  for (const RevocationClock& each : clocks) {
    if (each.governs) return &each;
    const bool is_surer = earliest == nullptr || (each.is_certain() && !earliest->is_certain());
    const bool is_earlier = earliest != nullptr && each.is_certain() == earliest->is_certain() &&
                            each.last_on_time.last < earliest->last_on_time.last;
    if (is_surer || is_earlier) earliest = &each;
  }
  return earliest;
}

Grouping Grouping::with(RevocationClock clock) {
  Grouping grouping;
  CertificateGroup group;
  group.clocks.push_back(std::move(clock));
  grouping.groups_.push_back(std::move(group));
  grouping.rest_ = {0};
  return grouping;
}

std::optional<Grouping> Grouping::of(const Incident& incident, const Assessment& assessment, const std::string& selected,
                                     const std::vector<std::string>& lists) {
  Grouping grouping;
  std::vector<std::uint32_t> candidates;
  const auto add = [&](int in_case, int cohort, const CertificateSet& set) {
    CertificateGroup group = group_of(incident, assessment, in_case, cohort);
    const bool is_selected = !selected.empty() && group.id == selected;
    const bool has_list = !set.list_file.empty() && std::find(lists.begin(), lists.end(), set.list_file) != lists.end();
    const bool is_whole = in_case == none && cohort == none;
    const bool is_told =
        is_whole ? has_list || !set.listed.empty() || grouping.groups_.empty() : set.total() || !set.list_file.empty();
    if (group.clocks.empty() && !is_selected && !is_told) return;
    // For the incident as a whole no duty need be judged where it has cases or cohorts.
    const bool is_judged = !is_whole || !group.clocks.empty() || grouping.groups_.empty();
    const auto index = static_cast<std::uint32_t>(grouping.groups_.size());
    grouping.groups_.push_back(std::move(group));
    if (is_selected) grouping.selected_ = static_cast<int>(index);
    bool names_all = !set.listed.empty() && set.total() == static_cast<std::int64_t>(set.listed.size());
    grouping.add_names(set, index, names_all);
    grouping.groups_[index].names_any = !set.listed.empty();
    grouping.groups_[index].names_all = names_all;
    if (!names_all && !has_list && is_judged) candidates.push_back(index);
  };
  for (std::size_t i = 0; i < incident.cases.size(); ++i) add(static_cast<int>(i), none, incident.cases[i].certificates);
  for (std::size_t i = 0; i < incident.cohorts.size(); ++i) add(none, static_cast<int>(i), incident.cohorts[i].certificates);
  add(none, none, incident.certificate_set);
  if (!selected.empty() && grouping.selected_ == none) return std::nullopt;
  grouping.add_lists(lists);
  std::vector<std::uint32_t> open = grouping.share_lists();
  if (grouping.selected_ != none) grouping.rest_ = {static_cast<std::uint32_t>(grouping.selected_)};
  else if (candidates.size() == 1) grouping.rest_ = candidates;
  else open.insert(open.end(), candidates.begin(), candidates.end());
  if (grouping.rest_.empty() || !open.empty()) grouping.add_mixed(std::move(open));
  return grouping;
}

void Grouping::add_names(const CertificateSet& set, std::uint32_t group, bool& all) {
  for (const Certificate& each : set.listed) {
    const CertificateNames names = names_in(each.id, all);
    all = all && !names.is_empty();
    const auto add = [&](std::string_view key) {
      auto& groups = named_[std::string(key)];
      if (groups.empty() || groups.back() != group) groups.push_back(group);
    };
    for (const Digest& digest : names.digests) add(bytes_of(digest));
    for (const Serial& serial : names.serials) add(serial.bytes());
  }
}

// The group of rows that may belong to every one of these; where there is none, to any.
void Grouping::add_mixed(std::vector<std::uint32_t> candidates) {
  for (std::uint32_t i = 0; candidates.empty() && i < groups_.size(); ++i) candidates.push_back(i);
  std::sort(candidates.begin(), candidates.end());
  candidates.erase(std::unique(candidates.begin(), candidates.end()), candidates.end());
  CertificateGroup mixed;
  mixed.name = "certificates of which the file does not say whose they are";
  mixed.clocks.push_back(clock_over(groups_, candidates));
  for (const std::uint32_t each : candidates)
    for (const RestraintMark& mark : groups_[each].restraints)
      if (!mark.on.is_empty()) mixed.restraints.push_back(mark);
  mixed_ = static_cast<int>(groups_.size());
  candidates_ = std::move(candidates);
  groups_.push_back(std::move(mixed));
  const auto index = static_cast<std::uint32_t>(mixed_);
  if (rest_.empty()) rest_ = {index};
  for (OfFile& each : by_file_)
    if (each.is_shared && each.groups.empty()) each.groups = {index};
}

// Lists that are given under other names may be any of those that the file names.
bool Grouping::lacks_list(std::size_t group, const std::vector<std::string>& lists) const {
  const CertificateGroup& of = groups_[group];
  if (static_cast<int>(group) == mixed_) return false;
  if (of.list_file.empty()) {
    const auto is_others = [&](const std::string& list) {
      const auto has_it = [&list](const CertificateGroup& each) { return each.list_file == list; };
      const auto is_of_all = [&](const CertificateGroup& each) { return has_it(each) && each.id.empty(); };
      return !list.empty() && std::any_of(groups_.begin(), groups_.end(), has_it) &&
             std::none_of(groups_.begin(), groups_.end(), is_of_all);
    };
    return !of.id.empty() && !lists.empty() && std::all_of(lists.begin(), lists.end(), is_others);
  }
  std::vector<std::string> missing;
  for (const CertificateGroup& each : groups_)
    if (!each.list_file.empty() && std::find(lists.begin(), lists.end(), each.list_file) == lists.end())
      missing.push_back(each.list_file);
  std::sort(missing.begin(), missing.end());
  missing.erase(std::unique(missing.begin(), missing.end()), missing.end());
  const auto others = static_cast<std::size_t>(std::count(lists.begin(), lists.end(), std::string()));
  return std::binary_search(missing.begin(), missing.end(), of.list_file) && missing.size() > others;
}

bool Grouping::lacks_any_list(const std::vector<std::string>& lists) const {
  for (std::size_t group = 0; group < groups_.size(); ++group)
    if (lacks_list(group, lists)) return true;
  return false;
}

void Grouping::add_lists(const std::vector<std::string>& lists) {
  by_file_.resize(lists.size());
  for (std::size_t file = 0; file < lists.size(); ++file)
    for (std::uint32_t group = 0; group < groups_.size(); ++group)
      if (!lists[file].empty() && groups_[group].list_file == lists[file]) by_file_[file].groups.push_back(group);
}

// A row of a list that several have may belong to any of them, and one of a list of the incident as a whole to every case or
// cohort that does not name all of its own; unless one is asked for. Returns who these are.
std::vector<std::uint32_t> Grouping::share_lists() {
  std::vector<std::uint32_t> all;
  for (OfFile& of_file : by_file_) {
    if (of_file.groups.empty()) continue;
    if (groups_[of_file.groups.back()].id.empty())
      for (std::uint32_t group = 0; group + 1 < groups_.size(); ++group)
        if (!groups_[group].names_all) of_file.groups.push_back(group);
    if (of_file.groups.size() == 1) continue;
    of_file.is_shared = true;
    const auto asked = static_cast<std::uint32_t>(selected_);
    if (selected_ == none) {
      all.insert(all.end(), of_file.groups.begin(), of_file.groups.end());
      of_file.groups.clear();
    } else if (std::find(of_file.groups.begin(), of_file.groups.end(), asked) != of_file.groups.end()) {
      of_file.groups = {asked};
    }
  }
  return all;
}

// The groups that name a row by its hash, its serial number or the hash of its precertificate.
void Grouping::add_naming(const ListRow& row, std::vector<std::uint32_t>& groups) const {
  const auto add = [&](std::string_view key) {
    const auto found = named_.find(std::string(key));
    if (found == named_.end()) return;
    for (const std::uint32_t group : found->second)
      if (std::find(groups.begin(), groups.end(), group) == groups.end()) groups.push_back(group);
  };
  if (row.digest) add(bytes_of(*row.digest));
  if (row.serial) add(row.serial->bytes());
  Digest precertificate;
  const bool has_both = row.has_certificate && row.has_precertificate;
  if (has_both && read_digest(digits_of(row.text(Column::precertificate_hash)), precertificate)) add(bytes_of(precertificate));
}

std::span<const std::uint32_t> Grouping::groups_of(const ListRow& row, std::uint32_t file,
                                                   std::vector<std::uint32_t>& memory) const {
  const bool has_list = file < by_file_.size() && !by_file_[file].groups.empty();
  memory.clear();
  if (!named_.empty()) add_naming(row, memory);
  if (memory.empty()) return has_list ? by_file_[file].groups : rest_;
  if (!has_list || by_file_[file].is_shared) return memory;
  for (const std::uint32_t group : by_file_[file].groups)
    if (std::find(memory.begin(), memory.end(), group) == memory.end()) memory.push_back(group);
  return memory;
}

std::optional<std::span<const std::uint32_t>> Grouping::groups_of_all(std::uint32_t file) const {
  if (!named_.empty()) return std::nullopt;
  return file < by_file_.size() && !by_file_[file].groups.empty() ? by_file_[file].groups : rest_;
}

}  // namespace cita::evidence
