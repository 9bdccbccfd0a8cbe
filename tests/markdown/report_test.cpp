// Reports in every edition of every template, as files to be read, and what they must never do.
#include "bugzilla.hpp"
#include "hostile.hpp"
#include "sample.hpp"

#include <cita/base/text.hpp>
#include <cita/output/listed_certificates.hpp>
#include <cita/output/markdown.hpp>
#include <cita/output/report.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>

using namespace cita;
using sample::add;
using sample::at;

namespace {

const std::filesystem::path goldens = CITA_SOURCE_DIR "/tests/data/reports";

Instant day(std::string_view date) { return at(date).stamp.moment.earliest(); }

std::optional<RenderedReport> rendered(const Incident& incident, ReportRequest request, Diagnostics& diagnostics) {
  if (request.date == Instant{}) request.date = day("2026-05-08T16:00Z");
  return render_report(incident, request, diagnostics);
}

std::string whole(const Incident& incident, ReportRequest request = {}) {
  Diagnostics diagnostics;
  const auto report = rendered(incident, std::move(request), diagnostics);
  REQUIRE(report);
  std::string result;
  for (const std::string& part : report->parts) result += part + "\n";
  return result;
}

std::vector<std::string> codes(const Diagnostics& diagnostics) {
  std::vector<std::string> result;
  for (const Diagnostic& each : diagnostics.all()) result.push_back(each.code);
  return result;
}

bool mentions(const Diagnostics& diagnostics, std::string_view text) {
  return std::any_of(diagnostics.all().begin(), diagnostics.all().end(), [&](const Diagnostic& each) {
    return each.message.find(text) != std::string::npos || each.help.find(text) != std::string::npos;
  });
}

std::string read(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream content;
  content << in.rdbuf();
  return content.str();
}

// CITA_UPDATE_GOLDEN=1 test_markdown writes the files anew.
void compare(const std::string& name, const std::string& text) {
  CAPTURE(name);
  if (std::getenv("CITA_UPDATE_GOLDEN") != nullptr) std::ofstream(goldens / name, std::ios::binary) << text;
  CHECK(read(goldens / name) == text);
}

std::string joined(const std::vector<std::string>& texts) {
  std::string result;
  for (const std::string& each : texts) result += each + "\n";
  return result;
}

std::vector<std::string> headings(const bugzilla::Html& html) {
  std::vector<std::string> result;
  for (const bugzilla::Html* each : html.all({"h1", "h2", "h3", "h4"})) result.push_back(each->content());
  return result;
}

std::vector<std::string> cells(const bugzilla::Html& html, std::string_view tag) {
  std::vector<std::string> result;
  for (const bugzilla::Html* each : html.all({tag})) result.push_back(each->content());
  return result;
}

}  // namespace

TEST_CASE("a report of every edition") {
  std::set<std::string> expected;
  const auto check = [&](std::string_view whose, std::string_view edition, FormKind kind) {
    for (const bool is_complete : {true, false}) {
      const std::string file = std::string(whose) + "-" + std::string(name(kind)) + (is_complete ? "" : "-gaps") + ".md";
      compare(file, whole(is_complete ? sample::complete() : sample::bare(), {kind, std::string(edition), {}, false}));
      expected.insert(file);
    }
  };
  for (const ReportTemplate& form : built_in_templates())
    for (const TemplateEdition& edition : form.editions)
      for (const std::string_view kind : form_kind_names()) {
        const FormKind which = *form_kind(kind);
        if (form.form(which, edition.id) != nullptr) check(edition.id, edition.id, which);
        else if (own_form(which)) check("own", edition.id, which);
      }
  for (const auto& entry : std::filesystem::directory_iterator(goldens))
    CHECK(expected.count(entry.path().filename().string()) == 1);
}

TEST_CASE("a closure tells what the CA promised, and by when as precisely as it said") {
  Incident incident = sample::complete();
  incident.commitments = {{"c1", Actor::ca, "A new gateway", sample::at("2026-07-01"), {}},
                          {"c2", Actor::ca, "A report", sample::at("..2026-07-31"), {}},
                          {"c3", Actor::ca, "Training every year", {}, {}},
                          {"c4", Actor::reporter, "Another mail", sample::at("2026-07-01"), {}}};
  const std::string text = whole(incident, {.kind = FormKind::closure, .template_id = "3.2"});
  CHECK(text.find("- A new gateway (due 2026-07-01)\n") != std::string::npos);
  CHECK(text.find("- A report (due not after 2026-07-31)\n") != std::string::npos);
  CHECK(text.find("- Training every year\n") != std::string::npos);
  CHECK(text.find("Another mail") == std::string::npos);
}

TEST_CASE("the edition in force is chosen by the date") {
  const auto id = [](std::string_view date) { return template_in_force(day(date)).edition->id; };
  CHECK(id("2018-01-01") == "MOZ-WIKI");
  CHECK(id("2023-02-14") == "MOZ-WIKI");
  CHECK(id("2023-02-15") == "1.0");
  CHECK(id("2023-10-16") == "1.0");
  CHECK(id("2023-10-17") == "2.0");
  CHECK(id("2025-02-28") == "2.0");
  CHECK(id("2025-03-01") == "3.0");
  CHECK(id("2025-07-15") == "3.1");
  CHECK(id("2026-03-20") == "3.2");
  CHECK_FALSE(template_in_force(day("2017-08-14")));
  CHECK(template_called("seven-topics", day("2026-01-01")).edition->id == "1.0");
  CHECK(template_called("seven-topics", day("2018-01-01")).edition->id == "MOZ-WIKI");
  CHECK(template_called("ccadb-3", day("2025-08-01")).edition->id == "3.1");
  CHECK_FALSE(template_called("4.0", day("2026-01-01")));
  // A beginning that one edition alone has.
  CHECK(template_called("2", day("2026-01-01")).edition->id == "2.0");
  CHECK(template_called("1", day("2026-01-01")).edition->id == "1.0");
  for (const char* const other : {"3", "2.", "", "ccadb"}) CHECK_FALSE(template_called(other, day("2026-01-01")));
  const Incident incident = sample::complete();
  CHECK(whole(incident, {FormKind::full, {}, day("2024-01-01"), false}) ==
        whole(incident, {FormKind::full, "2.0", day("2024-01-01"), false}));
}

