// Questions, promises and action items across many incidents: what is open, what was kept, and what was said before in the
// same words.
//
//   ledger.add(incident, verification);     // of each
//   std::cout << ledger_text(ledger, style);
#pragma once

#include <cita/output/terminal.hpp>
#include <cita/reconcile/verification.hpp>

#include <string>
#include <vector>

namespace cita {

struct LedgerLine {
  std::string_view sort;  ///< "question", "promise" or "action item"
  std::int64_t bug = 0;
  std::string ca, id, text, words, link;
  bool is_settled = false;  ///< met: nobody waits for it any more
  Standing standing = Standing::undetermined;
};

/// One text in several incidents.
struct Repeat {
  std::string_view sort;  ///< "promise" or "action item"
  std::string text;       ///< as the first of them says it
  std::vector<std::int64_t> bugs;
};

class Ledger {
 public:
  void add(const Incident& incident, const Verification& verification);

  const std::vector<LedgerLine>& lines() const { return lines_; }
  /// Promises and action items that several incidents have in the same words, the most frequent first.
  std::vector<Repeat> repeats() const;

 private:
  std::vector<LedgerLine> lines_;
};

/// The open ones; with `style.all` those that are settled, too.
std::string ledger_text(const Ledger& ledger, Instant as_of, const TextStyle& style);
/// A line each, settled ones too; `also in` names the other bugs that say the same.
std::string ledger_csv(const Ledger& ledger);
/// A table for a comment of Bugzilla; with `all` those that are settled, too.
std::string ledger_markdown(const Ledger& ledger, Instant as_of, bool all);
/// json-v1, described by schemas/ledger.schema.json.
std::string ledger_json(const Ledger& ledger, Instant as_of, const std::string& as_of_origin);

}  // namespace cita
