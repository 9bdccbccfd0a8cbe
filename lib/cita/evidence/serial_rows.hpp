// Which rows have the same issuer and serial number: a certificate and its precertificate in two rows, or two certificates that
// should not have one number.
#pragma once

#include <cita/evidence/list_row.hpp>

#include <array>
#include <cstdint>
#include <span>
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

/// Which figures a row counts for, surely and perhaps: a bit for each of the first of them, the last one for being revoked now.
struct FigureBits {
  static constexpr std::size_t most = 32, revoked_now = most - 1;
  std::uint32_t least = 0, most_of = 0;

  void set(std::size_t figure, bool surely, bool perhaps) {
    least |= std::uint32_t{surely} << figure;
    most_of |= std::uint32_t{perhaps} << figure;
  }
};

class SerialRows {
 public:
  struct Place {
    std::uint32_t file = 0;
    std::uint64_t line = 0;
    friend bool operator==(const Place&, const Place&) = default;
  };
  /// What the rows come to. Rows that repeat a hash are counted once here.
  struct Result {
    std::uint64_t certificates = 0;                     ///< different ones, among the rows with a serial number
    std::uint64_t without_serial = 0;                   ///< rows without one
    std::uint64_t split_pairs = 0;                      ///< a certificate and its precertificate in two rows
    std::uint64_t possible_pairs = 0;                   ///< the same, if two ways to write an issuer mean one
    std::uint64_t shared_serials = 0;                   ///< numbers that several certificates of one issuer have
    std::vector<std::pair<Place, Place>> first_shared;  ///< two rows of each
    /// How many of the certificates each figure counts. One of which rows say different things may count or not.
    std::array<CountRange, FigureBits::most> counted{};
  };

  void add(const ListRow& row, const FigureBits& figures);
  void append(const SerialRows& later, std::uint32_t file, std::uint64_t lines_before);
  /// At most `kept` places of shared numbers.
  Result result(std::size_t kept) const;

  /// What is written down of it (words.hpp).
  auto parts() { return std::tie(entries_, without_serial_); }

 private:
  struct Entry {
    auto parts() { return std::tie(key, digest, line, is_precertificate, figures.least, figures.most_of); }

    std::array<std::uint64_t, 2> key;  // of the serial number; of issuer and serial number
    std::uint64_t digest;              // the beginning of the hash that names the row
    std::uint64_t line;
    std::uint32_t file;
    bool is_precertificate;  // alone
    FigureBits figures;
  };
  // The rows of one issuer and serial number.
  static void count(std::span<const Entry> rows, std::uint64_t certificates, Result& result);

  std::vector<Entry> entries_;
  std::uint64_t without_serial_ = 0;
};

}  // namespace cita::evidence
