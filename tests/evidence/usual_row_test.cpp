#include "in_blocks.hpp"

#include <cita/evidence/list_time.hpp>
#include <cita/evidence/usual_row.hpp>

#include <doctest/doctest.h>

#include <array>
#include <cstdio>
#include <random>
#include <string>
#include <vector>

using namespace cita;
using namespace cita::evidence;

namespace {

constexpr std::array ways{ScanWay::scalar, ScanWay::sse2, ScanWay::avx2};
// So that what stands in front of it does not end too near the end of the text to tell.
const std::string behind(200, 'x');

using Fields = std::vector<std::string>;

std::string digits(std::mt19937& random, std::size_t size) {
  std::string text;
  for (std::size_t i = 0; i < size; ++i) text += "0123456789abcdefABCDEF"[random() % 22];
  return text;
}

Fields usual_fields(std::mt19937& random) {
  const std::string names(random() % 90, 'n');
  return {digits(random, 64),
          digits(random, 64),
          "\"CN=host, O=Example\"",
          "CN=Example CA",
          "2026-01-01T00:00:00Z",
          "2027-01-01T23:59:59Z",
          "1" + digits(random, 2 * (random() % 20) + 1),
          "\"" + names + "\"",
          "Yes",
          "2026-03-20T12:34:56Z",
          "superseded"};
}

std::string row_of(const Fields& fields, const std::string& end = "\n") {
  std::string row = fields.front();
  for (std::size_t i = 1; i < fields.size(); ++i) row += "," + fields[i];
  return row + end;
}

ListLayout layout_for(std::uint32_t fields) {
  ListLayout layout;
  layout.form = ListForm::csv;
  layout.fields = fields;
  for (std::uint32_t i = 0; i < column_count; ++i) layout.place[i] = i;
  return layout;
}

std::size_t size_of_usual(const std::string& row, ScanWay way, std::uint32_t fields = 11) {
  UsualRowReader reader(layout_for(fields), way);
  ListRow read;
  return reader.read(row + behind, read);
}

bool are_alike(const ListRow& a, const ListRow& b) {
  return a.line == b.line && a.hash_at == b.hash_at && a.digest == b.digest && a.has_precertificate == b.has_precertificate &&
         a.has_certificate == b.has_certificate && a.serial == b.serial && a.not_before == b.not_before &&
         a.not_after == b.not_after && a.revocation_date == b.revocation_date && a.claim == b.claim && a.reason == b.reason;
}

}  // namespace

TEST_CASE("which rows are usual") {
  std::mt19937 random(1);
  const Fields fields = usual_fields(random);
  const auto with = [&](std::size_t field, const std::string& text) {
    Fields changed = fields;
    changed[field] = text;
    return row_of(changed);
  };
  Fields quoted = fields;
  for (std::string& each : quoted)
    if (each.front() != '"') each = "\"" + each + "\"";
  for (const ScanWay way : ways) {
    if (!can_scan(way)) continue;
    for (const std::string& usual :
         {row_of(fields), row_of(fields, "\r\n"), row_of(quoted), row_of(quoted, "\r\n"), with(0, ""), with(0, "N/A"),
          with(1, ""), with(4, "1999-12-31T23:59:59Z"), with(7, ""), with(7, "\"\""), with(8, "N/A"), with(9, ""), with(9, "N/A"),
          with(10, ""), with(10, "\"a, b\""), with(2, "\xC3\xA9"), with(3, std::string(500, 'a'))})
      CHECK_MESSAGE(size_of_usual(usual, way) == usual.size(), usual);
    for (const std::string& other : {with(0, digits(random, 63)),
                                     with(1, digits(random, 65)),
                                     with(0, fields[1]),
                                     with(1, "n/a"),
                                     with(2, "=1"),
                                     with(2, "\"=1\""),
                                     with(2, "\"a\"\"b\""),
                                     with(2, "a\"b"),
                                     with(2, "\"a\nb\""),
                                     with(2, "\"a"),
                                     with(4, "2026-02-29T00:00:00Z"),
                                     with(4, "2026-01-01 00:00:00"),
                                     with(4, "2026-01-01"),
                                     with(5, "2026-01-01T00:00:00z"),
                                     with(2, ""),
                                     with(2, "\"\""),
                                     with(2, "\" \""),
                                     with(3, ""),
                                     with(3, " CN=a"),
                                     with(4, ""),
                                     with(5, "N/A"),
                                     with(6, ""),
                                     with(6, "\"\""),
                                     with(6, "N/A"),
                                     with(6, "123"),
                                     with(6, "0012"),
                                     with(6, std::string(38, '1')),
                                     with(6, std::string(40, '1')),
                                     with(6, digits(random, 42)),
                                     with(6, "12:34"),
                                     with(10, "a,b"),
                                     with(10, "a\"b")})
      CHECK_MESSAGE(size_of_usual(other, way) == 0, other);
    CHECK(size_of_usual(row_of(fields), way, 12) == 0);
    CHECK(size_of_usual(with(10, "superseded,\"of one's own\",more"), way, 13) > 0);
    CHECK(size_of_usual(with(10, "superseded,\"of one's own\",+more"), way, 13) == 0);
    UsualRowReader reader(layout_for(11), way);
    ListRow read;
    const std::string row = row_of(fields);
    CHECK(reader.read(row, read) == 0);  // too near the end
    CHECK(reader.read(row + behind, read) == row.size());
    CHECK(reader.is_plain());
    CHECK(reader.ends().back() == row.size() - 1);
    CHECK(row.substr(reader.ends()[7] + 1, reader.ends()[8] - reader.ends()[7] - 1) == "Yes");
    CHECK(reader.read(with(2, "\xC3\xA9") + behind, read) > 0);
    CHECK_FALSE(reader.is_plain());
    for (int byte = 0; byte < 256; ++byte) {
      if (byte == '\n' || byte == '"' || byte == ',') continue;
      const bool is_plain = byte >= ' ' && byte <= '~';
      for (const std::size_t field : {2U, 7U, 10U})
        for (const std::size_t before : {1U, 15U, 31U, 40U}) {
          REQUIRE(reader.read(with(field, std::string(before, 'a') + static_cast<char>(byte) + "z") + behind, read) > 0);
          CHECK_MESSAGE(reader.is_plain() == is_plain, byte);
        }
    }
    for (const std::string& last : {std::string("a"), std::string(40, 'a'), std::string("\"a\"")}) {
      Fields with_last = fields;
      with_last[10] = last;
      CHECK(reader.read(row_of(with_last, "\r\n") + "\x01" + behind, read) > 0);
      CHECK(reader.is_plain());
    }
  }
}

