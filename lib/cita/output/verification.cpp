#include <cita/base/text.hpp>
#include <cita/output/verification.hpp>
#include <cita/reconcile/contradictions.hpp>
#include <cita/time/format.hpp>

#include <fmt/format.h>

namespace cita {

namespace {

const Event& event_at(const Incident& incident, int index) { return incident.events[static_cast<std::size_t>(index)]; }

std::string when(const Incident& incident, int event) {
  const Event& self = event_at(incident, event);
  return self.tellings.empty() ? "at a time that nobody tells" : told_words(self, 0);
}

std::string standing(const Judgement* judgement) {
  if (judgement == nullptr) return "no rule asks for it";
  const std::string margin = margin_words(*judgement);
  return standing_words(*judgement) + (margin.empty() ? "" : ", " + margin);
}

Colour colour_of(const Judgement* judgement) {
  if (judgement == nullptr) return Colour::dim;
  if (judgement->is_finding()) return judgement->level && is_must(*judgement->level) ? Colour::red : Colour::yellow;
  return judgement->standing == Standing::met ? Colour::green : Colour::bold;
}

class Text {
 public:
  Text(const Verification& verification, const Incident& incident, const TextStyle& style)
      : verification_(verification), incident_(incident), style_(style) {}

  std::string whole() const { return claims() + questions() + promises(); }

 private:
  std::string heading(std::string_view title) const { return coloured(title, Colour::bold, style_) + "\n"; }

  std::string claims() const {
    const auto count = [this](Claim::Outcome outcome) { return verification_.count(outcome); };
    std::string out = heading("Claims that the record can show");
    std::string sum = fmt::format("{} agree, {} agree within rounding, {} contradict the record, {} are not in it",
                                  count(Claim::Outcome::agrees), count(Claim::Outcome::agrees_within_rounding),
                                  count(Claim::Outcome::contradicts), count(Claim::Outcome::unsupported));
    if (verification_.beyond > 0) sum += fmt::format("; {} are about what Bugzilla cannot show", verification_.beyond);
    for (const std::string& line : text::wrapped(sum, style_.width)) out += line + "\n";
    for (const Claim& each : verification_.claims) {
      const bool agrees = each.outcome == Claim::Outcome::agrees || each.outcome == Claim::Outcome::agrees_within_rounding;
      if (!agrees || style_.all) out += claim(each);
    }
    return out + "\n";
  }

  std::string claim(const Claim& each) const {
    const Event& event = event_at(incident_, each.event);
    std::string words = fmt::format("{}: {}", name(each.outcome), name(event.kind));
    if (each.outcome == Claim::Outcome::contradicts && each.delta) {
      words += ", by " + show_delta(*each.delta);
      words += each.decides ? "; a standing turns on it" : "; no standing turns on it";
    }
    std::string out;
    const Colour colour = each.decides                                  ? Colour::red
                          : each.outcome == Claim::Outcome::contradicts ? Colour::yellow
                                                                        : Colour::bold;
    for (const std::string& line : text::wrapped(text::shown(words), style_.width)) out += coloured(line, colour, style_) + "\n";
    std::vector<Mark> marks;
    marks.push_back({event.tellings[static_cast<std::size_t>(each.telling)].span, "claimed: " + told_words(event, each.telling)});
    out += source_lines(marks, style_);
    if (each.record_telling != none) out += note_line("the record", told_words(event, each.record_telling), style_);
    if (const std::string link = permalink(incident_, verification_, each.event); !link.empty())
      out += note_line("see", link, style_);
    return out;
  }

  std::string questions() const {
    if (verification_.questions.empty()) return {};
    std::string out = heading("Questions");
    for (const QuestionEntry& each : verification_.questions) {
      const Question& question = incident_.questions[static_cast<std::size_t>(each.question)];
      out += entry(question.id, entry_words(each, incident_), each.judgement, question.text, each.asked);
      for (const int reply : each.replies) out += reply_line(reply);
    }
    return out + "\n";
  }

  std::string promises() const {
    if (verification_.promises.empty()) return {};
    std::string out = heading("Promises");
    for (const PromiseEntry& each : verification_.promises) {
      const Commitment& commitment = incident_.commitments[static_cast<std::size_t>(each.commitment)];
      out += entry(commitment.id, entry_words(each, incident_), each.judgement, commitment.text, each.made);
      for (const int kept : each.kept) out += reply_line(kept);
    }
    return out + "\n";
  }

  std::string entry(const std::string& id, const std::string& words, const Judgement* judgement, const std::string& text,
                    int event) const {
    std::string out;
    for (const std::string& line : text::wrapped(text::shown(id + ": " + words), style_.width))
      out += coloured(line, colour_of(judgement), style_) + "\n";
    if (!text.empty()) out += note_line("text", text::shown(text), style_);
    if (event == none) return out;
    if (const std::string link = permalink(incident_, verification_, event); !link.empty()) out += note_line("see", link, style_);
    return out;
  }

  std::string reply_line(int event) const {
    const Event& self = event_at(incident_, event);
    const int comment = verification_.comment_of(event);
    std::string words = when(incident_, event);
    if (comment != none) words += fmt::format(", comment {}", comment);
    if (!self.unsure.empty()) words += ": " + self.unsure;
    return note_line(self.unsure.empty() ? "reply" : "perhaps", text::shown(words), style_);
  }

  const Verification& verification_;
  const Incident& incident_;
  const TextStyle& style_;
};

}  // namespace

std::string told_words(const Event& event, int telling) {
  const TimeRef& at = event.tellings[static_cast<std::size_t>(telling)].at;
  return at.relative ? "counted from another event" : show(at.stamp.moment);
}

std::string permalink(const Incident& incident, const Verification& verification, int event) {
  const int comment = verification.comment_of(event);
  if (comment == none || !incident.bug) return {};
  return fmt::format("https://bugzilla.mozilla.org/show_bug.cgi?id={}#c{}", *incident.bug, comment);
}

std::string entry_words(const QuestionEntry& entry, const Incident& incident) {
  std::string words = entry.asked == none ? "asked at a time that nobody tells" : "asked " + when(incident, entry.asked);
  if (entry.replies.empty()) words += ", no reply is told";
  return words + "; " + standing(entry.judgement);
}

std::string entry_words(const PromiseEntry& entry, const Incident& incident) {
  std::string words = entry.made == none ? "promised at a time that nobody tells" : "promised " + when(incident, entry.made);
  const auto& due = incident.commitments[static_cast<std::size_t>(entry.commitment)].due;
  if (due && !due->relative) {
    words += ", due " + show(due->stamp.moment);
    for (const Assumption& each : due->stamp.assumptions)
      if (each.kind == AssumptionKind::other) words += " (" + each.text + ")";
  }
  if (due && due->relative && due->relative->most) words += ", due within " + describe(*due->relative->most);
  return words + "; " + standing(entry.judgement);
}

std::string verification_text(const Verification& verification, const Incident& incident, const TextStyle& style) {
  return Text(verification, incident, style).whole();
}

}  // namespace cita