TEST_CASE("a request that cannot be served says why") {
  Diagnostics diagnostics;
  CHECK_FALSE(rendered(sample::bare(), {FormKind::full, "3.3", {}, false}, diagnostics));
  CHECK_FALSE(rendered(sample::bare(), {FormKind::closure, "2.0", {}, false}, diagnostics));
  CHECK_FALSE(rendered(sample::bare(), {FormKind::full, {}, day("2010-01-01"), false}, diagnostics));
  CHECK(codes(diagnostics) == std::vector<std::string>{"unknown-template", "no-form", "no-template"});
}

TEST_CASE("an update has our own form in every edition, and says so") {
  const Incident incident = sample::complete();
  for (const FormKind kind : {FormKind::update, FormKind::revocation_progress}) {
    const std::string newest = whole(incident, {kind, {}, {}, false});
    for (const std::string_view id : {"MOZ-WIKI", "1.0", "2.0", "3.0", "3.1", "3.2"})
      CHECK(whole(incident, {kind, std::string(id), {}, false}) == newest);
    Diagnostics diagnostics;
    const auto report = rendered(incident, {kind, {}, {}, false}, diagnostics);
    CHECK(report->notes.front() ==
          "This is cita's own form, for the guidelines say what such a report contains and have no template for it.");
  }
}

TEST_CASE("an update tells what is new since the last post") {
  Incident incident = sample::complete();
  const auto update = [&](std::string_view date = "2026-05-08T16:00Z") {
    return whole(incident, {FormKind::update, "3.2", day(date), false});
  };
  const auto has = [](const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; };
  CHECK(has(update(), "- **Last post:** 2026-05-07 08:00 UTC: The incident was first disclosed in public\n"));
  CHECK_FALSE(has(update(), "Case 00572387: Key not compromised."));
  CHECK(has(update(), "| 2026-05-07 | A process changed |"));
  SUBCASE("a later post counts, and one after as-of does not") {
    add(incident, EventKind::update, "2026-05-08T13:00Z", "Second update.");
    CHECK(has(update(), "- **Last post:** 2026-05-08 13:00 UTC: Second update.\n"));
    CHECK_FALSE(has(update(), "| 2026-05-08 09:00 |"));
    CHECK_FALSE(has(update(), "A process changed"));
    CHECK(has(update(), "\n- 2026-05-08 14:00: A Next update date was set"));
    CHECK(has(update("2026-05-08T12:59Z"), "- **Last post:** 2026-05-07 08:00 UTC"));
  }
  SUBCASE("what is still to come is no change") {
    CHECK(has(update("2026-05-08T14:30Z"), "\n| 2026-05-08 15:00 | An action item was completed"));
    CHECK_FALSE(has(update("2026-05-08T14:30Z"), "\n- 2026-05-08 15:00: An action item was completed"));
  }
  SUBCASE("questions are open until they are answered") {
    CHECK(has(update(), "| 2026-05-07 12:00 | root-program | Why was the gateway replaced? | 2026-05-12 |"));
    CHECK_FALSE(has(update(), "| community |"));
    CHECK(has(update("2026-05-08T08:00Z"), "| 2026-05-07 11:00 | community | Were \\| precertificates affected? | None |"));
    CHECK(has(update("2026-05-08T08:00Z"), "| root-program | Why was the gateway replaced? | None |"));
    CHECK_FALSE(has(update("2026-05-07T11:30Z"), "| root-program |"));
    incident.questions.push_back({"q3", Actor::reporter, "Who knew?", {}});
    CHECK(has(update(), "| not recorded | reporter | Who knew? | None |"));
  }
  SUBCASE("so are those that only an event tells of") {
    add(incident, EventKind::question_asked, "2026-05-08T10:00Z", "And the logs?").by = Actor::root_program;
    CHECK(has(update(), "| 2026-05-08 10:00 | root-program | And the logs? | None |"));
    add(incident, EventKind::question_acknowledged, "2026-05-08T10:30Z").planned = at("2026-05-20");
    CHECK(has(update(), "| And the logs? | 2026-05-20 |"));
    add(incident, EventKind::question_answered, "2026-05-08T11:00Z");
    CHECK_FALSE(has(update(), "| root-program | And the logs? |"));
    CHECK(has(update("2026-05-08T10:59Z"), "| And the logs? | 2026-05-20 |"));
  }
  SUBCASE("the next update is the date that was set last") {
    CHECK(has(update("2026-05-08T13:00Z"), "- **Next update:** None\n"));
    CHECK(has(update(), "- **Next update:** 2026-06-01 (set 2026-05-08 14:00)\n"));
    CHECK(has(update("2026-06-02T00:00Z"), "- **Next update:** 2026-06-01 (set 2026-05-08 14:00; it has passed)\n"));
  }
  SUBCASE("an action item is due when its last change says") {
    Event& delayed = add(incident, EventKind::action_item_delayed, "2026-05-08T15:30Z");
    delayed.action_item = 0;
    delayed.planned = at("2026-07-31");
    incident.action_items[0].status.clear();
    CHECK(has(update(), "| Detect | 2026-07-31 | Delayed |"));
    CHECK(has(whole(incident), "| Alerts are tested every week | 2026-07-31 | Delayed |"));
  }
  SUBCASE("without a post there is nothing to update") {
    Diagnostics diagnostics;
    REQUIRE(rendered(sample::bare(), {FormKind::update, {}, {}, false}, diagnostics));
    CHECK(codes(diagnostics) == std::vector<std::string>{"missing-field"});
    CHECK(mentions(diagnostics, "which post was the last one"));
  }
}

