// What every pack has to have, whatever it says.
#include "support.hpp"

#include <cita/policy/catalog.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <regex>
#include <set>

using namespace cita;
using namespace cita::testing;

namespace {

const std::regex kebab("[a-z0-9]+(-[a-z0-9]+)*");

bool is_kebab(std::string_view text) { return std::regex_match(text.begin(), text.end(), kebab); }

/// Calls `check` with every duty of every built-in pack, with its id in the messages.
template <class Check>
void each_duty(Check check) {
  for (const Pack& pack : built_in_packs())
    for (const Duty& duty : pack.duties) {
      INFO(std::string(duty.id));
      check(pack, duty);
    }
}

bool contains(std::span<const std::string_view> all, std::string_view one) {
  return std::find(all.begin(), all.end(), one) != all.end();
}

}  // namespace

TEST_CASE("there is one pack for each file, called like it, with a title and the day of its last check") {
  std::set<std::string> files, ids;
  for (const auto& entry : std::filesystem::directory_iterator(path_of("lib/packs"))) {
    INFO(entry.path().filename().string());
    // The folder of its cases lies beside a pack.
    if (entry.is_directory()) CHECK(std::filesystem::exists(entry.path().string() + ".yaml"));
    else CHECK(entry.path().extension() == ".yaml");
    files.insert(entry.path().stem().string());
  }
  for (const Pack& pack : built_in_packs()) {
    INFO(std::string(pack.id));
    ids.insert(std::string(pack.id));
    CHECK(is_kebab(pack.id));
    CHECK_FALSE(pack.title.empty());
    CHECK_FALSE(pack.short_title.empty());
    CHECK_FALSE(pack.checked_note.empty());
    CHECK(pack.checked_until < open_future);
    CHECK(pack.digest.size() == 64);
    if (!pack.checked_version.empty() && !pack.versions.empty()) CHECK(pack.checked_version == pack.versions.back().version);
  }
  CHECK(files == ids);
}

TEST_CASE("duty ids are unique and name the requirement, not its severity or section") {
  std::set<std::string_view> ids;
  const std::regex form("[a-z0-9-]+\\.[a-z0-9-]+"), section("(^|[^0-9])[0-9]+-[0-9]+(-|$)");
  each_duty([&](const Pack& pack, const Duty& duty) {
    CHECK(ids.insert(duty.id).second);
    const std::string id(duty.id);
    CHECK(std::regex_match(id, form));
    CHECK(id.rfind(std::string(pack.id) + ".", 0) == 0);
    CHECK_FALSE(std::regex_search(id, section));
    for (const char* word : {"must", "should", "may", "error", "warning", "violation", "breach", "required"})
      CHECK_FALSE(std::regex_search(id, std::regex(std::string("[.-]") + word + "(-|$)")));
  });
  // Drafts are not in force, and not in the catalog unless they are asked for.
  std::size_t drafts = 0;
  for (const Pack& pack : built_in_packs())
    if (pack.draft) drafts += pack.duties.size();
  CHECK(drafts > 0);
  CHECK(ids.size() == Catalog::built_in().duty_ids().size() + drafts);
}

TEST_CASE("every duty explains itself") {
  each_duty([](const Pack&, const Duty& duty) {
    CHECK_FALSE(duty.title.empty());
    CHECK_FALSE(duty.text.empty());
    CHECK_FALSE(duty.who.empty());
    CHECK_FALSE(duty.example.empty());
    CHECK(duty.title.back() != '.');
    CHECK(duty.text.back() == '.');
    CHECK(duty.example.back() == '.');
  });
}

