// What becomes of a verdict that a list contradicts, and of one that it does not.
#include "in_blocks.hpp"
#include "made_ocsp.hpp"

#include <reconcile/support.hpp>

#include <cita/evidence/told_counts.hpp>

#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <fstream>

using namespace cita;
using namespace cita::evidence;
using namespace cita::testing;

namespace {

constexpr const char* duty = "tls-br.revoke-within-5-days";

class ListFile {
 public:
  explicit ListFile(const std::string& rows, const std::string& mark = {})
      : path_(std::filesystem::temp_directory_path() / ("cita-list-" + std::to_string(getpid()) + mark + ".csv")) {
    std::ofstream(path_, std::ios::binary) << made::header << rows;
  }
  ListFile(const ListFile&) = delete;
  ListFile& operator=(const ListFile&) = delete;
  ~ListFile() { std::filesystem::remove(path_); }
  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

// A certificate of its own for each number; it ends on 1 September unless something else is said.
std::string row(int number, const std::string& claim, const std::string& until = "2026-09-01T00:00:00Z") {
  std::string digits = std::to_string(number);
  const std::string hash = std::string(64 - digits.size(), 'a') + digits, serial = std::string(32 - digits.size(), '7') + digits;
  return "," + hash + ",CN=a,CN=made,2026-01-01T00:00:00Z," + until + "," + serial + ",a.example," + claim + "\n";
}
std::string revoked(int number, const std::string& when) { return row(number, "Yes," + when + ",superseded"); }

const std::string in_time = "2026-05-09T08:10:00Z", too_late = "2026-05-09T08:10:01Z";

// Aware since 4 May 08:10:00, so to be revoked by 9 May 08:10:00.
std::string file_with(const std::string& events, const std::string& set = "count: 2, list: a.csv") {
  return tls("cohorts:\n  one:\n    grounds: misissuance\n    certificates: {" + set +
             "}\n    events:\n      - {kind: made-aware, at: 2026-05-04T08:10:00Z}\n" + events);
}
const std::string told_in_time = "      - {kind: revocation, at: 2026-05-08T00:00:00Z}\n";
const std::string told_late = "      - {kind: revocation, at: 2026-05-10T00:00:00Z}\n";

struct Held {
  JudgedFile file;
  ListVerdicts verdicts;

