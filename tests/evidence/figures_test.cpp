// What lists say of the figures of an incident file, and what a report takes from them where they are whole.
#include "in_blocks.hpp"

#include <reconcile/support.hpp>

#include <cita/output/listed_certificates.hpp>

#include <unistd.h>

#include <filesystem>
#include <fstream>

using namespace cita;
using namespace cita::evidence;
using namespace cita::testing;

namespace {

class ListFile {
 public:
  explicit ListFile(const std::string& text, const std::string& name = "a") : path_(path_called(name)) {
    std::ofstream(path_, std::ios::binary) << text;
  }
  ListFile(const ListFile&) = delete;
  ListFile& operator=(const ListFile&) = delete;
  ~ListFile() { std::filesystem::remove(path_); }
  const std::string& path() const { return path_; }

 private:
  static std::string path_called(const std::string& name) {
    return (std::filesystem::temp_directory_path() / ("cita-figures-" + std::to_string(getpid()) + name + ".csv")).string();
  }

  std::string path_;
};

std::string padded(int number, std::size_t size, char with) {
  const std::string digits = std::to_string(number);
  return std::string(size - digits.size(), with) + digits;
}
std::string link(int number) { return "https://crt.sh/?sha256=" + padded(number, 64, 'a') + "\n"; }
std::string row(int number, const std::string& from, const std::string& claim = "Yes,2026-05-05T10:00:00Z,superseded") {
  return "," + padded(number, 64, 'a') + ",CN=a,CN=made," + from + ",2026-09-01T00:00:00Z," + padded(number, 32, '7') +
         ",a.example," + claim + "\n";
}
const std::string january = "2026-01-01T00:00:00Z";

std::string cohort(const std::string& name, const std::string& certificates) {
  return "  " + name + ":\n    grounds: misissuance\n    certificates: {" + certificates +
         "}\n    events: [{kind: made-aware, at: 2026-05-04T08:10:00Z}]\n";
}

// The first list of a file with these cohorts and events.
struct Read {
  Read(const std::string& text, const std::string& rows, const std::string& as_of = "2026-05-13T00:00:00Z")
      : list(rows),
        file(judged(tls(text), as_of)),
        lists(*file.incident, file.assessment, {list.path()}, {"a.csv"},
              {.figures = {remaining_valid_figure(file.assessment.as_of)}}) {}

  ListedCertificates listed() {
    const ListVerdicts verdicts = hold_against_lists(*file.incident, file.assessment, lists);
    return listed_certificates(file.assessment, lists, verdicts);
  }
  std::vector<std::string> mismatches() const {
    std::vector<std::string> all;
    for (const Mismatch& each : lists.mismatches()) all.push_back(each.what);
    return all;
  }

  ListFile list;
  JudgedFile file;
  IncidentLists lists;
};

const std::string one = "cohorts:\n" + cohort("one", "list: a.csv");

using Lines = std::vector<std::string>;

// What differs in an incident of one ground with more about it, and the rest of its file.
Lines differing(const std::string& more, const std::string& rest, const std::string& list) {
  const JudgedFile file = judged("cita: 1\nincident: {title: t, ca: {name: a}, certificates: tls, grounds: misissuance" + more +
                                     "}\naccounts: {ca: {kind: ca, zone: UTC}}\n" + rest,
                                 "2026-05-13T00:00:00Z");
  const ListFile only(list);
  const IncidentLists lists(*file.incident, file.assessment, {only.path()}, {"a.csv"}, {});
  Lines all;
  for (const Mismatch& each : lists.mismatches()) all.push_back(each.what);
  return all;
}

}  // namespace

TEST_CASE("of a link nobody knows whether it is a certificate's or its precertificate's") {
  std::string links;
  for (int i = 1; i <= 5; ++i) links += link(i);
  CHECK(Read(one, links).lists.different() == CountRange{3, 5});
  CHECK(Read(one, links + link(5)).lists.different() == CountRange{3, 5});
  CHECK(Read(one, links).listed().all.total == std::nullopt);
  const auto told = [&](const std::string& count) {
    return Read("cohorts:\n" + cohort("one", "count: " + count + ", list: a.csv"), links).mismatches();
  };
  const std::vector<std::string> differs{"cohort one: how many certificates there are"};
  CHECK(told("2") == differs);
  CHECK(told("3").empty());
  CHECK(told("5").empty());
  CHECK(told("6") == differs);
}

TEST_CASE("a report takes no number from lists that are not whole") {
  const std::string rows = made::header + row(1, january) + row(2, january);
  const auto total = [](const std::string& text, const std::string& list) { return Read(text, list).listed().all.total; };
  const auto remaining = [](const std::string& text, const std::string& list) {
    return Read(text, list).listed().remaining_valid;
  };
  CHECK(total(one, rows) == 2);
  CHECK(remaining(one, rows) == 0);
  const std::string broken = rows + "\"" + row(3, january);
  CHECK(total(one, broken) == std::nullopt);
  CHECK(remaining(one, broken) == std::nullopt);
  CHECK(total(one, made::header) == std::nullopt);
  CHECK(remaining(one, made::header) == std::nullopt);
  // Another cohort has certificates that stand in no list, or the list lacks some.
  for (const std::string& more : {cohort("two", "count: 10"), cohort("two", "count: 1, list: b.csv")}) {
    CHECK(total(one + more, rows) == std::nullopt);
    CHECK(remaining(one + more, rows) == std::nullopt);
    CHECK(Read(one + more, rows).listed().parts.front().total == 2);
  }
  // Nothing is told of another cohort, or the incident has more than its cohorts.
  CHECK(remaining(one + "  two: {text: Found by chance}\n", rows) == std::nullopt);
  CHECK(remaining("report:\n  certificates: {total: 3}\n" + one, rows) == std::nullopt);
  CHECK(remaining("report:\n  certificates: {total: 2}\n" + one, rows) == 0);
  const std::string more_told = "cohorts:\n" + cohort("one", "count: 3, list: a.csv");
  CHECK(total(more_told, rows) == std::nullopt);
  CHECK(Read(more_told, rows).listed().parts.front().total == std::nullopt);
}

