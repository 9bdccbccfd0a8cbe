#include <cita/base/text.hpp>
#include <cita/output/certificate_chart.hpp>
#include <cita/output/certificate_report.hpp>
#include <cita/time/format.hpp>

#include <fmt/format.h>

#include <algorithm>

namespace cita {

namespace {

using namespace evidence;

constexpr Seconds hour{3'600}, day{86'400};
constexpr int widths_in_hours[] = {1, 2, 6, 12, 24, 48, 168, 720, 8'760, 87'600, 876'000};
constexpr std::size_t most_lines = 24, most_bars = 72;

Instant start_of(Instant instant, Seconds width) {
  const auto since = instant.time_since_epoch();
  return Instant{since - Seconds{((since.count() % width.count()) + width.count()) % width.count()}};
}

bool is_known(Instant instant) { return instant > open_past && instant < open_future; }

std::string from_text(Instant from, Seconds width) { return width >= day ? show_date(from) : show(from).substr(0, 16); }

std::string due_text(const Bounds& deadline) { return (deadline.is_exact() ? "the deadline" : "the deadline, at the latest"); }

// The line below the bar that the deadline ends, or in whose time it lies.
std::string due_line(const Bounds& deadline, const RevocationBar* bar, Seconds width) {
  const bool is_within = bar != nullptr && deadline.last < bar->from + width - Seconds{1};
  return "  --- " + show(deadline.last) + ": " + due_text(deadline) + (is_within ? ", within the time of the line above" : "") +
         "\n";
}

std::string width_text(Seconds width) { return show_amount(width); }

}  // namespace

RevocationBars revocation_bars(const RevocationTimes& times, std::size_t most, std::optional<Instant> also) {
  RevocationBars result;
  result.undated = times.undated;
  const auto hours_found = times.by_hour.all(), days_found = times.by_day.all();
  if (hours_found.empty() && days_found.empty()) return result;
  Instant first = open_future, last = open_past;
  const auto reach = [&](Instant from) {
    first = std::min(first, from);
    last = std::max(last, from);
  };
  if (!hours_found.empty()) {
    reach(Instant{std::chrono::hours{hours_found.begin()->first}});
    reach(Instant{std::chrono::hours{hours_found.rbegin()->first}});
  }
  if (!days_found.empty()) {
    reach(Instant{date::days{days_found.begin()->first}});
    reach(Instant{date::days{days_found.rbegin()->first}});
  }
  if (also) reach(*also);
  for (const int hours : widths_in_hours) {
    result.width = hour * hours;
    const bool is_too_fine = !days_found.empty() && result.width < day;
    const Seconds all = start_of(last, result.width) - start_of(first, result.width) + result.width;
    if (!is_too_fine && static_cast<std::size_t>(all / result.width) <= most) break;
  }
  const Instant begin = start_of(first, result.width);
  const auto bars = static_cast<std::size_t>((start_of(last, result.width) - begin) / result.width) + 1;
  for (std::size_t i = 0; i < bars; ++i) result.bars.push_back({begin + result.width * static_cast<std::int64_t>(i), 0});
  const auto add = [&](Instant from, std::uint64_t count) {
    result.bars[static_cast<std::size_t>((from - begin) / result.width)].count += count;
  };
  for (const auto& [number, count] : hours_found) add(Instant{std::chrono::hours{number}}, count);
  for (const auto& [number, count] : days_found) add(Instant{date::days{number}}, count);
  return result;
}

std::string certificate_chart(const CertificateGroup& group, const GroupTally& tally, const TextStyle& style) {
  const RevocationBars bars = revocation_bars(tally.times, most_lines);
  std::uint64_t all = 0, most = 1;
  for (const RevocationBar& each : bars.bars) {
    all += each.count;
    most = std::max(most, each.count);
  }
  const std::string undated =
      bars.undated == 0 ? std::string() : "  not drawn: " + count_text(bars.undated) + " at times that allow several days\n";
  if (all < 2 || style.plain) return style.plain ? std::string() : undated;
  const RevocationClock* clock = group.main_clock();
  const Instant due = clock == nullptr ? open_future : clock->last_on_time.last;
  const auto columns = static_cast<std::uint64_t>(std::clamp(style.width - 40, 10, 60));
  std::string out = "\n  Revocations in each " + width_text(bars.width) + "\n";
  bool is_marked = false;
  const RevocationBar* before = nullptr;
  std::size_t empty = 0;  // bars in a row without a revocation, of which the first two are shown
  for (const RevocationBar& each : bars.bars) {
    if (!is_marked && is_known(due) && each.from > due) {
      out += due_line(clock->last_on_time, before, bars.width);
      is_marked = true;
      empty = 0;
    }
    before = &each;
    empty = each.count == 0 ? empty + 1 : 0;
    if (empty == 3) out += "  …\n";
    if (empty >= 3) continue;
    const std::uint64_t length = each.count == 0 ? 0 : std::max<std::uint64_t>(1, each.count * columns / most);
    out += fmt::format("  {}  {:>11}{}{}\n", from_text(each.from, bars.width), count_text(each.count), length > 0 ? "  " : "",
                       std::string(length, '#'));
  }
  if (!is_marked && is_known(due)) out += due_line(clock->last_on_time, before, bars.width);
  return out + undated;
}

namespace {

// What XML takes for text: markup as references, and nothing that XML or a reader's eyes forbid.
std::string escaped(std::string_view untrusted) {
  std::string out;
  for (const char c : text::shown(untrusted)) {
    if (c == '&') out += "&amp;";
    else if (c == '<') out += "&lt;";
    else if (c == '>') out += "&gt;";
    else if (c == '"') out += "&quot;";
    else out += c;
  }
  return out;
}

constexpr int picture_width = 760, left = 90, right = 20, head_height = 40;
constexpr int chart_top = 80, chart_height = 160, group_height = 310;  // of one group
constexpr std::size_t most_name = 50, fewest_bars = 12;                // characters that fit; bars, or they would be blocks

// Round numbers up to the greatest: 1, 2 or 5 and zeros between them, at most five.
std::uint64_t step_up_to(std::uint64_t most) {
  constexpr std::uint64_t most_steps = 5;
  for (std::uint64_t ten = 1;; ten *= 10)
    for (const std::uint64_t times : {1U, 2U, 5U})
      if (most / (ten * times) < most_steps || ten > most) return ten * times;
}

class Picture {
 public:
  explicit Picture(const CertificateReport& report) : report_(report) {}

