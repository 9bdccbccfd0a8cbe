// `--format gitlab`: a GitLab Code Quality report, which merge requests compare with that of their target.
#include <cita/base/text.hpp>
#include <cita/output/renderer.hpp>
#include <cita/output/result.hpp>

#include <nlohmann/json.hpp>

namespace cita {

std::unique_ptr<Renderer> gitlab_renderer(const TextStyle& style);

namespace {

using Json = nlohmann::ordered_json;

std::string_view severity(const Result& result) {
  if (!result.is_problem() || result.kind == ResultKind::review) return "info";
  switch (result.level) {
    case ResultLevel::must: return "critical";
    case ResultLevel::expected: return "major";
    case ResultLevel::should: return "minor";
    case ResultLevel::advisory: break;
  }
  return "info";
}

// Relative to the repository, which a leading "./" is not.
std::string path_of(std::string_view file) {
  while (file.starts_with("./")) file.remove_prefix(2);
  return text::shown(file);
}

Json issue(const FileReport& report, const Result& result) {
  const std::string aside = result.set_aside_because();
  std::string text = (aside.empty() ? "" : text::shown(aside) + "; ") + text::shown(result.message);
  if (!result.citation.empty()) text += " (" + text::shown(result.citation) + ")";
  const int line = result.span ? result.span.source->position(result.span.begin).line : 1;
  return {{"description", text},
          {"check_name", text::shown(result.id())},
          {"fingerprint", result.fingerprint},
          {"severity", severity(result)},
          {"location", {{"path", path_of(file_of(report, result.span))}, {"lines", {{"begin", line}}}}}};
}

class GitlabRenderer final : public ListRenderer {
 public:
  std::string begin(const RunInfo&) override { return "["; }

  std::string file(const RunInfo& run, const FileReport& report) override {
    std::string text;
    for (const Result& each : results_of(report, *run.rules)) {
      if (each.kind != ResultKind::fail && each.kind != ResultKind::review) continue;
      text += (text.empty() ? "" : ",\n") + issue(report, each).dump(-1, ' ', true, Json::error_handler_t::replace);
    }
    return text;
  }

  std::string end(const RunInfo&, const Outcome&) override { return "\n]\n"; }
};

}  // namespace

std::unique_ptr<Renderer> gitlab_renderer(const TextStyle&) { return std::make_unique<GitlabRenderer>(); }

}  // namespace cita
