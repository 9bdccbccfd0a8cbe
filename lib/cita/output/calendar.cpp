#include <cita/base/text.hpp>
#include <cita/output/calendar.hpp>
#include <cita/time/format.hpp>
#include <cita/version.hpp>

#include <fmt/format.h>

#include <algorithm>

namespace cita {

namespace {

constexpr std::size_t longest_line = 75;  // octets, without the line end

bool continues_character(char c) { return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U; }

// A content line, folded: every further line begins with a space, which counts.
std::string folded(std::string_view line) {
  std::string out;
  std::size_t room = longest_line;
  while (line.size() > room) {
    std::size_t cut = room;
    while (continues_character(line[cut])) --cut;
    out.append(line.substr(0, cut)).append("\r\n ");
    line.remove_prefix(cut);
    room = longest_line - 1;
  }
  return out.append(line).append("\r\n");
}

std::string escaped(std::string_view untrusted) {
  std::string out;
  for (const char c : text::shown(untrusted)) {
    if (c == '\\' || c == ';' || c == ',') out += '\\';
    out += c;
  }
  return out;
}

// 20260504T081000Z
std::string stamp(Instant instant) {
  std::string text = rfc3339(instant);
  std::erase_if(text, [](char c) { return c == '-' || c == ':'; });
  return text;
}

class Calendar {
 public:
  Calendar(const DueRun& run, std::int64_t sequence) : run_(run), sequence_(sequence) {}

  std::string of(const std::vector<Due>& all) {
    add("BEGIN", "VCALENDAR");
    add("VERSION", "2.0");
    add("PRODID", "-//cita//cita " + std::string(version) + "//EN");
    add("CALSCALE", "GREGORIAN");
    for (const Due& each : all)
      if (each.has_deadline()) event(each);
    add("END", "VCALENDAR");
    return std::move(out_);
  }

 private:
  void add(std::string_view name, const std::string& value) { out_ += folded(std::string(name) + ":" + value); }

  void event(const Due& due) {
    add("BEGIN", "VEVENT");
    add("UID", due.identity + "@cita");
    add("DTSTAMP", stamp(run_.as_of));
    add("SEQUENCE", std::to_string(sequence_));
    add("DTSTART", stamp(due.deadline.earliest()));
    add("SUMMARY", escaped(summary(due)));
    add("DESCRIPTION", description(due));
    if (due.bug) add("URL", fmt::format("https://bugzilla.mozilla.org/show_bug.cgi?id={}", *due.bug));
    add("STATUS", due.state == DueState::undetermined ? "TENTATIVE" : "CONFIRMED");
    add("TRANSP", "TRANSPARENT");
    if (due.state != DueState::overdue) alarm(due);
    add("END", "VEVENT");
  }

  void alarm(const Due& due) {
    add("BEGIN", "VALARM");
    add("ACTION", "DISPLAY");
    add("TRIGGER", fmt::format("-PT{}S", run_.within.count()));
    add("DESCRIPTION", escaped(summary(due)));
    add("END", "VALARM");
  }

  static std::string summary(const Due& due) {
    std::string text;
    if (due.state == DueState::overdue) text = "OVERDUE: ";
    if (due.state == DueState::undetermined) text = "Perhaps due: ";
    return text + due.title + (due.subject.empty() ? "" : ", " + due.subject);
  }

  std::string description(const Due& due) const {
    std::string text;
    const auto line = [&text](const std::string& words) {
      if (!words.empty()) text += (text.empty() ? "" : "\\n") + escaped(words);
    };
    line(due.incident);
    line(due.title + (due.subject.empty() ? "" : ", " + due.subject) + ": " + owes_words(due));
    line("Rule: " + due.rule + ", " + due.citation + (due.level ? " (" + std::string(name(*due.level)) + ")" : ""));
    line("Deadline: " + show(due.deadline));
    if (!run_.zone.empty()) line("Deadline: " + show_in(due.deadline, run_.zone));
    if (!due.deadline.is_exact()) line("The deadline is known as a range; this event stands at its earliest instant.");
    line(due.because);
    line("Judged as of " + show(run_.as_of) + ".");
    return text;
  }

  const DueRun& run_;
  std::int64_t sequence_;
  std::string out_;
};

}  // namespace

std::int64_t sequence_at(Instant as_of) {
  constexpr Instant begin = date::sys_days{date::year{2020} / 1 / 1};
  constexpr std::int64_t most = 2'147'483'647;
  return std::clamp<std::int64_t>((as_of - begin).count(), 0, most);
}

std::string due_calendar(const DueRun& run, const std::vector<Due>& all, std::int64_t sequence) {
  return Calendar(run, sequence).of(all);
}

}  // namespace cita
