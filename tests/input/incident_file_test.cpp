// What an incident file means: every part of the format, as it arrives in the model.
#include "fixtures.hpp"

#include <cita/time/format.hpp>

#include <doctest/doctest.h>

using namespace cita;
using fixtures::read;
using fixtures::read_rest;

namespace {

Incident read_good(const std::string& text) {
  auto outcome = read(text);
  const auto problems = outcome.problems();
  CAPTURE(problems);
  REQUIRE(outcome.incident);
  return std::move(*outcome.incident);
}

Incident read_good_rest(const std::string& rest) { return read_good("cita: 1\nincident: {title: Example}\n" + rest); }

Instant utc(int year, unsigned month, unsigned day, int hour = 0, int minute = 0, int second = 0) {
  return date::sys_days{date::year{year} / date::month{month} / date::day{day}} + std::chrono::hours{hour} +
         std::chrono::minutes{minute} + Seconds{second};
}

std::vector<std::string> ids(const Incident& incident) {
  std::vector<std::string> result;
  for (const Event& event : incident.events) result.push_back(event.id);
  return result;
}

}  // namespace

TEST_CASE("the incident as a whole") {
  const Incident incident = read_good(fixtures::content(fixtures::folder() / "good/everything.yaml"));
  CHECK(incident.title == "Example CA: Late revocation after a search for bad certificates");
  CHECK(incident.bug == 2000001);
  CHECK(incident.ca_name == "Example CA");
  CHECK(incident.ccadb_id == "A000001");
  CHECK(incident.certificates == CertificateUse::tls);
  CHECK(incident.disclosure == DisclosureSource::third_party_reported);
  CHECK(incident.disclosure_stated);
  CHECK_FALSE(incident.embargoed);
  CHECK(incident.revocation_delay);
  CHECK(incident.root_programs == std::vector<std::string>{"mozilla", "chrome"});
  const CertificateSet& set = incident.certificate_set;
  CHECK(set.total() == 40);
  CHECK(set.kind == CertificateKind::subscriber);
  CHECK(set.list_file == "affected.csv");
  REQUIRE(set.listed.size() == 2);
  CHECK(set.listed[1].not_after->moment.earliest() == utc(2026, 12, 31, 23, 59, 59));
  REQUIRE(set.grounds.size() == 2);
  CHECK(set.grounds[1].by == Actor::reporter);
  CHECK(set.grounds[1].contested_because == "The key was never shown.");
  REQUIRE(set.restraints.size() == 1);
  REQUIRE(set.restraints[0].until);
  CHECK(incident.events.at(static_cast<std::size_t>(set.restraints[0].until->relative->after)).id == "order-lifted");
}

TEST_CASE("a list has one name, however its path is written") {
  const auto list_in = [](const std::string& affected) {
    return read_good("cita: 1\nincident: {title: a, affected: {" + affected + "}}\n").certificate_set.list_file;
  };
  for (const char* name : {"lists/affected.csv", "./lists/affected.csv", "lists//affected.csv", "lists/../lists/./affected.csv"})
    CHECK(list_in("list: " + std::string(name)) == "lists/affected.csv");
  CHECK(list_in("count: 1").empty());
}

TEST_CASE("tags of both generations tell of a delayed revocation") {
  for (const char* tag :
       {"leaf-revocation-delay", "[ca-revocation-delay]", "delayed-revocation-leaf", "[x] [delayed-revocation-ca]"})
    CHECK(read_good("cita: 1\nincident: {title: a, whiteboard: \"" + std::string(tag) + "\"}\n").revocation_delay);
  CHECK_FALSE(read_good("cita: 1\nincident: {title: a, whiteboard: [ca-compliance, policy-failure]}\n").revocation_delay);
}

TEST_CASE("a file without accounts is the CA's own") {
  const Incident incident = read_good_rest("");
  REQUIRE(incident.accounts.size() == 1);
  CHECK(incident.accounts[0].name == "ca");
  CHECK(incident.accounts[0].kind == AccountKind::ca);
  CHECK(incident.accounts[0].zone.empty());
  CHECK(incident.accounts[0].complete.what == Completeness::What::own_acts);
}

