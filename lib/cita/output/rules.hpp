// `cita rules`: which rules are in force on a date, for whom, and what changed between two dates.
#pragma once

#include <cita/output/terminal.hpp>
#include <cita/policy/catalog.hpp>

#include <string>

namespace cita {

/// Which rules to list.
struct RuleQuery {
  Instant on{};         ///< in force at this instant
  std::string program;  ///< only packs that bind this root program's CAs then, or everybody; empty: all
  bool all = false;     ///< those that are not in force too
};

/// One rule as it stands on a date.
struct RuleOnDate {
  const Pack* pack = nullptr;
  const Duty* duty = nullptr;
  const Edition* edition = nullptr;          ///< nothing: none is in force then
  const DocumentVersion* version = nullptr;  ///< the document in force then
};

/// The rules in the order of packs and duties.
std::vector<RuleOnDate> rules_on(const Catalog& catalog, const RuleQuery& query);

/// As a table for a terminal, as Markdown with links to a page for each rule, as JSON (an array of objects).
std::string rules_text(const Catalog& catalog, const RuleQuery& query, const TextStyle& style);
std::string rules_markdown(const Catalog& catalog, const RuleQuery& query);
std::string rules_json(const Catalog& catalog, const RuleQuery& query);

/// What is another rule on the later date: new ones, ones that ended, and what changed of the others. Empty: nothing.
std::string rules_difference(const Catalog& catalog, const RuleQuery& from, const RuleQuery& to, const TextStyle& style);

/// A page about a rule, as Markdown: what it says, the history of its editions, who is bound, its readings, an example.
std::string rule_page(const Duty& duty, const Pack& pack);

/// A line for each pack: its digest and its name.
std::string pack_digests(const Catalog& catalog);

}  // namespace cita
