// What somebody writes who wants a wrong answer, or none.
#include "in_blocks.hpp"
#include "made_crl.hpp"

#include <cita/evidence/crl.hpp>
#include <cita/evidence/der.hpp>

#include <doctest/doctest.h>

#include <string>
#include <vector>

using namespace cita;
using namespace cita::evidence;

namespace {

using made::header;
const ListContext context{{}, *instant_of(2026, 5, 1, 0, 0, 0)};

std::string row(int number) {
  std::string hash(64, 'a');
  hash[0] = static_cast<char>('0' + number % 10);
  hash[1] = static_cast<char>('0' + number / 10);
  return "," + hash + ",CN=a,CN=ca,2026-01-01,2026-06-01,0" + std::to_string(number) + ",a,Yes,2026-03-22T10:00:00Z,superseded\n";
}

// Where the lengths stand of all values in a list of values, and of those inside of them.
void lengths_in(std::string_view whole, std::string_view rest, std::vector<std::size_t>& found) {
  while (const auto value = der::take(rest)) {
    found.push_back(static_cast<std::size_t>(value->whole.data() - whole.data()) + 1);
    if (value->tag == der::sequence || value->content.starts_with("\x0A\x01")) lengths_in(whole, value->content, found);
  }
}

bool anything_wrong(const std::string& bytes) {
  CrlProblems problems;
  const auto crl = Crl::read(bytes, problems);
  return !crl || !problems.kept().empty();
}

}  // namespace

TEST_CASE("no length of a CRL lies unnoticed") {
  const made::Authority ca("EC");
  const std::string entries =
      made::entry("\x01") + made::entry("\x02", "260323000000Z", made::reason(1)) + made::entry("\x03", "20500101000000Z");
  const std::string good = ca.crl(entries, false, made::far_future);
  REQUIRE_FALSE(anything_wrong(good));
  std::vector<std::size_t> lengths;
  const std::size_t at = good.find(made::sequence(entries));
  lengths_in(good, std::string_view(good).substr(at, made::sequence(entries).size()), lengths);
  CHECK(lengths.size() == 15);
  lengths.insert(lengths.end(), {1, static_cast<std::size_t>(good[1] == '\x81' ? 4 : 5)});
  for (const std::size_t place : lengths) {
    const std::size_t octets = (static_cast<unsigned char>(good[place]) & 0x80U) != 0 ? good[place] & 0x7F : 0;
    const int length = static_cast<unsigned char>(good[place + octets]);
    for (const std::string& lie :
         {std::string("\x80"), std::string("\xFF"), std::string("\x84\x80\0\0\0", 5), std::string("\x84\xFF\xFF\xFF\xFF"),
          std::string("\x88\0\0\0\x01\0\0\0\0", 9), std::string("\x7F"), std::string("\x81") + static_cast<char>(length & 0x7F),
          std::string("\x82\0", 2) + good[place], std::string(1, static_cast<char>((length + 1) & 0x7F)), std::string(1, '\0')}) {
      std::string bytes = good;
      bytes.replace(place, 1 + octets, lie);
      CAPTURE(place);
      CAPTURE(lie.size());
      CHECK(anything_wrong(bytes));
    }
  }
}

TEST_CASE("2^31 entries claimed make no room for them") {
  const std::string claimed("\x30\x84\x80\0\0\0", 6);
  const made::Authority ca("EC");
  std::string bytes = ca.crl(made::entry("\x01"));
  const std::size_t at = bytes.find(made::sequence(made::entry("\x01")));
  CHECK(anything_wrong(bytes.replace(at, 2, claimed)));
  const auto outer = claimed + bytes.substr(4);
  CHECK(anything_wrong(outer));
  CHECK(anything_wrong(claimed));
}

TEST_CASE("times that are not the form of their year are read, and those that are none are named") {
  const made::Authority ca("EC");
  const auto codes = [&ca](const std::string& time) {
    CrlProblems problems;
    const auto crl = Crl::read(ca.crl(made::entry("\x01", time), false, made::far_future), problems);
    REQUIRE(crl);
    std::string all;
    for (const CrlFault& each : problems.kept()) all += code(each.problem);
    if (const auto found = crl->find("\x01")) all += std::to_string(found->revoked.time_since_epoch().count());
    return all;
  };
  CHECK(codes("500101000000Z") == "-631152000");             // 1950
  CHECK(codes("20500101000000Z") == "2524608000");           // 2050, as it has to be
  CHECK(codes("20491231235959Z") == "time-form2524607999");  // would have to be the short form; it is as certain
  CHECK(codes("491231235959Z") == "2524607999");
  CHECK(codes("00000101000000Z") == "time-form-62167219200");
  CHECK(codes("99991231235959Z") == "253402300799");
  CHECK(codes("20500230000000Z") == "bad-time");
  CHECK(codes("2050010100000Z") == "bad-time");
  CHECK(codes("205001010000.0Z") == "bad-time");
  CHECK(codes("-0500101000000Z") == "bad-time");
}

