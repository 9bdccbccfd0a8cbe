#include <cita/evidence/issuer_name.hpp>
#include <cita/evidence/keyed_hash.hpp>
#include <cita/evidence/partitions.hpp>
#include <cita/evidence/serial_rows.hpp>

#include <algorithm>
#include <cstring>
#include <mutex>
#include <numeric>
#include <span>
#include <tuple>
#include <unordered_map>

namespace cita::evidence {

namespace {

// Certificates come first, each with its rows. A precertificate is the only certificate's; of several nobody knows whose it is.
void count(std::span<const SerialRow> rows, std::uint64_t certificates, SerialRows::Result& result) {
  for (std::size_t i = 0; i < rows.size();) {
    FigureBits all = rows[i].figures;
    const SerialRow& first = rows[i];
    const auto is_same = [&](const SerialRow& each) {
      return certificates < 2 || (each.digest == first.digest && each.is_precertificate == first.is_precertificate);
    };
    for (++i; i < rows.size() && is_same(rows[i]); ++i) all.add(rows[i].figures);
    if (certificates > 1 && first.is_precertificate) continue;
    for (std::size_t figure = 0; figure < FigureBits::most; ++figure) {
      result.counted[figure].least += all.counts_surely(figure) ? 1 : 0;
      result.counted[figure].most += all.may_count(figure) ? 1 : 0;
    }
  }
}

void sort(std::span<SerialRow> rows) {
  std::sort(rows.begin(), rows.end(), [](const SerialRow& a, const SerialRow& b) {
    return std::tie(a.key, a.is_precertificate, a.digest, a.file, a.line) <
           std::tie(b.key, b.is_precertificate, b.digest, b.file, b.line);
  });
}

// What has one hash is one thing, so its issuers are one, in however many ways they are written: all rows of one serial number
// get the same key then.
void join_issuers(std::span<SerialRow> rows) {
  std::vector<std::uint64_t> issuers;
  for (const SerialRow& each : rows)
    if (issuers.empty() || issuers.back() != each.key[1]) issuers.push_back(each.key[1]);
  std::vector<std::size_t> joined(issuers.size());
  std::iota(joined.begin(), joined.end(), std::size_t{0});
  const auto first_of = [&](std::size_t issuer) {
    while (joined[issuer] != issuer) issuer = joined[issuer] = joined[joined[issuer]];
    return issuer;
  };
  std::unordered_map<std::uint64_t, std::size_t> by_digest;
  std::size_t issuer = 0;
  for (const SerialRow& each : rows) {
    if (each.key[1] != issuers[issuer]) ++issuer;
    const std::size_t one = first_of(by_digest.emplace(each.digest, issuer).first->second), other = first_of(issuer);
    joined[std::max(one, other)] = std::min(one, other);
  }
  issuer = 0;
  for (SerialRow& each : rows) {
    if (each.key[1] != issuers[issuer]) ++issuer;
    each.key[1] = issuers[first_of(issuer)];
  }
  sort(rows);
}

void join_issuers_of_each_serial(std::vector<SerialRow>& rows) {
  for (std::size_t i = 0; i < rows.size();) {
    const std::size_t first = i;
    bool has_several = false;
    for (; i < rows.size() && rows[i].key[0] == rows[first].key[0]; ++i) has_several |= rows[i].key[1] != rows[first].key[1];
    if (has_several) join_issuers(std::span(rows).subspan(first, i - first));
  }
}

SerialRows::Result result_of(std::vector<SerialRow>& rows) {
  sort(rows);
  join_issuers_of_each_serial(rows);
  SerialRows::Result result;
  std::uint64_t alone = 0, with_certificate = 0;  // of one serial number: of several issuers, as they are written
  const auto finish_serial = [&] {
    result.possible_pairs += with_certificate > 0 ? alone : std::max<std::uint64_t>(alone, 1) - 1;
    alone = with_certificate = 0;
  };
  for (std::size_t i = 0; i < rows.size();) {
    if (i > 0 && rows[i].key[0] != rows[i - 1].key[0]) finish_serial();
    std::uint64_t certificates = 0, precertificates = 0;
    const SerialRow* last = nullptr;
    const SerialRow* shared = nullptr;
    const std::size_t first = i;
    for (; i < rows.size() && rows[i].key == rows[first].key; ++i) {
      const bool is_new =
          last == nullptr || last->digest != rows[i].digest || last->is_precertificate != rows[i].is_precertificate;
      if (is_new) ++(rows[i].is_precertificate ? precertificates : certificates);
      if (is_new && !rows[i].is_precertificate && certificates == 2) shared = &rows[i];
      last = &rows[i];
    }
    const std::uint64_t different = std::max<std::uint64_t>(1, certificates);
    result.certificates += different;
    result.joined_precertificates += certificates + precertificates - different;
    count(std::span(rows).subspan(first, i - first), certificates, result);
    if (certificates > 0 && precertificates > 0) ++result.split_pairs;
    ++(certificates > 0 ? with_certificate : alone);
    if (certificates < 2) continue;
    ++result.shared_serials;
    const SerialRows::Place one{rows[first].file, rows[first].line}, other{shared->file, shared->line};
    result.first_shared.emplace_back(std::min(one, other), std::max(one, other));
  }
  finish_serial();
  return result;
}

}  // namespace

void StoredSerialRows::keep(const SerialRow& row) {
  const auto follows = [this](const Stretch& last) {
    return last.file == 0 && last.lines_before == 0 && last.first + last.count == store_->size();
  };
  if (stretches_.empty() || !follows(stretches_.back())) stretches_.push_back({store_->size(), 0, 0, 0});
  store_->add(row);
  ++stretches_.back().count;
}

void StoredSerialRows::append(const StoredSerialRows& later, std::uint32_t file, std::uint64_t lines_before) {
  for (const Stretch& each : later.stretches_)
    stretches_.push_back({each.first, each.count, each.lines_before + lines_before, file});
  for (SerialRow row : later.fresh_) {
    row.file = file;
    row.line += lines_before;
    keep(row);
  }
}

std::uint64_t StoredSerialRows::size() const {
  std::uint64_t size = fresh_.size();
  for (const Stretch& each : stretches_) size += each.count;
  return size;
}

void SerialRows::Result::add(const Result& other, std::size_t kept) {
  certificates += other.certificates;
  without_serial += other.without_serial;
  split_pairs += other.split_pairs;
  joined_precertificates += other.joined_precertificates;
  possible_pairs += other.possible_pairs;
  shared_serials += other.shared_serials;
  for (std::size_t i = 0; i < counted.size(); ++i) counted[i].add(other.counted[i]);
  first_shared.insert(first_shared.end(), other.first_shared.begin(), other.first_shared.end());
  std::sort(first_shared.begin(), first_shared.end());
  if (first_shared.size() > kept) first_shared.resize(kept);
}

// The same issuer is written in the same way within one list; case and spaces around it make no difference. Empty where the row
// names none.
const std::string& SerialRows::issuer_of(const ListRow& row) {
  const std::string_view written = row.written(Column::issuer);
  if (written == issuer_written_) return issuer_;
  issuer_written_ = written;
  issuer_ = row.text(Column::issuer);
  if (IssuerName::of_text(issuer_).is_empty()) issuer_.clear();
  for (char& c : issuer_)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c | 0x20);
  return issuer_;
}

