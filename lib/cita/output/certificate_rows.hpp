// Single rows of lists, written anew: in the form that a template asks for, as links, and with their verdicts.
//
// Every field is safe for a spreadsheet: what would be run as a formula stands behind an apostrophe.
#pragma once

#include <cita/evidence/revocation_tally.hpp>

#include <string>

namespace cita {

/// The names of the template's columns, in its order, with a line end.
std::string appendix_header();
/// Appends a row in the template's form: hashes and serial numbers in lower-case hexadecimal digits, times in RFC 3339, its
/// words. What the row does not say, or not in a way that the template has a word for, is left as it is written; false then, and
/// where a text has to be written otherwise, for nobody would see what stands there.
bool append_to_appendix(const evidence::ListRow& row, Instant as_of, std::string& to);
/// Appends https://crt.sh/?sha256=… of the certificate; false for a row that does not name it, or its precertificate alone.
bool append_link(const evidence::ListRow& row, std::string& to);

/// The columns of verdicts.
std::string verdict_header();
/// Whose verdicts are written: by which clocks, and as of when.
struct VerdictContext {
  const evidence::Grouping* grouping = nullptr;
  const std::vector<std::string>* files = nullptr;  ///< names of the lists
  Instant as_of{};
};
/// Appends a line for each clock of each group of a row of this list, which these contradict.
void append_verdicts(const evidence::ListRow& row, std::uint32_t file, std::span<const std::uint32_t> groups,
                     const evidence::Contradictions& contradictions, const VerdictContext& context, evidence::RowText& to);

}  // namespace cita
