// What several CRLs, of one issuer and of two, and OCSP responses say of a certificate, and since when.
#include "made_ocsp.hpp"

#include <cita/evidence/issuers.hpp>
#include <cita/evidence/revocation_tally.hpp>

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

const Bounds expiry = Bounds::exact(*instant_of(2027, 1, 1, 0, 0, 0));

ListRow row(const Written& written) {
  ListRow row;
  row.serial.emplace();
  for (const char c : octets) row.serial->octets[row.serial->size++] = static_cast<std::uint8_t>(c);
  row.claim = Claim::revoked;
  row.not_after = expiry;
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
  const bool names_key = !crl.outline().scope.key.empty();
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
          const std::optional<Crl>& left_out = {}, const std::optional<Bounds>& not_after = expiry) {
  StatusEvidence evidence;
  for (const IssuerKey& each : keys) evidence.add_key(each);
  if (left_out) evidence.leave_out(left_out->outline());
  for (const std::string& each : crls) add(evidence, each);
  evidence.finish();
  const Written written(issuer);
  ListRow wanted = row(written);
  wanted.not_after = not_after;
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

const Instant first_of_may = *instant_of(2026, 5, 1, 0, 0, 0);

// What rows come to beside evidence.
struct RowsCompared {
  RowsCompared(const StatusEvidence& evidence, const std::vector<ListRow>& rows, Instant as_of = first_of_may)
      : options{.as_of = as_of, .evidence = &evidence, .figures = {}, .serials = {}, .extracts = {}}, tally(options) {
    for (const ListRow& each : rows) tally.add(each);
    tally.finish();
  }
  RowsCompared(const StatusEvidence& evidence, const ListRow& row, Instant as_of = first_of_may)
      : RowsCompared(evidence, std::vector{row}, as_of) {}

  TallyOptions options;
  RevocationTally tally;
};

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
  CHECK(look({ca.crl(other_entry, false, "260401000001Z")}).is_missing);
  CHECK(!look({without}).seen);
  // The same second does not narrow anything.
  CHECK(!look({ca.crl(other_entry), ca.crl(listing())}).seen->after);
}

