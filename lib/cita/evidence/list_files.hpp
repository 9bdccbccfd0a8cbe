// Whole lists of certificates, many files at once: read in blocks, on several threads, in little memory.
//
//   ListReading reading = read_lists(paths, {.context = …, .threads = 2}, part_maker);
//
// What rows add up to is kept in parts, one for each block, which are put together in the order of the files: the answer
// does not depend on the number of threads.
#pragma once

#include <cita/evidence/duplicates.hpp>
#include <cita/evidence/list_reader.hpp>

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace cita::evidence {

/// What the rows of a part of the lists add up to.
class RowSum {
 public:
  virtual ~RowSum() = default;
  /// Says of which list the rows are that follow.
  virtual void begin(std::uint32_t /*file*/) {}
  virtual void add(const ListRow& row) = 0;
  /// Says that no row follows: what was put off is done now.
  virtual void finish() {}
  /// Adds what follows: a sum of the same kind. `file` and `lines_before` place its rows, whose lines count from 1.
  virtual void append(const RowSum& later, std::uint32_t file, std::uint64_t lines_before) = 0;
};

/// A piece of a list, which is cut between its lines.
struct ListPiece {
  std::string beginning;  ///< of the list: at least its first row
  bool is_first = true, is_last = true;
};

struct ListOptions {
  ListContext context;
  std::optional<ListPiece> piece;  ///< what is read is no whole list
  unsigned threads = 1;
  std::size_t faults_kept = 5;  ///< of each kind
  bool seeks_duplicates = true;
  std::size_t duplicates_kept = 5;                        ///< groups whose places are told, and places of each
  std::size_t block = std::size_t{1} << 20U;              ///< bytes whose rows are added up by themselves
  std::size_t duplicates_memory = std::size_t{1} << 30U;  ///< bytes; what needs more of them to find duplicates goes to disk
  /// Called now and then, by one thread at a time, with the bytes of the lists that were read, and those of all lists: 0 where
  /// nobody knows how many they are, because one is packed or a stream.
  std::function<void(std::uint64_t read, std::uint64_t in_all)> progress;
  /// The same while duplicates are looked for, of a work that has no unit.
  std::function<void(std::uint64_t done, std::uint64_t in_all)> duplicates_progress;
};

/// A certificate that several rows name: where, in the order of the lists.
struct DuplicateRows {
  struct Place {
    std::uint32_t file = 0;
    std::uint64_t line = 0;
    friend bool operator==(const Place&, const Place&) = default;
  };
  Digest digest{};
  std::vector<Place> places;
};

struct ListReading {
  std::vector<std::string> unopened;  ///< not read: "path: why"
  std::uint64_t rows = 0;
  std::uint64_t unreadable = 0;  ///< of them, rows that could not be read
  ListFaults faults;
  std::vector<ListForm> forms;       ///< of each list; unknown where it has no rows
  std::uint64_t duplicate_rows = 0;  ///< rows whose certificate an earlier row names
  std::uint64_t duplicated = 0;      ///< certificates that several rows name
  std::vector<DuplicateRows> duplicates;
  std::unique_ptr<RowSum> sum;
  std::uint64_t lines = 0;       ///< of the last list
  bool ends_inside_row = false;  ///< a piece that is not the last ends in the middle of a row, whose rest is not known
  bool lacks_names = false;      ///< of a piece: what is given of the list's beginning ends inside its row of names
};

/// Adds a fault for each list of links, or of fingerprints, where these may stand for the template's columns only from so many
/// certificates on, and all lists together surely have fewer: no certificate has more than one link that another does not have.
void note_too_few_links(ListReading& reading, std::uint64_t links_from);

/// Reads lists: plain files and "-", each of which may be packed with gzip. `make` makes an empty sum, on any thread.
ListReading read_lists(const std::vector<std::string>& paths, const ListOptions& options,
                       const std::function<std::unique_ptr<RowSum>()>& make);

}  // namespace cita::evidence
