// `--format junit`: a suite for each incident, a case for each rule and what it is judged for.
//
// A failure is a breach, an error is what nothing that is told decides, and a file that cannot be read; skipped is what does
// not apply or is set aside. What merely informs passes, and says so in its output.
#include <cita/base/text.hpp>
#include <cita/output/renderer.hpp>
#include <cita/output/result.hpp>
#include <cita/time/format.hpp>

#include <algorithm>

namespace cita {

std::unique_ptr<Renderer> junit_renderer(const TextStyle& style);

namespace {

std::string xml(std::string_view untrusted) {
  std::string out;
  for (const char c : text::shown(untrusted)) {
    switch (c) {
      case '&': out += "&amp;"; break;
      case '<': out += "&lt;"; break;
      case '>': out += "&gt;"; break;
      case '"': out += "&quot;"; break;
      case '\'': out += "&apos;"; break;
      default: out += c;
    }
  }
  return out;
}

std::string attribute(std::string_view name, std::string_view untrusted) {
  return " " + std::string(name) + "=\"" + xml(untrusted) + "\"";
}

std::string element(std::string_view tag, const std::string& attributes, const std::string& content) {
  const std::string begin = "<" + std::string(tag) + attributes;
  return content.empty() ? begin + "/>" : begin + ">" + content + "</" + std::string(tag) + ">";
}

enum class Came { well, failed, open, skipped };

Came came(const Result& result, bool readable) {
  if (result.kind == ResultKind::not_applicable || !result.set_aside_because().empty()) return Came::skipped;
  if (result.kind == ResultKind::review) return Came::open;
  if (result.kind != ResultKind::fail || result.level == ResultLevel::advisory) return Came::well;
  return readable ? Came::failed : Came::open;
}

std::string place(const Result& result) { return result.span ? cita::place(result.span) : std::string(); }

// Everything that is known of it, a line each.
std::string body(const Result& result) {
  std::string out = xml(result.message) + "\n";
  if (const std::string at = place(result); !at.empty()) out += xml("at: " + at) + "\n";
  for (const std::string& note : result.notes) out += xml(note) + "\n";
  for (const Related& related : result.related)
    if (related.span) out += xml(cita::place(related.span) + ": " + related.message) + "\n";
  return out;
}

std::string outcome(const Result& result, Came how) {
  const std::string aside = result.set_aside_because();
  switch (how) {
    case Came::failed:
      return element("failure", attribute("message", result.message) + attribute("type", name(result.level)), body(result));
    case Came::open:
      return element("error", attribute("message", result.message) + attribute("type", "undetermined"), body(result));
    case Came::skipped: return element("skipped", attribute("message", aside.empty() ? result.message : aside), {});
    case Came::well: break;
  }
  return {};
}

std::string test_case(const FileReport& report, const Result& result, bool readable) {
  const Came how = came(result, readable);
  std::string content = outcome(result, how);
  const bool tells = how == Came::well || (how == Came::skipped && result.kind != ResultKind::not_applicable);
  if (tells) content += element("system-out", {}, body(result));
  const std::string name = result.subject.empty() ? result.id() : result.id() + ": " + result.subject;
  return element("testcase",
                 attribute("name", name) + attribute("classname", result.id()) + attribute("time", "0") +
                     attribute("file", file_of(report, result.span)),
                 content) +
         "\n";
}

class JunitRenderer final : public Renderer {
 public:
  std::string begin(const RunInfo&) override {
    return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"cita\">\n";
  }

  std::string file(const RunInfo& run, const FileReport& report) override {
    const std::vector<Result> results = results_of(report, *run.rules);
    const bool readable = report.is_readable();
    std::string cases;
    for (const Result& each : results) cases += test_case(report, each, readable);
    const auto counted = [&](Came how) {
      return std::to_string(
          std::count_if(results.begin(), results.end(), [&](const Result& each) { return came(each, readable) == how; }));
    };
    const bool has_title = report.incident != nullptr && !report.incident->title.empty();
    std::string attributes = attribute("name", has_title ? report.incident->title : report.file);
    attributes += attribute("tests", std::to_string(results.size())) + attribute("failures", counted(Came::failed)) +
                  attribute("errors", counted(Came::open)) + attribute("skipped", counted(Came::skipped)) +
                  attribute("time", "0") + attribute("timestamp", timestamp(run.as_of)) + attribute("file", report.file);
    return element("testsuite", attributes, "\n" + properties(run) + cases) + "\n";
  }

  std::string end(const RunInfo&, const Outcome&) override { return "</testsuites>\n"; }

 private:
  // The form has no zone; the properties tell the instant with it.
  static std::string timestamp(Instant instant) {
    std::string text = rfc3339(instant);
    text.pop_back();
    return text;
  }

  static std::string properties(const RunInfo& run) {
    const auto property = [](std::string_view name, std::string_view value) {
      return element("property", attribute("name", name) + attribute("value", value), {});
    };
    return element("properties", {},
                   property("as-of", rfc3339(run.as_of)) + property("as-of-origin", run.as_of_origin) +
                       property("profile", name(run.profile))) +
           "\n";
  }
};

}  // namespace

std::unique_ptr<Renderer> junit_renderer(const TextStyle&) { return std::make_unique<JunitRenderer>(); }

}  // namespace cita
