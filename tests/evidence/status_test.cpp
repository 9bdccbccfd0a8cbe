// What several CRLs, of one issuer and of two, and OCSP responses say of a certificate, and since when.
#include "made_ocsp.hpp"

#include <cita/evidence/status_evidence.hpp>

#include <doctest/doctest.h>

#include <random>

using namespace cita;
using namespace cita::evidence;

namespace {

using made::octets;
using made::response;
using made::Signer;
using made::Single;

class Written final : public WrittenRow {
 public:
  explicit Written(std::string issuer) : issuer_(std::move(issuer)) {}
  std::string_view written(Column column) const override { return column == Column::issuer ? issuer_ : std::string_view(); }

 private:
  std::string issuer_;
};

ListRow row(const Written& written) {
  ListRow row;
  row.serial.emplace();
  for (const char c : octets) row.serial->octets[row.serial->size++] = static_cast<std::uint8_t>(c);
  row.claim = Claim::revoked;
  row.not_after = Bounds::exact(*instant_of(2027, 1, 1, 0, 0, 0));
  row.revocation_date = Bounds::exact(*instant_of(2026, 4, 1, 0, 0, 0));
  row.source = &written;
  return row;
}

Crl read(const std::string& bytes) {
  CrlProblems problems;
  auto crl = Crl::read(bytes, problems);
  REQUIRE(crl);
  return std::move(*crl);
}

// Of the only key that there is, where the CRL names none.
void add(StatusEvidence& to, const std::string& bytes) {
  Crl crl = read(bytes);
  const bool names_key = !scope_of(crl.outline()).key.empty();
  to.add(std::move(crl), names_key ? "" : "own");
}

std::string listing(const std::string& revoked = "260401100000Z") { return made::entry(std::string(octets), revoked); }
const std::string other_entry = made::entry("\x01");
const std::string shard = made::extension("\x55\x1D\x1C", made::sequence(made::value(0x81, "\xFF")));
const std::string another_shard = made::extension("\x55\x1D\x1C", made::sequence(made::value(0x82, "\xFF")));
const std::string one_key = made::extension("\x55\x1D\x23", made::sequence(made::value(0x80, "one")));
const std::string other_key = made::extension("\x55\x1D\x23", made::sequence(made::value(0x80, "other")));
const std::string delta = made::extension("\x55\x1D\x1B", made::value(2, "\x01"));

struct Seen {
  std::optional<SeenRevocation> seen;
  bool is_missing = false, is_of_another = false;
};

Seen look(const std::vector<std::string>& crls, const std::string& issuer = "CN=made", const std::vector<IssuerKey>& keys = {},
          const std::optional<Crl>& left_out = {}) {
  StatusEvidence evidence;
  for (const IssuerKey& each : keys) evidence.add_key(each);
  if (left_out) evidence.leave_out(left_out->outline());
  for (const std::string& each : crls) add(evidence, each);
  evidence.finish();
  const Written written(issuer);
  const ListRow wanted = row(written);
  StatusEvidence::Memory memory;
  const StatusEvidence::Issuer& of = evidence.issuer_of(wanted, memory);
  return {evidence.on_crls(wanted, of), evidence.is_surely_missing(wanted, of), of.is_another};
}

class OnlyCrl {
 public:
  explicit OnlyCrl(const std::string& crl) {
    add(evidence_, crl);
    evidence_.finish();
  }
  bool misses(const ListRow& row) const {
    StatusEvidence::Memory memory;
    return evidence_.is_surely_missing(row, evidence_.issuer_of(row, memory));
  }

 private:
  StatusEvidence evidence_;
};

const Instant second_of_april = *instant_of(2026, 4, 2, 0, 0, 0);

}  // namespace

