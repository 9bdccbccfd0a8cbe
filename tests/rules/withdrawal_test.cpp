// What the CA told wrongly of what it did is none, whether it would start a clock or end one. What it learned, said or promised
// stays, whatever it says of it later, and nobody takes back what somebody else tells.
#include "reconcile/support.hpp"

using namespace cita;
using namespace cita::testing;

namespace {

const std::string crl = "tls-br.crl-within-24-hours-of-subscriber-revocation";
const std::string much_later = "2026-06-01T00:00:00Z";

std::string at(const std::string& kind, const std::string& when, const std::string& more = {}) {
  return "  - {kind: " + kind + ", at: 2026-05-" + when + "Z" + more + "}\n";
}

std::string takes_back(const std::string& what, const std::string& when = "06T15:00:00", const std::string& more = {}) {
  return at("correction", when, ", withdraws: " + what + more);
}

const std::string wrong = at("revocation", "06T14:00:00", ", id: wrong");
const std::string right = at("revocation", "07T14:00:02");

std::string standing(const std::string& events, const std::string& as_of = much_later, const std::string& duty = crl) {
  return judged(tls("events:\n" + events), as_of).line(duty);
}

}  // namespace

TEST_CASE("that something was still open is no longer so where it was told wrongly") {
  const auto line = [](const std::string& events, const std::string& complete) {
    return judged(
               "cita: 1\nincident: {title: Test, certificates: tls, grounds: [misissuance]}\n"
               "accounts: {ca: {kind: ca, zone: UTC, complete: " +
                   complete + "}}\nevents:\n" + at("made-aware", "04T08:00:00") + events,
               much_later)
        .line("tls-br.revoke-within-5-days", "misissuance (asserted by the CA)");
  };
  const std::string open = at("still-open", "09T10:00:00", ", id: open, still-open: [revocation]");
  CHECK(line(open, "false") == "must breached, at least 2 h late (still open)");
  CHECK(line(open + takes_back("open", "13T03:00:00"), "false") == line("", "false"));
  const std::string done = at("revocation", "08T08:00:00");
  CHECK(line(done + open, "true") == "must undetermined, 1 d to spare");
  CHECK(line(done + open + takes_back("open", "13T03:00:00"), "true") == "must met, 1 d to spare");
}

TEST_CASE("a revocation that was told wrongly starts no clock") {
  CHECK(standing(wrong + takes_back("wrong") + right + at("crl-published", "07T15:00:00")) == "must met, 23 h 2 s to spare");
  CHECK(standing(wrong + at("revocation", "07T14:00:02", ", withdraws: wrong") + at("crl-published", "07T15:00:00")) ==
        "must met, 23 h 2 s to spare");
  CHECK(standing(wrong + takes_back("wrong")) == "nothing");
  // The clock of the true one runs, to the second.
  const std::string both = wrong + takes_back("wrong") + right;
  CHECK(standing(both + at("crl-published", "08T14:00:02")) == "must met, 0 s to spare (at the boundary)");
  CHECK(standing(both + at("crl-published", "08T14:00:03")) == "must breached, 1 s late");
  CHECK(standing(both, "2026-05-08T14:00:02Z") == "must running, 0 s to spare (still open)");
  CHECK(standing(both, "2026-05-08T14:00:03Z") == "must breached, at least 1 s late (still open)");
}

TEST_CASE("a revocation is told wrongly from when that was told, and after its deadline too") {
  const std::string corrected = wrong + takes_back("wrong", "08T20:00:00") + right;
  CHECK(standing(corrected, "2026-05-08T19:59:59Z") == "must breached, at least 1 d 5 h 59 min 59 s late (still open)");
  CHECK(standing(corrected, "2026-05-08T20:00:00Z") == "must breached, at least 5 h 59 min 58 s late (still open)");
  // What ends the clock of the revocation that was taken back is gone with it: nothing is hidden.
  const std::string aware = "grounds: [misissuance]}\naccounts: {ca: {kind: ca, zone: UTC}}\n";
  const auto revoked = [&](const std::string& events) {
    return judged("cita: 1\nincident: {title: Test, certificates: tls, " + aware + "events:\n" + at("made-aware", "04T08:00:00") +
                      events,
                  much_later)
        .line("tls-br.revoke-within-5-days", "misissuance (asserted by the CA)");
  };
  CHECK(revoked(wrong) == "must met, 2 d 18 h to spare");
  CHECK(revoked(wrong + takes_back("wrong")) == "must breached, at least 22 d 16 h late (still open)");
}