TEST_CASE("whether a certificate was issued outside the told times depends on no order of rows") {
  // A day has many seconds: the row that may be the first is not the one that surely was before.
  const std::string began =
      "events:\n  - {kind: non-compliance-began, at: 2026-04-22T12:00:00Z}\n"
      "  - {kind: issuance, at: 2026-04-22T12:00:00Z}\n" +
      one;
  const std::string day = row(1, "2026-04-20"), time = row(2, "2026-04-20T11:59:59Z");
  const std::vector<std::string> before{"the non-compliance began, and a certificate was issued before"};
  CHECK(Read(began, made::header + day + time).mismatches() == before);
  CHECK(Read(began, made::header + time + day).mismatches() == before);
  CHECK(Read(began, made::header + day).mismatches().empty());
  CHECK(Read(began, made::header + row(2, "2026-04-20T12:00:00Z")).mismatches().empty());
  const std::string stopped = "events:\n  - {kind: issuance-stopped, at: 2026-04-18T12:00:00Z}\n" + one;
  const std::string late = row(1, "2026-04-20T12:00:01Z");
  const std::vector<std::string> after{"issuance-stopped, and a certificate was issued after it"};
  CHECK(Read(stopped, made::header + late).mismatches() == after);
  CHECK(Read(stopped, made::header + late + day).mismatches() == after);
  CHECK(Read(stopped, made::header + day + late).mismatches() == after);
}

TEST_CASE("a day that is told for the beginning may be the next one") {
  const auto began = [](const std::string& first) {
    return Read("events:\n  - {kind: non-compliance-began, at: 2026-03-04}\n  - {kind: issuance, at: 2026-03-04}\n" + one,
                made::header + row(1, first) + row(2, "2026-03-04"))
        .mismatches();
  };
  CHECK(began("2026-03-01T00:00:00Z").empty());
  CHECK(began("2026-02-28T23:59:59Z").size() == 1);
}

TEST_CASE("a certificate may be older than what is wrong, unless its issuance is what is wrong") {
  const std::string rows = made::header + row(1, "2026-03-10T00:00:00Z") + row(2, "2026-03-20T00:00:00Z");
  const auto differ = [&](const std::string& began, const std::string& issuance, const std::string& made_aware) {
    std::string events = "events:\n  - {kind: non-compliance-began, at: " + began + "}\n";
    if (!issuance.empty()) events += "  - {kind: issuance, at: " + issuance + "}\n";
    return Read(
               "cohorts:\n  one:\n    grounds: misissuance\n    certificates: {list: a.csv}\n    events: [{kind: made-aware, "
               "at: " +
                   made_aware + "}]\n" + events,
               rows)
        .mismatches();
  };
  const Lines before{"the non-compliance began, and a certificate was issued before"};
  const std::string aware = "2026-05-04T08:10:00Z", late = "2026-05-09T08:10:01Z";
  CHECK(differ(late, "", aware).empty());
  CHECK(differ("2026-03-15T10:00:00Z", "", aware).empty());
  CHECK(differ("2026-03-15T10:00:00Z", "2026-03-15T10:00:00Z", aware) == before);
  CHECK(differ("2026-03-15", "2026-03-15T10:00:00Z", aware) == before);
  CHECK(differ("2026-03-15T10:00:00Z", "2026-03-15T10:00:01Z", aware).empty());
  // One that replaced another on the day that the deadline passed is no beginning.
  CHECK(differ("2026-03-18", "2026-03-18", "2026-03-13").empty());
  CHECK(differ("2026-03-18", "2026-03-18", "2026-03-18") == before);
}

TEST_CASE("an issuance after a clock began may be that of what replaces another") {
  const std::string rows = made::header + row(1, "2026-03-10T00:00:00Z") + row(2, "2026-03-20T00:00:00Z");
  const auto differ = [&](const std::vector<std::string>& issuances, const std::string& more = {}) {
    std::string events = "events:\n";
    for (const std::string& each : issuances) events += "  - {kind: issuance, at: " + each + "}\n";
    return Read(events + one, rows + more).mismatches();
  };
  const Lines late{"the last issuance that is told, and no certificate was issued so late"};
  const Lines before{"the first issuance that is told, and a certificate was issued before"};
  const Lines after{"the last issuance that is told, and a certificate was issued after it"};
  const std::string aware = "2026-05-04T08:10:00Z", later = "2026-05-04T08:10:01Z", first = "2026-03-10", last = "2026-03-20";
  CHECK(differ({aware}) == late);
  CHECK(differ({later}).empty());
  CHECK(differ({"2026-05-04"}).empty());
  CHECK(differ({"2026-05-03"}) == late);
  CHECK(differ({"2026-03-10", later}).empty());
  // The others are held as they are without it.
  CHECK(differ({"2026-04-01", later}) == late);
  CHECK(differ({"2026-03-13T00:00:00Z", last, later}) == before);
  CHECK(differ({first, "2026-03-12", later}).empty());
  CHECK(differ({first, last, later}, row(3, "2026-05-05T00:00:00Z")).empty());
  CHECK(differ({first, last, later}, row(3, "2026-05-08T00:00:00Z")) == after);
  // It may be the only other one of what is wrong, or none.
  CHECK(differ({last, later}).empty());
  CHECK(differ({first, later}, row(3, "2026-05-08T00:00:00Z")).empty());
}

TEST_CASE("who says that it is revoked does not tell of what is to come") {
  const std::string told = "report:\n  certificates: {remaining-valid: 1}\n" + one;
  const std::string rows = made::header + row(1, january, "Yes,2026-05-12,superseded");
  CHECK(Read(told, rows).mismatches().size() == 1);
  CHECK(Read(told, rows).listed().remaining_valid == 0);
}

TEST_CASE("what was withdrawn, or is unsure, is held against no row, and nor is what it may have changed") {
  const std::string rows = made::header + row(1, "2026-03-10T00:00:00Z"), day = "T00:00:00Z";
  const auto count = [&](const std::string& events) { return Read("events:\n" + events + one, rows).mismatches().size(); };
  const auto at = [&](const std::string& kind, const std::string& when, const std::string& more = {}) {
    return "  - {kind: " + kind + ", at: " + when + day + more + "}\n";
  };
  const std::string withdrawn = at("correction", "2026-05-06", ", withdraws: x"), id = ", id: x", unsure = ", unsure: perhaps";
  for (const std::string kind : {"issuance-stopped", "non-compliance-ended"}) {
    CHECK(count(at(kind, "2026-02-20", id)) == 1);
    CHECK(count(at(kind, "2026-02-20", id) + withdrawn) == 0);
    CHECK(count(at(kind, "2026-02-20", unsure)) == 0);
    CHECK(count(at(kind, "2026-02-20") + at(kind, "2026-04-20", unsure)) == 0);
    CHECK(count(at(kind, "2026-02-20") + at("issuance-resumed", "2026-03-01", unsure)) == 0);
    CHECK(count(at(kind, "2026-02-20") + at("issuance-resumed", "2026-03-01", id) + withdrawn) == 1);
  }
  const std::string issued = at("issuance", "2026-03-13", ", unsure: perhaps"), issued_then = at("issuance", "2026-03-13");
  CHECK(count(at("non-compliance-began", "2026-03-13", id) + issued_then) == 2);
  CHECK(count(at("non-compliance-began", "2026-03-13", id) + issued_then + withdrawn) == 1);
  CHECK(count(at("non-compliance-began", "2026-03-13", id) + issued) == 0);
  CHECK(count(at("issuance", "2026-02-01", id) + at("issuance", "2026-03-10")) == 1);
  CHECK(count(at("issuance", "2026-02-01", id) + at("issuance", "2026-03-10") + withdrawn) == 0);
}