TEST_CASE("the revocations that a CRL is the first to show were published after the earliest that is known of each") {
  const made::Authority ca("EC");
  const Written written("CN=made");
  StatusEvidence evidence;
  for (const char* when : {"260401000000Z", "260402000000Z"}) add(evidence, ca.crl(other_entry, false, when));
  add(evidence, ca.crl(listing(), false, "260403000000Z"));
  evidence.finish();
  const auto expiring = [&](Instant at) {
    ListRow one = row(written);
    one.not_after = Bounds::exact(at);
    return one;
  };
  const ListRow due = row(written), gone_by_the_second = expiring(second_of_april),
                gone_by_the_first = expiring(*instant_of(2026, 4, 1, 0, 0, 0));
  const auto after = [&](const std::vector<ListRow>& rows) {
    const RowsCompared all(evidence, rows);
    RowsCompared pieces(evidence, std::vector<ListRow>());
    for (const ListRow& each : rows) pieces.tally.append(RowsCompared(evidence, each).tally, 0, 0);
    const auto& shown = all.tally.first_shown().at(2);
    CHECK(shown.count == rows.size());
    CHECK(pieces.tally.first_shown().at(2).count == rows.size());
    CHECK(pieces.tally.first_shown()[2].after == shown.after);
    return shown.after;
  };
  CHECK(after({due}) == second_of_april);
  CHECK(after({due, gone_by_the_second}) == *instant_of(2026, 4, 1, 0, 0, 0));
  CHECK(after({gone_by_the_second, due}) == *instant_of(2026, 4, 1, 0, 0, 0));
  CHECK(!after({due, gone_by_the_first}));
  CHECK(!after({gone_by_the_first, due}));
  CHECK(!after({gone_by_the_first, gone_by_the_second, due}));
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

TEST_CASE("more CRLs say no less") {
  const made::Authority ca("EC");
  const std::string without = ca.crl(other_entry), with = ca.crl(listing(), false, "260403000000Z"),
                    still_without = ca.crl(other_entry, false, "260404000000Z");
  const Instant first = *instant_of(2026, 4, 1, 0, 0, 0);
  for (const std::string& some : {delta, shard}) {
    const std::string part_with = ca.crl(listing(), false, "260402000000Z", some),
                      part_without = ca.crl(other_entry, false, "260402000000Z", some);
    // One that covers all certificates covers those of a part, and those that a delta CRL tells of.
    CHECK(look({without, part_with, with}).seen->after == first);
    CHECK(look({without, part_with}).seen->by == second_of_april);
    CHECK(look({part_with, still_without}).seen->is_gone);
    // What need not list a certificate hides nothing of what had to.
    CHECK(look({still_without, part_without}).is_missing);
    CHECK(!look({still_without, part_with}).is_missing);
    CHECK(!look({part_without}).is_missing);
  }
  const std::string part = ca.crl(listing(), false, "260402000000Z", shard);
  // Of all certificates, it may have moved nowhere.
  CHECK(
      look({part, ca.crl(other_entry, false, "260403000000Z"), ca.crl(listing(), false, "260404000000Z", shard)}).seen->is_gone);
  // A part covers no others, neither before nor after.
  CHECK(!look({ca.crl(other_entry, false, "260401000000Z", shard), with}).seen->after);
  CHECK(!look({with, ca.crl(other_entry, false, "260404000000Z", shard)}).seen->is_gone);
  // One of another key, and one that lists some reasons alone, cover nothing here.
  const std::string ours = ca.crl(listing(), false, "260402000000Z", shard + one_key);
  CHECK(look({ca.crl(other_entry, false, "260401000000Z", one_key), ours}).seen->after == first);
  CHECK(!look({ca.crl(other_entry, false, "260401000000Z", other_key), ours}).seen->after);
  const std::string reasons = made::extension("\x55\x1D\x1C", made::sequence(made::value(0x83, std::string("\x06\x40", 2))));
  CHECK(!look({ca.crl(other_entry, false, "260401000000Z", reasons), ca.crl(listing(), false, "260402000000Z", reasons)})
             .seen->after);
}

TEST_CASE("a CRL that names no key hides nothing of one that names its own") {
  const made::Authority ca("EC");
  const auto missing = [](const std::vector<std::string>& crls) {
    StatusEvidence evidence;
    for (const std::string& each : crls) evidence.add(read(each));
    evidence.finish();
    const Written written("CN=made");
    StatusEvidence::Memory memory;
    return evidence.is_surely_missing(row(written), evidence.issuer_of(row(written), memory));
  };
  const std::string named = ca.crl(other_entry, false, "260402000000Z", one_key),
                    unnamed = ca.crl(other_entry, false, "260403000000Z");
  CHECK(missing({named}));
  CHECK(missing({named, unnamed}));
  CHECK(!missing({unnamed}));
  // It may be of a second key, and need not have shown the certificate.
  CHECK(!missing({named, ca.crl(other_entry, false, "260301000000Z")}));
}

TEST_CASE("a certificate that may have expired proves nothing by its absence") {
  const made::Authority ca("EC");
  const std::string without = ca.crl(other_entry), with = ca.crl(listing(), false, "260403000000Z"),
                    later = ca.crl(other_entry, false, "260404000000Z"),
                    removed =
                        ca.crl(made::entry(std::string(octets), "260404100000Z", made::reason(8)), false, "260404000000Z", delta);
  const auto with_end = [](const std::vector<std::string>& crls, const std::optional<Bounds>& end) {
    return *look(crls, "CN=made", {}, {}, end).seen;
  };
  // Each may have been made an hour after it says.
  const Bounds at_first = Bounds::exact(*instant_of(2026, 4, 1, 1, 0, 0)),
               behind = Bounds::exact(*instant_of(2026, 4, 1, 1, 0, 1)),
               at_later = Bounds::exact(*instant_of(2026, 4, 4, 1, 0, 0)),
               after_later = Bounds::exact(*instant_of(2026, 4, 4, 1, 0, 1));
  CHECK(!with_end({without, with}, at_first).after);
  CHECK(with_end({without, with}, behind).after);
  CHECK(!with_end({without, with}, std::nullopt).after);
  for (const std::string& gone : {later, removed}) {
    CHECK(!with_end({with, gone}, at_later).is_gone);
    CHECK(with_end({with, gone}, after_later).is_gone);
    CHECK(!with_end({with, gone}, std::nullopt).is_gone);
  }
}

TEST_CASE("of a CRL whose extensions cannot be read nobody knows what it covers") {
  const made::Authority ca("EC");
  const std::string broken = std::string("\x30\x81\x06\x06\x01\x2A\x04\x01\x05", 9);  // a length that is not in its shortest form
  CHECK(!look({ca.crl(other_entry, false, "260402000000Z", broken + shard)}).is_missing);
  CHECK(!look({ca.crl(other_entry, false, "260402000000Z", made::value(4, "x"))}).is_missing);
  CHECK(!look({ca.crl(other_entry, false, "260401000000Z", broken), ca.crl(listing(), false, "260402000000Z")}).seen->after);
  CHECK(look({ca.crl(listing(), false, "260402000000Z", broken)}).seen);
  CHECK(look({ca.crl(other_entry, false, "260402000000Z", one_key)}).is_missing);
}

TEST_CASE("a CRL that contradicts itself says nothing of that certificate") {
  const made::Authority ca("EC");
  const std::string serial(octets), earlier = made::entry(serial, "260330100000Z"),
                                    removed = made::entry(serial, "260401100000Z", made::reason(8));
  const std::string without = ca.crl(other_entry, false, "260330000000Z"), with = ca.crl(listing(), false, "260403000000Z");
  for (const std::string& twice : {listing() + earlier, earlier + listing(), listing() + removed, removed + listing()}) {
    const std::string contradiction = ca.crl(twice, false, "260402000000Z");
    CHECK(!look({contradiction}).seen);
    CHECK(!look({contradiction}).is_missing);
    CHECK(look({contradiction, with}).seen->by == *instant_of(2026, 4, 3, 0, 0, 0));
    CHECK(!look({contradiction, with}).seen->after);
    CHECK(!look({ca.crl(listing()), contradiction}).seen->is_gone);
  }
  CHECK(look({ca.crl(listing() + listing(), false, "260402000000Z")}).seen->by == second_of_april);
  CHECK(look({without, with}).seen->after);
}

TEST_CASE("only a CRL between the revocation and the certificate's end can miss it") {
  const made::Authority ca("EC");
  const std::string before = ca.crl(other_entry, false, "260101000000Z"), after = ca.crl(other_entry, false, "280101000000Z");
  CHECK(!look({before, after}).is_missing);
  CHECK(look({before, ca.crl(other_entry, false, "260402000000Z"), after}).is_missing);
}

TEST_CASE("a CRL of some certificates says nothing of those that it does not list") {
  const made::Authority ca("EC");
  CHECK(read(ca.crl(listing(), false, "260401000000Z", shard)).outline().scope.distribution_point ==
        made::sequence(made::value(0x81, "\xFF")));
  CHECK(!read(ca.crl(listing())).outline().scope.is_delta);
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
  CHECK(read(ca.crl(other_entry, false, "260401000000Z", shard + one_key)).outline().scope.key == "one");
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
  CHECK(!look({on_hold}).is_missing);
  CHECK(!look({ca.crl(other_entry, false, "260402000000Z"), ca.crl(hold, false, "260402000000Z")}).is_missing);
  CHECK(!look({ca.crl(other_entry, false, "260402000000Z"), ca.crl(hold, false, "260403000000Z")}).is_missing);
  const auto seen = look({on_hold, with}).seen;
  REQUIRE(seen);
  CHECK(seen->by == *instant_of(2026, 4, 3, 0, 0, 0));
  CHECK(seen->after == *instant_of(2026, 4, 1, 0, 0, 0));
  CHECK(!seen->clear);
}

TEST_CASE("the last CRL of a key that says anything of a certificate tells whether it is missing") {
  const made::Authority ca("EC");
  const std::string serial(octets), hold = made::entry(serial, "260330100000Z", made::reason(6)),
                                    removal = made::entry(serial, "260401100000Z", made::reason(8)),
                                    twice = listing() + made::entry(serial, "260330100000Z"), cut = made::value(4, "x");
  const std::string without = ca.crl(other_entry, false, "260403000000Z");
  const auto excused = [&](const std::string& entries, const char* when, const std::string& extensions = "") {
    return !look({ca.crl(entries, false, when, extensions), without}).is_missing;
  };
  for (const std::string& each : {hold, twice, cut}) {
    CHECK(!excused(each, "260402235959Z"));
    CHECK(excused(each, "260403000000Z"));
    CHECK(excused(each, "260404000000Z"));
    // Of another key it may be another certificate's, and the other key's own CRL has to tell.
    CHECK(excused(each, "260402235959Z", other_key));
  }
  CHECK(!excused(hold, "260402235959Z", shard));
  CHECK(excused(hold, "260404000000Z", shard));
  // What a delta CRL takes from the list is not there, before or after.
  for (const char* when : {"260402000000Z", "260404000000Z"}) CHECK(!excused(removal, when, delta));
  CHECK(excused(removal, "260404000000Z"));
}

TEST_CASE("a hold excuses no date from before a CRL that has the certificate neither revoked nor on hold") {
  const made::Authority ca("EC");
  const Written written("CN=made");
  const std::string serial(octets),
      held = made::entry(serial, "260330100000Z", made::reason(6)),
      removal = made::entry(serial, "260330100000Z", made::reason(8)), on_hold = ca.crl(held, false, "260401000000Z"),
      without = ca.crl(other_entry, false, "260402000000Z"), removed = ca.crl(removal, false, "260402000000Z", delta),
      on_hold_again = ca.crl(held, false, "260403000000Z");
  const auto is_dated_back = [&](std::vector<std::string> crls, const char* revoked) {
    crls.push_back(ca.crl(listing(revoked), false, "260404000000Z"));
    StatusEvidence evidence;
    for (const std::string& each : crls) add(evidence, each);
    evidence.finish();
    return RowsCompared(evidence, row(written)).tally.count(Disagreement::back_dated, Channel::crls) == 1;
  };
  const char *const just_before = "260401235959Z", *const then = "260402000000Z";
  for (const auto& crls : {std::vector{without}, {on_hold, without}, {on_hold, removed}, {on_hold, without, on_hold_again}}) {
    CHECK(is_dated_back(crls, just_before));
    CHECK(!is_dated_back(crls, then));
  }
  CHECK(!is_dated_back({on_hold}, "260330100000Z"));
  CHECK(!is_dated_back({on_hold, on_hold_again}, just_before));
  const auto seen = look({without, on_hold_again, ca.crl(listing(), false, "260404000000Z")}).seen;
  CHECK(seen->clear == second_of_april);
  CHECK(seen->after == *instant_of(2026, 4, 3, 0, 0, 0));
  // It may have been on hold in another part, and moved.
  const auto moved = [&](const std::string& held_in, const char* when, const std::string& extensions) {
    const auto last = look({ca.crl(held, false, when, held_in), ca.crl(other_entry, false, "260402000000Z", extensions),
                            ca.crl(listing(), false, "260404000000Z", extensions)})
                          .seen;
    return !last->clear && !last->after;
  };
  for (const char* when : {"260401000000Z", "260402000000Z", "260403000000Z"}) {
    CHECK(moved(another_shard, when, shard));
    CHECK(!moved(shard, when, shard));
    CHECK(moved(another_shard, when, "") == (when == std::string("260402000000Z")));
  }
  // A full CRL takes nothing from a list, and a delta CRL of another key nothing from this one.
  CHECK(!is_dated_back({on_hold, ca.crl(removal, false, "260402000000Z")}, just_before));
  CHECK(!is_dated_back({on_hold, ca.crl(removal, false, "260402000000Z", delta + other_key)}, just_before));
}

TEST_CASE("a revocation that a later CRL has on hold alone is told to be gone") {
  const made::Authority ca("EC");
  const std::string held = made::entry(std::string(octets), "260331100000Z", made::reason(6)),
                    with = ca.crl(listing("260331100000Z"), false, "260402000000Z");
  CHECK(look({with, ca.crl(held, false, "260403000000Z")}).seen->is_gone);
  CHECK(look({with, ca.crl(held, false, "260403000000Z"), ca.crl(listing(), false, "260404000000Z")}).seen->is_gone);
  CHECK(look({with, ca.crl(held, false, "260403000000Z", shard)}).seen->is_gone);
  CHECK(!look({with, ca.crl(held, false, "260402000000Z")}).seen->is_gone);
  CHECK(!look({with, ca.crl(held, false, "260401000000Z")}).seen->is_gone);
  CHECK(!look({with, ca.crl(held, false, "260403000000Z", other_key)}).seen->is_gone);
  CHECK(!look({with, ca.crl(held, false, "270101000000Z")}).seen->is_gone);
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
  // It may belong to whatever lists it and is not covered by the one that does not.
  CHECK(!look({part, early_other, later}).seen->is_gone);
  const std::string full = ca.crl(listing(), false, "260402120000Z"), full_later = ca.crl(listing(), false, "260404000000Z");
  CHECK(!look({part, full, later}).seen->is_gone);
  CHECK(!look({part, later, full_later}).seen->is_gone);
  CHECK(look({part, later, ca.crl(listing(), false, "260404000000Z", shard)}).seen->is_gone);
  CHECK(look({part, full, later, ca.crl(other_entry, false, "260404000000Z")}).seen->is_gone);
}

TEST_CASE("a CRL of the second of a revocation need not list it") {
  const made::Authority ca("EC");
  const Written written("CN=made");
  ListRow wanted = row(written);
  wanted.revocation_date = Bounds::exact(second_of_april);
  CHECK(!OnlyCrl(ca.crl(other_entry, false, "260402000000Z")).misses(wanted));
  CHECK(OnlyCrl(ca.crl(other_entry, false, "260402000001Z")).misses(wanted));
  // As an OCSP answer of that second need not tell it.
  const auto is_missing = [&](const char* when) {
    StatusEvidence evidence;
    const Single good{octets, V_OCSP_CERTSTATUS_GOOD, 0, "", when};
    evidence.add(read_ocsp(response(ca, {good}, Signer::issuer, when), {ca.certificate()}));
    evidence.finish();
    return RowsCompared(evidence, wanted).tally.count(Disagreement::not_listed, Channel::answers) == 1;
  };
  CHECK(!is_missing("20260402000000Z"));
  CHECK(is_missing("20260402000001Z"));
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

TEST_CASE("a row that names an issuer exactly is of that one, whether or not there is a CRL of it") {
  const made::Authority ca("EC");
  const std::string silent = ca.crl(other_entry, false, "260402000000Z");
  REQUIRE(look({silent}).is_missing);
  const auto others = [](const std::string& name) { return std::vector<IssuerKey>{{IssuerName::of_text(name), "other"}}; };
  CHECK(look({silent}, "CN=made", others("CN=made, O=Example")).is_missing);
  CHECK(look({ca.crl(listing())}, "CN=made", others("CN=made, O=Example")).seen);
  const Seen exact = look({silent}, "CN=made, O=Example", others("O=Example, CN=made"));
  CHECK(!exact.is_missing);
  CHECK(exact.is_of_another);
  CHECK(!look({ca.crl(listing())}, "CN=made, O=Example", others("O=Example, CN=made")).seen);
}

TEST_CASE("what names nobody may be any issuer") {
  const made::Authority ca("EC");
  for (const char* nobody : {"N/A", "unknown", "-", "CN="}) {
    CHECK(look({ca.crl(listing())}, nobody).seen);
    CHECK(!look({ca.crl(other_entry)}, nobody).is_missing);
    CHECK(!look({ca.crl(other_entry)}, nobody).is_of_another);
  }
}

TEST_CASE("a list behind which something follows, which may be another list, proves nobody missing") {
  const made::Authority ca("EC");
  const std::string without = ca.crl(other_entry, false, "260402000000Z");
  CHECK(look({without}).is_missing);
  CHECK(!look({without + ca.crl(listing(), false, "260402000000Z")}).is_missing);
  CHECK(!look({without, without + "."}).is_missing);
}

TEST_CASE("of whom an answer speaks under a key without a CRL nobody is surely missing") {
  const made::Authority ca("EC"), namesake("EC");
  const Written written("CN=made");
  const auto reading_of = [&](const made::Authority& by) {
    return read_ocsp(response(by, {Single{}}), {ca.certificate(), namesake.certificate()});
  };
  const auto is_missing = [&](const made::Authority* answering) {
    StatusEvidence evidence;
    evidence.add(read(ca.crl(other_entry, false, "260402000000Z")), reading_of(ca).answers.at(0).issuer_key);
    if (answering != nullptr) evidence.add(reading_of(*answering));
    evidence.finish();
    StatusEvidence::Memory memory;
    const ListRow wanted = row(written);
    return evidence.is_surely_missing(wanted, evidence.issuer_of(wanted, memory));
  };
  CHECK(is_missing(nullptr));
  CHECK(is_missing(&ca));
  CHECK(!is_missing(&namesake));
}

TEST_CASE("what says that it is older than 1970 tells its dates all the same") {
  const made::Authority ca("EC");
  const auto seen =
      look({ca.crl(made::entry(std::string(octets), "260401100000Z", made::reason(4)), false, "600101000000Z")}).seen;
  REQUIRE(seen);
  CHECK(seen->revoked == *instant_of(2026, 4, 1, 10, 0, 0));
  CHECK(seen->reason == CrlReason::superseded);
}

TEST_CASE("a list with a negative serial number proves nobody missing") {
  const made::Authority ca("EC");
  CHECK(!look({ca.crl(other_entry + made::entry("\x8A"))}).is_missing);
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
  CHECK(IssuerName::of_der("\x30\x80") != IssuerName::of_der("\x30\x81"));
}

TEST_CASE("the names of issuers are read in all types of strings") {
  const auto name = [](int type, const std::string& organization, const std::string& common_name, int last_kind = 3) {
    const auto attribute = [&](int kind, const std::string& value) {
      return made::value(
          0x31, made::sequence(made::value(6, std::string("\x55\x04") + static_cast<char>(kind)) + made::value(type, value)));
    };
    return IssuerName::of_der(made::sequence(attribute(10, organization) + attribute(last_kind, common_name)));
  };
  const auto wide = [](const std::string& ascii) {
    std::string text;
    for (const char c : ascii) text += {'\0', c};
    return text;
  };
  const IssuerName written = IssuerName::of_text("CN=CA 1, O=Soci\xC3\xA9t\xC3\xA9");
  CHECK(name(0x0C, "Soci\xC3\xA9t\xC3\xA9", "CA 1") == written);
  CHECK(name(0x14, "Soci\xE9t\xE9", "CA 1") == written);
  CHECK(name(0x1E, wide("Example"), wide("CA 1")) == name(0x13, "Example", "CA 1"));
  CHECK(name(0x1E, wide("Example"), wide("CA 1")) != name(0x1E, wide("Example"), wide("CA 2")));
  CHECK(is_same(written, name(0x14, "Soci\xE9t\xE9", "CA 2")) == Truth::no);
  // What distinguishes two names may be what lists do not write, or what nobody can read.
  CHECK(name(0x0C, "a", "1", 12) != name(0x0C, "a", "2", 12));
  CHECK(name(0x0C, "\xFF", "CA") != name(0x0C, "\xFE", "CA"));
  CHECK(is_same(IssuerName::of_text("CN=CA, O=a"), name(0x0C, "\xFF", "CA")) == Truth::unknown);
}

TEST_CASE("a text of an issuer that can be read in several ways surely names nobody else") {
  const auto same = [](const char* written, const char* issuer) {
    return is_same(IssuerName::of_text(written), IssuerName::of_text(issuer));
  };
  const char* const mail = "C=ZA, O=Example, CN=Example CA, emailAddress=ca@example.com";
  CHECK(same("C=ZA, O=Example, CN=Example CA/emailAddress=ca@example.com", mail) == Truth::unknown);
  CHECK(same("C=ZA\nO=Example\r\nCN=Example CA\nemailAddress=ca@example.com", mail) == Truth::yes);
  CHECK(same("1.2.840.113549.1.9.1=#160e6361406578616d706c652e636f6d,CN=Example CA,O=Example,C=ZA", mail) == Truth::yes);
  CHECK(same("1.2.840.113549.1.9.1=#160E6361406578616D706C652E636F6E,CN=Example CA,O=Example,C=ZA", mail) == Truth::no);
  const char* const qualified = "C=ES, O=Example S.A., organizationIdentifier=VATES-A12345678, CN=Example QWAC CA";
  CHECK(same("CN=Example QWAC CA,2.5.4.97=#0c0f56415445532d413132333435363738,O=Example S.A.,C=ES", qualified) == Truth::yes);
  CHECK(same("CN=Example QWAC CA, OID.2.5.4.97=VATES-A12345678, O=Example S.A., C=ES", qualified) == Truth::yes);
  CHECK(same("CN=Example QWAC CA,2.5.4.97=#0c0f56415445532d413132333435363739,O=Example S.A.,C=ES", qualified) == Truth::no);
  for (const char* no_der : {"CN=a,O=#", "CN=a,O=#0", "CN=a,O=#zz", "CN=a,O=#0101ff", "CN=a,O=#0c05"})
    CHECK(same(no_der, "CN=a,O=b") == Truth::no);
  CHECK(same("CN=a,O=#hash", "CN=a,O=\\#hash") == Truth::yes);
  const char* const encrypt = "C=US, O=Let's Encrypt, CN=R3";
  CHECK(same("CN=R3, O=Let\xE2\x80\x99s Encrypt", encrypt) == Truth::yes);
  CHECK(same("CN=R3/O=Let's Encrypt", encrypt) == Truth::unknown);
  CHECK(same("CN=R3 | O=Let's Encrypt", encrypt) == Truth::unknown);
  for (const char* label : {"R3", "Let's Encrypt R3", "Lets Encrypt", "Let's Encrypt"})
    CHECK(same(label, encrypt) == Truth::unknown);
  CHECK(same("R10", encrypt) == Truth::no);
  CHECK(same("CN=R10, O=Let's Encrypt", encrypt) == Truth::no);
  CHECK(same("CN=Example \"O=x\" CA", "CN=other") == Truth::no);
}

TEST_CASE("a label that is the common name of one issuer names no other") {
  const made::Authority ca("EC"), other("EC", "made 2");
  const std::vector<std::string> both{other.crl(listing("260320000000Z")), ca.crl(listing())};
  CHECK(look(both, "made").seen->revoked == *instant_of(2026, 4, 1, 10, 0, 0));
  CHECK(look(both, "made 2").seen->revoked == *instant_of(2026, 3, 20, 0, 0, 0));
  CHECK(!look(both, "the made 2 CA").seen);  // nobody can say which
  CHECK(!look(both, "the made 2 CA").is_of_another);
  CHECK(look({both[1]}, "the made CA").seen);
}

TEST_CASE("an OCSP response is verified with its issuer, or whom that entrusted with it") {
  const made::Authority ca("EC"), other("EC", "other");
  const std::vector<std::string> issuers{other.certificate(), ca.certificate()};
  const OcspReading good = read_ocsp(response(ca, {{}}), issuers);
  CHECK(good.check == OcspCheck::good);
  REQUIRE(good.answers.size() == 1);
  CHECK(good.issuers[good.answers[0].issuer] == IssuerName::of_text("CN=made"));
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
  CHECK(read_ocsp(response(ca, {{}}, Signer::not_entrusted), issuers).because ==
        "the responder's certificate is not for signing OCSP responses");
  CHECK(read_ocsp(response(ca, {{}}, Signer::stranger), issuers).because == "the responder's certificate is not of this issuer");
}

TEST_CASE("certificates that are read once verify all that is theirs") {
  const made::Authority ca("EC"), renamed(ca, "renamed"), other("EC", "other"), namesake("EC");
  const Issuers issuers({other.certificate(), "no certificate", namesake.certificate(), renamed.certificate(), ca.certificate()});
  CHECK(issuers.are_given());
  CHECK(issuers.known().size() == 4);
  CHECK(!Issuers(std::vector<std::string>()).are_given());
  for (const EVP_MD* hash : {EVP_sha1(), EVP_sha256()})
    for (const auto* each : {&ca, &renamed, &other, &namesake}) {
      Single single;
      single.hash = hash;
      const OcspReading reading = read_ocsp(response(*each, {single, single}), issuers);
      CHECK(reading.check == OcspCheck::good);
      REQUIRE(reading.issuers.size() == 1);
      CHECK(reading.issuers[0] == issuer_key(each->certificate()).name);
      CHECK(reading.answers.at(1).issuer_key == issuer_key(each->certificate()).key);
    }
  for (const auto* each : {&ca, &renamed, &other, &namesake}) {
    const VerifiedCrl verified = verify(read(each->crl(listing())).outline(), issuers);
    CHECK(verified.check == SignatureCheck::good);
    CHECK(verified.key == issuer_key(each->certificate()).key);
  }
  const auto check = [](const made::Authority& authority, const std::vector<std::string>& by) {
    return verify(read(authority.crl(listing())).outline(), Issuers(by)).check;
  };
  CHECK(check(ca, {other.certificate(), namesake.certificate(), "no certificate"}) == SignatureCheck::bad);
  CHECK(check(ca, {"no certificate", other.certificate()}) == SignatureCheck::other_issuer);
  CHECK(check(ca, {"no certificate"}) == SignatureCheck::no_certificate);
}

TEST_CASE("a responder whose certificate is not in its response is one whose certificate is given") {
  const made::Authority ca("EC");
  std::string certificate;
  const std::string silent = response(ca, {{}}, Signer::delegated_and_silent, made::produced, &certificate);
  CHECK(read_ocsp(silent, {ca.certificate()}).check == OcspCheck::unknown_responder);
  CHECK(read_ocsp(silent, {ca.certificate(), certificate}).check == OcspCheck::good);
  CHECK(read_ocsp(silent, {certificate, ca.certificate()}).check == OcspCheck::good);
  CHECK(read_ocsp(silent, {certificate}).check == OcspCheck::other_issuer);
  // It is judged at the time of the response; that of an issuer at none, for it may have been renewed.
  const char* const old = "20190101000000Z";
  const OcspReading early = read_ocsp(response(ca, {{}}, Signer::delegated, old), {ca.certificate()});
  CHECK(early.check == OcspCheck::wrong_responder);
  CHECK(early.because == "the responder's certificate was not valid then");
  CHECK(read_ocsp(response(ca, {{}}, Signer::issuer, old), {ca.certificate()}).check == OcspCheck::good);
}

TEST_CASE("a response that says nothing, or not when, is told") {
  const made::Authority ca("EC");
  const std::vector<std::string> issuers{ca.certificate()};
  CHECK(read_ocsp(response(ca, {}), issuers).check == OcspCheck::no_answer);
  CHECK(read_ocsp(response(ca, {}), {}).check == OcspCheck::no_answer);
  const OcspReading fraction = read_ocsp(response(ca, {{}}, Signer::issuer, "20260510000000.5Z"), issuers);
  CHECK(fraction.check == OcspCheck::bad_time);
  CHECK(!fraction.is_read());
  CHECK(!is_evidence(OcspCheck::no_answer));
  CHECK(!is_evidence(OcspCheck::bad_time));
}

TEST_CASE("a response on certificates of two issuers counts for those of whom it is verified") {
  const made::Authority ca("EC"), other("EC", "other");
  const Single of_other{"\x02", V_OCSP_CERTSTATUS_REVOKED, OCSP_REVOKED_STATUS_SUPERSEDED, "20260401100000Z", "20260402000000Z",
                        &other};
  const std::string mixed = response(ca, {{}, of_other});
  for (const auto& issuers : {std::vector{ca.certificate()}, {ca.certificate(), other.certificate()}}) {
    const OcspReading reading = read_ocsp(mixed, issuers);
    CHECK(reading.check == OcspCheck::good);
    REQUIRE(reading.answers.size() == 1);
    CHECK(reading.answers[0].serial == octets);
    CHECK(reading.left_out == 1);
  }
  CHECK(read_ocsp(mixed, {other.certificate()}).check == OcspCheck::unknown_responder);
}

TEST_CASE("of a negative serial number an answer is on no certificate that a row can name") {
  const made::Authority ca("EC");
  Single negative;
  negative.is_negative = true;
  const OcspReading reading = read_ocsp(response(ca, {negative}), {ca.certificate()});
  CHECK(reading.answers.empty());
  CHECK(reading.unreadable == 1);
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
  CHECK(read_ocsp(std::string("\x30\x03\x0A\x01\x06", 5), {}).check == OcspCheck::error);
}

namespace {

// A responder's certificate, changed before the issuer signs it, and its key.
struct Responder {
  template <class Change>
  Responder(const made::Authority& ca, Change change)
      : key(EVP_PKEY_Q_keygen(nullptr, nullptr, "EC", "P-256")), certificate(made::responder(ca, key, true)) {
    change(certificate);
    X509_sign(certificate, ca.key(), EVP_sha256());
  }
  explicit Responder(const made::Authority& ca) : Responder(ca, [](X509*) {}) {}
  Responder(const Responder&) = delete;
  Responder& operator=(const Responder&) = delete;
  ~Responder() {
    X509_free(certificate);
    EVP_PKEY_free(key);
  }

  /// A response on one certificate, that has these of responders.
  std::string response(const made::Authority& ca, const std::vector<X509*>& embedded) const {
    OCSP_BASICRESP* basic = made::answers(ca, {{}}, made::produced);
    OCSP_basic_sign(basic, certificate, key, EVP_sha256(), nullptr, OCSP_NOTIME | OCSP_NOCERTS);
    for (X509* each : embedded) OCSP_basic_add1_cert(basic, each);
    return made::finished(basic);
  }
  std::string response(const made::Authority& ca) const { return response(ca, {certificate}); }

  EVP_PKEY* key;
  X509* certificate;
};

}  // namespace

TEST_CASE("what has a critical extension that is not known is no evidence") {
  const made::Authority ca("EC");
  const std::vector<std::string> issuers{ca.certificate()};
  OCSP_BASICRESP* basic = made::answers(ca, {{}}, made::produced);
  X509_EXTENSION* unknown = made::unknown_extension();
  OCSP_BASICRESP_add_ext(basic, unknown, -1);
  X509* issuer = made::decoded(ca.certificate());
  OCSP_basic_sign(basic, issuer, ca.key(), EVP_sha256(), nullptr, OCSP_NOCERTS | OCSP_NOTIME);
  X509_free(issuer);
  const std::string whole = made::finished(basic);
  for (const auto& given : {issuers, {}}) {
    CHECK(read_ocsp(whole, given).check == OcspCheck::critical_extension);
    CHECK(read_ocsp(whole, given).answers.empty());
  }
  CHECK(!is_evidence(OcspCheck::critical_extension));
  // An answer alone takes nothing from the others.
  Single strange;
  strange.has_unknown = true;
  CHECK(read_ocsp(response(ca, {strange}), issuers).check == OcspCheck::critical_extension);
  const OcspReading mixed = read_ocsp(response(ca, {strange, {"\x02"}}), issuers);
  CHECK(mixed.check == OcspCheck::good);
  CHECK(mixed.not_understood == 1);
  CHECK(!mixed.is_sound());
  REQUIRE(mixed.answers.size() == 1);
  CHECK(mixed.answers[0].serial == "\x02");
  const Responder responder(ca, [&](X509* certificate) { X509_add_ext(certificate, unknown, -1); });
  X509_EXTENSION_free(unknown);
  const OcspReading by_responder = read_ocsp(responder.response(ca), issuers);
  CHECK(by_responder.check == OcspCheck::critical_extension);
  CHECK(by_responder.because == "in the responder's certificate");
  // These are known: the nonce of a request, and that nobody need check whether the responder is revoked.
  const Responder unchecked(ca, [](X509* certificate) {
    X509_EXTENSION* no_check = X509V3_EXT_conf_nid(nullptr, nullptr, NID_id_pkix_OCSP_noCheck, "critical,NULL");
    X509_add_ext(certificate, no_check, -1);
    X509_EXTENSION_free(no_check);
  });
  CHECK(read_ocsp(unchecked.response(ca), issuers).check == OcspCheck::good);
}

TEST_CASE("a critical extension of a CRL's entry is known in an answer that says the same") {
  const made::Authority ca("EC"), other("EC", "other");
  const auto is_known = [&](int name, const std::string& content) {
    Single single;
    single.critical = name;
    single.critical_content = content;
    return read_ocsp(response(ca, {single}), {ca.certificate()}).check == OcspCheck::good;
  };
  const auto issuer_of = [](const made::Authority& authority) {
    return made::value(0xA4, std::string(read(authority.crl(other_entry)).outline().issuer));
  };
  CHECK(is_known(NID_crl_reason, made::value(10, "\x04")));
  CHECK(!is_known(NID_crl_reason, made::value(10, "\x01")));
  CHECK(is_known(NID_hold_instruction_code, made::value(6, "\x2A\x86\x48\xCE\x38\x02\x03")));
  CHECK(is_known(NID_certificate_issuer, made::sequence(issuer_of(ca))));
  CHECK(is_known(NID_certificate_issuer, made::sequence(made::value(0x86, "http://example.com/") + issuer_of(ca))));
  CHECK(!is_known(NID_certificate_issuer, made::sequence(issuer_of(other))));
  for (const std::string& nobody : {made::sequence(""), std::string("x")}) CHECK(!is_known(NID_certificate_issuer, nobody));
}

TEST_CASE("an issuer is known by its name and its key") {
  const made::Authority ca("EC"), renamed(ca, "renamed"), other("EC", "other");
  const std::string on_renamed = response(renamed, {{}});
  CHECK(read_ocsp(on_renamed, {ca.certificate()}).check == OcspCheck::other_name);
  CHECK(read_ocsp(on_renamed, {ca.certificate()}).because == "in its answers: --issuer takes the certificate of that name, too");
  CHECK(!is_evidence(OcspCheck::other_name));
  CHECK(read_ocsp(on_renamed, {other.certificate()}).check == OcspCheck::other_issuer);
  const OcspReading both = read_ocsp(on_renamed, {ca.certificate(), renamed.certificate()});
  CHECK(both.check == OcspCheck::good);
  CHECK(both.issuers[both.answers.at(0).issuer] == IssuerName::of_text("CN=renamed"));
  Single of_renamed{"\x02"};
  of_renamed.issuer = &renamed;
  CHECK(read_ocsp(response(ca, {{}, of_renamed}), {ca.certificate()}).left_out == 1);
  // So is the issuer of a responder's certificate.
  const Responder responder(renamed);
  CHECK(read_ocsp(responder.response(renamed), {renamed.certificate()}).check == OcspCheck::good);
  for (const auto& issuers : {std::vector{ca.certificate()}, {ca.certificate(), renamed.certificate()}}) {
    CHECK(read_ocsp(responder.response(ca), issuers).check == OcspCheck::other_name);
    CHECK(read_ocsp(responder.response(ca), issuers).because == "in the responder's certificate");
  }
}

TEST_CASE("a responder's certificate is valid from the first to the last second that it names") {
  const made::Authority ca("EC");
  const auto check = [&](const char* from, const char* until) {
    const Responder responder(ca, [&](X509* certificate) {
      ASN1_TIME_set_string(X509_getm_notBefore(certificate), from);
      ASN1_TIME_set_string(X509_getm_notAfter(certificate), until);
    });
    return read_ocsp(responder.response(ca), {ca.certificate()}).check;
  };
  const char *const early = "20260401000000Z", *const late = "20260403000000Z";
  CHECK(check(made::produced, made::produced) == OcspCheck::good);
  CHECK(check(early, "20260401235959Z") == OcspCheck::wrong_responder);
  CHECK(check("20260402000001Z", late) == OcspCheck::wrong_responder);
}

TEST_CASE("a responder's certificate has to be for signatures, where it says for what") {
  const made::Authority ca("EC");
  const auto check = [&](const char* usage) {
    const Responder responder(ca, [&](X509* certificate) {
      X509_EXTENSION* extension = X509V3_EXT_conf_nid(nullptr, nullptr, NID_key_usage, usage);
      X509_add_ext(certificate, extension, -1);
      X509_EXTENSION_free(extension);
    });
    return read_ocsp(responder.response(ca), {ca.certificate()}).check;
  };
  CHECK(check("critical,digitalSignature") == OcspCheck::good);
  CHECK(check("critical,nonRepudiation") == OcspCheck::good);
  CHECK(check("critical,keyEncipherment") == OcspCheck::wrong_responder);
}

TEST_CASE("a certificate for OCSP responses alone is of no key that issues certificates") {
  const made::Authority ca("EC");
  const auto is_responder = [&](const std::vector<std::pair<int, const char*>>& extensions) {
    const Responder responder(ca, [&](X509* certificate) {
      for (const auto& [name, content] : extensions) {
        X509_EXTENSION* extension = X509V3_EXT_conf_nid(nullptr, nullptr, name, content);
        X509_add_ext(certificate, extension, -1);
        X509_EXTENSION_free(extension);
      }
    });
    const Issuers issuers({made::encoded_as(responder.certificate, i2d_X509)});
    return issuers.known().at(0).is_responder;
  };
  CHECK(is_responder({}));
  CHECK(is_responder({{NID_key_usage, "critical,digitalSignature"}, {NID_basic_constraints, "critical,CA:FALSE"}}));
  CHECK(!is_responder({{NID_basic_constraints, "critical,CA:TRUE"}}));
  CHECK(!is_responder({{NID_key_usage, "critical,digitalSignature,cRLSign"}}));
  CHECK(!is_responder({{NID_key_usage, "critical,digitalSignature,keyCertSign"}}));
  CHECK(!Issuers({ca.certificate()}).known().at(0).is_responder);
}

TEST_CASE("of several certificates of a responder in a response the one that verifies it counts") {
  const made::Authority ca("EC");
  const Responder responder(ca), namesake(ca);
  const std::vector<std::string> issuers{ca.certificate()};
  // It may have one more, that nobody gave: only an issuer is known by its key.
  std::string renewed = made::encoded_as(namesake.certificate, i2d_X509);
  for (const OcspReading& each : {read_ocsp(responder.response(ca, {namesake.certificate}), issuers),
                                  read_ocsp(responder.response(ca, {}), {ca.certificate(), renewed})}) {
    CHECK(each.check == OcspCheck::unknown_responder);
    CHECK(each.because == "none of those of its name verifies it");
  }
  renewed = made::encoded_as(responder.certificate, i2d_X509);
  CHECK(read_ocsp(responder.response(ca, {namesake.certificate}), {ca.certificate(), renewed}).check == OcspCheck::good);
  CHECK(read_ocsp(responder.response(ca, {namesake.certificate, responder.certificate}), issuers).check == OcspCheck::good);
  CHECK(read_ocsp(responder.response(ca, {responder.certificate, namesake.certificate}), issuers).check == OcspCheck::good);
  CHECK(read_ocsp(responder.response(ca, {}), issuers).check == OcspCheck::unknown_responder);
}

TEST_CASE("a reason code of an OCSP answer that cannot be read is there") {
  const made::Authority ca("EC");
  for (const int reason : {7, 11, 260, -5}) {
    Single strange;
    strange.reason = reason;
    const OcspReading reading = read_ocsp(response(ca, {strange}), {ca.certificate()});
    CHECK(!reading.answers.at(0).reason);
    CHECK(reading.answers[0].is_reason_unread);
    CHECK(reading.unread_reasons == 1);
    CHECK(!reading.is_sound());
  }
  Single silent;
  silent.reason = OCSP_REVOKED_STATUS_NOSTATUS;
  CHECK(read_ocsp(response(ca, {silent}), {ca.certificate()}).is_sound());
}

TEST_CASE("a row that CRLs or answers contradict is undetermined where the deadline lies between the two") {
  const made::Authority ca("EC");
  const Written written("CN=made");
  RevocationClock clock;
  clock.start = Bounds::exact(*instant_of(2026, 3, 28, 0, 0, 0));
  clock.last_on_time = Bounds::exact(*instant_of(2026, 4, 2, 0, 0, 0));
  const Grouping grouping = Grouping::with(clock);
  // What a row comes to beside one CRL of 3 April, or two.
  const auto found = [&](const ListRow& of, const std::vector<std::string>& crls, const std::vector<Single>& answers = {}) {
    StatusEvidence evidence;
    for (const std::string& each : crls) add(evidence, each);
    if (!answers.empty()) evidence.add(read_ocsp(response(ca, answers, Signer::issuer, "20260404000000Z"), {ca.certificate()}));
    evidence.finish();
    std::string judged;
    TallyOptions options{
        .as_of = first_of_may, .grouping = &grouping, .evidence = &evidence, .figures = {}, .serials = {}, .extracts = {}};
    RowExtract& extract = options.extracts.emplace_back();
    extract.of_judged = [&](const ListRow& each, std::uint32_t, const Contradictions& contradictions, RowText&) {
      Elapsed lateness;
      Doubt doubt{};
      const CertificateStanding standing = judge(each, clock, first_of_may, contradictions, lateness, doubt);
      judged = standing == CertificateStanding::undetermined ? texts(doubt).code : name(standing);
    };
    RevocationTally tally(options);
    tally.add(of);
    tally.finish();
    const ClockTally& counted = tally.groups().front().clocks.front();
    const std::string first(counted.count(CertificateStanding::met) == 1           ? "met"
                            : counted.count(CertificateStanding::late) == 1        ? "late"
                            : counted.count(CertificateStanding::not_revoked) == 1 ? "not revoked"
                            : counted.undetermined().empty()                       ? "none of these"
                                                             : texts(counted.undetermined().front().doubt).code);
    CHECK(judged == first);
    return first;
  };
  const auto with = [&](Claim claim, std::optional<Instant> revoked) {
    ListRow of = row(written);
    of.not_before = Bounds::exact(*instant_of(2026, 1, 1, 0, 0, 0));
    of.claim = claim;
    of.revocation_date.reset();
    if (revoked) of.revocation_date = Bounds::exact(*revoked);
    return of;
  };
  const Instant in_time = *instant_of(2026, 4, 1, 10, 0, 0), late = *instant_of(2026, 4, 2, 10, 0, 0);
  const auto crl = [&](const std::string& entry, const char* when = "260403000000Z") { return ca.crl(entry, false, when); };
  const std::string then = listing("260401100000Z"), later = listing("260402100000Z");
  const ListRow said = with(Claim::revoked, in_time), said_late = with(Claim::revoked, late), open = with(Claim::not_revoked, {});
  CHECK(found(said, {crl(then)}) == "met");
  CHECK(found(said, {crl(later)}) == "evidence-differs");
  CHECK(found(said, {crl(other_entry)}) == "evidence-differs");
  CHECK(found(said_late, {crl(later)}) == "late");
  CHECK(found(said_late, {crl(then)}) == "evidence-differs");
  CHECK(found(said_late, {crl(other_entry)}) == "late");
  CHECK(found(open, {crl(then)}) == "evidence-differs");
  CHECK(found(open, {crl(later)}) == "not revoked");
  CHECK(found(open, {crl(other_entry)}) == "not revoked");
  // Dated back: it was revoked after the CRL that does not list it, whatever both dates say.
  CHECK(found(said, {crl(other_entry, "260402000000Z"), crl(then)}) == "evidence-differs");
  CHECK(found(said, {crl(other_entry, "260401095959Z"), crl(then)}) == "met");
  CHECK(found(said_late, {crl(other_entry, "260402000001Z"), crl(then)}) == "late");
  // On hold alone.
  ListRow with_reason = said;
  with_reason.reason = CrlReason::superseded;
  CHECK(found(with_reason, {crl(made::entry(std::string(octets), "260401100000Z", made::reason(6)))}) == "evidence-differs");
  // OCSP answers likewise.
  const Single revoked{octets, V_OCSP_CERTSTATUS_REVOKED, OCSP_REVOKED_STATUS_NOSTATUS, "20260402100000Z", "20260403000000Z"},
      good{octets, V_OCSP_CERTSTATUS_GOOD, 0, "", "20260403000000Z"};
  CHECK(found(said, {}, {revoked}) == "evidence-differs");
  CHECK(found(said, {}, {good}) == "evidence-differs");
  CHECK(found(open, {}, {revoked}) == "not revoked");
  CHECK(found(said_late, {}, {revoked}) == "late");
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
  CHECK(seen({good, good_again}).second == second_of_april);  // when the response was made
  CHECK(!seen({{"\x01", V_OCSP_CERTSTATUS_REVOKED, 0}}).first);
  // On hold is not revoked; and an answer is published when it is made.
  const Single on_hold{octets, V_OCSP_CERTSTATUS_REVOKED, OCSP_REVOKED_STATUS_CERTIFICATEHOLD, "20260401100000Z",
                       "20260401120000Z"};
  CHECK(!seen({on_hold}).first);
  CHECK(!seen({on_hold, revoked}).first->clear);
  CHECK(seen({on_hold, good, revoked}).first->clear == *instant_of(2026, 4, 1, 0, 0, 0));
  Single held_then = on_hold, held_later = on_hold;
  held_then.this_update = "20260402000000Z";
  held_later.this_update = "20260402000001Z";
  CHECK(!seen({revoked, held_then}).first->is_gone);
  CHECK(seen({revoked, held_later}).first->is_gone);
  // A gap is told, whatever follows it.
  Single revoked_again = revoked;
  revoked_again.this_update = "20260403000001Z";
  CHECK(seen({revoked, good_again, revoked_again}).first->is_gone);
  CHECK(seen({revoked, held_later, revoked_again}).first->is_gone);
  CHECK(!seen({good, revoked, revoked_again}).first->is_gone);
  StatusEvidence late;
  late.add(read_ocsp(response(ca, {revoked}, Signer::issuer, "20261001000000Z"), {ca.certificate()}));
  late.finish();
  StatusEvidence::Memory memory;
  CHECK(late.in_answers(wanted, late.issuer_of(wanted, memory))->by == *instant_of(2026, 10, 1, 0, 0, 0));
  // One that was made before the revocation was told does not tell that it is gone, whatever each of them knew.
  const auto made_at = [&](const Single& single, const char* when) {
    return read_ocsp(response(ca, {single}, Signer::issuer, when), {ca.certificate()});
  };
  const auto in = [&](const std::vector<OcspReading>& readings, const std::optional<Bounds>& not_after = expiry) {
    StatusEvidence evidence;
    for (const OcspReading& each : readings) evidence.add(each);
    evidence.finish();
    ListRow row_of = wanted;
    row_of.not_after = not_after;
    StatusEvidence::Memory near;
    const StatusEvidence::Issuer& of = evidence.issuer_of(row_of, near);
    return std::pair(evidence.in_answers(row_of, of), evidence.last_good(row_of, of));
  };
  const auto crossed = in({made_at(revoked, "20260405000000Z"), made_at(good_again, "20260403000000Z")}).first;
  CHECK(!crossed->is_gone);
  CHECK(crossed->after == *instant_of(2026, 4, 3, 0, 0, 0));
  CHECK(crossed->by == *instant_of(2026, 4, 5, 0, 0, 0));
  // A certificate that may have expired may be called good.
  const Bounds end = Bounds::exact(*instant_of(2026, 4, 1, 0, 0, 0));
  const auto early_good = made_at(good, "20260401000000Z"), in_time = made_at(revoked, "20260402000000Z"),
             late_good = made_at(good_again, "20260403000000Z");
  CHECK(in({early_good, in_time}).first->after);
  CHECK(in({in_time, late_good}).first->is_gone);
  CHECK(in({late_good}).second);
  for (const std::optional<Bounds>& ended : {std::optional(end), std::optional<Bounds>()}) {
    CHECK(!in({early_good, in_time}, ended).first->after);
    CHECK(!in({in_time, late_good}, ended).first->is_gone);
    CHECK(!in({late_good}, ended).second);
  }
  // Whichever hash they name the issuer's key by, they are of one issuer.
  Single by_sha256 = good;
  by_sha256.hash = EVP_sha256();
  CHECK(in({made_at(by_sha256, "20260401000000Z"), in_time}).first->after == *instant_of(2026, 4, 1, 0, 0, 0));
  // Another key of the same name has other certificates.
  CHECK(!seen({revoked}, {good}).first->after);
  CHECK(!seen({revoked}, {good_again}).first->is_gone);
  CHECK(seen({revoked, good}, {good_again}).first->after);
}

TEST_CASE("a date from before a CRL that does not show it is told of every row, whatever the row says") {
  const made::Authority ca("EC");
  const Written written("CN=made");
  const auto told = [&](Claim claim, const std::string& before, const std::string& listed) {
    StatusEvidence evidence;
    for (const std::string& each : {ca.crl(before, false, "260402000000Z"), ca.crl(listed, false, "260403000000Z")})
      add(evidence, each);
    evidence.finish();
    ListRow one = row(written);
    one.claim = claim;
    if (claim != Claim::revoked) one.revocation_date.reset();
    const RowsCompared compared(evidence, one);
    const RevocationTally& tally = compared.tally;
    return std::pair(tally.count(Disagreement::back_dated, Channel::crls), tally.back_dated_for_compromise(Channel::crls));
  };
  const std::string compromise = made::entry(std::string(octets), "260401100000Z", made::reason(1)),
                    hold = made::entry(std::string(octets), "260401100000Z", made::reason(6));
  for (const Claim claim : {Claim::revoked, Claim::planned, Claim::not_revoked, Claim::nothing}) {
    CHECK(told(claim, other_entry, listing()) == std::pair<std::uint64_t, std::uint64_t>(1, 0));
    CHECK(told(claim, other_entry, compromise) == std::pair<std::uint64_t, std::uint64_t>(1, 1));
    CHECK(told(claim, other_entry, listing("260402000000Z")) == std::pair<std::uint64_t, std::uint64_t>(0, 0));
    CHECK(told(claim, hold, listing()) == std::pair<std::uint64_t, std::uint64_t>(0, 0));
  }
}

TEST_CASE("an OCSP answer without a reason is a hold where a CRL has the certificate on hold since then") {
  const made::Authority ca("EC");
  const Written written("CN=made");
  const auto is_revoked = [&](int reason, const char* on_hold_since) {
    StatusEvidence evidence;
    add(evidence, ca.crl(made::entry(std::string(octets), on_hold_since, made::reason(6)), false, "260402000000Z"));
    Single single;
    single.reason = reason;
    single.revoked = "20260401100000Z";
    evidence.add(read_ocsp(response(ca, {single}), {ca.certificate()}));
    evidence.finish();
    StatusEvidence::Memory memory;
    return evidence.in_answers(row(written), evidence.issuer_of(row(written), memory)).has_value();
  };
  CHECK(!is_revoked(OCSP_REVOKED_STATUS_NOSTATUS, "260401100000Z"));
  CHECK(is_revoked(OCSP_REVOKED_STATUS_NOSTATUS, "260401100001Z"));
  CHECK(is_revoked(OCSP_REVOKED_STATUS_SUPERSEDED, "260401100000Z"));
}

TEST_CASE("an OCSP answer that leaves the reason out contradicts none, and a CRL without one does") {
  const made::Authority ca("EC");
  const Written written("CN=made");
  const auto differs = [&](std::optional<CrlReason> said, int told, Channel channel) {
    StatusEvidence evidence;
    Single single;
    single.reason = told;
    if (channel == Channel::answers) evidence.add(read_ocsp(response(ca, {single}), {ca.certificate()}));
    else add(evidence, ca.crl(made::entry(std::string(octets), "260401100000Z", told < 0 ? "" : made::reason(told))));
    evidence.finish();
    ListRow one = row(written);
    one.reason = said;
    const RowsCompared compared(evidence, one);
    const RevocationTally& tally = compared.tally;
    CHECK(tally.listed(channel) == 1);
    return tally.count(Disagreement::reason_differs, channel) == 1;
  };
  constexpr int no_reason = OCSP_REVOKED_STATUS_NOSTATUS, superseded = OCSP_REVOKED_STATUS_SUPERSEDED;
  CHECK(!differs(CrlReason::superseded, no_reason, Channel::answers));
  CHECK(differs(CrlReason::superseded, no_reason, Channel::crls));
  CHECK(!differs(CrlReason::superseded, superseded, Channel::answers));
  for (const Channel channel : {Channel::crls, Channel::answers}) {
    CHECK(differs(CrlReason::key_compromise, superseded, channel));
    CHECK(!differs(CrlReason::unspecified, no_reason, channel));
    CHECK(!differs(std::nullopt, superseded, channel));
    // One that cannot be read may be any.
    for (const CrlReason said : {CrlReason::superseded, CrlReason::unspecified}) CHECK(!differs(said, 7, channel));
  }
}

namespace {

// What is told of one row beside CRLs and answers, which are made when they say what is so, unless a test tells otherwise.
class OneRow {
 public:
  explicit OneRow(Claim claim, std::optional<CrlReason> reason = {}, Instant when = *instant_of(2026, 4, 1, 0, 0, 0))
      : row_(row(written_)) {
    row_.claim = claim;
    row_.reason = reason;
    row_.revocation_date = Bounds::exact(when);
  }
  OneRow& crl(const std::string& entries, const char* when, const std::string& extensions = {}) {
    add(evidence_, ca_.crl(entries, false, when, extensions));
    return *this;
  }
  OneRow& answer(int status, const char* when, int reason = OCSP_REVOKED_STATUS_NOSTATUS, const char* revoked = "20260401000000Z",
                 const char* made = nullptr) {
    const Single single{octets, status, reason, revoked, when};
    evidence_.add(read_ocsp(response(ca_, {single}, Signer::issuer, made == nullptr ? when : made), {ca_.certificate()}));
    return *this;
  }
  // Each disagreement, by the number of its kind: those with CRLs, and those with answers as negative numbers.
  std::vector<int> told(Instant as_of = first_of_may) {
    evidence_.finish();
    const RowsCompared compared(evidence_, row_, as_of);
    std::vector<int> all;
    for (std::size_t i = 0; i < disagreement_count; ++i)
      for (const Channel channel : {Channel::crls, Channel::answers})
        if (compared.tally.count(static_cast<Disagreement>(i), channel) > 0)
          all.push_back(channel == Channel::crls ? static_cast<int>(i) : -static_cast<int>(i) - 1);
    return all;
  }
  std::uint64_t for_compromise(Channel channel) {
    evidence_.finish();
    return RowsCompared(evidence_, row_).tally.back_dated_for_compromise(channel);
  }

 private:
  static const made::Authority ca_;
  static const Written written_;
  StatusEvidence evidence_;
  ListRow row_;
};
const made::Authority OneRow::ca_("EC");
const Written OneRow::written_("CN=made");

int by_crls(Disagreement what) { return static_cast<int>(what); }
int by_answers(Disagreement what) { return -static_cast<int>(what) - 1; }
using Kinds = std::vector<int>;
constexpr int good = V_OCSP_CERTSTATUS_GOOD, revoked = V_OCSP_CERTSTATUS_REVOKED;
constexpr int for_compromise = OCSP_REVOKED_STATUS_KEYCOMPROMISE, for_hold = OCSP_REVOKED_STATUS_CERTIFICATEHOLD,
              superseded = OCSP_REVOKED_STATUS_SUPERSEDED, no_reason = OCSP_REVOKED_STATUS_NOSTATUS;
std::string entry_of(const char* when, int reason) { return made::entry(std::string(octets), when, made::reason(reason)); }

}  // namespace

TEST_CASE("the date of a key compromise is no proof of when the CA acted") {
  const auto row = [](CrlReason reason) { return OneRow(Claim::revoked, reason); };
  const auto compromise = CrlReason::key_compromise;
  CHECK(row(CrlReason::superseded).crl(other_entry, "260402000000Z").told() == Kinds{by_crls(Disagreement::not_listed)});
  CHECK(row(CrlReason::superseded).answer(good, "20260402000000Z").told() == Kinds{by_answers(Disagreement::not_listed)});
  for (const auto& [crl, answer, is_told] : {std::tuple("260402000000Z", "20260402000000Z", false),
                                             {"260501000000Z", "20260501000000Z", false},
                                             {"260501000001Z", "20260501000001Z", true}}) {
    CHECK(row(compromise).crl(other_entry, crl).told() == (is_told ? Kinds{by_crls(Disagreement::not_listed)} : Kinds()));
    CHECK(row(compromise).answer(good, answer).told() == (is_told ? Kinds{by_answers(Disagreement::not_listed)} : Kinds()));
  }
  // Nor where a CRL has the reason that a row leaves out.
  const auto silent_row = [&](int reason) {
    return OneRow(Claim::revoked).crl(entry_of("260401000000Z", reason), "260403000000Z").answer(good, "20260402000000Z").told();
  };
  CHECK(silent_row(1) == Kinds());
  CHECK(silent_row(4) == Kinds{by_answers(Disagreement::not_listed)});
}

TEST_CASE("what is dated back for a key compromise is counted apart, on CRLs and in answers") {
  const auto answered = [](std::optional<CrlReason> said, int reason) {
    OneRow row(Claim::revoked, said);
    row.answer(good, "20260402000000Z").answer(revoked, "20260403000000Z", reason);
    CHECK(row.told() == Kinds{by_answers(Disagreement::back_dated)});
    return row.for_compromise(Channel::answers);
  };
  CHECK(answered(CrlReason::key_compromise, for_compromise) == 1);
  CHECK(answered(CrlReason::superseded, superseded) == 0);
  // What an answer leaves out the row tells.
  CHECK(answered(CrlReason::key_compromise, no_reason) == 1);
  CHECK(answered(CrlReason::superseded, no_reason) == 0);
  CHECK(answered(std::nullopt, no_reason) == 0);
}

TEST_CASE("what changed after as-of is held against no list") {
  const Instant tenth = *instant_of(2026, 4, 10, 0, 0, 0);
  const auto planned = [&](int reason, const char* silent) {
    OneRow row(Claim::planned), answered(Claim::planned);
    const std::string century = "20";
    if (silent != nullptr) row.crl(other_entry, silent);
    row.crl(entry_of("260408000000Z", reason), "260414000000Z");
    if (silent != nullptr) answered.answer(good, (century + silent).c_str());
    answered.answer(revoked, "20260414000000Z", reason, "20260408000000Z");
    const auto has = [](const Kinds& told, int what) { return std::find(told.begin(), told.end(), what) != told.end(); };
    const bool is_told = has(row.told(tenth), by_crls(Disagreement::listed));
    CHECK(has(answered.told(tenth), by_answers(Disagreement::listed)) == is_told);
    return is_told;
  };
  CHECK(planned(superseded, nullptr));
  CHECK(planned(superseded, "260409235959Z"));
  CHECK(!planned(superseded, "260410000000Z"));
  CHECK(!planned(for_compromise, nullptr));
  CHECK(!planned(for_compromise, "260412000000Z"));
  // Shown by then it was revoked then, whatever the reason.
  CHECK(OneRow(Claim::planned).crl(entry_of("260408000000Z", 1), "260410000000Z").told(tenth) ==
        Kinds{by_crls(Disagreement::listed)});
  // A plan that came true to the day contradicts nothing.
  const auto kept = [&](const char* when) {
    return OneRow(Claim::planned, {}, *instant_of(2026, 4, 8, 0, 0, 0)).crl(entry_of(when, 4), "260410000000Z").told(tenth);
  };
  CHECK(kept("260408000000Z") == Kinds());
  CHECK(kept("260407235959Z") == Kinds{by_crls(Disagreement::listed)});
  // The last word by then counts, or the first one after.
  const auto amended = [&](const char* first, const char* second, Instant as_of) {
    const std::string century = "20";
    const Kinds on_crls = OneRow(Claim::revoked, CrlReason::superseded)
                              .crl(entry_of("260401000000Z", 4), first)
                              .crl(entry_of("260330000000Z", 1), second)
                              .told(as_of);
    const Kinds in_answers = OneRow(Claim::revoked, CrlReason::superseded)
                                 .answer(revoked, (century + first).c_str(), superseded)
                                 .answer(revoked, (century + second).c_str(), for_compromise, "20260330000000Z")
                                 .told(as_of);
    CHECK(on_crls.size() == in_answers.size());
    return on_crls;
  };
  const Kinds differs{by_crls(Disagreement::date_differs), by_crls(Disagreement::reason_differs)};
  CHECK(amended("260408000000Z", "260410000000Z", tenth) == differs);
  CHECK(amended("260408000000Z", "260410000001Z", tenth) == Kinds());
  CHECK(amended("260411000000Z", "260412000000Z", tenth) == Kinds());
  // One that is only told afterwards may have been amended for a key compromise since, to an earlier date.
  const auto only_later = [&](const char* revoked_at, int reason) {
    return OneRow(Claim::revoked, CrlReason::superseded).crl(entry_of(revoked_at, reason), "260412000000Z").told(tenth);
  };
  CHECK(only_later("260330000000Z", 1) == Kinds());
  CHECK(only_later("260402000000Z", 1) == differs);
  CHECK(only_later("260330000000Z", 5) == differs);
}

TEST_CASE("what was amended after as-of contradicts no row that agrees with the last word of then") {
  const Instant then = *instant_of(2026, 4, 2, 12, 0, 0);
  const std::string dated_back = entry_of("260330000000Z", 1);
  const auto row = [] { return OneRow(Claim::revoked, CrlReason::key_compromise, *instant_of(2026, 3, 30, 0, 0, 0)); };
  // Another reason, another date, both.
  for (const std::string& later : {entry_of("260330000000Z", 9), entry_of("260331000000Z", 1), entry_of("260401000000Z", 4)})
    CHECK(row().crl(dated_back, "260402000000Z").crl(later, "260403000000Z").told(then) == Kinds());
  CHECK(row()
            .answer(revoked, "20260402000000Z", for_compromise, "20260330000000Z")
            .answer(revoked, "20260403000000Z", superseded, "20260330000000Z")
            .told(then) == Kinds());
  // By then it does.
  CHECK(row().crl(dated_back, "260402000000Z").crl(entry_of("260401000000Z", 4), "260403000000Z").told() ==
        Kinds{by_crls(Disagreement::date_differs), by_crls(Disagreement::reason_differs)});
}

TEST_CASE("an older word of one channel that the other amends for a key compromise contradicts no row") {
  const auto row = [] { return OneRow(Claim::revoked, CrlReason::key_compromise, *instant_of(2026, 3, 30, 0, 0, 0)); };
  const std::string before = entry_of("260401000000Z", 4), after = entry_of("260330000000Z", 1);
  const char *const moved = "20260330000000Z", *const first = "20260401000000Z";
  CHECK(row().answer(revoked, "20260402000000Z", superseded, first).crl(after, "260403000000Z").told() == Kinds());
  CHECK(row().crl(before, "260402000000Z").answer(revoked, "20260403000000Z", for_compromise, moved).told() == Kinds());
  // What the newer answer leaves out the row tells.
  CHECK(row().crl(before, "260402000000Z").answer(revoked, "20260403000000Z", no_reason, moved).told() == Kinds());
  // What is only shown after as-of may have been so by then.
  const Instant then = *instant_of(2026, 4, 2, 12, 0, 0);
  CHECK(row().crl(before, "260402000000Z").crl(after, "260403000000Z").told(then) == Kinds());
  CHECK(row().crl(before, "260402000000Z").answer(revoked, "20260403000000Z", for_compromise, moved).told(then) == Kinds());
  CHECK(row().crl(before, "260402000000Z").told(then) ==
        Kinds{by_crls(Disagreement::date_differs), by_crls(Disagreement::reason_differs)});
  // An older one amends nothing, nor one with a later date or for another reason.
  const Kinds by_answer{by_answers(Disagreement::date_differs), by_answers(Disagreement::reason_differs)};
  CHECK(row().answer(revoked, "20260404000000Z", superseded, first).crl(after, "260403000000Z").told() == by_answer);
  CHECK(OneRow(Claim::revoked, CrlReason::superseded)
            .answer(revoked, "20260402000000Z", for_compromise, moved)
            .crl(entry_of("260401000000Z", 4), "260403000000Z")
            .told() == by_answer);
  // A row that neither of two agrees with disagrees with both, and one that the newer one contradicts with that.
  CHECK(OneRow(Claim::revoked, CrlReason::superseded)
            .crl(entry_of("260401000000Z", 1), "260402000000Z")
            .answer(revoked, "20260402000000Z", for_compromise, first)
            .told() == Kinds{by_crls(Disagreement::reason_differs), by_answers(Disagreement::reason_differs)});
  CHECK(OneRow(Claim::revoked, CrlReason::superseded)
            .crl(before, "260402000000Z")
            .answer(revoked, "20260403000000Z", for_compromise, moved)
            .told() == by_answer);
}

TEST_CASE("a row that is said to be revoked, and is on hold alone afterwards, has another reason than there") {
  const auto row = [](std::optional<CrlReason> reason = CrlReason::superseded) { return OneRow(Claim::revoked, reason); };
  const std::string hold = entry_of("260401000000Z", 6);
  const Kinds by_crl{by_crls(Disagreement::reason_differs)}, by_answer{by_answers(Disagreement::reason_differs)};
  CHECK(row().crl(hold, "260401000001Z").told() == by_crl);
  CHECK(row().answer(revoked, "20260401000001Z", for_hold).told() == by_answer);
  // It may have been revoked in that second, or later.
  CHECK(row().crl(hold, "260401000000Z").told() == Kinds());
  CHECK(row().answer(revoked, "20260401000000Z", for_hold).told() == Kinds());
  CHECK(row(CrlReason::key_compromise).crl(hold, "260402000000Z").told() == Kinds());
  CHECK(row(CrlReason::key_compromise).crl(hold, "260502000000Z").told() == by_crl);
  // Who says that it is on hold, or gives no reason, or says that it is not revoked contradicts nothing.
  CHECK(row(CrlReason::certificate_hold).crl(hold, "260402000000Z").told() == Kinds());
  CHECK(row(std::nullopt).crl(hold, "260402000000Z").told() == Kinds());
  CHECK(OneRow(Claim::planned, CrlReason::superseded).crl(hold, "260402000000Z").told() == Kinds());
  // What shows the revocation since then has the last word; what a CRL has not is on no CRL.
  CHECK(row().crl(hold, "260402000000Z").crl(entry_of("260401000000Z", 4), "260403000000Z").told() == Kinds());
  for (const int reason : {superseded, no_reason})
    CHECK(row().crl(hold, "260402000000Z").answer(revoked, "20260402000000Z", reason).told() == Kinds());
  CHECK(row().crl(hold, "260403000000Z").answer(revoked, "20260402000000Z", superseded).told() == by_crl);
  CHECK(row().answer(revoked, "20260402000000Z", for_hold).crl(entry_of("260401000000Z", 4), "260402000000Z").told() == Kinds());
  CHECK(row().crl(hold, "260402000000Z").crl(other_entry, "260403000000Z").told() == Kinds{by_crls(Disagreement::not_listed)});
}

TEST_CASE("a revocation of after as-of may be dated like a hold, or from before something that does not have it") {
  const Instant tenth = *instant_of(2026, 4, 10, 0, 0, 0);
  const auto planned = [] { return OneRow(Claim::planned); };
  const std::string hold = entry_of("260405000000Z", 6), other_hold = entry_of("260406000000Z", 6);
  const char *const fifth = "20260405000000Z", *const fourteenth = "20260414000000Z";
  // Each finds what is asked of it on CRLs and in answers.
  const auto is_told = [&](const auto& before) {
    OneRow on_crl = planned(), in_answer = planned();
    before(on_crl.crl(entry_of("260405000000Z", 4), "260414000000Z"));
    before(in_answer.answer(revoked, fourteenth, superseded, fifth));
    const auto has = [](const Kinds& told, int what) { return std::find(told.begin(), told.end(), what) != told.end(); };
    const bool by_crl = has(on_crl.told(*instant_of(2026, 4, 10, 0, 0, 0)), by_crls(Disagreement::listed));
    CHECK(has(in_answer.told(*instant_of(2026, 4, 10, 0, 0, 0)), by_answers(Disagreement::listed)) == by_crl);
    return by_crl;
  };
  CHECK(is_told([](OneRow&) {}));
  // On hold then or later it was not revoked then, nor is that certain where it was on hold since the same date.
  CHECK(!is_told([&](OneRow& row) { row.crl(hold, "260411000000Z"); }));
  CHECK(!is_told([&](OneRow& row) { row.crl(hold, "260409000000Z"); }));
  CHECK(!is_told([&](OneRow& row) { row.crl(other_hold, "260410000000Z"); }));
  CHECK(is_told([&](OneRow& row) { row.crl(other_hold, "260409235959Z"); }));
  CHECK(!is_told([&](OneRow& row) { row.answer(revoked, "20260411000000Z", for_hold, fifth); }));
  CHECK(!is_told([&](OneRow& row) { row.answer(revoked, "20260409000000Z", for_hold, fifth); }));
  CHECK(!is_told([&](OneRow& row) { row.answer(revoked, "20260410000000Z", for_hold, "20260406000000Z"); }));
  CHECK(is_told([&](OneRow& row) { row.answer(revoked, "20260409235959Z", for_hold, "20260406000000Z"); }));
  // Under whichever key: a hold names its certificate, and who is silent may know only those of its own.
  CHECK(!is_told([&](OneRow& row) { row.crl(hold, "260409000000Z", one_key); }));
  CHECK(planned().crl(other_entry, "260410000000Z", one_key).crl(entry_of("260405000000Z", 4), "260414000000Z").told(tenth) ==
        Kinds{by_crls(Disagreement::listed)});
  // What has it neither revoked nor on hold tells it of both.
  CHECK(!is_told([](OneRow& row) { row.crl(other_entry, "260410000000Z"); }));
  CHECK(is_told([](OneRow& row) { row.crl(other_entry, "260409235959Z"); }));
  CHECK(is_told([](OneRow& row) { row.crl(other_entry, "260411000000Z", shard); }));
  CHECK(!is_told([](OneRow& row) { row.answer(good, "20260410000000Z"); }));
  CHECK(is_told([](OneRow& row) { row.answer(good, "20260409235959Z"); }));
  CHECK(is_told([](OneRow& row) { row.answer(V_OCSP_CERTSTATUS_UNKNOWN, "20260411000000Z"); }));
  // Shown by then it was revoked then.
  CHECK(planned().crl(hold, "260408000000Z").crl(entry_of("260405000000Z", 4), "260410000000Z").told(tenth) ==
        Kinds{by_crls(Disagreement::listed)});
}

TEST_CASE("the last word of answers is of what was so last, not of what was made last") {
  const auto row = [](CrlReason reason, Instant when) { return OneRow(Claim::revoked, reason, when); };
  const Instant first = *instant_of(2026, 4, 1, 0, 0, 0), seventh = *instant_of(2026, 4, 7, 0, 0, 0);
  const auto amended = [](OneRow of, const char* stale) {
    return of.answer(revoked, "20260415100000Z", for_compromise, "20260401000000Z")
        .answer(revoked, "20260415080000Z", superseded, "20260407000000Z", stale)
        .told();
  };
  for (const char* stale : {"20260415095500Z", "20260415100500Z"}) {
    CHECK(amended(row(CrlReason::key_compromise, first), stale) == Kinds());
    CHECK(amended(row(CrlReason::superseded, seventh), stale) ==
          Kinds{by_answers(Disagreement::date_differs), by_answers(Disagreement::reason_differs)});
    // Where both are of after as-of the first one counts, also of what was so.
    OneRow later = row(CrlReason::superseded, seventh);
    CHECK(later.answer(revoked, "20260415100000Z", OCSP_REVOKED_STATUS_PRIVILEGEWITHDRAWN, "20260401000000Z")
              .answer(revoked, "20260415080000Z", superseded, "20260407000000Z", stale)
              .told(*instant_of(2026, 4, 10, 0, 0, 0)) == Kinds());
  }
}

TEST_CASE("the order in which answers are given changes nothing, of whichever key they are") {
  const made::Authority ca("EC"), namesake("EC");
  const Written written("CN=made");
  const Single good_later{octets, good, 0, "", "20260403000000Z"};
  Single by_sha256;
  by_sha256.hash = EVP_sha256();
  const std::vector<std::string> both{ca.certificate(), namesake.certificate()}, nobody;
  const auto is_gone = [&](const std::vector<std::string>& responses, const std::vector<std::string>& issuers) {
    StatusEvidence evidence;
    for (const std::string& each : responses) evidence.add(read_ocsp(each, issuers));
    evidence.finish();
    StatusEvidence::Memory memory;
    return evidence.in_answers(row(written), evidence.issuer_of(row(written), memory))->is_gone;
  };
  const std::string with = response(ca, {{}}), of_namesake = response(namesake, {{}}), in_sha256 = response(ca, {by_sha256}),
                    without = response(ca, {good_later}, Signer::issuer, "20260403000000Z");
  for (const auto& [other, issuers] : {std::pair(of_namesake, both), {in_sha256, nobody}}) {
    CHECK(is_gone({with, other, without}, issuers));
    CHECK(is_gone({other, with, without}, issuers));
    CHECK(is_gone({without, other, with}, issuers));
    CHECK(!is_gone({other, without}, issuers));
  }
}

TEST_CASE("an answer without a reason is neither revocation nor hold where another answer has it on hold since then") {
  const char *const fifth = "20260405000000Z", *const eighth = "20260408000000Z";
  const auto planned = [] { return OneRow(Claim::planned); };
  const Kinds listed{by_answers(Disagreement::listed)};
  CHECK(planned().answer(revoked, "20260406000000Z", no_reason, fifth).told() == listed);
  CHECK(planned().answer(revoked, "20260406000000Z", no_reason, fifth).answer(revoked, eighth, for_hold, fifth).told() ==
        Kinds());
  CHECK(planned().answer(revoked, eighth, no_reason, fifth).answer(revoked, "20260406000000Z", for_hold, fifth).told() ==
        Kinds());
  CHECK(planned()
            .answer(revoked, "20260406000000Z", for_hold, fifth)
            .answer(revoked, eighth, no_reason, fifth)
            .answer(good, "20260409000000Z")
            .told() == Kinds());
  CHECK(planned().answer(revoked, eighth, no_reason, "20260405000001Z").answer(revoked, fifth, for_hold, fifth).told() == listed);
  // It may tell of the revocation that followed the hold.
  CHECK(OneRow(Claim::revoked, CrlReason::superseded, *instant_of(2026, 4, 5, 0, 0, 0))
            .answer(revoked, "20260406000000Z", for_hold, fifth)
            .answer(revoked, eighth, no_reason, fifth)
            .told() == Kinds());
}

TEST_CASE("what was so before a revocation does not tell that it is gone, however early the one that shows it says it is") {
  const Instant tenth_hour = *instant_of(2026, 4, 7, 10, 0, 0);
  const auto row = [&] { return OneRow(Claim::revoked, CrlReason::superseded, tenth_hour); };
  const auto answered = [&](const char* when) {
    return row()
        .answer(revoked, "20260407090500Z", superseded, "20260407100000Z", "20260407100500Z")
        .answer(good, when, 0, "", "20260407101000Z")
        .told();
  };
  CHECK(answered("20260407093000Z") == Kinds());
  CHECK(answered("20260407100000Z") == Kinds());
  const Kinds gone = answered("20260407100001Z");
  CHECK(std::find(gone.begin(), gone.end(), by_answers(Disagreement::gone)) != gone.end());
  const auto listed = [&](const char* when) {
    return row().crl(entry_of("260407100000Z", 4), "260407095000Z").crl(other_entry, when).told();
  };
  CHECK(listed("260407095500Z") == Kinds());
  CHECK(listed("260407100000Z") == Kinds());
  CHECK(listed("260407100001Z") == Kinds{by_crls(Disagreement::gone)});
}

TEST_CASE("a revocation of after as-of is not held against a delay that has passed") {
  const Instant ninth = *instant_of(2026, 4, 9, 0, 0, 0);
  const auto told = [&](const char* revoked_at, Instant as_of) {
    return OneRow(Claim::delayed, CrlReason::superseded, ninth).crl(entry_of(revoked_at, 4), "260414000000Z").told(as_of);
  };
  const Instant tenth = *instant_of(2026, 4, 10, 0, 0, 0);
  CHECK(told("260412000000Z", tenth) == Kinds());
  CHECK(told("260410000001Z", tenth) == Kinds());
  CHECK(told("260410000000Z", tenth) == Kinds{by_crls(Disagreement::date_differs)});
  // Then neither a delay nor a revocation of that day is what the CRL has.
  CHECK(told("260412000000Z", *instant_of(2026, 4, 20, 0, 0, 0)) == Kinds{by_crls(Disagreement::date_differs)});
}

TEST_CASE("an entry that is dated after its CRL tells nothing of the other entries") {
  const Instant tenth = *instant_of(2026, 4, 10, 0, 0, 0);
  const std::string future = made::entry("\x01", "260701000000Z"), hours_later = made::entry("\x01", "260409080000Z");
  // What a CRL has from its beginning on counts from then on: a revocation that the row does not tell, an amended reason.
  for (const std::string& other : {other_entry, future, hours_later}) {
    CHECK(OneRow(Claim::planned).crl(entry_of("260408000000Z", 1) + other, "260409000000Z").told(tenth) ==
          Kinds{by_crls(Disagreement::listed)});
    CHECK(OneRow(Claim::revoked, CrlReason::superseded)
              .crl(made::entry(std::string(octets), "260401000000Z"), "260402000000Z")
              .crl(entry_of("260401000000Z", 4) + other, "260409000000Z")
              .told(*instant_of(2026, 4, 9, 4, 0, 0)) == Kinds());
    CHECK(OneRow(Claim::revoked, CrlReason::superseded)
              .crl(entry_of("260401000000Z", 4) + other, "260409000000Z")
              .crl(other_entry, "260410000000Z")
              .told() == Kinds{by_crls(Disagreement::gone)});
  }
}

TEST_CASE("a thisUpdate may be set back by an hour") {
  const made::Authority ca("EC");
  const auto by = [&](const char* other) {
    return look({ca.crl(listing("260401000000Z") + made::entry("\x01", other), false, "260402000000Z")}).seen->by;
  };
  CHECK(by("260402000000Z") == second_of_april);
  CHECK(by("260402000500Z") == second_of_april + Seconds{300});
  CHECK(by("260402010000Z") == second_of_april + Seconds{3600});
  CHECK(by("260402010001Z") == second_of_april);
}

TEST_CASE("of a certificate whose entry is dated after its CRL the date decides nothing against anybody") {
  const made::Authority ca("EC");
  const Instant july = *instant_of(2026, 7, 1, 0, 0, 0), second = *instant_of(2026, 7, 2, 0, 0, 0);
  const std::string future = entry_of("260701000000Z", 4), right = entry_of("260401000000Z", 4);
  // It is no revocation of before its date, and may be planned for then.
  const auto planned = [&](Instant as_of) {
    return OneRow(Claim::planned, {}, *instant_of(2026, 7, 3, 0, 0, 0)).crl(future, "260402000000Z").told(as_of);
  };
  CHECK(planned(july - Seconds{1}) == Kinds());
  CHECK(planned(july) == Kinds{by_crls(Disagreement::listed)});
  // A newer CRL or answer with the right date has the last word, also when the wrong date has come.
  const auto row = [] { return OneRow(Claim::revoked, CrlReason::superseded); };
  for (const Instant as_of : {first_of_may, july, second}) {
    CHECK(row().crl(future, "260402000000Z").crl(right, "260403000000Z").told(as_of) == Kinds());
    CHECK(row()
              .answer(revoked, "20260402000000Z", superseded, "20260701000000Z")
              .answer(revoked, "20260403000000Z", superseded)
              .told(as_of) == Kinds());
  }
  CHECK(row().crl(right, "260402000000Z").crl(future, "260403000000Z").told() == Kinds());
  CHECK(row().crl(right, "260402000000Z").crl(future, "260403000000Z").told(second) ==
        Kinds{by_crls(Disagreement::date_differs)});
  // It was published by its date, or by when another shows it; it may have been revoked when the CRL was made.
  const auto seen = [&](const std::vector<std::string>& crls) { return *look(crls).seen; };
  const std::string wrong = ca.crl(future, false, "260402000000Z"), mended = ca.crl(right, false, "260403000000Z");
  CHECK(seen({wrong}).by == july);
  CHECK(seen({wrong}).first_dated == second_of_april);
  CHECK(seen({wrong, mended}).by == *instant_of(2026, 4, 3, 0, 0, 0));
  CHECK(seen({wrong, mended, ca.crl(other_entry, false, "260404000000Z")}).is_gone);
  CHECK(!seen({wrong, ca.crl(other_entry, false, "260404000000Z")}).is_gone);
}

TEST_CASE("a delta CRL takes nothing from the list that may only be on it since") {
  const Instant tenth_hour = *instant_of(2026, 4, 7, 10, 0, 0);
  const std::string removal = entry_of("260406000000Z", 8), revocation = entry_of("260407100000Z", 4);
  const auto told = [&](const char* listed, const char* removed) {
    return OneRow(Claim::revoked, CrlReason::superseded, tenth_hour).crl(revocation, listed).crl(removal, removed, delta).told();
  };
  // The CRL says that it is older than what it lists.
  CHECK(told("260407095000Z", "260407095500Z") == Kinds());
  CHECK(told("260407095000Z", "260407100000Z") == Kinds());
  CHECK(told("260407095000Z", "260407100001Z") == Kinds{by_crls(Disagreement::gone)});
  // Of the same second none contradicts another.
  CHECK(told("260407100000Z", "260407100000Z") == Kinds());
  CHECK(told("260407100000Z", "260407100001Z") == Kinds{by_crls(Disagreement::gone)});
  CHECK(OneRow(Claim::revoked, CrlReason::superseded, tenth_hour)
            .crl(revocation, "260407100000Z")
            .crl(removal, "260408000000Z", delta)
            .crl(revocation, "260408000000Z")
            .told() == Kinds());
}