TEST_CASE("CRLs of different days narrow when a revocation was published") {
  const made::Authority ca("EC");
  const std::string without = ca.crl(other_entry), with = ca.crl(listing(), false, "260402000000Z");
  const auto seen = look({with, without}).seen;
  REQUIRE(seen);
  CHECK(seen->by == second_of_april);
  CHECK(seen->after == *instant_of(2026, 4, 1, 0, 0, 0));
  CHECK(seen->first_shown == 1);
  CHECK(!seen->is_gone);
  CHECK(!look({with}).seen->after);
  CHECK(look({without}).is_missing);
  CHECK(!look({without}).seen);
  // The same second does not narrow anything.
  CHECK(!look({ca.crl(other_entry), ca.crl(listing())}).seen->after);
}

TEST_CASE("a revocation that a later CRL does not show any more is told") {
  const made::Authority ca("EC");
  CHECK(look({ca.crl(listing()), ca.crl(other_entry, false, "260402000000Z")}).seen->is_gone);
  // Unless the certificate had expired by then.
  CHECK(!look({ca.crl(listing()), ca.crl(other_entry, false, "270101000000Z")}).seen->is_gone);
}

TEST_CASE("the last CRL that shows a revocation has the last word, and a gap is told") {
  const made::Authority ca("EC");
  const std::string amended = made::entry(std::string(octets), "260330100000Z", made::reason(1));
  const auto seen = look({ca.crl(listing()), ca.crl(amended, false, "260402000000Z")}).seen;
  REQUIRE(seen);
  // The CRL says that it is older than what it lists.
  CHECK(seen->by == *instant_of(2026, 4, 1, 10, 0, 0));
  CHECK(seen->revoked == *instant_of(2026, 3, 30, 10, 0, 0));
  CHECK(seen->reason == CrlReason::key_compromise);
  CHECK(!seen->is_gone);
  CHECK(look({ca.crl(listing()), ca.crl(other_entry, false, "260402000000Z"), ca.crl(listing(), false, "260403000000Z")})
            .seen->is_gone);
}

TEST_CASE("what a delta CRL takes from the list is not on it") {
  const made::Authority ca("EC");
  const std::string removal = made::entry(std::string(octets), "260402100000Z", made::reason(8));
  CHECK(!look({ca.crl(removal, false, "260402000000Z", delta)}).seen);
  CHECK(look({ca.crl(listing()), ca.crl(removal, false, "260402000000Z", delta)}).seen->is_gone);
}

TEST_CASE("only a CRL between the revocation and the certificate's end can miss it") {
  const made::Authority ca("EC");
  const std::string before = ca.crl(other_entry, false, "260101000000Z"), after = ca.crl(other_entry, false, "280101000000Z");
  CHECK(!look({before, after}).is_missing);
  CHECK(look({before, ca.crl(other_entry, false, "260402000000Z"), after}).is_missing);
}

TEST_CASE("a CRL of some certificates says nothing of those that it does not list") {
  const made::Authority ca("EC");
  CHECK(scope_of(read(ca.crl(listing(), false, "260401000000Z", shard)).outline()).distribution_point == shard);
  CHECK(!scope_of(read(ca.crl(listing())).outline()).is_delta);
  CHECK(!look({ca.crl(other_entry, false, "260401000000Z", shard)}).is_missing);
  const std::string with = ca.crl(listing(), false, "260402000000Z", shard);
  CHECK(!look({ca.crl(other_entry, false, "260401000000Z", another_shard), with}).seen->after);
  CHECK(look({ca.crl(other_entry, false, "260401000000Z", shard), with}).seen->after);
  CHECK(!look({ca.crl(other_entry, false, "260401000000Z", delta)}).is_missing);
  CHECK(!look({ca.crl(other_entry, false, "260401000000Z", delta), ca.crl(listing(), false, "260402000000Z")}).seen->after);
}

TEST_CASE("a CRL that is cut short says nothing of those that it does not list") {
  const made::Authority ca("EC");
  const std::string broken = ca.crl(made::sequence(made::value(2, "\x01") + made::value(4, "x")));
  CHECK(!look({broken}).is_missing);
  CHECK(!look({broken, ca.crl(listing(), false, "260402000000Z")}).seen->after);
}

