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

std::string width_text(Seconds width) { return show_amount(width); }

}  // namespace

RevocationBars revocation_bars(const RevocationTimes& times, std::size_t most) {
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
  if (all < 2 || style.plain) return {};
  const RevocationClock* clock = group.main_clock();
  const Instant due = clock == nullptr ? open_future : clock->last_on_time.last;
  const auto columns = static_cast<std::uint64_t>(std::clamp(style.width - 40, 10, 60));
  std::string out = "\n  Revocations in each " + width_text(bars.width) + "\n";
  bool is_marked = false;
  std::size_t empty = 0;  // bars in a row without a revocation, of which the first two are shown
  for (const RevocationBar& each : bars.bars) {
    if (!is_marked && is_known(due) && each.from > due) {
      out += "  --- " + show(due) + ": " + due_text(clock->last_on_time) + "\n";
      is_marked = true;
      empty = 0;
    }
    empty = each.count == 0 ? empty + 1 : 0;
    if (empty == 3) out += "  …\n";
    if (empty >= 3) continue;
    const std::uint64_t length = each.count == 0 ? 0 : std::max<std::uint64_t>(1, each.count * columns / most);
    out += fmt::format("  {}  {:>11}{}{}\n", from_text(each.from, bars.width), count_text(each.count), length > 0 ? "  " : "",
                       std::string(length, '#'));
  }
  if (!is_marked && is_known(due)) out += "  --- " + show(due) + ": " + due_text(clock->last_on_time) + "\n";
  if (bars.undated > 0) out += "  " + count_text(bars.undated) + " more without a time that is known to the day\n";
  return out;
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

constexpr int picture_width = 760, chart_height = 160, left = 70, right = 20, group_height = 260;

class Picture {
 public:
  explicit Picture(const CertificateReport& report) : report_(report) {}

  std::string all() {
    if (report_.grouping)
      for (std::size_t i = 0; i < report_.grouping->groups().size(); ++i) group(i);
    if (drawn_ == 0) label(left, 40, "start", "Nothing is judged, or no revocation is dated.");
    const int height = std::max(1, drawn_) * group_height;
    return fmt::format(
               "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {0} {1}\" width=\"{0}\" height=\"{1}\" role=\"img\">\n"
               "<title>Revocations over time, against their deadlines</title>\n"
               "<style>text{{font:13px sans-serif;fill:#222}}.ground{{fill:#fff}}.axis{{stroke:#555}}.bar{{fill:#2a78c0}}"
               ".after{{fill:#b3401f}}.due{{stroke:#b3401f;stroke-width:2;stroke-dasharray:5 3}}"
               "@media "
               "(prefers-color-scheme:dark){{text{{fill:#eee}}.ground{{fill:#1b1b1b}}.axis{{stroke:#aaa}}.bar{{fill:#6fb3ee}}"
               ".after{{fill:#f08a66}}.due{{stroke:#f08a66}}}}</style>\n"
               "<rect class=\"ground\" width=\"{0}\" height=\"{1}\"/>\n",
               picture_width, height) +
           out_ + "</svg>\n";
  }

 private:
  void label(double x, int y, std::string_view anchor, std::string_view words) {
    out_ += fmt::format("<text x=\"{:.1f}\" y=\"{}\" text-anchor=\"{}\">{}</text>\n", x, y, anchor, escaped(words));
  }

  void group(std::size_t index) {
    const CertificateGroup& of = report_.grouping->groups()[index];
    const GroupTally& tally = report_.tally().groups()[index];
    const RevocationBars bars = revocation_bars(tally.times, most_bars);
    if (bars.bars.empty()) return;
    const int top = drawn_++ * group_height, bottom = top + 50 + chart_height;
    const RevocationClock* clock = of.main_clock();
    const Instant due = clock == nullptr ? open_future : clock->last_on_time.last;
    const Instant begin = bars.bars.front().from, end = bars.bars.back().from + bars.width;
    // The picture reaches to the deadline where that is near enough to leave the bars their room.
    const Seconds span = end - begin;
    const Instant from = is_known(due) && due < begin && begin - due < span ? due : begin;
    const Instant until = is_known(due) && due > end && due - end < span ? due : end;
    const double scale = static_cast<double>(picture_width - left - right) / static_cast<double>((until - from).count());
    const auto x = [&](Instant instant) { return left + static_cast<double>((instant - from).count()) * scale; };
    std::uint64_t most = 1;
    for (const RevocationBar& each : bars.bars) most = std::max(most, each.count);
    label(left, top + 25, "start",
          (of.name.empty() ? std::string("The lists") : of.name) + ": " + count_text(tally.rows) +
              " certificates, revocations in each " + width_text(bars.width));
    for (const RevocationBar& each : bars.bars) {
      const double height = static_cast<double>(each.count) * chart_height / static_cast<double>(most);
      out_ += fmt::format(
          "<rect class=\"{}\" x=\"{:.1f}\" y=\"{:.1f}\" width=\"{:.1f}\" height=\"{:.1f}\"><title>{}: {}</title></rect>\n",
          is_known(due) && each.from > due ? "bar after" : "bar", x(each.from), bottom - height,
          std::max(1.0, static_cast<double>(bars.width.count()) * scale - 1), height, from_text(each.from, bars.width),
          count_text(each.count));
    }
    out_ +=
        fmt::format("<line class=\"axis\" x1=\"{0}\" y1=\"{1}\" x2=\"{2}\" y2=\"{1}\"/>\n", left, bottom, picture_width - right);
    label(left - 6, top + 60, "end", count_text(most));
    label(left, bottom + 18, "start", from_text(from, bars.width));
    label(picture_width - right, bottom + 18, "end", from_text(until, bars.width));
    if (!is_known(due)) return;
    if (due >= from && due <= until)
      out_ +=
          fmt::format("<line class=\"due\" x1=\"{0:.1f}\" y1=\"{1}\" x2=\"{0:.1f}\" y2=\"{2}\"/>\n", x(due), top + 45, bottom);
    label(left, bottom + 38, "start", show(due) + ": " + due_text(clock->last_on_time));
  }

  const CertificateReport& report_;
  std::string out_;
  int drawn_ = 0;
};

}  // namespace

std::string certificate_svg(const CertificateReport& report) { return Picture(report).all(); }

}  // namespace cita
