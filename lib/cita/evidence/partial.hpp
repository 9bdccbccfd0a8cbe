// What the rows of one list, or of a piece of it, come to, as a line of text: lists that were read on many machines are put
// together afterwards, and the answer is the one of a single run over all of them.
//
//   Summaries part(conditions, how, tally);                        // on each machine
//   part.read(path, path, {}, 0);
//   part.write(sink);
//   …
//   Summaries all(conditions, how, tally);
//   for (file : files) problems = all.add_file(file);              // in any order
//   ListReading reading = all.put_together();                      // in the order of the lists' names
//
// A record holds the counts, the first places of each fault, the lateness of every late certificate and the hash of every row, so
// nothing is rounded or estimated. Records are a set: to merge is to have all of them, so the order and the grouping of merges
// make no difference. Neither a record nor the hashes of its rows have to be in memory: they go through, to a file without a
// name.
#pragma once

#include <cita/evidence/duplicates.hpp>
#include <cita/evidence/revocation_tally.hpp>
#include <cita/evidence/spool.hpp>

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

namespace cita::evidence {

/// What all records that go together were made with: a name and a value each ("clock", "2026-03-20T00:00:00Z").
using Conditions = std::vector<std::pair<std::string, std::string>>;

/// Names the content of a file in a condition: its SHA-256.
std::string fingerprint_of(std::string_view bytes);

/// Where a piece of a list begins, its size, and that of the whole list: in bytes, or in pieces.
struct Piece {
  std::uint64_t begin = 0, size = 1, all = 1;

  bool is_first() const { return begin == 0; }
  bool is_last() const { return begin + size == all; }
  /// Only an empty list has a piece without a size.
  bool is_sound() const { return begin <= all && size <= all - begin && (size > 0 || all == 0); }
  auto parts() { return std::tie(begin, size, all); }
};
/// "3+1/10": the fourth of ten. Nothing for anything else.
std::optional<Piece> read_piece(std::string_view text);

/// What a list, or a piece of it, comes to.
struct ListSummary {
  std::string list;
  Piece piece;
  std::uint64_t lines = 0, rows = 0;
  std::uint64_t unreadable = 0;
  ListForm form = ListForm::unknown;
  ListFaults faults;
  std::unique_ptr<RevocationTally> tally;
  std::uint64_t first_named = 0, named = 0;  ///< where its rows are among all, and how many
};

/// Records that belong together.
class Summaries {
 public:
  /// The options outlive it.
  Summaries(Conditions conditions, const ListOptions& how, const TallyOptions& tally)
      : conditions_(std::move(conditions)), how_(&how), tally_(&tally) {}

  /// Reads a list, or with `how.piece` a piece of it, whose number in the tally's options is `file`. Why it cannot be read, or
  /// that it is there already; empty: it was read.
  std::string read(const std::string& path, const std::string& list, const Piece& piece, std::uint32_t file);
  /// Adds a record, without its line feed. What is wrong with it, a sentence without a full stop; empty: nothing.
  std::string add(std::string_view line);
  /// Adds the records of a file, a line each, which may be packed. What is wrong with them: "path:line: why" each.
  std::vector<std::string> add_file(const std::string& path);

  bool is_empty() const { return summaries_.empty(); }
  /// The lists of which there are records, in the order of their names.
  std::vector<std::string> lists() const;
  /// What is missing of lists whose pieces are here, a sentence each; empty: they can be put together.
  std::vector<std::string> gaps() const;
  /// Hands over all records, a line each, by the names of their lists.
  void write(const std::function<void(std::string_view)>& sink);
  /// The answer over all lists, in the order of their names. Empties the collection.
  ListReading put_together();

 private:
  class RecordText;

  std::string add(RecordText& text);
  std::string add(ListSummary summary);
  void write_record(ListSummary& summary, const std::function<void(std::string_view)>& sink);

  Conditions conditions_;
  const ListOptions* how_;
  const TallyOptions* tally_;
  std::map<std::pair<std::string, std::uint64_t>, ListSummary> summaries_;  // by list and begin of the piece
  SpooledRows<NamedLine> named_;                                            // of all lists
};

}  // namespace cita::evidence