TEST_CASE("what a report tells was so when it was posted, whatever was not posted since") {
  const std::string rows = made::header + row(1, january) + row(2, january, "Yes,2026-05-10T00:00:00Z,superseded");
  const auto count = [&](const std::string& posts) {
    return Read("report:\n  certificates: {remaining-valid: 1}\nevents:\n" + posts + one, rows).mismatches().size();
  };
  const std::string report = "  - {kind: full-incident-report, at: 2026-05-08T00:00:00Z}\n";
  CHECK(count(report) == 0);
  CHECK(count(report + "  - {kind: update, at: 2026-05-11T00:00:00Z}\n") == 1);
  CHECK(count(report + "  - {kind: update, at: 2026-05-11T00:00:00Z, unsure: perhaps}\n") == 0);
  CHECK(count(report + "  - {id: u, kind: update, at: 2026-05-11T00:00:00Z}\n"
                       "  - {kind: correction, at: 2026-05-12T00:00:00Z, withdraws: u}\n") == 0);
  CHECK(count("  - {kind: full-incident-report, at: 2026-05-08T00:00:00Z, unsure: perhaps}\n") == 0);
  // What others post is no post of the CA.
  CHECK(count(report + "  - {kind: update, at: 2026-05-11T00:00:00Z, by: reporter}\n") == 0);
  CHECK(count(report + "  - {kind: update, at: 2026-05-11T00:00:00Z, by: ca}\n") == 1);
}

TEST_CASE("a post that is told to the minute may be of a minute before") {
  const std::string rows = made::header + row(1, january, "Yes,2026-05-08T12:00:00Z,superseded") +
                           row(2, january, "Yes,2026-05-08T12:00:30Z,superseded") + row(3, january, "Planned,2026-06-20,N/A");
  const auto count = [&](const std::string& posted, const std::string& valid) {
    return Read("report:\n  certificates: {remaining-valid: " + valid +
                    "}\nevents:\n  - {kind: full-incident-report, at: " + posted + "}\n" + one,
                rows, "2026-05-09T00:00:00Z")
        .mismatches()
        .size();
  };
  CHECK(count("2026-05-08T12:00Z", "0") == 1);
  for (const std::string valid : {"1", "2", "3"}) CHECK(count("2026-05-08T12:00Z", valid) == 0);
  CHECK(count("2026-05-08T12:00Z", "4") == 1);
  CHECK(count("2026-05-08T12:01Z", "3") == 1);
  CHECK(count("2026-05-08T12:01Z", "2") == 0);
  CHECK(count("2026-05-08T12:02Z", "2") == 1);
  CHECK(count("2026-05-08T12:00:00Z", "3") == 1);
  CHECK(count("2026-05-08T11:59:59Z", "3") == 0);
  CHECK(count("2026-05-08", "3") == 0);
}

TEST_CASE("one that expired and was revoked afterwards may be counted as either") {
  const auto ends = [](int number, const std::string& end, const std::string& claim) {
    std::string text = row(number, january, claim);
    return text.replace(text.find("2026-09-01T00:00:00Z"), 20, end);
  };
  const std::string yes = "Yes,2026-05-08T14:00:00Z,superseded";
  const auto rows = [&](const std::string& end, const std::string& claim) {
    return made::header + row(1, january) + row(2, january) + ends(3, end, claim);
  };
  const auto differ = [&](const std::string& revoked, const std::string& expired, const std::string& list) {
    const std::string event = "at: 2026-05-12T00:00:00Z, cohort: one, counts: {done: ";
    return Read("cohorts:\n" + cohort("one", "count: 3, list: a.csv") + "events:\n  - {kind: revocation-partial, " + event +
                    revoked + ", of: 3}}\n  - {kind: expired, " + event + expired + "}}\n",
                list)
        .mismatches()
        .size();
  };
  const std::string after = rows("2026-05-08T13:59:59Z", yes), before = rows("2026-05-08T14:00:00Z", yes);
  CHECK(differ("2", "1", after) == 0);
  CHECK(differ("3", "0", after) == 0);
  CHECK(differ("1", "2", after) == 2);
  CHECK(differ("2", "1", before) == 2);
  CHECK(differ("3", "0", before) == 0);
  // The number of the expired may be of before the others were revoked.
  const std::string later = rows("2026-05-08T13:59:59Z", "Yes,2026-05-12T12:00:00Z,superseded");
  CHECK(differ("2", "1", later) == 0);
  CHECK(differ("2", "0", later) == 0);
  const auto counts = [&](const std::string& list) {
    return Read("cohorts:\n" + cohort("one", "list: a.csv"), list).listed().parts.front();
  };
  CHECK(counts(before).revoked == 3);
  CHECK(counts(before).expired == 0);
  CHECK(!counts(after).revoked);
  CHECK(!counts(after).expired);
  CHECK(counts(after).total == 3);
}

TEST_CASE("the last revocation depends on no order of rows") {
  const auto at = [](int number, const std::string& time) {
    return row(number, january, "Yes,2026-05-08T" + time + "Z,superseded");
  };
  const std::string minute = at(1, "12:00"), last = at(2, "12:00:59"), middle = at(3, "12:00:30");
  const auto found = [](const std::string& rows) {
    return *Read(one, made::header + rows).lists.tally().groups().front().last_revoked;
  };
  const Instant end = *instant_of(2026, 5, 8, 12, 0, 59);
  CHECK((found(minute + last) == Bounds::exact(end)));
  CHECK((found(last + minute) == Bounds::exact(end)));
  CHECK((found(minute + middle) == Bounds{*instant_of(2026, 5, 8, 12, 0, 30), end}));
  CHECK((found(middle + minute) == Bounds{*instant_of(2026, 5, 8, 12, 0, 30), end}));
}