TEST_CASE("a thousand times the same serial number, and two with one hash of nothing") {
  const made::Authority ca("EC");
  std::string entries;
  for (int i = 0; i < 1'000; ++i) entries += made::entry("\x05");
  CrlProblems problems;
  const auto crl = Crl::read(ca.crl(entries + made::entry(std::string(1, '\0')) + made::entry("\x06")), problems);
  REQUIRE(crl);
  CHECK(crl->entries() == 1'002);
  CHECK(problems.count(CrlProblem::duplicate) == 999);
  CHECK(crl->find("\x06").has_value());
}

TEST_CASE("a row that never ends is the same, wherever the blocks end") {
  for (const char c : {',', '"', 'x', '\0'}) {
    const std::string text = header + row(1) + std::string(3 * longest_row, c) + "\n" + row(2);
    for (const std::size_t block : {std::size_t{1'000}, longest_row / 2, longest_row, 2 * longest_row}) {
      const made::BlockReading reading = made::read_in_blocks(text, block, context);
      CAPTURE(static_cast<int>(c));
      CAPTURE(block);
      REQUIRE(reading.rows.size() == 2);
      CHECK(reading.rows[1].line == 4);
      CHECK(reading.codes() == "3:0 long-row; ");
      CHECK(reading.end.rows == 3);
      CHECK(reading.end.unreadable == 1);
    }
  }
}

TEST_CASE("a row is too long from its size alone, whatever stands in it and wherever the blocks end") {
  for (const bool is_quoted : {false, true}) {
    for (const std::size_t size : {longest_row - 1, longest_row}) {
      std::string longer = row(1);
      const std::size_t pad = size + 1 - longer.size() - (is_quoted ? 2 : 0);
      longer.insert(longer.find(",CN=ca"), std::string(pad, 'a'));
      if (is_quoted) longer.replace(longer.find("CN=a"), pad + 4, "\"" + longer.substr(longer.find("CN=a"), pad + 4) + "\"");
      REQUIRE(longer.size() == size + 1);
      for (const bool is_at_end : {false, true}) {
        std::string text = header + row(2) + longer;
        if (is_at_end) text.pop_back();
        else text += row(3);
        for (const std::size_t block : {std::size_t{1'000}, longest_row, 4 * longest_row}) {
          const made::BlockReading reading = made::read_in_blocks(text, block, context);
          CAPTURE(block);
          CAPTURE(is_at_end);
          CHECK(reading.codes() == (size < longest_row ? "" : "3:0 long-row; "));
          CHECK(reading.end.rows == (is_at_end ? 2 : 3));
          CHECK(reading.end.lines == (is_at_end ? 3 : 4));
        }
      }
    }
  }
}

TEST_CASE("a usual row that is too long is too long wherever it stands") {
  std::string longer = row(1);
  longer.insert(longer.find(",CN=ca"), std::string(longest_row, 'a'));
  for (const int behind : {0, 1, 50}) {
    std::string text = header + row(2) + longer;
    for (int i = 0; i < behind; ++i) text += row(3 + i);
    for (const std::size_t block : {std::size_t{1'000}, longest_row, 4 * longest_row}) {
      const made::BlockReading reading = made::read_in_blocks(text, block, context);
      CAPTURE(behind);
      CAPTURE(block);
      CHECK(reading.codes() == "3:0 long-row; ");
      CHECK(reading.end.unreadable == 1);
    }
  }
}

TEST_CASE("what holds lists is no list, though columns are named in it") {
  using namespace std::string_view_literals;
  for (const std::string_view before : {"PK\x03\x04"sv, "PK\x03\x04\n"sv, "BZh"sv}) {
    const made::BlockReading reading = made::read_in_blocks(std::string(before) + header + row(1), longest_row, context);
    CHECK(reading.rows.empty());
    CHECK(reading.codes().starts_with(before.starts_with("PK") ? "1:0 workbook" : "1:0 other-packing"));
  }
}

TEST_CASE("bytes of any kind in the middle of a list leave every other row") {
  std::string rows;
  for (int i = 1; i <= 20; ++i) rows += row(i);
  for (const std::string& wrong :
       {std::string("\n"), std::string("\"\n"), std::string(200, '\0') + "\n", std::string(200, '"') + "\n",
        std::string(200, '"') + "a\n", std::string(200, ',') + "\n", std::string("\xFF\xFE\n"), std::string("\"a\nb\n"),
        std::string("\r\n"), std::string("\r\r\r\n"), std::string("\x1F\x8B\n")}) {
    for (const std::size_t block : {std::size_t{7}, std::size_t{1} << 19U}) {
      const made::BlockReading reading = made::read_in_blocks(header + rows + wrong + rows, block, context);
      CAPTURE(wrong);
      CHECK(reading.rows.size() == 40);
      CHECK(reading.rows.size() + reading.end.unreadable == reading.end.rows);
      CHECK(reading.end.unreadable == reading.faults.total());
    }
  }
}
