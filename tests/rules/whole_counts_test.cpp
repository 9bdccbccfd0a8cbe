// What a count of the whole incident says of a part of it: at least what is not among the others, at most all of it.
#include "reconcile/support.hpp"

using namespace cita;
using namespace cita::testing;

namespace {

const std::string five_days = "tls-br.revoke-within-5-days";

/// Cohorts of 3 and of 2 certificates, known on 4 May at 08:00, to be revoked by 9 May at 08:00, and what is told of both.
struct Cohorts {
  std::string a = "{count: 3}", b = "{count: 2}", affected = ", affected: {count: 5}", of_a, of_b;
  std::string grounds = ", grounds: [misissuance]", grounds_of_each;
  std::string accounts = "accounts: {ca: {kind: ca, zone: UTC}}\n";

  JudgedFile file(const std::string& whole, const std::string& as_of = "2026-06-01T00:00:00Z") const {
    const auto cohort = [this](const std::string& name, const std::string& certificates, const std::string& events) {
      return "  " + name + ":\n    certificates: " + certificates + grounds_of_each +
             "\n    events:\n      - {kind: made-aware, at: 2026-05-04T08:00:00Z}\n" + events;
    };
    return judged("cita: 1\nincident: {title: Test, certificates: tls" + grounds + affected + "}\n" + accounts + "cohorts:\n" +
                      cohort("a", a, of_a) + cohort("b", b, of_b) + "events:\n" + whole,
                  as_of);
  }
  std::string line(const std::string& cohort, const std::string& whole, const std::string& as_of = "2026-06-01T00:00:00Z") const {
    return file(whole, as_of).line(five_days, "cohort " + cohort + ", misissuance (asserted by the CA)");
  }
  const Judgement& judgement(const JudgedFile& judged, const std::string& cohort) const {
    return judged.judgement(five_days, "cohort " + cohort + ", misissuance (asserted by the CA)");
  }
};

std::string told(const std::string& counts, const std::string& when = "07T12:00:00",
                 const std::string& kind = "revocation-partial", const std::string& more = {}) {
  return "  - {kind: " + kind + ", at: 2026-05-" + when + "Z, counts: " + counts + more + "}\n";
}

const std::string open = "must breached, at least 22 d 16 h late (still open)";
const std::string perhaps = "must undetermined, 1 d 20 h to spare";
const std::string met = "must met, 1 d 20 h to spare";

}  // namespace

TEST_CASE("all of the whole are all of each part") {
  const Cohorts both;
  for (const std::string kind : {"revocation", "revocation-published", "revocation-partial"})
    for (const std::string counts : {"{done: 5, of: 5}", "{done: 5}"}) {
      INFO(kind);
      INFO(counts);
      CHECK(both.line("a", told(counts, "07T12:00:00", kind)) == met);
      CHECK(both.line("b", told(counts, "07T12:00:00", kind)) == met);
    }
  const std::string all = "{done: 5, of: 5}";
  CHECK(both.line("a", told(all, "09T08:00:00")) == "must met, 0 s to spare (at the boundary)");
  CHECK(both.line("a", told(all, "09T08:00:01")) == "must breached, 1 s late");
  CHECK(both.line("a", "", "2026-05-09T08:00:00Z") == "must running, 0 s to spare (still open)");
  // Nobody says how many there are but the cohorts.
  Cohorts silent;
  silent.affected.clear();
  CHECK(silent.line("a", told(all)) == met);
  CHECK(silent.line("a", told("{done: 5}")) == met);
  // What may not be that, or was taken back, is no count.
  CHECK(both.line("a", told(all, "07T12:00:00", "revocation", ", unsure: perhaps")) == perhaps);
  CHECK(both.line("a", told(all, "07T12:00:00", "revocation", ", id: x") +
                           "  - {kind: correction, at: 2026-05-08T00:00:00Z, withdraws: x}\n") == open);
}

