#include <cita/base/text.hpp>
#include <cita/output/certificate_report.hpp>
#include <cita/output/list_findings.hpp>
#include <cita/output/verification.hpp>
#include <cita/time/format.hpp>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <limits>

namespace cita {

namespace {

using namespace evidence;

// More of them are counted.
std::string names_of(const std::vector<std::string>& files) {
  constexpr std::size_t most_named = 3;
  return files.size() > most_named ? fmt::format("{} lists", files.size()) : fmt::format("{}", fmt::join(files, ", "));
}

}  // namespace

std::string range_text(const CountRange& range) {
  if (range.least == range.most) return count_text(range.least);
  if (range.most == std::numeric_limits<std::uint64_t>::max()) return "at least " + count_text(range.least);
  return count_text(range.least) + " … " + count_text(range.most);
}

std::string standings_words(const ListVerdict& verdict) {
  std::string text = fmt::format("of {} {} ", count_text(verdict.rows), verdict.unit());
  bool is_first = true;
  for (std::size_t i = 0; i < standing_count; ++i) {
    const auto standing = static_cast<CertificateStanding>(i);
    if (verdict.count(standing) == 0) continue;
    text += fmt::format("{}{} {}", is_first ? "" : ", ", count_text(verdict.count(standing)), name(standing));
    is_first = false;
  }
  if (verdict.longest)
    text += fmt::format("; late by {} (p50), {} at most", show_lateness(*verdict.median), show_lateness(*verdict.longest));
  return text;
}

std::string list_words(const ListVerdict& verdict) {
  const std::string latest = verdict.latest.empty() ? std::string() : " (" + verdict.latest + ")";
  return names_of(verdict.files) + ": " + standings_words(verdict) + latest;
}

std::string unjudged_words(const ListVerdicts& verdicts) {
  if (verdicts.unassigned == 0)
    return verdicts.all.empty() ? fmt::format("no duty to revoke is judged for the {} of {}",
                                              counted(verdicts.rows, "row", "rows"), names_of(verdicts.files))
                                : std::string();
  const std::string_view them = verdicts.unassigned == 1 ? "it" : "them";
  return fmt::format("{} may be of several cases or cohorts, so that no duty counts {}; cita certs --incident judges {}",
                     counted(verdicts.unassigned, "row", "rows"), them, them);
}

std::string count_words(const HeldCount& count, const std::vector<std::string>& files) {
  const bool is_total = count.what == ToldFigure::What::total;
  std::string text = fmt::format("{}: {} ", name(count.outcome), count_text(static_cast<std::uint64_t>(count.told)));
  text += is_total ? std::string("in all") : "revoked by " + show(count.at);
  text += fmt::format("; {} {} {}", names_of(files), files.size() == 1 ? "has" : "have", range_text(count.found));
  return count.because.empty() ? text : text + ": " + count.because;
}

std::string counts_text(const std::vector<HeldCount>& counts, const std::vector<std::string>& files,
                        const Verification& verification, const Incident& incident, const TextStyle& style) {
  if (counts.empty()) return {};
  std::string out = coloured("Counts in comments, against the lists", Colour::bold, style) + "\n";
  for (const HeldCount& each : counts) {
    const bool agrees = each.outcome == HeldCount::Outcome::agrees;
    const Colour colour = agrees ? Colour::green : each.outcome == HeldCount::Outcome::open ? Colour::bold : Colour::yellow;
    for (const std::string& line : text::wrapped(text::shown(count_words(each, files)), style.width))
      out += coloured(line, colour, style) + "\n";
    if (agrees && !style.all) continue;
    out += source_lines({{incident.events[static_cast<std::size_t>(each.event)].span, "the count"}}, style);
    if (const std::string link = permalink(incident, verification, each.event); !link.empty())
      out += note_line("see", link, style);
  }
  return out + "\n";
}

}  // namespace cita
