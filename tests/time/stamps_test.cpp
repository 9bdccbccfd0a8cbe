// Tables of stamps as people wrote them: every row states what it must mean.
#include <cita/time/format.hpp>
#include <cita/time/notation.hpp>
#include <cita/time/reading.hpp>

#include <doctest/doctest.h>

#include <fstream>
#include <set>
#include <sstream>

using namespace cita;

namespace {

using Row = std::vector<std::string>;

std::vector<Row> table(const std::string& name, std::size_t columns) {
  std::ifstream file(CITA_SOURCE_DIR "/tests/data/" + name);
  std::vector<Row> rows;
  for (std::string line; std::getline(file, line);) {
    if (line.starts_with('#')) continue;
    Row row;
    std::istringstream cells(line);
    for (std::string cell; std::getline(cells, cell, '\t');) row.push_back(cell);
    row.resize(columns);
    rows.push_back(row);
  }
  return rows;
}

date::local_days day(const std::string& iso) {
  return date::local_days{date::year{std::stoi(iso.substr(0, 4))} / std::stoi(iso.substr(5, 2)) / std::stoi(iso.substr(8, 2))};
}

StampContext context(const std::string& year, const std::string& zone, const std::string& date) {
  StampContext result;
  if (!year.empty()) result.year = std::stoi(year);
  if (!date.empty()) result.date = day(date);
  result.zone = zone;
  return result;
}

std::string bounds(const Moment& moment) {
  return (moment.is_open_before() ? "open" : rfc3339(moment.earliest())) + ' ' +
         (moment.is_open_after() ? "open" : rfc3339(moment.latest()));
}

std::string meaning(const StampResult& result) { return result ? bounds(result.stamp->moment) : result.error.code; }

std::string complaints(const StampResult& result) {
  std::set<std::string> codes;
  if (result)
    for (const Complaint& complaint : result.stamp->complaints) codes.insert(complaint.code);
  std::string text;
  for (const std::string& code : codes) text += (text.empty() ? "" : ",") + code;
  return text;
}

}  // namespace

TEST_CASE("every time that the studied incidents state") {
  const auto rows = table("stamps.tsv", 7);
  REQUIRE(rows.size() > 200);
  for (const Row& row : rows) {
    CAPTURE(row[0]);
    CAPTURE(row[1]);
    const StampContext where = context(row[2], row[3], row[4]);
    const StampResult result = read_stamp(row[1], where);
    CHECK(meaning(result) == row[5]);
    if (result) CHECK(result.stamp->text == row[1]);
    if (!result) CHECK_FALSE(result.error.help.empty());
  }
}

TEST_CASE("ways of writing a time") {
  const auto rows = table("formats.tsv", 7);
  REQUIRE(rows.size() > 100);
  for (const Row& row : rows) {
    CAPTURE(row[0]);
    const StampContext where = context(row[1], row[2], row[3]);
    const StampResult result = read_stamp(row[0], where);
    CHECK(meaning(result) == row[4]);
    CHECK(complaints(result) == row[5]);
    const std::size_t alternatives = result ? result.stamp->alternatives.size() : 0;
    CHECK(alternatives == (row[6].empty() ? 0U : static_cast<std::size_t>(std::stoi(row[6]))));
    if (result) CHECK(result.stamp->label.empty() == result.stamp->alternatives.empty());
  }
}

TEST_CASE("what the notation reads, the reader of people's stamps reads alike") {
  for (const Row& row : table("formats.tsv", 7)) {
    if (!looks_like_notation(row[0])) continue;
    CAPTURE(row[0]);
    const StampContext where = context(row[1], row[2], row[3]);
    CHECK(meaning(read_notation(row[0], where)) == row[4]);
  }
}

TEST_CASE("a contradiction between weekday and date is read both ways") {
  const StampResult result = read_stamp("Wed 27-Feb 19:15", context("2020", "UTC", ""));
  REQUIRE(result);
  CHECK(show(result.stamp->moment) == "2020-02-27 19:15 UTC");
  CHECK(result.stamp->label == "the date is right (Thu 27 Feb 2020)");
  REQUIRE(result.stamp->complaints.size() == 1);
  CHECK(result.stamp->complaints[0].text == "27 Feb 2020 was a Thursday, not a Wednesday");
  REQUIRE(result.stamp->alternatives.size() == 1);
  CHECK(result.stamp->alternatives[0].label == "the weekday is right (Wed 26 Feb 2020)");
  CHECK(show(result.stamp->alternatives[0].moment) == "2020-02-26 19:15 UTC");
}

TEST_CASE("24:00 is read as the end and as the beginning of its day") {
  const StampResult result = read_stamp("5 March 2024 24:00 UTC", {});
  REQUIRE(result);
  CHECK(show(result.stamp->moment) == "2024-03-06 00:00 UTC");
  CHECK(result.stamp->label == "24:00 ends the day");
  REQUIRE(result.stamp->complaints.size() == 1);
  CHECK(result.stamp->complaints[0].text == "24:00 could be taken for either day");
  REQUIRE(result.stamp->alternatives.size() == 1);
  CHECK(result.stamp->alternatives[0].label == "24:00 begins the day");
  CHECK(show(result.stamp->alternatives[0].moment) == "2024-03-05 00:00 UTC");
  // The weekday is that of the day it ends, and contradicts nothing.
  const StampResult tuesday = read_stamp("Tue 5 March 2024 24:00 UTC", {});
  REQUIRE(tuesday);
  CHECK(tuesday.stamp->label == "24:00 ends the day");
}

