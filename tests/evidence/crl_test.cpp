#include "made_crl.hpp"

#include <cita/evidence/crl.hpp>
#include <cita/evidence/der.hpp>
#include <cita/evidence/signature.hpp>

#include <doctest/doctest.h>

#include <cstring>
#include <random>
#include <string>

using namespace cita;
using namespace cita::evidence;

namespace {

const made::Authority& authority() {
  static const made::Authority only("EC");
  return only;
}

struct Reading {
  std::optional<Crl> crl;
  CrlProblems problems;

  std::string codes() const {
    std::string all;
    for (const CrlFault& each : problems.kept()) all += std::to_string(each.entry) + " " + std::string(code(each.problem)) + "; ";
    return all;
  }
};

Reading read_bytes(const std::string& bytes) {
  Reading reading;
  reading.crl = Crl::read(bytes, reading.problems);
  return reading;
}
Reading read(const std::string& entries, const std::string& issued = "260401000000Z") {
  return read_bytes(authority().crl(entries, false, issued));
}

const Instant revoked = *instant_of(2026, 3, 22, 10, 0, 0);

}  // namespace

TEST_CASE("entries are found by their serial numbers") {
  const Reading reading = read(made::entry("\x01") + made::entry(std::string("\0\x80", 2), "260323000000Z", made::reason(1)) +
                               made::entry(std::string(20, '\x7F'), "20500101000000Z"));
  CHECK(reading.codes() == "3 future-date; ");
  REQUIRE(reading.crl);
  CHECK(reading.crl->entries() == 3);
  CHECK(reading.crl->is_complete());
  CHECK(reading.crl->outline().this_update == *instant_of(2026, 4, 1, 0, 0, 0));
  CHECK(reading.crl->outline().next_update == *instant_of(2026, 4, 8, 0, 0, 0));
  CHECK(reading.crl->find("\x01")->revoked == revoked);
  CHECK_FALSE(reading.crl->find("\x01")->reason.has_value());
  CHECK(reading.crl->find("\x80")->reason == CrlReason::key_compromise);
  CHECK(reading.crl->find(std::string(20, '\x7F'))->revoked == *instant_of(2050, 1, 1, 0, 0, 0));
  CHECK_FALSE(reading.crl->find("\x02").has_value());
  CHECK_FALSE(reading.crl->find("").has_value());
}

TEST_CASE("a list without entries, and PEM") {
  const Reading none = read("");
  REQUIRE(none.crl);
  CHECK(none.crl->entries() == 0);
  CHECK_FALSE(none.crl->find("\x01").has_value());
  const Reading pem = read_bytes(made::in_pem(authority().crl(made::entry("\x07")), "X509 CRL"));
  REQUIRE(pem.crl);
  CHECK(pem.crl->find("\x07").has_value());
  CHECK(verify(pem.crl->outline(), authority().certificate()) == SignatureCheck::good);
}

TEST_CASE("what is wrong with an entry is named, and hides no other") {
  const auto codes = [](const std::string& wrong) {
    const Reading reading = read(made::entry("\x01") + wrong + made::entry("\x03"), made::far_future);
    REQUIRE(reading.crl);
    CHECK(reading.crl->entries() == 3);
    CHECK(reading.crl->find("\x03").has_value());
    return reading.codes();
  };
  CHECK(codes(made::entry("\xFF\x01")) == "2 negative-serial; ");
  CHECK(codes(made::entry(std::string("\0\x02", 2))) == "2 padded-serial; ");
  CHECK(codes(made::entry(std::string(21, '\x02'))) == "2 long-serial; ");
  CHECK(codes(made::entry(std::string(1, '\0') + std::string(20, '\x82'))).empty());
  CHECK(codes(made::entry("\x01", "270101000000Z")) == "2 duplicate-entry; ");
  CHECK(codes(made::entry("\x02", "260230000000Z")) == "2 bad-time; ");
  CHECK(codes(made::entry("\x02", "260201000060Z")) == "2 bad-time; ");
  CHECK(codes(made::entry("\x02", "2602010000Z00")) == "2 bad-time; ");
  CHECK(codes(made::entry("\x02", "20260201000000+")) == "2 bad-time; ");
  CHECK(codes(made::entry("\x02", "20491231235959Z")) == "2 time-form; ");
  CHECK(codes(made::entry("\x02", "20500101000000Z")).empty());
  CHECK(codes(made::entry("\x02", "260201000000Z", made::reason(7))) == "2 bad-reason; ");
  CHECK(codes(made::entry("\x02", "260201000000Z", made::reason(11))) == "2 bad-reason; ");
  CHECK(codes(made::entry("\x02", "260201000000Z", made::reason(0))) == "2 explicit-unspecified; ");
  CHECK(codes(made::sequence(made::value(2, ""))) == "2 bad-entry; ");
  CHECK(codes(made::sequence("")) == "2 bad-entry; ");
  CHECK(codes(made::sequence(made::value(2, "\x02") + made::value(0x17, "260201000000Z") + "\x05")) == "2 bad-entry; ");
}

