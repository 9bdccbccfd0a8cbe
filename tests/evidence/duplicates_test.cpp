#include "in_blocks.hpp"

#include <cita/evidence/list_files.hpp>

#include <doctest/doctest.h>

#include <unistd.h>
#include <zlib.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <random>

using namespace cita::evidence;

namespace {

constexpr std::size_t ample = std::size_t{1} << 30U;

// Digest by place.
using Rows = std::map<std::uint64_t, Digest>;

Rows rows_of(const std::vector<Digest>& digests, std::uint64_t first_place = 0) {
  Rows rows;
  for (const Digest& digest : digests) rows.emplace(first_place + rows.size(), digest);
  return rows;
}

FoundDuplicates find(const Rows& rows, std::size_t kept, unsigned threads = 1, std::size_t memory = ample) {
  Duplicates all(memory);
  for (const auto& [place, digest] : rows) all.add(beginning_of(digest), place);
  const auto look_up = [&rows](std::span<Candidate> candidates, std::vector<char>&) {
    for (Candidate& each : candidates) each.digest = rows.at(each.place);
  };
  return all.find(look_up, {kept, threads, {}});
}

// The same by comparing all with all.
FoundDuplicates expected_of(const Rows& rows, std::size_t kept) {
  std::map<Digest, std::vector<std::uint64_t>> places;
  for (const auto& [place, digest] : rows) places[digest].push_back(place);
  FoundDuplicates expected;
  std::map<std::uint64_t, DuplicateGroup> by_first;
  for (const auto& [digest, all] : places) {
    if (all.size() < 2) continue;
    ++expected.digests;
    expected.rows += all.size() - 1;
    by_first[all.front()] = {digest, {all.begin(), all.begin() + static_cast<std::ptrdiff_t>(std::min(kept, all.size()))}};
  }
  for (const auto& [first, group] : by_first)
    if (expected.first.size() < kept) expected.first.push_back(group);
  return expected;
}

void check(const Rows& rows, std::size_t kept, unsigned threads, std::size_t memory) {
  CAPTURE(kept);
  CAPTURE(threads);
  CAPTURE(memory);
  CHECK(find(rows, kept, threads, memory) == expected_of(rows, kept));
}

void check_all_ways(const Rows& rows) {
  for (const std::size_t memory : {ample, std::size_t{1} << 15U, std::size_t{0}})
    for (const unsigned threads : {1U, 2U, 5U})
      for (const std::size_t kept : {std::size_t{0}, std::size_t{1}, std::size_t{5}, std::size_t{100'000}})
        check(rows, kept, threads, memory);
}

Digest random_digest(std::mt19937& random) {
  Digest digest{};
  for (auto& octet : digest) octet = static_cast<std::uint8_t>(random());
  return digest;
}

class NoSum : public RowSum {
 public:
  void add(const ListRow& /*row*/) override {}
  void append(const RowSum& /*later*/, std::uint32_t /*file*/, std::uint64_t /*lines_before*/) override {}
};

// Lists that are written side by side with what has to be found in them.
class MadeLists {
 public:
  MadeLists() { std::filesystem::create_directory(folder_); }
  MadeLists(const MadeLists&) = delete;
  MadeLists& operator=(const MadeLists&) = delete;
  ~MadeLists() { std::filesystem::remove_all(folder_); }

  void begin() {
    text_ = made::header;
    line_ = 1;
  }
  void add(const Digest& digest, std::mt19937& random) {
    std::string hash = hex(digest);
    if (random() % 4 == 0) hash = "\"" + hash + "\"";
    else if (random() % 20 == 0) hash = " " + colons_in(hash);
    const std::string names(random() % 300, 'n');
    text_ += "N/A," + hash + ",CN=a,CN=made,2026-01-01T00:00:00Z,2026-06-01T00:00:00Z,01,\"a," + names +
             "\",Yes,2026-03-20T00:00:00Z,superseded" + (random() % 3 == 0 ? "\r\n" : "\n");
    places_[digest].push_back({static_cast<std::uint32_t>(paths_.size()), ++line_});
  }
  void write(bool is_packed) {
    paths_.push_back(folder_ / std::to_string(paths_.size()));
    // "T": as it is.
    gzFile file = gzopen(paths_.back().c_str(), is_packed ? "wb1" : "wbT");
    gzwrite(file, text_.data(), static_cast<unsigned>(text_.size()));
    gzclose(file);
  }

  void check(unsigned threads, std::size_t block, std::size_t kept, std::size_t memory) const {
    CAPTURE(threads);
    CAPTURE(block);
    CAPTURE(kept);
    ListOptions options;
    options.threads = threads;
    options.block = block;
    options.duplicates_kept = kept;
    options.duplicates_memory = memory;
    const ListReading reading = read_lists(paths_, options, [] { return std::make_unique<NoSum>(); });
    std::uint64_t rows = 0, more = 0, several = 0;
    std::vector<DuplicateRows> groups;
    for (const auto& [digest, places] : places_) {
      rows += places.size();
      if (places.size() < 2) continue;
      ++several;
      more += places.size() - 1;
      groups.push_back({digest, places});
    }
    CHECK(reading.rows == rows);
    CHECK(reading.duplicated == several);
    CHECK(reading.duplicate_rows == more);
    const auto begin = [](const DuplicateRows& each) { return std::pair(each.places.front().file, each.places.front().line); };
    std::sort(groups.begin(), groups.end(), [&](const auto& a, const auto& b) { return begin(a) < begin(b); });
    groups.resize(std::min(groups.size(), kept));
    for (DuplicateRows& each : groups) each.places.resize(std::min(each.places.size(), kept));
    REQUIRE(reading.duplicates.size() == groups.size());
    for (std::size_t i = 0; i < groups.size(); ++i) {
      REQUIRE(hex(reading.duplicates[i].digest) == hex(groups[i].digest));
      REQUIRE(reading.duplicates[i].places == groups[i].places);
    }
  }

 private:
  static std::string colons_in(const std::string& digits) {
    std::string text = digits.substr(0, 2);
    for (std::size_t i = 2; i < digits.size(); i += 2) text += ":" + digits.substr(i, 2);
    return text;
  }

  std::filesystem::path folder_ = std::filesystem::temp_directory_path() / ("cita-duplicates-" + std::to_string(getpid()));
  std::string text_;
  std::uint64_t line_ = 0;
  std::vector<std::string> paths_;
  std::map<Digest, std::vector<DuplicateRows::Place>> places_;
};

}  // namespace

TEST_CASE("what is equal in all bits is found, what is equal in 36 is not") {
  std::mt19937 random(1);
  std::vector<Digest> digests;
  for (int i = 0; i < 20'000; ++i) {
    Digest digest{};
    // Few beginnings, so that many are equal there, and some are equal altogether.
    digest[0] = static_cast<std::uint8_t>(random() % 3);
    digest[4] = static_cast<std::uint8_t>(random() % 200);
    digest[31] = static_cast<std::uint8_t>(random() % 100);
    digests.push_back(digest);
  }
  check_all_ways(rows_of(digests));
}

TEST_CASE("whatever the share of rows that have their like, and wherever they are") {
  std::mt19937 random(2);
  for (const unsigned in_hundred : {1U, 30U, 60U, 100U}) {
    CAPTURE(in_hundred);
    Rows rows;
    std::vector<Digest> before;
    std::uint64_t place = 0;
    for (int i = 0; i < 20'000; ++i) {
      // Near each other, and stretches apart.
      place += 1 + random() % 3 + (random() % 2'000 == 0 ? random() % (5 * Duplicates::stretch) : 0);
      const bool repeats = !before.empty() && random() % 200 < in_hundred;
      before.push_back(repeats ? before[random() % before.size()] : random_digest(random));
      rows.emplace(place, before.back());
    }
    check_all_ways(rows);
  }
}

TEST_CASE("every row twice: beside itself, in the same order again, in another order") {
  std::mt19937 random(3);
  std::vector<Digest> once(6'000), beside, again;
  for (Digest& each : once) each = random_digest(random);
  for (const Digest& each : once) beside.insert(beside.end(), 2, each);
  check_all_ways(rows_of(beside));
  again = once;
  again.insert(again.end(), once.begin(), once.end());
  check_all_ways(rows_of(again));
  std::shuffle(again.begin(), again.end(), random);
  check_all_ways(rows_of(again));
}

TEST_CASE("places beyond 32 bits, and nothing twice") {
  Digest a{}, b{};
  b[31] = 1;
  const std::uint64_t first = Duplicates::most_places - 3;
  const FoundDuplicates found = find(rows_of({a, b, a}, first), 5);
  CHECK(found.rows == 1);
  CHECK(found.digests == 1);
  REQUIRE(found.first.size() == 1);
  CHECK(found.first[0].places == std::vector<std::uint64_t>{first, first + 2});
  CHECK(find(rows_of({a, b}), 5).digests == 0);
  CHECK(find({}, 5).digests == 0);
}

TEST_CASE("rows that are not there any more are no duplicates, and a problem of one who looks goes on") {
  std::mt19937 random(4);
  std::vector<Digest> digests(1'000);
  for (Digest& each : digests) each = random_digest(random);
  const auto added = [&] {
    Duplicates all;
    for (std::uint64_t i = 0; i < 2'000; ++i) all.add(beginning_of(digests[i % 1'000]), i);
    return all;
  };
  const auto look_up = [&](std::span<Candidate> candidates, std::vector<char>&) {
    for (Candidate& each : candidates)
      if (each.place != 1'700) each.digest = digests[each.place % 1'000];
  };
  CHECK(added().find(look_up, {5, 2, {}}).rows == 999);
  const auto fail = [](std::span<Candidate>, std::vector<char>&) { throw std::runtime_error("gone"); };
  CHECK_THROWS_WITH(added().find(fail, {5, 3, {}}), "gone");
}

TEST_CASE("how far it is grows up to all") {
  std::vector<Digest> digests(5'000);
  std::mt19937 random(5);
  for (std::size_t i = 0; i < digests.size(); ++i) digests[i] = i % 2 == 0 ? random_digest(random) : digests[i - 1];
  Duplicates all;
  for (std::uint64_t i = 0; i < digests.size(); ++i) all.add(beginning_of(digests[i]), i * 100);
  std::uint64_t last = 0, whole = 1;
  bool grows = true;
  const auto tell = [&](std::uint64_t done, std::uint64_t in_all) {
    grows = grows && last <= done && done <= in_all;
    last = done;
    whole = in_all;
  };
  const auto look_up = [&](std::span<Candidate> candidates, std::vector<char>&) {
    for (Candidate& each : candidates) each.digest = digests[each.place / 100];
  };
  CHECK(all.find(look_up, {5, 3, tell}).rows == 2'500);
  CHECK(grows);
  CHECK(last == whole);
}

TEST_CASE("many duplicates across lists, plain and packed, however they are read") {
  std::mt19937 random(6);
  std::vector<Digest> pool(3'000);
  for (std::size_t i = 0; i < pool.size(); ++i) {
    pool[i] = random_digest(random);
    // Some are alike in all that is kept of them.
    if (i % 5 == 1) std::copy_n(pool[i - 1].begin(), 5, pool[i].begin());
  }
  MadeLists lists;
  for (const bool is_packed : {false, true, false}) {
    lists.begin();
    // The same list again, then any rows, then some that are nowhere else.
    for (const Digest& each : pool) lists.add(each, random);
    for (int i = 0; i < 1'000; ++i) lists.add(pool[random() % 100], random);
    for (int i = 0; i < 1'000; ++i) lists.add(random_digest(random), random);
    lists.write(is_packed);
  }
  for (const unsigned threads : {1U, 2U, 5U})
    for (const std::size_t block : {std::size_t{5'000}, std::size_t{1} << 20U}) lists.check(threads, block, 5, ample);
  lists.check(2, std::size_t{1} << 20U, 100'000, ample);
  lists.check(2, std::size_t{1} << 20U, 100'000, 0);
  lists.check(1, std::size_t{1} << 20U, 0, ample);
}

TEST_CASE("many rows of one digest, and others whose bits are the same") {
  std::mt19937 random(11);
  const Digest hot = random_digest(random);
  std::vector<Digest> digests;
  for (unsigned i = 0; i < 400'000; ++i) {
    Digest digest = hot;
    // The same 36 bits, the same partition, or anything.
    if (i % 50 == 0) digest.back() = static_cast<std::uint8_t>(random());
    else if (i % 50 == 1) digest[2] = static_cast<std::uint8_t>(random() % 8);
    else if (i % 50 == 2) digest = random_digest(random);
    else if (i % 50 == 3) digest = digests[random() % digests.size()];
    // What is no repetition may be most of them for a while.
    if (i > 300'000 && i % 3 == 0) digest[6] = static_cast<std::uint8_t>(random());
    digests.push_back(digest);
  }
  const Rows rows = rows_of(digests);
  for (const std::size_t kept : {std::size_t{0}, std::size_t{1}, std::size_t{5}, std::size_t{1'000'000}})
    for (const unsigned threads : {1U, 3U}) check(rows, kept, threads, threads == 1 ? ample : std::size_t{1} << 15U);
}
