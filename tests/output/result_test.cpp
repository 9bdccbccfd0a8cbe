// Results that somebody else than `cita check` brings, in every form for machines.
#include <doctest/doctest.h>

#include <cita/output/baseline.hpp>
#include <cita/output/renderer.hpp>

#include <string>

using namespace cita;

namespace {

bool has(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

// A report of two lines that lacks a heading, as something that checks reports would bring it.
struct Lint {
  Source source{"report.md", "# Sümmary\nNothing happened.\n"};
  RuleSet rules{{{"report.heading",
                  "A report has the headings of its template",
                  "Each heading of the template stands once.",
                  "report",
                  {},
                  {},
                  ResultLevel::must},
                 {"report.link", "Links lead somewhere", {}, "report", {}, {}, ResultLevel::advisory}}};
  std::vector<std::string> files{"report.md"};
  std::vector<Result> results;
  RunInfo run;

  Lint() {
    Result result;
    result.rule = rules.find("report.heading");
    result.code = "unknown";
    result.kind = ResultKind::fail;
    result.message = "there is no heading 'Sümmary' in the template";
    result.span = {&source, 2, 10};
    result.fingerprint = fingerprint_of({"report.heading", "Sümmary"});
    result.fix = Fix{"write 'Summary'", {{{&source, 2, 10}, "Summary"}}};
    results.push_back(result);
    result.rule = rules.find("report.link");
    result.kind = ResultKind::pass;
    results.push_back(result);
    run.rules = &rules;
    run.files = &files;
  }

  std::string shown(std::string_view form) const {
    FileReport report;
    report.file = "report.md";
    report.results = &results;
    Outcome outcome;
    outcome.files = 1;
    for (const Result& each : results) outcome.tally.add(each);
    const auto renderer = make_renderer(form, {});
    std::string text = renderer->begin(run);
    text += renderer->in_turn(renderer->file(run, report));
    return text + renderer->end(run, outcome);
  }
};

}  // namespace

TEST_CASE("results of others go into every form for machines") {
  const Lint lint;
  CHECK(has(lint.shown("sarif"), R"("ruleId":"report.heading/unknown","ruleIndex":0,"kind":"fail","level":"error")"));
  CHECK(has(lint.shown("sarif"), R"("region":{"startLine":1,"startColumn":3,"endLine":1,"endColumn":10})"));
  CHECK(has(lint.shown("junit"), R"(<failure message="there is no heading &apos;Sümmary&apos; in the template" type="must">)"));
  CHECK(has(lint.shown("github"), "::error file=report.md,line=1,endLine=1,col=3,endColumn=9,title=report.heading/unknown::"));
  CHECK(has(lint.shown("github"), "cita: 1 file: 1 MUST breached, 1 met"));
  CHECK(has(lint.shown("gitlab"), R"("check_name":"report.heading/unknown")"));
  CHECK(has(lint.shown("markdown"), "| **must** | there is no heading"));
  CHECK(has(lint.shown("text"), "report.md: 1 MUST breached, 1 met\n\nerror[report.heading/unknown]: there is no heading"));
  CHECK(has(lint.shown("text"), "instead: write 'Summary'"));
  CHECK_FALSE(has(lint.shown("text"), "report.link"));
  CHECK(has(lint.shown("json"), "\"rule\": \"report.heading/unknown\""));
  CHECK(has(lint.shown("baseline"), "\"rule\":\"report.heading/unknown\""));
}

TEST_CASE("a fix says what to write where") {
  const Lint lint;
  CHECK(has(
      lint.shown("sarif"),
      R"("fixes":[{"description":{"text":"write 'Summary'"},"artifactChanges":[{"artifactLocation":{"uri":"report.md","index":0},)"
      R"("replacements":[{"deletedRegion":{"startLine":1,"startColumn":3,"endLine":1,"endColumn":10},"insertedContent":{"text":"Summary"}}]}]}])"));
}

TEST_CASE("a result that the baseline holds is known, and one that became worse is not") {
  Lint lint;
  std::string problem;
  const auto baseline = Baseline::read(lint.shown("baseline"), problem);
  REQUIRE(baseline);
  CHECK(mark_known(lint.results, *baseline) == std::vector<std::size_t>{0});
  CHECK(lint.results[0].known);
  CHECK_FALSE(lint.results[1].known);
  CHECK(has(lint.shown("junit"), "<skipped message=\"known from the baseline\"/>"));
  Tally tally;
  tally.add(lint.results[0]);
  CHECK(tally.known == 1);
  CHECK_FALSE(tally.fails(FailOn::undetermined));

  lint.results[0].level = ResultLevel::should;
  const auto weaker = Baseline::read(lint.shown("baseline"), problem);
  REQUIRE(weaker);
  lint.results[0].level = ResultLevel::must;
  // Known ones are written again, so that a baseline can be renewed by a run that is held against it.
  CHECK(weaker->entries().size() == 1);
  CHECK(mark_known(lint.results, *weaker).empty());
}

TEST_CASE("fingerprints") {
  CHECK(fingerprint_of({"a", "bc"}) != fingerprint_of({"ab", "c"}));
  CHECK(fingerprint_of({}) == "cbf29ce484222325");
  CHECK(fingerprint_of({"a"}).size() == 16);
  Lint lint;
  lint.results.resize(1);
  lint.results.push_back(lint.results[0]);
  lint.results.push_back(lint.results[0]);
  make_unique(lint.results);
  CHECK(lint.results[0].fingerprint == fingerprint_of({"report.heading", "Sümmary"}));
  CHECK(lint.results[1].fingerprint != lint.results[0].fingerprint);
  CHECK(lint.results[2].fingerprint != lint.results[1].fingerprint);
}

TEST_CASE("names are read as they are written") {
  for (const ResultKind kind :
       {ResultKind::fail, ResultKind::open, ResultKind::review, ResultKind::pass, ResultKind::not_applicable})
    CHECK(result_kind(name(kind)) == kind);
  for (const ResultLevel level : {ResultLevel::must, ResultLevel::expected, ResultLevel::should, ResultLevel::advisory})
    CHECK(result_level(name(level)) == level);
  CHECK_FALSE(result_kind("passed"));
}
