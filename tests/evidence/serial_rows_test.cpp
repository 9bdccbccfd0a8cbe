#include <cita/evidence/serial_rows.hpp>
#include <cita/evidence/words.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <map>
#include <random>
#include <set>

using namespace cita::evidence;

namespace {

struct Written final : WrittenRow {
  std::string_view written(Column column) const override { return column == Column::issuer ? issuer : std::string_view(); }
  std::string issuer;
};

struct Made {
  unsigned issuer = 0, serial = 0, digest = 0;
  bool is_precertificate = false, is_pair = true;
};

void add(const Made& made, std::uint64_t line, SerialRows& to) {
  Written written;
  written.issuer = made.issuer == 0 ? "CN=One" : "CN=Another";
  ListRow row;
  row.line = line;
  row.source = &written;
  row.digest.emplace();
  *row.digest = {static_cast<std::uint8_t>(made.digest), static_cast<std::uint8_t>(made.issuer),
                 static_cast<std::uint8_t>(made.serial / 256), static_cast<std::uint8_t>(made.serial % 256),
                 static_cast<std::uint8_t>(made.is_precertificate)};
  row.serial.emplace();
  row.serial->size = 2;
  row.serial->octets = {static_cast<std::uint8_t>(1 + made.serial / 200), static_cast<std::uint8_t>(made.serial % 200)};
  row.has_precertificate = made.is_precertificate || made.is_pair;
  row.has_certificate = !made.is_precertificate;
  FigureBits bits;
  bits.set(0, {made.digest % 2 == 0, true}, {true, true});
  to.add(row, bits);
}

// All that is found, as a text to compare.
std::string found(const SerialRows::Result& result) {
  std::string text;
  const auto add = [&text](auto... each) { ((text += std::to_string(each) + " "), ...); };
  add(result.certificates, result.without_serial, result.split_pairs, result.joined_precertificates, result.possible_pairs,
      result.possible_precertificates, result.shared_serials, result.perhaps_shared, result.counted[0].least,
      result.counted[0].most);
  for (const auto& places : {result.first_shared, result.first_perhaps_shared})
    for (const auto& [one, other] : places) add(one.file, one.line, other.file, other.line);
  return text;
}

std::vector<Made> some_rows() {
  std::mt19937 random(7);
  std::vector<Made> rows;
  for (unsigned i = 0; i < 60'000; ++i)
    rows.push_back({static_cast<unsigned>(random() % 2), static_cast<unsigned>(random() % 30'000),
                    static_cast<unsigned>(random() % 3), random() % 4 == 0, random() % 2 == 0});
  return rows;
}

SerialRows in_stretches(const std::vector<Made>& rows, std::size_t size) {
  const auto store = std::make_shared<SerialStore>();
  SerialRows all(store);
  for (std::size_t begin = 0; begin < rows.size(); begin += size) {
    SerialRows part(store);
    for (std::size_t i = begin; i < std::min(begin + size, rows.size()); ++i) add(rows[i], i - begin + 1, part);
    all.append(part, 0, begin);
  }
  return all;
}

}  // namespace

TEST_CASE("certificates and shared numbers are what a look at all rows finds") {
  const std::vector<Made> rows = some_rows();
  std::map<std::pair<unsigned, unsigned>, std::set<unsigned>> certificates, pairs, precertificates;
  for (const Made& each : rows) {
    auto& of = each.is_precertificate ? precertificates : certificates;
    of[{each.issuer, each.serial}].insert(each.digest);
    if (!each.is_precertificate && each.is_pair) pairs[{each.issuer, each.serial}].insert(each.digest);
  }
  std::uint64_t expected = 0, shared = 0, perhaps = 0, possible = 0, split = 0, joined = 0, least = 0, most = 0;
  for (const auto& [key, digests] : certificates) {
    expected += digests.size();
    const std::size_t sure = pairs[key].size();
    if (digests.size() > 1) ++(sure > 1 ? shared : perhaps);
    possible += digests.size() - std::max<std::size_t>(1, sure);
    split += precertificates.contains(key) ? 1 : 0;
    // Of the figure, an even hash says that it counts, and an odd one that it may. What may be the same certificate, and says
    // otherwise, makes it unsure; so does a precertificate of the only one.
    most += digests.size();
    std::set<unsigned> others = digests;
    for (const unsigned each : pairs[key]) others.erase(each);
    if (digests.size() == 1) others = precertificates[key];
    if (digests.size() == 1) others.insert(digests.begin(), digests.end());
    const bool are_all_even = std::all_of(others.begin(), others.end(), [](unsigned each) { return each % 2 == 0; });
    if (sure == 0 || digests.size() == 1) least += are_all_even ? 1 : 0;
    else
      for (const unsigned each : pairs[key]) least += each % 2 == 0 && are_all_even ? 1 : 0;
  }
  for (const auto& [key, digests] : precertificates) {
    if (digests.empty()) continue;
    expected += certificates.contains(key) ? 0 : 1;
    joined += digests.size() - (certificates.contains(key) ? 0 : 1);
    if (certificates.contains(key)) continue;
    most += 1;
    least += std::all_of(digests.begin(), digests.end(), [](unsigned each) { return each % 2 == 0; }) ? 1 : 0;
  }
  const auto result = in_stretches(rows, 1'000).result(3);
  CHECK(result.certificates == expected);
  CHECK(result.shared_serials == shared);
  CHECK(result.perhaps_shared == perhaps);
  CHECK(result.possible_precertificates == possible);
  CHECK(result.counted[0] == CountRange{least, most});
  CHECK(result.split_pairs == split);
  CHECK(result.joined_precertificates == joined);
  CHECK(result.first_shared.size() == 3);
  CHECK(result.without_serial == 0);
}

TEST_CASE("a row that names no issuer may be of any issuer, and shares its serial number with nobody for sure") {
  for (const std::string issuer : {"", "N/A", " n/a ", "-", "unknown"}) {
    Written written;
    written.issuer = issuer;
    ListRow row;
    row.source = &written;
    row.has_certificate = true;
    row.serial.emplace();
    row.serial->size = 1;
    SerialRows rows(std::make_shared<SerialStore>());
    for (const std::uint8_t digest : {std::uint8_t{1}, std::uint8_t{2}}) {
      row.digest = Digest{digest};
      rows.add(row, {});
    }
    CHECK(rows.result(1).shared_serials + rows.result(1).perhaps_shared == 0);
    CHECK(rows.result(1).without_serial == 0);
    CHECK(rows.result(1).certificates == 2);
    CHECK(rows.result(1).possible_pairs == 1);
  }
}

TEST_CASE("neither memory, threads nor the size of stretches changes what serial numbers come to") {
  const std::vector<Made> rows = some_rows();
  const std::string expected = found(in_stretches(rows, rows.size()).result(100));
  for (const std::size_t size : {std::size_t{7}, std::size_t{5'000}})
    for (const unsigned threads : {1U, 3U})
      for (const std::size_t memory : {std::size_t{0}, std::size_t{1} << 18U, std::size_t{1} << 30U})
        CHECK(found(in_stretches(rows, size).result(100, threads, memory)) == expected);
}

TEST_CASE("what is written down of serial numbers and read again in another place comes to the same") {
  std::vector<Made> rows = some_rows();
  const std::string expected = found(in_stretches(rows, 1'000).result(100));
  const auto store = std::make_shared<SerialStore>();
  SerialRows all(store);
  for (std::size_t begin = 0; begin < rows.size(); begin += 20'000) {
    const auto first = rows.begin() + static_cast<std::ptrdiff_t>(begin);
    SerialRows part = in_stretches({first, first + 20'000}, 3'000);
    WordWriter out;
    out.write(part);
    SerialRows again(store);
    WordReader in(out.text());
    in.read(again);
    REQUIRE(!in.failed());
    all.append(again, 0, begin);
  }
  CHECK(found(all.result(100)) == expected);
}

TEST_CASE("rows that repeat others change nothing, however many they are") {
  std::vector<Made> rows;
  for (unsigned i = 0; i < 60; ++i) rows.push_back({i % 2, 7, i % 5, i % 3 == 0, i % 4 == 0});
  for (unsigned i = 0; i < 60; ++i) rows.push_back({i % 2, i % 9, i % 7, i % 3 == 0, i % 4 == 0});
  const std::string once = found(in_stretches(rows, 10'000).result(100));
  // Together with what is no repetition, so much that there are always many to be looked at together.
  std::vector<Made> more;
  for (unsigned i = 0; i < 300'000; ++i) more.push_back({0, 7, 100 + i % 100, false, true});
  std::vector<Made> with_more = rows;
  with_more.insert(with_more.end(), more.begin(), more.begin() + 100);
  const std::string once_with_more = found(in_stretches(with_more, 10'000).result(100));
  with_more.insert(with_more.end(), more.begin(), more.end());
  const std::vector<Made> first = rows;
  for (unsigned i = 0; i < 3'000; ++i) rows.insert(rows.end(), first.begin(), first.end());
  for (const unsigned threads : {1U, 2U}) {
    CHECK(found(in_stretches(rows, 10'000).result(100, threads)) == once);
    CHECK(found(in_stretches(with_more, 10'000).result(100, threads)) == once_with_more);
  }
}