TEST_CASE("some of the whole may be all of a part where they are as many") {
  const Cohorts both;
  for (const std::string kind : {"revocation", "revocation-published", "revocation-partial"}) {
    INFO(kind);
    const auto line = [&](const std::string& cohort, int done) {
      const std::string counts = std::to_string(done);
      const std::string with_of = both.line(cohort, told("{done: " + counts + ", of: 5}", "07T12:00:00", kind));
      CHECK(both.line(cohort, told("{done: " + counts + "}", "07T12:00:00", kind)) == with_of);
      return with_of;
    };
    CHECK(line("a", 0) == open);
    CHECK(line("a", 2) == open);
    CHECK(line("a", 3) == perhaps);
    CHECK(line("a", 4) == perhaps);
    CHECK(line("b", 0) == open);
    CHECK(line("b", 1) == open);
    CHECK(line("b", 2) == perhaps);
    CHECK(line("b", 4) == perhaps);
  }
  // Even if they were, they came too late.
  CHECK(both.line("a", told("{done: 3, of: 5}", "09T08:00:01")) == "must breached, at least 1 s late (still open)");
  CHECK(both.line("a", told("{done: 3, of: 5}", "09T08:00:00")) == "must undetermined, 0 s to spare");
  CHECK(both.line("a", told("{done: 2, of: 5}"), "2026-05-09T08:00:00Z") == "must running, 0 s to spare (still open)");
}

TEST_CASE("where the numbers of all differ no count is surely of all of a part") {
  Cohorts more;
  const std::string all = told("{done: 5, of: 5}"), uncounted = told("{done: 5}");
  for (const std::string affected : {"{count: 7}", "{count: 6}", "{count: 4}", "{list: all.csv}"}) {
    INFO(affected);
    more.affected = ", affected: " + affected;
    CHECK(more.line("a", all) == perhaps);
    CHECK(more.line("a", uncounted) == perhaps);
  }
  more.affected = ", affected: {count: 5, list: all.csv}";
  CHECK(more.line("a", all) == met);
  // The same where the reason is that of each cohort.
  Cohorts each;
  each.grounds.clear();
  each.grounds_of_each = "\n    grounds: misissuance";
  CHECK(each.line("a", all) == met);
  CHECK(each.line("a", told("{done: 6}")) == perhaps);
  each.affected = ", affected: {list: all.csv}";
  CHECK(each.line("a", all) == perhaps);
  // All of 7 are all of the 5 in the cohorts.
  more.affected = ", affected: {count: 7}";
  CHECK(more.line("a", told("{done: 7, of: 7}")) == met);
  CHECK(more.line("a", told("{done: 6, of: 7}")) == perhaps);
  CHECK(more.line("a", told("{done: 7, of: 7}") + "report: {certificates: {total: 8}}\n") == perhaps);
  more.affected.clear();
  CHECK(more.line("a", uncounted + "report: {certificates: {total: 5}}\n") == met);
  CHECK(more.line("a", uncounted + "report: {certificates: {total: 8}}\n") == perhaps);
  CHECK(more.line("a", told("{done: 2, of: 8}", "06T08:00:00") + uncounted) == perhaps);
  CHECK(more.line("a", told("{done: 2, of: 5}", "06T08:00:00") + uncounted) == met);
  CHECK(more.line("a", told("{done: 5, of: 6}")) == perhaps);
  more.of_b = "      - {kind: revocation-partial, at: 2026-05-06T08:00:00Z, counts: {done: 1, of: 3}}\n";
  CHECK(more.line("a", uncounted) == perhaps);
}

TEST_CASE("a count of certificates that the incident has beside its cohorts meets no duty of these") {
  const auto line = [](const std::string& cohort, const std::string& whole) {
    return judged(
               "cita: 1\nincident: {title: Test, certificates: tls, grounds: [misissuance]}\n"
               "accounts: {ca: {kind: ca, zone: UTC}}\ncohorts:\n  later:\n    certificates: {count: 2}\n    events:\n"
               "      - {kind: made-aware, at: 2026-05-06T08:00:00Z}\n" +
                   cohort + "events:\n  - {kind: made-aware, at: 2026-05-04T08:00:00Z}\n" + whole,
               "2026-06-01T00:00:00Z")
        .line(five_days, "cohort later, misissuance (asserted by the CA)");
  };
  const std::string late = "must breached, at least 20 d 16 h late (still open)";
  for (const std::string kind : {"revocation", "revocation-partial"}) {
    for (const std::string counts : {"{done: 5, of: 5}", "{done: 5}"}) {
      INFO(kind);
      INFO(counts);
      const std::string whole = told(counts, "08T08:00:00", kind);
      CHECK(line("", whole) == "must undetermined, 3 d to spare");
      CHECK(line("      - {kind: still-open, at: 2026-05-12T08:00:00Z, still-open: [revocation]}\n", whole) == late);
      CHECK(line("      - {kind: revocation-partial, at: 2026-05-12T08:00:00Z, counts: {done: 0, of: 2}}\n", whole) == late);
    }
  }
  CHECK(line("", told("{done: 1}", "08T08:00:00")) == late);
}

