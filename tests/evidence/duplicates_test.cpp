#include <cita/evidence/duplicates.hpp>

#include <doctest/doctest.h>

#include <map>
#include <random>

using namespace cita::evidence;

namespace {

std::vector<DuplicateGroup> find(const std::vector<Digest>& digests, std::uint64_t first_place = 0,
                                 std::size_t memory = std::size_t{1} << 30U) {
  Duplicates all(memory);
  for (std::size_t i = 0; i < digests.size(); ++i) all.add(beginning_of(digests[i]), first_place + i);
  return all.find([&](std::uint64_t place, DigestBeginning) { return digests[place - first_place]; });
}

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
  std::map<Digest, std::vector<std::uint64_t>> expected;
  for (std::size_t i = 0; i < digests.size(); ++i) expected[digests[i]].push_back(i);
  std::erase_if(expected, [](const auto& each) { return each.second.size() < 2; });
  for (const std::size_t memory : {std::size_t{1} << 30U, std::size_t{1} << 15U, std::size_t{0}}) {
    const auto groups = find(digests, 0, memory);
    CHECK(groups.size() == expected.size());
    std::uint64_t last = 0;
    for (const DuplicateGroup& group : groups) {
      CHECK(group.places == expected[group.digest]);
      CHECK(group.places.front() >= last);
      last = group.places.front();
    }
  }
}

TEST_CASE("places beyond 32 bits, and nothing twice") {
  Digest a{}, b{};
  b[31] = 1;
  const auto groups = find({a, b, a}, (std::uint64_t{1} << 36U) - 3);
  REQUIRE(groups.size() == 1);
  CHECK(groups[0].places == std::vector<std::uint64_t>{(std::uint64_t{1} << 36U) - 3, (std::uint64_t{1} << 36U) - 1});
  CHECK(find({a, b}).empty());
  CHECK(find({}).empty());
}
