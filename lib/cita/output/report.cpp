#include <cita/base/suggest.hpp>
#include <cita/base/text.hpp>
#include <cita/output/happenings.hpp>
#include <cita/output/markdown.hpp>
#include <cita/output/people.hpp>
#include <cita/output/progress.hpp>
#include <cita/output/prose.hpp>
#include <cita/output/report.hpp>
#include <cita/output/report_facts.hpp>
#include <cita/time/format.hpp>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <set>

namespace cita {

namespace {

using markdown::Blocks;

constexpr std::string_view bug_address = "https://bugzilla.mozilla.org/show_bug.cgi?id=";
constexpr std::size_t longest_title = 255;  // code points of a bug's summary
constexpr int section_level = 3;            // of the headings at which a report may be divided
constexpr int child_indent = 3;             // of the fields below a field
constexpr std::string_view from_lists = " (counted from the lists)";
constexpr std::ptrdiff_t lines_taken_for_attachment = 50;

std::string lower(std::string_view text) {
  std::string result(text);
  std::transform(result.begin(), result.end(), result.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  return result;
}

std::string replaced(std::string_view text, std::string_view what, std::string_view with) {
  std::string result(text);
  if (const std::size_t at = result.find(what); at != std::string::npos) result.replace(at, what.size(), with);
  return result;
}

// What one row of a table or one turn of a repetition is about.
struct Row {
  const Happening* happening = nullptr;
  const RelatedIncident* related = nullptr;
  const ActionItem* action = nullptr;
  const ContributingFactor* factor = nullptr;
  const AuditFinding* finding = nullptr;
  const OpenQuestion* question = nullptr;
  const RevocationProgress* progress = nullptr;

  Span span_or(Span otherwise) const {
    return action != nullptr ? action->span : finding != nullptr && finding->span ? finding->span : otherwise;
  }
};

class Renderer {
 public:
  Renderer(const Incident& incident, const ReportTemplate& of, const ReportForm& form, const ReportRequest& request,
           Diagnostics& diagnostics)
      : incident_(incident),
        template_(of),
        form_(form),
        date_(request.date),
        attachment_(request.attachment),
        diagnostics_(diagnostics),
        people_(incident),
        happenings_(incident, people_, request.date),
        facts_(incident, happenings_, request.date, request.listed),
        outcomes_(outcomes()),
        last_post_(happenings_.last_so_far(form.since)),
        since_(happenings_.since(last_post_)),
        questions_(facts_.open_questions()),
        progress_(revocation_progress(incident, happenings_, request.date, facts_.told_total(), request.listed)),
        whole_progress_(sum(progress_, total_of_progress(), !facts_.told_total())) {}

  Blocks render() {
    for (const ReportBlock& each : form_.blocks) block(each, {});
    return std::move(blocks_);
  }

  std::string bug_title() {
    const std::string owner = shown(incident_.ca_name);
    if (owner.empty()) missing("incident.ca.name", "the CA Owner", "the CA Owner's name", incident_.span);
    std::string title = form_.bug_title.empty() ? own_title(owner) : prescribed_title(owner);
    if (cita::text::code_points(title) > longest_title)
      diagnostics_.warning("title-too-long", incident_.span,
                           fmt::format("the bug's title has {} characters, more than the {} that Bugzilla takes",
                                       cita::text::code_points(title), longest_title),
                           "shorten the incident's title");
    return title;
  }

  // Names that a text gave away are not in the report, and the author hears of it.
  void report_names() const {
    for (const int account : people_.found()) {
      const Account& teller = incident_.accounts[static_cast<std::size_t>(account)];
      diagnostics_.warning(
          "name-without-consent", teller.span,
          fmt::format("a text names the person of account '{}', who has not agreed to be named; the report does not",
                      teller.name),
          "write 'consent: true' at the account once that person has agreed");
    }
  }

  /// The names of the lists that go with the report.
  std::vector<std::string> attachments() const {
    return attachment_.empty() ? facts_.list_files() : std::vector<std::string>{markdown::one_line(attachment_)};
  }

 private:
  // Lists say how many there are in all where they do so of every part.
  std::optional<std::int64_t> total_of_progress() const {
    const bool are_listed =
        std::all_of(progress_.begin(), progress_.end(), [](const RevocationProgress& each) { return each.is_revoked_listed; });
    return are_listed ? facts_.total_certificates() : facts_.told_total();
  }

  std::string own_title(const std::string& owner) {
    std::string title = shown(incident_.title);
    if (title.empty()) missing("incident.title", "the title", "a brief title that names the type of incident", incident_.span);
    return owner.empty() || lower(title).starts_with(lower(owner) + ":") ? title : owner + ": " + title;
  }

  std::string prescribed_title(const std::string& owner) {
    constexpr EventKind period_end[] = {EventKind::audit_period_ended};
    std::string year = facts_.audit_year();
    if (year.empty()) year = gap_for(ReportValue::last_event, period_end, "the title", {});
    return replaced(replaced(form_.bug_title, "{owner}", owner.empty() ? gap("the CA Owner") : owner), "{year}", year);
  }

  // ---- text of the file

  std::string shown(std::string_view untrusted) { return people_.without_names(markdown::one_line(untrusted)); }
  std::string plain(std::string_view untrusted) { return markdown::escaped(shown(untrusted)); }

  Blocks line(std::string_view untrusted) {
    std::string text = plain(untrusted);
    return text.empty() ? Blocks{} : Blocks{markdown::paragraph(std::move(text))};
  }
  Blocks prose(std::string_view untrusted) {
    return markdown::prose(people_.without_names(markdown::neutralised(untrusted)), level_);
  }

  Blocks list(const std::vector<std::string>& entries, std::string_view bullet) {
    Blocks result;
    for (const std::string& each : entries) {
      Blocks content = prose(each);
      if (content.empty()) continue;
      for (auto& piece : markdown::item(bullet, std::move(content), !result.empty())) result.push_back(std::move(piece));
    }
    return result;
  }

  // One lesson stands behind its label, several below it.
  Blocks lessons(const std::vector<std::string>& entries, const ReportBlock& block) {
    if (block.kind == BlockKind::field && entries.size() == 1) return prose(entries.front());
    Blocks result = list(entries, block.kind == BlockKind::list ? block.text : "-");
    if (block.kind == BlockKind::field && !result.empty())
      result.front().tight = result.front().sort == markdown::Block::Sort::item;
    return result;
  }

  // ---- what is missing

  void missing(std::string_view field, std::string_view where, std::string_view what, Span span) {
    if (quiet_) return;
    const std::size_t dot = field.rfind('.');
    const std::string key(dot == std::string_view::npos ? field : field.substr(dot + 1));
    const std::string under = dot == std::string_view::npos ? std::string() : fmt::format(" under '{}'", field.substr(0, dot));
    diagnostics_.warning("missing-field", span, fmt::format("the report lacks '{}'", where),
                         fmt::format("write '{}'{}: {}", key, under, what));
  }

  static std::string gap(std::string_view what) { return fmt::format("(to be written: {})", what); }

  std::string gap_for(ReportValue value, std::span<const EventKind> events, std::string_view label, const Row& row) {
    std::string what(meaning(value));
    if (!events.empty()) {
      std::vector<std::string_view> kinds;
      for (const EventKind each : events) kinds.push_back(name(each));
      what = fmt::format("an event of the kind {}", fmt::join(kinds, " or "));
      if (!quiet_) reported_.insert(events.begin(), events.end());
    }
    missing(file_field(value), label.empty() ? std::string_view(heading_) : label, what, row.span_or(incident_.span));
    return gap(what);
  }

  // Entries that the guidelines expect and nothing tells. What a field lacked is not told again.
  void check_expected(const ReportBlock& block) {
    for (const ExpectedEntry& each : block.expects) {
      const bool is_reported =
          std::any_of(each.events.begin(), each.events.end(), [&](EventKind kind) { return reported_.contains(kind); });
      if (is_reported || !facts_.holds(each.needed) || facts_.has(each)) continue;
      diagnostics_.warning("missing-entry", incident_.span,
                           fmt::format("'{}' of the report should tell {}, and nothing does", heading_, each.text),
                           sign_of(each));
    }
  }

  static std::string sign_of(const ExpectedEntry& expected) {
    if (expected.events.empty())
      return fmt::format("add one; it is told by a word that begins with '{}'", fmt::join(expected.mentions, "' or '"));
    std::vector<std::string_view> kinds;
    for (const EventKind each : expected.events) kinds.push_back(name(each));
    std::string help = fmt::format("write an event of the kind {}", fmt::join(kinds, " or "));
    return expected.to.empty() ? help : fmt::format("{}, 'to: {}'", help, name_of(expected.to.front()));
  }

  // What stands where there is no content: a gap, or the word for what does not apply, or nothing.
  std::string substitute(ReportValue value, std::span<const EventKind> events, Needed needed, std::string_view label,
                         const Row& row) {
    return facts_.holds(needed) ? gap_for(value, events, label, row) : std::string(template_.word("not-applicable"));
  }

  Blocks filled(const ReportBlock& block, const Row& row) {
    Blocks result = content(block, row);
    if (!result.empty()) return result;
    const std::string instead =
        substitute(block.value, block.events, block.needed, block.kind == BlockKind::field ? block.text : "", row);
    return instead.empty() ? Blocks{} : Blocks{markdown::paragraph(instead)};
  }

  // ---- what is derived

  // A number with where it comes from, where that is not the file.
  Blocks number(const std::optional<std::int64_t>& value, const std::string& origin) {
    return value ? line(fmt::to_string(*value) + origin) : Blocks{};
  }

  // How many certificates were revoked in time, as lists tell it.
  Blocks by_deadline() {
    Blocks result;
    for (const std::string& each : facts_.by_deadline())
      for (auto& piece : markdown::item("-", line(each), !result.empty())) result.push_back(std::move(piece));
    if (!result.empty())
      result.insert(result.begin(),
                    markdown::paragraph("Revoked by the deadline, counted from the lists as of " + show(date_) + ":"));
    return result;
  }

  // Numbers and the estimate of one case or cohort, or of all certificates. Empty where nobody knows.
  std::string remaining(const RevocationProgress& progress) const {
    const auto count = progress.remaining();
    return count ? fmt::format("{}{}{}", progress.is_remainder_certain() ? "" : "at most ", *count,
                               progress.is_revoked_listed ? from_lists : std::string_view())
                 : std::string();
  }
  std::string estimate(const RevocationProgress& progress) const {
    if (progress.plan) return happenings_.time_in_full(*progress.plan);
    if (progress.is_complete && progress.is_revoked_listed && !progress.finished) return std::string(template_.word("complete"));
    return progress.finished ? fmt::format("{} {}", template_.word("complete"), happenings_.time_in_full(*progress.finished))
                             : std::string();
  }
  std::string progress_text(ReportValue value, const RevocationProgress& progress) const {
    const auto text = [](const std::optional<std::int64_t>& count, bool is_listed) {
      return count ? fmt::format("{}{}", *count, is_listed ? from_lists : std::string_view()) : std::string();
    };
    switch (value) {
      case ReportValue::progress_of: return progress.of;
      case ReportValue::progress_total: return text(progress.total, progress.is_total_listed);
      case ReportValue::number_revoked: return text(progress.revoked, progress.is_revoked_listed);
      case ReportValue::number_not_revoked: return remaining(progress);
      case ReportValue::number_expired: return text(progress.expired, progress.is_expired_listed);
      case ReportValue::revocation_estimate: return estimate(progress);
      default: return {};
    }
  }

  std::string told(const Happening& happening) const {
    return happenings_.text(happening, template_.word("expected-revocation"));
  }
  std::string time(const Happening* happening) const {
    return happening != nullptr && happening->moment ? happenings_.time(*happening) : std::string(template_.word("no-date"));
  }

  Blocks last_post() { return last_post_ ? line(fmt::format("{} UTC: {}", time(&*last_post_), told(*last_post_))) : Blocks{}; }

  Blocks next_update() {
    constexpr EventKind kinds[] = {EventKind::next_update_set};
    const auto set = happenings_.last_so_far(kinds);
    const std::string date = set ? happenings_.due(event(*set).planned) : std::string();
    if (date.empty()) return {};
    return line(fmt::format("{} (set {}{})", date, happenings_.time(*set),
                            happenings_.is_over(event(*set).planned) ? "; it has passed" : ""));
  }

  const Event& event(const Happening& happening) const { return incident_.events[static_cast<std::size_t>(happening.event)]; }

  // What is new since the last post; of some kinds where a block names them.
  std::vector<const Happening*> news(std::span<const EventKind> kinds) const {
    std::vector<const Happening*> result;
    std::copy_if(since_.begin(), since_.end(), std::back_inserter(result), [&](const Happening* each) {
      return kinds.empty() || std::find(kinds.begin(), kinds.end(), event(*each).kind) != kinds.end();
    });
    return result;
  }

  Blocks changes(const ReportBlock& block) {
    Blocks result;
    for (const Happening* each : news(block.events)) {
      if (!happenings_.has_happened(*each)) continue;
      for (auto& piece : markdown::item(block.text, line(fmt::format("{}: {}", time(each), told(*each))), !result.empty()))
        result.push_back(std::move(piece));
    }
    return result;
  }

  // The remedy of a finding, where the form has no table for it: what, how it stands and by when.
  Blocks remediation(const Row& row) {
    Blocks result;
    for (const Row& each : rows(ReportValue::action_items, {}, row)) {
      std::string status = cell(ReportValue::action_status, each), due = cell(ReportValue::action_due, each);
      if (status.empty()) status = gap_for(ReportValue::action_status, {}, {}, each);
      if (due.empty()) due = gap_for(ReportValue::action_due, {}, {}, each);
      const std::string text = fmt::format("{} \u2013 {}, {}", cell(ReportValue::action_text, each), status, due);
      for (auto& piece : markdown::item("-", {markdown::paragraph(text)}, true)) result.push_back(std::move(piece));
    }
    return result;
  }

  Blocks moment(const std::optional<Happening>& happening) {
    return happening ? line(happenings_.time_in_full(*happening)) : Blocks{};
  }

  Blocks issuance() {
    constexpr EventKind stopped_kinds[] = {EventKind::issuance_stopped};
    std::optional<bool> stopped = incident_.report.issuance_stopped;
    if (!stopped && happenings_.first(stopped_kinds)) stopped = true;
    if (!stopped) return prose(incident_.report.issuance_explanation);
    const std::string_view answer = template_.word(*stopped ? "yes" : "no");
    std::string why = incident_.report.issuance_explanation;
    if (markdown::one_line(why).empty()) why = gap_for(ReportValue::issuance_explanation, {}, {}, {});
    return prose(lower(why).starts_with(lower(answer)) ? why : fmt::format("{}. {}", answer, why));
  }

  Blocks certificate_data() {
    Blocks result = prose(incident_.report.certificate_data);
    const auto files = attachments();
    if (result.empty() && !files.empty()) result = line(fmt::format("Attached: {}", fmt::join(files, ", ")));
    for (auto& each : by_deadline()) result.push_back(std::move(each));
    return result;
  }

  Blocks commitments() {
    Blocks result = prose(incident_.report.closure_commitments);
    if (!result.empty()) return result;
    for (const Commitment& each : incident_.commitments) {
      if (each.by != Actor::ca || each.text.empty()) continue;
      const std::string due = happenings_.due(each.due);
      for (auto& piece : markdown::item("-", line(due.empty() ? each.text : fmt::format("{} (due {})", each.text, due)), true))
        result.push_back(std::move(piece));
    }
    return result;
  }

  // As the file says it; else what became of the item.
  std::string_view status(const ActionItem& item) const {
    return item.status.empty() ? outcomes_[static_cast<std::size_t>(&item - incident_.action_items.data())]
                               : std::string_view(item.status);
  }

  std::vector<std::string_view> outcomes() const {
    std::vector<std::string_view> result(incident_.action_items.size());
    for (const Happening& each : happenings_.all()) {
      const Event& event = incident_.events[static_cast<std::size_t>(each.event)];
      if (event.action_item == none) continue;
      auto& outcome = result[static_cast<std::size_t>(event.action_item)];
      if (event.kind == EventKind::action_item_completed) outcome = template_.word("complete");
      if (event.kind == EventKind::action_item_delayed) outcome = template_.word("delayed");
    }
    return result;
  }

  bool actions_complete() const {
    const auto complete = [&](const ActionItem& item) { return lower(status(item)) == lower(template_.word("complete")); };
    return !incident_.action_items.empty() && std::all_of(incident_.action_items.begin(), incident_.action_items.end(), complete);
  }

  Blocks content(const ReportBlock& block, const Row& row) {
    const ReportFields& report = incident_.report;
    switch (block.value) {
      case ReportValue::ccadb_id: return line(incident_.ccadb_id);
      case ReportValue::disclosure:
        return incident_.disclosure_stated ? line(template_.word(name_of(incident_.disclosure))) : Blocks{};
      case ReportValue::first_event: return moment(happenings_.first(block.events));
      case ReportValue::last_event: return moment(happenings_.last(block.events));
      case ReportValue::summary: return prose(report.summary);
      case ReportValue::relevant_policies: return prose(report.relevant_policies);
      case ReportValue::awareness: return prose(report.awareness);
      case ReportValue::containment: return prose(report.containment);
      case ReportValue::total_certificates: return number(facts_.total_certificates(), facts_.origin_of_total());
      case ReportValue::progress_total:
      case ReportValue::number_revoked:
      case ReportValue::number_not_revoked:
      case ReportValue::number_expired:
      case ReportValue::revocation_estimate: return line(progress_text(block.value, whole_progress_));
      case ReportValue::as_of: return line(show(date_));
      case ReportValue::last_post: return last_post();
      case ReportValue::next_update: return next_update();
      case ReportValue::changes: return changes(block);
      case ReportValue::action_items: return remediation(row);
      case ReportValue::finding_description: return prose(row.finding->description);
      case ReportValue::finding_root_cause: return prose(row.finding->root_cause);
      case ReportValue::remaining_valid: return number(facts_.remaining_valid(), facts_.origin_of_remaining());
      case ReportValue::certificate_types: return prose(report.certificate_types);
      case ReportValue::heuristic: return prose(report.heuristic);
      case ReportValue::issuance_stopped: return issuance();
      case ReportValue::issuance_explanation: return prose(report.issuance_explanation);
      case ReportValue::delay_analysis: return prose(report.delay_analysis);
      case ReportValue::additional_considerations: return prose(report.additional_considerations);
      case ReportValue::problem_summary: return prose(report.problem_summary);
      case ReportValue::certificate_data: return certificate_data();
      case ReportValue::went_well: return lessons(report.went_well, block);
      case ReportValue::did_not_go_well: return lessons(report.did_not_go_well, block);
      case ReportValue::got_lucky: return lessons(report.got_lucky, block);
      case ReportValue::additional: return lessons(report.additional, block);
      case ReportValue::closure_root_causes: return prose(report.closure_root_causes);
      case ReportValue::closure_remediation: return prose(report.closure_remediation);
      case ReportValue::closure_commitments: return commitments();
      case ReportValue::actions_complete:
        return actions_complete() ? Blocks{markdown::paragraph(std::string(block.text))} : Blocks{};
      case ReportValue::factor_description: return prose(row.factor->description);
      case ReportValue::factor_timeline: return prose(row.factor->timeline);
      case ReportValue::factor_detection: return prose(row.factor->detection);
      case ReportValue::factor_interaction: return prose(row.factor->interaction);
      case ReportValue::factor_methodology: return prose(row.factor->methodology);
      case ReportValue::nothing:
      case ReportValue::timeline:
      case ReportValue::timeline_since:
      case ReportValue::related:
      case ReportValue::factors:
      case ReportValue::findings:
      case ReportValue::open_questions:
      case ReportValue::question_asked:
      case ReportValue::question_by:
      case ReportValue::question_text:
      case ReportValue::question_answer_expected:
      case ReportValue::revocation_progress:
      case ReportValue::progress_of:
      case ReportValue::event_time:
      case ReportValue::event_text:
      case ReportValue::related_bug:
      case ReportValue::related_opened:
      case ReportValue::related_description:
      case ReportValue::action_text:
      case ReportValue::action_kind:
      case ReportValue::action_root_causes:
      case ReportValue::action_evaluation:
      case ReportValue::action_due:
      case ReportValue::action_status:
      case ReportValue::factor_title: break;
    }
    return {};
  }

  // One line of Markdown; empty when there is none.
  std::string cell(ReportValue value, const Row& row) {
    if (row.progress != nullptr) return plain(progress_text(value, *row.progress));
    switch (value) {
      case ReportValue::event_time: return plain(time(row.happening));
      case ReportValue::event_text: return plain(told(*row.happening));
      case ReportValue::related_bug:
        return row.related->bug > 0
                   ? markdown::link(fmt::to_string(row.related->bug), fmt::format("{}{}", bug_address, row.related->bug))
                   : std::string();
      case ReportValue::related_opened: return plain(row.related->opened);
      case ReportValue::related_description: return plain(row.related->description);
      case ReportValue::action_text: return plain(row.action->text);
      case ReportValue::action_kind: return plain(row.action->kind);
      case ReportValue::action_root_causes: return plain(fmt::format("{}", fmt::join(row.action->root_causes, ", ")));
      case ReportValue::action_evaluation: return plain(row.action->evaluation_criteria);
      case ReportValue::action_due: return plain(happenings_.due(facts_.due(*row.action)));
      case ReportValue::action_status: return plain(status(*row.action));
      case ReportValue::question_asked: return plain(time(row.question->asked));
      case ReportValue::question_by: return plain(name(row.question->by));
      case ReportValue::question_text: return plain(row.question->text);
      case ReportValue::question_answer_expected:
        return row.question->acknowledged != nullptr ? plain(happenings_.due(event(*row.question->acknowledged).planned))
                                                     : std::string();
      default: return {};
    }
  }

  // ---- the pieces of the template

  void add(Blocks pieces) {
    for (auto& each : pieces) blocks_.push_back(std::move(each));
  }

  void block(const ReportBlock& block, const Row& row) {
    const bool after_field = last_ == BlockKind::field && block.kind == BlockKind::field;
    switch (block.kind) {
      case BlockKind::heading: heading(block); break;
      case BlockKind::text: text(block); break;
      case BlockKind::field: field(block, row, 0, after_field); break;
      case BlockKind::prose:
      case BlockKind::list: add(filled(block, row)); break;
      case BlockKind::table: table(block, row); break;
      case BlockKind::days: days(block); break;
      case BlockKind::repeat: repeat(block); break;
    }
    last_ = block.kind;
    check_expected(block);
  }

  void heading(const ReportBlock& block) { heading(block.level, std::string(block.text)); }
  void heading(int level, std::string text) {
    auto piece = markdown::heading(level, text);
    piece.section = level == section_level;
    level_ = level;
    heading_ = std::move(text);
    add({std::move(piece)});
  }

  void text(const ReportBlock& block) {
    add(block.value == ReportValue::nothing ? Blocks{markdown::paragraph(std::string(block.text))} : filled(block, {}));
  }

  void field(const ReportBlock& block, const Row& row, int indent, bool tight) {
    Blocks value = block.value == ReportValue::nothing ? Blocks{} : filled(block, row);
    if (value.empty() && block.blocks.empty()) return;
    add(markdown::field(block.text, std::move(value), indent, tight));
    for (const ReportBlock& child : block.blocks) field(child, row, indent + child_indent, true);
  }

  std::vector<Row> rows(ReportValue value, std::span<const EventKind> kinds, const Row& within) const {
    std::vector<Row> result;
    if (value == ReportValue::timeline)
      for (const Happening& each : happenings_.all()) result.push_back({.happening = &each});
    if (value == ReportValue::timeline_since)
      for (const Happening* each : news(kinds)) result.push_back({.happening = each});
    if (value == ReportValue::related)
      for (const RelatedIncident& each : incident_.report.related) result.push_back({.related = &each});
    if (value == ReportValue::action_items && within.finding != nullptr)
      for (const int each : within.finding->action_items)
        result.push_back({.action = &incident_.action_items[static_cast<std::size_t>(each)]});
    else if (value == ReportValue::action_items)
      for (const ActionItem& each : incident_.action_items) result.push_back({.action = &each});
    if (value == ReportValue::open_questions)
      for (const OpenQuestion& each : questions_) result.push_back({.question = &each});
    if (value == ReportValue::revocation_progress)
      for (const RevocationProgress& each : progress_) result.push_back({.progress = &each});
    return result;
  }

  // Of the only part all was told where the numbers of all certificates stand.
  std::string gap_in_progress(const ReportColumn& column, const RevocationProgress& progress) {
    if (progress_.size() > 1)
      missing(file_field(column.value), fmt::format("{} of {}", column.heading, progress.of), meaning(column.value),
              incident_.span);
    return std::string(template_.word("no-number"));
  }

  void table(const ReportBlock& block, const Row& within) {
    std::vector<std::string> head;
    for (const ReportColumn& column : block.columns) head.emplace_back(column.heading);
    std::vector<std::vector<std::string>> cells;
    for (const Row& row : rows(block.value, block.events, within)) {
      auto& line = cells.emplace_back();
      for (const ReportColumn& column : block.columns) {
        line.push_back(cell(column.value, row));
        if (line.back().empty() && row.happening == nullptr)
          line.back() = row.progress != nullptr ? gap_in_progress(column, *row.progress)
                                                : substitute(column.value, {}, column.needed, column.heading, row);
      }
    }
    if (cells.empty()) {
      cells.assign(1, std::vector<std::string>(head.size()));
      // Of revocations that only lists show, none is told since the last post; that there were none is not.
      const bool are_listed = block.value == ReportValue::timeline_since && !block.events.empty() && shows_revocations_by_lists();
      cells[0][0] =
          are_listed ? gap_for(block.value, block.events, {}, within) : substitute(block.value, {}, block.needed, {}, within);
    }
    add(markdown::table(head, cells));
    if (block.value == ReportValue::revocation_progress) add(by_deadline());
  }

  bool shows_revocations_by_lists() const {
    return std::any_of(progress_.begin(), progress_.end(),
                       [](const RevocationProgress& each) { return each.is_revoked_listed && each.revoked.value_or(0) > 0; });
  }

  // Under the line of a day what happened on it; what is known less precisely stands under all that is known.
  void days(const ReportBlock& block) {
    constexpr std::size_t date_length = 10;
    if (happenings_.all().empty()) return add({markdown::paragraph(substitute(block.value, {}, block.needed, {}, {}))});
    std::string day;
    for (const Happening& each : happenings_.all()) {
      const std::string time = happenings_.time(each);
      const auto& at = each.moment;
      const bool in_one_day = at && !at->is_open_before() && !at->is_open_after() &&
                              date::floor<date::days>(at->earliest()) == date::floor<date::days>(at->latest());
      const std::string label = in_one_day ? time.substr(0, date_length) : at ? time : std::string(template_.word("no-date"));
      const bool is_first = std::exchange(day, label) != label;
      if (is_first) add({markdown::paragraph(label + ":")});
      std::string clock = in_one_day && time.size() > date_length ? time.substr(date_length + 1) : std::string();
      if (clock.empty() && in_one_day) clock = fmt::format("({})", template_.word("no-time"));
      const std::string what = happenings_.text(each, template_.word("expected-revocation"));
      add(markdown::item("-", line(clock.empty() ? what : clock + " " + what), true));
    }
  }

  // Once for each entry; without any, once with gaps, which is diagnosed once.
  void repeat(const ReportBlock& block) {
    const ContributingFactor no_factor;
    const AuditFinding no_finding;
    const bool is_of_findings = block.value == ReportValue::findings;
    std::vector<Row> all;
    if (is_of_findings)
      for (const AuditFinding& each : incident_.report.findings) all.push_back({.finding = &each});
    else
      for (const ContributingFactor& each : incident_.report.factors) all.push_back({.factor = &each});
    const bool was_quiet = quiet_;
    if (all.empty()) {
      gap_for(block.value, {}, {}, {});
      all.push_back(is_of_findings ? Row{.finding = &no_finding} : Row{.factor = &no_factor});
      quiet_ = true;
    }
    for (std::size_t i = 0; i < all.size(); ++i) turn(block, all[i], i + 1);
    quiet_ = was_quiet;
  }

  void turn(const ReportBlock& repeated, const Row& row, std::size_t number) {
    std::string title = row.factor != nullptr ? plain(row.factor->title) : std::string();
    if (row.factor != nullptr && title.empty()) title = gap_for(ReportValue::factor_title, {}, {}, {});
    std::string lead = replaced(replaced(repeated.text, "{number}", fmt::to_string(number)), "{title}", title);
    if (repeated.level > 0) heading(repeated.level, std::move(lead));
    else add({markdown::paragraph(fmt::format("**{}**", lead))});
    last_ = BlockKind::field;  // the fields stand right below the line
    for (const ReportBlock& each : repeated.blocks) block(each, row);
  }

  const Incident& incident_;
  const ReportTemplate& template_;
  const ReportForm& form_;
  Instant date_;
  std::string attachment_;
  Diagnostics& diagnostics_;
  People people_;
  Happenings happenings_;
  ReportFacts facts_;
  std::set<EventKind> reported_;            // kinds of events that the author was told to be missing
  std::vector<std::string_view> outcomes_;  // of each action item, as events tell it
  std::optional<Happening> last_post_;      // after which an update tells what is new
  std::vector<const Happening*> since_;
  std::vector<OpenQuestion> questions_;
  std::vector<RevocationProgress> progress_;
  RevocationProgress whole_progress_;
  Blocks blocks_;
  int level_ = section_level;  // of the heading that prose stands under
  std::string heading_;
  std::optional<BlockKind> last_;
  bool quiet_ = false;  // one diagnostic for all that is missing in here was enough
};

// ---- choosing, and telling how to post

ChosenTemplate chosen_template(const Incident& incident, const ReportRequest& request, Diagnostics& diagnostics) {
  if (request.template_id.empty()) {
    const ChosenTemplate in_force = template_in_force(request.date);
    if (!in_force)
      diagnostics.error("no-template", incident.span,
                        fmt::format("no report template was in force on {}", show_date(request.date)),
                        "name one of the templates");
    return in_force;
  }
  const ChosenTemplate named = template_called(request.template_id, request.date);
  if (!named)
    diagnostics.error("unknown-template", incident.span, fmt::format("there is no report template '{}'", request.template_id),
                      suggestion(request.template_id, template_ids()));
  return named;
}

// The form, and whose words it has.
struct ChosenForm {
  const ReportTemplate* of = nullptr;
  const ReportForm* form = nullptr;
};

ChosenForm chosen_form(const ChosenTemplate& chosen, const Incident& incident, FormKind kind, Diagnostics& diagnostics) {
  if (const ReportForm* form = chosen.form->form(kind, chosen.edition->id)) return {chosen.form, form};
  if (const OwnForm own = own_form(kind)) return {own.of, own.form};
  std::vector<std::string_view> having;
  for (const ReportTemplate& each : built_in_templates())
    for (const TemplateEdition& edition : each.editions)
      if (each.form(kind, edition.id) != nullptr) having.push_back(edition.id);
  diagnostics.error("no-form", incident.span,
                    fmt::format("the template {} has no form for a report of the kind '{}'", chosen.edition->id, name(kind)),
                    fmt::format("these have one: {}", fmt::join(having, ", ")));
  return {};
}

void report_superseded(const TemplateEdition& edition, const Incident& incident, Instant date, Diagnostics& diagnostics) {
  if (!edition.usable_until || date < *edition.usable_until) return;
  const ChosenTemplate newest = template_in_force(date);
  diagnostics.warning("superseded-template", incident.span,
                      fmt::format("the template {} was superseded on {}; since {} no report may be posted in it", edition.id,
                                  show_date(edition.in_force.until), show_date(*edition.usable_until)),
                      newest ? fmt::format("write it in the form of {}", newest.edition->id) : std::string());
}

std::vector<std::string> notes_on_posting(const RenderedReport& report, const ReportRequest& request, const ReportTemplate& of,
                                          const TemplateEdition& edition, const std::vector<std::string>& list_files) {
  std::vector<std::string> notes;
  if (of.editions.empty()) notes.push_back(fmt::format("This is {}.", of.title));
  const std::size_t count = report.parts.size();
  if (count > 1)
    notes.push_back(fmt::format(
        "Post the {} parts in their order as comments of their own; in a new bug the first is the description.", count));
  const bool looks_long = std::any_of(report.parts.begin(), report.parts.end(), [](const std::string& part) {
    return std::count(part.begin(), part.end(), '\n') + 1 >= lines_taken_for_attachment;
  });
  if (looks_long)
    notes.push_back(fmt::format(
        "Bugzilla offers to make an attachment of {} and more pasted lines: press Cancel, for the report has to be a comment.",
        lines_taken_for_attachment));
  for (const std::string& file : list_files) notes.push_back(fmt::format("Attach {} to the bug.", file));
  if (request.kind == FormKind::closure && !edition.closure_needinfo.empty())
    notes.push_back(fmt::format("Together with the comment, request information from {} (the checkbox below the comment).",
                                edition.closure_needinfo));
  return notes;
}

}  // namespace

std::optional<RenderedReport> render_report(const Incident& incident, const ReportRequest& request, Diagnostics& diagnostics) {
  if (incident.embargoed && !request.allow_embargoed) {
    diagnostics.error("embargoed", incident.span, "the incident is embargoed, so there is no report to post",
                      "ask for an embargoed report explicitly, and post it only where it is not public");
    return std::nullopt;
  }
  const ChosenTemplate chosen = chosen_template(incident, request, diagnostics);
  if (!chosen) return std::nullopt;
  const ChosenForm form = chosen_form(chosen, incident, request.kind, diagnostics);
  if (form.form == nullptr) return std::nullopt;
  if (!form.of->editions.empty()) report_superseded(*chosen.edition, incident, request.date, diagnostics);
  Renderer renderer(incident, *form.of, *form.form, request, diagnostics);
  std::vector<std::string> too_long;
  RenderedReport report;
  const Blocks blocks = renderer.render();
  report.parts = markdown::comments(blocks, markdown::comment_limit - markdown::comment_reserve, too_long);
  report.bug_title = renderer.bug_title();
  renderer.report_names();
  for (const std::string& piece : too_long)
    diagnostics.error("too-long", incident.span,
                      fmt::format("a passage of {} characters does not fit into a comment and cannot be divided",
                                  cita::text::code_points(piece)),
                      "move it into an attachment");
  if (!too_long.empty()) return std::nullopt;
  report.notes = notes_on_posting(report, request, *form.of, *chosen.edition, renderer.attachments());
  return report;
}

}  // namespace cita
