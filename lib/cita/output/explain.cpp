#include <cita/base/text.hpp>
#include <cita/output/explain.hpp>
#include <cita/time/format.hpp>

#include <algorithm>

namespace cita {

namespace {

constexpr int label_width = 12;

class Explanation {
 public:
  Explanation(const Incident& incident, const TextStyle& style) : incident_(incident), style_(style) {}

  std::string of(const Judgement& judgement) {
    const Verdict& shown = judgement.shown();
    std::string who = text::shown(describe(judgement.subject, incident_));
    std::string out = coloured(judgement.duty->id, Colour::bold, style_) + (who.empty() ? "" : ", " + who) + "\n";
    out += line("duty", std::string(judgement.duty->text));
    out += line("cited as", full_citation(shown));
    if (judgement.level)
      out += line("level",
                  std::string(name(*judgement.level)) +
                      (shown.advisory ? "; the fact about the document is not certain, so it informs and does not condemn" : ""));
    if (!shown.bound_by.empty()) out += line("bound by", joined(shown.bound_by));
    out += line("applies", applies(judgement));
    const std::string margin = margin_words(judgement);
    out += line("stands", standing_words(judgement) + (margin.empty() ? "" : ", " + margin));
    for (std::size_t i = 0; i < judgement.views.size(); ++i) out += "\n" + view(judgement, i);
    out += "\n";
    if (!judgement.open_because.empty()) out += line("because", judgement.open_because);
    if (!judgement.depends_text.empty()) out += line("depends on", judgement.depends_text);
    if (!shown.would_decide.empty()) out += line("to decide", shown.would_decide);
    if (!shown.would_have_met.empty()) out += line("to meet it", shown.would_have_met);
    for (const std::string& order : shown.restraints) out += line("restrained", order);
    for (const std::string& note : shown.notes) out += line("note", note);
    return out;
  }

 private:
  std::string line(std::string_view label, std::string_view content) const {
    const int indent = label_width + 2;
    std::string out;
    for (const std::string& each : text::wrapped(text::shown(content), std::max(24, style_.width - indent))) {
      std::string head = out.empty() ? "  " + std::string(label) : "";
      head.resize(static_cast<std::size_t>(std::max(indent, static_cast<int>(head.size()) + 1)), ' ');
      out += (out.empty() ? coloured(head, Colour::dim, style_) : head) + each + "\n";
    }
    return out;
  }

  static std::string joined(const std::vector<std::string>& all) {
    std::string text;
    for (const std::string& each : all) text += (text.empty() ? "" : ", ") + each;
    return text;
  }

  static std::string applies(const Judgement& judgement) {
    std::string text = judgement.applicability == Applicability::applies ? "yes" : std::string(name(judgement.applicability));
    std::replace(text.begin(), text.end(), '_', ' ');
    return judgement.shown().applicability_because.empty() ? text : text + ": " + judgement.shown().applicability_because;
  }

  std::string view(const Judgement& judgement, std::size_t index) const {
    const ViewVerdict& view = judgement.views[index];
    const Verdict& verdict = view.verdict;
    std::string beliefs;
    for (const Belief& belief : view.beliefs) beliefs += (beliefs.empty() ? "if " : ", ") + belief.text;
    std::string out;
    if (judgement.views.size() > 1)
      out += line(std::to_string(index + 1) + ".", beliefs + (view.default_readings ? " (default readings)" : ""));
    out += end("start", verdict.trigger);
    if (verdict.edition != nullptr) out += line("limit", limit(*verdict.edition));
    if (verdict.deadline) out += line("deadline", show(*verdict.deadline));
    if (verdict.discharge) out += end("end", verdict.discharge);
    else if (verdict.trigger && verdict.cycles.empty()) out += line("end", "none told");
    for (const Cycle& cycle : verdict.cycles) out += line("interval", interval(cycle));
    if (verdict.trigger && verdict.discharge && verdict.edition != nullptr && verdict.edition->limit.kind == LimitKind::elapsed)
      out += line("took", range(elapsed(verdict.trigger->told.moment, verdict.discharge->told.moment)));
    const std::string margin = margin_words(verdict);
    if (!margin.empty()) out += line("margin", margin);
    std::string standing = std::string(name(verdict.standing));
    if (verdict.applicability == Applicability::not_in_force || verdict.applicability == Applicability::not_applicable)
      standing = "not judged";
    out += line("so", standing + (verdict.because.empty() ? "" : ": " + verdict.because));
    return out;
  }

  static std::string limit(const Edition& edition) {
    if (edition.limit.kind == LimitKind::none) return "no number in the document";
    const std::string boundary =
        edition.limit.boundary == Boundary::inclusive ? "the deadline itself is on time" : "the deadline itself is late";
    return describe(edition.limit) + " (" + boundary + ")";
  }

