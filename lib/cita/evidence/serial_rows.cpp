#include <cita/evidence/keyed_hash.hpp>
#include <cita/evidence/serial_rows.hpp>

#include <openssl/sha.h>

#include <algorithm>
#include <cstring>
#include <tuple>

namespace cita::evidence {

namespace {

std::string key_text(const ListRow& row) {
  std::string text(row.serial->bytes());
  text += '\0';
  // The same issuer is written in the same way within one list; case and spaces around it make no difference.
  for (const char c : row.text(Column::issuer)) text += c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c;
  return text;
}

}  // namespace

void SerialRows::add(const ListRow& row, const FigureBits& figures) {
  // Serial numbers are of an issuer.
  if (!row.serial || !row.digest || row.text(Column::issuer).empty()) {
    ++without_serial_;
    return;
  }
  const std::string text = key_text(row);
  std::array<unsigned char, SHA256_DIGEST_LENGTH> hash{};
  SHA256(reinterpret_cast<const unsigned char*>(text.data()), text.size(), hash.data());
  Entry& entry = entries_.emplace_back();
  entry.key[0] = keyed_hash(row.serial->bytes(), usual_hash_key);
  std::memcpy(&entry.key[1], hash.data(), sizeof entry.key[1]);
  std::memcpy(&entry.digest, row.digest->data(), sizeof entry.digest);
  entry.line = row.line;
  entry.file = 0;
  entry.is_precertificate = !row.has_certificate;
  entry.figures = figures;
}

void SerialRows::append(const SerialRows& later, std::uint32_t file, std::uint64_t lines_before) {
  for (Entry each : later.entries_) {
    each.file = file;
    each.line += lines_before;
    entries_.push_back(each);
  }
  without_serial_ += later.without_serial_;
}

// Certificates come first, each with its rows. A precertificate is the only certificate's; of several nobody knows whose it is.
void SerialRows::count(std::span<const Entry> rows, std::uint64_t certificates, Result& result) {
  for (std::size_t i = 0; i < rows.size();) {
    FigureBits all = rows[i].figures;
    const Entry& first = rows[i];
    const auto is_same = [&](const Entry& each) {
      return certificates < 2 || (each.digest == first.digest && each.is_precertificate == first.is_precertificate);
    };
    for (++i; i < rows.size() && is_same(rows[i]); ++i) {
      all.least &= rows[i].figures.least;
      all.most_of |= rows[i].figures.most_of;
    }
    if (certificates > 1 && first.is_precertificate) continue;
    for (std::size_t figure = 0; figure < FigureBits::most; ++figure) {
      result.counted[figure].least += (all.least >> figure) & 1U;
      result.counted[figure].most += (all.most_of >> figure) & 1U;
    }
  }
}

SerialRows::Result SerialRows::result(std::size_t kept) const {
  std::vector<Entry> sorted = entries_;
  std::sort(sorted.begin(), sorted.end(), [](const Entry& a, const Entry& b) {
    return std::tie(a.key, a.is_precertificate, a.digest, a.file, a.line) <
           std::tie(b.key, b.is_precertificate, b.digest, b.file, b.line);
  });
  Result result;
  result.without_serial = without_serial_;
  std::uint64_t alone = 0, without_partner = 0;  // of one serial number, and of several issuers as they are written
  for (std::size_t i = 0; i < sorted.size();) {
    if (i > 0 && sorted[i].key[0] != sorted[i - 1].key[0]) {
      result.possible_pairs += std::min(alone, without_partner);
      alone = without_partner = 0;
    }
    std::uint64_t certificates = 0, precertificates = 0;
    const Entry* last = nullptr;
    const Entry* shared = nullptr;
    const std::size_t first = i;
    for (; i < sorted.size() && sorted[i].key == sorted[first].key; ++i) {
      const bool is_new =
          last == nullptr || last->digest != sorted[i].digest || last->is_precertificate != sorted[i].is_precertificate;
      if (is_new) ++(sorted[i].is_precertificate ? precertificates : certificates);
      if (is_new && !sorted[i].is_precertificate && certificates == 2) shared = &sorted[i];
      last = &sorted[i];
    }
    result.certificates += std::max<std::uint64_t>(1, certificates);
    count(std::span(sorted).subspan(first, i - first), certificates, result);
    if (certificates > 0 && precertificates > 0) ++result.split_pairs;
    else ++(certificates > 0 ? without_partner : alone);
    if (certificates < 2) continue;
    ++result.shared_serials;
    result.first_shared.push_back({{sorted[first].file, sorted[first].line}, {shared->file, shared->line}});
  }
  result.possible_pairs += std::min(alone, without_partner);
  // By their places in the lists; the keys are in no order that means anything.
  const auto before = [](const auto& a, const auto& b) {
    return std::tie(a.first.file, a.first.line, a.second.file, a.second.line) <
           std::tie(b.first.file, b.first.line, b.second.file, b.second.line);
  };
  for (auto& pair : result.first_shared)
    if (std::tie(pair.second.file, pair.second.line) < std::tie(pair.first.file, pair.first.line))
      std::swap(pair.first, pair.second);
  std::sort(result.first_shared.begin(), result.first_shared.end(), before);
  if (result.first_shared.size() > kept) result.first_shared.resize(kept);
  return result;
}

}  // namespace cita::evidence
