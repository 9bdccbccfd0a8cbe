#include <cita/evidence/grouping.hpp>

#include <algorithm>

namespace cita::evidence {

namespace {

std::string_view bytes_of(const Digest& digest) { return {reinterpret_cast<const char*>(digest.data()), digest.size()}; }

bool contains(const std::vector<std::uint32_t>& groups, std::size_t group) {
  return std::find(groups.begin(), groups.end(), group) != groups.end();
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
      if (groups[index].id.empty() && !groups[index].told_count)
        all.doubt += "; incident.affected.count shows whether cases and cohorts have all of its certificates";
      any_is_unjudged = true;
      continue;
    }
    // Whether there are any beside cases and cohorts may be open: then they are these'.
    const bool may_be_nobodys = groups[index].id.empty() && candidates.size() > 1;
    if (!clock->is_certain() && all.doubt.empty() && !may_be_nobodys) all.doubt = clock->doubt;
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

Grouping Grouping::with(RevocationClock clock) {
  Grouping grouping;
  CertificateGroup group;
  group.clocks.push_back(std::move(clock));
  grouping.groups_.push_back(std::move(group));
  grouping.rest_ = {0};
  return grouping;
}

std::optional<Grouping> Grouping::of(const Incident& incident, const Assessment& assessment, const std::string& selected,
                                     const std::vector<std::string>& lists, ClockChoice clocks) {
  Grouping grouping;
  std::vector<std::uint32_t> candidates;
  const auto add = [&](int in_case, int cohort, const CertificateSet& set) {
    CertificateGroup group = group_of(incident, assessment, in_case, cohort, clocks);
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
  // Who has no list can only have rows of lists that are nobody's.
  const bool leaves_rows =
      std::any_of(grouping.by_file_.begin(), grouping.by_file_.end(), [](const OfFile& each) { return each.groups.empty(); });
  std::vector<std::uint32_t> open = grouping.share_lists();
  if (grouping.selected_ != none) grouping.rest_ = {static_cast<std::uint32_t>(grouping.selected_)};
  else if (candidates.size() == 1) grouping.rest_ = candidates;
  else if (open.empty() || leaves_rows) open.insert(open.end(), candidates.begin(), candidates.end());
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

// Whether an order on all certificates is one on those of each of these groups.
bool Grouping::restrains_all(const std::vector<std::uint32_t>& groups, const RestraintMark& order) const {
  return std::all_of(groups.begin(), groups.end(), [&](std::uint32_t each) {
    const auto& own = groups_[each].restraints;
    return std::find(own.begin(), own.end(), order) != own.end();
  });
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
      if (std::find(mixed.restraints.begin(), mixed.restraints.end(), mark) == mixed.restraints.end() &&
          (!mark.is_on_all || restrains_all(candidates, mark)))
        mixed.restraints.push_back(mark);
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

// Whether the file tells that every certificate is one of a case or cohort: these are as many as the incident has, and the duties
// are theirs.
bool Grouping::are_all_of_parts() const {
  const CertificateGroup& whole = groups_.back();
  if (groups_.size() < 2 || !whole.id.empty() || !whole.clocks.empty() || !whole.told_count) return false;
  std::int64_t parts = 0;
  for (std::size_t group = 0; group + 1 < groups_.size(); ++group) {
    if (!groups_[group].told_count) return false;
    parts += *groups_[group].told_count;
  }
  return parts == *whole.told_count;
}

// The only one of these that does not name all of its own; where there are several, nobody.
std::vector<std::uint32_t> Grouping::only_one_left(std::vector<std::uint32_t> groups) const {
  std::erase_if(groups, [this](std::uint32_t group) { return !groups_[group].id.empty() && groups_[group].names_all; });
  if (groups.size() != 1) groups.clear();
  return groups;
}

// A row of a list that several have may belong to any of them, and one of a list of the incident as a whole to every case or
// cohort that does not name all of its own; unless one is asked for. Returns who these are.
std::vector<std::uint32_t> Grouping::share_lists() {
  std::vector<std::uint32_t> all;
  for (OfFile& of_file : by_file_) {
    if (of_file.groups.empty()) continue;
    const bool is_of_all = groups_[of_file.groups.back()].id.empty();
    if (is_of_all)
      for (std::uint32_t group = 0; group + 1 < groups_.size(); ++group)
        if (!groups_[group].names_all) of_file.groups.push_back(group);
    of_file.is_shared = is_of_all || of_file.groups.size() > 1;
    if (are_all_of_parts()) std::erase_if(of_file.groups, [this](std::uint32_t group) { return groups_[group].id.empty(); });
    if (of_file.groups.size() == 1) continue;
    const auto asked = static_cast<std::uint32_t>(selected_);
    if (selected_ == none) {
      of_file.only = only_one_left(of_file.groups);
      all.insert(all.end(), of_file.groups.begin(), of_file.groups.end());
      of_file.sharers = std::move(of_file.groups);
      of_file.groups.clear();
    } else if (contains(of_file.groups, asked)) {
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
      if (!contains(groups, group)) groups.push_back(group);
  };
  if (row.digest) add(bytes_of(*row.digest));
  if (row.serial) add(row.serial->bytes());
  if (const auto precertificate = precertificate_of(row)) add(bytes_of(*precertificate));
}

// Whose the rows of a list are that nobody names.
const std::vector<std::uint32_t>& Grouping::unnamed_in(std::uint32_t file) const {
  return file < by_file_.size() && !by_file_[file].groups.empty() ? by_file_[file].groups : rest_;
}

// Whether a row that nobody names can only be the one's that does not name all of its own: the others would name it, however they
// name their certificates.
bool Grouping::has_only_one(const ListRow& row, std::uint32_t file) const {
  return file < by_file_.size() && !by_file_[file].only.empty() && row.digest && row.serial && precertificate_of(row);
}

bool Grouping::has_all_of(std::size_t group, std::uint32_t file) const {
  const bool is_own = file < by_file_.size() && !by_file_[file].groups.empty() && !by_file_[file].is_shared;
  return (named_.empty() || is_own) && contains(unnamed_in(file), group);
}

bool Grouping::may_have_any_of(std::size_t group, std::uint32_t file) const {
  const bool may_be_only_one = file < by_file_.size() && contains(by_file_[file].only, group);
  return groups_[group].names_any || may_be_only_one || contains(unnamed_in(file), group);
}

bool Grouping::shares(std::size_t group, std::uint32_t file) const {
  return file < by_file_.size() && contains(by_file_[file].sharers, group);
}

bool Grouping::names(std::size_t group, const Digest& digest) const {
  const auto found = named_.find(std::string(bytes_of(digest)));
  return found != named_.end() && contains(found->second, group);
}

std::span<const std::uint32_t> Grouping::groups_of(const ListRow& row, std::uint32_t file,
                                                   std::vector<std::uint32_t>& memory) const {
  const bool has_list = file < by_file_.size() && !by_file_[file].groups.empty();
  memory.clear();
  if (!named_.empty()) add_naming(row, memory);
  if (memory.empty()) return has_only_one(row, file) ? by_file_[file].only : unnamed_in(file);
  if (!has_list || by_file_[file].is_shared) return memory;
  for (const std::uint32_t group : by_file_[file].groups)
    if (!contains(memory, group)) memory.push_back(group);
  return memory;
}

std::optional<std::span<const std::uint32_t>> Grouping::groups_of_all(std::uint32_t file) const {
  if (!named_.empty()) return std::nullopt;
  return unnamed_in(file);
}

}  // namespace cita::evidence