TEST_CASE("certificates that the incident may have beside its cohorts are judged where there surely are some") {
  // Known on 4 May at 08:10, to be revoked by 9 May at 08:10; the cohort's are known later.
  const auto own = [](const std::string& affected, const std::string& certificates, const std::string& whole,
                      const std::string& complete = "true") {
    const JudgedFile file = judged("cita: 1\nincident: {title: Test, certificates: tls, grounds: [misissuance]" + affected +
                                       "}\naccounts: {ca: {kind: ca, zone: UTC, complete: " + complete +
                                       "}}\ncohorts:\n  later:\n    certificates: " + certificates +
                                       "\n    events:\n      - {kind: made-aware, at: 2026-05-08T09:30:00Z}\n      - {kind: "
                                       "revocation, at: 2026-05-12T14:20:00Z}\n"
                                       "events:\n  - {kind: made-aware, at: 2026-05-04T08:10:00Z}\n" +
                                       whole,
                                   "2026-05-20T00:00:00Z");
    for (const std::string& line : file.lines(five_days))
      if (line.rfind("misissuance", 0) == 0) return line.substr(line.find(": ") + 2);
    return std::string("none");
  };
  const std::string affected = ", affected: {count: 52}", twelve = "{count: 12}";
  const std::string late = told("{done: 52, of: 52}", "13T10:00:00");
  // 40 of all 52 may be all 40 that are not the cohort's.
  CHECK(own(affected, twelve, told("{done: 40, of: 52}", "09T08:00:00") + late) ==
        "must undetermined, 10 min to spare … 4 d 1 h 50 min late");
  CHECK(own(affected, twelve, told("{done: 39, of: 52}", "09T08:00:00") + late) == "must breached, 4 d 1 h 50 min late");
  CHECK(own(affected, twelve, told("{done: 40, of: 52}", "09T10:00:00") + late, "false") ==
        "must undetermined, at most 4 d 1 h 50 min late");
  CHECK(own(affected, twelve, "") == "must breached, at least 10 d 15 h 50 min late (still open)");
  CHECK(own(affected, twelve, told("{done: 52, of: 52}", "09T08:10:00")) == "must met, 0 s to spare (at the boundary)");
  // A number of all that is as many as those are counts these alone; and the cohort's own are not among them.
  CHECK(own(affected, twelve, told("{done: 30, of: 40}", "09T08:00:00")) ==
        "must breached, at least 10 d 15 h 50 min late (still open)");
  CHECK(own(affected, twelve, told("{done: 40, of: 40}", "09T08:00:00")) == "must met, 10 min to spare");
  CHECK(own(affected, twelve, told("{done: 51, of: 52}", "12T14:20:00") + late) == "must breached, 4 d 1 h 50 min late");
  // Some of all and those that expired may be all of them together.
  const std::string expired = told("{done: 1}", "08T08:00:00", "expired");
  CHECK(own(affected, twelve, told("{done: 39, of: 52}", "08T08:00:00") + expired) == "must undetermined, 1 d 10 min to spare");
  CHECK(own(affected, twelve, told("{done: 38, of: 52}", "08T08:00:00") + expired) ==
        "must breached, at least 10 d 15 h 50 min late (still open)");
  // The number of all may stand in a count alone.
  CHECK(own("", twelve, told("{done: 1, of: 13}", "09T08:00:00") + told("{done: 13, of: 13}", "13T10:00:00")) ==
        "must undetermined, 10 min to spare … 4 d 1 h 50 min late");
  CHECK(own("", twelve, told("{done: 0, of: 13}", "09T08:00:00") + told("{done: 13, of: 13}", "13T10:00:00")) ==
        "must breached, 4 d 1 h 50 min late");
  // Where the cohort has no number, or the numbers do not fit, nobody knows whether there are any.
  CHECK(own("", "{list: later.csv}", told("{done: 12, of: 12}", "13T10:00:00")) == "must may-not-apply, 4 d 1 h 50 min late");
  CHECK(own("", twelve, told("{done: 0, of: 10}", "06T10:00:00")) ==
        "must may-not-apply, at least 10 d 15 h 50 min late (still open)");
  CHECK(own(", affected: {count: 12}", twelve, told("{done: 0, of: 10}", "06T10:00:00")) == "none");
  CHECK(own(", affected: {count: 12, list: all.csv}", twelve, late) == "must may-not-apply, 4 d 1 h 50 min late");
  CHECK(own("", twelve, late) == "must breached, 4 d 1 h 50 min late");
  CHECK(own("", twelve, told("{done: 12, of: 12}", "13T10:00:00")) == "none");
}

