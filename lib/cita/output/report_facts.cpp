#include <cita/output/markdown.hpp>
#include <cita/output/report_facts.hpp>
#include <cita/time/format.hpp>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <set>

namespace cita {

namespace {

template <class T>
bool contains(std::span<const T> all, const T& value) {
  return std::find(all.begin(), all.end(), value) != all.end();
}

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }

// Whether a word of the text begins with one of these, whatever the case.
bool mentions(std::string_view text, std::span<const std::string_view> beginnings) {
  const auto begins = [&](std::string_view rest) {
    return std::any_of(beginnings.begin(), beginnings.end(), [&](std::string_view each) {
      return rest.size() >= each.size() &&
             std::equal(each.begin(), each.end(), rest.begin(), [](char a, char b) { return lower(a) == lower(b); });
    });
  };
  bool in_word = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = lower(text[i]);
    const bool is_letter = c >= 'a' && c <= 'z';
    if (is_letter && !in_word && begins(text.substr(i))) return true;
    in_word = is_letter;
  }
  return false;
}

}  // namespace

ReportFacts::ReportFacts(const Incident& incident, const Happenings& happenings, Instant as_of, const ListedCertificates* listed)
    : incident_(incident),
      happenings_(happenings),
      as_of_(as_of),
      listed_(listed),
      last_due_change_(incident.action_items.size()) {
  for (const Happening& each : happenings.all())
    if (event(each).action_item != none && event(each).kind != EventKind::action_item_added && event(each).planned)
      last_due_change_[static_cast<std::size_t>(event(each).action_item)] = &event(each);
}

bool ReportFacts::holds(Needed needed) const {
  switch (needed) {
    case Needed::always: return true;
    case Needed::certificates: return concerns_certificates();
    case Needed::revocation_delay: return incident_.revocation_delay;
    case Needed::revocation_over: return incident_.revocation_delay && is_revocation_over();
    case Needed::problem_report: return had_problem_report();
    case Needed::reporter_answer: return had_problem_report() && can_answer_reporter();
    case Needed::issuance_stopped: return incident_.report.issuance_stopped.value_or(false);
    case Needed::optional: break;
  }
  return false;
}

bool ReportFacts::has(const ExpectedEntry& expected) const {
  const auto tells = [&](const Happening& each) {
    return !each.is_plan && contains(expected.events, event(each).kind) && went_to(event(each), expected.to);
  };
  const auto is_about = [&](const ActionItem& each) {
    return mentions(each.text, expected.mentions) || mentions(each.evaluation_criteria, expected.mentions);
  };
  return std::any_of(happenings_.all().begin(), happenings_.all().end(), tells) ||
         std::any_of(incident_.action_items.begin(), incident_.action_items.end(), is_about);
}

std::optional<std::int64_t> ReportFacts::total_certificates() const {
  const auto told = told_total();
  return told || listed_ == nullptr ? told : listed_->all.total;
}

std::optional<std::int64_t> ReportFacts::remaining_valid() const {
  const auto& told = incident_.report.remaining_valid;
  return told || listed_ == nullptr ? told : listed_->remaining_valid;
}

std::string ReportFacts::origin_of_total() const { return told_total() ? std::string() : counted_from(); }
std::string ReportFacts::origin_of_remaining() const { return incident_.report.remaining_valid ? std::string() : counted_from(); }

std::string ReportFacts::counted_from() const {
  if (listed_ == nullptr) return {};
  constexpr std::size_t most_named = 3;
  const auto files = list_files();
  const std::string all =
      files.size() > most_named ? fmt::format("{} lists", files.size()) : fmt::format("{}", fmt::join(files, ", "));
  return fmt::format(" (counted from {}, as of {})", all, show(as_of_));
}

std::vector<std::string> ReportFacts::by_deadline() const {
  return listed_ == nullptr ? std::vector<std::string>() : listed_->by_deadline;
}

std::optional<std::int64_t> ReportFacts::told_total() const {
  if (incident_.report.total_certificates) return incident_.report.total_certificates;
  if (const auto total = incident_.certificate_set.total()) return total;
  std::set<std::string> listed;
  bool all_listed = true;
  for_each_set([&](const CertificateSet& set) {
    all_listed = all_listed && !set.count && set.list_file.empty();
    for (const Certificate& each : set.listed) listed.insert(each.id);
  });
  if (!all_listed || listed.empty()) return std::nullopt;
  return static_cast<std::int64_t>(listed.size());
}