TEST_CASE("a reason code that cannot be read is there") {
  const auto coded = [](const std::string& value) { return made::extension("\x55\x1D\x15", value); };
  for (const std::string& wrong :
       {made::reason(7), made::reason(11), made::reason(-1), coded(made::value(2, "\x04")), coded(""), coded(made::value(10, "")),
        coded(made::value(10, std::string("\0\x04", 2))), coded(made::value(10, "\x04") + "\x05"),
        made::reason(4) + made::reason(1), made::reason(7) + made::reason(4)}) {
    const Reading reading = read(made::entry("\x02", "260201000000Z", wrong));
    CHECK(reading.codes() == "1 bad-reason; ");
    const auto entry = reading.crl->find("\x02");
    CHECK_FALSE(entry->reason.has_value());
    CHECK(entry->is_reason_unread);
    CHECK_FALSE(entry->is_doubtful);
  }
  CHECK_FALSE(read(made::entry("\x02")).crl->find("\x02")->is_reason_unread);
  // It contradicts what has none.
  CHECK(read(made::entry("\x02") + made::entry("\x02", "260322100000Z", made::reason(7))).crl->find("\x02")->is_doubtful);
}

namespace {

std::string issuer(const std::string& names) { return made::extension("\x55\x1D\x1D", made::sequence(names)); }
std::string named(const std::string& common_name) {
  return made::value(
      0xA4, made::sequence(made::value(0x31, made::sequence(made::value(6, "\x55\x04\x03") + made::value(0x0C, common_name)))));
}
const std::string indirect = made::extension("\x55\x1D\x1C", made::sequence(made::value(0x84, "\xFF")));
Reading read_with(const std::string& entries, const std::string& extensions) {
  return read_bytes(authority().crl(entries, false, "260401000000Z", extensions));
}
// "-": not listed; "?": doubtful; "+": listed.
std::string found(const Reading& reading, const std::vector<std::string>& serials) {
  std::string all;
  for (const std::string& each : serials) {
    const auto entry = reading.crl->find(each);
    all += !entry ? "-" : entry->is_doubtful ? "?" : "+";
  }
  return all;
}

}  // namespace

TEST_CASE("an entry of another issuer makes those that follow it entries of another issuer, until one is of the list's again") {
  const std::string time = "260201000000Z";
  const auto entries = [&](const std::string& second, const std::string& when = "260201000000Z") {
    return made::entry("\x01") + made::entry("\x02", when, second) + made::entry("\x03") +
           made::entry("\x04", time, issuer(named("Made"))) + made::entry("\x05");
  };
  const std::vector<std::string> all{"\x01", "\x02", "\x03", "\x04", "\x05"};
  const Reading other = read_with(entries(issuer(named("other"))), indirect);
  CHECK(other.codes() == "2 other-issuer; 3 other-issuer; ");
  CHECK(other.crl->is_complete());
  CHECK(found(other, all) == "+--++");
  // Also where the entry itself cannot be read, as long as it names an issuer.
  const Reading bad_time = read_with(entries(issuer(named("other")), "20260507140000.5Z"), indirect);
  CHECK(bad_time.codes() == "2 other-issuer; 3 other-issuer; ");
  CHECK(found(bad_time, all) == "+--++");
  // Where it may name any, nobody knows whose those are that follow.
  CHECK(found(read_with(made::entry("\x01") + made::sequence("") + made::entry("\x03"), indirect), {"\x01", "\x03"}) == "+?");
  CHECK(found(read_with(entries(issuer(named("other") + named("made"))), indirect), all) == "+??++");
  // In a list that does not say that it has entries of others, they are of nobody knows whom.
  CHECK(found(read(entries(issuer(named("other")))), all) == "+??++");
  CHECK(found(read(entries(issuer(""))), all) == "+??++");
  CHECK(found(read(entries(issuer(named("made")))), all) == "+++++");
}