  // "9 d 18 h 33 min 36 s … 9 d 18 h 34 min 48 s"; an open side is said to be open.
  static std::string range(const Elapsed& took) {
    const auto side = [](Seconds seconds) {
      return (seconds < Seconds{0} ? "-" : "") + show_amount(seconds < Seconds{0} ? -seconds : seconds);
    };
    if (took.open_below() && took.open_above()) return "unknown";
    if (took.open_below()) return "at most " + side(took.most);
    if (took.open_above()) return "at least " + side(took.least);
    return took.least == took.most ? side(took.least) : side(took.least) + " … " + side(took.most);
  }

  static std::string interval(const Cycle& cycle) {
    std::string text = show(cycle.from) + " → " + (cycle.to ? show(*cycle.to) : std::string("still open")) + ": " +
                       std::string(name(cycle.standing));
    if (cycle.margin && cycle.standing != Standing::undetermined) text += ", " + show_margin(*cycle.margin);
    return text;
  }

  std::string end(std::string_view label, const std::optional<End>& end) const {
    if (!end) return line(label, "none told");
    const Told& told = end->told;
    std::string out = line(label, end->what + ", " + show(told.moment));
    if (told.event != none && told.telling != none) {
      const Telling& telling =
          incident_.events[static_cast<std::size_t>(told.event)].tellings[static_cast<std::size_t>(told.telling)];
      const std::string account = incident_.accounts[static_cast<std::size_t>(telling.account)].name;
      std::string how = telling.at.relative ? "counted from another event" : "as written: " + telling.at.stamp.text;
      out += line("", how + " (account " + account + ", " + place(telling.span) + ")");
      for (const Assumption& assumption : telling.at.stamp.assumptions) out += line("", "assumed: " + assumption.text);
    }
    if (!told.from.empty()) {
      std::string from;
      for (const int each : told.from) from += (from.empty() ? "" : ", ") + incident_.events[static_cast<std::size_t>(each)].id;
      out += line("", "bounded by the order of " + from);
    }
    if (!told.doubt.empty()) out += line("", told.doubt);
    return out;
  }

  const Incident& incident_;
  const TextStyle& style_;
};

using Row = std::vector<std::string>;

std::string paragraph(std::string_view content, const TextStyle& style) {
  std::string out;
  for (const std::string& line : text::wrapped(text::shown(content), style.width - 2)) out += "  " + line + "\n";
  return out;
}

}  // namespace

std::string explain(const Judgement& judgement, const Incident& incident, const TextStyle& style) {
  return Explanation(incident, style).of(judgement);
}

std::string explain(const Duty& duty, const Pack& pack, const TextStyle& style) {
  std::string out =
      coloured(duty.id, Colour::bold, style) + "\n" + paragraph(duty.title, style) + "\n" + paragraph(duty.text, style) + "\n";
  out += paragraph(std::string(pack.title) + (pack.publisher.empty() ? "" : " (" + std::string(pack.publisher) + ")") +
                       (pack.draft ? "; DRAFT, not in force" : ""),
                   style);
  out += paragraph("checked up to " + show_date_or(pack.checked_until, "today") +
                       (pack.checked_version.empty() ? "" : ", version " + std::string(pack.checked_version)),
                   style) +
         "\n";
  std::vector<Row> rows{{"effective", "until", "versions", "section", "brought by", "level", "limit"}};
  for (const Edition& e : duty.editions)
    rows.push_back({show_date_or(e.in_force.from, "always"), show_date_or(e.in_force.until, "now"), std::string(e.versions),
                    std::string(e.section), std::string(e.ballot),
                    std::string(name(e.level)) +
                        (e.confidence == Confidence::high ? "" : " (confidence " + std::string(name(e.confidence)) + ")"),
                    describe(e.limit)});
  out += table(rows, style);
  for (const Edition& e : duty.editions)
    if (!e.note.empty()) out += paragraph("since " + show_date_or(e.in_force.from, "always") + ": " + std::string(e.note), style);
  for (const Edition& e : duty.editions)
    if (!e.elective.empty())
      out += paragraph(
          "since " + show_date_or(e.in_force.from, "always") + " a CA could follow instead: " + std::string(e.elective), style);
  if (!pack.bindings.empty()) {
    std::vector<Row> bindings{{"binds", "from", "until", "by", ""}};
    for (const Binding& b : pack.bindings)
      bindings.push_back({std::string(b.program), show_date_or(b.in_force.from, "always"), show_date_or(b.in_force.until, "now"),
                          std::string(b.document), std::string(b.text)});
    out += "\n" + table(bindings, style);
  }
  for (const std::string_view id : duty.readings) {
    const Reading* reading = pack.reading(id);
    if (reading == nullptr) continue;
    out += "\n" + paragraph("Reading '" + std::string(reading->id) + "': " + std::string(reading->question), style);
    for (const ReadingOption& option : reading->options)
      out += paragraph("- " + std::string(option.id) +
                           (!option.is_default ? ": "
                            : reading->fixed   ? " (always taken): "
                                               : " (default): ") +
                           std::string(option.text),
                       style);
    for (const std::string_view source : reading->sources) out += paragraph("  source: " + std::string(source), style);
  }
  if (!duty.example.empty()) out += "\n" + paragraph("Example: " + std::string(duty.example), style);
  return out;
}

}  // namespace cita