TEST_CASE("accounts say whose they are and what they tell in full") {
  const Incident incident = read_good(fixtures::content(fixtures::folder() / "good/everything.yaml"));
  REQUIRE(incident.accounts.size() == 4);
  const Account& ca = incident.accounts[0];
  CHECK(ca.year == 2026);
  CHECK(ca.complete.what == Completeness::What::listed);
  CHECK(ca.is_complete_for(EventKind::revocation));
  CHECK_FALSE(ca.is_complete_for(EventKind::revocation_published));
  // The bound is read on the account's own clock: midnight in Berlin.
  CHECK(ca.complete.until->moment.earliest() == utc(2026, 5, 31, 22));
  CHECK(incident.accounts[1].kind == AccountKind::reporter);
  CHECK(incident.accounts[1].person == "Jo Example");
  CHECK(incident.accounts[1].consent);
  CHECK(incident.accounts[1].complete.what == Completeness::What::nothing);
  CHECK(incident.accounts[3].kind == AccountKind::crl);
  CHECK(incident.accounts[3].complete.what == Completeness::What::own_acts);
}

TEST_CASE("each account tells an event on its own clock, or denies it") {
  const Incident incident = read_good(fixtures::content(fixtures::folder() / "good/everything.yaml"));
  const Event& received = incident.events[0];
  REQUIRE(received.tellings.size() == 2);
  CHECK(received.tellings[0].at.stamp.moment ==
        Moment::between(utc(2026, 5, 4, 6, 10), utc(2026, 5, 4, 6, 10, 59), Unit::minute));
  CHECK(received.tellings[0].at.stamp.text == "2026-05-04 08:10");
  CHECK(received.tellings[0].at.stamp.span.text() == "2026-05-04 08:10");
  CHECK(received.tellings[1].account == 1);
  CHECK(received.tellings[1].delivery == Delivery::delivered);
  const Event& reply = incident.events[1];
  CHECK(reply.tellings[0].delivery == Delivery::sent);
  CHECK(reply.to == std::vector<Addressee>{Addressee::reporter, Addressee::subscriber});
  CHECK_FALSE(reply.findings);
  const Event& holding = incident.events[3];
  CHECK_FALSE(holding.tellings[0].denied);
  CHECK(holding.tellings[1].denied);
}

TEST_CASE("'at' is short for the first account's telling, whatever its name") {
  const Incident incident = read_good_rest(
      "accounts: {somebody: {kind: press, zone: UTC}, ca: {zone: UTC}}\n"
      "events: [{kind: bug-closed, at: 2026-05-04}]\n");
  CHECK(incident.events[0].tellings[0].account == 0);
  CHECK(incident.accounts[0].kind == AccountKind::press);
}

TEST_CASE("relative times and withdrawals refer to events by id or by kind") {
  const Incident incident = read_good(fixtures::content(fixtures::folder() / "good/everything.yaml"));
  const Event& corrected = incident.events[2];
  CHECK(corrected.withdraws == 1);
  REQUIRE(corrected.tellings[0].at.relative);
  const Relative& relative = *corrected.tellings[0].at.relative;
  CHECK(relative.after == 1);
  CHECK(relative.before == none);
  CHECK(relative.least == Limit::within(std::chrono::minutes{1}));
  CHECK(relative.most == Limit::within(std::chrono::hours{2}));
  CHECK(relative.unit == Unit::hour);
  CHECK(corrected.tellings[0].at.stamp.text == "after: wrong, least: PT1M, most: PT2H");
}

TEST_CASE("a kind names the only event of that kind in the case, else in the file") {
  const Incident incident = read_good_rest(
      "cases:\n"
      "  a: {events: [{kind: revocation, at: 2026-05-04T00:00Z}, {kind: revocation-published, at: {after: revocation}}]}\n"
      "  b: {events: [{kind: revocation, at: 2026-05-05T00:00Z}, {kind: revocation-published, at: {after: revocation}}]}\n"
      "  c: {events: [{kind: revocation-published, at: {before: bug-closed}}]}\n"
      "events: [{kind: bug-closed, at: 2026-06-01T00:00Z}]\n");
  CHECK(incident.events[1].tellings[0].at.relative->after == 0);
  CHECK(incident.events[3].tellings[0].at.relative->after == 2);
  CHECK(incident.events[4].tellings[0].at.relative->before == 5);
}