TEST_CASE("a list with a critical extension that is not known may not be used") {
  const auto critical = [](const std::string& name, const std::string& flag = "\xFF") {
    return made::sequence(made::value(6, name) + made::value(1, flag) + made::value(4, made::value(5, "")));
  };
  const std::string unknown = "\x2A\x03\x04", number = "\x55\x1D\x14", hold_instruction = "\x55\x1D\x17";
  const Reading list = read_with(made::entry("\x01"), critical(unknown));
  CHECK(list.codes() == "0 critical-extension; ");
  CHECK(!list.crl->is_usable());
  const Reading entry = read(made::entry("\x01") + made::entry("\x02", "260201000000Z", critical(unknown)));
  CHECK(entry.codes() == "2 critical-entry-extension; ");
  CHECK(!entry.crl->is_usable());
  for (const std::string& known : {critical(number), critical(unknown, std::string(1, '\0')), made::extension(unknown, "")})
    CHECK(read_with(made::entry("\x01"), known).crl->is_usable());
  for (const std::string& known : {critical(hold_instruction), made::extension(unknown, "")})
    CHECK(read(made::entry("\x01", "260201000000Z", known)).crl->is_usable());
}

TEST_CASE("extensions that cannot be read are told") {
  CHECK(read_with(made::entry("\x01"), made::value(4, "x")).codes() == "0 bad-extension; ");
  CHECK(read_with(made::entry("\x01"), made::extension("\x55\x1D\x1C", "")).codes() == "0 bad-extension; ");
  CHECK(read_with(made::entry("\x01"), made::extension("\x55\x1D\x14", "")).codes().empty());
}

TEST_CASE("a negative serial number is another than that of its octets") {
  const std::string negative = made::entry("\xFF", "260301000000Z"), positive = made::entry(std::string("\0\xFF", 2));
  for (const std::string& both : {negative + positive, positive + negative}) {
    const Reading reading = read(both);
    CHECK(reading.problems.count(CrlProblem::negative_serial) == 1);
    CHECK(reading.problems.count(CrlProblem::duplicate) == 0);
    CHECK(found(reading, {"\xFF"}) == "+");
    CHECK(reading.crl->find("\xFF")->revoked == revoked);
  }
  CHECK(found(read(negative), {"\xFF"}) == "?");
  CHECK(read(negative + negative).problems.count(CrlProblem::duplicate) == 1);
}

TEST_CASE("a revocation that is dated after its list was issued is named") {
  CHECK(read(made::entry("\x01", "260401000000Z")).codes().empty());
  CHECK(read(made::entry("\x01", "260401000001Z")).codes() == "1 future-date; ");
}

TEST_CASE("of a serial number that is listed twice nothing follows where the entries differ") {
  const std::string once = made::entry("\x01"), later = made::entry("\x01", "270101000000Z"),
                    reason = made::entry("\x01", "260322100000Z", made::reason(1));
  for (const std::string& other : {later, reason}) {
    CHECK(found(read(once + other), {"\x01"}) == "?");
    CHECK(found(read(other + once), {"\x01"}) == "?");
    CHECK(found(read(once + once + other + made::entry("\x02")), {"\x01", "\x02"}) == "?+");
  }
  const Reading same = read(once + once);
  CHECK(same.codes() == "2 duplicate-entry; ");
  CHECK(found(same, {"\x01"}) == "+");
}

