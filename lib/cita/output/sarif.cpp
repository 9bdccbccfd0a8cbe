// `--format sarif`: SARIF 2.1.0 for code scanning and editors. One rule, file and result to a line.
//
// Results that say that all is well are left out unless everything is asked for: what shows SARIF shows each as a problem.
#include <cita/base/text.hpp>
#include <cita/output/renderer.hpp>
#include <cita/output/result.hpp>
#include <cita/time/format.hpp>
#include <cita/version.hpp>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>

namespace cita {

std::unique_ptr<Renderer> sarif_renderer(const TextStyle& style);

namespace {

using Json = nlohmann::ordered_json;

std::string line(const Json& json) { return json.dump(-1, ' ', true, Json::error_handler_t::replace); }

// In a message "[text](target)" is a link, and a text of a file makes none.
std::string plain(std::string_view untrusted) {
  std::string text = text::shown(untrusted);
  for (std::size_t at = text.find("]("); at != std::string::npos; at = text.find("](", at)) text.insert(at + 1, 1, ' ');
  return text;
}

Json message(std::string_view untrusted) { return {{"text", plain(untrusted)}}; }

bool is_unreserved(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
         std::string_view("-._~/").find(c) != std::string_view::npos;
}

std::string uri_of(std::string_view path) {
  if (path == "-") return "stdin";
  std::string uri = path.starts_with('/') ? "file://" : "";
  for (const char c : path) {
    if (is_unreserved(c)) uri += c;
    else uri += fmt::format("%{:02X}", static_cast<unsigned char>(c));
  }
  return uri;
}

// An address that a file brings is shown only where it can be nothing else.
bool is_address(std::string_view text) {
  const auto harmless = [](char c) { return is_unreserved(c) || std::string_view(":?=%#+&").find(c) != std::string_view::npos; };
  return text.starts_with("https://") && std::all_of(text.begin(), text.end(), harmless);
}

std::string_view sarif_level(ResultLevel level) {
  switch (level) {
    case ResultLevel::must: return "error";
    case ResultLevel::expected:
    case ResultLevel::should: return "warning";
    case ResultLevel::advisory: break;
  }
  return "note";
}

Json rule(const RuleInfo& info) {
  const std::string text = plain(info.text.empty() ? info.title : info.text);
  std::string help = text;
  if (!info.page.empty()) help += " See " + info.page + ".";
  Json json = {{"id", info.id},
               {"shortDescription", message(info.title)},
               {"fullDescription", {{"text", text}}},
               {"help", {{"text", help}}},
               {"defaultConfiguration", {{"level", sarif_level(info.level)}}},
               {"properties", {{"tags", {plain(info.group)}}, {"level", name(info.level)}}}};
  if (is_address(info.source)) json["helpUri"] = info.source;
  if (!info.page.empty()) json["properties"]["page"] = info.page;
  return json;
}

Json region(const Span& span) {
  const Position begin = span.source->position(span.begin), end = span.source->position(std::max(span.begin, span.end));
  return {{"startLine", begin.line}, {"startColumn", begin.column}, {"endLine", end.line}, {"endColumn", end.column}};
}

std::string_view exit_words(int code) {
  constexpr std::string_view words[] = {"nothing at or above --fail-on", "findings", "usage or unreadable input",
                                        "nothing to check"};
  return words[static_cast<std::size_t>(std::clamp(code, 0, 3))];
}

class SarifRenderer final : public ListRenderer {
 public:
  explicit SarifRenderer(bool all) : all_(all) {}

  std::string begin(const RunInfo& run) override {
    Json driver = {{"name", "cita"},
                   {"fullName", "Compliance Incident Timeline Analyzer"},
                   {"version", version},
                   {"semanticVersion", version}};
    std::string head = line(driver);
    head.back() = ',';  // the object stays open for its rules
    std::string text =
        "{\n\"$schema\": \"https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json\",\n"
        "\"version\": \"2.1.0\",\n\"runs\": [{\n\"tool\": {\"driver\": " +
        head + "\"rules\": [";
    const char* separator = "\n";
    for (const RuleInfo& each : run.rules->all()) {
      text += separator + line(rule(each));
      separator = ",\n";
    }
    text +=
        "\n]}},\n\"columnKind\": \"unicodeCodePoints\",\n\"newlineSequences\": [\"\\r\\n\", \"\\n\", \"\\r\"],\n\"artifacts\": [";
    separator = "\n";
    if (run.files != nullptr)
      for (const std::string& each : *run.files) {
        text += separator + line({{"location", {{"uri", uri_of(each)}}}, {"roles", {"analysisTarget"}}});
        separator = ",\n";
      }
    return text + "\n],\n\"results\": [";
  }