TEST_CASE("editions are cited, in order, and follow each other without a gap that no note explains") {
  each_duty([](const Pack& pack, const Duty& duty) {
    REQUIRE_FALSE(duty.editions.empty());
    for (std::size_t i = 0; i < duty.editions.size(); ++i) {
      const Edition& edition = duty.editions[i];
      CHECK_FALSE(edition.section.empty());
      CHECK((edition.in_force.from > open_past) != pack.draft);
      CHECK(edition.in_force.from < edition.in_force.until);
      if (!pack.versions.empty()) CHECK_FALSE(edition.versions.empty());
      if (pack.id == "tls-br") CHECK_FALSE(edition.ballot.empty());
      if (i == 0) continue;
      const Instant before = duty.editions[i - 1].in_force.until;
      CHECK(before <= edition.in_force.from);
      if (before < edition.in_force.from) CHECK_FALSE(edition.note.empty());
    }
  });
}

TEST_CASE("what is not sure is marked and says why") {
  each_duty([](const Pack&, const Duty& duty) {
    for (const Edition& edition : duty.editions)
      if (edition.confidence == Confidence::low || edition.confidence == Confidence::background)
        CHECK_FALSE(edition.note.empty());
  });
}

TEST_CASE("every pattern has what it needs") {
  each_duty([](const Pack& pack, const Duty& duty) {
    const bool triggered = !duty.trigger.kinds.empty() || duty.trigger.by_ground || !duty.trigger.missed.empty();
    CHECK(triggered);
    CHECK((duty.pattern == Pattern::contain) != duty.elements.empty());
    const bool has_stop = !duty.stop.kinds.empty();
    CHECK((duty.pattern == Pattern::recur ? has_stop : !has_stop || duty.pattern == Pattern::respond));
    CHECK((duty.pattern == Pattern::recur) == (duty.selects_edition == EditionSelector::cycle));
    CHECK((duty.pattern == Pattern::agree) != duty.rule.empty());
    if (duty.pattern != Pattern::contain && duty.pattern != Pattern::agree) CHECK_FALSE(duty.discharge.kinds.empty());
    for (const Edition& edition : duty.editions) {
      CHECK((duty.pattern == Pattern::by_date) == (edition.limit.kind == LimitKind::by_date));
      if (duty.pattern == Pattern::recur) CHECK(edition.limit.kind == LimitKind::elapsed);
    }
    if (duty.trigger.by_ground) CHECK_FALSE(duty.reason_table.empty());
    if (duty.reason_table.empty()) return;
    const ReasonTable* table = pack.reason_table(duty.reason_table);
    REQUIRE(table != nullptr);
    if (duty.tier.empty()) return;
    const bool used = std::any_of(table->reasons.begin(), table->reasons.end(), [&](const Reason& reason) {
      return std::any_of(reason.items.begin(), reason.items.end(),
                         [&](const ReasonItem& item) { return item.tier == duty.tier; });
    });
    CHECK(used);
  });
}

TEST_CASE("a duty that follows a miss names duties that exist and rest on reasons") {
  const Catalog catalog = Catalog::built_in();
  each_duty([&](const Pack&, const Duty& duty) {
    for (const std::string_view missed : duty.trigger.missed) {
      REQUIRE(catalog.duty(missed) != nullptr);
      CHECK_FALSE(catalog.duty(missed)->reason_table.empty());
    }
  });
}

TEST_CASE("a duty counts events of its readings, and no kind twice") {
  const auto check = [](const Duty& duty, std::span<const EventKind> kinds) {
    CHECK(std::set<EventKind>(kinds.begin(), kinds.end()).size() == kinds.size());
    CHECK(std::find(kinds.begin(), kinds.end(), EventKind::other) == kinds.end());
    INFO(duty.id.size());
  };
  each_duty([&](const Pack&, const Duty& duty) {
    for (const Selector* selector : {&duty.trigger, &duty.discharge, &duty.stop}) {
      check(duty, selector->kinds);
      for (const OptionKinds& with : selector->by_option) {
        CHECK_FALSE(with.kinds.empty());
        CHECK(contains(duty.readings, with.reading));
        check(duty, with.kinds);
      }
    }
    check(duty, duty.elements);
  });
}