TEST_CASE("an entry that is surely of the list's issuer counts beside one that may be of another, in any order") {
  const auto entry = [](const std::string& names, const std::string& when = "260322100000Z") {
    return made::entry("\x01", when, issuer(names));
  };
  const std::string own = entry(named("made")), other = entry(named("other")), later = entry(named("other"), "260323100000Z"),
                    of_both = entry(named("other") + named("made")), own_later = entry(named("made"), "260323100000Z");
  for (const std::string& both : {own + other, other + own, own + later, later + own, other + own + later, later + other + own}) {
    const Reading reading = read(both);
    CHECK(found(reading, {"\x01"}) == "+");
    CHECK(reading.crl->find("\x01")->revoked == revoked);
  }
  for (const std::string& both : {own + of_both, of_both + own}) {
    const Reading reading = read_with(both, indirect);
    CHECK(found(reading, {"\x01"}) == "+");
    CHECK(reading.problems.count(CrlProblem::duplicate) == 0);
  }
  // Those that contradict each other prove nothing, whatever stands between them.
  CHECK(found(read(own + other + own_later), {"\x01"}) == "?");
  CHECK(found(read(other + own + own_later), {"\x01"}) == "?");
  CHECK(found(read(other + other), {"\x01"}) == "?");
}

TEST_CASE("after what is no entry nothing is surely unlisted") {
  const std::string good = made::entry("\x01");
  for (const std::string& wrong : {std::string("\x30\x80\x02\x01\x02", 5),      // an indefinite length
                                   std::string("\x30\x7F\x02\x01\x02", 5),      // more than there is
                                   std::string("\x30\x84\x80\x00\x00\x00", 6),  // 2^31 octets
                                   std::string("\x30\x81\x05", 3),              // not the shortest form of the length
                                   std::string("\x1F\x81\x01\x00", 4),          // a tag of several octets
                                   std::string("\x30", 1)}) {
    const Reading reading = read(good + wrong);
    CHECK(reading.codes() == "2 cut-short; ");
    REQUIRE(reading.crl);
    CHECK_FALSE(reading.crl->is_complete());
    CHECK(reading.crl->find("\x01").has_value());
  }
}

TEST_CASE("a value that is no entry is skipped, and named by its place") {
  const std::string first = made::entry("\x01");
  for (const std::string& wrong : {std::string("\x04\x02", 2) + "ab", std::string("\x05\x00", 2), made::value(0x31, first)}) {
    const Reading reading = read(first + wrong + made::entry("\x03"));
    CHECK(reading.codes() == "2 bad-entry; ");
    REQUIRE(reading.crl);
    CHECK(reading.crl->entries() == 3);
    CHECK_FALSE(reading.crl->is_complete());
    CHECK(found(reading, {"\x01", "\x03"}) == "++");
    const CrlFault& fault = reading.problems.kept().at(0);
    const auto& whole = reading.crl->outline();
    CHECK(authority().crl(first + wrong).substr(0, fault.offset).ends_with(first));
    CHECK(whole.entries.substr(first.size()).starts_with(wrong));
    CHECK(place_text(fault) == "entry 2, at offset " + std::to_string(fault.offset) + " of the DER");
  }
  // Whose those are that follow nobody knows.
  CHECK(found(read_with(made::entry("\x01") + made::value(4, "x") + made::entry("\x03"), indirect), {"\x01", "\x03"}) == "+?");
}

TEST_CASE("what begins as a CRL tells where it is none any more") {
  const std::string entries = made::sequence(made::entry("\x01") + made::entry("\x02")),
                    good = authority().crl(made::entry("\x01") + made::entry("\x02"));
  const std::size_t at = good.find(entries), end = at + entries.size();
  REQUIRE(at != std::string::npos);
  const auto told = [](const std::string& bytes) {
    const Reading reading = read_bytes(bytes);
    CHECK_FALSE(reading.crl);
    return reading.codes() + place_text(reading.problems.kept().at(0));
  };
  // The outer lengths are those of the same number of bytes.
  const auto with_length = [&](const std::string& length) {
    std::string bytes = good;
    return bytes.replace(at + 1, length.size(), length);
  };
  const auto broken = [](std::size_t offset) { return "0 broken-crl; at offset " + std::to_string(offset) + " of the DER"; };
  CHECK(told(with_length(std::string("\x84\x80\0\0\0", 5))) == broken(at));
  CHECK(told(with_length("\x80")) == broken(at));
  CHECK(told(with_length(std::string(1, static_cast<char>(entries.size() - 1)))) == broken(at));
  CHECK(told(with_length(std::string(1, static_cast<char>(entries.size() - 3)))) == broken(end - 1));
  std::string bytes = good;
  bytes[end] = '\x31';  // the algorithm
  CHECK(told(bytes) == broken(end));
  bytes = good;
  const std::size_t bits = good.find("\x03", end + 12);
  bytes[bits + 2] = '\x01';
  CHECK(told(bytes) == broken(bits));
  bytes = good;
  bytes[good.find("\x17")] = '\x16';  // no thisUpdate
  CHECK(told(bytes) == "0 not-a-crl; ");
}