TEST_CASE("what is due after an event still to come has no date yet") {
  const auto outcome = read_rest("commitments: {c: {due: {after: full-incident-report, most: P7D}}}\n");
  REQUIRE(outcome.incident);
  CHECK(outcome.problems() == "3:32 event-not-told\n");
  CHECK(outcome.diagnostics.all()[0].severity == Severity::warning);
  CHECK(outcome.incident->commitments[0].due->relative->after == none);
}

TEST_CASE("bounds are as wide as their two stamps") {
  const Incident incident = read_good_rest(
      "accounts: {ca: {zone: UTC}}\n"
      "events:\n"
      "  - {kind: detected, at: {earliest: 2026-05-04 10:00, latest: 2026-05-05}}\n"
      "  - {kind: detected, at: {latest: 2026-05-05 10:00}}\n"
      "  - {kind: detected, at: {earliest: 2026-05-05 10:00}}\n");
  const auto moment = [&](std::size_t i) { return incident.events[i].tellings[0].at.stamp.moment; };
  CHECK(moment(0) == Moment::between(utc(2026, 5, 4, 10), utc(2026, 5, 5, 23, 59, 59), Unit::day));
  CHECK(moment(1) == Moment::between(open_past, utc(2026, 5, 5, 10, 0, 59), Unit::minute));
  CHECK(moment(2) == Moment::between(utc(2026, 5, 5, 10), open_future, Unit::minute));
  CHECK(incident.events[0].tellings[0].at.stamp.text == "earliest: 2026-05-04 10:00, latest: 2026-05-05");
}

TEST_CASE("bounds on an unknown clock stay on that clock") {
  const auto outcome = read_rest(
      "events:\n"
      "  - {kind: detected, at: {earliest: 2026-05-04 10:00, latest: 2026-05-04 11:00}}\n"
      "  - {kind: bug-closed, at: 2026-05-04 12:00}\n");
  REQUIRE(outcome.incident);
  // One complaint is enough: one 'zone' settles all of them.
  CHECK(outcome.problems() == "4:37 zone-unknown\n");
  const Moment from = outcome.incident->events[0].tellings[0].at.stamp.moment;
  const Moment to = outcome.incident->events[1].tellings[0].at.stamp.moment;
  CHECK(from.clock() == to.clock());
  CHECK(elapsed(from, to) == Elapsed{Seconds{3601 - 60}, Seconds{2 * 3600 + 59}});
}

TEST_CASE("a weekday that contradicts its date is a warning, and both readings are kept") {
  const auto outcome = read_rest(
      "accounts: {ca: {zone: UTC, year: 2020}}\n"
      "events: [{kind: holding-reply, at: Wed 27-Feb 19:15}, {kind: detected, at: {latest: Wed 27-Feb 19:15}}]\n");
  REQUIRE(outcome.incident);
  CHECK(outcome.problems() == "4:36 weekday-contradicts-date\n4:85 weekday-contradicts-date\n");
  const Stamp& stamp = outcome.incident->events[0].tellings[0].at.stamp;
  REQUIRE(stamp.alternatives.size() == 1);
  const Stamp& bound = outcome.incident->events[1].tellings[0].at.stamp;
  REQUIRE(bound.alternatives.size() == 1);
  CHECK(bound.moment.latest() == utc(2020, 2, 27, 19, 15, 59));
  CHECK(bound.alternatives[0].moment.latest() == utc(2020, 2, 26, 19, 15, 59));
  CHECK(bound.alternatives[0].moment.is_open_before());
  CHECK(bound.label == stamp.label);
}

