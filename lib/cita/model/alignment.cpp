#include <cita/base/text.hpp>
#include <cita/model/alignment.hpp>

#include <iterator>

namespace cita {

bool happens_once(EventKind kind) {
  constexpr EventKind once[] = {EventKind::incident_disclosed,   EventKind::preliminary_incident_report,
                                EventKind::full_incident_report, EventKind::closure_requested,
                                EventKind::bug_closed,           EventKind::problem_report_sent,
                                EventKind::preliminary_report,   EventKind::problem_report_received,
                                EventKind::revocation,           EventKind::revocation_published};
  return std::find(std::begin(once), std::end(once), kind) != std::end(once);
}

std::optional<Seconds> distance(const Event& event, const Moment& moment) {
  if (event.tellings.empty() || event.tellings.front().denied || event.tellings.front().at.relative) return std::nullopt;
  const Elapsed apart = elapsed(event.tellings.front().at.stamp.moment, moment);
  if (apart.open_below() || apart.open_above()) return std::nullopt;
  if (apart.least <= Seconds{0} && apart.most >= Seconds{0}) return Seconds{0};
  return std::min(std::chrono::abs(apart.least), std::chrono::abs(apart.most));
}

std::string words_of(std::string_view text) {
  std::string words;
  for (const char c : text::simplified(text)) {
    const bool is_letter = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || static_cast<unsigned char>(c) >= 0x80;
    if (is_letter) words += c;
    else if (!words.empty() && words.back() != ' ') words += ' ';
  }
  while (words.ends_with(' ')) words.pop_back();
  return words;
}

bool is_complete(std::string_view status) {
  const std::string words = words_of(status);
  return words.starts_with("complete") || words == "done" || words == "closed";
}

}  // namespace cita
