#include "in_blocks.hpp"

#include <cita/time/format.hpp>

#include <doctest/doctest.h>

#include <random>
#include <string>
#include <vector>

using namespace cita;
using namespace cita::evidence;

namespace {

using made::header;
const std::string a_hash(64, 'a'), b_hash(64, 'B');
const Instant as_of = *instant_of(2026, 5, 1, 0, 0, 0);

std::string row(const std::string& from_serial = "0A1B,a.example,Yes,2026-03-22T10:00:00Z,keyCompromise",
                const std::string& hash = a_hash) {
  return "N/A," + hash + ",CN=a,CN=ca,2026-01-01T00:00:00Z,2026-06-01T00:00:00Z," + from_serial + "\n";
}

using Reading = made::BlockReading;

Reading read(const std::string& text, std::size_t block = std::size_t{1} << 19U, const std::string& zone = {}) {
  return made::read_in_blocks(text, block, {zone, as_of});
}

}  // namespace

TEST_CASE("a row of the template") {
  const Reading reading = read(header + row());
  CHECK(reading.codes().empty());
  REQUIRE(reading.rows.size() == 1);
  const ListRow& only = reading.rows.front();
  CHECK(only.line == 2);
  CHECK(hex(*only.digest) == a_hash);
  CHECK(only.hash_at == header.size() + 4);
  CHECK((only.has_certificate && !only.has_precertificate));
  CHECK(only.serial->bytes() == "\x0A\x1B");
  CHECK(only.not_before == Bounds::exact(*instant_of(2026, 1, 1, 0, 0, 0)));
  CHECK(only.not_after == Bounds::exact(*instant_of(2026, 6, 1, 0, 0, 0)));
  CHECK(only.claim == Claim::revoked);
  CHECK(only.revocation_date == Bounds::exact(*instant_of(2026, 3, 22, 10, 0, 0)));
  CHECK(only.reason == CrlReason::key_compromise);
}

TEST_CASE("byte order mark, CRLF, quotes, empty lines, no line end at the end") {
  std::string text = "\xEF\xBB\xBF" + header + "\n" + row("00a1b,\"a.example, \"\"b\"\".example\",N/A,N/A,N/A");
  text.pop_back();
  std::string crlf;
  for (const char c : text) crlf += c == '\n' ? "\r\n" : std::string(1, c);
  for (const std::string& each : {text, crlf}) {
    const Reading reading = read(each);
    CHECK(reading.codes() == "3:9 not-expired; ");
    REQUIRE(reading.rows.size() == 1);
    CHECK(reading.rows[0].line == 3);
    CHECK(reading.rows[0].serial->bytes() == "\x0A\x1B");
    CHECK_FALSE(reading.rows[0].revocation_date.has_value());
  }
}

TEST_CASE("columns of one's own, moved, missing, repeated ones") {
  std::string own = header;
  own.insert(own.size() - 1, ",Owner");
  CHECK(read(own + row("01,a,Yes,2026-03-22,1,me")).codes().empty());

  const std::string swapped = "Certificate SHA-256 hash,Precertificate SHA-256 hash" + header.substr(header.find(",Subject"));
  const Reading moved = read(swapped + a_hash + ",," + row().substr(row().find("CN=a,")));
  CHECK(moved.codes() == "1:1 moved-column; ");
  REQUIRE(moved.rows.size() == 1);
  CHECK(hex(*moved.rows[0].digest) == a_hash);
  ListFaults faults;
  CHECK(layout_of(swapped, faults, AskedForm::columns).place[0] == 1);
  CHECK(layout_of("Owner," + header, faults, AskedForm::columns).place[0] == 1);
  CHECK(faults.total() == 0);

  CHECK(read("Owner," + header + "me," + row()).codes() == "1:1 extra-column; ");
  const Reading few = read("Is revoked?,Certificate sha-256 hash,Is revoked?\nYes," + a_hash + ",No\n");
  CHECK(few.faults.count(ListProblem::column_name) == 1);
  CHECK(few.faults.count(ListProblem::repeated_column) == 1);
  CHECK(few.faults.count(ListProblem::missing_column) == 9);
  CHECK(few.rows.at(0).claim == Claim::revoked);
  const Reading headless = read(row());
  CHECK(headless.codes() == "1:0 no-header; ");
  CHECK(headless.rows.at(0).line == 1);
}