TEST_CASE("events belong to the case that they stand in, name, or cannot but belong to") {
  SUBCASE("named at the event, without a list of cases") {
    const Incident incident = read_good_rest(
        "events:\n"
        "  - {kind: problem-report-received, at: 2026-05-04T00:00Z, case: 4711, alleges: [key-compromise, misissued]}\n"
        "  - {kind: problem-report-received, at: 2026-05-04T00:00Z, case: 4712}\n"
        "  - {kind: bug-closed, at: 2026-05-04T00:00Z}\n");
    REQUIRE(incident.cases.size() == 2);
    CHECK(incident.cases[0].id == "4711");
    REQUIRE(incident.cases[0].certificates.grounds.size() == 2);
    CHECK(incident.cases[0].certificates.grounds[0].reason == "key-compromise");
    CHECK(incident.cases[0].certificates.grounds[0].by == Actor::reporter);
    CHECK(incident.events[1].in_case == 1);
    CHECK(incident.events[2].in_case == none);
  }
  SUBCASE("the only case") {
    const Incident incident = read_good_rest(
        "cases: {\"7\": }\n"
        "events: [{kind: investigation, at: 2026-05-04T00:00Z}, {kind: revocation, at: 2026-05-04T00:00Z}]\n");
    CHECK(incident.events[0].in_case == 0);
    CHECK(incident.events[1].in_case == none);
  }
  SUBCASE("the only report, which nobody names") {
    const Incident incident = read_good_rest(
        "events:\n"
        "  - {kind: holding-reply, at: 2026-05-04T00:00Z}\n"
        "  - {kind: problem-report-received, at: 2026-05-04T00:00Z, alleges: misissued}\n");
    REQUIRE(incident.cases.size() == 1);
    CHECK(incident.cases[0].certificates.grounds.size() == 1);
    CHECK(incident.events[0].in_case == 0);
  }
  SUBCASE("no report at all") {
    const Incident incident = read_good_rest("events: [{kind: investigation, at: 2026-05-04T00:00Z}]\n");
    CHECK(incident.cases.empty());
    CHECK(incident.events[0].in_case == none);
  }
}

TEST_CASE("an allegation adds nothing to a ground that is told in full") {
  const Incident incident = read_good(fixtures::content(fixtures::folder() / "good/everything.yaml"));
  const auto& grounds = incident.cases[0].certificates.grounds;
  REQUIRE(grounds.size() == 3);  // the CA's, contested, and the reporter's two
  CHECK(grounds[0].by == Actor::ca);
  CHECK(grounds[0].contested);
  CHECK(incident.cases[0].subscriber_is_reporter);
  REQUIRE(incident.cohorts.size() == 1);
  CHECK(incident.cohorts[0].certificates.grounds.size() == 2);
  CHECK(incident.events[4].cohort == 0);
  // `by: ca` with `alleges` at an event: the CA's own ground.
  CHECK(incident.cases[1].certificates.grounds.at(0).by == Actor::ca);
}

TEST_CASE("questions, action items and commitments become events, in the order of the file") {
  const Incident incident = read_good(fixtures::content(fixtures::folder() / "good/everything.yaml"));
  CHECK(ids(incident) == std::vector<std::string>{"problem-report-received-1",
                                                  "wrong",
                                                  "preliminary-report-1",
                                                  "holding-reply-1",
                                                  "scope-concluded-1",
                                                  "question-asked-1",
                                                  "question-acknowledged-1",
                                                  "question-answered-1",
                                                  "action-item-added-1",
                                                  "action-item-delayed-1",
                                                  "commitment-made-1",
                                                  "commitment-kept-1",
                                                  "commitment-made-2",
                                                  "still-open-1",
                                                  "revocation-planned-1",
                                                  "question-acknowledged-2",
                                                  "action-item-changed-1",
                                                  "commitment-kept-2",
                                                  "revocation-partial-1",
                                                  "evidence-obtained-1",
                                                  "next-update-set-1",
                                                  "order-lifted",
                                                  "other-1"});
  const Event& asked = incident.events[5];
  CHECK(asked.question == 0);
  CHECK(asked.by == Actor::root_program);
  CHECK(asked.tellings[0].account == 2);
  CHECK(asked.text == "How many?");
  const ActionItem& item = incident.action_items[0];
  CHECK(item.status == "Ongoing");
  CHECK(item.due->stamp.text == "2026-07-01");
  CHECK(incident.events[8].planned->stamp.text == "2026-07-01");
  CHECK(incident.events[9].action_item == 0);
  CHECK(incident.events[9].planned->stamp.text == "2026-08-01");
  CHECK(incident.events[10].planned->relative.has_value());
  CHECK(incident.events[13].still_open == std::vector<EventKind>{EventKind::commitment_kept});
  CHECK(incident.events[13].commitment == 1);
}