TEST_CASE("what is no CRL") {
  const std::string good = authority().crl(made::entry("\x01"));
  CHECK(read_bytes("").codes() == "0 not-a-crl; ");
  CHECK(read_bytes("-----BEGIN X509 CRL-----\nAAAA").codes() == "0 not-a-crl; ");
  CHECK(read_bytes(authority().certificate()).codes() == "0 not-a-crl; ");
  for (std::size_t size = 0; size < good.size(); ++size) CHECK_FALSE(read_bytes(good.substr(0, size)).crl);
  CHECK(read_bytes(good + "x").codes() == "0 trailing-bytes; ");
}

TEST_CASE("changed bytes crash nothing, and no signature stays good") {
  const std::string good = authority().crl(made::entry("\x01", "260322100000Z", made::reason(1)) + made::entry("\x02"));
  std::mt19937 random(5);
  for (int round = 0; round < 3'000; ++round) {
    std::string bytes = good;
    bytes[random() % bytes.size()] ^= static_cast<char>(1U << (random() % 8));
    const Reading reading = read_bytes(bytes);
    if (!reading.crl) continue;
    reading.crl->find("\x02");
    if (round % 10 == 0) CHECK(verify(reading.crl->outline(), authority().certificate()) != SignatureCheck::good);
  }
}

TEST_CASE("signatures of all kinds of keys") {
  const std::string entries = made::entry("\x01");
  for (const char* kind : {"RSA", "EC", "ED25519"}) {
    const made::Authority ca(kind), namesake(kind);
    const Reading reading = read_bytes(ca.crl(entries));
    REQUIRE(reading.crl);
    CHECK(verify(reading.crl->outline(), ca.certificate()) == SignatureCheck::good);
    CHECK(verify(reading.crl->outline(), made::in_pem(ca.certificate(), "CERTIFICATE")) == SignatureCheck::good);
    CHECK(verify(reading.crl->outline(), namesake.certificate()) == SignatureCheck::bad);
  }
  const made::Authority rsa("RSA");
  CHECK(verify(read_bytes(rsa.crl(entries, true)).crl->outline(), rsa.certificate()) == SignatureCheck::good);
  CHECK(verify(read_bytes(rsa.crl(entries, true)).crl->outline(), made::Authority("RSA").certificate()) == SignatureCheck::bad);
  CHECK(verify(read_bytes(rsa.crl(entries)).crl->outline(), made::Authority("EC").certificate()) == SignatureCheck::unsupported);
  CHECK(verify(read_bytes(rsa.crl(entries)).crl->outline(), made::Authority("RSA", "other").certificate()) ==
        SignatureCheck::other_issuer);
  CHECK(verify(read_bytes(rsa.crl(entries)).crl->outline(), "hello") == SignatureCheck::no_certificate);
  const made::Authority mute("EC", "mute", false);
  CHECK(verify(read_bytes(mute.crl(entries)).crl->outline(), mute.certificate()) == SignatureCheck::may_not_sign);
}

