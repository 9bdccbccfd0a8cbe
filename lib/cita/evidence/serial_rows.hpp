// Which rows have the same issuer and serial number: a certificate and its precertificate in two rows, or two certificates that
// should not have one number.
#pragma once

#include <cita/evidence/list_row.hpp>
#include <cita/evidence/sha256.hpp>
#include <cita/evidence/spool.hpp>

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

namespace cita::evidence {

/// How many, at least and at most.
struct CountRange {
  std::uint64_t least = 0, most = 0;
  void add(const CountRange& other) {
    least += other.least;
    most += other.most;
  }
  bool contains(std::int64_t count) const {
    return count >= 0 && static_cast<std::uint64_t>(count) >= least && static_cast<std::uint64_t>(count) <= most;
  }
  friend bool operator==(const CountRange&, const CountRange&) = default;
};

/// What a row says of figures: a bit for each of the first of them, the last one for being revoked now. Of a certificate that
/// several rows name, any of them may say that it is one of those that a figure is about, and each says what is true of it.
struct FigureBits {
  static constexpr std::size_t most = 32, revoked_now = most - 1;
  std::uint32_t least = 0, most_of = 0;        // it is so surely, and perhaps
  std::uint32_t among = 0, perhaps_among = 0;  // the figure is about it surely, and perhaps

  struct Said {
    bool surely = false, perhaps = false;
  };
  void set(std::size_t figure, Said is_so, Said is_among) {
    least |= std::uint32_t{is_so.surely} << figure;
    most_of |= std::uint32_t{is_so.perhaps} << figure;
    among |= std::uint32_t{is_among.surely} << figure;
    perhaps_among |= std::uint32_t{is_among.perhaps} << figure;
  }
  /// Another row of the same certificate.
  void add(const FigureBits& row) {
    least &= row.least;
    most_of |= row.most_of;
    among |= row.among;
    perhaps_among |= row.perhaps_among;
  }
  bool counts_surely(std::size_t figure) const { return ((least & among) >> figure) & 1U; }
  bool may_count(std::size_t figure) const { return ((most_of & perhaps_among) >> figure) & 1U; }
  auto parts() { return std::tie(least, most_of, among, perhaps_among); }
};

/// What is kept of a row.
struct SerialRow {
  auto parts() { return std::tie(key, digest, line, is_precertificate, is_pair, figures); }

  std::array<std::uint64_t, 2>
      key{};                 ///< of the serial number; of issuer and serial number, where no issuer is named of the hash
  std::uint64_t digest = 0;  ///< the beginning of the hash that names the row
  std::uint64_t line = 0;
  std::uint32_t file = 0;
  bool is_precertificate = false;  ///< alone
  bool is_pair = false;            ///< with its precertificate, so that it is none itself
  FigureBits figures;
};
/// The rows of all lists that have been put together. What does not fit into memory is kept in a file without a name.
using SerialStore = SpooledRows<SerialRow>;

/// Some of them, in their order; those of a stretch of a list that is still being read are not in the store yet.
class StoredSerialRows {
 public:
  using Row = SerialRow;

  explicit StoredSerialRows(std::shared_ptr<SerialStore> store) : store_(std::move(store)) {}

  /// On any thread.
  void add(const SerialRow& row) { fresh_.push_back(row); }
  /// Where nobody else reads or writes the store: puts it there.
  void keep(const SerialRow& row);
  /// The same of all rows of a later stretch.
  void append(const StoredSerialRows& later, std::uint32_t file, std::uint64_t lines_before);

  std::uint64_t size() const;
  template <class Visit>
  void for_each(Visit visit) const {
    for (const Stretch& each : stretches_)
      store_->for_each(each.first, each.count, [&](SerialRow& row) {
        row.file += each.file;
        row.line += each.lines_before;
        visit(row);
      });
    for (SerialRow row : fresh_) visit(row);
  }

 private:
  // Rows that stand side by side in the store; they are of this list, behind so many lines.
  struct Stretch {
    std::uint64_t first = 0, count = 0, lines_before = 0;
    std::uint32_t file = 0;
  };

  std::shared_ptr<SerialStore> store_;
  std::vector<Stretch> stretches_;
  std::vector<SerialRow> fresh_;
};

class SerialRows {
 public:
  struct Place {
    std::uint32_t file = 0;
    std::uint64_t line = 0;
    friend bool operator==(const Place&, const Place&) = default;
    friend bool operator<(const Place& a, const Place& b) { return std::tie(a.file, a.line) < std::tie(b.file, b.line); }
  };
  using Places = std::vector<std::pair<Place, Place>>;
  /// What the rows come to. Rows that repeat a hash are counted once here. A list that comes from a log may name precertificates
  /// in the column of certificates: of several hashes of a number only those are surely certificates that stand beside the hash
  /// of a precertificate.
  struct Result {
    std::uint64_t certificates = 0;            ///< different ones, among the rows with a serial number
    std::uint64_t without_serial = 0;          ///< rows without one, or without a hash
    std::uint64_t split_pairs = 0;             ///< a certificate and its precertificate in two rows
    std::uint64_t joined_precertificates = 0;  ///< different ones that are no certificate more, beside others of a number
    std::uint64_t possible_pairs = 0;          ///< perhaps the same as another of their number, whose issuer is written otherwise
    std::uint64_t possible_precertificates = 0;  ///< of those counted as certificates
    std::uint64_t shared_serials = 0;            ///< numbers that several certificates of one issuer have
    std::uint64_t perhaps_shared = 0;            ///< or a certificate and precertificates of it
    Places first_shared, first_perhaps_shared;   ///< two rows of each, in the order of the lists
    /// How many of the certificates each figure counts. One of which rows say different things may count or not.
    std::array<CountRange, FigureBits::most> counted{};

    /// At most `kept` places stay.
    void add(const Result& other, std::size_t kept);
  };

  explicit SerialRows(std::shared_ptr<SerialStore> store) : rows_(std::move(store)) {}

  void add(const ListRow& row, const FigureBits& figures);
  void append(const SerialRows& later, std::uint32_t file, std::uint64_t lines_before);
  /// At most `kept` places of shared numbers. Takes about so many bytes of memory, as long as there is room on disk.
  Result result(std::size_t kept, unsigned threads = 1, std::size_t memory = std::size_t{1} << 24U) const;

  /// What is written down of it (words.hpp).
  auto parts() { return std::tie(rows_, without_serial_); }

 private:
  const std::string& issuer_of(const ListRow& row);

  StoredSerialRows rows_;
  std::uint64_t without_serial_ = 0;
  std::optional<Sha256> hash_;
  std::string issuer_written_, issuer_;  // of the last row; the next one mostly has the same
};

}  // namespace cita::evidence
