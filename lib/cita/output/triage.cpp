#include <cita/base/text.hpp>
#include <cita/output/csv.hpp>
#include <cita/output/markdown.hpp>
#include <cita/output/triage.hpp>
#include <cita/time/format.hpp>
#include <cita/version.hpp>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <tuple>

namespace cita {

namespace {

using Json = nlohmann::ordered_json;

bool weighs_as_must(const std::optional<RequirementLevel>& level) { return level && is_must(*level); }

Urgency urgency_of(const Due& due, Instant as_of, Seconds soon) {
  if (due.state == DueState::overdue) return Urgency::overdue;
  if (!due.has_deadline()) return Urgency::later;
  const Elapsed left = due.remaining(as_of);
  if (due.state == DueState::undetermined && left.least < Seconds{0}) return Urgency::perhaps_overdue;
  return left.least <= soon ? Urgency::due_soon : Urgency::later;
}

Instant first_of(const std::optional<Moment>& deadline) { return deadline ? deadline->earliest() : open_future; }

auto rank(const TriageRow& row) { return std::tuple(row.urgency, !weighs_as_must(row.level), first_of(row.deadline), row.bug); }

// The deadline has passed, nothing is told that would meet it, and nobody can say that nothing was done.
bool is_perhaps_overdue(const Judgement& judgement, Instant as_of) {
  const Verdict& verdict = judgement.shown();
  const bool may_apply =
      judgement.applicability == Applicability::applies || judgement.applicability == Applicability::undetermined;
  return may_apply && judgement.standing == Standing::undetermined && !judgement.is_draft() && !verdict.advisory &&
         !verdict.discharge && verdict.deadline && verdict.deadline->latest() < as_of;
}

std::string joined(const std::vector<std::string>& all) {
  std::string text;
  for (const std::string& each : all) text += (text.empty() ? "" : "; ") + each;
  return text;
}

std::string due_words(const TriageRow& row, Instant as_of) {
  if (!row.deadline) return {};
  const Seconds left = row.deadline->earliest() - as_of;
  return show(*row.deadline) + " (" + (left < Seconds{0} ? show_amount(-left) + " ago" : "in " + show_amount(left)) + ")";
}

std::vector<std::string> cells_of(const TriageRow& row, Instant as_of) {
  return {std::to_string(row.bug), row.ca,   std::string(name(row.urgency)),
          due_words(row, as_of),   row.what, joined(row.waiting_for)};
}
const std::vector<std::string> head = {"Bug", "CA Owner", "State", "Deadline", "What", "Waiting for"};

std::string sum(const std::vector<TriageRow>& rows) {
  std::string text = fmt::format("{} open", rows.size());
  for (const Urgency urgency : {Urgency::overdue, Urgency::perhaps_overdue, Urgency::due_soon}) {
    const auto count =
        std::count_if(rows.begin(), rows.end(), [urgency](const TriageRow& row) { return row.urgency == urgency; });
    text += fmt::format(", {} {}", count, name(urgency));
  }
  return text;
}

Json side(Instant instant) { return instant <= open_past || instant >= open_future ? Json() : Json(rfc3339(instant)); }

}  // namespace

std::string_view name(Urgency urgency) {
  constexpr std::array<std::string_view, 5> names = {"overdue", "perhaps overdue", "due soon", "later", "nothing due"};
  return names[static_cast<std::size_t>(urgency)];
}

TriageRow triage_row(const Incident& incident, const Assessment& assessment, const std::vector<Due>& due,
                     const Verification& verification, const std::vector<std::string>& requests, Instant as_of, Seconds soon) {
  TriageRow row;
  row.bug = incident.bug.value_or(0);
  row.ca = incident.ca_name;
  row.title = incident.title;
  const auto take = [&row](TriageRow found) {
    if (row.urgency != Urgency::nothing && rank(found) >= rank(row)) return;
    row.urgency = found.urgency;
    row.level = found.level;
    row.deadline = found.deadline;
    row.what = std::move(found.what);
    row.rule = std::move(found.rule);
  };
  for (const Due& each : due) {
    if (!each.counts) continue;
    TriageRow found;
    found.urgency = urgency_of(each, as_of, soon);
    found.level = each.level;
    if (each.has_deadline()) found.deadline = each.deadline;
    found.what = each.title + (each.subject.empty() ? "" : ", " + each.subject);
    found.rule = each.rule;
    take(std::move(found));
  }
  for (const Judgement& each : assessment.judgements)
    if (is_perhaps_overdue(each, as_of)) {
      TriageRow found;
      found.urgency = Urgency::perhaps_overdue;
      found.level = each.level;
      found.deadline = each.shown().deadline;
      const std::string subject = subject_words(each, incident);
      found.what = std::string(each.duty->title) + (subject.empty() ? "" : ", " + subject);
      found.rule = each.duty->id;
      take(std::move(found));
    }
  const auto open = std::count_if(verification.questions.begin(), verification.questions.end(),
                                  [](const QuestionEntry& each) { return each.replies.empty(); });
  if (open > 0) row.waiting_for.push_back(fmt::format("the CA: {} {}", open, open == 1 ? "question" : "questions"));
  for (const std::string& each : requests) row.waiting_for.push_back("needinfo: " + (each.empty() ? "anybody" : each));
  const bool asks_closure = std::any_of(incident.events.begin(), incident.events.end(),
                                        [](const Event& event) { return event.kind == EventKind::closure_requested; });
  if (asks_closure && open == 0) row.waiting_for.emplace_back("the root programs: closure is requested");
  return row;
}

void sort_by_urgency(std::vector<TriageRow>& rows) {
  std::sort(rows.begin(), rows.end(), [](const TriageRow& a, const TriageRow& b) { return rank(a) < rank(b); });
}

std::string triage_text(const std::vector<TriageRow>& rows, Instant as_of, const TextStyle& style) {
  std::vector<std::vector<std::string>> table_rows = {head};
  for (const TriageRow& row : rows) {
    std::vector<std::string> cells = cells_of(row, as_of);
    for (std::string& each : cells) each = text::shown(each);
    table_rows.push_back(std::move(cells));
  }
  return coloured(sum(rows), Colour::bold, style) + "\n" + coloured("as of " + show(as_of), Colour::dim, style) + "\n\n" +
         table(table_rows, style);
}

std::string triage_markdown(const std::vector<TriageRow>& rows, Instant as_of) {
  std::vector<std::vector<std::string>> cells;
  for (const TriageRow& row : rows) {
    std::vector<std::string> line = cells_of(row, as_of);
    for (std::string& each : line) each = markdown::plain(each);
    line.front() = "Bug " + std::to_string(row.bug);  // Bugzilla makes a link of it
    cells.push_back(std::move(line));
  }
  markdown::Blocks blocks = {markdown::paragraph(markdown::plain(sum(rows) + ", as of " + show(as_of)))};
  for (markdown::Block& each : markdown::table(head, cells)) blocks.push_back(std::move(each));
  return markdown::comment(blocks) + "\n";
}

std::string triage_csv(const std::vector<TriageRow>& rows) {
  std::string out =
      csv_line({"bug", "ca", "state", "deadline_earliest", "deadline_latest", "rule", "what", "waiting_for", "title"});
  for (const TriageRow& row : rows) {
    const auto instant = [](Instant at) { return at <= open_past || at >= open_future ? std::string() : rfc3339(at); };
    out += csv_line({std::to_string(row.bug), row.ca, std::string(name(row.urgency)),
                     row.deadline ? instant(row.deadline->earliest()) : "", row.deadline ? instant(row.deadline->latest()) : "",
                     row.rule, row.what, joined(row.waiting_for), row.title});
  }
  return out;
}

std::string triage_json(const std::vector<TriageRow>& rows, Instant as_of, const std::string& as_of_origin) {
  Json json = {{"format", "json-v1"},
               {"cita", version},
               {"as_of", rfc3339(as_of)},
               {"as_of_origin", as_of_origin},
               {"bugs", Json::array()}};
  for (const TriageRow& row : rows)
    json["bugs"].push_back(
        {{"bug", row.bug},
         {"ca", row.ca},
         {"title", row.title},
         {"state", name(row.urgency)},
         {"deadline",
          row.deadline ? Json{{"earliest", side(row.deadline->earliest())}, {"latest", side(row.deadline->latest())}} : Json()},
         {"rule", row.rule},
         {"what", row.what},
         {"level", row.level ? Json(name(*row.level)) : Json()},
         {"waiting_for", row.waiting_for}});
  return json.dump(2, ' ', true, Json::error_handler_t::replace) + "\n";
}

}  // namespace cita