TEST_CASE("an action item without a status has that of its last change") {
  const Incident incident = read_good_rest(
      "action-items:\n"
      "  - id: a\n"
      "    changes: [{at: 2026-05-04T00:00Z, status: Delayed}, {at: 2026-05-05T00:00Z, status: Complete}]\n");
  CHECK(incident.action_items[0].status == "Complete");
  CHECK(incident.events[1].kind == EventKind::action_item_completed);
}

TEST_CASE("the details of events") {
  const Incident incident = read_good(fixtures::content(fixtures::folder() / "good/everything.yaml"));
  CHECK(incident.events[14].planned->stamp.moment.earliest() == utc(2026, 5, 9, 12));
  CHECK(incident.events[14].reason == CrlReason::key_compromise);
  const Event& partial = incident.events[18];
  CHECK(partial.done == 5);
  CHECK(partial.of == 12);
  CHECK(partial.still_open == std::vector<EventKind>{EventKind::revocation});
  CHECK(partial.internal);
  CHECK(partial.cohort == 0);
  CHECK(incident.events[20].planned->stamp.text == "2026-06-01");
  // Somebody says that it happened and nobody says when.
  CHECK(incident.events[21].tellings.size() == 1);
  CHECK(incident.events[21].tellings[0].at.stamp.moment == Moment());
}

TEST_CASE("ids that are made do not take those that are given") {
  const Incident incident = read_good_rest(
      "events:\n"
      "  - {kind: update, at: 2026-05-04T00:00Z}\n"
      "  - {kind: update, at: 2026-05-04T00:00Z, id: update-1}\n"
      "  - {kind: update, at: 2026-05-04T00:00Z}\n");
  CHECK(ids(incident) == std::vector<std::string>{"update-2", "update-1", "update-3"});
}

TEST_CASE("the report's prose and suppressions") {
  const Incident incident = read_good(fixtures::content(fixtures::folder() / "good/everything.yaml"));
  const ReportFields& report = incident.report;
  CHECK(report.summary == "What happened.");
  CHECK(report.total_certificates == 40);
  CHECK(report.remaining_valid == 0);
  CHECK(report.issuance_stopped == true);
  CHECK(report.issuance_explanation == "To be sure.");
  REQUIRE(report.related.size() == 1);
  CHECK(report.related[0].bug == 1619359);
  CHECK(report.related[0].opened == "2020-03-02");
  REQUIRE(report.factors.size() == 1);
  CHECK(report.factors[0].methodology == "5 Whys.");
  REQUIRE(report.findings.size() == 2);
  CHECK(report.findings[0].description == "The linter was missing.");
  CHECK(report.findings[0].root_cause == "Nobody owned it.");
  REQUIRE(report.findings[0].action_items.size() == 1);
  CHECK(incident.action_items[static_cast<std::size_t>(report.findings[0].action_items[0])].id == "linter");
  CHECK(report.findings[1].action_items.empty());
  CHECK(report.went_well == std::vector<std::string>{"Fast."});
  CHECK(report.closure_remediation == "A linter.");
  REQUIRE(incident.suppressions.size() == 1);
  CHECK(incident.suppressions[0].in_case == "4713");
  CHECK(incident.suppressions[0].until->moment.earliest() == utc(2026, 12, 31));
}

TEST_CASE("a certificate that stands in two cohorts is said to, with both places") {
  const auto outcome = read(
      "cita: 1\nincident: {title: Example}\ncohorts:\n  first: {certificates: [{id: \"crt.sh:1\"}, \"crt.sh:2\"]}\n"
      "  later: {certificates: {listed: [\"crt.sh:3\", \"crt.sh:1\"], count: 4}}\n  last: {certificates: \"crt.sh:2\"}\n");
  CHECK(outcome.incident);
  CHECK(outcome.problems() == "5:47 certificate-in-two-cohorts\n6:24 certificate-in-two-cohorts\n");
  const Diagnostic& twice = outcome.diagnostics.all().front();
  CHECK(twice.message == "certificate 'crt.sh:1' is in a cohort already");
  REQUIRE(twice.related.size() == 1);
  const Position first = twice.related.front().span.source->position(twice.related.front().span.begin);
  CHECK(first.line == 4);
  CHECK(first.column == 31);
}
