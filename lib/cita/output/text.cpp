// `cita check` for people: the summary first, then the governing deadlines, then every finding with its lines of the file.
#include <cita/base/text.hpp>
#include <cita/output/list_findings.hpp>
#include <cita/output/renderer.hpp>
#include <cita/output/result.hpp>
#include <cita/output/verification.hpp>
#include <cita/time/format.hpp>

#include <algorithm>
#include <set>

namespace cita {

std::unique_ptr<Renderer> text_renderer(const TextStyle& style);

namespace {

constexpr std::size_t most_views_shown = 8;

std::string counted(int count, const std::string& what) { return std::to_string(count) + " " + what; }

// The order in which a reader wants them: what is broken, what is open, what is due, what is fine.
int rank(const Judgement& judgement) {
  if ((judgement.suppressed || judgement.known) && !judgement.is_draft()) return 7;
  if (judgement.applicability == Applicability::not_in_force || judgement.applicability == Applicability::not_applicable)
    return 9;
  if (judgement.is_draft()) return 8;
  if (judgement.applicability == Applicability::undetermined || judgement.standing == Standing::undetermined) return 4;
  if (judgement.standing == Standing::running) return 5;
  if (judgement.standing == Standing::met) return 6;
  if (judgement.shown().advisory) return 3;
  if (judgement.level && is_must(*judgement.level)) return 0;
  return judgement.level && is_expected(*judgement.level) ? 1 : 2;
}

Colour colour_of(const Judgement& judgement) {
  switch (rank(judgement)) {
    case 0: return Colour::red;
    case 1:
    case 2:
    case 3: return Colour::yellow;
    case 4: return Colour::blue;
    case 6: return Colour::green;
    default: return Colour::bold;
  }
}

class TextRenderer final : public Renderer {
 public:
  explicit TextRenderer(const TextStyle& style) : style_(style) {}

  std::string file(const RunInfo& run, const FileReport& report) override {
    std::string out;
    if (report.index > 0) out += "\n";
    if (report.results != nullptr) return out + results(report);
    if (report.incident == nullptr) {
      out += coloured(text::shown(report.file) + ": cannot be read", Colour::red, style_) + "\n\n";
      if (report.diagnostics != nullptr) out += render(*report.diagnostics, style_);
      return out;
    }
    incident_ = report.incident;
    assessment_ = report.assessment;
    lists_ = report.lists;
    out += heading(run, report) + governing(*report.assessment);
    if (report.verification != nullptr) out += verification_text(*report.verification, *incident_, style_);
    if (report.verification != nullptr && report.counts != nullptr)
      out += counts_text(*report.counts, lists_->files, *report.verification, *incident_, style_);
    out += findings(*report.assessment) + contradictions(*report.assessment, report.verification);
    if (report.diagnostics != nullptr && !report.diagnostics->all().empty())
      out += coloured("In the file", Colour::bold, style_) + "\n" + render(*report.diagnostics, style_);
    return out + footer(run, *report.assessment);
  }

  std::string end(const RunInfo&, const Outcome& outcome) override {
    if (outcome.files < 2) return {};
    return "\n" + coloured(counted(outcome.files, "files: "), Colour::bold, style_) + describe(outcome.tally) + "\n";
  }

 private:
  // What others found in a file, each like a compiler's complaint.
  std::string results(const FileReport& report) const {
    Tally t;
    for (const Result& each : *report.results) t.add(each);
    std::string out = coloured(text::shown(report.file) + ": " + describe(t), Colour::bold, style_) + "\n\n";
    for (const Result& each : *report.results) {
      const bool is_shown = each.is_problem() || !each.set_aside_because().empty() || style_.all;
      if (!is_shown) continue;
      out += render(Diagnostic{severity_of(each), each.id(), each.message, each.span, {}, each.related}, style_);
      for (const std::string& note : each.notes) out += note_line("note", note, style_);
      if (each.fix) out += note_line("instead", each.fix->description, style_);
      if (const std::string aside = each.set_aside_because(); !aside.empty()) out += note_line("counts not", aside, style_);
    }
    return report.diagnostics == nullptr ? out : out + render(*report.diagnostics, style_);
  }