TEST_CASE("what is published was recorded before: only a count of more than are revoked differs") {
  const auto at = [](int number, const std::string& day) {
    return row(number, january, "Yes,2026-05-" + day + "T12:00:00Z,superseded");
  };
  const std::string rows = made::header + at(1, "05") + at(2, "06") + at(3, "07") + at(4, "08");
  const auto differ = [&](const std::string& kind, const std::string& done) {
    return Read("cohorts:\n" + cohort("one", "count: 4, list: a.csv") + "events:\n  - {kind: " + kind +
                    ", cohort: one, at: 2026-05-06T12:00:00Z, counts: {done: " + done + ", of: 4}}\n",
                rows)
        .mismatches();
  };
  const std::vector<std::string> differs{"the event revocation-published-1: how many were revoked by then"};
  for (const std::string fewer : {"0", "1", "2"}) CHECK(differ("revocation-published", fewer).empty());
  CHECK(differ("revocation-published", "3") == differs);
  CHECK(differ("revocation-published", "4") == differs);
  CHECK(differ("revocation", "1").size() == 1);
  CHECK(differ("revocation", "2").empty());
}

TEST_CASE("the incident's number may have certificates beside the lists of its parts, and is never smaller") {
  std::string rows = made::header;
  for (int i = 1; i <= 4; ++i) rows += row(i, january);
  const Lines differs{"the incident: how many certificates there are"};
  const auto differ = [&](const std::string& count, const std::string& more = {}, const std::string& list = {}) {
    return differing(", affected: {count: " + count + "}", more + "cohorts:\n" + cohort("one", "count: 4, list: a.csv"),
                     list.empty() ? rows : list);
  };
  CHECK(differ("3") == differs);
  CHECK(differ("4").empty());
  CHECK(differ("5").empty());
  CHECK(differ("0") == differs);
  CHECK(differ("3", "report: {certificates: {total: 4}}\n") == differs);
  // Where two rows may be one certificate it is not surely smaller.
  CHECK(differ("3", "", rows.substr(0, rows.size() - row(4, january).size()) + link(4)).size() == 0);
  // In a case.
  CHECK(differing(
            ", affected: {count: 3}",
            "cases: {one: {certificates: {list: a.csv}, events: [{kind: problem-report-received, at: 2026-05-04T08:10:00Z}]}}\n",
            rows) == differs);
  CHECK(differing(", affected: {count: 5}",
                  "cases: {one: {grounds: misissuance, certificates: {list: a.csv}, events: [{kind: made-aware, at: "
                  "2026-05-04T08:10:00Z}]}}\nreport: {certificates: {total: 5}}\n",
                  rows)
            .empty());
  // Where others are not in what is given nobody looked at all of them.
  for (const std::string missing : {"count: 3", "list: b.csv"})
    CHECK(
        differing(", affected: {count: 3}", "cohorts:\n" + cohort("one", "list: a.csv") + cohort("two", missing), rows).empty());
  // What is named one by one, or has a list, is as many as there are.
  CHECK(differing(", affected: {count: 5, list: a.csv}", "cohorts:\n" + cohort("one", "count: 4"), rows) == differs);
}

TEST_CASE("a number of all that was told before the scope grew may be smaller than the list") {
  std::string rows = made::header;
  for (int i = 1; i <= 7; ++i) rows += row(i, january);
  const Lines differs{"the event told, the number of all: how many certificates there are"};
  const auto event = [](const std::string& kind, const std::string& at, const std::string& more) {
    return "  - {kind: " + kind + ", at: " + at + more + "}\n";
  };
  const auto told = [&](const std::string& of, const std::string& of_whom = ", cohort: one") {
    return "events:\n" +
           event("revocation-partial", "2026-05-05T09:00:00Z", of_whom + ", id: told, counts: {done: 0, of: " + of + "}");
  };
  const auto differ = [&](const std::string& text) { return Read(text, rows).mismatches(); };
  CHECK(differ(told("5") + one) == differs);
  CHECK(differ(told("9") + one) == differs);
  CHECK(differ(told("7") + one).empty());
  // The scope was looked at again, of it or of all.
  for (const std::string kind : {"scope-updated", "impact-found-wrong"})
    for (const std::string of_whom : {"", ", cohort: one"}) {
      CHECK(differ(told("5") + event(kind, "2026-05-05T09:00:01Z", of_whom) + one).empty());
      CHECK(differ(told("9") + event(kind, "2026-05-05T09:00:01Z", of_whom) + one) == differs);
      CHECK(differ(told("5") + event(kind, "2026-05-05T09:00:00Z", of_whom) + one) == differs);
      CHECK(differ(told("5", "") + event(kind, "2026-05-05T09:00:01Z", of_whom) + one).empty());
    }
  const std::string updated = event("scope-updated", "2026-05-06T09:00:00Z", ", id: u");
  CHECK(differ(told("5") + updated + event("correction", "2026-05-07T00:00:00Z", ", withdraws: u") + one) == differs);
  CHECK(differ(told("5") + event("scope-updated", "2026-05-06T09:00:00Z", ", unsure: perhaps") + one).empty());
  CHECK(differ(told("5") + event("scope-updated", "2026-05-20T09:00:00Z", "") + one) == differs);
  // The file tells of more elsewhere, and that number is held against the list.
  CHECK(differ(told("5") + "cohorts:\n" + cohort("one", "count: 7, list: a.csv")).empty());
  CHECK(differ(told("5") + "cohorts:\n" + cohort("one", "count: 4, list: a.csv")) ==
        Lines{"cohort one: how many certificates there are", differs.front()});
  CHECK(differ(told("5") + "report:\n  certificates: {total: 7}\n" + one).empty());
  CHECK(differ(told("5", "") + "report:\n  certificates: {total: 7}\n" + one).empty());
  CHECK(differ(told("5", "") + "cohorts:\n" + cohort("one", "count: 7, list: a.csv")).empty());
}