void SerialRows::add(const ListRow& row, const FigureBits& figures) {
  // Serial numbers are of an issuer.
  if (!row.serial || !row.digest || issuer_of(row).empty()) {
    ++without_serial_;
    return;
  }
  constexpr char end_of_serial = '\0';
  if (!hash_) hash_.emplace();
  hash_->add(row.serial->bytes());
  hash_->add({&end_of_serial, 1});
  hash_->add(issuer_);
  const Digest key = hash_->finish();
  SerialRow entry;
  entry.key[0] = keyed_hash(row.serial->bytes(), usual_hash_key);
  std::memcpy(&entry.key[1], key.data(), sizeof entry.key[1]);
  std::memcpy(&entry.digest, row.digest->data(), sizeof entry.digest);
  entry.line = row.line;
  entry.is_precertificate = !row.has_certificate;
  entry.figures = figures;
  rows_.add(entry);
}

void SerialRows::append(const SerialRows& later, std::uint32_t file, std::uint64_t lines_before) {
  rows_.append(later.rows_, file, lines_before);
  without_serial_ += later.without_serial_;
}

SerialRows::Result SerialRows::result(std::size_t kept, unsigned threads, std::size_t memory) const {
  constexpr unsigned partition_bits = 8;
  static_assert(std::size_t{1} << partition_bits == partition_count);
  Partitions<SerialRow> all(memory);
  rows_.for_each([&all](const SerialRow& row) { all.add(static_cast<std::size_t>(row.key[0] >> (64 - partition_bits)), row); });
  Result result;
  result.without_serial = without_serial_;
  std::mutex mutex;
  Partitions<SerialRow>::share(threads, [&](const auto& next) {
    Result own;
    std::vector<SerialRow> rows;
    for (std::size_t partition = next(); partition < partition_count; partition = next()) {
      rows.clear();
      all.for_each(partition, [&rows](const SerialRow& row) { rows.push_back(row); });
      all.clear(partition);
      own.add(result_of(rows), kept);
    }
    const std::lock_guard lock(mutex);
    result.add(own, kept);
  });
  return result;
}

}  // namespace cita::evidence