TEST_CASE("readings have one default, at least two options and a source, and a duty depends on each that can be chosen") {
  for (const Pack& pack : built_in_packs())
    for (const Reading& reading : pack.readings) {
      INFO(std::string(pack.id) << " " << std::string(reading.id));
      CHECK(is_kebab(reading.id));
      CHECK(reading.question.back() == '?');
      CHECK(reading.options.size() >= 2);
      CHECK(std::count_if(reading.options.begin(), reading.options.end(), [](const auto& option) { return option.is_default; }) ==
            1);
      CHECK_FALSE(reading.sources.empty());
      for (const ReadingOption& option : reading.options) {
        CHECK(is_kebab(option.id));
        CHECK(option.text.back() != '.');
      }
      CHECK((reading.fixed || std::any_of(pack.duties.begin(), pack.duties.end(),
                                          [&](const Duty& duty) { return contains(duty.readings, reading.id); })));
    }
}

TEST_CASE("docs/readings.md says what the packs say") {
  const std::string page = content_of("docs/readings.md");
  std::string expected = page.substr(0, page.find("## "));
  for (const Pack& pack : built_in_packs()) {
    if (!pack.readings.empty()) expected += "## " + std::string(pack.short_title) + "\n\n";
    for (const Reading& reading : pack.readings) {
      expected +=
          "### `" + std::string(pack.id) + "` `" + std::string(reading.id) + "`\n\n" + std::string(reading.question) + "\n\n";
      for (const ReadingOption& option : reading.options)
        expected += "- `" + std::string(option.id) + "`: " + std::string(option.text) +
                    (!option.is_default ? ""
                     : reading.fixed    ? " (always taken)"
                                        : " (default)") +
                    "\n";
      expected += "\nSources:\n\n";
      for (const std::string_view source : reading.sources) expected += "- " + std::string(source) + "\n";
      expected += "\n";
    }
  }
  expected.pop_back();
  CHECK(page == expected);
}

TEST_CASE("reasons are keyed in kebab-case, start a clock, and stand once in an epoch of their table") {
  for (const Pack& pack : built_in_packs())
    for (const ReasonTable& table : pack.reason_tables)
      for (const Reason& reason : table.reasons) {
        INFO(std::string(table.id) << " " << std::string(reason.key));
        CHECK(is_kebab(reason.key));
        CHECK_FALSE(reason.meaning.empty());
        CHECK_FALSE(reason.trigger.empty());
        CHECK_FALSE(reason.items.empty());
        CHECK(table.find(reason.key) == &reason);
        std::set<std::string_view> epochs;
        for (const ReasonItem& item : reason.items) {
          CHECK(epochs.insert(item.epoch).second);
          CHECK(item.item > 0);
        }
      }
}

TEST_CASE("the epochs of a table follow each other without a gap") {
  for (const Pack& pack : built_in_packs())
    for (const ReasonTable& table : pack.reason_tables)
      for (std::size_t i = 1; i < table.epochs.size(); ++i)
        CHECK(table.epochs[i].in_force.from == table.epochs[i - 1].in_force.until);
}

TEST_CASE("from the day that reasons have CRLReasons every reason in force has one") {
  for (const Pack& pack : built_in_packs())
    for (const ReasonTable& table : pack.reason_tables) {
      if (table.crl_reasons_from == open_future) continue;
      for (const Reason& reason : table.reasons)
        CHECK((reason.items.back().epoch == table.epochs.back().id) == reason.crl_reason.has_value());
    }
}

TEST_CASE("versions are listed once each, in the order of their numbers") {
  for (const Pack& pack : built_in_packs()) {
    std::vector<int> before;
    for (const DocumentVersion& version : pack.versions) {
      INFO(std::string(pack.id) << " " << std::string(version.version));
      if (version.version.front() < '0' || version.version.front() > '9') continue;
      std::vector<int> numbers;
      std::istringstream in{std::string(version.version)};
      for (std::string part; std::getline(in, part, '.');) numbers.push_back(std::stoi(part));
      if (version.version.find('+') != std::string_view::npos) numbers.push_back(0);
      CHECK(before < numbers);
      before = numbers;
    }
  }
}