TEST_CASE("the row of names ends where its last field does") {
  std::string own = header;
  own.insert(own.size() - 1, ",\"Ticket\n(ours)\"");
  const std::string rows = row("01,a,Yes,2026-03-22,1,\"x\ny\"") + row("02,a,Yes,2026-03-22,1,z");
  const Reading reading = read("\n\n" + own + rows);
  CHECK(reading.codes().empty());
  REQUIRE(reading.rows.size() == 2);
  CHECK(reading.layout.names.back() == "Ticket\n(ours)");
  CHECK(reading.rows[0].line == 5);
  CHECK(reading.rows[1].line == 7);
  // The faults of its columns stand in its first line.
  CHECK(read("\"Ticket\n(ours)\"," + header + "x," + row()).codes() == "1:1 extra-column; ");
  // A quote that is never closed takes nothing but its own line.
  std::string open = header;
  open.insert(open.size() - 1, ",\"Ticket");
  CHECK(read(open + row("01,a,Yes,2026-03-22,1,z")).rows.size() == 1);
  // Nor does one that ends in the middle of a field.
  CHECK(read(open + row("01,a,Yes,2026-03-22,1,z\"z")).rows.empty());
}

TEST_CASE("a list begins within as much as a row may have") {
  for (const std::size_t blank : {std::size_t{0}, std::size_t{1} << 16U, longest_row - header.size() - 1})
    CHECK(read(std::string(blank, '\n') + header + row()).rows.size() == 1);
  CHECK(read(std::string(longest_row - header.size() + 1, '\n') + header + row()).codes() ==
        std::to_string(longest_row - header.size() + 2) + ":0 unknown-form; ");
  std::string own = header;
  own.insert(own.size() - 1, "," + std::string(longest_row - header.size() - 2, 'x'));
  REQUIRE(own.size() == longest_row - 1);
  CHECK(read(own + row("01,a,Yes,2026-03-22,1,z")).rows.size() == 1);
  own.insert(own.size() - 1, "xx");
  CHECK(read(own + row("01,a,Yes,2026-03-22,1,z")).codes() == "1:0 unknown-form; ");
}

TEST_CASE("without a template that asks for columns only what cannot be read is wrong") {
  const auto codes = [](const std::string& text, AskedForm asked) {
    Reading reading;
    reading.layout = layout_of(text, reading.faults, asked);
    BlockReader reader(reading.layout, {{}, as_of, asked});
    reader.read(
        std::string_view(text).substr(reading.layout.start), 0, text.size(), true, [](const ListRow&) {}, reading.faults,
        reading.layout.lines_before);
    return reading.codes();
  };
  const std::string few = "Owner,certificate SHA-256 hash,Is revoked?,Revocation date\n";
  const std::string colons = "0x" + a_hash;
  for (const std::string& fine : {few + "x," + a_hash + ",No,\n", few + "x," + colons + ",,\n", few + "x," + a_hash + ",Yes,\n",
                                  few + "x," + a_hash + ",delayed,N/A\n", colons + "\n",
                                  header + "," + a_hash + ",,,2026-01-01,2027-01-01,0x01,,N/A,,\n"}) {
    CHECK(codes(fine, AskedForm::none).empty());
    CHECK_FALSE(codes(fine, AskedForm::columns).empty());
  }
  CHECK(codes(few + "x," + a_hash + ",perhaps,\n", AskedForm::none) == "2:3 bad-word; ");
  CHECK(codes(few + "x," + a_hash.substr(1) + ",Yes,soon\n", AskedForm::none) == "2:2 bad-hash; 2:4 bad-date; ");
  CHECK(codes(few + "x," + a_hash + ",Yes\n", AskedForm::none) == "2:0 field-count; ");
  CHECK(codes(few + "x," + a_hash + ",Yes,2026-06-01\n", AskedForm::none) == "2:4 revoked-later; ");
}

