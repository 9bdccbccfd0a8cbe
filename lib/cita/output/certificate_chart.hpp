// When the certificates of a list were revoked, against their deadline: as bars in a terminal, and as a picture (SVG).
#pragma once

#include <cita/evidence/revocation_tally.hpp>
#include <cita/output/terminal.hpp>

#include <optional>
#include <string>
#include <vector>

namespace cita {

struct CertificateReport;

/// So many revocations in the time from `from` on, up to where the next bar begins, by how they stand by the main clock.
struct RevocationBar {
  Instant from{};
  std::uint64_t met = 0, late = 0, open = 0;

  std::uint64_t count() const { return met + late + open; }
};

struct RevocationBars {
  Seconds width{0};  ///< of each bar: an hour or more
  std::vector<RevocationBar> bars;
};

/// At most `most` bars of equal width, without gaps between them, from the first revocation to the last and as far as `also`.
RevocationBars revocation_bars(const evidence::RevocationHistory& history, std::size_t most,
                               std::optional<Instant> also = std::nullopt);

/// Bars of a group's revocations with a line where the deadline of its main clock is; empty where fewer than two are dated.
std::string certificate_chart(const evidence::CertificateGroup& group, const evidence::GroupTally& tally, const TextStyle& style);

/// All groups below one another. Without scripts; its colours follow the reader's choice of dark or light.
std::string certificate_svg(const CertificateReport& report);

}  // namespace cita
