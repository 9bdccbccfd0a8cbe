#include <cita/base/text.hpp>
#include <cita/input/report_timeline.hpp>
#include <cita/time/calendar_words.hpp>
#include <cita/time/finding.hpp>
#include <cita/time/reading.hpp>
#include <cita/time/zone.hpp>

#include <algorithm>
#include <array>

namespace cita {

namespace {

constexpr std::size_t most_rows = 5'000;  // as many as an incident file may have events

bool contains(std::string_view text, std::string_view what) { return text.find(what) != std::string_view::npos; }

bool contains_any(std::string_view text, std::initializer_list<std::string_view> words) {
  return std::any_of(words.begin(), words.end(), [text](std::string_view word) { return contains(text, word); });
}

bool announces_timeline(const ReportSection& section) {
  const std::string heading = normalised_label(section.heading);
  return contains_any(heading, {"timeline", "time line", "chronology", "sequence of events"}) &&
         !contains_any(heading, {"summary", "factor"});
}

// Sections whose dates are no events of the incident.
bool is_about_something_else(const ReportSection& section) {
  const std::string heading = normalised_label(section.heading);
  // "Finding #1", "Issue #2": what an auditor found, and by when it will be remedied.
  for (const std::string_view word : {"finding #", "issue #"})
    if (heading.starts_with(word)) return true;
  return contains_any(heading, {"action item", "related", "appendix", "root cause", "contributing factor", "lessons", "went well",
                                "go well", "got lucky", "list of steps", "impact", "how and why", "complete certificate data",
                                "summary of the problematic", "relevant polic"});
}

// "a. ", "b) ", "(c) " in front of a line.
std::size_t label_length(std::string_view text) {
  const std::size_t at = text.starts_with('(') ? 1 : 0;
  const bool is_label = text.size() > at + 2 && text[at] >= 'a' && text[at] <= 'z' &&
                        (text[at + 1] == '.' || text[at + 1] == ')') && text[at + 2] == ' ';
  return is_label ? at + 3 : 0;
}

// What is left of a line without its time and the signs that tied them.
std::string without(std::string_view text, std::size_t begin, std::size_t end) {
  std::string_view before = trimmed(text.substr(0, begin), " \t*_|[(,;:-");
  std::string_view after = text.substr(end);
  for (bool more = true; more;) {
    more = false;
    after = trimmed(after, " \t\n\r*_|])");
    for (const std::string_view tie : {"–", "—", "->", "→", "=>", ":", "-", ",", ";"})
      if (after.starts_with(tie)) after.remove_prefix(tie.size()), more = true;
  }
  for (const std::string_view word : {"on", "at", "at the", "on the", "from", "between"})
    if (before.size() >= word.size() && text::simplified(before.substr(before.size() - word.size())) == word &&
        (before.size() == word.size() || before[before.size() - word.size() - 1] == ' ')) {
      before = trimmed(before.substr(0, before.size() - word.size()));
      break;
    }
  if (before.empty()) return std::string(after);
  return std::string(before) + (after.empty() ? "" : " " + std::string(after));
}

// What stands above a line: the zone, the day, the year and the name of the case.
struct Context {
  std::string zone;
  std::optional<date::local_days> day;
  std::string day_text;  // "2024-03-05", as a time of its own where a line has none
  std::optional<int> year;
  std::string month;  // "April", for "6th, 09:20" below it
  std::string of_case;
  bool dates_count = false;    // a line of nothing but a date is the day of what follows without a time
  bool undated_count = false;  // an entry of a list is a row although it has no time
};

// "6th, 09:20": the day and what follows it; "09:20" and "6 certificates" begin with no day.
std::size_t day_length(std::string_view text) {
  std::size_t digits = 0;
  while (digits < text.size() && text[digits] >= '0' && text[digits] <= '9') ++digits;
  if (digits == 0 || digits > 2) return 0;
  const std::string_view after = text.substr(digits);
  for (const std::string_view ordinal : {"st", "nd", "rd", "th"})
    if (after.starts_with(ordinal)) return digits + ordinal.size();
  for (const std::string_view tie : {", ", ": ", ":\n", "; ", " - ", " – ", " — "})
    if (after.starts_with(tie)) return digits;
  return after.empty() ? digits : 0;
}

// "Timeline of 2022"
std::optional<int> year_in(std::string_view heading) {
  for (std::size_t i = 0; i + 4 <= heading.size(); ++i) {
    const std::string_view digits = heading.substr(i, 4);
    const bool is_number = std::all_of(digits.begin(), digits.end(), [](char c) { return c >= '0' && c <= '9'; });
    const bool alone = (i == 0 || heading[i - 1] == ' ' || heading[i - 1] == '(') &&
                       (i + 4 == heading.size() || heading[i + 4] == ' ' || heading[i + 4] == ')' ||
                        std::string_view(":,.;").find(heading[i + 4]) != std::string_view::npos);
    if (is_number && alone && (digits.starts_with("19") || digits.starts_with("20"))) return std::stoi(std::string(digits));
  }
  return std::nullopt;
}

bool names_a_case(std::string_view text) {
  const std::string simple = normalised_label(text);
  return simple.size() < 80 && contains_any(simple, {"report", "case", "cpr", "problem"}) &&
         std::any_of(simple.begin(), simple.end(), [](char c) { return c >= '0' && c <= '9'; }) &&
         !contains_any(simple, {"incident report"});
}

class Walker {
 public:
  Walker(Timeline& timeline, const Source* source)
      : timeline_(timeline), source_(source), order_(source == nullptr ? DateOrder::unknown : find_date_order(source->text())) {}