TEST_CASE("a file that is no list is told what it is") {
  using namespace std::string_literals;
  const auto code = [](const std::string& text) {
    const Reading reading = read(text);
    CHECK(reading.rows.empty());
    CHECK(reading.faults.unread());
    return reading.codes();
  };
  const auto with = [](std::string text, char from, const std::string& to) {
    std::string changed;
    for (const char c : text) changed += c == from ? to : std::string(1, c);
    return changed;
  };
  const std::string list = header + row();
  CHECK(code("Dear all, here is the list.\n") == "1:0 unknown-form; ");
  CHECK(code(with(list, ',', ";")) == "1:0 other-separator; ");
  CHECK(code(with(list, ',', "\t")) == "1:0 other-separator; ");
  CHECK(code(with(list, '\n', "\r")) == "1:0 other-line-ends; ");
  CHECK(code("https://crt.sh/?sha256=" + a_hash + "\rhttps://crt.sh/?sha256=" + b_hash + "\r") == "1:0 other-line-ends; ");
  std::string wide = "\xFF\xFE";
  for (const char c : list) wide += c + "\0"s;
  CHECK(code(wide) == "1:0 other-encoding; ");
  CHECK(code(wide.substr(2)) == "1:0 other-encoding; ");
  // What is no text has bytes that look like the ends of lines.
  CHECK(code(with(wide, '\n', "\r\0\n"s)) == "1:0 other-encoding; ");
  CHECK(code(with(wide.substr(2), '\n', "\r\0\n"s)) == "1:0 other-encoding; ");
  CHECK(code("PK\x03\x04\x14\r\x08\n") == "1:0 workbook; ");
  CHECK(code("BZh91AY&SY\r\x08\n") == "1:0 other-packing; ");
  CHECK(code(std::string(100, '\0')) == "1:0 unknown-form; ");
  CHECK(code("PK\x03\x04\x14") == "1:0 workbook; ");
  CHECK(code("\3757zXZ\0\0"s) == "1:0 other-packing; ");
  CHECK_FALSE(read(list).faults.unread());
}

TEST_CASE("links and fingerprints") {
  std::string colons;
  for (int i = 0; i < 32; ++i) colons += i == 0 ? "AB" : ":AB";
  const Reading reading = read("https://crt.sh/?sha256=" + a_hash + "\r\n" + b_hash + "\nhttps://crt.sh/?q=" + a_hash +
                               "&opt=x\n" + colons + "\nhello\n" + b_hash);
  CHECK(reading.codes() == "4:0 hash-form; 5:0 bad-link; ");
  REQUIRE(reading.rows.size() == 5);
  CHECK(hex(*reading.rows[2].digest) == a_hash);
  CHECK(reading.rows[0].hash_at == 0);
  CHECK(reading.rows[1].hash_at == 89);
  CHECK(reading.rows[4].line == 6);
  CHECK(reading.end.unreadable == 1);
}