TEST_CASE("a CRL of another key of its issuer says nothing of a certificate that it does not list") {
  const made::Authority ca("EC");
  CHECK(scope_of(read(ca.crl(other_entry, false, "260401000000Z", shard + one_key)).outline()).key == "one");
  const std::string ours = ca.crl(listing(), false, "260402000000Z", one_key);
  CHECK(!look({ca.crl(other_entry, false, "260401000000Z", other_key), ours}).seen->after);
  CHECK(!look({ca.crl(other_entry), ours}).seen->after);
  // Of a CRL that names no key nobody knows whose certificates it covers.
  StatusEvidence unnamed;
  for (const std::string& each : {ca.crl(other_entry, false, "260402000000Z"), ca.crl(other_entry, false, "260401000000Z")})
    unnamed.add(read(each));
  unnamed.finish();
  const Written named("CN=made");
  StatusEvidence::Memory near;
  CHECK(!unnamed.is_surely_missing(row(named), unnamed.issuer_of(row(named), near)));
  CHECK(look({ca.crl(other_entry, false, "260401000000Z", one_key), ours}).seen->after);
  CHECK(!look({ours, ca.crl(other_entry, false, "260403000000Z", other_key)}).seen->is_gone);
  CHECK(look({ours, ca.crl(other_entry, false, "260403000000Z", one_key)}).seen->is_gone);
  // It is on no CRL only where the CRLs of every key could show it, and none does.
  const std::string before = ca.crl(other_entry, false, "260301000000Z", one_key),
                    without = ca.crl(other_entry, false, "260402000000Z", other_key);
  CHECK(look({without}).is_missing);
  CHECK(!look({before, without}).is_missing);
  CHECK(look({before, without, ca.crl(other_entry, false, "260403000000Z", one_key)}).is_missing);
}

TEST_CASE("a certificate is on no CRL only where no key and no CRL of its issuer is left out") {
  const made::Authority ca("EC"), namesake("EC"), other("EC", "other");
  const std::string without = ca.crl(other_entry, false, "260402000000Z");
  const IssuerKey own{IssuerName::of_text("CN=made"), "own"};
  CHECK(issuer_key(ca.certificate()).name == own.name);
  CHECK(issuer_key(ca.certificate()).key != issuer_key(namesake.certificate()).key);
  CHECK(issuer_key("hello").name.is_empty());
  CHECK(look({without}, "CN=made", {own}).is_missing);
  CHECK(!look({without}, "CN=made", {own, issuer_key(namesake.certificate())}).is_missing);
  CHECK(look({without}, "CN=made", {own, issuer_key(other.certificate())}).is_missing);
  CHECK(!look({without}, "CN=made", {}, read(namesake.crl(other_entry))).is_missing);
  CHECK(look({without}, "CN=made", {}, read(other.crl(other_entry))).is_missing);
  // Nor where the row may be of another issuer.
  for (const char* issuer : {"", "O=made", "CN=made, L=x"}) CHECK(!look({without}, issuer).is_missing);
}

TEST_CASE("a certificate that is on hold is neither revoked nor on no CRL") {
  const made::Authority ca("EC");
  const std::string hold = made::entry(std::string(octets), "260330100000Z", made::reason(6));
  const std::string on_hold = ca.crl(hold, false, "260401000000Z"), with = ca.crl(listing(), false, "260403000000Z");
  CHECK(!look({on_hold}).seen);
  CHECK(!look({on_hold, ca.crl(other_entry, false, "260402000000Z")}).is_missing);
  const auto seen = look({on_hold, with}).seen;
  REQUIRE(seen);
  CHECK(seen->by == *instant_of(2026, 4, 3, 0, 0, 0));
  CHECK(seen->after == *instant_of(2026, 4, 1, 0, 0, 0));
  CHECK(seen->was_on_hold);
  CHECK(!look({with}).seen->was_on_hold);
}