TEST_CASE("a number of all that was told before another cohort was found may be smaller than the lists") {
  const ListFile first(made::header + row(1, january) + row(2, january), "a"), second(made::header + row(3, january), "b");
  const auto differ = [&](const std::string& of, const std::string& second_aware, const std::string& count = "1") {
    const JudgedFile file =
        judged(tls("cohorts:\n" + cohort("one", "count: 2, list: a.csv") +
                   "  two:\n    grounds: misissuance\n    certificates: {count: " + count +
                   ", list: b.csv}\n    events: [{kind: made-aware, at: " + second_aware +
                   "}]\nevents: [{kind: revocation-partial, at: 2026-05-06T00:00:00Z, counts: {done: 2, of: " + of + "}}]\n"),
               "2026-05-13T00:00:00Z");
    const IncidentLists lists(*file.incident, file.assessment, {first.path(), second.path()}, {"a.csv", "b.csv"}, {});
    std::size_t of_all = 0;
    for (const Mismatch& each : lists.mismatches())
      if (each.what == "the event revocation-partial-1, the number of all: how many certificates there are") ++of_all;
    return of_all;
  };
  CHECK(differ("2", "2026-05-04T08:10:00Z") == 1);
  CHECK(differ("3", "2026-05-04T08:10:00Z") == 0);
  CHECK(differ("2", "2026-05-07T08:10:00Z") == 0);
  CHECK(differ("2", "2026-05-06") == 0);
  CHECK(differ("4", "2026-05-07T08:10:00Z") == 1);
}

TEST_CASE("a count that was told before the scope grew may be of fewer than the list shows") {
  const auto ends = [](int number) {
    std::string text = row(number, january, "N/A,N/A,N/A");
    return text.replace(text.find("2026-09-01T00:00:00Z"), 20, "2026-05-05T10:00:00Z");
  };
  const std::string revoked = made::header + row(1, january) + row(2, january) + row(3, january);
  const std::string expired = made::header + ends(1) + ends(2) + ends(3);
  const auto event = [](const std::string& kind, const std::string& at, const std::string& more) {
    return "  - {kind: " + kind + ", at: " + at + more + "}\n";
  };
  const auto differ = [&](const std::string& kind, const std::string& counts, const std::string& later,
                          const std::string& more = {}) {
    const std::string told = event(kind, "2026-05-06T09:00:00Z", ", cohort: one, id: told, counts: {" + counts + "}");
    return Read("events:\n" + told + later + (more.empty() ? one : more), kind == "expired" ? expired : revoked).mismatches();
  };
  const std::string grown = event("scope-updated", "2026-05-06T09:00:01Z", "");
  const std::string not_grown = event("scope-updated", "2026-05-06T09:00:00Z", "");
  for (const std::string kind : {"revocation-partial", "revocation", "expired"}) {
    const Lines differs{kind == "expired" ? "the event told: how many had expired by then, and were not revoked"
                                          : "the event told: how many were revoked by then"};
    CHECK(differ(kind, "done: 2", "") == differs);
    CHECK(differ(kind, "done: 2", not_grown) == differs);
    CHECK(differ(kind, "done: 2", grown).empty());
    CHECK(differ(kind, "done: 2, of: 2", grown).empty());
    CHECK(differ(kind, "done: 3", grown).empty());
    // More were not revoked, whatever was found since.
    CHECK(differ(kind, "done: 4", grown) == differs);
    // The file has a larger number elsewhere: these are of fewer.
    const std::string three = "cohorts:\n" + cohort("one", "count: 3, list: a.csv");
    CHECK(differ(kind, "done: 2, of: 2", "", three).empty());
    CHECK(differ(kind, "done: 2, of: 3", "", three) == differs);
    CHECK(differ(kind, "done: 2", "", three) == differs);
  }
  // Another cohort came up later, and one of its certificates was revoked already.
  const ListFile first(made::header + row(1, january), "a"), second(made::header + row(2, january), "b");
  const auto of_two = [&](const std::string& second_aware, const std::string& done) {
    const JudgedFile file = judged(
        tls("cohorts:\n" + cohort("one", "count: 1, list: a.csv") +
            "  two:\n    grounds: misissuance\n    certificates: {count: 1, list: b.csv}\n    events: [{kind: made-aware, at: " +
            second_aware + "}]\nevents: [{id: told, kind: revocation-partial, at: 2026-05-06T00:00:00Z, counts: {done: " + done +
            "}}]\n"),
        "2026-05-13T00:00:00Z");
    const IncidentLists lists(*file.incident, file.assessment, {first.path(), second.path()}, {"a.csv", "b.csv"}, {});
    return lists.mismatches().size();
  };
  CHECK(of_two("2026-05-06T00:00:01Z", "1") == 0);
  CHECK(of_two("2026-05-06T00:00:01Z", "3") == 1);
  CHECK(of_two("2026-05-06T00:00:00Z", "1") == 1);
}

TEST_CASE("that all were revoked by a time differs in whatever way the file tells whose they are") {
  const std::string third = row(3, january, "Yes,2026-05-07T00:00:00Z,superseded");
  const std::string rows = made::header + row(1, january) + row(2, january) + third;
  const auto differ = [](const std::string& affected, const std::string& cohorts, const std::string& events,
                         const std::string& list) {
    return differing(", affected: {" + affected + "}", cohorts + "events:\n" + events, list);
  };
  const Lines differs{"the event revocation-1: all were revoked by then"};
  const auto revoked = [](const std::string& at, const std::string& more = {}) {
    return "  - {kind: revocation, at: " + at + more + "}\n";
  };
  const std::string wrong = revoked("2026-05-06T23:59:59Z"), right = revoked("2026-05-07T00:00:00Z");
  const auto in_all_shapes = [&](const std::string& events, const Lines& expected) {
    CHECK(differ("count: 3, list: a.csv", "", events, rows) == expected);
    CHECK(differ("count: 3", "", events, rows) == expected);
    CHECK(differ("list: a.csv", "report: {certificates: {total: 3}}\n", events, rows) == expected);
    CHECK(differ("", "cohorts:\n" + cohort("one", "count: 3, list: a.csv"), events, rows) == expected);
    CHECK(differ("count: 3", "cohorts:\n" + cohort("one", "list: a.csv"), events, rows) == expected);
    CHECK(differ("count: 3, list: a.csv", "cohorts:\n" + cohort("one", "count: 2") + cohort("two", "count: 1"), events, rows) ==
          expected);
  };
  in_all_shapes(wrong, differs);
  in_all_shapes(right, {});
  // Who is told to be revoked later was not among them, and neither was who was found later.
  in_all_shapes(wrong + "  - {kind: scope-updated, at: 2026-05-08T00:00:00Z}\n", {});
  in_all_shapes(revoked("2026-05-05T09:59:59Z") + "  - {kind: scope-updated, at: 2026-05-08T00:00:00Z}\n", differs);
  // Of none all are revoked.
  CHECK(
      differ("count: 0, list: a.csv", "", right + "  - {kind: scope-updated, at: 2026-05-08T00:00:00Z}\n", made::header).empty());
  const std::string two = "cohorts:\n" + cohort("one", "count: 2") + cohort("two", "count: 1");
  CHECK(differ("count: 3, list: a.csv", two, wrong + revoked("2026-05-07T00:00:00Z", ", cohort: two"), rows).empty());
  // An incident that has more than its cohorts may tell of the others.
  CHECK(differ("count: 4, list: a.csv", two, wrong, rows + row(4, january)).empty());
  CHECK(differ("list: a.csv", two, wrong, rows).empty());
  // That there are more than is told is another difference.
  CHECK(differ("count: 2, list: a.csv", "", right, rows) == Lines{"the incident: how many certificates there are"});
}

