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

  std::string whole() const { return claims() + questions() + promises() + action_items(); }

 private:
  std::string heading(std::string_view title) const { return coloured(title, Colour::bold, style_) + "\n"; }

  std::string claims() const {
    const auto count = [this](Claim::Outcome outcome) { return verification_.count(outcome); };
    std::string out = heading(fmt::format("Claims that {} can show", others()));
    std::string sum =
        fmt::format("{} agree, {} agree within rounding, {} contradict {}, {} are not in {}", count(Claim::Outcome::agrees),
                    count(Claim::Outcome::agrees_within_rounding), count(Claim::Outcome::contradicts), others(),
                    count(Claim::Outcome::unsupported), is_record_alone() ? "it" : "them");
    if (verification_.beyond > 0)
      sum += fmt::format("; {} are about what {} cannot show", verification_.beyond, is_record_alone() ? "Bugzilla" : others());
    for (const std::string& line : text::wrapped(sum, style_.width)) out += line + "\n";
    for (const Claim& each : verification_.claims) {
      const bool agrees = each.outcome == Claim::Outcome::agrees || each.outcome == Claim::Outcome::agrees_within_rounding;
      if (!agrees || style_.all) out += claim(each);
    }
    return out + "\n";
  }

  bool is_record(int account) const {
    return incident_.accounts[static_cast<std::size_t>(account)].kind == AccountKind::bugzilla;
  }
  bool is_record_alone() const { return verification_.against.size() == 1 && is_record(verification_.against.front().account); }
  std::string others() const { return is_record_alone() ? "the record" : "the other accounts"; }

  std::string claim(const Claim& each) const {
    const Event& event = event_at(incident_, each.event);
    std::string words = fmt::format("{}: {}", name(each.outcome), name(event.kind));
    if (each.outcome == Claim::Outcome::contradicts) {
      words += each.delta ? ", by " + show_delta(*each.delta) : std::string(", which says that it did not happen");
      words += each.decides ? "; a standing turns on it" : "; no standing turns on it";
    }
    std::string out;
    const Colour colour = each.decides                                  ? Colour::red
                          : each.outcome == Claim::Outcome::contradicts ? Colour::yellow
                                                                        : Colour::bold;
    for (const std::string& line : text::wrapped(text::shown(words), style_.width)) out += coloured(line, colour, style_) + "\n";
    std::vector<Mark> marks;
    const auto told = [&](const std::string& who, int telling) {
      const Telling& self = event.tellings[static_cast<std::size_t>(telling)];
      marks.push_back({self.span, who + ": " + (self.denied ? "it did not happen" : told_words(event, telling))});
    };
    const std::string whose = is_record(each.against) ? "the record" : teller(incident_, each.against);
    told("claimed", each.telling);
    if (each.other_telling != none) told(whose, each.other_telling);
    out += source_lines(marks, style_);
    if (each.other_telling == none && !is_record_alone()) out += note_line("not told by", text::shown(whose), style_);
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

  // Those of which something is told: a list alone is in the report.
  std::string action_items() const {
    std::string out;
    for (const ActionItemEntry& each : verification_.action_items) {
      if (each.events.empty()) continue;
      const ActionItem& item = incident_.action_items[static_cast<std::size_t>(each.action_item)];
      out += entry(item.id, entry_words(each, incident_), each.judgement, item.text, none);
      for (const int event : each.events)
        out += note_line(happening_words(event), when(incident_, event) + seen_in(event), style_);
    }
    return out.empty() ? out : heading("Action items") + out + "\n";
  }
  std::string happening_words(int event) const {
    const Event& self = event_at(incident_, event);
    return text::shown(self.text.empty() ? std::string(name(self.kind)) : self.text);
  }
  std::string seen_in(int event) const {
    const int comment = verification_.comment_of(event);
    return comment == none ? std::string() : fmt::format(", comment {}", comment);
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
    std::string words = when(incident_, event) + seen_in(event);
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

std::string teller(const Incident& incident, int account) {
  const Account& self = incident.accounts[static_cast<std::size_t>(account)];
  return "the account '" + self.name + "'" + (self.from.empty() ? "" : " (" + self.from + ")");
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

std::string entry_words(const ActionItemEntry& entry, const Incident& incident) {
  const ActionItem& item = incident.action_items[static_cast<std::size_t>(entry.action_item)];
  std::string words = item.status.empty() ? "no status is told" : item.status;
  if (item.due && !item.due->relative) words += ", due " + show(item.due->stamp.moment);
  return words + "; " + standing(entry.judgement);
}

std::string verification_text(const Verification& verification, const Incident& incident, const TextStyle& style) {
  return Text(verification, incident, style).whole();
}

}  // namespace cita