  std::string all() {
    if (report_.grouping)
      for (std::size_t i = 0; i < report_.grouping->groups().size(); ++i) group(i);
    if (drawn_ == 0) label(left, head_height + 30, "start", "Nothing is judged, or no revocation is dated.");
    const int height = head_height + (drawn_ == 0 ? 60 : drawn_ * group_height);
    return fmt::format(
               "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {0} {1}\" width=\"{0}\" height=\"{1}\" role=\"img\">\n"
               "<title>{2}</title>\n"
               "<style>text{{font:13px sans-serif;fill:#222}}.title{{font-size:16px;font-weight:bold}}.name{{font-weight:bold}}"
               ".ground{{fill:#fff}}.axis{{stroke:#555}}.grid{{stroke:#ddd}}.bar{{fill:#2a78c0}}.around{{fill:#8c8c8c}}"
               ".after{{fill:#b3401f}}.due{{stroke:#222;stroke-width:2;stroke-dasharray:5 3}}"
               "@media "
               "(prefers-color-scheme:dark){{text{{fill:#eee}}.ground{{fill:#1b1b1b}}.axis{{stroke:#aaa}}.grid{{stroke:#444}}"
               ".bar{{fill:#6fb3ee}}.around{{fill:#a8a8a8}}.after{{fill:#f08a66}}.due{{stroke:#eee}}}}</style>\n"
               "<rect class=\"ground\" width=\"{0}\" height=\"{1}\"/>\n"
               "<text class=\"title\" x=\"{3}\" y=\"28\">{2}</text>\n",
               picture_width, height, "Revocations over time, against their deadlines", left) +
           out_ + "</svg>\n";
  }