TEST_CASE("the date of a key compromise does not tell that it was revoked before as-of") {
  const std::string of_compromise = "Yes,2026-05-05T10:00:00Z,keyCompromise";
  const std::string rows = made::header + row(1, january, of_compromise) + row(2, january, of_compromise);
  const auto told = [&](const std::string& when, const std::string& done) {
    return Read(one + "events:\n  - {kind: revocation-partial, cohort: one, at: " + when + ", counts: {done: " + done +
                    ", of: 2}}\n",
                rows)
        .mismatches();
  };
  for (const std::string done : {"0", "1", "2"}) CHECK(told("2026-05-08T12:00:00Z", done).empty());
  // Dated back is only what was later.
  CHECK(told("2026-05-04T12:00:00Z", "1").size() == 1);
  // By as-of they are.
  CHECK(told("2026-05-13T00:00:00Z", "1").size() == 1);
}

TEST_CASE("that all were revoked by a time needs no number beside the list") {
  const auto ends = [](int number, const std::string& end) {
    std::string text = row(number, january, "N/A,N/A,N/A");
    return text.replace(text.find("2026-09-01T00:00:00Z"), 20, end);
  };
  const std::string third = row(3, january, "Yes,2026-05-07T00:00:00Z,superseded");
  const std::string rows = made::header + row(1, january) + row(2, january) + third;
  const Lines differs{"the event revocation-1, when all were revoked: how many are still valid"};
  const auto told = [](const std::string& at, const std::string& more = {}) {
    return "events:\n  - {kind: revocation, at: " + at + more + "}\n";
  };
  const std::string affected = ", affected: {list: a.csv}", early = "2026-05-06T23:59:59Z", late = "2026-05-07T00:00:00Z";
  CHECK(differing(affected, told(early), rows) == differs);
  CHECK(differing(affected, told(late), rows).empty());
  CHECK(differing(affected, told("2026-05-06"), rows).empty());
  CHECK(differing(affected, told(early), made::header).empty());
  CHECK(differing(affected, told(early, ", unsure: perhaps"), rows).empty());
  // What had expired was not left, nor was what may have been.
  CHECK(differing(affected, told(late), rows + ends(4, late)).empty());
  CHECK(differing(affected, told(late), rows + ends(4, "2026-05-07T00:00:01Z")) == differs);
  CHECK(differing(affected, told(late), rows + ends(4, "2026-05-07")).empty());
  // What was issued afterwards was not among them.
  const auto issued = [](const std::string& from) { return row(4, from, "Yes,2026-05-10T00:00:00Z,superseded"); };
  CHECK(differing(affected, told(late), rows + issued(late)) == differs);
  CHECK(differing(affected, told(late), rows + issued("2026-05-07T00:00:01Z")).empty());
  // Nor was what was found later.
  CHECK(differing(affected, told(early) + "  - {kind: scope-updated, at: 2026-05-08T00:00:00Z}\n", rows).empty());
  // In a cohort, of it or, where it is the only one, of the incident.
  const std::string one_listed = "cohorts:\n" + cohort("one", "list: a.csv"),
                    unlisted = "cohorts:\n  one: {grounds: misissuance}\n";
  for (const std::string whose : {"", ", cohort: one"}) {
    CHECK(differing("", one_listed + told(early, whose), rows) == differs);
    CHECK(differing("", one_listed + told(late, whose), rows).empty());
  }
  CHECK(differing(affected, unlisted + told(early), rows) == differs);
  // The incident's list may have others beside those of its only cohort.
  CHECK(differing(affected, unlisted + told(early, ", cohort: one"), rows).empty());
  // An incident that has a list beside its cohort's may tell of either.
  CHECK(differing(", affected: {list: b.csv}", one_listed + told(early), rows).empty());
  CHECK(differing("", one_listed + "  two: {grounds: misissuance}\n" + told(early), rows).empty());
  // Of which of two cohorts a row is nobody tells.
  CHECK(differing(affected, unlisted + "  two: {grounds: misissuance}\n" + told(early, ", cohort: one"), rows).empty());
}

TEST_CASE("a count that was withdrawn is held against no list") {
  const std::string wrong = "cohorts:\n" + cohort("one", "count: 2, list: a.csv") +
                            "events:\n  - {id: wrong, kind: revocation-partial, cohort: one, at: 2026-05-05T12:00:00Z, counts: "
                            "{done: 1, of: 2}}\n";
  const std::string rows = made::header + row(1, january) + row(2, january);
  CHECK(Read(wrong, rows).mismatches().size() == 1);
  CHECK(Read(wrong + "  - {kind: correction, at: 2026-05-06T00:00:00Z, withdraws: wrong}\n", rows).mismatches().empty());
}

TEST_CASE("an order that names a precertificate is on its certificate") {
  const std::string precertificate = std::string(64, 'b');
  const auto restrained = [&](const std::string& names) {
    const std::string order = "restraints: [{text: An order, certificates: \"" + names + "\", from: 2026-05-06T10:00:00Z}]";
    const Read read("cohorts:\n" + cohort("one", "count: 2, list: a.csv, " + order),
                    made::header + precertificate + row(1, january) + row(2, january));
    const CertificateGroup& group = read.lists.grouping().groups().front();
    REQUIRE(group.restraints.size() == 1);
    return std::pair(read.lists.tally().groups().front().restrained.front(), group.restraints.front().names_all);
  };
  CHECK(restrained(precertificate) == std::pair(std::uint64_t{1}, true));
  CHECK(restrained(padded(2, 64, 'a')) == std::pair(std::uint64_t{1}, true));
  CHECK(restrained(precertificate + " and a.example") == std::pair(std::uint64_t{1}, false));
}