  const Judgement& judgement() const { return *file.of(duty).front(); }
  const ListVerdict& by_list() const {
    return *verdicts.of(static_cast<std::size_t>(&judgement() - file.assessment.judgements.data()));
  }
  const ViewVerdict& of_list() const {
    const auto& views = judgement().views;
    return *std::find_if(views.begin(), views.end(), [](const ViewVerdict& each) { return each.beliefs.back().id != "events"; });
  }
  std::string line() const { return finding(judgement()); }
};

Held held(const std::string& text, const std::string& rows, const std::string& as_of, const std::string& name = "a.csv") {
  const ListFile list(rows);
  Held result{judged(text, as_of), {}};
  const IncidentLists lists(*result.file.incident, result.file.assessment, {list.path()}, {name});
  REQUIRE(lists.problems().empty());
  result.verdicts = hold_against_lists(*result.file.incident, result.file.assessment, lists);
  return result;
}

// The same with one list for the first cohort, b.csv, and a.csv for the other.
Held held_in_two(const std::string& text, const std::string& rows_of_first, const std::string& rows) {
  const ListFile first(rows_of_first, "-b"), second(rows);
  Held result{judged(text, "2026-05-13T00:00:00Z"), {}};
  const IncidentLists lists(*result.file.incident, result.file.assessment, {first.path(), second.path()}, {"b.csv", "a.csv"});
  REQUIRE(lists.problems().empty());
  result.verdicts = hold_against_lists(*result.file.incident, result.file.assessment, lists);
  return result;
}

std::string without_path(std::string text) {
  const std::string path = (std::filesystem::temp_directory_path() / ("cita-list-" + std::to_string(getpid()))).string();
  for (std::size_t at = text.find(path); at != std::string::npos; at = text.find(path)) text.replace(at, path.size(), "a");
  return text;
}

const std::string days_after = "2026-05-13T00:00:00Z";

}  // namespace

TEST_CASE("a list that shows the same leaves the verdict") {
  const Held met = held(file_with(told_in_time), revoked(1, in_time) + revoked(2, "2026-05-05T00:00:00Z"), days_after);
  CHECK(met.line() == "must met, 1 d 8 h 10 min to spare");
  CHECK(met.by_list().count(CertificateStanding::met) == 2);
  CHECK(met.by_list().rows == 2);
  CHECK(!met.by_list().contradicts);
  CHECK(!met.by_list().longest);
  const Held late = held(file_with(told_late), revoked(1, in_time) + revoked(2, too_late), days_after);
  CHECK(late.line() == "must breached, 15 h 50 min late");
  CHECK(!late.by_list().contradicts);
  CHECK(late.by_list().longest == Elapsed{Seconds{1}, Seconds{1}});
  CHECK(without_path(late.by_list().latest) == "a.csv:3");
}

TEST_CASE("who expired late, and is told to be revoked after that, was late until it expired") {
  const std::string told = "      - {kind: revocation, at: 2026-05-12T08:10:00Z}\n", until = "2026-05-10T08:10:00Z";
  const std::string revoked_after = row(2, "Yes,2026-05-12T08:10:00Z,superseded", until), never = row(2, "N/A,N/A,N/A", until);
  for (const std::string& expired : {revoked_after, never}) {
    const Held late = held(file_with(told), revoked(1, in_time) + expired, days_after);
    CHECK(late.line() == "must breached, 1 d late");
    CHECK(!late.by_list().contradicts);
    CHECK(without_path(late.judgement().shown().because) ==
          "done after the deadline by every time that the bounds allow; by the list a.csv the last of them expired before");
    // Another one may have expired later.
    const Held more = held(file_with(told, "count: 3, list: a.csv"), revoked(1, in_time) + expired, days_after);
    CHECK(more.line() == "must breached, 3 d late");
  }
  const Held valid = held(file_with(told), revoked(1, in_time) + revoked(2, "2026-05-12T08:10:00Z"), days_after);
  CHECK(valid.line() == "must breached, 3 d late");
  CHECK(valid.judgement().shown().because == "done after the deadline by every time that the bounds allow");
}

TEST_CASE("a valid one that the list has revoked earlier than the events tell is no reason to be less late, whoever expired") {
  const std::string earlier = revoked(1, "2026-05-10T08:10:00Z"), never = row(2, "N/A,N/A,N/A", "2026-05-09T09:10:00Z");
  const std::string counts = "      - {kind: expired, at: 2026-05-09T09:10:00Z, counts: {done: 1}}\n";
  const std::string whole = "      - {kind: revocation, at: 2026-05-12T08:10:00Z}\n";
  for (const std::string& told :
       {whole, counts + "      - {kind: revocation-partial, at: 2026-05-12T08:10:00Z, counts: {done: 1, of: 2}}\n"})
    for (const std::string& rows :
         {earlier + never, revoked(1, "2026-05-09T08:10:01Z") + never, earlier + revoked(2, "2026-05-10T08:10:00Z")}) {
      const Held late = held(file_with(told), rows, days_after);
      CHECK(late.line() == "must breached, 3 d late");
      CHECK(late.judgement().shown().because == "done after the deadline by every time that the bounds allow");
    }
  // Who expired is told late. When the other one was revoked is told in two ways, so it was any time between.
  const Held between = held(file_with("      - {kind: revocation-partial, at: 2026-05-11T08:10:00Z, counts: {done: 1, of: 2}}\n"
                                      "      - {kind: expired, at: 2026-05-12T08:10:00Z, counts: {done: 1}}\n"),
                            earlier + never, days_after);
  CHECK(between.line() == "must breached, 1 d … 3 d late");
}

TEST_CASE("who expired in time, and is told to be revoked last, makes nobody late") {
  const std::string told =
      "      - {kind: revocation-partial, at: 2026-05-09T09:10:00Z, counts: {done: 1, of: 2}}\n"
      "      - {kind: revocation-partial, at: 2026-05-11T00:00:00Z, counts: {done: 2, of: 2}}\n";
  const std::string late = revoked(1, "2026-05-09T09:10:00Z");
  const auto expired = [](const std::string& when) { return row(2, "Yes," + when + ",superseded", "2026-05-09T03:10:00Z"); };
  const Held then = held(file_with(told), late + expired("2026-05-11T00:00:00Z"), days_after);
  CHECK(then.line() == "must breached, 1 h late");
  CHECK(without_path(then.judgement().shown().because) ==
        "done after the deadline by every time that the bounds allow; by the list a.csv the last of them expired before");
  // What is told of another time is told of the other certificate, perhaps.
  for (const std::string when : {"2026-05-10T00:00:00Z", "2026-05-12T00:00:00Z"})
    CHECK(held(file_with(told), late + expired(when), days_after).line() == "must breached, 1 d 15 h 50 min late");
}

TEST_CASE("met by the events and late by the list is undetermined, from the first second after the deadline on") {
  const Held boundary = held(file_with(told_in_time), revoked(1, in_time) + revoked(2, in_time), days_after);
  CHECK(boundary.judgement().standing == Standing::met);
  const Held held_late = held(file_with(told_in_time), revoked(1, in_time) + revoked(2, too_late), days_after);
  const Judgement& judgement = held_late.judgement();
  CHECK(judgement.applicability == Applicability::applies);
  CHECK(judgement.standing == Standing::undetermined);
  CHECK(!judgement.is_finding());
  CHECK(held_late.by_list().contradicts);
  CHECK(without_path(judgement.open_because) ==
        "the event revocation-1 (incident.yaml:10) tells that it was met, and by the same clock the list a.csv shows of 2 "
        "certificates 1 met "
        "and 1 late (a.csv:3, by 1 s)");
  CHECK(without_path(judgement.depends_text) ==
        "met only if the events are believed; breached only if the list a.csv is believed; by the events "
        "breached only if only a published revocation counts");
  CHECK(judgement.shown().standing == Standing::met);
  CHECK(held_late.of_list().verdict.standing == Standing::breached);
  CHECK(held_late.of_list().verdict.margin == Elapsed{Seconds{-1}, Seconds{-1}});
  CHECK(held_late.of_list().default_readings);
  CHECK(judgement.margin == Elapsed{Seconds{-1}, judgement.views[0].verdict.margin->most});
}

TEST_CASE("met by the events and not revoked by the list is undetermined, and the row is named") {
  const std::string rows = revoked(1, in_time) + row(2, "Planned,2026-06-01T00:00:00Z,N/A");
  const Held open = held(file_with(told_in_time), rows, days_after);
  CHECK(open.judgement().standing == Standing::undetermined);
  CHECK(without_path(open.judgement().open_because) ==
        "the event revocation-1 (incident.yaml:10) tells that it was met, and by the same clock the list a.csv shows of 2 "
        "certificates 1 met "
        "and 1 not revoked (a.csv:3)");
  CHECK(open.of_list().verdict.still_open);
  CHECK(open.of_list().verdict.margin == Elapsed{-unbounded, Seconds{-(3 * 86'400 + 15 * 3'600 + 50 * 60)}});
  // While the deadline is to come the list makes it run, and no more.
  const Held running = held(file_with(told_in_time), rows, "2026-05-09T08:10:00Z");
  CHECK(running.judgement().standing == Standing::undetermined);
  CHECK(running.of_list().verdict.standing == Standing::running);
  CHECK(without_path(running.judgement().depends_text) ==
        "met only if the events are believed; running only if the list a.csv is believed; by the events running only "
        "if only a published revocation counts");
  CHECK(held(file_with(told_in_time), rows, "2026-05-09T08:10:01Z").of_list().verdict.standing == Standing::breached);
}

TEST_CASE("what a list leaves open contradicts nothing") {
  const Held dates = held(file_with(told_in_time), revoked(1, "2026-05-09") + revoked(2, in_time), days_after);
  CHECK(dates.judgement().standing == Standing::met);
  CHECK(dates.by_list().count(CertificateStanding::undetermined) == 1);
  const Held silent = held(file_with(told_in_time), row(1, ",,") + revoked(2, in_time), days_after);
  CHECK(silent.judgement().standing == Standing::met);
}

TEST_CASE("breached by the events and met by every row of the list is undetermined") {
  const Held told = held(file_with(told_late), revoked(1, in_time) + row(2, "N/A,N/A,N/A", "2026-05-09T08:10:00Z"), days_after);
  CHECK(told.judgement().standing == Standing::undetermined);
  CHECK(
      without_path(told.judgement().open_because) ==
      "the event revocation-1 (incident.yaml:10) tells of no revocation in time, and by the same clock the list a.csv shows of 2 "
      "certificates 1 met and 1 expired before the deadline");
  CHECK(without_path(told.judgement().depends_text) ==
        "breached only if the events are believed; met only if the list a.csv is believed");
  // Of an account that is complete and tells of no revocation, too.
  const Held silent = held(file_with(""), revoked(1, in_time) + revoked(2, in_time), days_after);
  CHECK(silent.judgement().standing == Standing::undetermined);
  CHECK(without_path(silent.judgement().open_because).starts_with("the events tell of no revocation in time, and by"));
  // One second later it agrees.
  CHECK(held(file_with(""), revoked(1, in_time) + revoked(2, too_late), days_after).judgement().standing == Standing::breached);
}

TEST_CASE("what a list shows as done late is not called open any more, and not later than the list has it") {
  const std::string done = revoked(1, in_time) + revoked(2, "2026-05-09T10:10:00Z");
  const Held held_late = held(file_with(""), done, days_after);
  CHECK(held_late.line() == "must breached, at least 2 h late");
  CHECK(!held_late.by_list().contradicts);
  CHECK(without_path(held_late.judgement().shown().because)
            .ends_with("; the list a.csv shows the last revocation at 2026-05-09 10:10:00 UTC"));
  CHECK(held(file_with(""), revoked(1, in_time) + row(2, "Delayed,N/A,N/A"), days_after).line() ==
        "must breached, at least 3 d 15 h 50 min late (still open)");
  CHECK(held(file_with("", "count: 3, list: a.csv"), done, days_after).line() ==
        "must breached, at least 3 d 15 h 50 min late (still open)");
  // Who tells that it was not done after that has it open still, and no later than the list.
  const std::string open = "      - {kind: still-open, at: 2026-05-12T00:00:00Z, still-open: [revocation]}\n";
  const std::string fewer = "      - {kind: revocation-partial, at: 2026-05-12T00:00:00Z, counts: {done: 1, of: 2}}\n";
  for (const std::string& later : {open, fewer})
    CHECK(held(file_with(later), done, days_after).line() == "must breached, at least 2 h late (still open)");
  for (std::string earlier : {open, fewer}) {
    earlier.replace(earlier.find("05-12T00:00"), 11, "05-09T10:10");
    CHECK(held(file_with(earlier), done, days_after).line() == "must breached, at least 2 h late");
  }
  // Delayed, with a date that has passed, may be not revoked to this day.
  for (const std::string& other : {revoked(1, in_time), row(1, "Yes,2026-05-08T00:00:00Z,superseded", "2026-05-09T00:00:00Z")})
    CHECK(held(file_with(""), other + row(2, "Delayed,2026-05-09T10:10:00Z,superseded"), days_after).line() ==
          "must breached, at least 3 d 15 h 50 min late (still open)");
}

TEST_CASE("what is revoked is not open, though nobody can say whether it was late") {
  const auto by = [](const std::string& first, const std::string& second) {
    return held(file_with(""), first + second, days_after).line();
  };
  const std::string on_that_day = row(1, "Yes,2026-05-09,superseded");
  CHECK(by(on_that_day, revoked(2, "2026-05-09T10:10:00Z")) == "must breached, at least 2 h late");
  CHECK(by(on_that_day, revoked(2, in_time)) == "must undetermined");
  CHECK(by(row(1, "Yes,N/A,superseded"), revoked(2, in_time)) == "must undetermined");
  CHECK(by(row(1, "Yes,N/A,certificateHold"), revoked(2, in_time)) ==
        "must breached, at least 3 d 15 h 50 min late (still open)");
  CHECK(by(row(1, "No,N/A,N/A"), revoked(2, in_time)) == "must breached, at least 3 d 15 h 50 min late (still open)");
  CHECK(by(on_that_day, row(2, "No,N/A,N/A")) == "must breached, at least 3 d 15 h 50 min late (still open)");
  // Who tells that it was not done after the deadline is not contradicted by what tells no time.
  const auto told = [](const std::string& when, const std::string& second, bool is_count = false) {
    const std::string what = is_count ? "revocation-partial, counts: {done: 1, of: 2}" : "still-open, still-open: [revocation]";
    return held(file_with("      - {at: 2026-05-" + when + "Z, kind: " + what + "}\n"),
                revoked(1, "2026-05-06T00:00:00Z") + second, days_after)
        .line();
  };
  const std::string undated = row(2, "Yes,N/A,superseded");
  for (const bool is_count : {false, true}) {
    CHECK(told("12T08:10:00", undated, is_count) == "must breached, at least 3 d late");
    CHECK(told("09T08:10:00", undated, is_count) == "must undetermined");
    CHECK(told("07T00:00:00", undated, is_count) == "must undetermined");
    CHECK(told("12T00:00:00", row(2, "Yes,2026-05-09,superseded"), is_count).ends_with("(still open)"));
    CHECK(told("09T18:10:00", row(2, "Yes,2026-05-09,superseded"), is_count) == "must breached, at least 10 h late");
  }
  // What is published was recorded before.
  const std::string published = "      - {kind: revocation-published, at: 2026-05-12T00:00:00Z, counts: {done: 1, of: 2}}\n";
  CHECK(held(file_with(published), revoked(1, in_time) + revoked(2, "2026-05-09T10:10:00Z"), days_after).line() ==
        "must breached, at least 2 h late");
}

TEST_CASE("what may not apply is not late, if it does, where the list shows that it is not") {
  const auto contested = [](const std::string& rows) {
    std::string text = file_with("");
    text.replace(text.find("grounds: misissuance"), 20, "grounds: [{reason: misissuance, by: ca, contested: we doubt}]");
    return held(text, rows, days_after).line();
  };
  CHECK(contested(revoked(1, in_time) + revoked(2, in_time)) == "must may-not-apply");
  CHECK(contested(revoked(1, in_time) + revoked(2, "2026-05-09T10:10:00Z")) == "must may-not-apply");
  CHECK(contested(revoked(1, in_time) + row(2, "No,N/A,N/A")) ==
        "must may-not-apply, at least 3 d 15 h 50 min late (still open)");
}

TEST_CASE("N/A with a date of revocation that has passed contradicts itself, and nobody else") {
  const auto by = [](const std::string& claim) {
    return held(file_with(told_in_time, "count: 1, list: a.csv"), row(1, claim, "2026-05-12T00:00:00Z"), days_after);
  };
  const Held both = by("N/A,2026-05-07T00:00:00Z,superseded");
  CHECK(both.by_list().count(CertificateStanding::undetermined) == 1);
  CHECK(both.judgement().standing == Standing::met);
  CHECK(by("N/A,N/A,N/A").by_list().count(CertificateStanding::not_revoked) == 1);
}

TEST_CASE("from its end on a certificate is not open, whatever became of it, and no later than that") {
  const auto of_list = [](const std::string& rows) {
    const Held by = held(file_with(told_in_time, "count: 1, list: a.csv"), rows, days_after);
    REQUIRE(by.line().find("undetermined") != std::string::npos);
    const Verdict& verdict = by.of_list().verdict;
    return std::pair(verdict.margin->least.count() == verdict.margin->most.count() ? -verdict.margin->most.count() : -1,
                     verdict.still_open);
  };
  constexpr std::int64_t hour = 3'600;
  CHECK(of_list(row(1, "N/A,N/A,N/A", "2026-05-09T09:10:00Z")) == std::pair(hour, false));
  CHECK(of_list(row(1, "Yes,2026-05-11T08:10:00Z,superseded", "2026-05-09T09:10:00Z")) == std::pair(hour, false));
  CHECK(of_list(row(1, "Yes,2026-05-09T10:10:00Z,superseded", "2026-05-11T09:10:00Z")) == std::pair(2 * hour, false));
  CHECK(of_list(row(1, "No,N/A,N/A", "2026-05-13T00:00:01Z")).second);
  // The events say late and open; nothing is left of what the list has.
  const std::string rows = revoked(1, "2026-05-10T08:10:00Z") + row(2, "N/A,N/A,N/A", "2026-05-11T08:10:00Z");
  const Held closed = held(file_with(""), rows, days_after);
  CHECK(closed.line() == "must breached, at least 2 d late");
}

TEST_CASE("a list that lacks certificates does not show that all were revoked in time") {
  const std::string rows = revoked(1, in_time) + revoked(2, in_time);
  CHECK(held(file_with("", "count: 3, list: a.csv"), rows, days_after).judgement().standing == Standing::breached);
  CHECK(held(file_with("", "list: a.csv"), rows, days_after).judgement().standing == Standing::undetermined);
  // However the file tells how many there are.
  const std::string three = "listed: [\"" + std::string(64, 'b') + "\", \"" + std::string(64, 'c') + "\", \"" +
                            std::string(64, 'd') + "\"], list: a.csv";
  CHECK(held(file_with("", three), rows, days_after).judgement().standing == Standing::breached);
  const std::string done = "      - {kind: revocation, at: 2026-05-12T00:00:00Z, counts: {done: 3, of: 3}}\n";
  CHECK(held(file_with(done, "list: a.csv"), rows, days_after).judgement().standing == Standing::breached);
  // What other events count is not how many certificates there are.
  const std::string others = "      - {kind: subscriber-notified, at: 2026-05-05T10:00:00Z, counts: {done: 5000}}\n";
  CHECK(held(file_with(others, "list: a.csv"), rows, days_after).judgement().standing == Standing::undetermined);
  // A certificate that is named twice is one.
  CHECK(held(file_with(""), revoked(1, in_time) + revoked(1, in_time), days_after).judgement().standing == Standing::breached);
  CHECK(held(file_with(""), rows + "broken\n", days_after).judgement().standing == Standing::breached);
}

TEST_CASE("a number that was withdrawn, is unsure or is of later does not tell that a list lacks certificates") {
  const auto standing = [](const std::string& more, const std::string& events = {}) {
    const std::string count =
        "      - {id: x, kind: revocation-partial, at: 2026-05-06T00:00:00Z, counts: {done: 0, of: 400}" + more;
    return held(file_with(count + "}\n" + events), revoked(1, in_time) + revoked(2, in_time), days_after).judgement().standing;
  };
  CHECK(standing("") == Standing::breached);
  CHECK(standing("", "      - {kind: correction, at: 2026-05-07T00:00:00Z, withdraws: x}\n") == Standing::undetermined);
  // Withdrawn later than as-of, it still stands.
  CHECK(standing("", "      - {kind: correction, at: 2026-05-14T00:00:00Z, withdraws: x}\n") == Standing::breached);
  CHECK(standing(", unsure: It is read from words") == Standing::undetermined);
  const std::string later = "      - {kind: revocation-partial, at: 2026-05-14T00:00:00Z, counts: {done: 0, of: 400}}\n";
  CHECK(held(file_with(later), revoked(1, in_time) + revoked(2, in_time), days_after).judgement().standing ==
        Standing::undetermined);
}

TEST_CASE("rows that repeat others are called rows") {
  const Held once = held(file_with(told_in_time), revoked(1, in_time) + revoked(2, too_late), days_after);
  CHECK(once.by_list().unit() == "certificates");
  const Held twice = held(file_with(told_in_time), revoked(1, in_time) + revoked(2, too_late) + revoked(2, too_late), days_after);
  CHECK(twice.by_list().unit() == "rows");
  CHECK(twice.by_list().count(CertificateStanding::late) == 2);
  CHECK(without_path(twice.judgement().open_because).find("shows of 3 rows 1 met and 2 late (a.csv:3, by 1 s)") !=
        std::string::npos);
}

TEST_CASE("what starts with a missed deadline is undetermined where the list contradicts the miss") {
  constexpr const char* follows = "ccadb-irg.missed-revocation-disclosure-within-72-hours";
  const std::string rows = revoked(1, in_time) + revoked(2, in_time);
  const Held missed = held(file_with(""), revoked(1, too_late) + revoked(2, in_time), days_after);
  CHECK(missed.file.line(follows) == "must breached, at least 15 h 50 min late (still open)");
  const Held open = held(file_with(""), rows, days_after);
  REQUIRE(open.file.of(follows).size() == 1);
  CHECK(open.file.of(follows).front()->applicability == Applicability::undetermined);
  CHECK(open.file.of(follows).front()->shown().because == "whether a revocation deadline was missed is itself undetermined");
}

TEST_CASE("a deadline that another cohort surely missed starts what follows all the same") {
  constexpr const char* follows = "ccadb-irg.missed-revocation-disclosure-within-72-hours";
  const auto two = [](const std::string& aware_of_second) {
    return file_with("", "count: 2, list: a.csv") +
           "  two:\n    grounds: misissuance\n    certificates: {count: 1}\n    events:\n      - {kind: made-aware, at: " +
           aware_of_second + "}\n";
  };
  const std::string rows = revoked(1, in_time) + revoked(2, in_time);
  const Held together = held(two("2026-05-04T08:10:00Z"), rows, days_after);
  CHECK(together.judgement().standing == Standing::undetermined);
  CHECK(together.file.line(follows) == "must breached, at least 15 h 50 min late (still open)");
  // The later one leaves open when the first deadline was missed.
  const Held later_one = held(two("2026-05-04T09:10:00Z"), rows, days_after);
  CHECK(later_one.file.of(follows).front()->applicability == Applicability::undetermined);
}

TEST_CASE("a list alone neither meets nor breaches a duty") {
  // Running: the events tell nothing yet.
  const Held early =
      held(file_with(""), revoked(1, "2026-05-05T00:00:00Z") + revoked(2, "2026-05-05T00:00:00Z"), "2026-05-06T00:00:00Z");
  CHECK(early.judgement().standing == Standing::running);
  CHECK(early.by_list().count(CertificateStanding::met) == 2);
  // Undetermined: the account does not say that it is complete.
  const std::string open_account = "accounts: {ca: {kind: ca, zone: UTC, complete: false}}\n";
  std::string text = file_with("");
  const std::string closed_account = "accounts: {ca: {kind: ca, zone: UTC}}\n";
  text.replace(text.find(closed_account), closed_account.size(), open_account);
  const Held open = held(text, revoked(1, too_late) + row(2, "No,,"), days_after);
  CHECK(open.judgement().standing == Standing::undetermined);
  CHECK(open.by_list().against() == 2);
  CHECK(!open.by_list().contradicts);
  CHECK(open.judgement().views.size() == 1);
}

TEST_CASE("rows of nobody knows whose case open all verdicts, unless one of them is breached") {
  const auto two = [](const std::string& second) {
    return tls(
        "cohorts:\n  one:\n    grounds: misissuance\n    certificates: {count: 1}\n    events:\n"
        "      - {kind: made-aware, at: 2026-05-04T08:10:00Z}\n" +
        told_in_time +
        "  two:\n    grounds: misissuance\n    certificates: {count: 1}\n    events:\n"
        "      - {kind: made-aware, at: 2026-05-04T08:10:00Z}\n" +
        second);
  };
  const std::string rows = revoked(1, in_time) + revoked(2, too_late);
  const Held both_met = held(two(told_in_time), rows, days_after, "");
  for (const Judgement* each : both_met.file.of(duty)) CHECK(each->standing == Standing::undetermined);
  CHECK(both_met.verdicts.unassigned == 2);
  CHECK(without_path(both_met.judgement().open_because) ==
        "the event revocation-1 (incident.yaml:10) tells that it was met, and the list a.csv shows 1 row late or not "
        "revoked that "
        "may be its own (a.csv:3)");
  const Held one_late = held(two(told_late), rows, days_after, "");
  CHECK(one_late.file.of(duty).front()->standing == Standing::met);
  CHECK(one_late.file.of(duty).back()->standing == Standing::breached);
  // Unless too few of them are in time to be all of it.
  const Held too_few = held(two(told_late), revoked(1, too_late) + revoked(2, too_late), days_after, "");
  CHECK(too_few.file.of(duty).front()->standing == Standing::undetermined);
  CHECK(too_few.file.of(duty).back()->standing == Standing::breached);
  const Held none_late = held(two(told_in_time), revoked(1, in_time) + revoked(2, in_time), days_after, "");
  CHECK(none_late.judgement().standing == Standing::met);
}

TEST_CASE("rows of nobody knows whose case that are all in time by every clock contradict a breach of any") {
  const auto file = [](const std::string& counts, const std::string& affected = "count: 2, list: a.csv") {
    std::string text = tls("cohorts:\n  one:\n    grounds: misissuance\n    certificates: {" + counts +
                           "}\n    events: [{kind: made-aware, at: 2026-05-04T08:10:00Z}]\n"
                           "  two:\n    grounds: misissuance\n    certificates: {" +
                           counts + "}\n    events: [{kind: made-aware, at: 2026-05-05T08:10:00Z}]\n");
    return text.insert(text.find(", certificates: tls"), ", affected: {" + affected + "}");
  };
  const std::string rows = revoked(1, in_time) + revoked(2, in_time);
  const Held all = held(file("count: 1"), rows, days_after);
  for (const Judgement* each : all.file.of(duty)) {
    CHECK(finding(*each).rfind("must undetermined", 0) == 0);
    CHECK(without_path(each->open_because) ==
          "the events tell of no revocation in time, and the list a.csv shows every row in time");
  }
  for (const Judgement* each : all.file.of("ccadb-irg.missed-revocation-disclosure-within-72-hours"))
    CHECK(each->standing == Standing::undetermined);
  const auto stands = [](const Held& of) { return of.file.of(duty).back()->standing; };
  // One that is late by the earlier clock is in time by the later, and the other may be whose clock is the earlier.
  const Held one_late = held(file("count: 1"), revoked(1, in_time) + revoked(2, too_late), days_after);
  CHECK(stands(one_late) == Standing::undetermined);
  CHECK(one_late.file.of(duty).front()->standing == Standing::undetermined);
  // Who is silent has nothing open where all rows are done, and may have been in time where enough of them may have been.
  const auto lines = [&](const std::string& list, const std::string& counts = "count: 1") {
    const Held of =
        held(file(counts, counts == "count: 1" ? "count: 2, list: a.csv" : "count: 4, list: a.csv"), list, days_after);
    return finding(*of.file.of(duty).front()) + "; " + finding(*of.file.of(duty).back());
  };
  const std::string after_both = "2026-05-10T08:10:01Z",
                    expired_between = row(2, "Planned,2026-05-08,superseded", "2026-05-09T12:00:00Z");
  CHECK(lines(revoked(1, after_both) + revoked(2, after_both)) == "must breached; must breached");
  CHECK(lines(revoked(1, in_time) + revoked(2, after_both)) == "must undetermined; must undetermined");
  CHECK(lines(revoked(1, in_time) + expired_between) == "must undetermined; must undetermined");
  CHECK(lines(revoked(1, in_time) + row(2, "Yes,N/A,superseded")) == "must undetermined; must undetermined");
  CHECK(lines(revoked(1, in_time) + row(2, "No,N/A,N/A")).ends_with("(still open)"));
  CHECK(lines(revoked(1, in_time) + revoked(2, after_both) + revoked(3, after_both) + revoked(4, after_both), "count: 2") ==
        "must breached; must breached");
  // Of a third nobody sees when it was revoked.
  CHECK(stands(held(file("count: 2", "count: 4, list: a.csv"), rows, days_after)) == Standing::breached);
  CHECK(stands(held(file("count: 1"), rows + "broken\n", days_after)) == Standing::breached);
}

namespace {

std::string hash_of(int number) { return std::string(63, 'a') + std::to_string(number); }

// Two cohorts with clocks ten days apart; what stands in their certificates, and in those of the incident.
Held two_clocks(const std::string& first, const std::string& second, const std::string& rows, const std::string& affected = {},
                const std::string& name = "a.csv") {
  const std::string cohorts = "cohorts:\n  one:\n    grounds: misissuance\n    certificates: {" + first +
                              "}\n    events: [{kind: made-aware, at: 2026-05-04T08:10:00Z}]\n"
                              "  two:\n    grounds: misissuance\n    certificates: {" +
                              second + "}\n    events: [{kind: made-aware, at: 2026-05-14T08:10:00Z}]\n";
  std::string text = tls(cohorts);
  if (!affected.empty()) text.insert(text.find(", certificates: tls"), ", affected: {" + affected + "}");
  return held(text, rows, "2026-06-01T00:00:00Z", name);
}

std::uint64_t count(const Held& of, CertificateStanding standing, std::size_t judgement) {
  const Judgement* judged = of.file.of(duty)[judgement];
  const ListVerdict* verdict = of.verdicts.of(static_cast<std::size_t>(judged - of.file.assessment.judgements.data()));
  return verdict == nullptr ? 0 : verdict->count(standing);
}

}  // namespace

namespace {

struct Published {
  std::uint64_t wrong_reasons = 0;
  std::array<std::uint64_t, publication_count> published{};
};

// One certificate of a cohort, its row and its entry on a CRL, which is issued on 20 May. Where there is a time at which it was
// not shown yet, a CRL and an OCSP answer say so, and an answer of 20 May says the same as the CRL.
Published against_crl(const std::string& ground, const std::string& row_text, const std::string& revoked_there, int reason,
                      const std::string& as_of, const std::string& unshown = {}) {
  const ListFile list(row_text);
  const JudgedFile file = judged(tls("cohorts:\n  one:\n    grounds: " + ground +
                                     "\n    certificates: {count: 1, list: a.csv}\n    events:\n"
                                     "      - {kind: made-aware, at: 2026-05-04T08:10:00Z}\n"
                                     "      - {kind: evidence-obtained, at: 2026-05-04T08:10:00Z}\n"),
                                 as_of);
  const auto grouping = Grouping::of(*file.incident, file.assessment, {}, {"a.csv"});
  REQUIRE(grouping);
  const made::Authority ca("EC");
  CrlProblems problems;
  StatusEvidence evidence;
  std::string serial;
  for (int i = 0; i < 15; ++i) serial += '\x77';
  serial += '\x71';
  evidence.add(*Crl::read(ca.crl(made::entry(serial, revoked_there, made::reason(reason)), false, "260520000000Z"), problems),
               "own");
  if (!unshown.empty()) {
    evidence.add(*Crl::read(ca.crl(made::entry("\x01"), false, unshown), problems), "own");
    const auto answered = [&](int status, const std::string& when) {
      const std::string revoked = "20" + revoked_there;
      const made::Single single{serial, status, reason, revoked.c_str(), when.c_str()};
      evidence.add(read_ocsp(made::response(ca, {single}, made::Signer::issuer, when.c_str()), {ca.certificate()}));
    };
    answered(V_OCSP_CERTSTATUS_GOOD, "20" + unshown);
    answered(V_OCSP_CERTSTATUS_REVOKED, "20260520000000Z");
  }
  evidence.finish();
  TallyOptions options;
  options.as_of = instant(as_of);
  options.grouping = &*grouping;
  options.evidence = &evidence;
  const ListReading reading = read_lists({list.path()}, {}, [&] { return std::make_unique<RevocationTally>(options); });
  const auto& tally = static_cast<const RevocationTally&>(*reading.sum);
  REQUIRE(tally.listed(Channel::crls) == 1);
  Published result{tally.count(Disagreement::wrong_reason, Channel::crls), {}};
  for (std::size_t i = 0; i < publication_count; ++i)
    result.published[i] = tally.groups().front().clocks.front().count(static_cast<Publication>(i));
  return result;
}

using Counts = std::array<std::uint64_t, publication_count>;

}  // namespace

TEST_CASE("a reason code is asked for from when the reason was known") {
  const auto wrong = [](const std::string& when) {
    return against_crl("key-compromise", row(1, "Yes,2026-05-05T00:00:00Z,N/A"), when, 5, "2026-06-01T00:00:00Z").wrong_reasons;
  };
  CHECK(wrong("260504080959Z") == 0);
  CHECK(wrong("260504081000Z") == 1);
}

TEST_CASE("published late is only who had to be published in time") {
  const std::string late = row(1, "Yes,2026-05-12T00:00:00Z,N/A"), after = "2026-06-01T00:00:00Z";
  const auto published = [&](const std::string& ground, const std::string& of, const std::string& as_of) {
    return against_crl(ground, of, "260512000000Z", 4, as_of).published;
  };
  CHECK(published("misissuance", late, after) == Counts{0, 1, 0});
  // One that had expired, one that was issued later, one of which the reason is disputed, and one whose time is to come.
  CHECK(published("misissuance", row(1, "Yes,2026-05-12T00:00:00Z,N/A", "2026-05-08T00:00:00Z"), after) == Counts{});
  std::string issued_later = late;
  issued_later.replace(issued_later.find("2026-01-01"), 10, "2026-05-03");
  CHECK(published("misissuance", issued_later, after) == Counts{0, 0, 1});
  CHECK(published("{reason: misissuance, contested: it was none}", late, after) == Counts{0, 0, 1});
  CHECK(published("misissuance", row(1, "N/A,N/A,N/A"), "2026-05-09T08:10:00Z") == Counts{});
  CHECK(published("misissuance", late, "2026-05-09T08:10:00Z") == Counts{0, 0, 1});
  // What is not shown in the last second may be published in it.
  const auto unshown_at = [&](const std::string& when) {
    return against_crl("misissuance", row(1, "Yes,2026-05-07T00:00:00Z,N/A"), "260507000000Z", 4, after, when).published;
  };
  CHECK(unshown_at("260509081000Z") == Counts{0, 0, 1});
  CHECK(unshown_at("260509081001Z") == Counts{0, 1, 0});
}

TEST_CASE("in a list that several cohorts share a row is of those that name it, else of nobody knows whom") {
  const std::string rows = revoked(1, in_time) + revoked(2, "2026-05-12T00:00:00Z");
  const std::string list = ", list: a.csv";
  const Held named = two_clocks("listed: [\"" + hash_of(1) + "\"]" + list, "listed: [\"" + hash_of(2) + "\"]" + list, rows);
  CHECK(count(named, CertificateStanding::met, 0) == 1);
  CHECK(count(named, CertificateStanding::late, 0) == 0);
  CHECK(count(named, CertificateStanding::met, 1) == 1);
  CHECK(named.verdicts.unassigned == 0);
  const Held counted = two_clocks("count: 1" + list, "count: 1" + list, rows);
  CHECK(count(counted, CertificateStanding::late, 0) == 0);
  CHECK(counted.verdicts.unassigned == 2);
}

TEST_CASE("a list of the whole incident is judged by no clock of a cohort") {
  const std::string rows = revoked(1, "2026-05-12T00:00:00Z");
  const Held whole = two_clocks("count: 1", "count: 1", rows, "list: a.csv");
  CHECK(whole.verdicts.all.empty());
  CHECK(whole.verdicts.unassigned == 1);
  // What a cohort names in it is its own.
  const Held named = two_clocks("listed: [\"" + hash_of(1) + "\"]", "count: 1", rows, "list: a.csv");
  CHECK(count(named, CertificateStanding::late, 0) == 1);
}

TEST_CASE("of a list of the whole incident the rows that nobody names may be a cohort's, unless it names all of its own") {
  const auto with_own_clock = [](const std::string& cohort) {
    std::string text =
        tls("cohorts:\n  later:\n    grounds: misissuance\n    certificates: {" + cohort +
            "}\n    events: [{kind: made-aware, at: 2026-05-14T08:10:00Z}]\n"
            "events: [{kind: made-aware, at: 2026-05-04T08:10:00Z}, {kind: revocation, at: 2026-05-06T00:00:00Z}]\n");
    text.insert(text.find(", certificates: tls"), ", grounds: misissuance, affected: {list: a.csv}");
    return held(text, revoked(1, "2026-05-12T00:00:00Z"), "2026-06-01T00:00:00Z");
  };
  CHECK(with_own_clock("count: 1").verdicts.unassigned == 1);
  const Held named = with_own_clock("listed: [\"" + hash_of(2) + "\"]");
  CHECK(named.verdicts.unassigned == 0);
  std::uint64_t late = 0;
  for (const ListVerdict& each : named.verdicts.all) late += each.count(CertificateStanding::late);
  CHECK(late == 2);  // by the deadline, and by the earlier one that is a SHOULD
}

TEST_CASE("a row that a cohort names is not the other one's for that it stands in the list of the whole incident") {
  const std::string rows = revoked(1, in_time) + revoked(2, "2026-05-16T00:00:00Z");
  const std::string named = "listed: [\"" + hash_of(2) + "\"]";
  for (const std::string count_of_all : {"count: 2, list: a.csv", "list: a.csv"}) {
    const Held one_left = two_clocks("count: 1", named, rows, count_of_all);
    CHECK(count(one_left, CertificateStanding::late, 0) == 0);
    CHECK(count(one_left, CertificateStanding::met, 1) == 1);
  }
  CHECK(count(two_clocks("count: 1", named, rows, "count: 2, list: a.csv"), CertificateStanding::met, 0) == 1);
  // The incident has the others itself.
  std::string text = tls("cohorts:\n  later:\n    grounds: misissuance\n    certificates: {" + named +
                         "}\n    events: [{kind: made-aware, at: 2026-05-14T08:10:00Z}]\n"
                         "events: [{kind: made-aware, at: 2026-05-04T08:10:00Z}]\n");
  text.insert(text.find(", certificates: tls"), ", grounds: misissuance, affected: {count: 2, list: a.csv}");
  const Held whole = held(text, rows, "2026-06-01T00:00:00Z");
  for (const ListVerdict& each : whole.verdicts.all) CHECK(each.rows == 1);
  CHECK(whole.verdicts.all.size() == 4);
}

TEST_CASE("a number of the incident is its only cohort's where it has no certificates beside it") {
  const std::string rows = revoked(1, in_time) + revoked(2, in_time), total = "report: {certificates: {total: 5}}\n";
  const auto stands = [&](const std::string& set, const std::string& affected, const std::string& events) {
    std::string text = file_with("", set) + events + total;
    if (!affected.empty()) text.insert(text.find(", certificates: tls"), ", grounds: misissuance, affected: {" + affected + "}");
    const Held of_cohort = held(text, rows, days_after);
    const auto all = of_cohort.file.of(duty);
    return (*std::find_if(all.begin(), all.end(), [](const Judgement* each) { return each->subject.cohort != none; }))->standing;
  };
  const std::string own = "events:\n  - {kind: made-aware, at: 2026-05-02T08:10:00Z}\n";
  CHECK(stands("list: a.csv", "", "") == Standing::breached);
  CHECK(stands("list: a.csv", "list: a.csv", "") == Standing::breached);
  CHECK(stands("count: 2, list: a.csv", "count: 5", own) == Standing::undetermined);
  CHECK(stands("count: 2, list: a.csv", "count: 5",
               own + "  - {kind: revocation-partial, at: 2026-05-11T12:00:00Z, counts: {done: 4, of: 5}}\n") ==
        Standing::undetermined);
  // Nobody tells whether two lists are of the same certificates.
  CHECK(stands("list: a.csv", "count: 5, list: b.csv", own) == Standing::undetermined);
}

namespace {

// Two cohorts that share a list, of one certificate, late and told so, and of two; what is told of these.
std::string shared_by_two(const std::string& told_of_two) {
  return tls(
      "cohorts:\n  one:\n    grounds: misissuance\n    certificates: {count: 1, list: a.csv}\n    events:\n"
      "      - {kind: made-aware, at: 2026-05-04T08:10:00Z}\n      - {kind: revocation, at: 2026-05-10T08:10:00Z}\n"
      "  two:\n    grounds: misissuance\n    certificates: {count: 2, list: a.csv}\n    events:\n"
      "      - {kind: made-aware, at: 2026-05-04T08:10:00Z}\n" +
      told_of_two);
}

std::string still_open(const std::string& when) {
  return "      - {kind: still-open, at: 2026-05-" + when + "Z, still-open: [revocation]}\n";
}
std::string one_of_two(const std::string& when) {
  return "      - {kind: revocation-partial, at: 2026-05-" + when + "Z, counts: {done: 1, of: 2}}\n";
}

}  // namespace

TEST_CASE("what is told of before a shared list's end leaves nothing open of which that has nothing left") {
  const std::string late = revoked(1, "2026-05-10T08:10:00Z"), valid = late + revoked(2, in_time) + revoked(3, in_time),
                    expired = late + revoked(2, in_time) + row(3, "N/A,N/A,N/A", "2026-05-08T00:00:00Z");
  const auto line = [](const std::string& told, const std::string& rows) {
    return finding(*held(shared_by_two(told), rows, days_after).file.of(duty).back());
  };
  for (const std::string& rows : {valid, expired}) {
    for (const std::string& told : {std::string(), still_open("05T00:00:00"), one_of_two("06T00:00:00")})
      CHECK(line(told, rows) == "must undetermined");
    CHECK(line(still_open("09T20:00:00"), rows) == "must breached, at least 11 h 50 min late");
    CHECK(line(still_open("12T00:00:00"), rows) == "must breached, at least 2 d 15 h 50 min late (still open)");
  }
  CHECK(line(one_of_two("09T20:00:00"), valid) == "must breached, at least 11 h 50 min late");
  CHECK(line(one_of_two("12T00:00:00"), valid) == "must breached, at least 2 d 15 h 50 min late (still open)");
  // Fewer may be all that were revoked where others expired.
  CHECK(line(one_of_two("12T00:00:00"), expired) == "must undetermined");
  // All of them are late.
  const std::string all_late = late + revoked(2, "2026-05-10T08:10:00Z") + revoked(3, "2026-05-10T08:10:00Z");
  CHECK(line(still_open("05T00:00:00"), all_late) == "must breached");
  CHECK(line(still_open("09T20:00:00"), all_late) == "must breached, at least 11 h 50 min late");
}

namespace {

std::string without_serial(const std::string& row_text) {
  std::string text = row_text;
  return text.erase(text.find(",777") + 1, 32);
}

std::string two_with_lists(const std::string& counts, const std::string& names = {}) {
  return tls(
      "cohorts:\n  one:\n    grounds: misissuance\n    certificates: {count: 2, list: b.csv}\n    events:\n"
      "      - {kind: made-aware, at: 2026-05-04T08:10:00Z}\n      - {kind: revocation, at: 2026-05-10T08:10:00Z}\n"
      "  two:\n    grounds: misissuance\n    certificates: {" +
      names + counts + ", list: a.csv}\n    events: [{kind: made-aware, at: 2026-05-04T08:10:00Z}]\n");
}

}  // namespace

TEST_CASE("only rows that may be a cohort's repeat its certificates") {
  const std::string late = "2026-05-10T08:10:00Z", others = revoked(3, late) + revoked(4, late),
                    rows = revoked(1, in_time) + revoked(2, in_time);
  const auto stands = [](const std::string& text, const std::string& of_first, const std::string& of_second) {
    return held_in_two(text, of_first, of_second).file.of(duty).back()->standing;
  };
  CHECK(stands(two_with_lists("count: 2"), others, rows) == Standing::undetermined);
  CHECK(stands(two_with_lists("count: 2"), others + others, rows) == Standing::undetermined);
  CHECK(stands(two_with_lists("count: 2"), others, revoked(1, in_time) + revoked(1, in_time)) == Standing::breached);
  // The first one's may be certificates and their precertificates.
  const std::string nameless = without_serial(revoked(3, late)) + without_serial(revoked(4, late));
  CHECK(stands(two_with_lists("count: 2"), nameless, rows) == Standing::undetermined);
  // What it names it has in other lists as well, and what others have it has not.
  const std::string names = "listed: [\"" + std::string(63, 'a') + "1\"], ";
  CHECK(stands(two_with_lists("count: 2", names), others + revoked(1, in_time) + others, rows) == Standing::undetermined);
  CHECK(stands(two_with_lists("count: 3", names), others + revoked(1, in_time) + others, rows) == Standing::breached);
  CHECK(stands(two_with_lists("count: 3", names), others, rows) == Standing::breached);
}

TEST_CASE("the lists are named in which a cohort's rows may stand, and what several show is said of them") {
  const std::string late = "2026-05-10T08:10:00Z", names = "listed: [\"" + std::string(63, 'a') + "1\"], ";
  const auto because = [](const std::string& text, const std::string& of_first, const std::string& of_second) {
    const Held two = held_in_two(text, of_first, of_second);
    return without_path(two.file.of(duty).back()->open_because);
  };
  const auto others = revoked(3, late), own = revoked(2, in_time);
  CHECK(because(two_with_lists("count: 2"), others + revoked(4, late), revoked(1, in_time) + own) ==
        "the events tell of no revocation in time, and by the same clock the list a.csv shows of 2 certificates 2 met");
  CHECK(
      because(two_with_lists("count: 2", names), others + revoked(1, in_time), own) ==
      "the events tell of no revocation in time, and by the same clock the lists a-b.csv and a.csv show of 2 certificates 2 met");
}

TEST_CASE("rows that may repeat each other leave it open whether they are all certificates that are told of") {
  const std::string nameless = without_serial(revoked(1, in_time)) + without_serial(revoked(2, in_time));
  const Held two = held(file_with(""), nameless, days_after);
  REQUIRE(two.by_list().contradicts);
  CHECK(two.judgement().standing == Standing::undetermined);
  CHECK(two.of_list().verdict.standing == Standing::undetermined);
  CHECK(without_path(two.of_list().verdict.because) ==
        "the list a.csv shows of 2 rows 2 met, and how many certificates these are is open");
  CHECK(held(file_with("", "count: 1, list: a.csv"), nameless, days_after).of_list().verdict.standing == Standing::met);
  CHECK(held(file_with("", "count: 3, list: a.csv"), nameless, days_after).judgement().standing == Standing::breached);
  const std::string late = without_serial(revoked(2, "2026-05-09T10:10:00Z"));
  CHECK(held(file_with(""), without_serial(revoked(1, in_time)) + late, days_after).line() == "must breached, at least 2 h late");
}

TEST_CASE("a row that stands in a list more often than places are kept hides no missing certificate") {
  std::string often, others;
  for (int i = 0; i < 150; ++i) often += revoked(1, in_time);
  for (int i = 10; i < 60; ++i) others += revoked(i, in_time);
  const auto alone = [&](const std::string& count) {
    return held(file_with("", count + ", list: a.csv"), often + others, days_after).judgement().standing;
  };
  CHECK(alone("count: 51") == Standing::undetermined);
  CHECK(alone("count: 52") == Standing::breached);
  const auto beside = [&](const std::string& count) {
    return held_in_two(two_with_lists(count), revoked(3, "2026-05-10T08:10:00Z"), often).file.of(duty).back()->standing;
  };
  CHECK(beside("count: 1") == Standing::undetermined);
  CHECK(beside("count: 120") == Standing::breached);
  CHECK(beside("count: 3") == Standing::breached);
}

TEST_CASE("a row of two cases is one certificate of the incident's number") {
  std::string rows;
  for (int i = 1; i < 10; ++i) rows += revoked(i, in_time);
  const auto stands = [&](const std::string& count, bool has_second) {
    const std::string named = "    certificates: [\"" + std::string(63, 'a') +
                              "1\"]\n    events: [{kind: problem-report-received, at: 2026-05-04T08:00:00Z}]\n";
    std::string text = tls("cases:\n  A:\n" + named + (has_second ? "  D:\n" + named : "") +
                           "cohorts:\n  C:\n    events: [{kind: made-aware, at: 2026-05-04T08:10:00Z}]\n");
    text.insert(text.find(", certificates: tls"), ", grounds: misissuance, affected: {count: " + count + ", list: a.csv}");
    return held(text, rows, days_after).file.of(duty).back()->standing;
  };
  for (const bool has_second : {false, true}) {
    CHECK(stands("9", has_second) == Standing::undetermined);
    CHECK(stands("10", has_second) == Standing::breached);
  }
}

TEST_CASE("where too few are in time for one that was met, rows that repeat a certificate are one of them") {
  const auto stands = [](const std::string& rows) {
    const std::string text =
        tls("cohorts:\n  one:\n    grounds: misissuance\n    certificates: {count: 3, list: a.csv}\n    events:\n"
            "      - {kind: made-aware, at: 2026-05-04T08:10:00Z}\n" +
            told_in_time +
            "  two:\n    grounds: misissuance\n    certificates: {count: 1, list: a.csv}\n    events:\n"
            "      - {kind: made-aware, at: 2026-05-04T08:10:00Z}\n" +
            told_late);
    return held(text, revoked(9, too_late) + rows, days_after).file.of(duty).front()->standing;
  };
  const auto one = revoked(1, in_time), two = revoked(2, in_time), three = revoked(3, in_time);
  CHECK(stands(one + two + three) == Standing::met);
  CHECK(stands(one + two) == Standing::undetermined);
  CHECK(stands(one + two + two) == Standing::undetermined);
  std::string precertificate = two;
  precertificate.replace(0, 65, std::string(64, 'b') + ",");
  CHECK(stands(one + two + precertificate) == Standing::undetermined);
}

TEST_CASE("what nobody names in a shared list is not of one who names all of its own, and would name it") {
  const std::string list = ", list: a.csv", other = revoked(2, "2026-05-16T00:00:00Z");
  const auto named = [&](const std::string& row_of_nobody, const std::string& first = "count: 1") {
    return two_clocks(first + list, "listed: [\"" + hash_of(2) + "\"]" + list, row_of_nobody + other);
  };
  const std::string late = std::string(64, 'b') + revoked(1, "2026-05-12T00:00:00Z");
  const Held all_known = named(late);
  CHECK(count(all_known, CertificateStanding::late, 0) == 1);
  CHECK(count(all_known, CertificateStanding::met, 0) == 0);
  CHECK(count(all_known, CertificateStanding::met, 1) == 1);
  CHECK(all_known.verdicts.unassigned == 0);
  // It may be named by what its row does not have.
  for (const std::string& less_known : {without_serial(late), revoked(1, "2026-05-12T00:00:00Z")})
    CHECK(named(less_known).verdicts.unassigned == 1);
  // Both name all of their own.
  CHECK(named(late, "listed: [\"" + hash_of(3) + "\"]").verdicts.unassigned == 1);
}

TEST_CASE("a SHOULD to revoke earlier goes neither by the events nor by the list where they differ") {
  const auto should = [](const std::string& event, const std::string& listed) {
    const std::string told = event.empty() ? "" : "      - {kind: revocation, at: " + event + "}\n";
    const Held all = held(file_with(told, "count: 1, list: a.csv"), revoked(1, listed), "2026-06-01T00:00:00Z");
    return all.file.of("tls-br.revoke-early-within-24-hours").front()->standing;
  };
  const std::string at_last = "2026-05-05T08:10:00Z", after = "2026-05-05T08:10:01Z";
  CHECK(should(at_last, at_last) == Standing::met);
  CHECK(should(at_last, after) == Standing::undetermined);
  CHECK(should(after, at_last) == Standing::undetermined);
  CHECK(should(after, after) == Standing::breached);
  CHECK(should("", at_last) == Standing::undetermined);
  CHECK(should("", after) == Standing::breached);
}

TEST_CASE("a case that is asked for has the rows of a shared list that nobody names") {
  const std::string list = ", list: a.csv";
  const JudgedFile file =
      judged(tls("cohorts:\n  one:\n    grounds: misissuance\n    certificates: {count: 1" + list +
                 "}\n    events: [{kind: made-aware, at: 2026-05-04T08:10:00Z}]\n"
                 "  two:\n    grounds: misissuance\n    certificates: {listed: [\"" +
                 hash_of(2) + "\"]" + list + "}\n    events: [{kind: made-aware, at: 2026-05-14T08:10:00Z}]\n"),
             "2026-06-01T00:00:00Z");
  const auto grouping = Grouping::of(*file.incident, file.assessment, "one", {"a.csv"});
  REQUIRE(grouping);
  std::vector<std::uint32_t> memory;
  ListRow unnamed, named;
  read_digest(hash_of(1), unnamed.digest.emplace());
  read_digest(hash_of(2), named.digest.emplace());
  const auto groups_of = [&](const ListRow& row) {
    const auto groups = grouping->groups_of(row, 0, memory);
    return std::vector<std::uint32_t>(groups.begin(), groups.end());
  };
  CHECK(groups_of(unnamed) == std::vector<std::uint32_t>{0});
  CHECK(groups_of(named) == std::vector<std::uint32_t>{1});
}

TEST_CASE("one cohort names a certificate by its hash, another by its serial number: it is of both") {
  const std::string serial = std::string(31, '7') + "b";
  const std::string row_of_both = "," + hash_of(1) + ",CN=a,CN=made,2026-01-01T00:00:00Z,2026-09-01T00:00:00Z," + serial +
                                  ",a.example,Yes,2026-05-12T00:00:00Z,superseded\n";
  const Held both = two_clocks("listed: [\"" + hash_of(1) + "\"]", "listed: [\"" + serial + "\"]", row_of_both, {}, "");
  CHECK(count(both, CertificateStanding::late, 0) == 1);
  CHECK(count(both, CertificateStanding::met, 1) == 1);
  // Digits alone may be a decimal number.
  const Held decimal =
      two_clocks("listed: [\"" + hash_of(1) + "\"]", "listed: [\"" + std::string(32, '7') + "\"]", row_of_both, {}, "");
  CHECK(count(decimal, CertificateStanding::met, 1) == 0);
}

namespace {

// A count that was read from the words of a comment, as a record tells it.
void add_count(Incident& incident, const std::string& when, std::int64_t done, std::int64_t of) {
  Event& event = incident.events.emplace_back();
  event.kind = EventKind::revocation_partial;
  event.id = "revocation-partial-" + std::to_string(incident.events.size());
  event.unsure = "the count is read from the words of a comment";
  event.done = done;
  event.of = of;
  // "by" a time: of another one.
  const bool is_other = when.starts_with("by ");
  const Instant at = instant(is_other ? when.substr(3) : when);
  event.tellings.emplace_back().at.stamp.moment = is_other ? Moment().not_after(at) : Moment::exact(at);
}

std::vector<std::string> counts(const std::vector<std::tuple<std::string, std::int64_t, std::int64_t>>& told,
                                const std::string& rows) {
  const ListFile list(rows);
  Incident incident = incident_of(file_with(""));
  for (const auto& [when, done, of] : told) add_count(incident, when, done, of);
  const JudgedFile file = judged(std::move(incident), instant(days_after));
  const auto all = counts_in_comments(*file.incident);
  const IncidentLists lists(*file.incident, file.assessment, {list.path()}, {""}, {.figures = figures_of(all)});
  std::vector<std::string> lines;
  for (const HeldCount& each : hold_counts(all, lists))
    lines.push_back(std::string(each.what == ToldFigure::What::total ? "all " : "revoked ") + std::to_string(each.told) + ": " +
                    std::string(name(each.outcome)) + ", " + std::to_string(each.found.least) +
                    (each.because.empty() ? "" : "; " + each.because));
  return lines;
}

using Lines = std::vector<std::string>;

}  // namespace

TEST_CASE("figures of certificates whose list is not given are held against none") {
  const JudgedFile file = judged(tls("cohorts:\n  one:\n    grounds: misissuance\n    certificates: {count: 1, list: a.csv}\n"
                                     "    events: [{kind: made-aware, at: 2026-05-04T08:10:00Z}]\n"
                                     "  two:\n    grounds: misissuance\n    certificates: {count: 1, list: b.csv}\n"
                                     "    events: [{kind: made-aware, at: 2026-05-04T08:10:00Z}]\n"
                                     "  three:\n    grounds: misissuance\n    certificates: {count: 1}\n"
                                     "    events: [{kind: made-aware, at: 2026-05-04T08:10:00Z}]\n"),
                                 days_after);
  const auto lacking = [&](const std::vector<std::string>& lists) {
    const auto grouping = Grouping::of(*file.incident, file.assessment, {}, lists);
    REQUIRE(grouping);
    std::vector<bool> all;
    for (std::size_t group = 0; group < 3; ++group) all.push_back(grouping->lacks_list(group, lists));
    return all;
  };
  using Each = std::vector<bool>;
  CHECK(lacking({"a.csv", "b.csv"}) == Each{false, false, true});
  CHECK(lacking({"a.csv"}) == Each{false, true, true});
  // A list of another name may be any of those that are not there.
  CHECK(lacking({"a.csv", ""}) == Each{false, false, false});
  CHECK(lacking({""}) == Each{true, true, false});
}

TEST_CASE("a plan whose date has passed counts neither as revoked nor as not revoked") {
  const std::string rows =
      revoked(1, "2026-05-05T10:00:00Z") + row(2, "Planned,2026-05-06T00:00:00Z,N/A") + revoked(3, "2026-05-12T00:00:00Z");
  CHECK(counts({{"2026-05-07T00:00:00Z", 2, 3}}, rows) == Lines{"revoked 2: agrees, 1", "all 3: agrees, 3"});
  CHECK(counts({{"2026-05-05T12:00:00Z", 2, 3}}, rows)[0] == "revoked 2: contradicts, 1");
}

TEST_CASE("a count is of certificates, however many rows name them") {
  const std::string first = revoked(1, "2026-05-05T10:00:00Z");
  // Its precertificate in a row of its own: the hash of another certificate in the first column, and none in the second.
  std::string alone = first;
  alone.insert(0, std::string(64, 'b'));
  alone.erase(alone.find(std::string(63, 'a')), 64);
  const std::string open = row(2, "Planned,2026-06-01T00:00:00Z,N/A");
  CHECK(counts({{"2026-05-06T10:00:00Z", 1, 2}}, first + first + alone + open) ==
        Lines{"revoked 1: agrees, 1", "all 2: agrees, 2"});
  CHECK(counts({{"2026-05-05T10:00:00Z", 2, 2}}, first + first + alone + open) ==
        Lines{"revoked 2: contradicts, 1", "all 2: agrees, 2"});
  // Rows of one certificate that contradict each other leave it open.
  const std::string contrary = row(1, "Planned,2026-06-01T00:00:00Z,N/A");
  for (const std::int64_t told : {0, 1})
    CHECK(counts({{"2026-05-06T10:00:00Z", told, 2}}, first + contrary + open)[0].starts_with("revoked " + std::to_string(told) +
                                                                                              ": agrees, 0"));
}

TEST_CASE("counts of comments against a list, at the time of each comment") {
  const std::string rows = revoked(1, "2026-05-05T10:00:00Z") + revoked(2, "2026-05-06T10:00:00Z") +
                           revoked(3, "2026-05-07T10:00:00Z") + row(4, "Planned,2026-06-01T00:00:00Z,N/A");
  CHECK(counts({{"2026-05-05T09:59:59Z", 0, 4}, {"2026-05-05T10:00:00Z", 1, 4}, {"2026-05-06T10:00:00Z", 2, 4}}, rows) ==
        Lines{"revoked 0: agrees, 0", "revoked 1: agrees, 1", "revoked 2: agrees, 2", "all 4: agrees, 4"});
  CHECK(counts({{"2026-05-06T09:59:59Z", 2, 4}}, rows) == Lines{"revoked 2: contradicts, 1", "all 4: agrees, 4"});
  CHECK(counts({{"by 2026-05-06T09:59:59Z", 2, 4}}, rows) == Lines{"revoked 2: contradicts, 0", "all 4: agrees, 4"});
  CHECK(counts({{"by 2026-05-06T10:00:00Z", 2, 4}}, rows) ==
        Lines{"revoked 2: open, 0; the comment counts for another time than its own", "all 4: agrees, 4"});
  CHECK(counts({{"2026-05-06T12:00:00Z", 1, 4}}, rows) ==
        Lines{"revoked 1: open, 2; the comment may count a part of them, or an earlier time", "all 4: agrees, 4"});
}

TEST_CASE("a list that may be older than a comment, or hold other certificates, contradicts no count") {
  const std::string rows = revoked(1, "2026-05-05T10:00:00Z") + row(2, "Planned,2026-06-01T00:00:00Z,N/A");
  CHECK(counts({{"2026-05-05T10:00:00Z", 2, 2}}, rows) == Lines{"revoked 2: contradicts, 1", "all 2: agrees, 2"});
  CHECK(counts({{"2026-05-05T10:00:01Z", 2, 2}}, rows) ==
        Lines{"revoked 2: open, 1; the list tells of no revocation as late as the comment, so it may be older",
              "all 2: agrees, 2"});
  CHECK(counts({{"2026-05-05T10:00:00Z", 3, 4}}, rows) ==
        Lines{"revoked 3: open, 1; the comment counts more certificates than the list has", "all 4: contradicts, 2"});
  CHECK(counts({{"2026-05-05T10:00:00Z", 1, 1}}, rows) ==
        Lines{"revoked 1: agrees, 1", "all 1: open, 2; the comment may count a part of them, or some were found later"});
  const std::string expired = revoked(1, "2026-05-07T10:00:00Z") + row(2, "N/A,N/A,N/A", "2026-05-05T00:00:00Z");
  CHECK(counts({{"2026-05-04T23:59:59Z", 1, 2}, {"2026-05-05T00:00:00Z", 1, 2}}, expired) ==
        Lines{"revoked 1: contradicts, 0", "revoked 1: open, 0; the comment may count expired ones", "all 2: agrees, 2"});
}