TEST_CASE("times of RFC 5280") {
  CHECK(time_of(der::utc_time, "491231235959Z") == *instant_of(2049, 12, 31, 23, 59, 59));
  CHECK(time_of(der::utc_time, "500101000000Z") == *instant_of(1950, 1, 1, 0, 0, 0));
  CHECK(time_of(der::generalized_time, "99991231235959Z") == *instant_of(9999, 12, 31, 23, 59, 59));
  CHECK(time_of(der::generalized_time, "20240229000000Z") == *instant_of(2024, 2, 29, 0, 0, 0));
  for (const char* wrong : {"", "Z", "991231235959", "9912312359Z", "99123123595aZ", "991331000000Z", "990229000000Z"})
    CHECK_FALSE(time_of(der::utc_time, wrong).has_value());
  for (const char* wrong : {"20260101000000", "20260101000000.5Z", "20260101000000+0000", "2026-101000000Z"})
    CHECK_FALSE(time_of(der::generalized_time, wrong).has_value());
}

TEST_CASE("a first entry of another size than the others, and more of them than it promised") {
  const std::string long_entry = made::entry("\x01", "260322100000Z", made::extension("\x55\x1D\x20", std::string(5'000, 'x')));
  std::string entries = long_entry;
  for (int i = 0; i < 5'000; ++i) entries += made::entry(std::string("\x10") + static_cast<char>(i >> 8) + static_cast<char>(i));
  const Reading reading = read(entries + made::entry("\xFF\x01") + made::entry(std::string("\x10\x00\x05", 3)));
  REQUIRE(reading.crl);
  CHECK(reading.crl->entries() == 5'003);
  CHECK(reading.codes() == "5002 negative-serial; 5003 duplicate-entry; ");
  for (int i = 0; i < 5'000; ++i)
    CHECK(reading.crl->find(std::string("\x10") + static_cast<char>(i >> 8) + static_cast<char>(i)).has_value());
  CHECK(reading.crl->find("\x01").has_value());
  CHECK_FALSE(reading.crl->find("\x02").has_value());
}

TEST_CASE("serial numbers that somebody chose to crowd the slots are found like others") {
  // The hash of numbers of eight octets, with the key that is tried first.
  const auto slot = [](std::uint64_t number) {
    __extension__ using Wide = unsigned __int128;
    constexpr std::uint64_t key[2] = {0x9E3779B97F4A7C15U, 0xC2B2AE3D27D4EB4FU};
    const auto folded = [&](std::uint64_t value) {
      const Wide product = Wide{value} * key[0];
      return static_cast<std::uint64_t>(product) ^ static_cast<std::uint64_t>(product >> 64U);
    };
    return folded(folded((key[1] + 8) ^ number) ^ key[1]) % 1024;
  };
  std::string entries;
  std::vector<std::string> serials;
  for (std::uint64_t number = 0x0101010101010101U; serials.size() < 400; ++number) {
    if (slot(number) != 7) continue;
    std::string serial(8, '\0');
    std::memcpy(serial.data(), &number, 8);
    if (static_cast<unsigned char>(serial.front()) >= 0x80U || serial.front() == 0) continue;
    serials.push_back(serial);
    entries += made::entry(serial);
  }
  const Reading reading = read(entries + made::entry(serials[300]));
  CHECK(reading.codes() == "401 duplicate-entry; ");
  for (const std::string& serial : serials) CHECK(reading.crl->find(serial).has_value());
  CHECK_FALSE(reading.crl->find("\x01").has_value());
}

TEST_CASE("a hundred thousand entries, each found with its date") {
  std::string entries;
  std::mt19937 random(9);
  std::vector<std::string> serials;
  for (int i = 0; i < 100'000; ++i) {
    std::string serial(16, '\x11');
    for (char& c : serial) c = static_cast<char>(random());
    serial[0] = static_cast<char>(1 + random() % 127);
    serials.push_back(serial);
    entries += made::entry(serial, "2603221000" + std::to_string(10 + i % 50) + "Z");
  }
  const Reading reading = read(entries);
  REQUIRE(reading.crl);
  CHECK(reading.codes().empty());
  std::size_t right = 0;
  for (std::size_t i = 0; i < serials.size(); ++i) {
    const auto found = reading.crl->find(serials[i]);
    right += found && found->revoked == *instant_of(2026, 3, 22, 10, 0, static_cast<unsigned>(10 + i % 50)) ? 1U : 0U;
  }
  CHECK(right == serials.size());
  CHECK(verify(reading.crl->outline(), authority().certificate()) == SignatureCheck::good);
}