  std::string file(const RunInfo& run, const FileReport& report) override {
    std::string text;
    for (const Result& each : results_of(report, *run.rules)) {
      const bool is_well = each.kind == ResultKind::pass || each.kind == ResultKind::not_applicable;
      if (all_ || !is_well) text += (text.empty() ? "" : ",\n") + line(result(run, report, each));
    }
    return text;
  }

  std::string end(const RunInfo& run, const Outcome& outcome) override {
    const Json invocation = {{"executionSuccessful", outcome.exit_code != 2},
                             {"exitCode", outcome.exit_code},
                             {"exitCodeDescription", exit_words(outcome.exit_code)}};
    const Json properties = {{"as_of", rfc3339(run.as_of)},
                             {"as_of_origin", run.as_of_origin},
                             {"profile", name(run.profile)},
                             {"summary", describe(outcome.tally)}};
    return "\n],\n\"invocations\": [" + line(invocation) + "],\n\"properties\": " + line(properties) + "\n}]\n}\n";
  }

 private:
  static Json artifact(const RunInfo& run, const FileReport& report, const Span& span) {
    const std::string& file = file_of(report, span);
    Json json = {{"uri", uri_of(file)}};
    if (run.files != nullptr && file == report.file) json["index"] = report.index;
    return json;
  }

  static Json place(const RunInfo& run, const FileReport& report, const Span& span) {
    Json json = {{"artifactLocation", artifact(run, report, span)}};
    if (span) json["region"] = region(span);
    return json;
  }

  static Json fix(const RunInfo& run, const FileReport& report, const Fix& fix) {
    Json replacements = Json::array();
    for (const Fix::Replacement& each : fix.replacements)
      replacements.push_back({{"deletedRegion", region(each.span)}, {"insertedContent", {{"text", each.text}}}});
    const Json change = {{"artifactLocation", artifact(run, report, {})}, {"replacements", replacements}};
    return {{"description", message(fix.description)}, {"artifactChanges", Json::array({change})}};
  }

  static Json result(const RunInfo& run, const FileReport& report, const Result& each) {
    std::string text = plain(each.message);
    for (const std::string& note : each.notes) text += "\n" + plain(note);
    if (const std::string aside = each.set_aside_because(); !aside.empty()) text += "\n" + plain(aside);
    Json json = {{"ruleId", text::shown(each.id())},
                 {"ruleIndex", run.rules->index(*each.rule)},
                 {"kind", name(each.kind)},
                 {"level", each.kind == ResultKind::fail ? sarif_level(each.level) : "none"},
                 {"message", {{"text", text}}}};
    json["locations"] = Json::array({{{"physicalLocation", place(run, report, each.span)}}});
    json["relatedLocations"] = Json::array();
    for (const Related& related : each.related)
      if (related.span)
        json["relatedLocations"].push_back({{"id", json["relatedLocations"].size() + 1},
                                            {"physicalLocation", place(run, report, related.span)},
                                            {"message", message(related.message)}});
    json["partialFingerprints"] = {{"citaFinding/v1", each.fingerprint}};
    json["suppressions"] = Json::array();
    if (each.suppressed)
      json["suppressions"].push_back(
          {{"kind", "inSource"}, {"status", "accepted"}, {"justification", plain(each.suppressed_because)}});
    if (run.has_baseline) json["baselineState"] = each.known ? "unchanged" : "new";
    if (each.fix) json["fixes"] = Json::array({fix(run, report, *each.fix)});
    json["properties"] = {{"level", name(each.level)}, {"subject", plain(each.subject)}, {"citation", plain(each.citation)}};
    return json;
  }

  bool all_;
};

}  // namespace

std::unique_ptr<Renderer> sarif_renderer(const TextStyle& style) { return std::make_unique<SarifRenderer>(style.all); }

}  // namespace cita
