// Reads the rows of lists of certificates out of blocks of text, and checks their form.
//
//   ListLayout layout = layout_of(beginning_of_file, faults);
//   BlockReader reader(layout, {zone, as_of});
//   BlockEnd end = reader.read(block, offset, wanted, is_last, [](const ListRow& row) { … }, faults);
//
// Lists are the CSV of the CCADB's template, with columns of one's own at the right or moved; links to crt.sh, one a line; or
// fingerprints. A row that cannot be read is counted and named, and hides none of those that follow it.
#pragma once

#include <cita/evidence/list_row.hpp>
#include <cita/evidence/separators.hpp>
#include <cita/evidence/usual_row.hpp>

#include <array>
#include <functional>
#include <span>
#include <string>
#include <vector>

namespace cita::evidence {

/// A row is not longer than this.
inline constexpr std::size_t longest_row = std::size_t{1} << 20U;

enum class ListForm : std::uint8_t { unknown, csv, links };

/// How a list is laid out: its form, and which field is which column.
struct ListLayout {
  static constexpr std::uint32_t absent = ~std::uint32_t{0};

  ListForm form = ListForm::unknown;
  std::array<std::uint32_t, column_count> place{};  ///< index of each column's field; absent
  std::uint32_t fields = 0;                         ///< in every row
  std::size_t start = 0;                            ///< offset of the first row that is none of names
  std::uint64_t lines_before = 0;                   ///< lines in front of it
  std::vector<std::string> names;                   ///< as the list has them
  bool are_names_open = false;                      ///< a quote among them is not closed where the text ends

  std::uint32_t field(Column column) const { return place[static_cast<std::size_t>(column)]; }
};

/// What the template asks of a list: nothing that a list with columns could lack, its columns and words, or these columns first
/// and in their order.
enum class AskedForm : std::uint8_t { none, columns, columns_in_order };

/// Finds out from the beginning of a file, and reports what is wrong with the names of the columns, as far as they are asked for.
/// The beginning is the whole file, or at least `longest_row` of it: a first row that does not end in it makes no list.
ListLayout layout_of(std::string_view beginning, ListFaults& faults, AskedForm asked = AskedForm::columns_in_order);

struct ListContext {
  std::string zone;  ///< of dates without one; empty: of any zone
  Instant as_of;     ///< what is later has not happened
  AskedForm asked = AskedForm::columns_in_order;
};

/// Where reading a block ended.
struct BlockEnd {
  std::size_t next = 0;          ///< offset in the block of the first row that was not read
  std::uint64_t lines = 0;       ///< how many lines were read
  std::uint64_t rows = 0;        ///< rows that were read, among them
  std::uint64_t unreadable = 0;  ///< rows that could not be read
  bool is_inside_row = false;    ///< what follows, up to a line feed, is the rest of a row that is too long to be read
};

/// Whether a row, or a field of a list whose rows have fields, begins at this place of a text, which begins with a row or with
/// the byte in front of one.
inline bool begins_at(std::string_view text, std::size_t at, ListForm form) {
  return at == 0 || text[at - 1] == '\n' || (form == ListForm::csv && text[at - 1] == ',');
}
/// The digest of the row whose field of a hash, or whose line, begins there: as reading a list of that form finds it.
std::optional<Digest> digest_written_at(std::string_view text, std::size_t at, ListForm form);

class BlockReader final : private WrittenRow {
 public:
  using Sink = std::function<void(const ListRow&)>;

  BlockReader(const ListLayout& layout, const ListContext& context, ScanWay way = fastest_scan());

  /// Reads the rows that begin in the first `wanted` bytes of a block. The block begins with a row, stands at `offset` in its
  /// file, and goes on behind `wanted` so that a row can end there; `is_last` says that the file ends with it. A row that does
  /// not end in the block, and is not too long yet, is left: call again with a longer block from `next` on, and with the lines
  /// that were read before it. Of one that is too long the caller skips what the block does not hold.
  BlockEnd read(std::string_view block, std::uint64_t offset, std::size_t wanted, bool is_last, const Sink& sink,
                ListFaults& faults, std::uint64_t lines_before = 0);

 private:
  // A row as its fields: where it begins in the block, and where each field ends.
  struct Fields {
    std::size_t begin = 0;
    std::size_t base = 0;  // what the ends are counted from
    std::span<const std::uint32_t> ends;
    std::uint64_t lines = 1;
    bool is_plain = false;  // whether it is known to be printable ASCII
    bool is_clean = false;  // whether it is known that no quote is wrong and nothing looks like a formula
  };

  bool read_usual_rows(std::size_t wanted);
  void read_usual_words();
  void read_rows(const Separators& found, std::size_t base);
  bool looks_clean(const Fields& fields, std::uint32_t quotes) const;
  bool read_slowly(bool is_last);
  void read_row(const Fields& fields);
  void read_fields();
  void read_link(std::string_view line);

  std::string_view raw(std::uint32_t field) const;
  std::string_view field_name(std::uint32_t field) const;
  std::string_view written(Column column) const override;
  std::string_view cell(Column column);
  void fault(ListProblem problem, Column column, std::string_view value);
  void fault(ListProblem problem, std::string_view value);

  void read_hashes();
  bool read_hash(Column column, Digest& digest, std::uint64_t& at);
  bool says_nothing(Column column);
  // Certificates that share a row with another are rows that cannot be read.
  void count_unread(std::size_t rows);
  void read_serial();
  void read_date(Column column, TimeReader& reader, std::optional<Bounds>& bounds);
  void read_claim();
  void read_reason();
  void check_filled();
  void check_revocation();
  void check_characters();
  void check_texts();

  ListLayout layout_;
  Instant as_of_;
  AskedForm asked_;
  TimeReader validity_, revocation_;
  UsualRowReader usual_;
  SeparatorFinder finder_;
  std::size_t piece_;  // so much is looked through before its rows are read
  std::vector<std::uint32_t> slow_ends_;
  std::string last_reason_text_;  // of the reason that was read last
  CrlReason last_reason_ = CrlReason::unspecified;
  std::array<std::string, column_count> unquoted_;

  // Of the block that is being read.
  std::string_view block_;
  std::uint64_t offset_ = 0, lines_before_ = 0;
  const Sink* sink_ = nullptr;
  ListFaults* faults_ = nullptr;
  BlockEnd end_;

  // Of the row that is being read.
  Fields fields_;
  ListRow row_;
};

}  // namespace cita::evidence