TEST_CASE("what names a certificate in a line, and what only looks like it") {
  const auto one = [](const std::string& line) {
    const Reading reading = read(b_hash + "\n" + line + "\n" + b_hash);
    CHECK(reading.rows.size() + reading.end.unreadable == reading.end.rows);
    const bool is_read = reading.rows.size() == 3 && hex(*reading.rows[1].digest) == a_hash && reading.rows[1].hash_at == 65;
    CHECK((is_read || reading.rows.size() == 2));
    return (is_read ? "read " : "") + std::to_string(reading.end.unreadable) + " " + reading.codes();
  };
  const std::string link = "https://crt.sh/?sha256=" + a_hash, other = "https://crt.sh/?sha256=" + std::string(64, 'c');
  std::string colons;
  for (int i = 0; i < 32; ++i) colons += i == 0 ? "aa" : ":aa";
  for (const std::string& good :
       {a_hash, link, "http://crt.sh/?q=" + a_hash, "crt.sh/?sha256=" + a_hash, "HTTPS://www.crt.sh/?SHA256=" + a_hash,
        "  " + link + "\t\r", "https://crt.sh/?opt=x&sha256=" + a_hash + "&output=json#top",
        "https://crt.sh/?q=example.com&sha256=" + a_hash, link + "&spkisha256=" + b_hash, link + "#" + b_hash,
        link + "&sha256=" + a_hash, "https://crt.sh/?subjectsha256=" + b_hash + "&q=" + a_hash})
    CHECK(one(good) == "read 0 ");
  for (const std::string& read_all_the_same :
       {colons, "0x" + a_hash, "https://crt.sh/?sha256=" + colons + " x", link + " (revoked)", a_hash + ", a.example",
        colons + ";" + colons, a_hash + " https://crt.sh/?spkisha256=" + b_hash, link + "\t" + a_hash, link + " " + link,
        link + "#" + b_hash + " " + link})
    CHECK(one(read_all_the_same) == "read 0 2:0 hash-form; ");
  for (const std::string& two :
       {link + " " + other, link + "," + other, a_hash + " " + std::string(64, 'c'), link + "&sha256=" + std::string(64, 'c'),
        a_hash + ", " + link + " " + other, link + " " + other + " " + other})
    CHECK(one(two) == "read 1 2:0 several-hashes; ");
  CHECK(one(link + " " + other + " " + b_hash) == "read 2 2:0 several-hashes; ");
  for (const std::string& none :
       {"https://crt.sh/?spkisha256=" + a_hash, "https://crt.sh/?subjectsha256=" + a_hash,
        "https://evil.example/?sha256=" + a_hash, "https://crt.sh.evil.example/?sha256=" + a_hash,
        "https://evil.example/https://crt.sh/?sha256=" + a_hash, std::string("https://crt.sh/?id=1"),
        "https://crt.sh/?sha256=" + a_hash + "a", "https://crt.sh/?sha256=" + a_hash.substr(1), "https://crt.sh/" + a_hash,
        a_hash + "x", "https://crt.sh/#?sha256=" + a_hash, "https://crt.sh/?#sha256=" + a_hash, std::string("hello")})
    CHECK(one(none) == "1 2:0 bad-link; ");
  CHECK(one(a_hash + "x" + b_hash) == "2 2:0 bad-link; ");
  CHECK(one(a_hash + "x" + a_hash) == "1 2:0 bad-link; ");
  // The first line says what the list is.
  CHECK(read("https://crt.sh/?spkisha256=" + a_hash).codes() == "1:0 bad-link; ");
  CHECK(read(a_hash + "," + b_hash + "\n").codes() == "1:0 several-hashes; ");
  CHECK(read("https://evil.example/?sha256=" + a_hash).codes() == "1:0 unknown-form; ");
}

