// Times inside of running text: what is found, and what is none.
#include <cita/time/finding.hpp>
#include <cita/time/format.hpp>
#include <cita/time/reading.hpp>

#include <doctest/doctest.h>

namespace {

std::string found(std::string_view text) {
  std::string all;
  for (const cita::FoundStamp& each : cita::find_stamps(text)) {
    CHECK(text.substr(each.begin, each.end - each.begin) == each.text);
    all += (all.empty() ? "" : " | ") + each.text;
  }
  return all;
}

}  // namespace

TEST_CASE("stamps are found in running text, as they are written") {
  CHECK(found("On 4 March 2024 at 10:12 UTC we received the report.") == "4 March 2024 at 10:12 UTC");
  CHECK(found("2024-03-05 08:10 UTC – The report was received") == "2024-03-05 08:10 UTC");
  CHECK(found("2024-03-05T08:10Z: The report was received") == "2024-03-05T08:10Z");
  CHECK(found("2024-03-05 -> we revoked at 10:00.") == "2024-03-05 | 10:00");
  CHECK(found("08:10 received, 09:30 answered") == "08:10 | 09:30");
  CHECK(found("Between 17:15 and 17:18") == "17:15 | 17:18");
  CHECK(found("17:15 to 17:18 UTC, a test") == "17:15 to 17:18 UTC");
  CHECK(found("Tuesday, March 5th, 2024, 8:10 am (PST) it began") == "Tuesday, March 5th, 2024, 8:10 am (PST)");
  CHECK(found("04.03.2024, 10:12 (CET) – received") == "04.03.2024, 10:12 (CET)");
  CHECK(found("no later than March 29, 2024.") == "no later than March 29, 2024");
  CHECK(found("| 2024/03/05 | **10:02** |") == "2024/03/05 | 10:02");
  CHECK(found("(2024-03-05)") == "2024-03-05");
  CHECK(found("around 10:00 on 5 March 2024") == "around 10:00 on 5 March 2024");
  CHECK(found("Date: Mon, 4 Mar 2024 10:12:00 +0100") == "Mon, 4 Mar 2024 10:12:00 +0100");
  CHECK(found("2020-03-05 03:00 UTC (9pm U.S. ET 2020-03-04)") == "2020-03-05 03:00 UTC (9pm U.S. ET 2020-03-04)");
  CHECK(found("Logged at 20241028T055100Z by the linter") == "20241028T055100Z");
  CHECK(found("5 March 2024, 4.35 pm UTC: received") == "5 March 2024, 4.35 pm UTC");
  CHECK(found("5 March 2024 at 12:00 noon UTC we stopped") == "5 March 2024 at 12:00 noon UTC");
}

TEST_CASE("versions, sections, amounts, addresses and words are no stamps") {
  CHECK(found("TLS BR 4.9.1.1 since version 1.6.7").empty());
  CHECK(found("within 24 hours, 24h, 24/7, 5 days").empty());
  CHECK(found("https://example.com/2024-03-05/10:00 for all").empty());
  CHECK(found("It may be fixed. In march we go.").empty());
  CHECK(found("AB:CD:12:34:10:22:ef").empty());
  CHECK(found("item 3.1, RFC 5280, bug 1234567, 1/2").empty());
  CHECK(found("A-2024-03-05-x").empty());
  CHECK(found("We revoked 31 out of 57.").empty());
  CHECK(found("one day and 3 ago").empty());
  CHECK(found("of them 2 set the bit").empty());
  CHECK(found("the serial 20241028").empty());
  CHECK(found("").empty());
}

TEST_CASE("zones are found in headings and sentences") {
  CHECK(cita::find_zone("Timeline (all times UTC)") == "UTC");
  CHECK(cita::find_zone("All times are in CET.") == "CET");
  CHECK(cita::find_zone("Time (UTC+8)") == "+8");
  CHECK(cita::find_zone("Timestamp (IST, UTC+05:30)") == "+05:30");
  CHECK(cita::find_zone("times in BST (= EDT + 5)") == "+01:00");
  CHECK(cita::find_zone("we met the est. target, as it is").empty());
  CHECK(cita::find_zone("Timeline").empty());
}

TEST_CASE("which number of a date with slashes is the month, as the rest of the text shows") {
  using cita::DateOrder;
  using cita::find_date_order;
  CHECK(find_date_order("At 9pm on 3/6/2019, and on 3/29/2019") == DateOrder::month_first);
  CHECK(find_date_order("03/06/2019, 29/03/2019") == DateOrder::day_first);
  CHECK(find_date_order("3/6/2019") == DateOrder::unknown);
  CHECK(find_date_order("3/29/2019 and 29/3/2019") == DateOrder::unknown);
  CHECK(find_date_order("3/6/2019 (dd/mm/yyyy)") == DateOrder::day_first);
  CHECK(find_date_order("Month/Day/Year; not dd/mm/yyyy") == DateOrder::unknown);
  CHECK(find_date_order("see /wiki/3/29/2019/notes and 3/40/2019 and 13/29/2019") == DateOrder::unknown);
  CHECK(find_date_order("13 of 3/29 certificates") == DateOrder::unknown);
  CHECK(find_date_order("///////3//3/") == DateOrder::unknown);

  cita::StampContext context;
  context.zone = "UTC";
  CHECK_FALSE(cita::read_stamp("3/6/2019 10:00", context));
  context.order = DateOrder::month_first;
  const auto read = cita::read_stamp("3/6/2019 10:00", context);
  REQUIRE(read);
  CHECK(cita::show(read.stamp->moment) == "2019-03-06 10:00 UTC");
  CHECK(read.stamp->assumptions.front().text == "the month comes first, as in other dates of the same text");
  context.order = DateOrder::day_first;
  CHECK(cita::show(cita::read_stamp("3/6/2019 10:00", context).stamp->moment) == "2019-06-03 10:00 UTC");
  // What the date says itself counts more.
  CHECK(cita::show(cita::read_stamp("Wed 3/6/2019 10:00", context).stamp->moment) == "2019-03-06 10:00 UTC");
}