TEST_CASE("cases that are to be revoked for all reasons of the incident may be all it has") {
  const auto own = [](const std::string& reason, const std::string& whole) {
    const JudgedFile file = judged(
        "cita: 1\nincident: {title: Test, certificates: tls, grounds: [misissuance]}\n"
        "accounts: {ca: {kind: ca, zone: UTC}}\ncases:\n  \"1\":\n    grounds: " +
            reason +
            "\n    certificates: {count: 3}\n    events:\n      - {kind: made-aware, at: 2026-05-04T08:00:00Z}\n"
            "      - {kind: revocation, at: 2026-05-05T08:00:00Z}\n"
            "events:\n  - {kind: made-aware, at: 2026-05-04T08:00:00Z}\n" +
            whole,
        "2026-06-01T00:00:00Z");
    return file.line(five_days, "misissuance (asserted by the CA)");
  };
  const std::string late = told("{done: 3, of: 3}", "10T08:00:00");
  CHECK(own("misissuance", late) == "must may-not-apply, 1 d late");
  CHECK(own("misissuance", "") == "must may-not-apply, at least 22 d 16 h late (still open)");
  CHECK(own("misissuance", told("{done: 4, of: 4}", "10T08:00:00")) == "must breached, 1 d late");
  CHECK(own("misissuance", told("{done: 3, of: 3}", "06T08:00:00")) == "must may-not-apply, 3 d to spare");
  // One that tells of its revocations is judged for the incident's reason as well.
  CHECK(own("key-compromise", late) == "must may-not-apply, 1 d late");
  CHECK(own("key-compromise", told("{done: 4, of: 4}", "10T08:00:00")) == "must breached, 1 d late");
}

TEST_CASE("what others had revoked is not among the expired and revoked that may be all of a part") {
  Cohorts both;
  both.of_b = told("{done: 2, of: 2}", "06T08:00:00").insert(0, "    ");
  both.of_a = told("{done: 1}", "07T08:00:00", "expired").insert(0, "    ");
  CHECK(both.line("a", told("{done: 3, of: 5}", "07T06:00:00")) == "must breached, at least 22 d 16 h late (still open)");
  CHECK(both.line("a", told("{done: 4, of: 5}", "07T06:00:00")).rfind("must undetermined", 0) == 0);
}

TEST_CASE("where nobody says how many there are, some may be all") {
  Cohorts unknown;
  unknown.a = "{}";
  CHECK(unknown.line("a", told("{done: 1, of: 5}")) == perhaps);
  CHECK(unknown.line("a", told("{done: 5, of: 5}")) == perhaps);
  CHECK(unknown.line("a", told("{done: 0, of: 5}")) == open);
  CHECK(unknown.line("b", told("{done: 5, of: 5}")) == perhaps);
  CHECK(unknown.line("b", told("{done: 1, of: 5}")) == open);
  unknown.affected.clear();
  CHECK(unknown.line("b", told("{done: 5, of: 5}")) == perhaps);
  CHECK(unknown.line("b", told("{done: 1, of: 5}")) == open);
}

