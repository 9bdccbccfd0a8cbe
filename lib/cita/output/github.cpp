// `--format github`: workflow commands, which GitHub shows beside the lines of a change.
//
// GitHub shows ten of each kind and drops the rest, so no more are written; the last line says how many there were.
#include <cita/base/text.hpp>
#include <cita/output/renderer.hpp>
#include <cita/output/result.hpp>

#include <algorithm>
#include <array>

namespace cita {

std::unique_ptr<Renderer> github_renderer(const TextStyle& style);

namespace {

constexpr int most_of_a_kind = 10;
constexpr std::array<std::string_view, 3> commands = {"error", "warning", "notice"};
constexpr std::size_t notice = 2;

std::string escaped(std::string_view untrusted, bool in_property) {
  std::string out;
  for (const char c : text::shown(untrusted)) {
    if (c == '%') out += "%25";
    else if (in_property && c == ':') out += "%3A";
    else if (in_property && c == ',') out += "%2C";
    else out += c;
  }
  return out;
}

std::string property(std::string_view name, std::string_view untrusted) {
  return std::string(name) + "=" + escaped(untrusted, true);
}

// Which command a result is told by; nothing when it is not told.
std::string_view command(const Result& result) {
  const bool is_told = result.kind == ResultKind::fail || result.kind == ResultKind::review;
  if (!is_told) return {};
  if (!result.is_problem() || result.kind == ResultKind::review || result.level == ResultLevel::advisory) return commands[notice];
  return result.level == ResultLevel::must ? commands[0] : commands[1];
}

std::string place(const FileReport& report, const Span& span) {
  std::string text = property("file", file_of(report, span));
  if (!span) return text;
  const Position begin = span.source->position(span.begin), end = span.source->position(span.end);
  text += ",line=" + std::to_string(begin.line) + ",endLine=" + std::to_string(end.line);
  // GitHub takes columns of one line only, and the last one in.
  if (begin.line == end.line)
    text += ",col=" + std::to_string(begin.column) + ",endColumn=" + std::to_string(std::max(begin.column, end.column - 1));
  return text;
}

std::string told(const FileReport& report, const Result& result) {
  const std::string aside = result.set_aside_because();
  std::string text = (aside.empty() ? "" : escaped(aside, false) + "%0A") + escaped(result.message, false);
  for (const std::string& note : result.notes) text += "%0A" + escaped(note, false);
  return "::" + std::string(command(result)) + " " + place(report, result.span) + "," + property("title", result.id()) +
         "::" + text + "\n";
}

class GithubRenderer final : public Renderer {
 public:
  std::string file(const RunInfo& run, const FileReport& report) override {
    std::string text;
    for (const Result& each : results_of(report, *run.rules))
      if (!command(each).empty()) text += told(report, each);
    return text;
  }

  std::string in_turn(std::string text_of_file) override {
    std::string kept;
    for (std::size_t begin = 0; begin < text_of_file.size();) {
      const std::size_t end = text_of_file.find('\n', begin) + 1;
      const std::string_view line = std::string_view(text_of_file).substr(begin, end - begin);
      begin = end;
      if (is_wanted(line)) kept += line;
    }
    return kept;
  }

  std::string end(const RunInfo&, const Outcome& outcome) override {
    std::string text =
        "cita: " + std::to_string(outcome.files) + (outcome.files == 1 ? " file" : " files") + ": " + describe(outcome.tally);
    if (outcome.unreadable > 0) text += "; " + std::to_string(outcome.unreadable) + " cannot be read";
    if (left_out_ > 0) text += "; " + std::to_string(left_out_) + " of them are not shown here";
    return "::notice title=cita::" + text + "\n";
  }

 private:
  // The last notice is for the summary.
  bool is_wanted(std::string_view line) {
    for (std::size_t i = 0; i < commands.size(); ++i) {
      if (!line.substr(2).starts_with(commands[i])) continue;
      if (++told_[i] <= most_of_a_kind - (i == notice ? 1 : 0)) return true;
    }
    ++left_out_;
    return false;
  }

  std::array<int, commands.size()> told_{};
  int left_out_ = 0;
};

}  // namespace

std::unique_ptr<Renderer> github_renderer(const TextStyle&) { return std::make_unique<GithubRenderer>(); }

}  // namespace cita