TEST_CASE("every day is read by all ways as by the one that looks at each character") {
  std::mt19937 random(2);
  Fields fields = usual_fields(random);
  for (date::sys_days day{date::year{1995} / 1 / 1}; day < date::sys_days{date::year{2105} / 1 / 1}; day += date::days{1}) {
    const date::year_month_day parts{day};
    char text[40];
    std::snprintf(text, sizeof text, "%04d-%02u-%02uT%02u:%02u:%02uZ", static_cast<int>(parts.year()),
                  static_cast<unsigned>(parts.month()), static_cast<unsigned>(parts.day()), static_cast<unsigned>(random() % 24),
                  static_cast<unsigned>(random() % 60), static_cast<unsigned>(random() % 60));
    fields[4] = text;
    const std::string row = row_of(fields);
    for (const ScanWay way : ways) {
      if (!can_scan(way)) continue;
      UsualRowReader reader(layout_for(11), way);
      ListRow read;
      REQUIRE(reader.read(row + behind, read) == row.size());
      REQUIRE(read.not_before == Bounds::exact(*template_instant(text)));
    }
  }
}

TEST_CASE("no time is read in one go that does not exist") {
  std::mt19937 random(4);
  Fields fields = usual_fields(random);
  const auto check = [&](const std::string& text) {
    CAPTURE(text);
    fields[4] = text;
    const auto instant = template_instant(text);
    for (const ScanWay way : ways) {
      if (!can_scan(way)) continue;
      UsualRowReader reader(layout_for(11), way);
      ListRow read;
      REQUIRE((reader.read(row_of(fields) + behind, read) > 0) == instant.has_value());
      if (instant) REQUIRE(read.not_before == Bounds::exact(*instant));
    }
  };
  for (const std::string usual :
       {"2026-03-20T12:34:56Z", "2000-02-29T00:00:00Z", "2099-12-31T23:59:59Z", "2023-01-01T19:09:09Z"}) {
    for (std::size_t at = 0; at < usual.size(); ++at) {
      std::string text = usual;
      for (int c = 0; c < 256; ++c) {
        text[at] = static_cast<char>(c);
        if (c != '"' && c != ',' && c != '\n') check(text);
      }
    }
    // Year of the century, month, day, hour, minute, second.
    for (const std::size_t at : {2U, 5U, 8U, 11U, 14U, 17U}) {
      for (int number = 0; number < 100; ++number) {
        std::string text = usual;
        text[at] = static_cast<char>('0' + number / 10);
        text[at + 1] = static_cast<char>('0' + number % 10);
        check(text);
      }
    }
  }
}

TEST_CASE("a row that is read in one go says what it says to who looks for separators first") {
  std::mt19937 random(3);
  const std::string_view strange =
      "\",\n\r=0N/A -:TZ9\xC3\xA9"
      "a";
  const std::array<std::string, 7> empty{"", "N/A", "n/a", "\"\"", " ", "\" \"", "\"\"\"\""};
  for (int round = 0; round < 400; ++round) {
    std::string text = made::header;
    for (int i = 0; i < 40; ++i) {
      Fields fields = usual_fields(random);
      if (random() % 3 == 0) fields[random() % fields.size()] = empty[random() % empty.size()];
      std::string row = row_of(fields, random() % 4 == 0 ? "\r\n" : "\n");
      for (std::size_t changes = random() % 3; changes > 0; --changes)
        row[random() % row.size()] = strange[random() % strange.size()];
      text += row;
    }
    const ListContext context{"UTC", *instant_of(2026, 5, 1, 0, 0, 0)};
    // Of blocks of one byte no row is read in one go, for none has so much behind it.
    const made::BlockReading expected = made::read_in_blocks(text, 1, context, ScanWay::scalar);
    for (const ScanWay way : ways) {
      if (!can_scan(way)) continue;
      const made::BlockReading reading = made::read_in_blocks(text, text.size(), context, way);
      REQUIRE(reading.rows.size() == expected.rows.size());
      for (std::size_t i = 0; i < reading.rows.size(); ++i) REQUIRE(are_alike(reading.rows[i], expected.rows[i]));
      REQUIRE(reading.codes() == expected.codes());
      REQUIRE(reading.end.rows == expected.end.rows);
      REQUIRE(reading.end.unreadable == expected.end.unreadable);
      REQUIRE(reading.end.lines == expected.end.lines);
    }
  }
}
