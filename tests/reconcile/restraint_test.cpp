// Court orders and the like: they are said where they restrain, and nothing moves.
#include "support.hpp"

#include <doctest/doctest.h>

using namespace cita;
using namespace cita::testing;

namespace {

JudgedFile with_restraints(const std::string& restraints) {
  return judged(tls("cohorts:\n  one:\n    certificates: [\"crt.sh:1\"]\n    grounds: misissuance\n" + restraints +
                    "    events:\n      - {kind: made-aware, at: 2026-05-04T08:00:00Z}\n"
                    "      - {kind: revocation, at: 2026-05-13T08:00:00Z}\n"),
                "2026-06-01T00:00:00Z");
}

const Judgement& revocation(const JudgedFile& file) {
  return file.judgement("tls-br.revoke-within-5-days", "cohort one, misissuance (asserted by the CA)");
}

}  // namespace

TEST_CASE("a court order is said at the duty that it restrains and moves no deadline") {
  const JudgedFile free = with_restraints("");
  const JudgedFile kept = with_restraints(
      "    restraints:\n      - {text: An order, certificates: \"crt.sh:1\", from: 2026-05-06T10:00:00Z, until: "
      "2026-05-12T10:00:00Z}\n"
      "      - {text: Another}\n");
  CHECK(revocation(free).shown().restraints.empty());
  CHECK(
      revocation(kept).shown().restraints ==
      std::vector<std::string>{"An order (crt.sh:1), from 2026-05-06 10:00:00 UTC, until 2026-05-12 10:00:00 UTC; this moves no "
                               "deadline",
                               "Another; this moves no deadline"});
  CHECK(revocation(kept).standing == Standing::breached);
  CHECK(revocation(kept).shown().margin->most == revocation(free).shown().margin->most);
  CHECK(revocation(kept).shown().deadline->earliest() == revocation(free).shown().deadline->earliest());
}

TEST_CASE("an order stands at no duty that is not about revoking") {
  const JudgedFile kept = with_restraints("    restraints: [{text: An order}]\n");
  for (const Judgement& each : kept.assessment.judgements)
    if (!each.duty->expiry_discharges) CHECK(each.shown().restraints.empty());
}
