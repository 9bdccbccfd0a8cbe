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

void count_least(const FigureBits& bits, SerialRows::Result& result) {
  for (std::size_t figure = 0; figure < FigureBits::most; ++figure)
    result.counted[figure].least += bits.counts_surely(figure) ? 1 : 0;
}

void count_most(const FigureBits& bits, SerialRows::Result& result) {
  for (std::size_t figure = 0; figure < FigureBits::most; ++figure) result.counted[figure].most += bits.may_count(figure) ? 1 : 0;
}

// What has one hash under one number.
struct Named {
  const SerialRow* first = nullptr;
  FigureBits figures;
  bool is_pair = false;
};

// Those of one issuer and serial number: certificates first, then precertificates alone.
void read(std::span<const SerialRow> rows, std::vector<Named>& all) {
  all.clear();
  for (const SerialRow& row : rows) {
    const bool is_new =
        all.empty() || all.back().first->digest != row.digest || all.back().first->is_precertificate != row.is_precertificate;
    if (is_new) all.push_back({&row, row.figures, row.is_pair});
    all.back().figures.add(row.figures);
    all.back().is_pair |= row.is_pair;
  }
}

// All rows are of one certificate.
void count_one(std::span<const Named> named, SerialRows::Result& result) {
  FigureBits all = named.front().figures;
  for (const Named& each : named) all.add(each.figures);
  count_least(all, result);
  count_most(all, result);
}

