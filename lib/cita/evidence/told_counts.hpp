// How far a revocation had come by the words of comments, against what lists say of the same times.
//
//   const auto told = counts_in_comments(incident);
//   const IncidentLists lists(incident, assessment, files, names, {.figures = figures_of(told)});
//   for (const HeldCount& each : hold_counts(told, lists)) …
//
// A comment may count a part of the certificates, or what was so an hour before; a list may be older than the comment. So a list
// contradicts a count only where neither explains the difference.
#pragma once

#include <cita/evidence/list_verdicts.hpp>

#include <cstdint>
#include <string>
#include <vector>

namespace cita::evidence {

/// A number that a comment tells: how many are revoked, or of how many.
struct ToldCount {
  int event = none;
  ToldFigure figure;
  std::optional<std::int64_t> of;  ///< of how many, where that is told beside it
};

struct HeldCount {
  enum class Outcome : std::uint8_t { agrees, contradicts, open };
  int event = none;
  ToldFigure::What what = ToldFigure::What::revoked;
  Instant at;  ///< of the comment
  std::int64_t told = 0;
  CountRange found;
  Outcome outcome = Outcome::open;
  std::string because;  ///< why it is open
};
/// "agrees", "contradicts", "open".
std::string_view name(HeldCount::Outcome outcome);

/// The counts that were read from words, in the order of the events: how many were revoked, and the last number of all.
std::vector<ToldCount> counts_in_comments(const Incident& incident);
/// What lists have to count for them: beside each number the same with those that had expired.
std::vector<ToldFigure> figures_of(const std::vector<ToldCount>& counts);
/// `counts` are those whose figures the lists counted.
std::vector<HeldCount> hold_counts(const std::vector<ToldCount>& counts, const IncidentLists& lists);

}  // namespace cita::evidence
