#include <cita/evidence/separators.hpp>

#include <doctest/doctest.h>

#include <random>
#include <string>
#include <utility>
#include <vector>

using namespace cita::evidence;

namespace {

struct Found {
  std::vector<std::uint32_t> ends;
  std::vector<Separators::Row> rows;
  std::size_t stopped = 0;
  bool is_plain = true;
  friend bool operator==(const Found&, const Found&) = default;
};

Found find(ScanWay way, std::string_view text) {
  SeparatorFinder finder(way);
  const Separators& found = finder.find(text);
  return {{found.ends.begin(), found.ends.end()}, {found.rows.begin(), found.rows.end()}, found.stopped, found.is_plain};
}

// The same, character by character.
Found expected(std::string_view text) {
  Found found;
  found.stopped = text.size();
  bool inside = false;
  std::uint32_t quotes = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '"') {
      inside = !inside;
      ++quotes;
    }
    if (text[i] == '\n' && inside) {
      found.stopped = i;
      break;
    }
    if (inside || (text[i] != ',' && text[i] != '\n')) continue;
    if (text[i] == '\n') found.rows.push_back({static_cast<std::uint32_t>(found.ends.size()), std::exchange(quotes, 0U)});
    found.ends.push_back(static_cast<std::uint32_t>(i));
  }
  return found;
}

std::string random_text(std::mt19937& random, std::size_t size, std::string_view alphabet) {
  std::string text;
  for (std::size_t i = 0; i < size; ++i) text += alphabet[random() % alphabet.size()];
  return text;
}

}  // namespace

TEST_CASE("all ways to scan find what a look at each character finds") {
  std::mt19937 random(6);
  for (const std::string_view alphabet : {"ab,\n", "abcdefghij,\"\n", "abc,\"\"", "abcdefghijklmnop\n\r,,", "\n", "\""})
    for (std::size_t size = 0; size < 400; ++size) {
      const std::string text = random_text(random, size, alphabet);
      for (const ScanWay way : {ScanWay::scalar, ScanWay::sse2, ScanWay::avx2}) {
        if (!can_scan(way)) continue;
        CHECK(find(way, text) == expected(text));
      }
    }
}

TEST_CASE("long texts, over many batches of blocks") {
  std::mt19937 random(7);
  for (int round = 0; round < 20; ++round) {
    std::string text;
    while (text.size() < 20'000) {
      text += random_text(random, random() % 90, "abcdef0123456789,");
      if (random() % 3 == 0) text += "\"" + random_text(random, random() % 200, "abc, ") + "\"";
      text += random() % 400 == 0 ? "\"\n" : "\n";
    }
    for (const ScanWay way : {ScanWay::scalar, ScanWay::sse2, ScanWay::avx2})
      if (can_scan(way)) CHECK(find(way, text) == expected(text));
  }
}

TEST_CASE("every byte that is not printable ASCII is noticed wherever it stands, apart from ends of lines") {
  for (int byte = 0; byte < 256; ++byte) {
    const bool is_plain = (byte >= ' ' && byte <= '~') || byte == '\n' || byte == '\r';
    for (const std::size_t at : {0U, 31U, 32U, 63U, 64U, 127U, 130U, 199U}) {
      std::string text(200, 'x');
      text[at] = static_cast<char>(byte);
      for (const ScanWay way : {ScanWay::scalar, ScanWay::sse2, ScanWay::avx2})
        if (can_scan(way)) CHECK_MESSAGE(find(way, text).is_plain == is_plain, byte);
    }
  }
}
