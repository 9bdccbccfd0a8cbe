#include <cita/output/progress.hpp>

#include <fmt/format.h>

#include <algorithm>

namespace cita {

namespace {

using Count = std::optional<std::int64_t>;

constexpr EventKind complete_kinds[] = {EventKind::revocation, EventKind::revocation_published};

bool is_one_of(EventKind kind, std::span<const EventKind> kinds) {
  return std::find(kinds.begin(), kinds.end(), kind) != kinds.end();
}

// Whose progress it is; neither case nor cohort: that of the incident as a whole.
struct Part {
  int in_case = none;
  int cohort = none;

  bool is_whole() const { return in_case == none && cohort == none; }
  bool has(const Event& event) const { return event.in_case == in_case && event.cohort == cohort; }
};

class Progress {
 public:
  Progress(const Incident& incident, const Happenings& happenings, Instant as_of, Count total, const ListedCertificates* listed)
      : incident_(incident), happenings_(happenings), as_of_(as_of), total_(total), listed_(listed) {}

  std::vector<RevocationProgress> all() const {
    std::vector<RevocationProgress> result;
    for (const Part& each : parts()) result.push_back(of(each));
    return result;
  }

 private:
  const Event& event(const Happening& happening) const { return incident_.events[static_cast<std::size_t>(happening.event)]; }

  // What was told and not withdrawn, up to as-of.
  std::vector<const Happening*> told(const Part& part, std::span<const EventKind> kinds) const {
    std::vector<const Happening*> result;
    for (const Happening& each : happenings_.all())
      if (!each.is_plan && happenings_.has_happened(each) && happenings_.is_withdrawn(each) != Truth::yes &&
          part.has(event(each)) && is_one_of(event(each).kind, kinds))
        result.push_back(&each);
    return result;
  }

  std::vector<Part> parts() const {
    constexpr EventKind kinds[] = {EventKind::revocation, EventKind::revocation_published, EventKind::revocation_partial};
    if (!told({}, kinds).empty()) return {Part{}};
    std::vector<Part> result;
    const auto add = [&](const Part& part) {
      if (set_of(part).total().value_or(0) > 0 || !set_of(part).list_file.empty() || !told(part, kinds).empty())
        result.push_back(part);
    };
    for (std::size_t i = 0; i < incident_.cases.size(); ++i) add({static_cast<int>(i), none});
    for (std::size_t i = 0; i < incident_.cohorts.size(); ++i) add({none, static_cast<int>(i)});
    return result.empty() ? std::vector<Part>{Part{}} : result;
  }

  const CertificateSet& set_of(const Part& part) const {
    if (part.in_case != none) return incident_.cases[static_cast<std::size_t>(part.in_case)].certificates;
    if (part.cohort != none) return incident_.cohorts[static_cast<std::size_t>(part.cohort)].certificates;
    return incident_.certificate_set;
  }

  std::string name_of(const Part& part) const {
    if (part.in_case != none) return fmt::format("Case {}", incident_.cases[static_cast<std::size_t>(part.in_case)].id);
    if (part.cohort != none) return fmt::format("Cohort {}", incident_.cohorts[static_cast<std::size_t>(part.cohort)].id);
    return "all certificates";
  }

  RevocationProgress of(const Part& part) const {
    RevocationProgress result;
    result.of = name_of(part);
    result.total = part.is_whole() ? total_ : set_of(part).total();
    const auto complete = told(part, complete_kinds);
    const bool is_all = std::any_of(complete.begin(), complete.end(), [&](const Happening* each) { return counts_all(*each); });
    if (const auto* listed = listed_of(part, result.total)) {
      take(listed->total, result.total, result.is_total_listed);
      take(listed->revoked, result.revoked, result.is_revoked_listed);
      take(listed->expired, result.expired, result.is_expired_listed);
    }
    read_counts(part, result);
    if (!result.expired) result.expired = expired(part, result);
    // Who tells that all were revoked may leave out those that expired, as a list shows.
    const bool are_all_revoked =
        result.expired || !has_list(part) || listed_->part(part.in_case, part.cohort)->expired.value_or(0) == 0;
    if (is_all && result.total && are_all_revoked) result.revoked = *result.total - result.expired.value_or(0);
    result.is_complete = is_all || (result.remaining() == 0 && result.is_remainder_certain());
    if (result.is_complete && !result.expired && are_all_revoked) result.expired = 0;
    constexpr EventKind kinds[] = {EventKind::revocation, EventKind::revocation_published, EventKind::revocation_partial};
    const auto last = told(part, kinds);
    if (result.is_complete && !last.empty() && !result.is_revoked_listed) result.finished = *last.back();
    if (!result.is_complete) result.plan = plan(part);
    return result;
  }

