// `--format markdown`: a table of what was found, for a job's summary or a comment on a change.
//
// For readers of GitHub's and GitLab's Markdown, not Bugzilla's: reports for Bugzilla are made by report.hpp.
#include <cita/base/text.hpp>
#include <cita/output/renderer.hpp>
#include <cita/output/result.hpp>
#include <cita/time/format.hpp>

#include <algorithm>
#include <utility>

namespace cita {

std::unique_ptr<Renderer> markdown_renderer(const TextStyle& style);

namespace {

// GitHub takes no summary of more than 1 MiB.
constexpr std::size_t most_bytes = 900'000;

// What means anything in Markdown or HTML is written so that it means itself; the colon and the full stop so that an address
// makes no link, and in an element of their own what would call a person or name an issue.
std::string cell(std::string_view untrusted) {
  const std::string text = text::shown(untrusted);
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c == '<') out += "&lt;";
    else if (c == '>') out += "&gt;";
    else if (c == '&') out += "&amp;";
    else if (c == '@' || c == '#') out += std::string("<span>") + c + "</span>";
    else if (std::string_view("\\`*_[]|~!$").find(c) != std::string_view::npos) out += std::string("\\") + c;
    else if (c == ':' && text.compare(i, 3, "://") == 0) out += "&#58;";
    else if (c == '.' && i >= 3 && (text.compare(i - 3, 3, "www") == 0 || text.compare(i - 3, 3, "WWW") == 0)) out += "&#46;";
    else out += c;
  }
  return out;
}

std::string_view sort_of(const Result& result) {
  if (result.kind == ResultKind::review) return "undetermined";
  if (result.kind == ResultKind::open) return "running";
  switch (result.level) {
    case ResultLevel::must: return "**must**";
    case ResultLevel::expected: return "**expected**";
    case ResultLevel::should: return "should";
    case ResultLevel::advisory: break;
  }
  return "advisory";
}

std::string row(const FileReport& report, const Result& result) {
  const std::string where = result.span ? cita::place(result.span) : report.file;
  std::string found = cell(result.message);
  if (const std::string aside = result.set_aside_because(); !aside.empty()) found += "<br>" + cell(aside);
  const bool is_open = result.kind == ResultKind::review;
  for (const std::string& note : result.notes)
    if ((is_open && !note.starts_with("rule: ")) || note.starts_with("list: ")) found += "<br>" + cell(note);
  return "| " + (result.set_aside_because().empty() ? std::string(sort_of(result)) : "set aside") + " | " + found + " | " +
         cell(result.id()) + (result.citation.empty() ? "" : "<br>" + cell(result.citation)) + " | " + cell(where) + " |\n";
}

// What weighs most comes first.
int rank(const Result& result) {
  constexpr int set_aside = 20, running = 10, undetermined = 3;
  if (!result.set_aside_because().empty()) return set_aside;
  if (result.kind == ResultKind::open) return running;
  if (result.kind == ResultKind::review) return undetermined;
  return static_cast<int>(result.level) + (result.level == ResultLevel::advisory ? undetermined : 0);
}

class MarkdownRenderer final : public Renderer {
 public:
  std::string begin(const RunInfo& run) override {
    return "## cita\n\nAs of " + rfc3339(run.as_of) + " (" + run.as_of_origin + ")" + for_whom(run.profile) + ".\n\n";
  }

  std::string file(const RunInfo& run, const FileReport& report) override {
    std::vector<Result> results = results_of(report, *run.rules);
    std::stable_sort(results.begin(), results.end(), [](const Result& a, const Result& b) { return rank(a) < rank(b); });
    std::string rows;
    for (const Result& each : results)
      if (each.kind != ResultKind::pass && each.kind != ResultKind::not_applicable) rows += row(report, each);
    return rows;
  }

  std::string in_turn(std::string text_of_file) override {
    if (text_of_file.empty()) return {};
    if (written_ + text_of_file.size() > most_bytes) {
      is_cut_ = true;
      return {};
    }
    constexpr std::string_view head = "| | found | rule | where |\n|---|---|---|---|\n";
    std::string text = written_ == 0 ? std::string(head) + text_of_file : std::move(text_of_file);
    written_ += text.size();
    return text;
  }

  std::string end(const RunInfo&, const Outcome& outcome) override {
    std::string text = (written_ == 0 ? "" : "\n") + std::to_string(outcome.files) + (outcome.files == 1 ? " file" : " files") +
                       ": " + describe(outcome.tally);
    if (outcome.unreadable > 0) text += "; " + std::to_string(outcome.unreadable) + " cannot be read";
    text += ".\n";
    if (is_cut_) text += "\nNot everything is shown here: a summary has room for less than there is.\n";
    return text;
  }

 private:
  std::size_t written_ = 0;
  bool is_cut_ = false;
};

}  // namespace

std::unique_ptr<Renderer> markdown_renderer(const TextStyle&) { return std::make_unique<MarkdownRenderer>(); }

}  // namespace cita