TEST_CASE("a list of the incident is its cases' and cohorts' where they have all of its certificates") {
  const std::string rows = made::header + row(1, january, "Yes,2026-05-12T00:00:00Z,superseded");
  const auto late = [&](const std::string& affected) {
    const JudgedFile file = judged("cita: 1\nincident: {title: t, ca: {name: a}, certificates: tls, affected: {" + affected +
                                       "}}\naccounts: {ca: {kind: ca, zone: UTC}}\ncohorts:\n" + cohort("one", "count: 1"),
                                   "2026-05-13T00:00:00Z");
    const ListFile list(rows);
    const IncidentLists lists(*file.incident, file.assessment, {list.path()}, {"a.csv"}, {});
    std::uint64_t count = 0;
    for (const GroupTally& group : lists.tally().groups())
      for (const ClockTally& clock : group.clocks) count += clock.count(CertificateStanding::late);
    return count;
  };
  CHECK(late("list: a.csv, count: 1") > 0);
  // Whose they are nobody tells.
  CHECK(late("list: a.csv") == 0);
  CHECK(late("list: a.csv, count: 2") == 0);
}

TEST_CASE("a certificate that stands in the lists of two cohorts counts for both") {
  const ListFile first(made::header + row(1, january) + row(2, january), "a");
  const ListFile second(made::header + row(2, january) + row(3, january) + row(4, january), "b");
  const auto differ = [&](const std::string& one_has, const std::string& two_has) {
    const JudgedFile file = judged(tls("cohorts:\n" + cohort("one", "count: " + one_has + ", list: a.csv") +
                                       cohort("two", "count: " + two_has + ", list: b.csv")),
                                   "2026-05-13T00:00:00Z");
    const IncidentLists lists(*file.incident, file.assessment, {first.path(), second.path()}, {"a.csv", "b.csv"}, {});
    std::vector<std::string> all;
    for (const Mismatch& each : lists.mismatches()) all.push_back(each.what);
    return all;
  };
  CHECK(differ("2", "3").empty());
  CHECK(differ("1", "3") == Lines{"cohort one: how many certificates there are"});
  CHECK(differ("2", "2") == Lines{"cohort two: how many certificates there are"});
}

TEST_CASE("what one cohort's list says of a certificate counts for the other whose list has it, too") {
  const ListFile first(made::header + row(1, january), "a"), second(made::header + row(1, january, "N/A,N/A,N/A"), "b");
  const auto differ = [&](const std::string& done) {
    const JudgedFile file =
        judged(tls("cohorts:\n" + cohort("one", "list: a.csv") + cohort("two", "list: b.csv") +
                   "events: [{kind: revocation-partial, cohort: two, at: 2026-05-06T00:00:00Z, counts: {done: " + done + "}}]\n"),
               "2026-05-13T00:00:00Z");
    const IncidentLists lists(*file.incident, file.assessment, {first.path(), second.path()}, {"a.csv", "b.csv"}, {});
    return lists.mismatches().size();
  };
  CHECK(differ("0") == 0);
  CHECK(differ("1") == 0);
  CHECK(differ("2") == 1);
}

TEST_CASE("what has one hash is one certificate, in however many ways its issuer is written") {
  const auto by = [](int number, const std::string& issuer, bool is_precertificate = false) {
    std::string text = row(number, january);
    text.replace(text.find("CN=made"), 7, issuer);
    if (is_precertificate) text = padded(number, 64, 'b') + "," + text.substr(text.find(",CN=a"));
    return text;
  };
  const std::string first = "\"CN=Example CA, O=Example\"", second = "\"O=Example, CN=Example CA\"", third = "Example CA";
  const auto different = [&](const std::string& rows) { return Read(one, made::header + rows).lists.different(); };
  CHECK(different(by(1, first) + by(1, second)) == CountRange{1, 1});
  CHECK(different(by(1, first) + by(1, second) + by(1, first, true)) == CountRange{1, 1});
  CHECK(different(by(1, first) + by(1, first, true) + by(1, second) + by(1, second, true)) == CountRange{1, 1});
  CHECK(different(by(1, first) + by(1, second, true) + by(1, third) + by(1, third, true)) == CountRange{1, 1});
  // Whose a precertificate is nobody can say where its issuer is written as in no certificate.
  CHECK(different(by(1, first) + by(1, second, true)) == CountRange{1, 2});
  CHECK(different(by(1, first) + by(1, second) + by(1, third, true)) == CountRange{1, 2});
}

TEST_CASE("two hashes of one serial number are surely two certificates only where each stands beside its precertificate's") {
  struct Of {
    std::string hash, serial = "5a978112ca1bbdca", issuer = "\"CN=Example CA, O=Example\"", precertificate = "N/A";
  };
  const auto made = [](const Of& of) {
    return of.precertificate + "," + std::string(64, of.hash.front()) + ",CN=a," + of.issuer + "," + january +
           ",2026-09-01T00:00:00Z," + of.serial + ",a.example,Yes,2026-05-05T10:00:00Z,superseded\n";
  };
  const auto different = [&](const std::vector<Of>& all) {
    std::string rows = made::header;
    for (const Of& each : all) rows += made(each);
    const Read read(one, rows);
    return read.lists.different();
  };
  const Of first{"a"}, second{.hash = "b", .serial = "5a978112ca1bbdcb"};
  CHECK(different({first, second}) == CountRange{2, 2});
  // However the issuer is written, or not at all, or another: a precertificate may be signed by one of its own.
  for (const std::string issuer :
       {"\"CN=Example CA, O=Example\"", "\"CN=Example CA,O=Example\"", "\"O=Example, CN=Example CA\"", "/O=Example/CN=Example CA",
        "\"CN = Example CA, O = Example\"", "Example CA", "\"C=US, O=Example, CN=Example CA\"", "N/A", "",
        "\"CN=Example Precertificates, O=Example\""}) {
    CAPTURE(issuer);
    const Of other{.hash = "b", .issuer = issuer};
    CHECK(different({first, other}) == CountRange{1, 2});
    CHECK(different({first, other, {"c", "5a978112ca1bbdcc"}}) == CountRange{2, 3});
    Of surely_first = first, surely_other = other;
    surely_first.precertificate = std::string(64, 'e');
    CHECK(different({surely_first, other}) == CountRange{1, 2});
    surely_other.precertificate = std::string(64, 'f');
    CHECK(different({surely_first, surely_other}) == CountRange{2, 2});
    // Neither has a third, of whatever issuer.
    CHECK(different({surely_first, surely_other, {.hash = "c", .issuer = "CN=Third"}}) == CountRange{2, 3});
    // Of one number there may be several precertificates.
    CHECK(different({first, other, {.hash = "c", .issuer = "CN=Third"}}) == CountRange{1, 3});
  }
  // No row names an issuer: the numbers tell them apart all the same.
  const auto of_nobody = [](const std::string& hash, const std::string& serial) { return Of{hash, serial, "N/A"}; };
  CHECK(different({of_nobody("a", "01"), of_nobody("b", "02")}) == CountRange{2, 2});
  CHECK(different({of_nobody("a", "01"), of_nobody("b", "01")}) == CountRange{1, 2});
  CHECK(different({of_nobody("a", "01"), of_nobody("a", "01")}) == CountRange{1, 1});
  CHECK(different({of_nobody("a", "01"), {"a", "01"}}) == CountRange{1, 1});
}

