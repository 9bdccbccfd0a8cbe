// Which rows have the same issuer and serial number: a certificate and its precertificate in two rows, or two certificates that
// should not have one number.
#pragma once

#include <cita/evidence/list_row.hpp>

#include <tuple>
#include <vector>

namespace cita::evidence {

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
  };

  void add(const ListRow& row);
  void append(const SerialRows& later, std::uint32_t file, std::uint64_t lines_before);
  /// At most `kept` places of shared numbers.
  Result result(std::size_t kept) const;

  /// What is written down of it (words.hpp).
  auto parts() { return std::tie(entries_, without_serial_); }

 private:
  struct Entry {
    auto parts() { return std::tie(key, digest, line, is_precertificate); }

    std::array<std::uint64_t, 2> key;  // of the serial number; of issuer and serial number
    std::uint64_t digest;              // the beginning of the hash that names the row
    std::uint64_t line;
    std::uint32_t file;
    bool is_precertificate;  // alone
  };

  std::vector<Entry> entries_;
  std::uint64_t without_serial_ = 0;
};

}  // namespace cita::evidence