  void section(const ReportSection& section) {
    Context context = context_;
    const auto stamps = find_stamps(section.heading);
    if (std::string zone = find_zone(section.heading); !zone.empty() && stamps.empty()) context.zone = zone;
    if (const auto year = year_in(section.heading)) context.year = year;
    set_month(section.heading, context);
    if (stamps.size() == 1 && stamps.front().has_date && !stamps.front().has_time) set_day(stamps.front(), section.span, context);
    else if (names_a_case(section.heading)) context.of_case = section.heading;
    else if (announces_timeline(section) || section.level < level_of_case_) context.of_case.clear();
    if (!context.of_case.empty()) level_of_case_ = section.level;
    if (announces_timeline(section)) context.undated_count = true, context_ = context;
    if (!stamps.empty() && !stamps.front().has_time && !section.heading.empty()) {
      const std::string rest = without(section.heading, stamps.front().begin, stamps.front().end);
      if (stamps.front().has_date && rest.size() > 12 && section.body.empty())
        row_of(section.heading, section.line, section.span, context, {});
    }
    blocks(section.body, context);
    context_.year = context.year;
  }

  // "All times below are UTC.", somewhere above the timeline.
  void introduction(const ReportSection& section) {
    for (const MarkdownBlock* block : section.body)
      if (block->kind == MarkdownKind::paragraph && find_stamps(block->text).empty() &&
          contains_any(text::simplified(block->text),
                       {"all times", "all dates", "all timestamps", "times below", "times in this"}))
        states_zone(block->text, context_);
  }

  // The fields that sum a timeline up.
  void summary(const ReportSection& section) {
    for (const ReportField& field : fields_of(section)) {
      const auto stamps = find_stamps(field.value);
      if (is_timeline_field(field.label) && !stamps.empty())
        row(field.line, context_, field.label, stamps.front(), without(field.value, stamps.front().begin, stamps.front().end));
    }
  }

 private:
  static bool is_timeline_field(std::string_view label) {
    const std::string simple = normalised_label(label);
    return contains(simple, "non-compliance") && contains(simple, "date");
  }

  void blocks(const std::vector<const MarkdownBlock*>& body, Context& context) {
    for (const MarkdownBlock* each : body) block(*each, context);
  }

  void block(const MarkdownBlock& block, Context& context) {
    switch (block.kind) {
      case MarkdownKind::paragraph:
      case MarkdownKind::code: lines(block, context, false); break;
      case MarkdownKind::quote: {
        Context inside = context;
        for (const MarkdownBlock& each : block.blocks) this->block(each, inside);
        break;
      }
      case MarkdownKind::list: list(block, context); break;
      case MarkdownKind::table: table(block, context); break;
      default: break;
    }
  }

  // ---- lists