TEST_CASE("what may have been taken back leaves open whether the clock started") {
  CHECK(standing(wrong + takes_back("wrong", "06T15:00:00", ", unsure: perhaps of another")).starts_with("must may-not-apply"));
  CHECK(standing(wrong + takes_back("wrong", "06T15:00:00", ", unsure: perhaps of another") + right +
                 at("crl-published", "07T15:00:00")) == "must undetermined, 23 h 2 s to spare … 1 h late");
}

TEST_CASE("what somebody else tells of a revocation is not for the CA to take back") {
  const auto told = [](const std::string& who, const std::string& by = "ca") {
    return judged(tls("events:\n  - {kind: revocation, id: wrong, told: {" + who + "}}\n  - {kind: correction, told: {" + by +
                          ": 2026-05-08T15:00:00Z}, withdraws: wrong}\n",
                      "accounts: {ca: {kind: ca, zone: UTC}, record: {kind: crl, zone: UTC}}\n"),
                  much_later);
  };
  const std::string time = ": 2026-05-06T14:00:00Z";
  CHECK(told("ca" + time).line(crl) == "nothing");
  for (const std::string& who : {"record" + time, "ca" + time + ", record" + time, "record" + time + ", ca" + time}) {
    INFO(who);
    const JudgedFile file = told(who);
    REQUIRE(file.of(crl).size() == 1);
    CHECK(file.judgement(crl).standing == Standing::undetermined);
  }
  CHECK(told("ca" + time, "record").judgement(crl).standing == Standing::undetermined);
}

TEST_CASE("a correction that was itself taken back takes nothing back") {
  const std::string corrected = at("correction", "06T15:00:00", ", id: c, withdraws: wrong");
  CHECK(standing(wrong + corrected) == "nothing");
  CHECK(standing(wrong + corrected + takes_back("c", "06T16:00:00")) == "must breached, at least 24 d 10 h late (still open)");
  CHECK(standing(wrong + corrected + takes_back("c", "06T16:00:00") + at("crl-published", "07T13:00:00")) ==
        "must met, 1 h to spare");
  CHECK(standing(wrong + corrected + takes_back("c", "06T16:00:00", ", unsure: perhaps")).starts_with("must may-not-apply"));
  CHECK(standing(wrong + corrected + takes_back("c", "06T16:00:00", ", id: again") + takes_back("again", "06T17:00:00")) ==
        "nothing");
  // Corrections that take each other back say nothing.
  CHECK(standing(wrong + corrected + takes_back("c", "06T16:00:00", ", id: again") +
                 takes_back("wrong", "06T18:00:00", ", unsure: perhaps"))
            .starts_with("must may-not-apply"));
}

TEST_CASE("corrections that take each other back decide nothing, and end") {
  CHECK(standing(wrong + at("correction", "06T15:00:00", ", id: c, withdraws: wrong") +
                 at("correction", "06T16:00:00", ", id: d, withdraws: e") +
                 at("correction", "06T17:00:00", ", id: e, withdraws: d")) == "nothing");
  CHECK(standing(at("revocation", "06T14:00:00", ", id: a, withdraws: b") +
                 at("revocation", "07T14:00:00", ", id: b, withdraws: a")) == "nothing");
  std::string chain = wrong;
  for (int i = 0; i < 40; ++i)
    chain += at("correction", "06T15:00:00",
                ", id: c" + std::to_string(i) + ", withdraws: " + (i == 0 ? "wrong" : "c" + std::to_string(i - 1)));
  CHECK(standing(chain).starts_with("must may-not-apply"));
}

TEST_CASE("a time that was corrected twice is the last one") {
  const std::string second = at("revocation", "07T14:00:02", ", id: second, withdraws: wrong");
  const std::string third = at("revocation", "08T14:00:00", ", withdraws: second");
  CHECK(standing(wrong + second + third + at("crl-published", "09T13:00:00")) == "must met, 1 h to spare");
  CHECK(standing(wrong + second + third + at("crl-published", "09T15:00:00")) == "must breached, 1 h late");
}

TEST_CASE("every kind of act is none where it was told wrongly") {
  const auto line = [](const std::string& kind, const std::string& duty, const std::string& more = {}) {
    const auto found = [&](const std::string& events) {
      const auto lines = judged(tls("events:\n" + events), much_later).lines(duty);
      return lines.empty() ? "nothing" : lines.front();
    };
    const std::string act = at(kind, "06T14:00:00", ", id: it" + more);
    CHECK(found(act).find("breached") != std::string::npos);
    return found(act + takes_back("it"));
  };
  CHECK(line("subordinate-ca-issued", "ccadb-policy.subordinate-ca-disclosure-within-7-calendar-days") == "nothing");
  CHECK(line("organization-change", "mrsp.change-notice-before-the-change") == "nothing");
  CHECK(line("modified-issuance", "tls-br.modified-requirement-in-cps-before-issuance") == "nothing");
  CHECK(line("policy-document-published", "ccadb-policy.policy-document-within-7-calendar-days") == "nothing");
}

