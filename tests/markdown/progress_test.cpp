// How far a revocation has come, as the file tells it: every number with its source, and none where nobody says.
#include "sample.hpp"

#include <cita/output/people.hpp>
#include <cita/output/progress.hpp>

#include <doctest/doctest.h>

using namespace cita;
using sample::add;
using sample::at;

namespace {

// An incident with one case of 12 certificates, and what its events make of it.
class Fixture {
 public:
  Fixture() : incident(sample::bare()) {
    Case one;
    one.id = "4711";
    one.certificates.count = 12;
    incident.cases.push_back(one);
  }

  Event& tell(EventKind kind, std::string_view stamp, std::optional<std::int64_t> done = {},
              std::optional<std::int64_t> of = {}) {
    Event& event = add(incident, kind, stamp);
    event.in_case = 0;
    event.done = done;
    event.of = of;
    return event;
  }

  std::vector<RevocationProgress> parts(std::string_view as_of = "2026-05-10T00:00Z") const {
    const People people(incident);
    const Instant instant = at(as_of).stamp.moment.earliest();
    return revocation_progress(incident, Happenings(incident, people, instant), instant, incident.certificate_set.total(),
                               &listed);
  }
  RevocationProgress all(std::string_view as_of = "2026-05-10T00:00Z") const {
    return sum(parts(as_of), incident.certificate_set.total());
  }
  // "total revoked remaining expired", "?" for what nobody says.
  std::string numbers(std::string_view as_of = "2026-05-10T00:00Z") const { return numbers(all(as_of)); }
  static std::string numbers(const RevocationProgress& progress) {
    const auto text = [](const std::optional<std::int64_t>& count) { return count ? std::to_string(*count) : std::string("?"); };
    return text(progress.total) + " " + text(progress.revoked) + " " + (progress.is_remainder_certain() ? "" : "<=") +
           text(progress.remaining()) + " " + text(progress.expired);
  }

  Incident incident;
  ListedCertificates listed;
};

}  // namespace

TEST_CASE("the number of revoked certificates") {
  Fixture of;
  SUBCASE("silence of a CA that tells all it did means none") { CHECK(of.numbers() == "12 0 <=12 ?"); }
  SUBCASE("silence of anybody else means nothing") {
    of.incident.accounts[0].complete.what = Completeness::What::nothing;
    CHECK(of.numbers() == "12 ? <=? ?");
  }
  SUBCASE("the last count of a whole tells it") {
    of.tell(EventKind::revocation_partial, "2026-05-05", 4, 12);
    of.tell(EventKind::revocation_partial, "2026-05-07", 10, 12);
    CHECK(of.numbers() == "12 10 <=2 ?");
    CHECK(of.numbers("2026-05-06T00:00Z") == "12 4 <=8 ?");
  }
  SUBCASE("a count alone could be of this time or of all times") {
    of.tell(EventKind::revocation_partial, "2026-05-05", 4);
    CHECK(of.numbers() == "12 4 <=8 ?");
    of.tell(EventKind::revocation_partial, "2026-05-07", 6);
    CHECK(of.numbers() == "12 ? <=? ?");
  }
  SUBCASE("what may be none counts nothing, and leaves the number open") {
    of.tell(EventKind::revocation_partial, "2026-05-05", 4, 12);
    of.tell(EventKind::revocation_partial, "2026-05-07", 10, 12).unsure = "read from words";
    CHECK(of.numbers() == "12 ? <=? ?");
    CHECK(of.numbers("2026-05-06T00:00Z") == "12 4 <=8 ?");
    of.tell(EventKind::revocation, "2026-05-08").unsure = "read from words";
    CHECK(of.numbers() == "12 ? <=? ?");
    of.tell(EventKind::revocation_partial, "2026-05-09", 11, 12);
    CHECK(of.numbers() == "12 11 <=1 ?");
  }
  SUBCASE("some is no number") {
    of.tell(EventKind::revocation_partial, "2026-05-05");
    CHECK(of.numbers() == "12 ? <=? ?");
  }
  SUBCASE("a revocation is one of all") {
    of.tell(EventKind::revocation, "2026-05-07");
    CHECK(of.numbers() == "12 12 0 0");
    CHECK(of.numbers("2026-05-06T00:00Z") == "12 0 <=12 ?");
  }
  SUBCASE("unless it counts fewer") {
    of.tell(EventKind::revocation, "2026-05-07", 11, 12);
    CHECK(of.numbers() == "12 11 <=1 ?");
  }
  SUBCASE("a count of all is complete") {
    of.tell(EventKind::revocation_published, "2026-05-07", 12, 12);
    CHECK(of.numbers() == "12 12 0 0");
  }
  SUBCASE("what was withdrawn does not count") {
    of.tell(EventKind::revocation, "2026-05-07");
    add(of.incident, EventKind::correction, "2026-05-08").withdraws = 0;
    CHECK(of.numbers() == "12 0 <=12 ?");
    CHECK(of.numbers("2026-05-07T12:00Z") == "12 12 0 0");
  }
  SUBCASE("what may be withdrawn counts nothing, and leaves the number open") {
    of.tell(EventKind::revocation_partial, "2026-05-05", 4, 12);
    of.tell(EventKind::revocation, "2026-05-07");
    Event& correction = add(of.incident, EventKind::correction, "2026-05-08");
    correction.withdraws = 1;
    CHECK(of.numbers() == "12 4 <=8 ?");
    correction.unsure = "perhaps";
    CHECK(of.numbers() == "12 ? <=? ?");
    add(of.incident, EventKind::correction, "2026-05-09").withdraws = 2;
    CHECK(of.numbers() == "12 12 0 0");
  }
  SUBCASE("the total can come from the count") {
    of.incident.cases[0].certificates.count.reset();
    of.tell(EventKind::revocation_partial, "2026-05-07", 10, 12);
    CHECK(of.numbers() == "12 10 <=2 ?");
  }
}

