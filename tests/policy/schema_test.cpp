// schemas/pack.schema.json tells editors what the reader accepts: the same words and the same keys.
#include "support.hpp"

#include <cita/policy/pack_file.hpp>

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include <regex>
#include <set>

using namespace cita;
using namespace cita::testing;
using nlohmann::json;

namespace {

const json& schema() {
  static const json parsed = json::parse(content_of("schemas/pack.schema.json"));
  return parsed;
}

std::vector<std::string> words_of(const json& node) { return node.at("enum").get<std::vector<std::string>>(); }
std::vector<std::string> words_of(std::span<const std::string_view> all) {
  std::vector<std::string> words;
  for (const std::string_view each : all)
    if (each.front() != '(') words.emplace_back(each);
  return words;
}

void collect_keys(const json& node, std::set<std::string>& keys) {
  if (node.is_object() && node.contains("properties"))
    for (const auto& [key, value] : node.at("properties").items()) keys.insert(key);
  for (const auto& each : node)
    if (each.is_structured()) collect_keys(each, keys);
}

}  // namespace

TEST_CASE("the schema offers the words that the reader knows") {
  const json& definitions = schema().at("definitions");
  CHECK(words_of(definitions.at("event-kind")) == words_of(event_kind_names()));
  CHECK(words_of(definitions.at("level")) == words_of(level_keys()));
  CHECK(words_of(definitions.at("pattern")) == words_of(pattern_keys()));
  CHECK(words_of(definitions.at("per")) == words_of(per_keys()));
  CHECK(words_of(definitions.at("edition-selector")) == words_of(edition_selector_keys()));
  CHECK(words_of(definitions.at("confidence")) == words_of(confidence_keys()));
  CHECK(words_of(definitions.at("addressee")) == words_of(names<Addressee>()));
  CHECK(words_of(definitions.at("certificate-use")) == words_of(names<CertificateUse>()));
  CHECK(words_of(definitions.at("crl-reason")) == words_of(names<CrlReason>()));
  CHECK(words_of(definitions.at("option").at("properties").at("effect")) == words_of(option_effect_keys()));
  const json& conditions = definitions.at("condition").at("properties");
  CHECK(conditions.size() == attribute_keys().size() + 3);
  for (std::size_t i = 0; i < attribute_keys().size(); ++i)
    CHECK(words_of(conditions.at(std::string(attribute_keys()[i]))) == words_of(attribute_values(static_cast<Attribute>(i))));
}

TEST_CASE("the schema has the keys that the reader asks for, and no others") {
  std::set<std::string> offered, asked{"all", "any", "not"};
  collect_keys(schema(), offered);
  for (const std::string_view key : attribute_keys()) asked.emplace(key);
  const std::string reader = content_of("lib/cita/policy/pack_file.cpp");
  const std::regex access("(?:fields\\.[a-z_]+|[a-z_]+(?:<[A-Za-z]+>)?)\\(\\s*(?:fields,\\s*)?\"([a-z-]+)\"[,)]");
  for (std::sregex_iterator i(reader.begin(), reader.end(), access), end; i != end; ++i)
    if ((*i)[0].str().find("fields") != std::string::npos) asked.insert((*i)[1]);
  CHECK(offered == asked);
}

TEST_CASE("a pack with every key of the schema is read without a word") {
  const std::string text = content_of("tests/data/packs/every-key.yaml");
  Diagnostics diagnostics;
  const auto source = std::make_shared<const Source>("every-key.yaml", text);
  const auto file = read_pack(source, diagnostics);
  for (const Diagnostic& each : diagnostics.all()) MESSAGE(each.message);
  CHECK(diagnostics.all().empty());
  REQUIRE(file != nullptr);
  std::set<std::string> keys;
  collect_keys(schema(), keys);
  for (const std::string& key : keys) {
    INFO(key);
    CHECK(std::regex_search(text, std::regex("(^|[ {\\n])" + key + ":")));
  }

  const Pack& pack = file->pack;
  CHECK(pack.draft);
  CHECK(pack.readings[0].fixed);
  CHECK(written_date(pack.checked_until) == "2026-01-01");
  REQUIRE(pack.duties.size() == 2);
  const Duty& duty = pack.duties[0];
  CHECK(duty.id == "every-key.do-it");
  CHECK(duty.applies.kind == ConditionKind::all);
  REQUIRE(duty.applies.of.size() == 3);
  CHECK(duty.applies.of[1].kind == ConditionKind::negation);
  CHECK(duty.trigger.by_ground);
  CHECK(duty.trigger.after_trigger);
  REQUIRE(duty.trigger.by_option.size() == 1);
  CHECK(duty.trigger.by_option[0].kinds[0] == EventKind::verified);
  REQUIRE(duty.editions.size() == 1);
  CHECK(duty.editions[0].limit == Limit::within(std::chrono::hours{24}, Boundary::strict));
  CHECK(duty.editions[0].trigger[0] == EventKind::determined);
  CHECK(duty.editions[0].short_lived_exempt);
  CHECK(duty.editions[0].closure_stops);
  CHECK(duty.editions[0].next_update_suspends);
  CHECK(duty.editions[0].closure_disputed);
  CHECK(duty.editions[0].elective == "the older text");
  CHECK(pack.reason_tables[0].reasons[0].crl_reason == CrlReason::key_compromise);
  CHECK(pack.duties[1].editions[0].limit == Limit::months(3));
}