TEST_CASE("what nobody knows of a revocation is a gap, told once") {
  Incident incident = sample::complete();
  std::erase_if(incident.events, [](const Event& each) { return each.kind == EventKind::expired || each.withdraws != none; });
  const auto lacks = [&] {
    Diagnostics diagnostics;
    REQUIRE(rendered(incident, {FormKind::revocation_progress, {}, day("2026-05-10T00:00Z"), false}, diagnostics));
    std::vector<std::string> result;
    for (const Diagnostic& each : diagnostics.all())
      if (each.code == "missing-field") result.push_back(each.message.substr(each.message.find('\'')));
    return result;
  };
  const std::vector<std::string> of_all = {"'Number planned for revocation that expired'",
                                           "'Estimate for the remaining revocations'"};
  CHECK(lacks() == of_all);
  const std::string text = whole(incident, {FormKind::revocation_progress, {}, day("2026-05-10T00:00Z"), false});
  CHECK(text.find("- **Number not yet revoked:** at most 1\n") != std::string::npos);
  CHECK(text.find("| Case 00572387 | 2 | 1 | at most 1 | (to be written) | (to be written) |") != std::string::npos);
  SUBCASE("and where there are several parts, of which") {
    Cohort late;
    late.id = "late";
    late.certificates.count = 3;
    incident.cohorts.push_back(late);
    incident.certificate_set.count = 5;
    const auto all = lacks();
    CHECK(std::count(all.begin(), all.end(), "'Expired of Case 00572387'") == 1);
    CHECK(std::count(all.begin(), all.end(), "'Expected completion of Cohort late'") == 1);
  }
}

TEST_CASE("an audit incident report") {
  Incident incident = sample::complete();
  Diagnostics diagnostics;
  const auto report = [&](std::string id) {
    return rendered(incident, {FormKind::audit, std::move(id), day("2024-06-01T00:00:00Z"), false}, diagnostics);
  };
  for (const std::string_view id : {"1.0", "2.0"})
    CHECK(report(std::string(id))->bug_title == "Example CA: Findings in 2025 Audit");
  CHECK(codes(diagnostics).empty());
  for (const std::string_view id : {"MOZ-WIKI", "3.0", "3.2"}) CHECK_FALSE(report(std::string(id)));
  CHECK(codes(diagnostics) == std::vector<std::string>(3, "no-form"));
  CHECK(mentions(diagnostics, "these have one: 2.0, 1.0"));
  const auto shown = bugzilla::show(report("2.0")->parts[0]);
  CHECK(headings(shown) == std::vector<std::string>{"Audit Incident Report", "Finding #1", "Root Cause Analysis", "Action Items",
                                                    "Finding #2", "Root Cause Analysis", "Action Items"});
  CHECK(cells(shown, "th") == std::vector<std::string>{"Action Item", "Kind", "Due Date", "Action Item", "Kind", "Due Date"});
  std::vector<std::string> labels;
  const auto issues = bugzilla::show(report("1.0")->parts[0]);
  for (const bugzilla::Html* each : issues.all({"strong"})) labels.push_back(each->content());
  CHECK(labels == std::vector<std::string>{
                      "Issue #1", "Issue Description:", "Root Cause of Issue:", "Remediation Plan for this Issue:", "Issue #2",
                      "Issue Description:", "Root Cause of Issue:", "Remediation Plan for this Issue:"});
  SUBCASE("its year is that in which the audit period surely ended") {
    for (Event& event : incident.events)
      if (event.kind == EventKind::audit_period_ended) event.tellings[0].at = at("2025-12-31T22:00Z..2026-01-01T02:00Z");
    CHECK(report("2.0")->bug_title == "Example CA: Findings in (to be written: an event of the kind audit-period-ended) Audit");
    CHECK(mentions(diagnostics, "an event of the kind audit-period-ended"));
  }
  SUBCASE("a finding without a remedy, and what a remedy lacks, is diagnosed") {
    incident.report.findings[1].action_items.clear();
    incident.action_items[0].status.clear();
    incident.action_items[0].due.reset();
    const std::string text = report("1.0")->parts[0];
    CHECK(text.find("(to be written: what will keep this from happening again)") != std::string::npos);
    CHECK(text.find("24 hours \xE2\x80\x93 (to be written: Ongoing, Complete, Delayed or Canceled), (to be written: by when)") !=
          std::string::npos);
    CHECK(mentions(diagnostics, "write 'status'"));
    CHECK(mentions(diagnostics, "write 'due'"));
  }
}