  static Severity severity_of(const Result& result) {
    if (result.kind != ResultKind::fail || !result.is_problem() || result.level == ResultLevel::advisory) return Severity::note;
    return result.level == ResultLevel::must ? Severity::error : Severity::warning;
  }

  std::string heading(const RunInfo& run, const FileReport& report) const {
    const Tally t = tally(*report.assessment);
    const Colour colour = t.must_breached > 0                         ? Colour::red
                          : t.expected_breached + t.should_missed > 0 ? Colour::yellow
                                                                      : Colour::bold;
    std::string title = text::shown(incident_->title.empty() ? report.file : incident_->title);
    if (incident_->bug) title += " (bug " + std::to_string(*incident_->bug) + ")";
    std::string out;
    for (const std::string& line : text::wrapped(title, style_.width)) out += coloured(line, Colour::bold, style_) + "\n";
    for (const std::string& line : text::wrapped(describe(t), style_.width)) out += coloured(line, colour, style_) + "\n";
    for (const DutyCount& count : duty_counts(*report.assessment)) {
      std::string line =
          std::to_string(count.breached) + " of " + std::to_string(count.of) + " breached: " + std::string(count.duty->title);
      if (count.worst) line += "; the worst " + show_margin(*count.worst);
      for (const std::string& part : text::wrapped(line, style_.width)) out += part + "\n";
    }
    return out +
           coloured("as of " + show(run.as_of) + " (" + run.as_of_origin + ")" + for_whom(run.profile), Colour::dim, style_) +
           "\n\n";
  }

  std::string subject(const Judgement& judgement) const { return text::shown(subject_words(judgement, *incident_)); }

  std::string governing(const Assessment& assessment) const {
    std::string of_revocation, of_reports;
    for (const Judgement& each : assessment.judgements) {
      if (!each.governing && !each.contested_earlier) continue;
      std::string& out = each.subject.per == Per::certificates ? of_revocation : of_reports;
      const std::string whose = subject(each);
      out += note_line(each.governing ? "governs" : "earlier, but contested",
                       show(*each.shown().deadline) + ": " + std::string(each.duty->title) + " (" + citation(each.shown()) + ")" +
                           (whose.empty() ? "" : ", " + whose),
                       style_);
    }
    const auto block = [this](std::string_view title, const std::string& lines) {
      return lines.empty() ? lines : coloured(title, Colour::bold, style_) + "\n" + lines + "\n";
    };
    return block("Revocation deadlines", of_revocation) + block("Report deadlines, the strictest of several", of_reports);
  }

  std::string findings(const Assessment& assessment) const {
    std::vector<const Judgement*> sorted;
    for (const Judgement& each : assessment.judgements) sorted.push_back(&each);
    std::stable_sort(sorted.begin(), sorted.end(), [](const Judgement* a, const Judgement* b) {
      if (rank(*a) != rank(*b)) return rank(*a) < rank(*b);
      const auto due = [](const Judgement& each) {
        return each.shown().deadline ? each.shown().deadline->earliest() : open_future;
      };
      return rank(*a) == 5 && due(*a) < due(*b);
    });
    std::string out;
    int previous = -1;
    for (const Judgement* each : sorted) {
      const int sort = rank(*each);
      if (sort == 9 && !style_.all) break;
      if (previous >= 4 && sort != previous) out += "\n";
      out += sort < 4 || style_.all ? in_full(*each) : in_short(*each);
      previous = sort;
    }
    return out + "\n";
  }

  std::string head(const Judgement& each) const {
    const std::string margin = margin_words(each);
    std::string rest = std::string(each.duty->title);
    if (const std::string whom = subject(each); !whom.empty()) rest += ", " + whom;
    if (!margin.empty()) rest += " — " + margin;
    const std::string words = standing_words(each);
    std::string out;
    const int indent = 4;
    for (const std::string& line : text::wrapped(words + ": " + rest, style_.width - indent)) {
      if (out.empty() && line.starts_with(words))
        out += coloured(words, colour_of(each), style_) + line.substr(words.size()) + "\n";
      else out += std::string(out.empty() ? 0U : static_cast<std::size_t>(indent), ' ') + line + "\n";
    }
    return out;
  }

