#include <cita/input/incident_file.hpp>
#include <cita/lint/pack_case.hpp>
#include <cita/reconcile/finding.hpp>
#include <cita/reconcile/views.hpp>
#include <cita/time/notation.hpp>

#include <algorithm>

namespace cita {

namespace {

constexpr std::string_view showing_words[] = {"met", "breached", "running", "undetermined", "at the limit", "a second late"};

/// Goes through the comments at the head of a case.
class Head {
 public:
  Head(PackCase& made, Diagnostics& diagnostics) : case_(made), diagnostics_(diagnostics) {}

  void read() {
    int number = 1;
    for (std::string_view line = text_of(number); line.starts_with('#'); line = text_of(++number)) {
      const std::size_t start = case_.source->line_start(number);
      span_ = {case_.source.get(), static_cast<std::uint32_t>(start), static_cast<std::uint32_t>(start + line.size())};
      take(line.substr(std::min<std::size_t>(2, line.size())));
    }
    span_ = {case_.source.get(), 0, 0};
    if (case_.shows.empty())
      diagnostics_.error("missing-key", span_, "say what the case shows", "start with '# In half the time.'");
    if (!has_as_of_) diagnostics_.error("missing-key", span_, "say when it is judged", "add '# as-of: 2026-05-04T08:10:00Z'");
  }

 private:
  std::string_view text_of(int number) const { return case_.source->line(number); }

  void take(std::string_view line) {
    if (const auto as_of = after("as-of: ", line)) return take_as_of(*as_of);
    if (const auto expected = after("expect: ", line)) {
      case_.expected.push_back({std::string(*expected), {}});
    } else if (const auto depends = after("depends: ", line)) {
      if (case_.expected.empty()) diagnostics_.error("order", span_, "'depends' speaks of the 'expect' above it");
      else case_.expected.back().depends = *depends;
    } else if (case_.shows.empty() && !has_as_of_) {
      case_.shows = line;
    } else {
      diagnostics_.error("unknown-key", span_, "this comment is not understood", "write '# as-of:', '# expect:' or '# depends:'");
    }
  }

  void take_as_of(std::string_view text) {
    has_as_of_ = true;
    const StampResult read = read_notation(text, {});
    if (read && read.stamp->moment.is_exact()) case_.as_of = read.stamp->moment.earliest();
    else diagnostics_.error("not-an-instant", span_, "this is not an instant", "write '# as-of: 2026-05-04T08:10:00Z'");
  }

  static std::optional<std::string_view> after(std::string_view start, std::string_view line) {
    return line.starts_with(start) ? std::optional(line.substr(start.size())) : std::nullopt;
  }

  PackCase& case_;
  Diagnostics& diagnostics_;
  Span span_;
  bool has_as_of_ = false;
};

bool has_number(const Duty& duty) {
  return std::any_of(duty.editions.begin(), duty.editions.end(),
                     [](const Edition& edition) { return edition.limit.kind != LimitKind::none; });
}

void show(Showings& shows, const Judgement& judgement) {
  if (judgement.applicability == Applicability::not_in_force || judgement.applicability == Applicability::not_applicable) return;
  const auto is_exactly = [&judgement](Seconds margin) { return judgement.margin == Elapsed{margin, margin}; };
  switch (judgement.standing) {
    case Standing::met:
      shows.add(Showing::met);
      if (is_exactly(Seconds{0})) shows.add(Showing::at_the_limit);
      break;
    case Standing::breached:
      shows.add(Showing::breached);
      if (is_exactly(Seconds{-1})) shows.add(Showing::a_second_late);
      break;
    case Standing::running: shows.add(Showing::running); break;
    case Standing::undetermined: shows.add(Showing::undetermined); break;
  }
}

std::string difference(const PackCase& pack_case, const std::vector<Judgement>& judgements,
                       const std::vector<std::string>& found) {
  std::vector<std::string> expected;
  for (const PackCase::Expected& each : pack_case.expected) expected.push_back(each.line);
  std::string text;
  const auto list = [&text](std::string_view head, const std::vector<std::string>& lines) {
    text += head;
    for (const std::string& line : lines) text += "\n  " + line;
    if (lines.empty()) text += "\n  nothing is judged";
  };
  if (found != expected) {
    list("expected", expected);
    list("\nfound", found);
    return text;
  }
  for (std::size_t i = 0; i < judgements.size(); ++i)
    if (!pack_case.expected[i].depends.empty() && pack_case.expected[i].depends != judgements[i].depends_text)
      list("expected to depend", {pack_case.expected[i].depends}), list("\nfound", {judgements[i].depends_text});
  return text;
}

}  // namespace

std::string_view name(Showing showing) { return showing_words[static_cast<std::size_t>(showing)]; }

std::vector<Showing> all_showings() {
  std::vector<Showing> all;
  for (std::size_t i = 0; i < std::size(showing_words); ++i) all.push_back(static_cast<Showing>(i));
  return all;
}

Showings admitted(const Duty& duty) {
  Showings all;
  for (const Showing each : all_showings()) {
    const bool is_at_limit = each == Showing::at_the_limit || each == Showing::a_second_late;
    switch (duty.pattern) {
      case Pattern::respond:
        // Without a number nothing is late by the clock.
        if (!has_number(duty) && (is_at_limit || each == Showing::breached)) continue;
        break;
      case Pattern::contain:
      case Pattern::agree:
        // A report holds an element or does not, two statements agree or do not: no clock runs.
        if (is_at_limit || each == Showing::running) continue;
        break;
      case Pattern::precede:
        // What has to come before an act is judged when the act is done.
        if (each == Showing::running) continue;
        break;
      case Pattern::recur:
      case Pattern::by_date: break;
    }
    all.add(each);
  }
  return all;
}

std::optional<PackCase> read_pack_case(std::shared_ptr<const Source> source, Diagnostics& diagnostics) {
  const std::size_t errors_before = diagnostics.errors();
  PackCase result;
  result.source = std::move(source);
  Head(result, diagnostics).read();
  if (diagnostics.errors() > errors_before) return std::nullopt;
  return result;
}

CaseOutcome judge_case(const PackCase& pack_case, std::string_view duty, const Catalog& catalog, Diagnostics& diagnostics) {
  CaseOutcome outcome;
  const auto incident = read_incident(pack_case.source, diagnostics);
  if (!incident) {
    outcome.problem = "it is no incident file";
    return outcome;
  }
  const Duty* judged = catalog.duty(duty);
  if (judged == nullptr) {
    outcome.problem = "there is no rule '" + std::string(duty) + "'";
    return outcome;
  }
  const Pack& pack = *catalog.pack_of(*judged);
  const Engine engine(*incident, catalog, pack_case.as_of);
  std::vector<Judgement> judgements;
  for (const Subject& subject : engine.subjects(*judged, pack)) {
    auto judgement = judge_all_views(engine, *judged, pack, subject);
    if (!judgement) continue;
    outcome.found.push_back(finding_line(*judgement, *incident));
    show(outcome.shows, *judgement);
    judgements.push_back(std::move(*judgement));
  }
  outcome.problem = difference(pack_case, judgements, outcome.found);
  return outcome;
}

}  // namespace cita
