// The dates and numbers of the packs against tables that were written from the documents.
#include "support.hpp"

#include <cita/policy/catalog.hpp>

#include <doctest/doctest.h>

#include <algorithm>

using namespace cita;
using namespace cita::testing;

namespace {

std::string or_dash(std::string_view text) { return text.empty() ? "-" : std::string(text); }

std::string padded(std::string text, std::size_t width) {
  text.resize(std::max(width, text.size()), ' ');
  return text;
}

std::string line_of(const Edition& edition) {
  const std::string flags = std::string(edition.short_lived_exempt ? "s" : "") + (edition.closure_stops ? "c" : "") +
                            (edition.closure_disputed ? "d" : "") + (edition.next_update_suspends ? "n" : "") +
                            (edition.elective.empty() ? "" : "e");
  return "  " + written_date(edition.in_force.from) + " " + padded(written_date(edition.in_force.until), 10) + " " +
         std::string(level_keys()[static_cast<std::size_t>(edition.level)]) + " " + written(edition.limit) + " " +
         std::string(name(edition.confidence)) + " | " + or_dash(edition.versions) + " | " + or_dash(edition.ballot) + " | " +
         or_dash(flags) + " | " + std::string(edition.section);
}

std::string line_of(const Reason& reason) {
  std::string line = "  " + std::string(reason.key) + " " + (reason.crl_reason ? std::string(name_of(*reason.crl_reason)) : "-");
  for (const ReasonItem& item : reason.items)
    line += " " + std::string(item.epoch) + ":" + std::string(item.tier) + "-" + std::to_string(item.item);
  return line;
}

std::string line_of(const ReasonEpoch& epoch) {
  return "  " + std::string(epoch.id) + " " + written_date(epoch.in_force.from) + " " + written_date(epoch.in_force.until) + " " +
         std::string(epoch.versions) + " " + std::string(epoch.section);
}

void check_equal(const std::vector<std::string>& is, const std::vector<std::string>& table) {
  for (std::size_t i = 0; i < std::min(is.size(), table.size()); ++i) CHECK(is[i] == table[i]);
  CHECK(is.size() == table.size());
}

Instant day(int year, unsigned month, unsigned day_of_month) {
  return date::sys_days{date::year{year} / date::month{month} / date::day{day_of_month}};
}

}  // namespace

TEST_CASE("every edition has the dates, level, limit and section that its document has") {
  std::vector<std::string> lines;
  for (const Pack& pack : built_in_packs())
    for (const Duty& duty : pack.duties) {
      lines.emplace_back(duty.id);
      for (const Edition& edition : duty.editions) lines.push_back(line_of(edition));
    }
  check_equal(lines, table_lines("tests/data/packs/editions.txt"));
}

TEST_CASE("every reason stands where its document lists it") {
  std::vector<std::string> lines;
  for (const Pack& pack : built_in_packs())
    for (const ReasonTable& table : pack.reason_tables) {
      lines.emplace_back(table.id);
      for (const ReasonEpoch& epoch : table.epochs) lines.push_back(line_of(epoch));
      for (const Reason& reason : table.reasons) lines.push_back(line_of(reason));
    }
  check_equal(lines, table_lines("tests/data/packs/reasons.txt"));
  CHECK(Catalog::built_in().pack("tls-br")->reason_table("tls-subscriber")->crl_reasons_from == day(2023, 7, 15));
}

TEST_CASE("every version has the day on which it came into force") {
  std::vector<std::string> lines;
  for (const Pack& pack : built_in_packs()) {
    if (!pack.versions.empty()) lines.emplace_back(pack.id);
    for (const DocumentVersion& version : pack.versions)
      lines.push_back("  " + std::string(version.version) + " " + written_date(version.in_force));
  }
  check_equal(lines, table_lines("tests/data/packs/versions.txt"));
}

TEST_CASE("a date finds the version in force") {
  const Catalog catalog = Catalog::built_in();
  const auto version = [&](const char* pack, Instant instant) {
    const DocumentVersion* found = catalog.pack(pack)->version_at(instant);
    return found ? std::string(found->version) : "none";
  };
  CHECK(version("tls-br", day(2012, 6, 7)) == "none");
  CHECK(version("tls-br", day(2018, 10, 14) - Seconds{1}) == "1.6.0");
  CHECK(version("tls-br", day(2018, 10, 14)) == "1.6.1");
  CHECK(version("tls-br", day(2020, 2, 27)) == "1.6.7");
  CHECK(version("tls-br", day(2020, 3, 3) - Seconds{1}) == "1.6.7");
  CHECK(version("tls-br", day(2020, 3, 3)) == "1.6.8");
  // 2.0.2 came into force before the date that the table gives for 2.0.1.
  CHECK(version("tls-br", day(2024, 1, 8)) == "2.0.2");
  CHECK(version("tls-br", day(2024, 3, 20)) == "2.0.2");
  CHECK(version("tls-br", day(2026, 10, 4)) == "2.3.1");
  CHECK(version("ccadb-irg", day(2023, 5, 1)) == "1.0");
  CHECK(version("ccadb-irg", day(2025, 3, 1)) == "3.0");
  CHECK(version("mrsp", day(2018, 8, 12)) == "2.6");
}

TEST_CASE("short-lived certificates: ten days by issuance from 2024-03-15, seven from 2026-03-15") {
  const auto rules = Catalog::built_in().pack("tls-br")->short_lived;
  REQUIRE(rules.size() == 2);
  CHECK(rules[0].issued == Period{day(2024, 3, 15), day(2026, 3, 15)});
  CHECK(rules[0].longest == Seconds{864'000});
  CHECK(rules[1].issued == Period{day(2026, 3, 15), open_future});
  CHECK(rules[1].longest == Seconds{604'800});
}

TEST_CASE("the guidelines bind each program's CAs from its own date") {
  std::string bindings;
  for (const Binding& each : Catalog::built_in().pack("ccadb-irg")->bindings)
    bindings +=
        std::string(each.program) + " " + written_date(each.in_force.from) + " " + written_date(each.in_force.until) + "; ";
  CHECK(bindings == "Mozilla 2025-03-15 -; Chrome 2024-01-16 -; Microsoft 2026-05-20 -; Apple 2026-08-01 -; ");
}