TEST_CASE("what is wrong with a field is named with row and column") {
  const auto codes = [](const std::string& rest, const std::string& hash = a_hash) {
    return read(header + row(rest, hash)).codes();
  };
  CHECK(codes("01,a,Yes,2026-03-22,1", a_hash.substr(1)) == "2:2 bad-hash; ");
  CHECK(codes("01,a,Planned,soon,1") == "2:10 bad-date; ");
  CHECK(codes("01,a,Yes,2026-03-22,1", "") == "2:2 no-hash; ");
  CHECK(codes("xyz,a,Yes,2026-03-22,1") == "2:7 bad-serial; ");
  CHECK(codes("0x01:02,a,Yes,2026-03-22,1") == "2:7 serial-form; ");
  CHECK(codes("00,a,Yes,2026-03-22,1") == "2:7 serial-zero; ");
  CHECK(codes("00" + std::string(40, 'f') + ",a,Yes,2026-03-22,1").empty());
  CHECK(codes("1" + std::string(40, 'f') + ",a,Yes,2026-03-22,1") == "2:7 serial-length; ");
  CHECK(codes("01,a,yes,2026-03-22,1") == "2:9 bad-word; ");
  CHECK(codes("01,a,Revoked,2026-03-22,1") == "2:9 bad-word; ");
  CHECK(codes("01,a,Yes,,1") == "2:10 revoked-without-date; ");
  CHECK(codes("01,a,Yes,2026-02-30,1") == "2:10 bad-date; ");
  CHECK(codes("01,a,Yes,2026-05-02,1") == "2:10 revoked-later; ");
  CHECK(codes("01,a,Planned,2026-04-02,1") == "2:10 plan-has-passed; ");
  CHECK(codes("01,a,Planned,2026-06-02,1").empty());
  CHECK(codes("01,a,Planned,N/A,1") == "2:10 plan-without-date; ");
  CHECK(codes("01,a,Planned,,1") == "2:10 plan-without-date; ");
  // The template's words for the date are an actual one, a planned one, or N/A.
  CHECK(codes("01,a,Delayed,N/A,1").empty());
  CHECK(codes("01,a,Delayed,,1").empty());
  CHECK(codes("01,a,Delayed,soon,1") == "2:10 bad-date; ");
  CHECK(codes("01,a,Delayed,2026-04-02,1") == "2:10 plan-has-passed; ");
  CHECK(codes("01,a,Delayed,2026-06-02,1").empty());
  CHECK(codes("01,a,Yes,2026-03-22,because") == "2:11 bad-reason; ");
  CHECK(codes("01,a,Yes,2026-03-22,7") == "2:11 bad-reason; ");
  CHECK(codes("01,=1+1,Yes,2026-03-22,1") == "2:8 formula; ");
  CHECK(codes("01,\"@x\",Yes,2026-03-22,1") == "2:8 formula; ");
  CHECK(codes("01,a\"\"b,Yes,2026-03-22,1") == "2:8 bad-quotes; ");
  CHECK(codes("01,\xFF,Yes,2026-03-22,1") == "2:8 not-utf-8; ");
  CHECK(codes("01,\xFF,Yes,2026-03-22,\xFE") == "2:11 bad-reason; 2:8 not-utf-8; ");
  CHECK(codes("-5A,a,Yes,2026-03-22,1") == "2:7 bad-serial; 2:7 formula; ");
  CHECK(codes("5-A,a,Yes,2026-03-22,1") == "2:7 serial-form; ");
  CHECK(codes(std::string(36, '1') + ",a,Yes,2026-03-22,1").empty());
  CHECK(codes(std::string(36, '1') + "aa,a,Yes,2026-03-22,1").empty());
  for (const std::size_t digits : {37U, 38U, 40U, 48U})
    CHECK(codes(std::string(digits, '1') + ",a,Yes,2026-03-22,1") == "2:7 decimal-serial; ");
  CHECK(codes("0x" + std::string(38, '1') + ",a,Yes,2026-03-22,1") == "2:7 serial-form; ");
  CHECK(codes("01,a,Yes,2026-03-22") == "2:0 field-count; ");
}

