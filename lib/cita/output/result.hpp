// What a run found, in the form that the outputs for machines take: a rule, a place, and how it stands.
//
// `cita check` derives its results from judgements. Whoever judges other files makes them and hands them to the renderers:
//
//   const RuleSet rules({{.id = "report.no-timeline", .title = "A report has a timeline", …}});
//   run.rules = &rules;
//   Result result;
//   result.rule = rules.find("report.no-timeline");
//   …
//   report.results = &results;
//
// Texts are as they came from the file: a renderer makes them harmless for its form.
#pragma once

#include <cita/base/diagnostic.hpp>
#include <cita/policy/catalog.hpp>

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cita {

struct FileReport;
struct Judgement;
struct Incident;

/// Open: time will decide it. Review: nothing that is told decides it, so that somebody has to look.
enum class ResultKind : std::uint8_t { fail, open, review, pass, not_applicable };
/// How much it weighs when it fails. Expected: lower-case musts, expectations, commitments. Advisory informs and never condemns.
enum class ResultLevel : std::uint8_t { must, expected, should, advisory };

/// "fail", "open", "review", "pass", "notApplicable".
std::string_view name(ResultKind kind);
/// "must", "expected", "should", "advisory".
std::string_view name(ResultLevel level);
std::optional<ResultKind> result_kind(std::string_view name);
std::optional<ResultLevel> result_level(std::string_view name);

/// A rule as a list of rules shows it.
struct RuleInfo {
  std::string id;
  std::string title;   ///< a few words
  std::string text;    ///< what it says, in sentences
  std::string group;   ///< where it belongs: "TLS BR"
  std::string page;    ///< its page among our own: "docs/rules/tls-br.revoke-within-24-hours.md"; may be empty
  std::string source;  ///< address of the document that it stands in; may be empty
  ResultLevel level = ResultLevel::must;
};

/// The rules of a run, in their order. Results refer to them, so it is not copied.
class RuleSet {
 public:
  explicit RuleSet(std::vector<RuleInfo> rules);
  RuleSet(const RuleSet&) = delete;
  RuleSet& operator=(const RuleSet&) = delete;

  const std::vector<RuleInfo>& all() const { return rules_; }
  /// Nothing when there is no such rule.
  const RuleInfo* find(std::string_view id) const;
  std::size_t index(const RuleInfo& rule) const { return static_cast<std::size_t>(&rule - rules_.data()); }

 private:
  std::vector<RuleInfo> rules_;
  std::map<std::string_view, std::size_t> by_id_;
};

/// What to write instead, where that is certain.
struct Fix {
  struct Replacement {
    Span span;
    std::string text;
  };
  std::string description;
  std::vector<Replacement> replacements;
};

struct Result {
  const RuleInfo* rule = nullptr;  ///< never nothing
  std::string code;                ///< which of several things the rule is about; may be empty
  ResultKind kind = ResultKind::pass;
  ResultLevel level = ResultLevel::must;
  std::string subject;             ///< what it is judged for: "case 4711, to the reporter"; empty: the whole file
  std::string message;             ///< one line: what is found
  std::vector<std::string> notes;  ///< a line each: what it rests on, what would decide it
  std::string citation;            ///< "TLS BR 4.9.5 (para 1)"; may be empty
  Span span;                       ///< without a source: the whole file
  std::vector<Related> related;
  std::string fingerprint;  ///< stays when lines move; see fingerprint_of
  bool suppressed = false;
  std::string suppressed_because;
  bool known = false;  ///< the baseline holds it
  std::optional<Fix> fix;

  /// "tls-br.revoke-within-24-hours", with the code behind a slash: "incident-file/unknown-key".
  std::string id() const;
  /// Whether it is to be looked at: it fails or is open to review, and neither a suppression nor the baseline sets it aside.
  bool is_problem() const;
  /// "suppressed: REASON" or "known from the baseline"; empty when it counts.
  std::string set_aside_because() const;
};

/// 16 hexadecimal digits that depend on these parts and their order alone.
std::string fingerprint_of(const std::vector<std::string_view>& parts);
/// Of a judgement: from its rule, the incident, the subject, and the event that starts its clock.
std::string fingerprint(const Judgement& judgement, const Incident& incident);
/// The same without that event: it stays when an update starts the next stretch of a recurring duty.
std::string subject_fingerprint(const Judgement& judgement, const Incident& incident);
/// Gives equal fingerprints of one file a number each, so that each stands for one result.
void make_unique(std::vector<Result>& results);

/// The rules of `cita check`: every duty, and what can be wrong with a file.
RuleSet check_rules(const Catalog& catalog);
/// The results of a file: those it brings, else one for each judgement and contradiction; and one for each diagnostic.
std::vector<Result> results_of(const FileReport& report, const RuleSet& rules);
/// The file that a place is in: the one that was judged, or one beside it.
const std::string& file_of(const FileReport& report, const Span& span);
/// Of one judgement. The rules are those of check_rules.
Result result_of(const Judgement& judgement, const Incident& incident, const RuleSet& rules);

}  // namespace cita
