// Where several documents ask for one thing, the strictest of their deadlines governs.
#include "support.hpp"

#include <cita/policy/pack_file.hpp>

using namespace cita;
using namespace cita::testing;

namespace {

// A program that wants answers after three days, at a level of the test's choice.
std::unique_ptr<PackFile> stricter(const std::string& level, const std::string& more = "") {
  Diagnostics diagnostics;
  auto pack = read_pack(std::make_shared<const Source>("strict.yaml", R"(pack: strict
title: A stricter program
short-title: Strict
checked: {until: 2026-12-31}
)" + more + R"(duties:
  - id: answer-within-3-days
    title: Answer within 3 days
    pattern: respond
    per: question
    trigger: {events: question-asked}
    discharge: {events: question-answered}
    editions: [{from: 2026-01-01, section: "1", level: )" + level + ", limit: P3D}]\n"),
                        diagnostics);
  REQUIRE(pack != nullptr);
  return pack;
}

// The duties that govern, for one question.
std::string governing(const Pack* beside, const std::string& answered = "") {
  Catalog packs = Catalog::built_in();
  if (beside != nullptr) packs.add(*beside);
  const JudgedFile file = judged(incident_of(tls("questions:\n  - {id: q, asked: 2026-05-04T08:00:00Z" + answered + "}\n")),
                                 instant("2026-05-05T00:00:00Z"), {}, packs);
  std::string all;
  for (const Judgement& each : file.assessment.judgements)
    if (each.governing) all += std::string(each.duty->id) + ";";
  return all;
}

}  // namespace

TEST_CASE("a single deadline to answer governs nothing") { CHECK(governing(nullptr) == ""); }

TEST_CASE("of two deadlines to answer the earlier one governs, if it is a MUST or a must") {
  CHECK(governing(&stricter("must")->pack) == "strict.answer-within-3-days;");
  CHECK(governing(&stricter("lc_must")->pack) == "strict.answer-within-3-days;");
  CHECK(governing(&stricter("should")->pack) == "");
}

TEST_CASE("a draft governs nothing") { CHECK(governing(&stricter("must", "draft: true\n")->pack) == ""); }