  void list(const MarkdownBlock& list, Context& context) {
    const bool some_dated = std::any_of(list.blocks.begin(), list.blocks.end(), [](const MarkdownBlock& item) {
      return !item.blocks.empty() && !find_stamps(item.blocks.front().text).empty();
    });
    for (const MarkdownBlock& item : list.blocks) {
      Context inside = context;
      inside.undated_count = context.undated_count || some_dated;
      bool first = true;
      for (const MarkdownBlock& each : item.blocks) {
        if (each.kind == MarkdownKind::paragraph && first) {
          lines(each, inside, true);
          first = false;
        } else {
          block(each, inside);
        }
      }
      context.year = inside.year;
      if (item.blocks.size() == 1) context.month = inside.month;
      // "- 2024-03-05:" may be followed by bullets of the same depth.
      if (item.blocks.size() == 1 && inside.dates_count)
        context.day = inside.day, context.day_text = inside.day_text, context.dates_count = true;
    }
  }

  // ---- lines

  void lines(const MarkdownBlock& block, Context& context, bool in_list) {
    int line = block.line;
    std::string_view rest = block.text;
    while (true) {
      const std::size_t end = rest.find('\n');
      const std::string_view text = trimmed(rest.substr(0, end));
      if (!text.empty()) this->line(text, line, context, in_list && line == block.line);
      if (end == std::string_view::npos) break;
      rest.remove_prefix(end + 1);
      ++line;
    }
  }

  Span span_of_line(int line) const {
    const std::string_view raw = source_->line(line);
    const auto begin = static_cast<std::uint32_t>(source_->line_start(line));
    return {source_, begin, begin + static_cast<std::uint32_t>(raw.size())};
  }

  StampContext in_utc(const Context& context) const {
    StampContext utc;
    utc.zone = "UTC";
    utc.year = context.year;
    utc.order = order_;
    return utc;
  }

  static bool is_of_day(const FoundStamp& stamp) { return stamp.has_date && !stamp.has_time && !stamp.has_bound; }

  // "April", "April 2023": of the days below it.
  static bool set_month(std::string_view text, Context& context) {
    const std::string simple = text::simplified(trimmed(text, " \t*_:"));
    const std::string_view word = std::string_view(simple).substr(0, simple.find(' '));
    const std::string_view rest = trimmed(std::string_view(simple).substr(word.size()));
    const auto year = year_in(rest);
    if (word.size() < 3 || !month_called(word) || (!rest.empty() && !(year && rest.size() == 4))) return false;
    if (year) context.year = year;
    context.month = word;
    return true;
  }

  void set_day(const FoundStamp& stamp, Span span, Context& context) {
    StampContext utc = in_utc(context);
    StampResult day = read_stamp(stamp.text, utc);
    if (timeline_.days.size() < most_rows) timeline_.days.push_back({span, day});
    if (!day || day.stamp->moment.unit() != Unit::day) return;
    context.day = date::local_days{date::floor<date::days>(day.stamp->moment.earliest()).time_since_epoch()};
    context.day_text = stamp.text;
    context.year = static_cast<int>(date::year_month_day(*context.day).year());
    context.dates_count = true;
  }

  void line(std::string_view text, int line, Context& context, bool in_list) {
    if (const std::size_t length = label_length(text); length > 0) {
      text.remove_prefix(length);
      in_list = context.undated_count = true;
    }
    if (set_month(text, context)) return;
    const std::size_t day = context.month.empty() ? 0 : day_length(text);
    const std::string with_month =
        day == 0 ? std::string() : std::string(text.substr(0, day)) + " " + context.month + std::string(text.substr(day));
    if (day != 0) text = with_month;
    auto stamps = find_stamps(text);
    if (stamps.empty()) {
      undated(text, line, context, in_list);
      return;
    }
    const std::string rest = without(text, stamps.front().begin, stamps.front().end);
    if (stamps.size() == 1 && is_of_day(stamps.front()) && rest.empty())
      return set_day(stamps.front(), span_of_line(line), context);
    // "Sent: 4 March 10:12", "Auto-ack: 10:13"
    const std::size_t colon = text.find(':');
    const bool labelled = colon != std::string_view::npos && colon < stamps.front().begin && colon < 40 &&
                          trimmed(text.substr(colon + 1, stamps.front().begin - colon - 1), " *_").empty();
    if (labelled) return row(line, context, std::string(trimmed(text.substr(0, colon), " *_-")), stamps.front(), rest);
    const bool leads =
        stamps.front().begin <= 12 || trimmed(text.substr(0, stamps.front().begin), " \t*_|[(-#abcdefghij.)0123456789").empty();
    if (leads && stamps.size() == 1) return row(line, context, {}, stamps.front(), rest);
    if (leads && only_mentions(text, stamps)) return row(line, context, {}, stamps.front(), rest);
    sentences(text, line, context);
  }

