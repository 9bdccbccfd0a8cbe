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

constexpr std::string_view open_words = "neither on time nor late: undetermined, expired or exempt";

// What has no place among the bars, and why not.
std::vector<std::string> not_drawn(const RevocationHistory& history) {
  std::vector<std::string> all;
  const auto add = [&all](std::uint64_t count, std::string_view words) {
    if (count > 0) all.push_back(count_text(count) + " " + std::string(words));
  };
  add(history.several_days, "at times that allow several days");
  add(history.undated, "without a readable date");
  add(history.contradictory, "before validity or to come");
  return all;
}

}  // namespace

RevocationBars revocation_bars(const RevocationHistory& history, std::size_t most, std::optional<Instant> also) {
  struct Found {
    Instant from;
    std::uint64_t RevocationBar::*kind;
    std::uint64_t count;
  };
  RevocationBars result;
  std::vector<Found> found;
  bool has_days = false;
  const auto find = [&](const RevocationTimes& times, std::uint64_t RevocationBar::*kind) {
    for (const auto& [hours, count] : times.by_hour.all()) found.push_back({Instant{std::chrono::hours{hours}}, kind, count});
    for (const auto& [days, count] : times.by_day.all()) {
      found.push_back({Instant{date::days{days}}, kind, count});
      has_days = true;
    }
  };
  find(history.met, &RevocationBar::met);
  find(history.late, &RevocationBar::late);
  find(history.open, &RevocationBar::open);
  if (found.empty()) return result;
  Instant first = also.value_or(found.front().from), last = first;
  for (const Found& each : found) {
    first = std::min(first, each.from);
    last = std::max(last, each.from);
  }
  for (const int hours : widths_in_hours) {
    result.width = hour * hours;
    const bool is_too_fine = has_days && result.width < day;
    const Seconds all = start_of(last, result.width) - start_of(first, result.width) + result.width;
    if (!is_too_fine && static_cast<std::size_t>(all / result.width) <= most) break;
  }
  const Instant begin = start_of(first, result.width);
  const auto bars = static_cast<std::size_t>((start_of(last, result.width) - begin) / result.width) + 1;
  result.bars.resize(bars);
  for (std::size_t i = 0; i < bars; ++i) result.bars[i].from = begin + result.width * static_cast<std::int64_t>(i);
  for (const Found& each : found)
    result.bars[static_cast<std::size_t>((each.from - begin) / result.width)].*each.kind += each.count;
  return result;
}

