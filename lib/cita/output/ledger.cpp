#include <cita/base/text.hpp>
#include <cita/output/ledger.hpp>
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

// Words alone: punctuation, case and white space make no other promise.
std::string compared(std::string_view text) {
  std::string words;
  for (const char c : text::simplified(text)) {
    const bool is_letter = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || static_cast<unsigned char>(c) >= 0x80;
    if (is_letter) words += c;
    else if (!words.empty() && words.back() != ' ') words += ' ';
  }
  while (words.ends_with(' ')) words.pop_back();
  return words;
}

std::string numbers(const std::vector<std::int64_t>& bugs) {
  std::string text;
  for (const std::int64_t each : bugs) text += (text.empty() ? "" : ", ") + std::to_string(each);
  return text;
}

}  // namespace

void Ledger::add(const Incident& incident, const Verification& verification) {
  const auto line = [&](bool is_promise, const std::string& id, const std::string& text, std::string words, int event,
                        const Judgement* judgement) {
    LedgerLine made{incident.bug.value_or(0), incident.ca_name, id, text, std::move(words), {}, is_promise, false,
                    Standing::undetermined};
    if (event != none) made.link = permalink(incident, verification, event);
    if (judgement != nullptr) made.standing = judgement->standing;
    made.is_settled = made.standing == Standing::met;
    lines_.push_back(std::move(made));
  };
  for (const QuestionEntry& each : verification.questions) {
    const Question& question = incident.questions[static_cast<std::size_t>(each.question)];
    line(false, question.id, question.text, entry_words(each, incident), each.asked, each.judgement);
  }
  for (const PromiseEntry& each : verification.promises) {
    const Commitment& commitment = incident.commitments[static_cast<std::size_t>(each.commitment)];
    line(true, commitment.id, commitment.text, entry_words(each, incident), each.made, each.judgement);
    said_.push_back({"promise", commitment.text, incident.bug.value_or(0)});
  }
  for (const ActionItem& each : incident.action_items) said_.push_back({"action item", each.text, incident.bug.value_or(0)});
}

std::vector<Repeat> Ledger::repeats() const {
  constexpr std::size_t shortest = 20;  // "No." is no promise that somebody copied
  std::map<std::pair<std::string, std::string>, Repeat> by_words;
  for (const Said& each : said_) {
    const std::string words = compared(each.text);
    if (words.size() < shortest) continue;
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

std::string ledger_text(const Ledger& ledger, Instant as_of, const TextStyle& style) {
  const auto settled =
      std::count_if(ledger.lines().begin(), ledger.lines().end(), [](const LedgerLine& line) { return line.is_settled; });
  const auto open = static_cast<std::ptrdiff_t>(ledger.lines().size()) - settled;
  std::string out = coloured(fmt::format("{} open or undecided, {} settled", open, settled), Colour::bold, style) + "\n" +
                    coloured("as of " + show(as_of), Colour::dim, style) + "\n\n";
  for (const LedgerLine& line : ledger.lines()) {
    if (line.is_settled && !style.all) continue;
    const std::string head =
        fmt::format("bug {}, {} {}: {}", line.bug, line.is_promise ? "promise" : "question", line.id, line.words);
    for (const std::string& each : text::wrapped(text::shown(head), style.width))
      out += coloured(each, line.standing == Standing::breached ? Colour::yellow : Colour::bold, style) + "\n";
    if (!line.text.empty()) out += note_line("text", text::shown(line.text), style);
    if (!line.link.empty()) out += note_line("see", line.link, style);
  }
  const auto repeats = ledger.repeats();
  if (!repeats.empty()) out += "\n" + coloured("Said in several incidents", Colour::bold, style) + "\n";
  for (const Repeat& each : repeats) {
    for (const std::string& part : text::wrapped(text::shown(each.sort + ": " + each.text), style.width)) out += part + "\n";
    out += note_line("bugs", numbers(each.bugs), style);
  }
  return out;
}

std::string ledger_json(const Ledger& ledger, Instant as_of, const std::string& as_of_origin) {
  Json json = {{"format", "json-v1"},          {"cita", version},          {"as_of", rfc3339(as_of)},
               {"as_of_origin", as_of_origin}, {"entries", Json::array()}, {"repeats", Json::array()}};
  for (const LedgerLine& line : ledger.lines())
    json["entries"].push_back({{"bug", line.bug},
                               {"ca", line.ca},
                               {"sort", line.is_promise ? "promise" : "question"},
                               {"id", line.id},
                               {"text", line.text},
                               {"words", line.words},
                               {"standing", name(line.standing)},
                               {"link", line.link}});
  for (const Repeat& each : ledger.repeats())
    json["repeats"].push_back({{"sort", each.sort}, {"text", each.text}, {"bugs", each.bugs}});
  return json.dump(2, ' ', true, Json::error_handler_t::replace) + "\n";
}

}  // namespace cita