 private:
  // Where a group is drawn, and how instants and counts lie in it.
  struct Frame {
    int top, bottom;
    Instant from, until, due;
    Bounds deadline;
    double per_second, per_count;

    double x(Instant instant) const { return left + static_cast<double>((instant - from).count()) * per_second; }
    double y(std::uint64_t count) const { return bottom - static_cast<double>(count) * per_count; }
    bool shows(Instant instant) const { return instant >= from && instant <= until; }
  };

  void label(double x, int y, std::string_view anchor, std::string_view words, std::string_view kind = {}) {
    out_ += fmt::format("<text{} x=\"{:.1f}\" y=\"{}\" text-anchor=\"{}\">{}</text>\n",
                        kind.empty() ? "" : fmt::format(" class=\"{}\"", kind), x, y, anchor, escaped(words));
  }
  void line(std::string_view kind, double x1, double y1, double x2, double y2) {
    out_ += fmt::format("<line class=\"{}\" x1=\"{:.1f}\" y1=\"{:.1f}\" x2=\"{:.1f}\" y2=\"{:.1f}\"/>\n", kind, x1, y1, x2, y2);
  }

  void group(std::size_t index) {
    const CertificateGroup& of = report_.grouping->groups()[index];
    const GroupTally& tally = report_.tally().groups()[index];
    const RevocationClock* clock = of.main_clock();
    Frame frame{};
    frame.deadline = clock == nullptr ? Bounds{} : clock->last_on_time;
    frame.due = frame.deadline.last;
    const RevocationBars bars = with_deadline(tally.times, frame.due);
    if (bars.bars.empty()) return;
    frame.top = head_height + drawn_++ * group_height;
    frame.bottom = frame.top + chart_top + chart_height;
    frame.from = bars.bars.front().from;
    frame.until = frame.from + bars.width * static_cast<std::int64_t>(std::max(bars.bars.size(), fewest_bars));
    frame.per_second =
        static_cast<double>(picture_width - left - right) / static_cast<double>((frame.until - frame.from).count());
    constexpr std::uint64_t most_counted = 1'000'000'000'000'000;  // a record may tell of more
    std::uint64_t most = 1;
    for (const RevocationBar& each : bars.bars) most = std::max(most, std::min(each.count, most_counted));
    const std::uint64_t step = step_up_to(most), top_count = (most + step - 1) / step * step;
    frame.per_count = static_cast<double>(chart_height) / static_cast<double>(top_count);
    label(left, frame.top + 22, "start", of.name.empty() ? "The lists" : text::shortened(of.name, most_name), "name");
    label(left, frame.top + 42, "start",
          counted(tally.rows, are_certificates() ? "certificate" : "row", are_certificates() ? "certificates" : "rows") +
              "; how many were revoked in each " + width_text(bars.width) + ", UTC");
    axes(frame, bars, step, top_count);
    for (const RevocationBar& each : bars.bars) bar(frame, bars, each);
    line("axis", left, frame.bottom, picture_width - right, frame.bottom);
    deadline(frame);
    legend(frame, bars);
  }

  // Else several rows may be of one certificate.
  bool are_certificates() const {
    return report_.has_incident()
               ? different_certificates(report_.lists, report_.serials) == CountRange{report_.lists.rows, report_.lists.rows}
               : report_.lists.duplicate_rows == 0;
  }

  // The picture reaches to the deadline where that is near enough to leave the bars their room.
  static RevocationBars with_deadline(const RevocationTimes& times, Instant due) {
    constexpr int most_wider = 8;
    RevocationBars bars = revocation_bars(times, most_bars);
    if (bars.bars.empty() || !is_known(due)) return bars;
    const Instant begin = bars.bars.front().from, end = bars.bars.back().from + bars.width;
    const Seconds alone = end - begin, with = std::max(end, due) - std::min(begin, due);
    return with <= most_wider * std::max(alone, day) ? revocation_bars(times, most_bars, due) : bars;
  }