TEST_CASE("an edition that was superseded too long ago draws a warning") {
  const auto warned = [](FormKind kind, std::string id, std::string_view date) {
    Diagnostics diagnostics;
    REQUIRE(rendered(sample::complete(), {kind, std::move(id), day(date), false}, diagnostics));
    const auto all = codes(diagnostics);
    return std::count(all.begin(), all.end(), "superseded-template") == 1;
  };
  CHECK_FALSE(warned(FormKind::full, "3.1", "2026-04-19T23:59:59Z"));
  CHECK(warned(FormKind::full, "3.1", "2026-04-20T00:00:00Z"));
  CHECK(warned(FormKind::full, "3.0", "2026-04-20T00:00:00Z"));
  CHECK_FALSE(warned(FormKind::full, "3.2", "2026-04-20T00:00:00Z"));
  CHECK_FALSE(warned(FormKind::full, "2.0", "2025-07-14T23:59:59Z"));
  CHECK(warned(FormKind::full, "2.0", "2025-07-15T00:00:00Z"));
  CHECK_FALSE(warned(FormKind::update, "3.0", "2026-04-20T00:00:00Z"));
}

TEST_CASE("the form of 3.x") {
  const auto shown = bugzilla::show(whole(sample::complete(), {FormKind::full, "3.2", {}, false}));
  CHECK(headings(shown) == std::vector<std::string>{"Full Incident Report", "Summary", "Impact", "Timeline", "Related Incidents",
                                                    "Root Cause Analysis", "Lessons Learned", "Action Items", "Appendix"});
  const auto head = cells(shown, "th");
  CHECK(head == std::vector<std::string>{"Time (UTC)", "Event", "Bug", "Date", "Description", "Action Item", "Kind",
                                         "Corresponding Root Cause(s)", "Evaluation Criteria", "Due Date", "Status"});
  std::vector<std::string> labels;
  for (const bugzilla::Html* each : shown.all({"strong"})) labels.push_back(each->content());
  CHECK(labels == std::vector<std::string>{"CA Owner CCADB unique ID:",
                                           "Incident description:",
                                           "Timeline summary:",
                                           "Non-compliance start date:",
                                           "Non-compliance identified date:",
                                           "Non-compliance end date:",
                                           "Relevant policies:",
                                           "Source of incident disclosure:",
                                           "Total number of certificates:",
                                           "Total number of \"remaining valid\" certificates:",
                                           "Affected certificate types:",
                                           "Incident heuristic:",
                                           "Was issuance stopped in response to this incident, and why or why not?:",
                                           "Analysis:",
                                           "Additional considerations:",
                                           "Contributing Factor 1: Mail *gateway*",
                                           "Description:",
                                           "Timeline:",
                                           "Detection:",
                                           "Interaction with other factors:",
                                           "Root Cause Analysis methodology used:",
                                           "Contributing Factor 2: No alert",
                                           "Description:",
                                           "Timeline:",
                                           "Detection:",
                                           "Interaction with other factors:",
                                           "Root Cause Analysis methodology used:",
                                           "What went well:",
                                           "What didn’t go well:",
                                           "Where we got lucky:",
                                           "Additional:"});
}

TEST_CASE("what is derived") {
  const std::string text = whole(sample::complete());
  const auto has = [&](std::string_view line) { return text.find(line) != std::string::npos; };
  CHECK(has("- **Total number of certificates:** 2\n"));
  CHECK(has("   - **Non-compliance start date:** 2026-05-05 08:10 UTC\n"));
  CHECK(has("   - **Non-compliance identified date:** 2026-05-06 09:00 UTC\n"));
  CHECK(has("   - **Non-compliance end date:** 2026-05-06 11:30:15 UTC\n"));
  CHECK(has("- **Source of incident disclosure:** Third Party Reported\n"));
  CHECK(
      has("\n| 2026-03 | The mail gateway was replaced. |\n| 2026-05-04 08:10 | Case 00572387: The CA received a Certificate "
          "Problem Report |\n"));
  CHECK(has("| 2026-05-06 09:15…11:05 | The CA investigated |"));
  CHECK(has("| 2026-05-07 | A process changed |"));
  CHECK(
      has("(to the reporter and the Subscriber; withdraws the entry of 2026-05-06 11:28; "
          "accounts differ: the CA says this, the reporter says 2026-05-06 12:10:03 UTC)"));
  CHECK(has("Key not compromised. (withdrawn later)"));
  CHECK(has("(1 of 2)"));
  CHECK(has("| 2026-05-09 | Case 00572387: Expected completion of revocation |"));
  CHECK(has("| Complete |"));
  CHECK(has("| [1619359](https://bugzilla.mozilla.org/show_bug.cgi?id=1619359)"));
}

TEST_CASE("precision and doubt are shown") {
  Incident incident = sample::bare();
  Event& forked = add(incident, EventKind::finding, "2026-05-04T19:15Z");
  forked.tellings[0].at.stamp.alternatives = {{at("2026-05-03T19:15Z").stamp.moment, "the weekday is right"}};
  forked.tellings[0].at.stamp.assumptions = {{AssumptionKind::unknown_zone, "no zone"}};
  add(incident, EventKind::detected, "..2026-05-01");
  add(incident, EventKind::non_compliance_ended, "2026-06-01");
  Event& late = add(incident, EventKind::revocation, "2026-05-05");
  late.tellings[0].at = {};
  late.tellings[0].at.relative = Relative{0, none, Limit::days(1), Limit::days(2), Unit::day};
  Account reporter;
  reporter.kind = AccountKind::reporter;
  incident.accounts.push_back(reporter);
  Event& denied = add(incident, EventKind::holding_reply, "2026-05-02T10:00Z");
  denied.tellings.push_back(denied.tellings[0]);
  denied.tellings[1].account = 1;
  denied.tellings[1].denied = true;
  Event& never = add(incident, EventKind::case_closed, "2026-05-02T10:00Z");
  never.tellings[0].denied = true;
  Event& theirs = add(incident, EventKind::problem_report_sent, "2026-05-02T09:00:01Z");
  theirs.tellings[0].account = 1;
  const std::string text = whole(incident);
  const auto has = [&](std::string_view part) { return text.find(part) != std::string::npos; };
  CHECK(has("(time zone not stated; or 2026-05-03 19:15 UTC if the weekday is right)"));
  CHECK(has("| not after 2026-05-01 |"));
  CHECK(has("**Non-compliance end date:** 2026-06-01 UTC (expected)"));
  CHECK(has("the reporter says that it did not happen"));
  CHECK(has("(as told by the reporter)"));
  CHECK_FALSE(has("The CA closed the case"));
}