// A precertificate in a row of its own is one of theirs, and nobody knows of which. So may each be that is no pair.
void count_several(std::span<const Named> certificates, SerialRows::Result& result) {
  std::optional<FigureBits> unsure;
  bool has_pair = false;
  for (const Named& each : certificates) {
    count_most(each.figures, result);
    has_pair |= each.is_pair;
    if (each.is_pair) continue;
    if (unsure) unsure->add(each.figures);
    else unsure = each.figures;
  }
  for (const Named& each : certificates) {
    if (!each.is_pair) continue;
    FigureBits bits = each.figures;
    if (unsure) bits.add(*unsure);
    count_least(bits, result);
  }
  if (!has_pair) count_least(*unsure, result);
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

std::size_t pairs_of(std::span<const Named> named) {
  return static_cast<std::size_t>(std::count_if(named.begin(), named.end(), [](const Named& each) { return each.is_pair; }));
}

void add_shared(std::span<const Named> certificates, SerialRows::Result& result) {
  const auto is_pair = [](const Named& each) { return each.is_pair; };
  const std::size_t pairs = pairs_of(certificates);
  result.possible_precertificates += certificates.size() - std::max<std::size_t>(1, pairs);
  const bool is_sure = pairs > 1;
  const auto one = is_sure ? std::find_if(certificates.begin(), certificates.end(), is_pair) : certificates.begin();
  const auto other = is_sure ? std::find_if(one + 1, certificates.end(), is_pair) : one + 1;
  const auto place_of = [](const Named& each) { return SerialRows::Place{each.first->file, each.first->line}; };
  ++(is_sure ? result.shared_serials : result.perhaps_shared);
  (is_sure ? result.first_shared : result.first_perhaps_shared)
      .emplace_back(std::min(place_of(*one), place_of(*other)), std::max(place_of(*one), place_of(*other)));
}

// Rows of one hash under one key come to what their first place and all of their figures say.
void put_together(std::vector<SerialRow>& rows) {
  sort(rows);
  std::size_t left = 0;
  for (const SerialRow& each : rows) {
    const auto what = [](const SerialRow& row) { return std::tie(row.key, row.is_precertificate, row.digest); };
    if (left == 0 || what(rows[left - 1]) != what(each)) {
      rows[left++] = each;
      continue;
    }
    rows[left - 1].figures.add(each.figures);
    rows[left - 1].is_pair |= each.is_pair;
  }
  rows.resize(left);
}

void rows_of(const Partitions<SerialRow>& all, std::size_t partition, std::vector<SerialRow>& rows) {
  constexpr std::size_t usual = std::size_t{1} << 17U;
  std::size_t most = usual;
  rows.clear();
  all.for_each(partition, [&](const SerialRow& row) {
    if (rows.size() == most) {
      put_together(rows);
      // Where that was of little use, it is tried again when there are many more.
      if (rows.size() > most / 2) most *= 2;
    }
    rows.push_back(row);
  });
}

SerialRows::Result result_of(std::vector<SerialRow>& rows) {
  sort(rows);
  join_issuers_of_each_serial(rows);
  SerialRows::Result result;
  std::vector<Named> named;
  // Of one serial number, whatever its issuers are called: how many there are at least by each of them, and those with their
  // precertificates, which alone are surely several.
  std::uint64_t by_issuers = 0, pairs = 0;
  const auto finish_serial = [&] {
    result.possible_pairs += by_issuers - std::min(by_issuers, std::max<std::uint64_t>(pairs, 1));
    by_issuers = pairs = 0;
  };
  for (std::size_t i = 0; i < rows.size();) {
    if (i > 0 && rows[i].key[0] != rows[i - 1].key[0]) finish_serial();
    const std::size_t first = i;
    while (i < rows.size() && rows[i].key == rows[first].key) ++i;
    read(std::span(rows).subspan(first, i - first), named);
    const auto is_certificate = [](const Named& each) { return !each.first->is_precertificate; };
    const auto certificates = static_cast<std::size_t>(std::count_if(named.begin(), named.end(), is_certificate));
    const std::size_t different = std::max<std::size_t>(1, certificates);
    result.certificates += different;
    result.joined_precertificates += named.size() - different;
    if (certificates > 0 && named.size() > certificates) ++result.split_pairs;
    const std::size_t of_issuer = pairs_of(named);
    by_issuers += std::max<std::size_t>(1, of_issuer);
    pairs += of_issuer;
    if (certificates < 2) {
      count_one(named, result);
    } else {
      count_several(std::span(named).first(certificates), result);
      add_shared(std::span(named).first(certificates), result);
    }
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
  possible_precertificates += other.possible_precertificates;
  shared_serials += other.shared_serials;
  perhaps_shared += other.perhaps_shared;
  for (std::size_t i = 0; i < counted.size(); ++i) counted[i].add(other.counted[i]);
  const auto add_places = [kept](Places& to, const Places& more) {
    to.insert(to.end(), more.begin(), more.end());
    std::sort(to.begin(), to.end());
    if (to.size() > kept) to.resize(kept);
  };
  add_places(first_shared, other.first_shared);
  add_places(first_perhaps_shared, other.first_perhaps_shared);
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
  if (!row.serial || !row.digest) {
    ++without_serial_;
    return;
  }
  constexpr char end_of_serial = '\0', end_of_unnamed = '\1';
  const std::string& issuer = issuer_of(row);
  if (!hash_) hash_.emplace();
  hash_->add(row.serial->bytes());
  hash_->add({issuer.empty() ? &end_of_unnamed : &end_of_serial, 1});
  // Where nobody names the issuer, no other hash has surely the same.
  hash_->add(issuer.empty() ? std::string_view(reinterpret_cast<const char*>(row.digest->data()), row.digest->size()) : issuer);
  const Digest key = hash_->finish();
  SerialRow entry;
  entry.key[0] = keyed_hash(row.serial->bytes(), usual_hash_key);
  std::memcpy(&entry.key[1], key.data(), sizeof entry.key[1]);
  std::memcpy(&entry.digest, row.digest->data(), sizeof entry.digest);
  entry.line = row.line;
  entry.is_precertificate = !row.has_certificate;
  entry.is_pair = row.has_certificate && row.has_precertificate;
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
      rows_of(all, partition, rows);
      all.clear(partition);
      own.add(result_of(rows), kept);
    }
    const std::lock_guard lock(mutex);
    result.add(own, kept);
  });
  return result;
}

}  // namespace cita::evidence