TEST_CASE("a subordinate CA's revocation that was told wrongly has to be recorded nowhere") {
  const auto line = [](const std::string& events) {
    return judged(
               "cita: 1\nincident:\n  title: Test\n  certificates: tls\n  affected: {count: 1, kind: subordinate-ca}\nevents:\n" +
                   events,
               much_later)
        .line("ccadb-policy.subordinate-ca-revocation-record-within-7-calendar-days");
  };
  CHECK(line(wrong) == "must breached, at least 18 d 10 h late (still open)");
  CHECK(line(wrong + takes_back("wrong")) == "nothing");
}

TEST_CASE("what the CA learned, said or promised is not undone by a correction") {
  const auto aware = [](const std::string& more) {
    return judged("cita: 1\nincident: {title: Test, certificates: tls, grounds: [misissuance]}\nevents:\n" +
                      at("made-aware", "04T08:00:00", ", id: it") + at("made-aware", "09T08:00:00") + more,
                  "2026-05-10T08:00:00Z")
        .line("tls-br.revoke-within-5-days", "misissuance (asserted by the CA)");
  };
  CHECK(aware("") == "must breached, at least 1 d late (still open)");
  CHECK(aware(takes_back("it")) == aware(""));
  for (const std::string kind : {"incident-disclosed", "preliminary-incident-report"}) {
    const std::string duty = "ccadb-irg.full-report-within-14-days";
    const std::string post = at(kind, "04T08:00:00", ", id: it");
    CHECK(standing(post, much_later, duty) == "must breached, at least 13 d 16 h late (still open)");
    CHECK(standing(post + takes_back("it"), much_later, duty) == standing(post, much_later, duty));
  }
  const std::string known = at("security-incident-known", "04T08:00:00", ", id: it");
  const std::string report = "ccadb-irg.public-report-after-security-incident";
  CHECK(judged(tls("events:\n" + known), much_later).lines(report).size() == 1);
  CHECK(judged(tls("events:\n" + known + takes_back("it")), much_later).lines(report) ==
        judged(tls("events:\n" + known), much_later).lines(report));
  const auto promised = [](const std::string& more) {
    return judged(tls("commitments: [{id: c, by: ca, due: 2026-05-08}]\nevents:\n" +
                      at("commitment-made", "04T08:00:00", ", id: it, commitment: c") + more),
                  much_later)
        .lines("commitments.keep-by-the-promised-date");
  };
  REQUIRE(promised("").size() == 1);
  CHECK(promised("").front().find("breached") != std::string::npos);
  CHECK(promised(takes_back("it")) == promised(""));
}

TEST_CASE("a revocation that was taken back bounds no other") {
  const auto published = [](const std::string& more) {
    return judged(
               "cita: 1\nincident: {title: Test, certificates: tls, grounds: [misissuance]}\n"
               "accounts: {ca: {kind: ca, zone: UTC, complete: false}}\nevents:\n" +
                   at("made-aware", "04T08:00:00") + at("revocation", "10T14:00:00", ", id: wrong") + more,
               much_later)
        .line("tls-br.revoke-within-5-days", "misissuance (asserted by the CA)");
  };
  CHECK(published("") == "must breached, 1 d 6 h late");
  CHECK(published(takes_back("wrong", "11T00:00:00")) == "must undetermined");
}

TEST_CASE("a CRLReason that was told wrongly is none, and one that may have been decides nothing") {
  const auto line = [](const std::string& more) {
    return judged("cita: 1\nincident: {title: Test, certificates: tls, grounds: [key-compromise]}\nevents:\n" +
                      at("made-aware", "04T08:00:00") + at("revocation", "04T14:00:00", ", id: wrong, reason: superseded") + more,
                  much_later)
        .line("tls-br.crl-reason-for-the-ground", "key-compromise (asserted by the CA)");
  };
  CHECK(line("") == "must breached");
  CHECK(line(takes_back("wrong")) == "nothing");
  CHECK(line(takes_back("wrong", "06T15:00:00", ", unsure: perhaps")).find("breached") == std::string::npos);
}