TEST_CASE("nobody is named without consent") {
  Incident incident = sample::complete();
  incident.report.summary = "Thanks to **Robin\nEXAMPLE** and Robin Examples.";
  incident.action_items[0].text = "Call Robin\xE2\x80\xAE Example back";
  incident.title = "Robin Example's report";
  Diagnostics diagnostics;
  const auto report = rendered(incident, {}, diagnostics);
  REQUIRE(report);
  CHECK(report->parts[0].find("Thanks to **the reporter** and Robin Examples.") != std::string::npos);
  CHECK(report->parts[0].find("Call the reporter back") != std::string::npos);
  CHECK(report->parts[0].find("A reminder of the reporter reached") != std::string::npos);
  CHECK(report->bug_title == "Example CA: the reporter's report");
  CHECK(mentions(diagnostics, "has not agreed to be named"));
  SUBCASE("and with it by name") {
    incident.accounts[1].consent = true;
    const std::string text = whole(incident);
    CHECK(text.find("**Robin EXAMPLE**") != std::string::npos);
    CHECK(text.find("Robin Example says 2026-05-06 12:10:03 UTC") != std::string::npos);
    CHECK(text.find("the reporter says") == std::string::npos);
  }
}

TEST_CASE("internal events never appear, nor does anything that follows from them") {
  Incident incident = sample::complete();
  for (Event& event : incident.events)
    if (event.kind == EventKind::made_aware || event.kind == EventKind::action_item_completed) event.internal = true;
  const std::string text = whole(incident);
  CHECK(text.find("Legal says") == std::string::npos);
  CHECK(text.find("2026-05-06 09:00") == std::string::npos);
  CHECK(text.find("an event of the kind detected or made-aware or audit-finding-known") != std::string::npos);
  CHECK(text.find("| Complete |") == std::string::npos);
}

TEST_CASE("what is withdrawn is told as it is judged") {
  Incident incident = sample::bare();
  Account reporter;
  reporter.kind = AccountKind::reporter;
  incident.accounts.push_back(reporter);
  add(incident, EventKind::revocation, "2026-05-06T08:00Z", "R");
  const auto correct = [&](std::string_view stamp, int what) -> Event& {
    Event& event = add(incident, EventKind::correction, stamp, "C");
    event.withdraws = what;
    return event;
  };
  const auto has = [&](std::string_view entry) { return whole(incident).find(entry) != std::string::npos; };
  Event& first = correct("2026-05-07T01:00Z", 0);
  CHECK(has("| 2026-05-06 08:00 | R (withdrawn later) |"));
  CHECK(has("| 2026-05-07 01:00 | C (withdraws the entry of 2026-05-06 08:00) |"));
  SUBCASE("a correction of a correction of a correction") {
    correct("2026-05-07T02:00Z", 1);
    CHECK(has("| R |"));
    CHECK(has("| C (withdrawn later; withdraws the entry of 2026-05-06 08:00) |"));
    correct("2026-05-07T03:00Z", 2);
    CHECK(has("| R (withdrawn later) |"));
    CHECK(has("| C (withdraws the entry of 2026-05-06 08:00) |"));
    CHECK(has("| C (withdrawn later; withdraws the entry of 2026-05-07 01:00) |"));
  }
  SUBCASE("what may be no correction leaves it open") {
    first.unsure = "perhaps";
    CHECK(has("| R (perhaps withdrawn later) |"));
    correct("2026-05-07T04:00Z", 0);
    CHECK(has("| R (withdrawn later) |"));
  }
  SUBCASE("nor can corrections that go round in circles") {
    correct("2026-05-07T02:00Z", 1);
    incident.events[1].withdraws = 2;
    CHECK(has("| R |"));
    CHECK(has("| C (perhaps withdrawn later; withdraws the entry of 2026-05-07 02:00) |"));
  }
  SUBCASE("what is to come has withdrawn nothing") {
    first.tellings[0].at = at("2026-05-08T16:01Z");
    CHECK(has("| R |"));
    CHECK(has("| C (withdraws the entry of 2026-05-06 08:00; expected) |"));
    first.tellings[0].at = at("2026-05-08T16:00Z");
    CHECK(has("| R (withdrawn later) |"));
  }
  SUBCASE("what never arrived, too") {
    first.tellings[0].delivery = Delivery::bounced;
    CHECK(has("| R |"));
  }
  SUBCASE("nobody takes back what another tells") {
    first.tellings[0].account = 1;
    CHECK(has("| R (perhaps withdrawn later) |"));
    // The order of tellings means nothing.
    sample::tell(first, 0, "2026-05-07T01:00Z");
    CHECK(has("| R (withdrawn later) |"));
  }
  SUBCASE("what is internal withdraws nothing that a reader could see") {
    correct("2026-05-07T02:00Z", 1).internal = true;
    CHECK(has("| R (withdrawn later) |"));
    incident.events[1].internal = true;
    CHECK(has("| R |"));
  }
}