TEST_CASE("neither CRLs of the same second nor a move to another part tell that a revocation is gone") {
  const made::Authority ca("EC");
  const std::string with = ca.crl(listing("260331100000Z")), without = ca.crl(other_entry);
  for (const auto& both : {std::vector<std::string>{with, without}, {without, with}}) {
    CHECK(!look(both).seen->is_gone);
    CHECK(!look(both).seen->after);
  }
  const std::string part = ca.crl(listing(), false, "260402000000Z", shard),
                    later = ca.crl(other_entry, false, "260403000000Z", shard),
                    other_part = ca.crl(listing(), false, "260403000000Z", another_shard),
                    early_other = ca.crl(listing(), false, "260402000000Z", another_shard);
  CHECK(look({part, later}).seen->is_gone);
  CHECK(!look({part, later, other_part}).seen->is_gone);
  CHECK(look({part, early_other, later}).seen->is_gone);
}

TEST_CASE("the order in which CRLs of one second are given changes nothing") {
  const made::Authority ca("EC");
  std::vector<std::string> crls;
  for (const int reason : {1, 4, 5})
    crls.push_back(ca.crl(made::entry(std::string(octets), "260331100000Z", made::reason(reason))));
  std::sort(crls.begin(), crls.end());
  const auto expected = look(crls).seen;
  REQUIRE(expected);
  while (std::next_permutation(crls.begin(), crls.end())) CHECK(look(crls).seen->reason == expected->reason);
}

TEST_CASE("what people round is on no CRL only from the next unit on") {
  const made::Authority ca("EC");
  const OnlyCrl only(ca.crl(other_entry, false, "260402060100Z"));
  const Written written("CN=made");
  ListRow wanted = row(written);
  const auto is_missing = [&](Instant minute) {
    wanted.revocation_date = Bounds{minute, minute + Seconds{59}};
    return only.misses(wanted);
  };
  CHECK(!is_missing(*instant_of(2026, 4, 2, 6, 0, 0)));
  CHECK(is_missing(*instant_of(2026, 4, 2, 5, 59, 0)));
}

TEST_CASE("a serial number of digits alone may be a decimal one, and is not said to be on no CRL") {
  const made::Authority ca("EC");
  const OnlyCrl only(ca.crl(other_entry, false, "260402000000Z"));
  const Written written("CN=made");
  ListRow wanted = row(written);
  const auto is_missing = [&] { return only.misses(wanted); };
  CHECK(is_missing());
  wanted.serial->octets[0] = 0x99;
  CHECK(!is_missing());
  wanted.serial->octets[0] = 0xA9;
  CHECK(is_missing());
}

TEST_CASE("CRLs of several issuers are told apart by the issuer that a row names") {
  const made::Authority ca("EC"), other("EC", "other");
  const std::vector<std::string> both{other.crl(listing("260320000000Z")), ca.crl(listing())};
  const auto ours = look(both).seen;
  REQUIRE(ours);
  CHECK(ours->revoked == *instant_of(2026, 4, 1, 10, 0, 0));
  CHECK(look(both, "/CN=other").seen->revoked == *instant_of(2026, 3, 20, 0, 0, 0));
  CHECK(look(both, "other").seen);  // the common name alone, and all that the issuer has
  CHECK(!look(both, "CN=third").seen);
  CHECK(look(both, "CN=third").is_of_another);
  CHECK(!look(both, "CN=third").is_missing);
  CHECK(!look(both, "").seen);  // nobody can say which
  CHECK(!look(both, "").is_of_another);
  // With a single issuer only a row that surely names another is left out.
  CHECK(look({both[1]}, "").seen);
  CHECK(look({both[1]}, "O=made").seen);
  CHECK(!look({both[1]}, "CN=other").seen);
}