TEST_CASE("what nobody sees is a fault, in usual rows and in others, and hides no other fault") {
  using namespace std::string_literals;
  const auto codes = [](const std::string& names, const std::string& behind = {}) {
    return read(header + row("0A1B," + names + ",Yes,2026-03-22T10:00:00Z,keyCompromise") + row(), std::size_t{1} << 19U)
               .codes() +
           read("Owner," + header + "me," + row("0A1B," + names + ",Yes,2026-03-22,1") + "me," + row()).codes() + behind;
  };
  const std::string moved = "1:1 extra-column; ";
  for (const std::string& hidden : {"\0"s, "\x01"s, "\x08"s, "\x0B"s, "\x0E"s, "\x1B"s, "\x1F"s, "\x7F"s, "\xE2\x80\xAE"s,
                                    "\xE2\x81\xA6"s, "\xE2\x80\x8B"s, "\xC2\x85"s}) {
    CAPTURE(hidden);
    CHECK(codes("a" + hidden + "b.example") == "2:8 hidden-character; " + moved + "2:9 hidden-character; ");
    CHECK(codes("\"" + std::string(70, 'a') + hidden + "\"") == "2:8 hidden-character; " + moved + "2:9 hidden-character; ");
  }
  for (const std::string seen : {"a b", "a\tb", "~", "M\xC3\xBCller", "\xE2\x82\xAC"}) CHECK(codes(seen) == moved);
  // One of a field, and beside it what is no UTF-8.
  CHECK(codes("\x01\x02\xFF") == "2:8 not-utf-8; 2:8 hidden-character; " + moved + "2:9 not-utf-8; 2:9 hidden-character; ");
  std::string names = header;
  names.insert(names.size() - 1, ",Ow\xE2\x80\xAEner");
  CHECK(read(names + row("01,a,Yes,2026-03-22,1,me")).codes() == "1:12 hidden-character; ");
  CHECK(read(header + row("01,a,Yes,2026-03-22,1\r")).codes().empty());
}

TEST_CASE("a fault shows what is written, and a row of another length both numbers") {
  const auto value = [](const std::string& text) { return read(text).faults.kept().at(0).value; };
  CHECK(value(header + row("00,a,Yes,2026-03-22,1")) == "00");
  CHECK(value(header + row("001" + std::string(40, 'F') + ",a,Yes,2026-03-22,1")) == "001" + std::string(40, 'F'));
  CHECK(value(header + row("01,\xFF,Yes,2026-03-22,1")) == "\xFF");
  CHECK(value(header + "a,b\n") == "2 fields, not 11: a,b");
  const std::string names = header.substr(0, header.size() - 1) + ",=evil()\n";
  CHECK(value(names) == "=evil()");
  CHECK(read(names).codes() == "1:12 formula; ");
}

TEST_CASE("what every certificate has is not left empty") {
  const auto faults_of = [](const std::string& subject, const std::string& issuer, const std::string& from,
                            const std::string& until, const std::string& serial) {
    return read(header + "N/A," + a_hash + "," + subject + "," + issuer + "," + from + "," + until + "," + serial +
                ",,N/A,N/A,N/A\n")
        .codes();
  };
  const std::string day = "2026-01-01";
  CHECK(faults_of("CN=a", "CN=ca", day, day, "01").empty());
  CHECK(faults_of("N/A", "n/a", day, day, "01").empty());
  CHECK(faults_of("", "\" \"", day, day, "01") == "2:3 empty-field; 2:4 empty-field; ");
  CHECK(faults_of("a", "a", "", "N/A", "01") == "2:5 empty-field; 2:6 empty-field; ");
  CHECK(faults_of("a", "a", day, day, "") == "2:7 empty-field; ");
  CHECK(faults_of("a", "a", day, day, "n/a") == "2:7 empty-field; ");
  CHECK(faults_of("a", "a", "tomorrow", day, "xyz") == "2:5 bad-date; 2:7 bad-serial; ");
}

TEST_CASE("dates without a zone are of any zone, dates of certificates of UTC") {
  const std::string text =
      header + "N/A," + a_hash + ",s,i,2026-01-01 00:00:00,1 Jun 2026 00:00:00 GMT,01,a,Yes,2026-03-22 10:00:00,\n";
  const Reading any = read(text);
  CHECK(any.codes().empty());
  CHECK(any.rows.at(0).not_before == Bounds::exact(*instant_of(2026, 1, 1, 0, 0, 0)));
  CHECK(any.rows[0].not_after == Bounds::exact(*instant_of(2026, 6, 1, 0, 0, 0)));
  CHECK(any.rows[0].revocation_date == Bounds{*instant_of(2026, 3, 21, 20, 0, 0), *instant_of(2026, 3, 22, 22, 0, 0)});
  CHECK(read(text, 1 << 19, "UTC").rows.at(0).revocation_date == Bounds::exact(*instant_of(2026, 3, 22, 10, 0, 0)));
}

