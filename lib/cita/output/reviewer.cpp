#include <cita/base/text.hpp>
#include <cita/output/check_report.hpp>
#include <cita/output/markdown.hpp>
#include <cita/output/reviewer.hpp>
#include <cita/output/verification.hpp>
#include <cita/time/format.hpp>

#include <fmt/format.h>

#include <algorithm>

namespace cita {

namespace {

using namespace markdown;

class Comment {
 public:
  Comment(const Incident& incident, const Assessment& assessment, const Verification& verification)
      : incident_(incident), assessment_(assessment), verification_(verification) {}

  std::vector<std::string> write() {
    add("Times that differ", differences());
    add("Questions without a reply", questions());
    add("Promises", promises());
    add("Deadlines", deadlines());
    add("What the report does not seem to tell", elements());
    if (blocks_.empty()) return {};
    Blocks all = {
        paragraph("Holding this bug against its own record raised the questions below. What the record does not "
                  "decide is not listed. Could you please look at them?")};
    all.insert(all.end(), std::make_move_iterator(blocks_.begin()), std::make_move_iterator(blocks_.end()));
    std::vector<std::string> too_long;
    return comments(all, comment_limit - comment_reserve, too_long);
  }

 private:
  void add(std::string_view title, const std::vector<std::string>& items) {
    if (items.empty()) return;
    Block head = heading(3, title);
    head.section = true;
    blocks_.push_back(std::move(head));
    for (const std::string& each : items)
      for (Block& block : item("-", {paragraph(each)}, true)) blocks_.push_back(std::move(block));
  }

  const Event& event(int index) const { return incident_.events[static_cast<std::size_t>(index)]; }
  std::string comment_words(int index) const {
    const int comment = verification_.comment_of(index);
    return comment == none ? std::string("the record") : fmt::format("comment {}", comment);
  }

  static std::string quoted(std::string_view text) {
    constexpr std::size_t longest = 200;
    return "\"" + plain(text::shortened(one_line(text), longest)) + "\"";
  }

  static std::string apart(const Elapsed& delta) {
    const Seconds least = std::min(std::chrono::abs(delta.least), std::chrono::abs(delta.most));
    const Seconds most = std::max(std::chrono::abs(delta.least), std::chrono::abs(delta.most));
    return least == most ? show_amount(least) : show_amount(least) + " to " + show_amount(most);
  }

  std::vector<std::string> differences() const {
    std::vector<std::string> items;
    for (const Claim& each : verification_.claims) {
      if (each.outcome != Claim::Outcome::contradicts || !each.delta) continue;
      const Event& self = event(each.event);
      const Telling& telling = self.tellings[static_cast<std::size_t>(each.telling)];
      const std::string from = incident_.accounts[static_cast<std::size_t>(telling.account)].from;
      items.push_back(
          fmt::format("{} gives {} for this: {}. The record shows {} ({}), {} apart. Which of the two is right, and should the "
                      "timeline be corrected?",
                      from.empty() ? "The timeline" : plain(from), told_words(self, each.telling),
                      quoted(self.text.empty() ? description(self.kind) : std::string_view(self.text)),
                      told_words(self, each.other_telling), comment_words(each.event), apart(*each.delta)));
    }
    return items;
  }

  std::string due_by(const Judgement& judgement) const {
    const Verdict& verdict = judgement.shown();
    std::string words = plain(citation(verdict));
    if (verdict.deadline) words += ", due by " + show(verdict.deadline->latest());
    return words;
  }

  std::vector<std::string> questions() const {
    std::vector<std::string> items;
    for (const QuestionEntry& each : verification_.questions) {
      if (!each.replies.empty() || each.asked == none || each.judgement == nullptr || !each.judgement->is_finding()) continue;
      const Question& question = incident_.questions[static_cast<std::size_t>(each.question)];
      items.push_back(fmt::format("The question of {} ({}): {}. No reply to it was found ({}). When can one be expected?",
                                  comment_words(each.asked), told_words(event(each.asked), 0), quoted(question.text),
                                  due_by(*each.judgement)));
    }
    return items;
  }

  std::vector<std::string> promises() const {
    std::vector<std::string> items;
    for (const PromiseEntry& each : verification_.promises) {
      if (each.judgement == nullptr || !each.judgement->is_finding() || each.made == none) continue;
      const Commitment& commitment = incident_.commitments[static_cast<std::size_t>(each.commitment)];
      items.push_back(fmt::format("In {} ({}): {}. The record shows nothing posted by then. Was it done, or is there a new date?",
                                  comment_words(each.made), told_words(event(each.made), 0), quoted(commitment.text)));
    }
    return items;
  }

  bool stands_elsewhere(const Judgement& judgement) const {
    const auto is_it = [&judgement](const auto& entry) { return entry.judgement == &judgement; };
    return std::any_of(verification_.promises.begin(), verification_.promises.end(), is_it) ||
           std::any_of(verification_.questions.begin(), verification_.questions.end(),
                       [&](const QuestionEntry& entry) { return is_it(entry) && entry.replies.empty(); });
  }

  std::vector<std::string> deadlines() const {
    std::vector<std::string> items;
    for (const Judgement& each : assessment_.judgements) {
      if (!each.is_finding() || each.duty->pattern == Pattern::contain || stands_elsewhere(each)) continue;
      const Verdict& verdict = each.shown();
      const std::string whom = subject_words(each, incident_);
      std::string text = fmt::format("{}{}: by the record this was {} ({}).", plain(verdict.duty->title),
                                     whom.empty() ? "" : ", " + plain(whom), margin_words(each), due_by(each));
      text += " Is there anything that the record does not show?";
      items.push_back(std::move(text));
    }
    return items;
  }

  std::vector<std::string> elements() const {
    std::vector<std::string> items;
    for (const Judgement& each : assessment_.judgements) {
      if (!each.is_finding() || each.duty->pattern != Pattern::contain) continue;
      std::string missing;
      for (const std::string& element : each.shown().missing) missing += (missing.empty() ? "" : ", ") + element;
      items.push_back(fmt::format("{} ({}): {} is not found. Could it be added?", plain(each.duty->title),
                                  plain(citation(each.shown())), plain(missing)));
    }
    return items;
  }

  const Incident& incident_;
  const Assessment& assessment_;
  const Verification& verification_;
  Blocks blocks_;
};

}  // namespace

std::vector<std::string> reviewer_comments(const Incident& incident, const Assessment& assessment,
                                           const Verification& verification) {
  return Comment(incident, assessment, verification).write();
}

}  // namespace cita
