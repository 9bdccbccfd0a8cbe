// What the rows of one list come to, as a line of text: lists that were read on many machines are put together afterwards, and
// the answer is the one of a single run over all of them.
//
//   Summaries part(conditions, how, tally);                        // on each machine
//   part.read(path, 0);
//   std::string lines = part.records();
//   …
//   Summaries all(conditions, how, tally);
//   for (line : lines) all.add(line);                              // in any order
//   ListReading reading = all.put_together();                      // in the order of the lists' names
//
// A record holds the counts, the first places of each fault, the lateness of every late certificate and the hash of every row, so
// nothing is rounded or estimated. Records are a set: to merge is to have all of them, so the order and the grouping of merges
// make no difference.
#pragma once

#include <cita/evidence/revocation_tally.hpp>

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace cita::evidence {

/// What all records that go together were made with: a name and a value each ("clock", "2026-03-20T00:00:00Z").
using Conditions = std::vector<std::pair<std::string, std::string>>;

/// Names the content of a file in a condition: its SHA-256.
std::string fingerprint_of(std::string_view bytes);

/// A row by the hash that names it.
struct NamedLine {
  Digest digest{};
  std::uint64_t line = 0;
};

struct ListSummary {
  std::string list;
  std::uint64_t rows = 0;
  std::uint64_t unreadable = 0;
  ListFaults faults;
  std::vector<NamedLine> named;
  std::unique_ptr<RevocationTally> tally;
};

/// Records that belong together.
class Summaries {
 public:
  /// The options outlive it.
  Summaries(Conditions conditions, const ListOptions& how, const TallyOptions& tally)
      : conditions_(std::move(conditions)), how_(&how), tally_(&tally) {}

  /// Reads a list, whose number in the tally's options is `file`. Why it cannot be opened, or that it is there already; empty: it
  /// was read.
  std::string read(const std::string& path, std::uint32_t file);
  /// Adds a record, without its line feed. What is wrong with it, a sentence without a full stop; empty: nothing.
  std::string add(std::string_view line);
  /// Whether a text begins as a record does.
  static bool begins_record(std::string_view text);
  /// The list that a record is of; empty where it is none.
  static std::string list_of(std::string_view line);
  /// All records, a line each, by the names of their lists.
  std::string records();
  /// The answer over all lists, in the order of their names. Empties the collection.
  ListReading put_together();

 private:
  std::string add(ListSummary summary);
  std::string record_of(ListSummary& summary);

  Conditions conditions_;
  const ListOptions* how_;
  const TallyOptions* tally_;
  std::map<std::string, ListSummary> summaries_;
};

}  // namespace cita::evidence
