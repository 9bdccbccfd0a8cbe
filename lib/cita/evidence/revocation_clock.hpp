// By when which certificates of a list had to be revoked: as one asks for it, or as an incident's duties are judged.
// Nothing of any document is known here: limits, reasons and exemptions come with the judged duties.
#pragma once

#include <cita/evidence/list_time.hpp>
#include <cita/reconcile/judgement.hpp>

#include <span>
#include <string>

namespace cita::evidence {

/// One duty's clock for a set of certificates.
struct RevocationClock {
  std::string title;        ///< what it asks, and for which reason
  std::string duty;         ///< its id; empty: somebody asked for this clock
  int judgement = none;     ///< that duty's, by its place in the assessment
  std::string document;     ///< "TLS BR 4.9.1.1"
  std::string started;      ///< what started it
  std::string limit;        ///< "5 days"
  Bounds start;             ///< when it began, over all accounts and under the default readings
  Bounds last_on_time;      ///< up to when a revocation is on time
  Seconds rounding{0};      ///< the unit to which people rounded the start: within it nothing is decided
  bool governs = false;     ///< the earliest deadline that nobody disputes
  bool binds = true;        ///< it is a MUST
  std::string doubt;        ///< why it may not apply; empty: it applies
  bool is_guessed = false;  ///< nobody tells of its start, and other events only bound it
  Truth exempts_short_lived = Truth::no;
  std::span<const ShortLived> short_lived;

  bool is_certain() const { return doubt.empty(); }
};

/// Whether a duty is to revoke certificates by a time, and may apply.
bool asks_to_revoke(const Judgement& judgement);
/// Whether a duty is to publish revocations by a time, and may apply: what a CRL or an OCSP answer shows, and not the CA's
/// record.
bool asks_to_publish(const Judgement& judgement);
/// Whether it is a MUST, in capitals or not.
bool binds(const Judgement& judgement);
/// Which duties' clocks are asked for.
enum class ClockChoice : std::uint8_t { binding, all };
/// The clock of such a duty; its place in the assessment is not known here.
RevocationClock clock_of(const Judgement& judgement, const Incident& incident);

}  // namespace cita::evidence