  // Of "2024-03-05 08:10: the mail of 10:00 was read" only the first is the row's time.
  static bool only_mentions(std::string_view text, const std::vector<FoundStamp>& stamps) {
    const std::size_t end = stamps.front().end;
    const std::string_view after = text.substr(end, 6);
    const bool tied =
        contains_any(after.substr(0, std::min<std::size_t>(after.size(), 4)), {":", "–", "—", "- ", "->", "→", "|"});
    return tied || !contains_any(text, {". ", "; "});
  }

  // Prose: each sentence has its own time.
  void sentences(std::string_view text, int line, Context& context) {
    std::size_t begin = 0;
    const auto stamps = find_stamps(text);
    const auto is_inside = [&stamps](std::size_t at) {
      return std::any_of(stamps.begin(), stamps.end(),
                         [at](const FoundStamp& each) { return each.begin <= at && at < each.end; });
    };
    for (std::size_t at = 0; at <= text.size(); ++at) {
      const bool stops = at < text.size() && (text[at] == '.' || text[at] == ';') && !is_inside(at);
      const bool ends =
          at == text.size() ||
          (stops && (at + 1 == text.size() || text.substr(at + 1).starts_with(' ') || text.substr(at + 1).starts_with(") ")));
      if (!ends) continue;
      sentence(trimmed(text.substr(begin, at - begin)), line, context);
      begin = at + 1;
    }
  }

  void sentence(std::string_view text, int line, Context& context) {
    const auto stamps = find_stamps(text);
    if (stamps.empty()) states_zone(text, context);
    // Where a sentence has several times, each has what stands up to the next one.
    std::size_t begin = 0;
    for (std::size_t i = 0; i < stamps.size(); ++i) {
      const bool leads = stamps.front().begin <= 12;
      const std::size_t end = i + 1 == stamps.size() ? text.size() : leads ? stamps[i + 1].begin : stamps[i].end;
      const std::string_view part = text.substr(begin, end - begin);
      row(line, context, {}, stamps[i], without(part, stamps[i].begin - begin, std::min(stamps[i].end - begin, part.size())));
      begin = end;
    }
  }

  void undated(std::string_view text, int line, Context& context, bool in_list) {
    if (states_zone(text, context)) return;
    if (in_list && context.dates_count) {
      Context own = context;
      if (std::string zone = find_zone(text); !zone.empty()) own.zone = std::move(zone);
      row_of(std::string(text), line, span_of_line(line), own, context.day_text);
    } else if (in_list && context.undated_count) row_of(std::string(text), line, span_of_line(line), context, {});
    else if (names_a_case(text)) context.of_case = text;
  }

  // "All times are UTC.", "What we did, in UTC:", "All dates are of the year 2020."
  bool states_zone(std::string_view text, Context& context) {
    const std::string simple = text::simplified(text);
    if (contains_any(simple, {"of the year ", "in the year ", "of year "}) && !context.year) context.year = year_in(text);
    const std::string zone = find_zone(text);
    if (zone.empty()) return false;
    if (!contains_any(simple, {"time", "zone", " use ", "clock", "all "}) && !trimmed(text, " *_").ends_with(':')) return false;
    context.zone = zone;
    remember_zone(zone);
    return true;
  }

  void remember_zone(const std::string& zone) {
    if (timeline_.zone.empty()) timeline_.zone = zone;
    if (context_.zone.empty()) context_.zone = zone;
  }

  // ---- tables

  struct Column {
    std::string title;
    std::string zone;
    bool has_times = false;
  };