TEST_CASE("the number of expired certificates") {
  Fixture of;
  of.tell(EventKind::revocation_partial, "2026-05-05", 7, 12);
  SUBCASE("what may be withdrawn tells none") {
    of.tell(EventKind::expired, "2026-05-06", 2);
    CHECK(of.numbers() == "12 7 3 2");
    Event& correction = add(of.incident, EventKind::correction, "2026-05-08");
    correction.withdraws = 1;
    correction.unsure = "perhaps";
    CHECK(of.numbers() == "12 7 <=5 ?");
  }
  SUBCASE("as it is told, by then") {
    of.tell(EventKind::expired, "2026-05-06", 2);
    of.tell(EventKind::expired, "2026-05-07", 3);
    CHECK(of.numbers() == "12 7 2 3");
    CHECK(of.numbers("2026-05-06T12:00Z") == "12 7 3 2");
  }
  SUBCASE("without a number it is the rest") {
    of.tell(EventKind::expired, "2026-05-06");
    CHECK(of.numbers() == "12 7 0 5");
    CHECK(of.all().is_complete);
  }
  SUBCASE("a revocation of all is one of all that had not expired") {
    of.tell(EventKind::expired, "2026-05-06", 2);
    of.tell(EventKind::revocation, "2026-05-07");
    CHECK(of.numbers() == "12 10 0 2");
  }
  SUBCASE("as the certificates' dates tell") {
    of.incident.events.clear();
    CertificateSet& set = of.incident.cases[0].certificates;
    set.count.reset();
    set.listed = {{"a", {}, at("2026-05-09T00:00Z").stamp}, {"b", {}, at("2026-06-01T00:00Z").stamp}};
    CHECK(of.numbers() == "2 0 1 1");
    CHECK(of.numbers("2026-05-08T00:00Z") == "2 0 2 0");
    of.tell(EventKind::revocation_partial, "2026-05-05", 1, 2);
    CHECK(of.numbers("2026-05-08T00:00Z") == "2 1 1 0");
    CHECK(of.numbers() == "2 1 <=1 ?");  // nobody says whether that one was revoked
    set.listed[1].not_after.reset();
    CHECK(of.numbers("2026-05-08T00:00Z") == "2 1 <=1 ?");
  }
}

TEST_CASE("the estimate is the last plan that is still to come") {
  Fixture of;
  of.tell(EventKind::revocation_planned, "2026-05-05").planned = at("2026-05-11");
  REQUIRE(of.all().plan);
  CHECK(of.all().plan->moment == at("2026-05-11").stamp.moment);
  SUBCASE("a plan whose time is over is none") { CHECK_FALSE(of.all("2026-05-12T00:00Z").plan); }
  SUBCASE("a later plan counts") {
    of.tell(EventKind::revocation_planned, "2026-05-06").planned = at("2026-05-20");
    CHECK(of.all().plan->moment == at("2026-05-20").stamp.moment);
  }
  SUBCASE("what is complete has been finished and needs none") {
    of.tell(EventKind::revocation, "2026-05-07");
    CHECK_FALSE(of.all().plan);
    CHECK(of.all().finished->moment == at("2026-05-07").stamp.moment);
  }
  SUBCASE("a plan for the whole is one for each part") {
    of.incident.events[0].in_case = none;
    CHECK(of.parts()[0].plan);
  }
}

