// Values as words: what is written can be read, in any pieces, and what is wrong in one of them is not asked any further.
#include <cita/evidence/words.hpp>

#include <doctest/doctest.h>

using namespace cita::evidence;

namespace {

// Counts how often it is asked whether it is sound.
struct Asked {
  std::int64_t value = 0;
  int* times = nullptr;
  auto parts() { return std::tie(value); }
  bool is_sound() const {
    ++*times;
    return value < 10;
  }
};
struct Outer {
  Asked inner;
  int* times = nullptr;
  auto parts() { return std::tie(inner); }
  bool is_sound() const {
    ++*times;
    return true;
  }
};

}  // namespace

TEST_CASE("words come in pieces of any size") {
  std::vector<std::uint64_t> numbers{0, 17, ~std::uint64_t{0}};
  std::map<std::int64_t, std::string> names{{-3, "a b"}, {4, std::string(300, 'x')}, {5, ""}};
  std::string text;
  WordWriter out([&text](std::string_view more) { text += more; });
  out.write(numbers);
  out.write(names);
  CHECK(text.empty());
  out.flush();
  WordWriter whole;
  whole.write(numbers);
  whole.write(names);
  CHECK(text == whole.text());
  for (const std::size_t piece : {1U, 2U, 7U, 1'000U}) {
    std::size_t at = 0;
    std::string memory;
    WordReader in([&](std::string_view& rest) {
      if (at >= text.size()) return false;
      memory = std::string(rest) + text.substr(at, piece);
      at += piece;
      rest = memory;
      return true;
    });
    std::vector<std::uint64_t> numbers_again;
    std::map<std::int64_t, std::string> names_again;
    in.read(numbers_again);
    in.read(names_again);
    CHECK(numbers_again == numbers);
    CHECK(names_again == names);
    CHECK(in.at_end());
    CHECK_FALSE(in.failed());
  }
}

TEST_CASE("what is not sound inside is not asked about outside") {
  for (const auto& [text, inner, outer] : {std::tuple{"9", 1, 1}, std::tuple{"10", 1, 0}, std::tuple{"x", 0, 0}}) {
    int times_inner = 0, times_outer = 0;
    Outer value{{0, &times_inner}, &times_outer};
    WordReader in{std::string_view(text)};
    in.read(value);
    CHECK(times_inner == inner);
    CHECK(times_outer == outer);
    CHECK(in.failed() == (outer == 0));
  }
}