  void table(const MarkdownBlock& table, Context& context) {
    std::vector<Column> columns;
    for (const MarkdownBlock& each : table.blocks) {
      if (each.header)
        for (const MarkdownBlock& cell : each.blocks) columns.push_back({cell.text, find_zone(cell.text)});
      else
        for (std::size_t i = 0; i < each.blocks.size() && i < columns.size(); ++i) look_at(each.blocks[i].text, columns[i]);
    }
    for (const MarkdownBlock& each : table.blocks)
      if (!each.header) table_row(each, columns, context);
    // A table that goes on below another has its zone.
    for (const Column& each : columns)
      if (context.zone.empty()) context.zone = each.zone;
  }

  static void look_at(const std::string& text, Column& column) {
    const auto stamps = find_stamps(text);
    if (!stamps.empty() && stamps.front().begin <= 12 && text.size() < stamps.front().end + 25) column.has_times = true;
  }

  void table_row(const MarkdownBlock& table_row, const std::vector<Column>& columns, Context& context) {
    std::vector<std::size_t> times;
    std::string text, name;
    std::optional<std::size_t> day_column;
    for (std::size_t i = 0; i < table_row.blocks.size() && i < columns.size(); ++i) {
      const std::string& cell = table_row.blocks[i].text;
      const auto stamps = find_stamps(cell);
      if (columns[i].has_times && !stamps.empty()) {
        if (is_of_day(stamps.front()) && stamps.size() == 1 && !day_column && has_clock_beside(table_row, columns, i))
          day_column = i;
        else times.push_back(i);
      } else if (columns[i].has_times) {
        continue;
      } else if (name.empty() && is_number(columns[i].title, cell)) {
        name = cell;
      } else {
        text += (text.empty() ? "" : ", ") + cell;
      }
    }
    Context inside = context;
    if (day_column) {
      const auto stamp = find_stamps(table_row.blocks[*day_column].text).front();
      set_day(stamp, table_row.span, inside);
      context.year = inside.year;
      context.day = inside.day, context.day_text = inside.day_text;
    }
    // "Time (CET)" holds for the day where the time is left out.
    const auto zoned = std::find_if(columns.begin(), columns.end(), [](const Column& each) { return !each.zone.empty(); });
    if (inside.zone.empty() && zoned != columns.end()) inside.zone = zoned->zone;
    keep_one_clock(times, columns);
    const bool several = times.size() > 1;
    if (several && !name.empty())
      inside.of_case = (names_a_case(columns.front().title + " 1") ? columns.front().title + " " : "Report ") + name;
    for (const std::size_t i : times) {
      Context own = inside;
      if (!columns[i].zone.empty()) own.zone = columns[i].zone;
      const std::string& cell = table_row.blocks[i].text;
      const auto stamp = find_stamps(cell).front();
      const std::string rest = without(cell, stamp.begin, stamp.end);
      std::string what = text;
      if (several) what = columns[i].title + (text.empty() ? "" : " (" + text + ")");
      if (!rest.empty()) what += (what.empty() ? "" : ", ") + rest;
      row(table_row.line, own, several ? columns[i].title : std::string(), stamp, what);
      inside.year = context.year = own.year;
    }
    if (times.empty() && day_column) row_of(text, table_row.line, table_row.span, inside, table_row.blocks[*day_column].text);
    else if (times.empty() && !text.empty() && has_time_column(columns)) row_of(text, table_row.line, table_row.span, inside, {});
  }

  // "Local (PST)" beside "UTC" is one time on two clocks: the one that needs no interpretation counts.
  static void keep_one_clock(std::vector<std::size_t>& times, const std::vector<Column>& columns) {
    const auto is_clock = [&columns](std::size_t i) {
      const std::string title = normalised_label(columns[i].title);
      return !columns[i].zone.empty() &&
             (contains_any(title, {"time", "date", "local", "clock"}) || find_zone(columns[i].title).size() + 4 >= title.size());
    };
    if (times.size() < 2 || !std::all_of(times.begin(), times.end(), is_clock)) return;
    const auto universal =
        std::find_if(times.begin(), times.end(), [&columns](std::size_t i) { return columns[i].zone == "UTC"; });
    times = {universal == times.end() ? times.front() : *universal};
  }