  std::vector<Mark> marks(const Verdict& verdict) const {
    std::vector<Mark> all;
    for (Related& each : ends_of(verdict, *incident_)) all.push_back({each.span, std::move(each.message)});
    return all;
  }

  std::string in_full(const Judgement& each) const {
    const Verdict& verdict = each.shown();
    std::string out = head(each) + source_lines(marks(verdict), style_);
    if (each.applicability == Applicability::not_in_force || each.applicability == Applicability::not_applicable)
      return out + note_line("because", verdict.applicability_because, style_) +
             note_line("rule", std::string(each.duty->id), style_) + "\n";
    out += note_line("rule", std::string(each.duty->id) + ": " + full_citation(verdict), style_);
    if (!verdict.bound_by.empty()) out += note_line("bound by", joined(verdict.bound_by), style_);
    if (const std::string due = deadline_words(verdict); !due.empty()) out += note_line("deadline", due, style_);
    if (!verdict.because.empty()) out += note_line("because", verdict.because, style_);
    if (verdict.done && verdict.of)
      out += note_line("count", grouped(*verdict.done) + " of " + grouped(*verdict.of) + " by the deadline", style_);
    out += views(each);
    if (!each.depends_text.empty()) out += note_line("depends", each.depends_text, style_);
    if (!verdict.would_decide.empty()) out += note_line("would decide", verdict.would_decide, style_);
    if (!verdict.would_have_met.empty()) out += note_line("would have met it", verdict.would_have_met, style_);
    out += by_list(each) + restraints(verdict) + set_aside(each);
    return out + "\n";
  }

  std::string by_list(const Judgement& each) const {
    const auto* verdict =
        lists_ == nullptr ? nullptr : lists_->of(static_cast<std::size_t>(&each - assessment_->judgements.data()));
    return verdict == nullptr ? std::string() : note_line("list", list_words(*verdict), style_);
  }

  std::string restraints(const Verdict& verdict) const {
    std::string out;
    for (const std::string& order : verdict.restraints) out += note_line("restrained", order, style_);
    return out;
  }

  // Why it does not count, where it is the file or the baseline that says so.
  std::string set_aside(const Judgement& each) const {
    if (each.suppressed) return note_line("suppressed", each.suppressed_because, style_);
    return each.known ? note_line("known", "the baseline holds it", style_) : std::string();
  }

  static std::string joined(const std::vector<std::string>& all) {
    std::string text;
    for (const std::string& each : all) text += (text.empty() ? "" : ", ") + each;
    return text;
  }

  // Views that come out alike are told once.
  std::string views(const Judgement& each) const {
    if (each.views.size() < 2) return {};
    std::string out;
    std::vector<std::string> told;
    std::size_t shown = 0, more = 0;
    for (const ViewVerdict& view : each.views) {
      const std::string outcome = view.verdict.applicability == Applicability::applies
                                      ? std::string(name(view.verdict.standing))
                                      : std::string(name(view.verdict.applicability));
      const std::string margin = margin_words(view.verdict);
      const std::string line = outcome + (margin.empty() ? "" : ", " + margin);
      if (std::find(told.begin(), told.end(), line) != told.end()) continue;
      told.push_back(line);
      if (!style_.all && shown >= most_views_shown) {
        ++more;
        continue;
      }
      ++shown;
      out += note_line("if", beliefs(view) + ": " + line, style_);
    }
    if (more > 0) out += note_line("and", std::to_string(more) + " more, see cita explain", style_);
    return out;
  }

  // What this view believes beyond the defaults.
  static std::string beliefs(const ViewVerdict& view) {
    std::string text;
    for (const Belief& belief : view.beliefs)
      if (!belief.by_default) text += (text.empty() ? "" : ", ") + belief.text;
    return text.empty() ? "the default readings hold" : text;
  }

