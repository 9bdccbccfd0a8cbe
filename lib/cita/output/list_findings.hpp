// What lists of certificates say of an incident, for people: beside each duty to revoke, and of what comments count.
#pragma once

#include <cita/evidence/told_counts.hpp>
#include <cita/output/terminal.hpp>

#include <string>
#include <vector>

namespace cita {

struct Verification;

/// "of 7 certificates 3 met, 1 late, 1 not revoked; late by 1 s (p50), 1 s at most".
std::string standings_words(const evidence::ListVerdict& verdict);
/// "first.csv: of 7 certificates 3 met, 1 late, 1 not revoked; late by 1 s (p50), 1 s at most (first.csv:4)".
std::string list_words(const evidence::ListVerdict& verdict);
/// "12 rows may be of several cases or cohorts, so that no duty counts them", or that no duty is judged for any row; empty where
/// neither is so.
std::string unjudged_words(const evidence::ListVerdicts& verdicts);
/// "contradicts: 8 revoked by 2026-05-12 10:00:00 UTC; the list has 5".
std::string count_words(const evidence::HeldCount& count, const std::vector<std::string>& files);
/// For people: each count beside the lists, with its line of the comment.
std::string counts_text(const std::vector<evidence::HeldCount>& counts, const std::vector<std::string>& files,
                        const Verification& verification, const Incident& incident, const TextStyle& style);

/// "3,048,289", "4 … 5", "at least 4".
std::string range_text(const evidence::CountRange& range);

}  // namespace cita