  static bool has_time_column(const std::vector<Column>& columns) {
    return std::any_of(columns.begin(), columns.end(), [](const Column& each) { return each.has_times; });
  }

  // Whether another cell of the row has the time of the day.
  static bool has_clock_beside(const MarkdownBlock& row, const std::vector<Column>& columns, std::size_t of) {
    for (std::size_t i = 0; i < row.blocks.size() && i < columns.size(); ++i) {
      if (i == of || !columns[i].has_times) continue;
      const auto stamps = find_stamps(row.blocks[i].text);
      if (!stamps.empty() && stamps.front().has_time && !stamps.front().has_date) return true;
    }
    return false;
  }

  static bool is_number(std::string_view title, std::string_view cell) {
    const std::string simple = normalised_label(title);
    const bool short_cell = cell.size() <= 12 && !cell.empty();
    return short_cell && (simple.empty() || simple == "no" || simple == "nr" || simple == "id" || simple == "number" ||
                          contains_any(simple, {"report", "case", "cpr", "ref"}));
  }

  // ---- rows

  void row(int line, Context& context, const std::string& label, const FoundStamp& stamp, std::string text) {
    if (timeline_.rows.size() >= most_rows) return;
    TimelineRow row;
    row.line = line;
    row.span = span_of_line(line);
    row.text = std::move(text);
    row.label = label;
    row.of_case = context.of_case;
    row.time_text = stamp.text;
    row.time = read(stamp, context);
    if (row.time && stamp.has_date) remember_day(stamp, *row.time.stamp, context);
    row.event = classify(row);
    if (row.text.empty()) row.text = row.label;
    timeline_.rows.push_back(std::move(row));
  }

  void row_of(std::string text, int line, Span span, const Context& context, const std::string& time) {
    if (timeline_.rows.size() >= most_rows) return;
    TimelineRow row;
    row.line = line;
    row.span = span;
    row.text = std::move(text);
    row.of_case = context.of_case;
    row.time.error = {"no-time", "no time stands here", "give the time, or tell the order by {after: …, before: …}", 0, 0};
    const auto stamps = find_stamps(time.empty() ? std::string_view(row.text) : std::string_view(time));
    if (!stamps.empty()) {
      row.time_text = stamps.front().text;
      row.time = read(stamps.front(), context);
      if (time.empty()) row.text = without(row.text, stamps.front().begin, stamps.front().end);
    }
    row.event = classify(row);
    timeline_.rows.push_back(std::move(row));
  }

  static ClassifiedEvent classify(const TimelineRow& row) {
    if (row.label.empty()) return classify_event(row.text);
    const ClassifiedEvent by_label = classify_label(row.label);
    const ClassifiedEvent by_all = classify_event(row.label + " " + row.text);
    // A reply is what it says.
    const bool says_more = by_label.kind == EventKind::holding_reply && by_all.kind == EventKind::preliminary_report;
    return by_label.certainty != Certainty::unknown && !says_more ? by_label : by_all;
  }

  // Column titles and labels are terser than sentences.
  static ClassifiedEvent classify_label(std::string_view label) {
    struct Label {
      std::string_view words;
      EventKind kind;
    };
    constexpr std::array<Label, 24> labels{{{"non-compliance start date", EventKind::non_compliance_began},
                                            {"non-compliance identified date", EventKind::detected},
                                            {"non-compliance end date", EventKind::non_compliance_ended},
                                            {"sent", EventKind::problem_report_sent},
                                            {"report sent", EventKind::problem_report_sent},
                                            {"submitted", EventKind::problem_report_sent},
                                            {"received", EventKind::problem_report_received},
                                            {"report received", EventKind::problem_report_received},
                                            {"received at", EventKind::problem_report_received},
                                            {"received on", EventKind::problem_report_received},
                                            {"auto-ack", EventKind::auto_acknowledgement},
                                            {"auto ack", EventKind::auto_acknowledgement},
                                            {"acknowledged", EventKind::holding_reply},
                                            {"acknowledgement", EventKind::holding_reply},
                                            {"first reply", EventKind::holding_reply},
                                            {"reply", EventKind::holding_reply},
                                            {"preliminary report", EventKind::preliminary_report},
                                            {"preliminary report sent", EventKind::preliminary_report},
                                            {"revoked", EventKind::revocation},
                                            {"revocation", EventKind::revocation},
                                            {"revoked at", EventKind::revocation},
                                            {"crl published", EventKind::crl_published},
                                            {"subscriber notified", EventKind::subscriber_notified},
                                            {"next update", EventKind::next_update_set}}};
    std::string simple = normalised_label(label);
    if (const std::size_t aside = simple.find(" ("); aside != std::string::npos) simple.resize(aside);
    for (const Label& each : labels)
      if (simple == each.words) return {each.kind, Certainty::likely, false};
    return {};
  }

