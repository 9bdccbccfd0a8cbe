// Questions and promises across many incidents: what is open, what was kept, and what was promised before in the same words.
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
  std::int64_t bug = 0;
  std::string ca, id, text, words, link;
  bool is_promise = false;
  bool is_settled = false;  ///< met: nobody waits for it any more
  Standing standing = Standing::undetermined;
};

/// One text in several incidents.
struct Repeat {
  std::string sort;  ///< "promise" or "action item"
  std::string text;  ///< as the first of them says it
  std::vector<std::int64_t> bugs;
};

class Ledger {
 public:
  void add(const Incident& incident, const Verification& verification);

  const std::vector<LedgerLine>& lines() const { return lines_; }
  /// Promises and action items that several incidents have in the same words, the most frequent first.
  std::vector<Repeat> repeats() const;

 private:
  struct Said {
    std::string sort, text;
    std::int64_t bug = 0;
  };
  std::vector<LedgerLine> lines_;
  std::vector<Said> said_;
};

/// The open ones; with `style.all` those that are settled, too.
std::string ledger_text(const Ledger& ledger, Instant as_of, const TextStyle& style);
/// json-v1, described by schemas/ledger.schema.json.
std::string ledger_json(const Ledger& ledger, Instant as_of, const std::string& as_of_origin);

}  // namespace cita