TEST_CASE("a broken row hides none of those that follow") {
  const std::string broken = "N/A," + a_hash + ",\"open,CN=ca,2026-01-01,2026-06-01,01,a,Yes,2026-03-22,1\n";
  const Reading reading = read(header + row() + broken + row() + broken + row() + row());
  CHECK(reading.codes() == "3:0 open-quote; 5:0 open-quote; ");
  CHECK(reading.rows.size() == 4);
  CHECK(reading.end.unreadable == 2);
  CHECK(reading.end.lines == 7);

  const Reading at_end = read(header + row() + broken);
  CHECK(at_end.codes() == "3:0 open-quote; ");
  const Reading joined =
      read(header + "N/A," + a_hash + ",\"CN=a\nO=b\",CN=ca,2026-01-01,2026-06-01,01,a,Yes,2026-03-22,1\n" + row());
  CHECK(joined.codes().empty());
  REQUIRE(joined.rows.size() == 2);
  CHECK(joined.rows[1].line == 4);
}

TEST_CASE("a row that is too long is skipped in bounded memory") {
  const std::string text = header + row() + std::string(3 * longest_row, 'x') + "\n" + row();
  const Reading reading = read(text, 1 << 16);
  CHECK(reading.codes() == "3:0 long-row; ");
  REQUIRE(reading.rows.size() == 2);
  CHECK(reading.rows[1].line == 4);
}

TEST_CASE("the size of blocks changes nothing") {
  std::mt19937 random(3);
  std::string text = header;
  for (int i = 0; i < 300; ++i) {
    std::string hash = a_hash;
    hash[static_cast<std::size_t>(i) % 64] = 'c';
    std::string line = row("0" + std::to_string(random() % 10) + ",\"a,b\",Yes,2026-03-22,1", hash);
    if (random() % 10 == 0) line[random() % line.size()] = "\"\n,\r=x"[random() % 6];
    text += line;
  }
  const Reading whole = read(text);
  for (const std::size_t block :
       {std::size_t{1}, std::size_t{63}, std::size_t{64}, std::size_t{100}, std::size_t{1000}, std::size_t{4096}}) {
    const Reading pieces = read(text, block);
    CHECK(pieces.codes() == whole.codes());
    CHECK(pieces.end.lines == whole.end.lines);
    CHECK(pieces.end.unreadable == whole.end.unreadable);
    REQUIRE(pieces.rows.size() == whole.rows.size());
    for (std::size_t i = 0; i < whole.rows.size(); ++i) {
      CHECK(pieces.rows[i].line == whole.rows[i].line);
      CHECK(pieces.rows[i].hash_at == whole.rows[i].hash_at);
    }
  }
}