TEST_CASE("what is told of the whole later doubts what was told of it before") {
  const Cohorts both;
  const std::string all = told("{done: 5, of: 5}");
  const auto still_open = [](const std::string& when) {
    return "  - {kind: still-open, at: 2026-05-" + when + "Z, still-open: [revocation]}\n";
  };
  CHECK(both.line("a", all + told("{done: 4, of: 5}", "07T12:00:01")) ==
        "must undetermined, 1 d 19 h 59 min 59 s … 1 d 20 h to spare");
  CHECK(both.line("a", all + told("{done: 1, of: 5}", "12T08:00:00")) == perhaps);
  CHECK(both.line("a", all + told("{done: 5, of: 5}", "12T08:00:00")) == met);
  CHECK(both.line("a", told("{done: 4, of: 5}", "06T12:00:00") + all) == "must met, 1 d 20 h … 2 d 20 h to spare");
  CHECK(both.line("a", all + still_open("07T12:00:01")) == perhaps);
  CHECK(both.line("a", all + still_open("07T12:00:00")) == met);
  // Not what a part told of itself.
  Cohorts own;
  own.of_b = "      - {kind: revocation-partial, at: 2026-05-07T12:00:00Z, counts: {done: 2, of: 2}}\n";
  CHECK(own.line("b", still_open("12T08:00:00")) == met);
  CHECK(own.line("b", told("{done: 4, of: 5}", "12T08:00:00")) == met);
  // The others had expired.
  CHECK(both.line("a", all + told("{done: 1}", "07T12:00:00", "expired") + told("{done: 4, of: 5}", "12T08:00:00")) == met);
  // The same where the incident has no parts.
  const auto whole = [](const std::string& later) {
    return judged(
               "cita: 1\nincident: {title: Test, certificates: tls, grounds: [misissuance], affected: {count: 5}}\n"
               "accounts: {ca: {kind: ca, zone: UTC}}\nevents:\n  - {kind: made-aware, at: 2026-05-04T08:00:00Z}\n" +
                   told("{done: 5, of: 5}") + later,
               "2026-06-01T00:00:00Z")
        .line(five_days, "misissuance (asserted by the CA)");
  };
  CHECK(whole("") == met);
  CHECK(whole(still_open("12T08:00:00")) == perhaps);
  CHECK(whole(told("{done: 4, of: 5}", "12T08:00:00")) == perhaps);
}

TEST_CASE("what a part tells itself rules out that some of the whole were all of it") {
  const auto line = [](const std::string& of_b, const std::string& cohort = "b") {
    Cohorts own;
    own.of_b = "      - {" + of_b + "}\n";
    return own.line(cohort, told("{done: 3, of: 5}"));
  };
  const auto counts = [](const std::string& when, int done) {
    return "kind: revocation-partial, at: 2026-05-" + when + "Z, counts: {done: " + std::to_string(done) + ", of: 2}";
  };
  CHECK(line(counts("12T08:00:00", 0)) == open);
  CHECK(line(counts("09T08:00:01", 1)) == open);
  CHECK(line(counts("07T12:00:01", 1)) == open);
  CHECK(line(counts("07T12:00:00", 1)) == open);
  CHECK(line(counts("07T11:59:59", 1)) == perhaps);
  // Then the other may have had them, or not.
  CHECK(line(counts("12T08:00:00", 0), "a") == perhaps);
  CHECK(line(counts("07T11:59:59", 1), "a") == open);
  CHECK(line(counts("12T08:00:00", 2)) == "must breached, 3 d late");
  CHECK(line("kind: revocation, at: 2026-05-12T08:00:00Z") == "must breached, 3 d late");
  CHECK(line("kind: revocation, at: 2026-05-12T08:00:00Z, counts: {done: 2, of: 2}") == "must breached, 3 d late");
  CHECK(line("kind: expired, at: 2026-05-12T08:00:00Z, counts: {done: 2}") == "must breached, 3 d late");
  CHECK(line("kind: expired, at: 2026-05-12T08:00:00Z, counts: {done: 0}") == perhaps);
  CHECK(line("kind: still-open, at: 2026-05-12T08:00:00Z, still-open: [revocation]") == open);
  CHECK(line("kind: still-open, at: 2026-05-07T12:00:00Z, still-open: [revocation]") == perhaps);
  CHECK(line(counts("12T08:00:00", 0) + ", unsure: perhaps") == perhaps);
  // Who says that all were revoked, and of a part later that it was not, may be wrong in either.
  Cohorts both;
  both.of_b = "      - {kind: still-open, at: 2026-05-12T08:00:00Z, still-open: [revocation]}\n";
  for (const std::string kind : {"revocation", "revocation-partial"})
    CHECK(both.line("b", told("{done: 5, of: 5}", "07T12:00:00", kind)) == perhaps);
}