TEST_CASE("an order in doubt is refused with both readings") {
  const StampResult result = read_stamp("3/6/2019", context("", "UTC", ""));
  REQUIRE_FALSE(result);
  CHECK(result.error.message.find("2019-03-06") != std::string::npos);
  CHECK(result.error.message.find("2019-06-03") != std::string::npos);
}

TEST_CASE("what was supposed is said") {
  const auto kinds = [](std::string_view text, const StampContext& where) {
    std::set<AssumptionKind> result;
    const StampResult read = read_stamp(text, where);
    REQUIRE(read);
    for (const Assumption& assumption : read.stamp->assumptions) result.insert(assumption.kind);
    return result;
  };
  CHECK(kinds("26 Feb 10:00 UTC", context("2020", "", "")) == std::set{AssumptionKind::year});
  CHECK(kinds("26 Feb 2020 10:00", context("", "UTC", "")) == std::set{AssumptionKind::zone});
  CHECK(kinds("26 Feb 2020 10:00", context("", "", "")) == std::set{AssumptionKind::unknown_zone});
  CHECK(kinds("10:00Z", context("", "", "2020-02-26")) == std::set{AssumptionKind::date});
  CHECK(kinds("26 Feb 2020 10:00 PST", context("", "", "")) == std::set{AssumptionKind::abbreviation});
  CHECK(kinds("26 Feb 2020 10:00 UTC", context("", "", "")).empty());
}

TEST_CASE("two stamps of one unknown clock keep their distance") {
  const StampResult from = read_stamp("2020-02-26 10:00:00", context("", "", ""));
  const StampResult to = read_stamp("26 Feb 2020 11:30:00", context("", "", ""));
  REQUIRE(from);
  REQUIRE(to);
  CHECK(elapsed(from.stamp->moment, to.stamp->moment) == Elapsed{Seconds{5'400}, Seconds{5'400}});
}

TEST_CASE("errors point at the part that is wrong") {
  const std::string text = "2020-03-05 10:00 xyzzy";
  const StampResult result = read_stamp(text, {});
  REQUIRE_FALSE(result);
  CHECK(text.substr(result.error.begin, result.error.end - result.error.begin) == "xyzzy");
}

TEST_CASE("hostile texts are refused and nothing else happens") {
  std::vector<std::string> texts{"",
                                 " ",
                                 std::string(257, '1'),
                                 std::string(100'000, '('),
                                 std::string(256, '('),
                                 std::string(256, '-'),
                                 std::string(256, ':'),
                                 std::string("\0\0\0", 3),
                                 "\xff\xfe",
                                 "\xC3",
                                 "\x1b[31m2020",
                                 "2147483648-01-01",
                                 "99999999999-99-99",
                                 "1/1/1/1/1/1",
                                 "..........",
                                 "-1",
                                 "+",
                                 "utc+99999999999999",
                                 "2020-02-26 10:00 +99:99",
                                 "\xE2\x80\xAE"
                                 "2020",
                                 "10:00:00:00:00"};
  for (int byte = 0; byte < 256; ++byte) texts.push_back(std::string(3, static_cast<char>(byte)));
  for (const std::string& text : texts) {
    CAPTURE(text);
    const StampResult result = read_stamp(text, context("2020", "UTC", "2020-02-26"));
    if (!result) {
      CHECK_FALSE(result.error.code.empty());
      CHECK(result.error.end <= std::max<std::size_t>(text.size(), 1));
    }
  }
}

// Pieces of real stamps put together at random (always the same ones): whatever comes out has its bounds in order.
TEST_CASE("any mixture of pieces is read or refused") {
  const std::vector<std::string> pieces{"2020", "-",   "02",        "/",        "26 ",  "Feb ",     "Wed ",    "10:00", " UTC",
                                        " PST", "..",  "T",         "Z",        "to ",  "by ",      "before ", "~",     "(",
                                        ")",    " / ", "pm ",       ".",        ",",    "end of ",  "99999",   "+",     "年",
                                        "月",   "–",   "this year", "evening ", "and ", "between ", "0",       "24:00", "31"};
  std::uint32_t state = 1;
  const auto next = [&state](std::size_t count) {
    state = state * 1'664'525U + 1'013'904'223U;
    return static_cast<std::size_t>(state >> 8U) % count;
  };
  std::size_t read = 0;
  for (int i = 0; i < 20'000; ++i) {
    std::string text;
    for (std::size_t length = 1 + next(9); length > 0; --length) text += pieces[next(pieces.size())];
    CAPTURE(text);
    const StampResult result = read_stamp(text, context("2020", "Europe/Berlin", "2020-02-26"));
    if (!result) {
      REQUIRE_FALSE(result.error.code.empty());
      REQUIRE(result.error.begin <= result.error.end);
      continue;
    }
    ++read;
    REQUIRE(result.stamp->moment.earliest() <= result.stamp->moment.latest());
    for (const Alternative& alternative : result.stamp->alternatives)
      REQUIRE(alternative.moment.earliest() <= alternative.moment.latest());
  }
  CHECK(read > 100);
}
