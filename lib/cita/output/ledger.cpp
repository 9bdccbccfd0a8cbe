#include <cita/base/text.hpp>
#include <cita/model/alignment.hpp>
#include <cita/output/csv.hpp>
#include <cita/output/ledger.hpp>
#include <cita/output/markdown.hpp>
#include <cita/output/verification.hpp>
#include <cita/time/format.hpp>
#include <cita/version.hpp>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <map>

namespace cita {

namespace {

using Json = nlohmann::ordered_json;

constexpr std::string_view promise = "promise", action_item = "action item";
constexpr std::string_view repeated = "Said in several incidents";

std::string numbers(const std::vector<std::int64_t>& bugs) {
  std::string text;
  for (const std::int64_t each : bugs) text += (text.empty() ? "" : ", ") + std::to_string(each);
  return text;
}

}  // namespace

void Ledger::add(const Incident& incident, const Verification& verification) {
  const auto line = [&](std::string_view sort, const std::string& id, const std::string& text, std::string words, int event,
                        const Judgement* judgement) -> LedgerLine& {
    LedgerLine& made = lines_.emplace_back();
    made.sort = sort;
    made.bug = incident.bug.value_or(0);
    made.ca = incident.ca_name;
    made.id = id;
    made.text = text;
    made.words = std::move(words);
    if (event != none) made.link = permalink(incident, verification, event);
    if (judgement != nullptr) made.standing = judgement->standing;
    made.is_settled = made.standing == Standing::met;
    return made;
  };
  for (const QuestionEntry& each : verification.questions) {
    const Question& question = incident.questions[static_cast<std::size_t>(each.question)];
    line("question", question.id, question.text, entry_words(each, incident), each.asked, each.judgement);
  }
  for (const PromiseEntry& each : verification.promises) {
    const Commitment& commitment = incident.commitments[static_cast<std::size_t>(each.commitment)];
    line(promise, commitment.id, commitment.text, entry_words(each, incident), each.made, each.judgement);
  }
  for (const ActionItemEntry& each : verification.action_items) {
    const ActionItem& item = incident.action_items[static_cast<std::size_t>(each.action_item)];
    const int first = each.events.empty() ? none : each.events.front();
    line(action_item, item.id, item.text, entry_words(each, incident), first, each.judgement).is_settled =
        is_complete(item.status);
  }
}

std::vector<Repeat> Ledger::repeats() const {
  constexpr std::size_t shortest = 20;  // "No." is no promise that somebody copied
  std::map<std::pair<std::string_view, std::string>, Repeat> by_words;
  for (const LedgerLine& each : lines_) {
    const std::string words = words_of(each.text);
    if ((each.sort != promise && each.sort != action_item) || words.size() < shortest) continue;
    Repeat& repeat = by_words[{each.sort, words}];
    if (repeat.bugs.empty()) repeat.sort = each.sort, repeat.text = each.text;
    if (std::find(repeat.bugs.begin(), repeat.bugs.end(), each.bug) == repeat.bugs.end()) repeat.bugs.push_back(each.bug);
  }
  std::vector<Repeat> all;
  for (auto& [words, repeat] : by_words)
    if (repeat.bugs.size() > 1) all.push_back(std::move(repeat));
  std::stable_sort(all.begin(), all.end(), [](const Repeat& a, const Repeat& b) { return a.bugs.size() > b.bugs.size(); });
  return all;
}

namespace {

std::string sum(const Ledger& ledger) {
  const auto settled =
      std::count_if(ledger.lines().begin(), ledger.lines().end(), [](const LedgerLine& line) { return line.is_settled; });
  return fmt::format("{} open or undecided, {} settled", static_cast<std::ptrdiff_t>(ledger.lines().size()) - settled, settled);
}

}  // namespace

std::string ledger_text(const Ledger& ledger, Instant as_of, const TextStyle& style) {
  std::string out =
      coloured(sum(ledger), Colour::bold, style) + "\n" + coloured("as of " + show(as_of), Colour::dim, style) + "\n\n";
  for (const LedgerLine& line : ledger.lines()) {
    if (line.is_settled && !style.all) continue;
    const std::string head = fmt::format("bug {}, {} {}: {}", line.bug, line.sort, line.id, line.words);
    for (const std::string& each : text::wrapped(text::shown(head), style.width))
      out += coloured(each, line.standing == Standing::breached ? Colour::yellow : Colour::bold, style) + "\n";
    if (!line.text.empty()) out += note_line("text", text::shown(line.text), style);
    if (!line.link.empty()) out += note_line("see", line.link, style);
  }
  const auto repeats = ledger.repeats();
  if (!repeats.empty()) out += "\n" + coloured(repeated, Colour::bold, style) + "\n";
  for (const Repeat& each : repeats) {
    const std::string said = std::string(each.sort) + ": " + each.text;
    for (const std::string& part : text::wrapped(text::shown(said), style.width)) out += part + "\n";
    out += note_line("bugs", numbers(each.bugs), style);
  }
  return out;
}

std::string ledger_csv(const Ledger& ledger) {
  const auto repeats = ledger.repeats();
  std::string out = csv_line({"sort", "bug", "ca", "id", "standing", "settled", "text", "words", "link", "also in"});
  for (const LedgerLine& line : ledger.lines()) {
    std::vector<std::int64_t> others;
    for (const Repeat& each : repeats)
      if (each.sort == line.sort && words_of(each.text) == words_of(line.text)) others = each.bugs;
    std::erase(others, line.bug);
    out += csv_line({std::string(line.sort), std::to_string(line.bug), line.ca, line.id, std::string(name(line.standing)),
                     line.is_settled ? "yes" : "no", line.text, line.words, line.link, numbers(others)});
  }
  return out;
}

std::string ledger_markdown(const Ledger& ledger, Instant as_of, bool all) {
  std::vector<std::vector<std::string>> lines, said;
  for (const LedgerLine& line : ledger.lines()) {
    if (line.is_settled && !all) continue;
    // Bugzilla makes a link of "Bug 7".
    lines.push_back({"Bug " + std::to_string(line.bug), markdown::plain(std::string(line.sort) + " " + line.id),
                     markdown::plain(line.words), markdown::plain(line.text)});
  }
  for (const Repeat& each : ledger.repeats()) {
    std::string bugs;
    for (const std::int64_t bug : each.bugs) bugs += (bugs.empty() ? "Bug " : ", Bug ") + std::to_string(bug);
    said.push_back({markdown::plain(each.sort), markdown::plain(each.text), bugs});
  }
  markdown::Blocks blocks = {markdown::paragraph(markdown::plain(sum(ledger) + ", as of " + show(as_of)))};
  const auto add = [&blocks](markdown::Blocks more) {
    for (markdown::Block& each : more) blocks.push_back(std::move(each));
  };
  if (!lines.empty()) add(markdown::table({"Bug", "What", "How it stands", "Text"}, lines));
  if (!said.empty()) blocks.push_back(markdown::heading(3, repeated)), add(markdown::table({"What", "Text", "Bugs"}, said));
  return markdown::comment(blocks) + "\n";
}

std::string ledger_json(const Ledger& ledger, Instant as_of, const std::string& as_of_origin) {
  Json json = {{"format", "json-v1"},          {"cita", version},          {"as_of", rfc3339(as_of)},
               {"as_of_origin", as_of_origin}, {"entries", Json::array()}, {"repeats", Json::array()}};
  for (const LedgerLine& line : ledger.lines())
    json["entries"].push_back({{"bug", line.bug},
                               {"ca", line.ca},
                               {"sort", line.sort},
                               {"id", line.id},
                               {"text", line.text},
                               {"words", line.words},
                               {"standing", name(line.standing)},
                               {"settled", line.is_settled},
                               {"link", line.link}});
  for (const Repeat& each : ledger.repeats())
    json["repeats"].push_back({{"sort", each.sort}, {"text", each.text}, {"bugs", each.bugs}});
  return json.dump(2, ' ', true, Json::error_handler_t::replace) + "\n";
}

}  // namespace cita