TEST_CASE("what the other parts tell by then leaves too few to be all of a part") {
  const auto line = [](const std::string& of_a, const std::string& whole = told("{done: 3, of: 5}")) {
    Cohorts own;
    own.of_a = of_a;
    return own.line("b", whole);
  };
  const auto counts = [](const std::string& when, int done) {
    return "      - {kind: revocation-partial, at: 2026-05-" + when + "Z, counts: {done: " + std::to_string(done) + ", of: 3}}\n";
  };
  CHECK(line(counts("07T12:00:00", 3)) == open);
  CHECK(line(counts("07T12:00:00", 2)) == open);
  CHECK(line(counts("07T12:00:00", 1)) == perhaps);
  CHECK(line(counts("07T12:00:01", 3)) == perhaps);
  CHECK(line(counts("07T12:00:00", 2), told("{done: 4, of: 5}")) == perhaps);
  CHECK(line(counts("07T12:00:00", 3), told("{done: 4, of: 5}")) == open);
  CHECK(line(counts("06T12:00:00", 1) + counts("07T12:00:00", 2)) == open);
  CHECK(line("      - {kind: revocation, at: 2026-05-07T12:00:00Z}\n") == open);
  CHECK(line("      - {kind: revocation, at: 2026-05-07T12:00:00Z, unsure: perhaps}\n") == perhaps);
  // Taken back.
  CHECK(line(counts("07T12:00:00", 3) + counts("08T12:00:00", 1)) == perhaps);
}

TEST_CASE("a partial revocation of the whole that counts nothing may be of all of a part") {
  CHECK(Cohorts().line("a", "  - {kind: revocation-partial, at: 2026-05-07T12:00:00Z}\n") == perhaps);
}

TEST_CASE("the number of a part is never that of the whole") {
  const Cohorts both;
  const auto numbers = [&](const std::string& cohort, const std::string& whole) {
    const JudgedFile file = both.file(whole);
    const Verdict& verdict = both.judgement(file, cohort).shown();
    return std::pair(verdict.done, verdict.of);
  };
  using Number = std::optional<std::int64_t>;
  const auto pair = [](Number done, Number of) { return std::pair(done, of); };
  CHECK((numbers("a", told("{done: 3, of: 5}")) == pair({}, 3)));
  CHECK((numbers("b", told("{done: 3, of: 5}")) == pair({}, 2)));
  CHECK((numbers("b", told("{done: 4, of: 5}")) == pair({}, 2)));
  CHECK((numbers("a", told("{done: 5, of: 5}")) == pair(3, 3)));
  CHECK((numbers("a", told("{done: 0, of: 5}")) == pair(0, 3)));
  CHECK((numbers("a", told("{done: 5, of: 5}", "09T08:00:01")) == pair({}, 3)));
  // The last count says least.
  CHECK((numbers("a", told("{done: 0, of: 5}") + told("{done: 3, of: 5}", "08T12:00:00")) == pair({}, 3)));
  Cohorts unknown;
  unknown.a = "{}";
  const JudgedFile file = unknown.file(told("{done: 3, of: 5}"));
  CHECK(!unknown.judgement(file, "a").shown().of);
  CHECK(!unknown.judgement(file, "a").shown().done);
}

TEST_CASE("what a part tells itself goes before what is told of the whole") {
  Cohorts own;
  own.of_a = "      - {kind: revocation-partial, at: 2026-05-06T08:00:00Z, counts: {done: 1, of: 3}}\n";
  const JudgedFile file = own.file(told("{done: 2, of: 5}"));
  CHECK(finding(own.judgement(file, "a")) == open);
  CHECK(own.judgement(file, "a").shown().done == 1);
  CHECK(own.judgement(file, "a").shown().of == 3);
  CHECK(own.line("a", told("{done: 3, of: 5}")) == perhaps);
  CHECK(own.line("a", told("{done: 5, of: 5}")) == met);
}

TEST_CASE("a part that tells when all of it was revoked is not among those that were counted before") {
  Cohorts own;
  own.of_b = "      - {kind: revocation, at: 2026-05-10T08:00:00Z}\n";
  CHECK(own.line("b", "") == "must breached, 1 d late");
  CHECK(own.line("b", told("{done: 3, of: 5}")) == "must breached, 1 d late");
}

TEST_CASE("a count of all there are may be of a part that has no number, whatever that counts later") {
  Cohorts own;
  own.a = own.b = "{}";
  own.of_b = told("{done: 2, of: 2}", "10T08:00:00").insert(0, "    ");
  CHECK(own.line("b", told("{done: 5, of: 5}")) == "must undetermined, 1 d 20 h to spare … 1 d late");
  CHECK(own.line("b", told("{done: 5}")) == "must undetermined, 1 d 20 h to spare … 1 d late");
  CHECK(own.line("b", told("{done: 4, of: 5}")) == "must breached, 1 d late");
}