TEST_CASE("several parts") {
  Fixture of;
  Cohort late;
  late.id = "late";
  late.certificates.count = 3;
  of.incident.cohorts.push_back(late);
  of.incident.certificate_set.count = 15;
  of.tell(EventKind::revocation, "2026-05-07");
  SUBCASE("add up where they are the whole") {
    REQUIRE(of.parts().size() == 2);
    CHECK(of.parts()[0].of == "Case 4711");
    CHECK(of.parts()[1].of == "Cohort late");
    CHECK(Fixture::numbers(of.parts()[1]) == "3 0 <=3 ?");
    CHECK(of.numbers() == "15 12 <=3 ?");
    CHECK_FALSE(of.all().is_complete);
    CHECK_FALSE(of.all().finished);
  }
  SUBCASE("and do not where certificates belong to several, or nobody says") {
    of.incident.certificate_set.count = 14;
    CHECK(of.numbers() == "14 ? <=? ?");
    of.incident.certificate_set.count.reset();
    CHECK(of.numbers() == "? ? <=? ?");
  }
  SUBCASE("are estimated when all have a plan") {
    CHECK_FALSE(of.all().plan);
    Event& plan = of.tell(EventKind::revocation_planned, "2026-05-08");
    plan.in_case = none;
    plan.cohort = 0;
    plan.planned = at("2026-05-15");
    CHECK(of.all().plan);
  }
  SUBCASE("are one where the file tells of the whole") {
    of.incident.events[0].in_case = none;
    REQUIRE(of.parts().size() == 1);
    CHECK(of.numbers() == "15 15 0 0");
  }
}

TEST_CASE("lists count where the file tells nothing, and all of it or nothing") {
  Fixture of;
  of.listed.parts = {{0, none, 12, 7, 2}};
  SUBCASE("silence") {
    CHECK(of.numbers() == "12 7 3 2");
    const RevocationProgress part = of.parts()[0];
    CHECK(!part.is_total_listed);
    CHECK(part.is_revoked_listed);
    CHECK(part.is_expired_listed);
    CHECK(of.all().is_revoked_listed);
  }
  SUBCASE("nothing at all") {
    of.incident.cases[0].certificates.count.reset();
    of.incident.cases[0].certificates.list_file = "a.csv";
    CHECK(of.numbers() == "12 7 3 2");
    CHECK(of.parts()[0].is_total_listed);
  }
  SUBCASE("a told count is not completed by one of the lists") {
    of.tell(EventKind::revocation_partial, "2026-05-05", 10, 12);
    CHECK(of.numbers() == "12 10 <=2 ?");
    CHECK(!of.parts()[0].is_revoked_listed);
    CHECK(!of.all().is_complete);
  }
  SUBCASE("lists that show more than was counted before are newer") {
    of.tell(EventKind::revocation_partial, "2026-05-05", 6, 12);
    CHECK(of.numbers() == "12 7 3 2");
    CHECK(of.parts()[0].is_revoked_listed);
    of.tell(EventKind::revocation_partial, "2026-05-06", 7, 12);
    CHECK(of.numbers() == "12 7 <=5 ?");
    CHECK(!of.parts()[0].is_revoked_listed);
  }
  SUBCASE("who tells that all were revoked may leave out those that expired") {
    of.tell(EventKind::revocation, "2026-05-05");
    CHECK(of.numbers() == "12 ? 0 ?");
    of.listed.parts[0].expired = 0;
    CHECK(of.numbers() == "12 12 0 0");
    of.listed.parts[0].expired = 2;
    of.tell(EventKind::expired, "2026-05-06", 2);
    CHECK(of.numbers() == "12 10 0 2");
  }
  SUBCASE("lists of another number of certificates tell nothing of these") {
    of.listed.parts[0].total = 11;
    CHECK(of.numbers() == "12 ? <=? ?");
  }
  SUBCASE("what lists have and what the file tells of another part are not added up") {
    Cohort late;
    late.id = "late";
    late.certificates.count = 3;
    of.incident.cohorts.push_back(late);
    of.incident.certificate_set.count = 15;
    CHECK(of.numbers() == "15 ? <=? ?");
    CHECK(!of.all().is_total_listed);
    CHECK(!of.all().is_revoked_listed);
    of.listed.parts.push_back({none, 0, 3, 3, 0});
    CHECK(of.numbers() == "15 10 3 2");
    CHECK(of.all().is_revoked_listed);
  }
  SUBCASE("what lists leave open is not there, and silence does not mean none") {
    of.listed.parts[0].revoked.reset();
    CHECK(of.numbers() == "12 ? <=? ?");
  }
}