TEST_CASE("distinguished names are written in several ways") {
  const auto name = [](std::string_view text) { return IssuerName::of_text(text); };
  CHECK(name("CN=Example CA, O=Example, C=DE") == name("/C=DE/O=Example/CN=example  ca"));
  CHECK(name("CN=Example CA,O=Example\\, Inc.").attributes == name("O=\"Example, Inc.\",CN=Example CA").attributes);
  CHECK(name("O=Example, Inc., CN=a").attributes.size() == 2);
  CHECK(name("commonName = a; organizationName = b") == name("O=b,CN=a"));
  CHECK(is_same(name("CN=a"), name("CN=a, O=b")) == Truth::unknown);  // others may have that common name
  CHECK(is_same(name("CN=a"), name("CN=a")) == Truth::yes);
  CHECK(is_same(name("CN=a, O=b"), name("CN=a, O=b, C=DE")) == Truth::yes);
  CHECK(is_same(name("CN=a, O=Trust, Inc=Secure"), name("CN=a, O=\"Trust, Inc=Secure\"")) != Truth::yes);
  CHECK(is_same(name("CN=a, O=c"), name("CN=a, O=b")) == Truth::no);
  CHECK(is_same(name("CN=a, OU=1, OU=2"), name("CN=a, OU=2, O=b")) == Truth::unknown);
  CHECK(is_same(name("CN=a, L=c"), name("CN=a, O=b")) == Truth::unknown);
  const IssuerName accented = name("CN=Soci\xC3\xA9t\xC3\xA9 CA");
  CHECK(name("CN=Soci\\C3\\A9t\\c3\\a9 CA") == accented);
  CHECK(name("/CN=Soci\\xC3\\xA9t\\xC3\\xA9 CA") == accented);
  CHECK(name("CN=C++ Corp CA+OU=x; O=b").attributes == name("OU=x, O=b, CN=\"C++ Corp CA\"").attributes);
  CHECK(name("/O=X/CN=TLS/SSL CA") == name("CN=TLS/SSL CA, O=X"));
  CHECK(is_same(name("CN=b, O=b"), name("CN=a, O=b")) == Truth::no);
  CHECK(is_same(name("O=b"), name("CN=a, O=b")) == Truth::unknown);
  CHECK(is_same(name(""), name("CN=a")) == Truth::unknown);
  CHECK(name("=,=,/,\\").common_name().empty());
  const made::Authority ca("EC");
  CHECK(IssuerName::of_der(read(ca.crl(other_entry)).outline().issuer) == name("CN=made"));
  CHECK(IssuerName::of_der("\x30\x80").is_empty());
}

TEST_CASE("an OCSP response is verified with its issuer, or whom that entrusted with it") {
  const made::Authority ca("EC"), other("EC", "other");
  const std::vector<std::string> issuers{other.certificate(), ca.certificate()};
  const OcspReading good = read_ocsp(response(ca, {{}}), issuers);
  CHECK(good.check == OcspCheck::good);
  CHECK(good.issuer == IssuerName::of_text("CN=made"));
  REQUIRE(good.answers.size() == 1);
  CHECK(good.answers[0].serial == octets);
  CHECK(good.answers[0].status == OcspStatus::revoked);
  CHECK(good.answers[0].revoked == *instant_of(2026, 4, 1, 10, 0, 0));
  CHECK(good.answers[0].reason == CrlReason::superseded);
  CHECK(good.answers[0].this_update == second_of_april);
  CHECK(read_ocsp(response(ca, {{}}, Signer::delegated), issuers).check == OcspCheck::good);
  CHECK(read_ocsp(response(ca, {{}}, Signer::not_entrusted), issuers).check == OcspCheck::wrong_responder);
  CHECK(read_ocsp(response(ca, {{}}, Signer::stranger), issuers).check == OcspCheck::wrong_responder);
  CHECK(read_ocsp(response(ca, {{}}), {other.certificate()}).check == OcspCheck::other_issuer);
  CHECK(read_ocsp(response(ca, {{}}), {"no certificate"}).check == OcspCheck::other_issuer);
  CHECK(read_ocsp(response(ca, {{}}), {}).check == OcspCheck::not_verified);
  CHECK(!is_evidence(OcspCheck::wrong_responder));
}