TEST_CASE("where the whole has a list, a count of as many as all parts have may be of these, whatever a part counts later") {
  Cohorts own;
  own.of_b = told("{done: 2}", "10T08:00:00").insert(0, "    ");
  own.affected = ", affected: {list: all.csv}";
  const std::string undecided = "must undetermined, 1 d 20 h to spare … 1 d late";
  CHECK(own.line("b", told("{done: 5, of: 5}")) == undecided);
  CHECK(own.line("b", told("{done: 5}")) == undecided);
  for (const std::string others : {"{done: 4}", "{done: 6}", "{done: 5, of: 6}"})
    CHECK(own.line("b", told(others)) == "must breached, 1 d late");
  own.affected.clear();
  CHECK(own.line("b", told("{done: 5, of: 5}")) == met);
}

TEST_CASE("counts of what expired and what was revoked of the whole may be all of a part together") {
  const Cohorts both;
  const auto line = [&](const std::string& cohort, int revoked, int expired) {
    return both.line(cohort, told("{done: " + std::to_string(revoked) + ", of: 5}") +
                                 told("{done: " + std::to_string(expired) + "}", "07T12:00:00", "expired"));
  };
  CHECK(line("a", 0, 5) == met);
  CHECK(line("a", 1, 1) == open);
  CHECK(line("a", 2, 1) == perhaps);
  CHECK(line("a", 0, 3) == perhaps);
  CHECK(line("b", 1, 1) == perhaps);
  CHECK(line("b", 1, 0) == open);
}

TEST_CASE("several cases share a count of the whole as cohorts do") {
  const auto line = [](const std::string& counts, const std::string& second = "{count: 2}",
                       const std::string& first = "{count: 3}") {
    const auto one = [](const std::string& id, const std::string& certificates) {
      return "  \"" + id + "\":\n    alleges: key-compromise\n" +
             (certificates.empty() ? "" : "    certificates: " + certificates + "\n") +
             "    events: [{kind: evidence-obtained, at: 2026-05-07T08:00:00Z}]\n";
    };
    return judged(tls("cases:\n" + one("1", first) + (second.empty() ? "" : one("2", second)) + "events:\n" +
                      told(counts, "07T12:00:00")),
                  "2026-06-01T00:00:00Z")
        .line("tls-br.revoke-within-24-hours", "case 1, key-compromise (asserted by the reporter)");
  };
  const std::string late = "must breached, at least 23 d 16 h late (still open)";
  CHECK(line("{done: 5, of: 5}") == "must met, 20 h to spare");
  CHECK(line("{done: 3, of: 5}") == "must undetermined, 20 h to spare");
  CHECK(line("{done: 2, of: 5}") == late);
  // The only case is the whole; where that has more certificates, some may be all of the case's.
  CHECK(line("{done: 3}", "") == "must met, 20 h to spare");
  CHECK(line("{done: 2}", "") == late);
  CHECK(line("{done: 3, of: 5}", "") == "must undetermined, 20 h to spare");
  CHECK(line("{done: 2, of: 5}", "") == late);
  // Where it has no number of its own, the whole's is its number.
  CHECK(line("{done: 3, of: 5}", "", "") == late);
  CHECK(line("{done: 5, of: 5}", "", "") == "must met, 20 h to spare");
}

TEST_CASE("what is told of an incident with one case alone is told of this, though the incident has a reason too") {
  CHECK(judged(
            "cita: 1\nincident: {title: Test, certificates: tls, grounds: [misissuance]}\n"
            "accounts: {ca: {kind: ca, zone: UTC}}\ncases:\n  \"1\":\n    alleges: key-compromise\n    certificates: {count: 3}\n"
            "    events: [{kind: evidence-obtained, at: 2026-05-07T08:00:00Z}]\nevents:\n" +
                told("{done: 3}", "07T12:00:00"),
            "2026-06-01T00:00:00Z")
            .line("tls-br.revoke-within-24-hours", "case 1, key-compromise (asserted by the reporter)") ==
        "must met, 20 h to spare");
}

TEST_CASE("an account that does not tell all leaves open whether those that were not revoked had expired") {
  Cohorts own;
  own.accounts = "accounts: {ca: {kind: ca, zone: UTC, complete: false}}\n";
  own.of_a = told("{done: 2, of: 3}", "10T08:00:00").insert(0, "    ");
  CHECK(own.line("a", "") == "must undetermined");
  CHECK(own.line("a", told("{done: 4, of: 5}", "11T08:00:00")) == "must undetermined, at most 2 d late");
  // All were revoked then, so one was valid after the deadline.
  own.of_a += told("{done: 3, of: 3}", "12T08:00:00").insert(0, "    ");
  CHECK(own.line("a", "") == "must breached, 1 d … 3 d late");
}

