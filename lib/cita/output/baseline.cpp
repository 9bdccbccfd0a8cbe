#include <cita/base/text.hpp>
#include <cita/output/baseline.hpp>
#include <cita/output/renderer.hpp>
#include <cita/version.hpp>

#include <nlohmann/json.hpp>

namespace cita {

std::unique_ptr<Renderer> baseline_renderer(const TextStyle& style);

namespace {

using Json = nlohmann::ordered_json;

constexpr std::string_view format = "cita-baseline-1";

std::string text_at(const Json& json, const char* key) {
  const auto found = json.find(key);
  return found != json.end() && found->is_string() ? found->get<std::string>() : std::string();
}

std::optional<Baseline::Entry> entry(const Json& json) {
  if (!json.is_object()) return std::nullopt;
  const auto kind = result_kind(text_at(json, "kind"));
  const auto level = result_level(text_at(json, "level"));
  Baseline::Entry entry{text_at(json, "rule"), text_at(json, "fingerprint"), {}, {}, text_at(json, "message")};
  if (!kind || !level || entry.rule.empty() || entry.fingerprint.empty()) return std::nullopt;
  entry.kind = *kind;
  entry.level = *level;
  return entry;
}

// What a run can fail for, or could if it were decided; suppressed ones have their reason in the file.
bool belongs(const Result& result) {
  return (result.kind == ResultKind::fail && result.level != ResultLevel::advisory && !result.suppressed) ||
         (result.kind == ResultKind::review && !result.suppressed);
}

bool is_no_worse(const Result& now, const Baseline::Entry& before) {
  if (now.kind == ResultKind::review) return true;
  return before.kind == ResultKind::fail && now.level >= before.level;
}

class BaselineRenderer final : public ListRenderer {
 public:
  std::string begin(const RunInfo&) override {
    return "{\n\"format\": \"" + std::string(format) + "\",\n\"cita\": \"" + version + "\",\n\"entries\": [";
  }

  std::string file(const RunInfo& run, const FileReport& report) override {
    std::string text;
    if (!report.is_readable()) return text;
    for (const Result& each : results_of(report, *run.rules)) {
      if (!belongs(each)) continue;
      const Json json = {{"rule", each.id()},
                         {"fingerprint", each.fingerprint},
                         {"kind", name(each.kind)},
                         {"level", name(each.level)},
                         {"message", text::shown(each.message)}};
      text += (text.empty() ? "" : ",\n") + json.dump(-1, ' ', true, Json::error_handler_t::replace);
    }
    return text;
  }

  std::string end(const RunInfo&, const Outcome&) override { return "\n]\n}\n"; }
};

}  // namespace

std::optional<Baseline> Baseline::read(std::string_view text, std::string& problem) {
  const Json json = Json::parse(text, nullptr, false);
  if (!json.is_object() || text_at(json, "format") != format) {
    problem = "this is no baseline: write one with --write-baseline";
    return std::nullopt;
  }
  const auto entries = json.find("entries");
  if (entries == json.end() || !entries->is_array()) {
    problem = "a baseline needs its list of entries";
    return std::nullopt;
  }
  Baseline baseline;
  for (const Json& each : *entries) {
    auto read = entry(each);
    if (!read) {
      problem = "entry " + std::to_string(baseline.entries_.size() + 1) + " has no rule, fingerprint, kind or level";
      return std::nullopt;
    }
    baseline.by_fingerprint_.emplace(read->fingerprint, baseline.entries_.size());
    baseline.entries_.push_back(std::move(*read));
  }
  return baseline;
}

std::optional<std::size_t> Baseline::find(const Result& result) const {
  const auto found = by_fingerprint_.find(result.fingerprint);
  if (found == by_fingerprint_.end() || !belongs(result)) return std::nullopt;
  const Entry& entry = entries_[found->second];
  return entry.rule == result.id() && is_no_worse(result, entry) ? std::optional(found->second) : std::nullopt;
}

std::vector<std::size_t> mark_known(std::vector<Result>& results, const Baseline& baseline) {
  std::vector<std::size_t> held;
  for (Result& each : results) {
    const auto found = baseline.find(each);
    each.known = found.has_value();
    if (found) held.push_back(*found);
  }
  return held;
}

std::vector<std::size_t> mark_known(Assessment& assessment, const Incident& incident, const RuleSet& rules,
                                    const Baseline& baseline) {
  std::vector<std::size_t> held;
  for (Judgement& each : assessment.judgements) {
    const auto found = baseline.find(result_of(each, incident, rules));
    each.known = found.has_value();
    if (found) held.push_back(*found);
  }
  return held;
}

std::unique_ptr<Renderer> baseline_renderer(const TextStyle&) { return std::make_unique<BaselineRenderer>(); }

}  // namespace cita