TEST_CASE("an OCSP response whose bytes are changed is no evidence, wherever they are") {
  const made::Authority ca("EC");
  const std::string whole = response(ca, {{}, {octets, V_OCSP_CERTSTATUS_GOOD, 0}});
  std::string changed = whole;
  changed[changed.rfind("20260402000000Z") + 7] = '3';
  CHECK(read_ocsp(changed, {ca.certificate()}).check == OcspCheck::bad);
  for (std::size_t size = 0; size < whole.size(); size += 7)
    CHECK(read_ocsp(whole.substr(0, size), {ca.certificate()}).check == OcspCheck::not_a_response);
  CHECK(read_ocsp(whole + "x", {ca.certificate()}).check == OcspCheck::not_a_response);
  std::mt19937 random(7);
  for (int i = 0; i < 500; ++i) {
    changed = whole;
    changed[random() % changed.size()] = static_cast<char>(random());
    const OcspReading reading = read_ocsp(changed, {ca.certificate()});
    if (reading.check != OcspCheck::good) continue;
    REQUIRE(reading.answers.size() == 2);  // it was a byte that nobody signed
    CHECK(reading.answers[0].revoked == *instant_of(2026, 4, 1, 10, 0, 0));
  }
  CHECK(read_ocsp(std::string("\x30\x03\x0A\x01\x06", 5), {}).check == OcspCheck::no_answer);
}

TEST_CASE("OCSP answers of different times narrow when a revocation was published") {
  const made::Authority ca("EC"), namesake("EC");
  const Written written("CN=made");
  const ListRow wanted = row(written);
  const auto seen = [&](const std::vector<Single>& singles, const std::vector<Single>& of_other_key = {}) {
    StatusEvidence evidence;
    evidence.add(read_ocsp(response(ca, singles), {namesake.certificate(), ca.certificate()}));
    if (!of_other_key.empty())
      evidence.add(read_ocsp(response(namesake, of_other_key), {ca.certificate(), namesake.certificate()}));
    evidence.finish();
    StatusEvidence::Memory memory;
    const StatusEvidence::Issuer& of = evidence.issuer_of(wanted, memory);
    return std::pair(evidence.in_answers(wanted, of), evidence.last_good(wanted, of));
  };
  const Single revoked, good{octets, V_OCSP_CERTSTATUS_GOOD, 0, "", "20260401000000Z"},
      good_again{octets, V_OCSP_CERTSTATUS_GOOD, 0, "", "20260403000000Z"},
      unknown{octets, V_OCSP_CERTSTATUS_UNKNOWN, 0, "", "20260401000000Z"};
  const auto both = seen({revoked, good}).first;
  REQUIRE(both);
  CHECK(both->by == second_of_april);
  CHECK(both->after == *instant_of(2026, 4, 1, 0, 0, 0));
  CHECK(!both->is_gone);
  CHECK(seen({revoked, good_again}).first->is_gone);
  CHECK(!seen({revoked, unknown}).first->after);
  CHECK(!seen({good}).first);
  CHECK(seen({good, good_again}).second == *instant_of(2026, 4, 3, 0, 0, 0));
  CHECK(!seen({{"\x01", V_OCSP_CERTSTATUS_REVOKED, 0}}).first);
  // On hold is not revoked; and an answer is published when it is made.
  const Single on_hold{octets, V_OCSP_CERTSTATUS_REVOKED, OCSP_REVOKED_STATUS_CERTIFICATEHOLD, "20260401100000Z",
                       "20260401120000Z"};
  CHECK(!seen({on_hold}).first);
  CHECK(seen({on_hold, revoked}).first->was_on_hold);
  StatusEvidence late;
  late.add(read_ocsp(response(ca, {revoked}, Signer::issuer, "20261001000000Z"), {ca.certificate()}));
  late.finish();
  StatusEvidence::Memory memory;
  CHECK(late.in_answers(wanted, late.issuer_of(wanted, memory))->by == *instant_of(2026, 10, 1, 0, 0, 0));
  // Another key of the same name has other certificates.
  CHECK(!seen({revoked}, {good}).first->after);
  CHECK(!seen({revoked}, {good_again}).first->is_gone);
  CHECK(seen({revoked, good}, {good_again}).first->after);
}