TEST_CASE("what another tells that names the same certificate may be of this one") {
  Cohorts both;
  const std::string one = std::string(64, 'a'), other = std::string(64, 'b'), third = std::string(64, 'c');
  const auto naming = [](const std::string& hashes) { return "{listed: [" + hashes + "]}"; };
  const auto of_b = [&](const std::string& more) {
    both.of_b = "      - {kind: " + more + "}\n";
    return both.line("a", "");
  };
  both.affected.clear();
  both.a = naming(one);
  both.b = naming("\"" + std::string(64, 'A') + "\", " + other);
  CHECK(both.line("a", "") == open);
  // The other has one more: this one may have been revoked before the last, or not be the one that is counted.
  CHECK(of_b("revocation, at: 2026-05-07T12:00:00Z").starts_with("must undetermined"));
  CHECK(of_b("revocation-partial, at: 2026-05-07T12:00:00Z, counts: {done: 1, of: 2}").starts_with("must undetermined"));
  CHECK(of_b("revocation-partial, at: 2026-05-07T12:00:00Z, counts: {done: 0, of: 2}") == open);
  CHECK(of_b("revocation, at: 2026-05-12T08:00:00Z").starts_with("must undetermined"));
  both.of_a = "      - {kind: revocation, at: 2026-05-09T08:00:01Z}\n";
  CHECK(of_b("revocation, at: 2026-05-07T12:00:00Z") == "must breached, 1 s late");
  both.of_a.clear();
  // It has no more.
  both.b = naming("\"" + std::string(64, 'A') + "\"");
  CHECK(of_b("revocation, at: 2026-05-07T12:00:00Z") == met);
  CHECK(of_b("revocation, at: 2026-05-09T08:00:00Z") == "must met, 0 s to spare (at the boundary)");
  CHECK(of_b("revocation, at: 2026-05-09T08:00:01Z") == "must breached, 1 s late");
  // It does not have all of these.
  both.a = naming(one + ", " + third);
  CHECK(of_b("revocation, at: 2026-05-07T12:00:00Z") == open);
  both.a = naming(third);
  CHECK(of_b("revocation, at: 2026-05-07T12:00:00Z") == open);
}

TEST_CASE("who expired of the whole may be all that it has beside its parts, whatever was revoked later") {
  const std::string start =
                        "cita: 1\nincident: {title: Test, certificates: tls, grounds: [misissuance], affected: {count: 2}}\n"
                        "accounts: {ca: {kind: ca, zone: UTC}}\ncohorts:\n  later:\n    certificates: {count: 1}\n"
                        "    grounds: [misissuance]\n    events:\n      - {kind: made-aware, at: 2026-05-08T08:00:00Z}\n"
                        "      - {kind: revocation, at: 2026-05-12T08:00:00Z}\nevents:\n"
                        "  - {kind: made-aware, at: 2026-05-04T08:00:00Z}\n",
                    expired = "  - {kind: expired, at: 2026-05-07T08:00:00Z, counts: {done: 1}}\n",
                    revoked = told("{done: 1, of: 2}", "12T08:00:00");
  for (const std::string& events : {expired, expired + revoked}) {
    INFO(events);
    CHECK(
        judged(start + events, "2026-06-01T00:00:00Z").line(five_days, "misissuance (asserted by the CA)").find("undetermined") !=
        std::string::npos);
  }
}

TEST_CASE("an account that does not tell all leaves open when the counted were revoked") {
  Cohorts partial;
  partial.accounts = "accounts: {ca: {kind: ca, zone: UTC, complete: false}}\n";
  CHECK(partial.line("a", told("{done: 5, of: 5}")) == "must met, at least 1 d 20 h to spare");
  CHECK(partial.line("a", told("{done: 5, of: 5}", "10T08:00:00")) == "must undetermined, at most 1 d late");
  CHECK(partial.line("a", told("{done: 2, of: 5}")) == "must undetermined");
  // So does a revocation of all: the last one may have been another part's.
  const auto all_at = [](const std::string& when) { return told("{done: 5, of: 5}", when, "revocation"); };
  CHECK(partial.line("a", all_at("09T08:00:00")) == "must met, at least 0 s to spare (at the boundary)");
  CHECK(partial.line("a", all_at("09T08:00:01")) == "must undetermined, at most 1 s late");
  CHECK(Cohorts().line("a", all_at("09T08:00:01")) == "must breached, 1 s late");
}
