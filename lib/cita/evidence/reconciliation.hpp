// The figures that an incident file tells of its certificates against what lists say.
#pragma once

#include <cita/base/diagnostic.hpp>
#include <cita/evidence/revocation_tally.hpp>

#include <optional>
#include <string>
#include <vector>

namespace cita::evidence {

/// The numbers that the file tells: of the report, of cases and cohorts, and of its events up to as-of. With a case or cohort
/// selected, only its own.
std::vector<ToldFigure> told_figures(const Incident& incident, const Grouping& grouping, Instant as_of);

/// Something that the file tells and the lists say otherwise.
struct Mismatch {
  std::string what;  ///< "report.certificates.total: how many certificates there are"
  Span told_at;
  std::optional<std::int64_t> told;  ///< a number …
  std::optional<CountRange> found;
  std::optional<Bounds> told_time;  ///< … or a time, and the row that goes beyond it
  std::optional<IssuedRow> row;
};

/// How many different certificates the lists have, as far as that can be told.
CountRange different_certificates(const ListReading& lists, const SerialRows::Result& serials);
/// How many certificates a figure counts, of those that the tally counted.
CountRange counted_certificates(const ListReading& lists, const SerialRows::Result& serials,
                                const std::vector<ToldFigure>& figures, std::size_t index);
/// How many are revoked by as-of; nothing where the rows do not tell their certificates apart.
std::optional<CountRange> revoked_certificates(const ListReading& lists, const SerialRows::Result& serials);
/// What came of holding figures against lists. Those whose certificates are not in the lists that are given are not held.
struct Reconciled {
  std::size_t held = 0;
  std::vector<Mismatch> differ;  ///< all that does not go together
};
/// `figures` are those that the tally counted; `names` are the lists by the names that the file has for them.
Reconciled reconciled(const Incident& incident, const Grouping& grouping, const std::vector<std::string>& names,
                      const std::vector<ToldFigure>& figures, const ListReading& lists, const SerialRows::Result& serials,
                      Instant as_of);

/// Warns of certificates that the file names by ids of crt.sh, which lists do not have, so that no row is matched with them.
void warn_of_ids(const Incident& incident, Diagnostics& diagnostics);

}  // namespace cita::evidence