std::string certificate_chart(const CertificateGroup& group, const GroupTally& tally, const TextStyle& style) {
  if (style.plain) return {};
  const RevocationBars bars = revocation_bars(tally.history, most_lines);
  std::uint64_t all = 0, most = 1, open = 0;
  for (const RevocationBar& each : bars.bars) {
    all += each.count();
    open += each.open;
    most = std::max(most, each.count());
  }
  std::string below;
  for (const std::string& each : not_drawn(tally.history)) below += "  not drawn: " + each + "\n";
  if (all < 2) return below;
  const RevocationClock* clock = group.main_clock();
  const bool has_deadline = clock != nullptr && clock->last_on_time != Bounds{};
  const Instant due = clock == nullptr ? open_future : clock->last_on_time.last;
  const auto columns = static_cast<std::uint64_t>(std::clamp(style.width - 40, 10, 60));
  const auto marks = [&](std::uint64_t count, char mark) {
    return std::string(count == 0 ? 0 : std::max<std::uint64_t>(1, count * columns / most), mark);
  };
  std::string out = "\n  Revocations in each " + width_text(bars.width) + "\n";
  bool is_marked = false;
  const RevocationBar* before = nullptr;
  constexpr std::size_t most_empty = 2;
  std::size_t empty = 0;  // bars in a row without a revocation, of which the first two are shown
  for (const RevocationBar& each : bars.bars) {
    if (!is_marked && is_known(due) && each.from > due) {
      out += due_line(clock->last_on_time, before, bars.width);
      is_marked = true;
      empty = 0;
    }
    before = &each;
    empty = each.count() == 0 ? empty + 1 : 0;
    // The deadline stands below the line in whose time it lies.
    const bool is_left_out = empty > most_empty && !(each.from <= due && due < each.from + bars.width);
    if (is_left_out && empty == most_empty + 1) out += "  …\n";
    if (is_left_out) continue;
    const std::string drawn = has_deadline ? marks(each.met + each.late, '#') + marks(each.open, '?') : marks(each.count(), '#');
    out += fmt::format("  {}  {:>11}{}{}\n", from_text(each.from, bars.width), count_text(each.count()),
                       drawn.empty() ? "" : "  ", drawn);
  }
  if (!is_marked && is_known(due)) out += due_line(clock->last_on_time, before, bars.width);
  if (has_deadline && open > 0) out += "  ?: " + std::string(open_words) + "\n";
  return out + below;
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
constexpr int chart_top = 80, chart_height = 160, group_height = 330;  // of one group
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
               ".ground{{fill:#fff}}.axis{{stroke:#555}}.grid{{stroke:#ddd}}.met{{fill:#2a78c0}}.open{{fill:#8c8c8c}}"
               ".late{{fill:#b3401f}}.due{{stroke:#222;stroke-width:2;stroke-dasharray:5 3}}"
               "@media "
               "(prefers-color-scheme:dark){{text{{fill:#eee}}.ground{{fill:#1b1b1b}}.axis{{stroke:#aaa}}.grid{{stroke:#444}}"
               ".met{{fill:#6fb3ee}}.open{{fill:#a8a8a8}}.late{{fill:#f08a66}}.due{{stroke:#eee}}}}</style>\n"
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
    bool has_deadline() const { return deadline != Bounds{}; }
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
    const RevocationBars bars = with_deadline(tally.history, frame.due);
    if (bars.bars.empty()) return;
    frame.top = head_height + drawn_++ * group_height;
    frame.bottom = frame.top + chart_top + chart_height;
    frame.from = bars.bars.front().from;
    frame.until = frame.from + bars.width * static_cast<std::int64_t>(std::max(bars.bars.size(), fewest_bars));
    frame.per_second =
        static_cast<double>(picture_width - left - right) / static_cast<double>((frame.until - frame.from).count());
    constexpr std::uint64_t most_counted = 1'000'000'000'000'000;  // a record may tell of more
    std::uint64_t most = 1;
    for (const RevocationBar& each : bars.bars) most = std::max(most, std::min(each.count(), most_counted));
    const std::uint64_t step = step_up_to(most), top_count = (most + step - 1) / step * step;
    frame.per_count = static_cast<double>(chart_height) / static_cast<double>(top_count);
    label(left, frame.top + 22, "start", of.name.empty() ? "The lists" : text::shortened(of.name, most_name), "name");
    label(left, frame.top + 42, "start",
          counted(tally.rows, are_certificates() ? "certificate" : "row", are_certificates() ? "certificates" : "rows") +
              "; how many were revoked in each " + width_text(bars.width) + ", UTC");
    axes(frame, bars, step, top_count);
    for (const RevocationBar& each : bars.bars) bar(frame, bars.width, each);
    line("axis", left, frame.bottom, picture_width - right, frame.bottom);
    deadline(frame);
    legend(frame, tally.history);
  }

  // Else several rows may be of one certificate.
  bool are_certificates() const {
    return report_.has_incident()
               ? different_certificates(report_.lists, report_.serials) == CountRange{report_.lists.rows, report_.lists.rows}
               : report_.lists.duplicate_rows == 0;
  }

  // The picture reaches to the deadline where that is near enough to leave the bars their room.
  static RevocationBars with_deadline(const RevocationHistory& history, Instant due) {
    constexpr int most_wider = 8;
    RevocationBars bars = revocation_bars(history, most_bars);
    if (bars.bars.empty() || !is_known(due)) return bars;
    const Instant begin = bars.bars.front().from, end = bars.bars.back().from + bars.width;
    const Seconds alone = end - begin, with = std::max(end, due) - std::min(begin, due);
    return with <= most_wider * std::max(alone, day) ? revocation_bars(history, most_bars, due) : bars;
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

  // What is met, late and open, upon one another; without a deadline all are of one kind.
  void bar(const Frame& frame, Seconds width, const RevocationBar& each) {
    if (!frame.has_deadline()) return piece(frame, width, each.from, 0, each.count(), "met", "");
    piece(frame, width, each.from, 0, each.met, "met", " on time");
    piece(frame, width, each.from, each.met, each.late, "late", " late");
    piece(frame, width, each.from, each.met + each.late, each.open, "open", " neither");
  }

  void piece(const Frame& frame, Seconds width, Instant from, std::uint64_t below, std::uint64_t count, std::string_view kind,
             std::string_view words) {
    if (count == 0) return;
    const double height = std::clamp(static_cast<double>(count) * frame.per_count, 1.0, double{chart_height});
    out_ += fmt::format(
        "<rect class=\"{}\" x=\"{:.1f}\" y=\"{:.1f}\" width=\"{:.1f}\" height=\"{:.1f}\"><title>{}: {}{}</title></rect>\n", kind,
        frame.x(from), std::max(frame.y(below) - height, static_cast<double>(frame.bottom - chart_height)),
        std::max(1.0, static_cast<double>(width.count()) * frame.per_second - 1), height, from_text(from, width),
        count_text(count), words);
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
  void legend(const Frame& frame, const RevocationHistory& history) {
    constexpr int square = 11, gap = 28;
    double x = left;
    const auto mean = [&](std::string_view kind, std::string_view words, double room) {
      out_ += fmt::format("<rect class=\"{}\" x=\"{:.1f}\" y=\"{}\" width=\"{}\" height=\"{}\"/>\n", kind, x, frame.bottom + 34,
                          square, square);
      label(x + square + 5, frame.bottom + 44, "start", words);
      x += square + 5 + room + gap;
    };
    if (frame.has_deadline()) {
      mean("met", "on time", 50);
      mean("late", "late", 25);
      mean("open", open_words, 0);
    }
    int y = frame.bottom + 62;
    if (is_known(frame.due) && !frame.shows(frame.due)) {
      label(left, y, "start", due_text(frame.deadline) + ": " + show(frame.due));
      y += 18;
    }
    std::string others;
    for (const std::string& each : not_drawn(history)) others += (others.empty() ? "not drawn: " : "; ") + each;
    if (!others.empty()) label(left, y, "start", others);
  }

  const CertificateReport& report_;
  std::string out_;
  int drawn_ = 0;
};

}  // namespace

std::string certificate_svg(const CertificateReport& report) { return Picture(report).all(); }

}  // namespace cita