  StampResult read(const FoundStamp& stamp, const Context& context) {
    StampContext known;
    known.year = context.year;
    known.order = order_;
    if (!stamp.has_date) known.date = context.day;
    std::string text = stamp.text;
    const bool abbreviated = !context.zone.empty() && !is_zone(context.zone);
    if (!abbreviated) known.zone = context.zone;
    // What an abbreviation means hangs on the day, so it is read with the time.
    if (abbreviated && !stamp.has_zone) text += " " + context.zone;
    StampResult result = read_stamp(text, known);
    if (result) {
      result.stamp->text = stamp.text;
      if (abbreviated && !stamp.has_zone)
        result.stamp->assumptions.push_back({AssumptionKind::zone, "read in " + context.zone + ", as is stated above it"});
    }
    return result;
  }

  void remember_day(const FoundStamp& stamp, const Stamp& read, Context& context) {
    if (read.moment.is_open_before() || read.moment.is_open_after()) return;
    StampContext utc = in_utc(context);
    // The day as it is written, not as it is in UTC.
    if (const StampResult local = read_stamp(stamp.text, utc); local && local.stamp->moment.unit() <= Unit::day) {
      const auto day = date::floor<date::days>(local.stamp->moment.earliest());
      context.day = date::local_days{day.time_since_epoch()};
      context.year = static_cast<int>(date::year_month_day(*context.day).year());
      context.dates_count = false;
    }
  }

  Timeline& timeline_;
  Context context_;
  const Source* source_;
  DateOrder order_;
  int level_of_case_ = 0;
};

// "2024-03-05", "Tuesday, March 5, 2024"
bool is_day(std::string_view heading) {
  const auto stamps = find_stamps(heading);
  return stamps.size() == 1 && stamps.front().has_date && !stamps.front().has_time &&
         trimmed(without(heading, stamps.front().begin, stamps.front().end)).size() < 4;
}

const Source* source_of(const std::vector<ReportSection>& sections) {
  for (const ReportSection& each : sections) {
    if (each.span) return each.span.source;
    for (const MarkdownBlock* block : each.body) return block->span.source;
  }
  return nullptr;
}

}  // namespace

Timeline timeline_of(const std::vector<ReportSection>& sections) {
  Timeline timeline;
  Walker walker(timeline, source_of(sections));
  const auto announced = std::find_if(sections.begin(), sections.end(), announces_timeline);
  if (announced != sections.end())
    for (const ReportSection& each : sections)
      if (normalised_label(each.heading) == "summary") walker.summary(each);
  for (auto each = sections.begin(); each != announced; ++each) walker.introduction(*each);
  if (announced == sections.end()) {
    for (const ReportSection& each : sections)
      if (!is_about_something_else(each)) walker.section(each);
    return timeline;
  }
  timeline.has_section = true;
  timeline.line = announced->line;
  timeline.zone = find_zone(announced->heading);
  // What belongs to it goes on up to the next heading of its level.
  for (auto each = announced; each != sections.end(); ++each) {
    if (each != announced && each->level <= announced->level && !is_day(each->heading)) break;
    walker.section(*each);
  }
  // A timeline that only points elsewhere: what is dated stands in the other sections.
  const bool is_dated =
      std::any_of(timeline.rows.begin(), timeline.rows.end(), [](const TimelineRow& each) { return !each.time_text.empty(); });
  if (!is_dated)
    for (const ReportSection& each : sections)
      if (!announces_timeline(each) && !is_about_something_else(each)) walker.section(each);
  return timeline;
}

}  // namespace cita