const std::optional<TimeRef>& ReportFacts::due(const ActionItem& item) const {
  const Event* change = last_due_change_[static_cast<std::size_t>(&item - incident_.action_items.data())];
  return change != nullptr ? change->planned : item.due;
}

std::vector<OpenQuestion> ReportFacts::open_questions() const {
  std::vector<OpenQuestion> all;
  std::vector<bool> is_open(incident_.questions.size(), true);
  for (const Question& each : incident_.questions) all.push_back({each.by, each.text, nullptr, nullptr});
  for (const Happening& each : happenings_.all()) {
    if (event(each).question == none) continue;
    const auto index = static_cast<std::size_t>(event(each).question);
    const bool is_past = happenings_.has_happened(each);
    if (event(each).kind == EventKind::question_asked && all[index].asked == nullptr) {
      all[index].asked = &each;
      if (!is_past) is_open[index] = false;
    }
    if (event(each).kind == EventKind::question_acknowledged && is_past) all[index].acknowledged = &each;
    if (event(each).kind == EventKind::question_answered && is_past) is_open[index] = false;
  }
  std::vector<OpenQuestion> result;
  for (std::size_t i = 0; i < all.size(); ++i)
    if (is_open[i]) result.push_back(all[i]);
  add_loose_questions(result);
  return result;
}

void ReportFacts::add_loose_questions(std::vector<OpenQuestion>& open) const {
  std::vector<OpenQuestion> loose;
  for (const Happening& each : happenings_.all()) {
    const Event& told = event(each);
    if (told.question != none || !happenings_.has_happened(each)) continue;
    if (told.kind == EventKind::question_answered) loose.clear();
    if (told.kind == EventKind::question_acknowledged && !loose.empty()) loose.back().acknowledged = &each;
    if (told.kind == EventKind::question_asked)
      loose.push_back({told.by.value_or(actor(told.kind)), told.text.empty() ? std::string(description(told.kind)) : told.text,
                       &each, nullptr});
  }
  for (OpenQuestion& each : loose) open.push_back(std::move(each));
}

std::string ReportFacts::audit_year() const {
  constexpr EventKind kinds[] = {EventKind::audit_period_ended};
  constexpr std::size_t year_length = 4;
  const auto ended = happenings_.last(kinds);
  if (!ended || ended->moment->is_open_before() || ended->moment->is_open_after()) return {};
  const std::string first = show_date(ended->moment->earliest()).substr(0, year_length);
  return first == show_date(ended->moment->latest()).substr(0, year_length) ? first : std::string();
}

std::vector<std::string> ReportFacts::list_files() const {
  std::set<std::string> files;
  for_each_set([&](const CertificateSet& set) {
    if (!set.list_file.empty()) files.insert(markdown::one_line(set.list_file.substr(set.list_file.find_last_of("/\\") + 1)));
  });
  return {files.begin(), files.end()};
}

bool ReportFacts::concerns_certificates() const {
  bool any = incident_.report.total_certificates.has_value();
  for_each_set([&](const CertificateSet& set) { any = any || set.total().value_or(0) > 0 || !set.list_file.empty(); });
  return any || incident_.certificates.has_value();
}

bool ReportFacts::had_problem_report() const {
  constexpr EventKind kinds[] = {EventKind::problem_report_sent, EventKind::problem_report_received};
  return !incident_.cases.empty() || happenings_.first(kinds).has_value();
}

bool ReportFacts::can_answer_reporter() const {
  return incident_.cases.empty() ||
         std::any_of(incident_.cases.begin(), incident_.cases.end(), [](const Case& each) { return !each.anonymous_reporter; });
}

bool ReportFacts::is_revocation_over() const {
  const auto& all = happenings_.all();
  const auto is_plan = [](const Happening& each) { return each.is_plan; };
  return std::any_of(all.begin(), all.end(), is_plan) && std::all_of(all.begin(), all.end(), [&](const Happening& each) {
           return !each.is_plan || (each.moment && each.moment->latest() <= as_of_);
         });
}

// One report serves both where the Subscriber is who reported.
bool ReportFacts::went_to(const Event& event, std::span<const Addressee> to) const {
  if (to.empty()) return true;
  const bool serves_both =
      event.in_case != none && incident_.cases[static_cast<std::size_t>(event.in_case)].subscriber_is_reporter;
  return std::any_of(event.to.begin(), event.to.end(), [&](const Addressee each) {
    return contains(to, each) || (serves_both && each == Addressee::reporter && contains(to, Addressee::subscriber));
  });
}

}  // namespace cita
