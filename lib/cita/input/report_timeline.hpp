// The timeline of a report as people post it: tables, lists, lines, headings of days with bare times below, prose.
//
//   for (const TimelineRow& row : timeline_of(sections, {.published = day}).rows) …
//
// Every row keeps its line. A time is read with the zone and the day that stand above it, and says so; a kind of event is
// guessed from the words, and says how sure that is.
#pragma once

#include <cita/input/event_words.hpp>
#include <cita/input/report_sections.hpp>
#include <cita/time/stamp.hpp>

#include <optional>

namespace cita {

struct TimelineRow {
  int line = 0;
  Span span;              ///< of the row
  std::string text;       ///< what it says, without the time
  std::string time_text;  ///< the time as written; empty: the row has none
  StampResult time;       ///< an error where there is none or it cannot be read
  std::string label;      ///< of the column, field or line that the time stands in: "Received", "Sent"
  std::string of_case;    ///< what the row's case is called: "Report 2"; empty: the text does not say
  ClassifiedEvent event;
};

/// A line that is the day of the rows below it.
struct TimelineDay {
  Span span;
  StampResult day;
};

struct Timeline {
  std::vector<TimelineRow> rows;
  std::vector<TimelineDay> days;
  std::string zone;          ///< as the heading or an introduction states it for all; empty: nobody does
  bool has_section = false;  ///< whether a heading announces a timeline
  int line = 0;              ///< of that heading
};

/// The timeline of the section that announces one; without any, of all text that is not about something else.
Timeline timeline_of(const std::vector<ReportSection>& sections);

}  // namespace cita