TEST_CASE("a hash without a serial number may be that of any other row's precertificate") {
  const auto with = [](int number, const std::string& serial, const std::string& precertificate = {}) {
    std::string text = row(number, january);
    if (!serial.empty()) text.replace(text.find(padded(number, 32, '7')), 32, serial);
    return precertificate + text;
  };
  const auto different = [](const std::string& rows) { return Read(one, made::header + rows).lists.different(); };
  const std::string untold = "N/A";
  CHECK(different(with(1, {}) + with(2, untold)) == CountRange{1, 2});
  CHECK(different(with(1, {}) + with(2, {}) + with(3, {}) + with(4, untold)) == CountRange{3, 4});
  CHECK(different(with(1, {}) + with(2, untold) + with(3, untold) + with(4, untold)) == CountRange{2, 4});
  CHECK(different(with(1, untold) + with(2, untold) + with(3, untold)) == CountRange{2, 3});
  // One that stands beside its precertificate's is none, but another row may name that.
  const std::string pair = std::string(64, 'b'), other_pair = std::string(64, 'c');
  CHECK(different(with(1, untold, pair) + with(2, untold, other_pair)) == CountRange{2, 2});
  CHECK(different(with(1, untold, pair) + with(2, {}, other_pair)) == CountRange{2, 2});
  CHECK(different(with(1, untold, pair) + with(2, {})) == CountRange{1, 2});
}

TEST_CASE("a number that is true is not said to differ where a list has certificates and precertificates in one column") {
  const auto by = [](int number, char beginning, const std::string& issuer) {
    std::string text = row(number, january);
    text.replace(text.find("CN=made"), 7, issuer);
    return text.replace(1, 1, 1, beginning);
  };
  const std::string rows = made::header + by(1, 'c', "CN=Example CA") + by(2, 'c', "CN=Example CA") + by(1, 'd', "Example CA") +
                           by(2, 'd', "Example CA");
  const auto told = [&](const std::string& total) {
    return Read("report: {certificates: {total: " + total + "}}\n" + one, rows).mismatches().size();
  };
  CHECK(told("1") == 1);
  for (const std::string total : {"2", "3", "4"}) CHECK(told(total) == 0);
  CHECK(told("5") == 1);
  const auto revoked = [&](const std::string& done) {
    return Read("cohorts:\n" + cohort("one", "list: a.csv") +
                    "events: [{kind: revocation-partial, cohort: one, at: 2026-05-06T00:00:00Z, counts: {done: " + done + "}}]\n",
                rows)
        .mismatches()
        .size();
  };
  CHECK(revoked("1") == 1);
  for (const std::string done : {"2", "3", "4"}) CHECK(revoked(done) == 0);
  CHECK(revoked("5") == 1);
}

TEST_CASE("a date of revocation from before the certificate was valid does not tell that it was revoked by then") {
  const auto issued = [](const std::string& date, const std::string& from = "2026-03-10T00:00:00Z") {
    return made::header + row(1, january) + row(2, january) + row(3, from, "Yes," + date + ",superseded");
  };
  const auto differ = [](const std::string& done, const std::string& rows, const std::string& at = "2026-05-10T00:00:00Z") {
    return Read(one + "events: [{kind: revocation-partial, cohort: one, at: " + at + ", counts: {done: " + done + "}}]\n", rows)
        .mismatches()
        .size();
  };
  const std::string typo = issued("2025-05-12T14:00:00Z");
  CHECK(differ("1", typo) == 1);
  CHECK(differ("2", typo) == 0);
  CHECK(differ("3", typo) == 0);
  CHECK(differ("4", typo) == 1);
  // Whenever it was, it is revoked now.
  CHECK(differ("2", typo, "2026-05-13T00:00:00Z") == 1);
  CHECK(differ("3", typo, "2026-05-13T00:00:00Z") == 0);
  CHECK(Read(one, typo).listed().remaining_valid == 0);
  // From that second on it may be.
  CHECK(differ("2", issued("2026-03-10T00:00:00Z")) == 1);
  CHECK(differ("2", issued("2026-03-09T23:59:59Z")) == 0);
  CHECK(differ("2", issued("2026-03-09", "2026-03-09T12:00:00Z")) == 1);
  const auto valid = [](const std::string& count, const std::string& rows) {
    return Read("report: {certificates: {remaining-valid: " + count +
                    "}}\nevents: [{kind: full-incident-report, at: 2026-05-08T00:00:00Z}]\n" + one,
                rows)
        .mismatches()
        .size();
  };
  CHECK(valid("0", typo) == 0);
  CHECK(valid("1", typo) == 0);
  CHECK(valid("2", typo) == 1);
}

TEST_CASE("a row of another form may be several") {
  std::string glued = row(2, january);
  glued.pop_back();
  const std::string rows = made::header + row(1, january) + glued + row(3, january);
  const auto told = [&](const std::string& count) {
    return Read("cohorts:\n" + cohort("one", "count: " + count + ", list: a.csv"), rows).mismatches().size();
  };
  CHECK(told("3") == 0);
  CHECK(told("5") == 0);
  CHECK(told("0") == 1);
}