  // Whether it is what it says, and stands.
  bool is_sure(const Happening& each) const { return event(each).unsure.empty() && happenings_.is_withdrawn(each) == Truth::no; }

  // A revocation without counts is one of all certificates; one that may be none is not.
  bool counts_all(const Happening& each) const {
    const Event& told = event(each);
    return is_sure(each) && (!told.done || told.done == told.of);
  }

  // "10 of 12" tells how many are revoked by then; a number alone does only where there is no other. One that may be none leaves
  // it open.
  void read_counts(const Part& part, RevocationProgress& progress) const {
    constexpr EventKind kinds[] = {EventKind::revocation_partial, EventKind::revocation, EventKind::revocation_published};
    const auto all = told(part, kinds);
    if (all.empty()) {
      if (!progress.revoked && is_silence_telling() && !has_list(part)) progress.revoked = 0;
      return;
    }
    const Event& last = event(*all.back());
    if (!is_sure(*all.back()) || progress.is_revoked_listed) return;
    if (last.of || all.size() == 1) progress.revoked = last.done;
    if (!progress.total) progress.total = last.of;
  }

  // Lists count all or nothing: numbers of two tellings do not add up. So they are not asked where the file tells of revocations,
  // unless it counted some and the lists show more since, or of another number of certificates.
  const ListedCertificates::Counts* listed_of(const Part& part, const Count& told_total) const {
    constexpr EventKind kinds[] = {EventKind::revocation, EventKind::revocation_published, EventKind::revocation_partial,
                                   EventKind::expired};
    if (!has_list(part)) return nullptr;
    const auto* listed = listed_->part(part.in_case, part.cohort);
    const bool are_whole = listed->total && listed->revoked && listed->expired;
    const auto all = told(part, kinds);
    const bool is_silent = all.empty() || (are_whole && shows_more(*listed, all));
    return are_whole && is_silent && (!told_total || told_total == listed->total) ? listed : nullptr;
  }
  bool shows_more(const ListedCertificates::Counts& listed, const std::vector<const Happening*>& told) const {
    return std::all_of(told.begin(), told.end(), [&](const Happening* each) {
      const Event& self = event(*each);
      return self.kind == EventKind::revocation_partial && is_sure(*each) && self.done && self.done < listed.revoked &&
             (!self.of || self.of == listed.total);
    });
  }
  bool has_list(const Part& part) const { return listed_ != nullptr && listed_->part(part.in_case, part.cohort) != nullptr; }
  static void take(const Count& counted, Count& number, bool& is_listed) {
    is_listed = !number && counted;
    if (is_listed) number = counted;
  }

  bool is_silence_telling() const {
    return std::any_of(incident_.accounts.begin(), incident_.accounts.end(), [](const Account& each) {
      return each.kind == AccountKind::ca && each.is_complete_for(EventKind::revocation) &&
             each.is_complete_for(EventKind::revocation_partial);
    });
  }

  Count expired(const Part& part, const RevocationProgress& progress) const {
    constexpr EventKind kinds[] = {EventKind::expired};
    const auto all = told(part, kinds);
    if (all.empty()) return expired_by_dates(part, progress);
    // As with revocations, the last one tells how many had expired by then.
    const Count& last = event(*all.back()).done;
    if (!is_sure(*all.back())) return {};
    if (last || !progress.total || !progress.revoked) return last;
    return *progress.total - *progress.revoked;
  }