TEST_CASE("an embargoed incident has no report unless it is asked for") {
  Incident incident = sample::complete();
  incident.embargoed = true;
  Diagnostics diagnostics;
  CHECK_FALSE(rendered(incident, {}, diagnostics));
  CHECK(codes(diagnostics) == std::vector<std::string>{"embargoed"});
  CHECK(diagnostics.has_errors());
  Diagnostics none_now;
  CHECK(rendered(incident, {FormKind::full, {}, {}, true}, none_now));
}

TEST_CASE("what is missing is diagnosed, with the field to write") {
  Diagnostics diagnostics;
  Incident incident = sample::bare();
  incident.certificates = CertificateUse::tls;
  incident.revocation_delay = true;
  REQUIRE(rendered(incident, {}, diagnostics));
  CHECK_FALSE(diagnostics.has_errors());
  for (const std::string& code : codes(diagnostics)) CHECK((code == "missing-field" || code == "missing-entry"));
  for (const std::string_view help :
       {"'ccadb-id' under 'incident.ca'", "'summary' under 'report'", "'relevant-policies' under 'report'",
        "'disclosure' under 'incident'", "'remaining-valid' under 'report.certificates'",
        "'stopped' under 'report.issuance-stopped'", "'delay-analysis' under 'report'", "'related-incidents' under 'report'",
        "'contributing-factors' under 'report'", "'went-well' under 'report.lessons'", "'action-items'",
        "an event of the kind non-compliance-began"})
    CHECK_MESSAGE(mentions(diagnostics, help), help);
  SUBCASE("a complete incident lacks nothing") {
    Diagnostics none_now;
    REQUIRE(rendered(sample::complete(), {}, none_now));
    CHECK(codes(none_now) == std::vector<std::string>{"name-without-consent"});
  }
  SUBCASE("closure is not claimed while an action item is open") {
    Diagnostics closure;
    const auto report = rendered(sample::complete(), {FormKind::closure, {}, {}, false}, closure);
    REQUIRE(report);
    CHECK(report->parts[0].find("have been completed") == std::string::npos);
    CHECK(mentions(closure, "once every action item is complete"));
    Incident done = sample::complete();
    done.action_items[0].status = "Complete";
    CHECK(whole(done, {FormKind::closure, {}, {}, false})
              .find("\n\nAll Action Items disclosed in this report have been completed as described, and we request its "
                    "closure.\n") != std::string::npos);
  }
}

TEST_CASE("what the guidelines expect in a timeline and nothing tells is diagnosed, under its condition") {
  const auto lacks = [](const Incident& incident, std::string_view what, FormKind kind = FormKind::full) {
    Diagnostics diagnostics;
    REQUIRE(rendered(incident, {kind, "3.2", {}, false}, diagnostics));
    CHECK_FALSE(diagnostics.has_errors());
    return std::count_if(diagnostics.all().begin(), diagnostics.all().end(), [&](const Diagnostic& each) {
      return each.code == "missing-entry" && each.message.find(what) != std::string::npos;
    });
  };
  Incident incident = sample::complete();
  const auto without = [&](EventKind kind) {
    Incident result = incident;
    for (Event& event : result.events)
      if (event.kind == kind) event.kind = EventKind::other;
    return result;
  };
  CHECK(lacks(incident, "") == 0);
  CHECK(lacks(sample::bare(), "scope and impact were concluded") == 1);
  CHECK(lacks(sample::bare(), "scope", FormKind::preliminary) == 0);
  CHECK(lacks(without(EventKind::scope_concluded), "'Timeline' of the report should tell when scope and impact") == 1);
  Incident changed = without(EventKind::software_change);
  for (Event& event : changed.events)
    if (event.kind == EventKind::process_change) event.kind = EventKind::other;
  CHECK(lacks(changed, "the changes of policies") == 1);
  SUBCASE("what a field lacks is not told twice") {
    CHECK(lacks(without(EventKind::non_compliance_began), "when the incident began") == 0);
  }
  SUBCASE("of a problem report, when there was one") {
    CHECK(lacks(sample::bare(), "Certificate Problem Report") == 0);
    CHECK(lacks(without(EventKind::problem_report_received), "Certificate Problem Report was received") == 1);
    for (Event& event : incident.events) event.to.clear();
    CHECK(lacks(incident, "its filer got the preliminary findings") == 1);
    CHECK(lacks(incident, "affected Subscribers got the preliminary findings") == 1);
    incident.cases[0].anonymous_reporter = true;
    CHECK(lacks(incident, "its filer") == 0);
    for (Event& event : incident.events) event.to = {Addressee::reporter};
    CHECK(lacks(incident, "affected Subscribers") == 1);
    incident.cases[0].subscriber_is_reporter = true;
    CHECK(lacks(incident, "affected Subscribers") == 0);
  }
  SUBCASE("of issuance, when the report says that it was stopped") {
    CHECK(lacks(incident, "issuance ceased") == 0);
    incident.report.issuance_stopped = true;
    CHECK(lacks(incident, "issuance ceased") == 1);
    add(incident, EventKind::issuance_stopped, "2026-05-06T10:00Z");
    CHECK(lacks(incident, "issuance ceased") == 0);
  }
  SUBCASE("of a revocation, when it is delayed") {
    incident.revocation_delay = true;
    CHECK(lacks(without(EventKind::revocation_planned), "the expected completion of revocation") == 1);
    CHECK(lacks(without(EventKind::revocation_planned), "the actual completion of revocation") == 0);
    CHECK(lacks(incident, "the expected completion of revocation") == 0);
    CHECK(lacks(incident, "the actual completion of revocation") == 0);
    CHECK(lacks(incident, "'Action Items' of the report should tell steps to prevent or reduce delays") == 1);
    for (Event& event : incident.events)
      if (event.planned) event.planned = at("2026-05-07");
    CHECK(lacks(incident, "the actual completion of revocation") == 1);
    add(incident, EventKind::revocation, "2026-05-08T10:00Z").in_case = 0;
    CHECK(lacks(incident, "the actual completion of revocation") == 0);
    incident.action_items[0].text = "Let subscribers rehearse mass-Revocation every year";
    CHECK(lacks(incident, "steps to prevent or reduce delays") == 0);
    incident.action_items[0].text = "irrevocable";
    CHECK(lacks(incident, "steps to prevent or reduce delays") == 1);
  }
}

