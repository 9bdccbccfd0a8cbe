// What one row of a list of certificates says, whatever form the list has.
#pragma once

#include <cita/evidence/digest.hpp>
#include <cita/evidence/list_time.hpp>
#include <cita/model/vocabulary.hpp>

#include <array>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

namespace cita::evidence {

/// The columns of the CCADB's template, in its order.
enum class Column : std::uint8_t {
  precertificate_hash,
  certificate_hash,
  subject,
  issuer,
  not_before,
  not_after,
  serial,
  dns_names,
  is_revoked,
  revocation_date,
  revocation_reason,
};
inline constexpr std::size_t column_count = 11;
/// "Precertificate SHA-256 hash".
std::string_view name(Column column);

/// What a list says of a certificate's revocation.
enum class Claim : std::uint8_t { nothing, revoked, planned, delayed, not_revoked, expired };

/// The magnitude of a serial number without leading zeros: nothing is left of zero.
struct Serial {
  static constexpr std::size_t most_octets = 20;
  alignas(8) std::array<std::uint8_t, most_octets> octets{};
  std::uint8_t size = 0;

  std::string_view bytes() const { return {reinterpret_cast<const char*>(octets.data()), size}; }
  friend bool operator==(const Serial&, const Serial&) = default;
};

/// What a row has in its columns, for as long as it is being read.
class WrittenRow {
 public:
  /// As it is written, with its quotes; empty where the list has no such column.
  virtual std::string_view written(Column column) const = 0;

 protected:
  WrittenRow() = default;
  WrittenRow(const WrittenRow&) = default;
  WrittenRow& operator=(const WrittenRow&) = default;
  ~WrittenRow() = default;
};

struct ListRow {
  std::uint64_t line = 0;        ///< from 1, as an editor counts; of a block until the block has its place
  std::uint64_t hash_at = 0;     ///< offset of the field with the hash that names the certificate; of a link, of its line
  std::optional<Digest> digest;  ///< of the certificate, or of its precertificate where that alone is named
  bool has_precertificate = false, has_certificate = false;
  std::optional<Serial> serial;
  std::optional<Bounds> not_before, not_after, revocation_date;
  Claim claim = Claim::nothing;
  std::optional<CrlReason> reason;
  const WrittenRow* source = nullptr;  ///< only while the row is handed over; nothing for a link

  /// Forgets all: field by field, for a fresh one takes longer than reading a date.
  void clear() {
    line = hash_at = 0;
    digest.reset();
    has_precertificate = has_certificate = false;
    serial.reset();
    not_before.reset();
    not_after.reset();
    revocation_date.reset();
    claim = Claim::nothing;
    reason.reset();
    source = nullptr;
  }
  /// As it is written, with its quotes.
  std::string_view written(Column column) const { return source == nullptr ? std::string_view() : source->written(column); }
  /// Without quotes and the space around it.
  std::string text(Column column) const;
};

/// What may be wrong with a list's form.
enum class ListProblem : std::uint8_t {
#define LIST_PROBLEM(name, code, text, help) name,
#include <cita/evidence/list_problems.def>
#undef LIST_PROBLEM
};
inline constexpr std::size_t list_problem_count =
    std::initializer_list<std::string_view>{
#define LIST_PROBLEM(name, code, text, help) code,
#include <cita/evidence/list_problems.def>
#undef LIST_PROBLEM
    }
        .size();

/// Whether it means that the file is none of the lists that can be read.
constexpr bool is_no_list(ListProblem problem) { return problem <= ListProblem::other_packing; }

/// Whether certificates may stand where it is, of which nothing is known.
constexpr bool hides_rows(ListProblem problem) {
  switch (problem) {
    case ListProblem::field_count:
    case ListProblem::open_quote:
    case ListProblem::long_row:
    case ListProblem::unreadable:
    case ListProblem::packed_end:
    case ListProblem::bad_link: return true;
    default: return false;
  }
}

/// Whether it is a fault only where a template asks for columns, and for its words in them: what is meant can be read.
constexpr bool is_of_template(ListProblem problem) {
  switch (problem) {
    case ListProblem::missing_column:
    case ListProblem::column_name:
    case ListProblem::empty_field:
    case ListProblem::hash_form:
    case ListProblem::serial_form:
    case ListProblem::revoked_without_date:
    case ListProblem::plan_without_date:
    case ListProblem::not_expired: return true;
    default: return false;
  }
}

/// "bad-hash"; what is wrong, a sentence without a full stop; what to write instead.
struct ListProblemTexts {
  std::string_view code, text, help;
};
const ListProblemTexts& texts(ListProblem problem);

/// One place where a list's form is wrong.
struct ListFault {
  ListProblem problem = ListProblem::unknown_form;
  std::uint32_t file = 0;  ///< index of the list
  std::uint64_t line = 0;
  std::uint32_t column = 0;  ///< the field from 1; 0: the row as a whole
  std::string field;         ///< the column's name; may be empty
  std::string value;         ///< the beginning of what stands there; untrusted

  friend bool operator==(const ListFault&, const ListFault&) = default;
};

/// All faults counted, the first of each kind kept.
class ListFaults {
 public:
  explicit ListFaults(std::size_t most_kept = 5) : most_kept_(most_kept) {}

  void add(ListProblem problem, std::uint64_t line, std::uint32_t column, std::string_view field, std::string_view value);
  /// Adds those of the part that follows, whose lines and file are counted from there.
  void append(const ListFaults& later, std::uint32_t file, std::uint64_t lines_before);

  std::uint64_t count(ListProblem problem) const { return counts_[static_cast<std::size_t>(problem)]; }
  std::uint64_t total() const;
  /// Why a file was not read, or not to its end; nothing where all were.
  std::optional<ListProblem> unread() const;
  /// In the order of the lists.
  const std::vector<ListFault>& kept() const { return kept_; }

  /// What is written down of them (words.hpp).
  auto parts() { return std::tie(counts_, kept_); }

 private:
  std::size_t most_kept_;
  std::array<std::uint64_t, list_problem_count> counts_{};
  std::vector<ListFault> kept_;
};

}  // namespace cita::evidence