  // The dates of the certificates tell it when all are listed, and either none is over or none was revoked.
  Count expired_by_dates(const Part& part, const RevocationProgress& progress) const {
    const CertificateSet& set = set_of(part);
    if (set.listed.empty() || set.count || !set.list_file.empty()) return {};
    std::int64_t count = 0;
    for (const Certificate& each : set.listed) {
      if (!each.not_after) return {};
      if (each.not_after->moment.latest() < as_of_) ++count;
      else if (each.not_after->moment.earliest() < as_of_) return {};
    }
    return count == 0 || progress.revoked == 0 ? Count(count) : Count();
  }

  // What is planned for a part itself counts before what is planned for the whole.
  std::optional<Happening> plan(const Part& part) const {
    std::optional<Happening> result;
    for (const Happening& each : happenings_.all())
      if (each.is_plan && each.moment && each.moment->latest() > as_of_ &&
          (part.has(event(each)) || (Part{}.has(event(each)) && !result)))
        result = each;
    return result;
  }

  const Incident& incident_;
  const Happenings& happenings_;
  Instant as_of_;
  Count total_;
  const ListedCertificates* listed_;
};

// The sum of a number of all parts, or nothing.
Count sum_of(const std::vector<RevocationProgress>& parts, Count RevocationProgress::*number) {
  std::int64_t total = 0;
  for (const RevocationProgress& each : parts) {
    if (!(each.*number)) return {};
    total += *(each.*number);
  }
  return total;
}

bool is_later(const std::optional<Happening>& a, const std::optional<Happening>& b) {
  return a && (!b || a->moment->latest() > b->moment->latest());
}

}  // namespace

std::optional<std::int64_t> RevocationProgress::remaining() const {
  if (is_complete) return 0;
  if (!total || !revoked) return std::nullopt;
  return std::max<std::int64_t>(0, *total - *revoked - expired.value_or(0));
}

std::vector<RevocationProgress> revocation_progress(const Incident& incident, const Happenings& happenings, Instant as_of,
                                                    std::optional<std::int64_t> total, const ListedCertificates* listed) {
  return Progress(incident, happenings, as_of, total, listed).all();
}

RevocationProgress sum(const std::vector<RevocationProgress>& parts, std::optional<std::int64_t> total, bool is_total_listed) {
  RevocationProgress result;
  const Count of_parts = sum_of(parts, &RevocationProgress::total);
  const bool is_one = parts.size() == 1;
  result.total = total || !is_one ? total : of_parts;
  result.is_total_listed = total ? is_total_listed : is_one && parts.front().is_total_listed;
  const auto are_of_one_telling = [&parts](bool RevocationProgress::*is_listed) {
    return std::all_of(parts.begin(), parts.end(),
                       [&](const RevocationProgress& each) { return each.*is_listed == parts.front().*is_listed; });
  };
  const bool are_whole = is_one || (of_parts && result.total == of_parts);
  if (are_whole && are_of_one_telling(&RevocationProgress::is_revoked_listed)) {
    result.revoked = sum_of(parts, &RevocationProgress::revoked);
    result.is_revoked_listed = !parts.empty() && parts.front().is_revoked_listed;
  }
  if (are_whole && are_of_one_telling(&RevocationProgress::is_expired_listed)) {
    result.expired = sum_of(parts, &RevocationProgress::expired);
    result.is_expired_listed = !parts.empty() && parts.front().is_expired_listed;
  }
  result.is_complete = std::all_of(parts.begin(), parts.end(), [](const RevocationProgress& each) { return each.is_complete; });
  bool has_plan = true;
  for (const RevocationProgress& each : parts) {
    if (is_later(each.finished, result.finished)) result.finished = each.finished;
    if (is_later(each.plan, result.plan)) result.plan = each.plan;
    has_plan = has_plan && (each.is_complete || each.plan);
  }
  if (!has_plan) result.plan.reset();
  if (!result.is_complete) result.finished.reset();
  return result;
}

}  // namespace cita