TEST_CASE("the bug's title") {
  const auto title = [](std::string text) {
    Incident incident = sample::bare();
    incident.title = std::move(text);
    Diagnostics diagnostics;
    const std::string result = rendered(incident, {}, diagnostics)->bug_title;
    CHECK(mentions(diagnostics, "title has") == (text::code_points(result) > 255));
    return result;
  };
  CHECK(title("Late report") == "Example CA: Late report");
  CHECK(title("Example CA: Late\nreport\x07") == "Example CA: Late report");
  CHECK(title("example ca: late") == "example ca: late");
  CHECK(text::code_points(title(std::string(243, 'x'))) == 255);
  CHECK(text::code_points(title(std::string(244, 'x'))) == 256);
}

TEST_CASE("a report that is too long for a comment is divided") {
  Incident incident = sample::complete();
  for (int i = 0; i < 2'000; ++i)
    add(incident, EventKind::other, "2026-05-07T12:00Z", "Event " + std::to_string(i) + " " + std::string(40, 'x'));
  incident.report.certificate_data = "```\n";
  for (int i = 0; i < 1'500; ++i)
    incident.report.certificate_data += "log line " + std::to_string(i) + " " + std::string(40, 'y') + "\n";
  Diagnostics diagnostics;
  const auto report = rendered(incident, {}, diagnostics);
  REQUIRE(report);
  REQUIRE(report->parts.size() >= 4);
  std::size_t events = 0, lines = 0;
  for (std::size_t i = 0; i < report->parts.size(); ++i) {
    const std::string& part = report->parts[i];
    CHECK(part.starts_with("Part " + std::to_string(i + 1) + " of " + std::to_string(report->parts.size()) + "\n\n"));
    CHECK(text::code_points(part) <= markdown::comment_limit - markdown::comment_reserve + 50);
    const auto shown = bugzilla::show(part);
    for (const std::string& each : cells(shown, "td")) events += each.starts_with("Event ") ? 1 : 0;
    for (const std::string& each : cells(shown, "pre"))
      lines += static_cast<std::size_t>(std::count(each.begin(), each.end(), '\n'));
  }
  CHECK(events == 2'000);
  CHECK(lines >= 1'500);
  REQUIRE(report->notes.size() >= 2);
  CHECK(report->notes[0].find("parts in their order") != std::string::npos);
  CHECK(report->notes[1].find("press Cancel") != std::string::npos);
}

TEST_CASE("a very large incident takes little time") {
  Incident incident = sample::complete();
  for (int i = 0; i < 20'000; ++i) {
    Event& event = add(incident, EventKind::other, "2026-05-07T12:00Z", "x");
    event.withdraws = static_cast<int>(incident.events.size()) - 2;
    incident.action_items.push_back(incident.action_items.front());
    incident.action_items.back().status.clear();
    add(incident, EventKind::action_item_completed, "2026-05-07T13:00Z").action_item =
        static_cast<int>(incident.action_items.size()) - 1;
  }
  Diagnostics diagnostics;
  CHECK(rendered(incident, {}, diagnostics));
}

TEST_CASE("notes say how to post") {
  Incident incident = sample::complete();
  incident.certificate_set.list_file = "lists/affected.csv";
  incident.report.certificate_data.clear();
  Diagnostics diagnostics;
  const auto full = rendered(incident, {}, diagnostics);
  CHECK(full->parts[0].find("Attached: affected.csv") != std::string::npos);
  CHECK(std::find(full->notes.begin(), full->notes.end(), "Attach affected.csv to the bug.") != full->notes.end());
  const auto note = [&](std::string id) {
    const auto report = rendered(incident, {FormKind::closure, std::move(id), {}, false}, diagnostics);
    return std::any_of(report->notes.begin(), report->notes.end(),
                       [](const std::string& each) { return each.find("incident-reporting@ccadb.org") != std::string::npos; });
  };
  CHECK_FALSE(note("3.0"));
  CHECK(note("3.1"));
  CHECK(note("3.2"));
}

TEST_CASE("what lists count is told as theirs") {
  Incident incident = sample::complete();
  incident.certificate_set = {};
  incident.cases[0].certificates = {};
  incident.cases[0].certificates.list_file = "lists/affected.csv";
  incident.report.total_certificates.reset();
  incident.report.remaining_valid.reset();
  ListedCertificates listed;
  listed.all.total = 12;
  listed.remaining_valid = 3;
  listed.by_deadline = {"Case 1: to be revoked by then"};
  ReportRequest request;
  request.listed = &listed;
  const std::string text = whole(incident, request);
  CHECK(text.find("certificates:** 12 (counted from affected.csv, as of 2026-05-08 16:00:00 UTC)\n") != std::string::npos);
  CHECK(text.find("certificates:** 3 (counted from affected.csv, as of 2026-05-08 16:00:00 UTC)\n") != std::string::npos);
  CHECK(text.find("\n\n- Case 1: to be revoked by then") != std::string::npos);
  incident.report.total_certificates = 13;
  incident.report.remaining_valid = 4;
  const std::string told = whole(incident, request);
  CHECK(told.find("certificates:** 13\n") != std::string::npos);
  CHECK(told.find("certificates:** 4\n") != std::string::npos);
  CHECK(told.find("(counted from") == std::string::npos);
  request.attachment = "appendix.csv";
  incident.report.certificate_data.clear();
  CHECK(whole(incident, request).find("Attached: appendix.csv\n") != std::string::npos);
}

TEST_CASE("nothing that names a list breaks out of a report") {
  hostile::Source source(11);
  for (int i = 0; i < 200; ++i) {
    Incident incident = sample::complete();
    incident.report.total_certificates.reset();
    incident.certificate_set = {};
    incident.cases[0].certificates.list_file = "x" + source.text(6);
    ListedCertificates listed;
    listed.all.total = 12;
    listed.by_deadline = {"x " + source.text(10), "y " + source.text(10)};
    for (const FormKind kind : {FormKind::full, FormKind::revocation_progress}) {
      ReportRequest request;
      request.kind = kind;
      request.listed = &listed;
      request.attachment = "z" + source.text(6);
      const std::string markdown = whole(incident, request);
      CAPTURE(markdown);
      const auto shown = bugzilla::show(markdown);
      CHECK(shown.all({"img", "script", "b"}).empty());
      const auto items = cells(shown, "li");
      for (const std::string& each : listed.by_deadline) {
        const std::string wanted = markdown::one_line(each);
        CHECK_MESSAGE(std::find(items.begin(), items.end(), wanted) != items.end(), wanted);
      }
    }
  }
}

TEST_CASE("a hostile incident") {
  hostile::Source source(7);
  const auto plain_headings = [](const bugzilla::Html& html) {
    std::vector<std::string> result;
    for (const bugzilla::Html* each : html.all({"h1", "h2", "h3"})) result.push_back(each->content());
    return result;
  };
  const auto shape = [&](const Incident& incident, FormKind kind, std::string_view id) {
    const auto shown = bugzilla::show(whole(incident, {kind, std::string(id), {}, false}));
    CHECK(shown.all({"img", "script", "b"}).empty());
    return joined(plain_headings(shown));
  };
  constexpr std::pair<FormKind, std::string_view> other_forms[] = {
      {FormKind::audit, "2.0"},       {FormKind::audit, "1.0"},
      {FormKind::update, "3.2"},      {FormKind::revocation_progress, "3.2"},
      {FormKind::preliminary, "3.2"}, {FormKind::closure, "3.2"}};
  std::vector<std::string> usual;
  for (const auto& [kind, id] : other_forms) usual.push_back(shape(sample::complete(), kind, id));
  for (int i = 0; i < 400; ++i) {
    Incident incident = sample::complete();
    std::vector<std::string> texts;
    const auto text = [&] { return texts.emplace_back("x " + source.text(10)); };
    incident.title = source.text(10);
    incident.ca_name = source.text(3);
    incident.ccadb_id = source.text(5);
    incident.cases[0].id = source.text(3);
    for (Event& event : incident.events) event.text = event.internal ? "secret" : text();
    for (ActionItem& item : incident.action_items) {
      item.text = text();
      item.kind = text();
      item.status = text();
      item.evaluation_criteria = text();
      item.root_causes = {source.text(3), source.text(3)};
    }
    incident.report.related = {{1, text(), text()}};
    incident.report.factors[0].title = source.text(8);
    for (std::string* prose : {&incident.report.summary, &incident.report.heuristic, &incident.report.delay_analysis,
                               &incident.report.certificate_data, &incident.report.factors[0].description,
                               &incident.report.factors[1].timeline, &incident.report.issuance_explanation})
      *prose = source.text(20);
    incident.report.went_well = {source.text(20), source.text(20)};
    incident.report.findings[0].description = source.text(20);
    incident.report.findings[1].root_cause = source.text(20);
    incident.questions[1].text = source.text(10);
    for (std::size_t form = 0; form < usual.size(); ++form)
      CHECK(shape(incident, other_forms[form].first, other_forms[form].second) == usual[form]);
    for (const std::string_view id : {"3.2", "2.0", "1.0"}) {
      const std::string markdown = whole(incident, {FormKind::full, std::string(id), {}, false});
      CAPTURE(markdown);
      const auto shown = bugzilla::show(markdown);
      CHECK(joined(plain_headings(shown)) ==
            joined(plain_headings(bugzilla::show(whole(sample::complete(), {FormKind::full, std::string(id), {}, false})))));
      CHECK(shown.all({"img", "script", "b"}).empty());
      CHECK(markdown.find("secret") == std::string::npos);
      if (id == "2.0") continue;
      const auto all = cells(shown, "td");
      for (const std::string& each : texts) {
        const std::string wanted = markdown::one_line(each);
        const bool is_timeline = std::any_of(all.begin(), all.end(), [&](const std::string& cell) {
          return cell == wanted || cell.find(wanted) != std::string::npos;
        });
        const bool is_shown = id == "3.2" || std::any_of(incident.events.begin(), incident.events.end(),
                                                         [&](const Event& event) { return event.text == each; });
        CHECK_MESSAGE((is_timeline || !is_shown), wanted);
      }
    }
  }
}