  void axes(const Frame& frame, const RevocationBars& bars, std::uint64_t step, std::uint64_t top_count) {
    for (std::uint64_t count = 0; count <= top_count; count += step) {
      if (count > 0) line("grid", left, frame.y(count), picture_width - right, frame.y(count));
      label(left - 6, static_cast<int>(frame.y(count)) + 4, "end", count_text(count));
    }
    // A date and a time take 120 pixels, a date 80.
    const double room = bars.width >= day ? 90 : 130, width = static_cast<double>(bars.width.count()) * frame.per_second;
    const auto every = static_cast<std::int64_t>(room / width) + 1;
    for (Instant at = frame.from; frame.x(at) + room / 2 <= picture_width; at += bars.width * every) {
      line("axis", frame.x(at), frame.bottom, frame.x(at), frame.bottom + 4);
      label(frame.x(at), frame.bottom + 20, "middle", from_text(at, bars.width));
    }
  }

  void bar(const Frame& frame, const RevocationBars& bars, const RevocationBar& each) {
    if (each.count == 0) return;
    const double height = std::clamp(static_cast<double>(each.count) * frame.per_count, 1.0, double{chart_height});
    out_ += fmt::format(
        "<rect class=\"{}\" x=\"{:.1f}\" y=\"{:.1f}\" width=\"{:.1f}\" height=\"{:.1f}\"><title>{}: {}</title></rect>\n",
        kind_of(frame, bars, each), frame.x(each.from), frame.bottom - height,
        std::max(1.0, static_cast<double>(bars.width.count()) * frame.per_second - 1), height, from_text(each.from, bars.width),
        count_text(each.count));
  }

  static std::string_view kind_of(const Frame& frame, const RevocationBars& bars, const RevocationBar& each) {
    if (!is_known(frame.due) || each.from + bars.width <= frame.deadline.first) return "bar";
    return each.from > frame.due ? "after" : "around";
  }

  void deadline(const Frame& frame) {
    if (!is_known(frame.due) || !frame.shows(frame.due)) return;
    constexpr double room = 130;
    const double x = frame.x(frame.due);
    line("due", x, frame.top + chart_top - 10, x, frame.bottom);
    const std::string_view anchor = x < left + room ? "start" : x > picture_width - right - room ? "end" : "middle";
    label(anchor == "start" ? std::max<double>(left, x - 4)
          : anchor == "end" ? std::min<double>(picture_width - right, x + 4)
                            : x,
          frame.top + chart_top - 15, anchor, due_text(frame.deadline) + ": " + show(frame.due));
  }

  // What the colours mean, and what is not in the picture.
  void legend(const Frame& frame, const RevocationBars& bars) {
    constexpr int square = 11, gap = 28;
    double x = left;
    const auto mean = [&](std::string_view kind, std::string_view words, double room) {
      out_ += fmt::format("<rect class=\"{}\" x=\"{:.1f}\" y=\"{}\" width=\"{}\" height=\"{}\"/>\n", kind, x, frame.bottom + 34,
                          square, square);
      label(x + square + 5, frame.bottom + 44, "start", words);
      x += square + 5 + room + gap;
    };
    std::string more;
    if (is_known(frame.due)) {
      mean("bar", "by the deadline", 100);
      mean("around", "around it", 60);
      mean("after", "after it", 60);
      if (!frame.shows(frame.due)) more = due_text(frame.deadline) + ": " + show(frame.due);
    }
    if (bars.undated > 0)
      more += (more.empty() ? "" : "; ") + count_text(bars.undated) + " more without a time that is known to the day";
    if (!more.empty()) label(left, frame.bottom + 62, "start", more);
  }

  const CertificateReport& report_;
  std::string out_;
  int drawn_ = 0;
};

}  // namespace

std::string certificate_svg(const CertificateReport& report) { return Picture(report).all(); }

}  // namespace cita