TEST_CASE("tools write several hashes into one field, and the first is read") {
  const auto one = [](const std::string& field) {
    const Reading reading = read(header + row("0A,a,Yes,2026-03-22T10:00:00Z,1", "\"" + field + "\""));
    REQUIRE(reading.rows.size() == 1);
    CHECK(reading.end.rows == 1 + reading.end.unreadable);
    CHECK((!reading.rows[0].digest || hex(*reading.rows[0].digest) == a_hash));
    return (reading.rows[0].digest ? "read " : "") + std::to_string(reading.end.unreadable) + " " + reading.codes();
  };
  for (const char* between : {",", " ", ";", " / ", "\n", "|", ", 0x", " and https://crt.sh/?sha256="})
    CHECK(one(a_hash + between + b_hash) == "read 1 2:2 several-hashes; ");
  CHECK(one(a_hash + " " + b_hash + " " + std::string(64, 'c')) == "read 2 2:2 several-hashes; ");
  CHECK(one(a_hash + " " + b_hash + " " + b_hash) == "read 1 2:2 several-hashes; ");
  CHECK(one(a_hash + " " + a_hash) == "read 0 2:2 hash-form; ");
  CHECK(one(a_hash + " (with its precertificate)") == "read 0 2:2 hash-form; ");
  CHECK(one("https://crt.sh/?sha256=" + a_hash) == "read 0 2:2 hash-form; ");
  CHECK(one("https://crt.sh/?spkisha256=" + a_hash) == "0 2:2 bad-hash; ");
  CHECK(one(a_hash + "x" + b_hash) == "1 2:2 bad-hash; ");
  // Several precertificates are of one certificate.
  const Reading reading = read(header + "\"" + b_hash + " " + a_hash + "\"" + row("0B,a,Yes,2026-03-22T10:00:00Z,1").substr(3));
  CHECK(reading.codes() == "2:1 several-precertificates; ");
  CHECK(reading.end.unreadable == 0);
  CHECK(hex(*reading.rows.at(0).digest) == a_hash);
}

TEST_CASE("all ways to read a digest read the same") {
  std::mt19937 random(11);
  for (int round = 0; round < 20'000; ++round) {
    std::string text;
    for (int i = 0; i < 64; ++i) text += "0123456789abcdefABCDEF"[random() % 22];
    if (round % 2 == 0) text[random() % 64] = static_cast<char>(random());
    bool good = true;
    Digest expected{};
    for (std::size_t i = 0; i < 64; ++i) {
      good = good && hex_value(text[i]) >= 0;
      if (good) expected[i / 2] = static_cast<std::uint8_t>(expected[i / 2] * 16 + hex_value(text[i]));
    }
    for (const ScanWay way : {ScanWay::scalar, ScanWay::sse2, ScanWay::avx2}) {
      if (!can_scan(way)) continue;
      Digest digest{};
      CHECK(read_digest(text, digest, way) == good);
      if (good) CHECK(digest == expected);
    }
  }
}

TEST_CASE("times of the template's form, on every day and with every wrong character") {
  Instant expected = *instant_of(1600, 1, 1, 12, 34, 56);
  for (date::sys_days day{date::year{1600} / 1 / 1}; day < date::sys_days{date::year{2500} / 1 / 1}; day += date::days{1}) {
    const date::year_month_day parts{day};
    char text[40];
    std::snprintf(text, sizeof text, "%04d-%02u-%02uT12:34:56Z", static_cast<int>(parts.year()),
                  static_cast<unsigned>(parts.month()), static_cast<unsigned>(parts.day()));
    CHECK(template_instant(text) == Instant{day} + std::chrono::hours{12} + std::chrono::minutes{34} + Seconds{56});
    CHECK(template_instant(text) == expected);
    expected += std::chrono::hours{24};
  }
  const std::string good = "2026-03-20T12:34:56Z";
  for (std::size_t at = 0; at < good.size(); ++at)
    for (int c = 0; c < 256; ++c) {
      std::string text = good;
      text[at] = static_cast<char>(c);
      const bool digit = good[at] >= '0' && good[at] <= '9';
      const bool fits = digit ? c >= '0' && c <= '9' : text == good;
      if (!fits) CHECK_FALSE(template_instant(text).has_value());
    }
  for (const char* wrong :
       {"2026-02-29T00:00:00Z", "2100-02-29T00:00:00Z", "2026-04-31T00:00:00Z", "2026-00-10T00:00:00Z", "2026-13-10T00:00:00Z",
        "2026-01-00T00:00:00Z", "2026-01-01T24:00:00Z", "2026-01-01T00:60:00Z", "2026-01-01T00:00:60Z"})
    CHECK_FALSE(template_instant(wrong).has_value());
  CHECK(template_instant("2000-02-29T00:00:00Z").has_value());
  CHECK(template_instant("0000-02-29T00:00:00Z").has_value());
}