  std::string in_short(const Judgement& each) const {
    const Verdict& verdict = each.shown();
    std::string out = head(each);
    if (rank(each) == 4) {
      out += note_line("because", why_open(each), style_);
      if (!each.depends_text.empty()) out += note_line("depends", each.depends_text, style_);
      if (!verdict.would_decide.empty()) out += note_line("would decide", verdict.would_decide, style_);
    }
    if (const std::string due = deadline_words(verdict); rank(each) == 5 && !due.empty())
      out += note_line("deadline", due, style_);
    if (rank(each) == 6 && !each.depends_text.empty()) out += note_line("depends", each.depends_text, style_);
    out += by_list(each) + restraints(verdict);
    if (rank(each) == 7) out += set_aside(each);
    return out;
  }

  // What a claim tells of already is not told again.
  bool is_told(const Contradiction& contradiction, const Verification* verification) const {
    return verification != nullptr && std::any_of(verification->claims.begin(), verification->claims.end(),
                                                  [&](const Claim& each) { return is_told_by(each, contradiction, *incident_); });
  }

  std::string contradictions(const Assessment& assessment, const Verification* verification) const {
    std::string out;
    for (const Contradiction& each : assessment.contradictions) {
      if (is_told(each, verification)) continue;
      out +=
          coloured("contradiction", each.decides ? Colour::red : Colour::yellow, style_) + ": " + text::shown(each.text) + "\n";
      std::vector<Mark> places;
      const Event& event = incident_->events[static_cast<std::size_t>(each.event)];
      for (const Telling& telling : event.tellings)
        if (telling.account == each.account || telling.account == each.other_account)
          places.push_back({telling.span, incident_->accounts[static_cast<std::size_t>(telling.account)].name});
      if (each.other_event != none)
        places.push_back({incident_->events[static_cast<std::size_t>(each.other_event)].span,
                          each.kind == Contradiction::Kind::order ? "this cannot come first" : "counted from here"});
      out += source_lines(places, style_);
    }
    return out.empty() ? out : coloured("Accounts that do not go together", Colour::bold, style_) + "\n" + out + "\n";
  }

  // What was judged by, so that the answer can be had again.
  static std::string judged_by(const Catalog& catalog) {
    std::string files;
    for (const Pack* pack : catalog.packs())
      if (pack->digest.empty()) files += " and " + text::shown(std::string(pack->id)) + " of a file";
    constexpr std::size_t digits_shown = 12;
    return "digest " + std::string(digest_of_built_in_packs().substr(0, digits_shown)) + files + " (cita rules --digest)";
  }

  std::string footer(const RunInfo& run, const Assessment& assessment) const {
    std::string out;
    std::set<std::string> said;
    for (const Judgement& each : assessment.judgements) {
      if (each.applicability == Applicability::not_in_force || each.applicability == Applicability::not_applicable) continue;
      for (const std::string& note : each.shown().notes)
        if (note.find("were checked up to") != std::string::npos && said.insert(note).second)
          out += note_line("note", note, style_);
    }
    if (incident_->embargoed) out += note_line("note", embargo_note, style_);
    if (run.as_of_origin == "the clock")
      out += note_line("note", "judged at the time of the clock; --as-of makes the answer repeatable", style_);
    if (const std::string rows = lists_ == nullptr ? std::string() : unjudged_words(*lists_); !rows.empty())
      out += note_line("lists", rows, style_);
    const int hidden = tally(assessment).not_judged;
    if (hidden > 0 && !style_.all)
      out += note_line("note", std::to_string(hidden) + " duties do not apply or were not in force; --all lists them", style_);
    out += note_line("packs", judged_by(*run.catalog), style_);
    // The same digests as in JSON and in cita rules --digest.
    if (style_.all)
      for (const Pack* pack : run.catalog->packs())
        out += note_line("pack", std::string(pack->id) + " " + (pack->digest.empty() ? "of a file" : std::string(pack->digest)),
                         style_);
    return out;
  }

  TextStyle style_;
  const Incident* incident_ = nullptr;
  const Assessment* assessment_ = nullptr;
  const evidence::ListVerdicts* lists_ = nullptr;
};

}  // namespace

std::unique_ptr<Renderer> text_renderer(const TextStyle& style) { return std::make_unique<TextRenderer>(style); }

}  // namespace cita
